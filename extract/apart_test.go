package extract_test

import (
	"strings"
	"testing"

	"pressmark/extract"
	"pressmark/extract/article"
)

// TestLinksApart: what a page links to without an <a> in its text is found, too.
func TestLinksApart(t *testing.T) {
	const headline = "Council takes up the bridge of the river once more"
	for _, c := range []struct {
		name, body string
		want       string // "article URL", "section URL", "link URL" or nothing
	}{
		{"area", `<img usemap="#m"><map name=m><area href="/2024/01/05/bridge-reopens-at-last.html" alt="` + headline + `"></map>`, "article https://e.example/2024/01/05/bridge-reopens-at-last.html"},
		{"area of a section", `<map><area href=/sport/ title=Sport></map>`, "section https://e.example/sport/"},
		{"area that leads nowhere", `<map><area nohref alt=x><area href="#top"><area href="javascript:x()"></map>`, ""},
		{"iframe", `<iframe src="/list/latest.html" name=latest></iframe>`, "section https://e.example/list/latest.html"},
		{"iframe of the site's other host", `<iframe src="//news.e.example/latest.html"></iframe>`, "section https://news.e.example/latest.html"},
		{"iframe of another site", `<iframe src="https://video.example/1"></iframe>`, ""},
		{"iframe of one pixel", `<iframe src="/list/latest.html" width=1 height=1></iframe>`, ""},
		{"advertisement", `<iframe src="/ads/top_banner.html"></iframe>`, ""},
		{"player", `<iframe src="/embed/1234567"></iframe>`, ""},
		{"noscript", `<noscript><ul><li><a href="/2024/01/05/bridge-reopens-at-last.html">` + headline + `</a></ul></noscript>`, "article https://e.example/2024/01/05/bridge-reopens-at-last.html"},
		{"page in its own frame", `<iframe src="/"></iframe>`, ""},
	} {
		got := wordsOf(read(t, extract.Options{}, "https://e.example/", "<title>T</title>", c.body).Links)
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	frameset := `<!DOCTYPE html><html><head><title>The Paper</title></head><frameset cols="20%,80%"><frame src="menu.htm" name=menu><frame src="/main.asp?c=新闻">` +
		`<noframes><body><p>No frames: <a href="/index2.htm">text version</a> <a href="/2024/01/05/bridge-reopens-at-last.html"><b>` + headline + `</b></a></body></noframes></frameset></html>`
	res, err := extract.New(extract.Options{}).Extract(t.Context(), article.Page{URL: "https://e.example/", Body: []byte(frameset)})
	if err != nil {
		t.Fatal(err)
	}
	want := "section https://e.example/menu.htm, section https://e.example/main.asp?c=%E6%96%B0%E9%97%BB, section https://e.example/index2.htm, article https://e.example/2024/01/05/bridge-reopens-at-last.html"
	if got := wordsOf(res.Links); got != want {
		t.Errorf("frameset:\ngot  %s\nwant %s", got, want)
	}
}

// wordsOf writes links with what they look like.
func wordsOf(links []article.Link) string {
	var out []string
	for _, l := range links {
		switch {
		case l.Article:
			out = append(out, "article "+l.URL)
		case l.Section:
			out = append(out, "section "+l.URL)
		default:
			out = append(out, "link "+l.URL)
		}
	}
	return strings.Join(out, ", ")
}
