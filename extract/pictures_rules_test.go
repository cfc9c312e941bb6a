package extract_test

import (
	"context"
	"strings"
	"testing"

	"pressmark/configs"
	"pressmark/extract"
	"pressmark/extract/article"
)

func compiled(t *testing.T, text string) *configs.Selector {
	t.Helper()
	css, name, _ := strings.Cut(text, "@")
	s, err := configs.NewSelector(css)
	if err != nil {
		t.Fatal(err)
	}
	return &configs.Selector{Text: text, Attr: name, Match: s.Match}
}

func TestImageRules(t *testing.T) {
	body := "<p>" + storyA + `</p><div class="ph"><img class="photo" src="/images/blank.gif" data-big="b1.jpg"></div><p>清理河道的工人</p><p class="cap">另一行说明</p>` +
		"<p>" + storyB + `</p><p><img src="x2.jpg"></p><div class="bg" data-image="/p/b3.jpg"></div><p>` + storyC + "</p>"
	for name, c := range map[string]struct {
		images, caption, want string
		warned                bool
	}{
		"img with an attribute":   {"img.photo@data-big", "", "A [b1.jpg|清理河道的工人] 另一行说明 B C", false},
		"boxes around pictures":   {".ph", ".cap", "A [b1.jpg|另一行说明] 清理河道的工人 B C", false},
		"elements without an img": {".bg@data-image", "", "A 清理河道的工人 另一行说明 B [https://news.example.cn/p/b3.jpg|] C", false},
		"nothing found":           {".none img", "", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			rule := configs.Rules{Name: "example@2022-10-01", Images: compiled(t, c.images)}
			if c.caption != "" {
				rule.Caption = compiled(t, c.caption)
			}
			r, err := extract.New(extract.Options{Rules: []configs.Rules{rule}}).Extract(context.Background(),
				article.Page{URL: "https://news.example.cn/a/1.html", Body: []byte(imagePage(body))})
			if err != nil || r.Article == nil {
				t.Fatal(err, r.Refusal)
			}
			if got := inOrder(r.Article); c.want != "" && got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			warned := strings.Contains(strings.Join(r.Article.Warnings, "\n"), "rule_unmatched: images selector .none img")
			if warned != c.warned || !warned && r.Article.Evidence["images"] != "rule example@2022-10-01" {
				t.Errorf("warnings %q, evidence %q", r.Article.Warnings, r.Article.Evidence["images"])
			}
		})
	}
}
