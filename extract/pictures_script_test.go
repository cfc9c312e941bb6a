package extract_test

import (
	"testing"
)

func TestGalleryInScript(t *testing.T) {
	page := func(body string) string {
		return `<html lang="zh"><head><title>青石县河道清理图集</title></head><body><h1>青石县河道清理图集</h1><div class="show">` + body + `</div>
<script>var slides=[{"img":"/p/1.jpg","note":"会场"},{"img":"/p/2.jpg","note":"河道。记者 林一一 摄"},{"img":"/p/3.jpg"},{"img":"/p/4.jpg"}]</script></body></html>`
	}
	a := extractPage(t, page("<p>"+storyA+"</p>"))
	want := "A [https://news.example.cn/p/1.jpg|会场] [https://news.example.cn/p/2.jpg|河道。记者 林一一 摄] [https://news.example.cn/p/3.jpg|] [https://news.example.cn/p/4.jpg|]"
	if got := inOrder(a); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := inOrder(extractPage(t, page("<p>"+storyA+`</p><p><img src="x1.jpg"></p>`))); got != "A [x1.jpg|]" {
		t.Errorf("a page with a picture of its own: %s", got)
	}
}
