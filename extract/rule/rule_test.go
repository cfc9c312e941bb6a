package rule_test

import (
	"strings"
	"testing"
	"time"

	"pressmark/configs"
	"pressmark/extract/article"
	"pressmark/extract/page"
	"pressmark/extract/rule"
)

// rules are those of a site that changed its layout in 2020.
func rules(t *testing.T) []configs.Rules {
	t.Helper()
	site, err := configs.Parse("echo.yaml", []byte(`name: echo
hosts: [echo.example]
rules:
  - from: 2020-01-01
    title: h1.head
    body: div.text
    authors: meta[name=writer]@content
    remove: [p.promo, aside]
  - until: 2019-12-31
    title: td.title
    body: td.story
`))
	if err != nil {
		t.Fatal(err)
	}
	return site.Rules
}

func day(s string) time.Time {
	when, _ := time.Parse(time.DateOnly, s) // zero for ""
	return when
}

// TestRules chooses rules for a page, removes, and applies them.
func TestRules(t *testing.T) {
	const (
		newPage = `<meta name=writer content=" Jane  Doe "><h1 class=head>New  bridge</h1><div class=text><p>One.</p><p class=promo>Buy.</p></div><aside>Side</aside>`
		oldPage = `<table><tr><td class=title>Old bridge<tr><td class=story>One.<br>Two.</table>`
	)
	for _, c := range []struct {
		name, html, day               string
		rules, title, body, unmatched string
	}{
		{"by day", newPage, "2024-05-01", "echo@2020-01-01", "New bridge", "One.", ""},
		{"an old page by day", oldPage, "2015-05-01", "echo", "Old bridge", "One.\nTwo.", ""},
		{"an old page served late", oldPage, "2024-05-01", "echo", "Old bridge", "One.\nTwo.", ""},
		{"a new layout before its day", newPage, "2015-05-01", "echo@2020-01-01", "New bridge", "One.", ""},
		{"no day", newPage, "", "echo@2020-01-01", "New bridge", "One.", ""},
		{"no title", `<div class=text>One.</div>`, "2024-05-01", "echo@2020-01-01", "", "One.", "title selector h1.head of echo@2020-01-01 finds nothing"},
		{"of no layout", `<p>One.</p>`, "2024-05-01", "echo@2020-01-01", "", "", "title selector h1.head of echo@2020-01-01 finds nothing; body selector div.text of echo@2020-01-01 finds nothing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree, err := page.Parse(article.Page{URL: "https://echo.example/a", Body: []byte(c.html)})
			if err != nil {
				t.Fatal(err)
			}
			chosen := rule.Choose(tree.Doc, rules(t), day(c.day))
			chosen.Remove()
			p, _ := tree.Lay(page.NewPool().Get(), "")
			got := rule.Apply(p, chosen)
			var texts []string
			for _, b := range got.Body {
				texts = append(texts, p.BoxText(b))
			}
			warnings := strings.ReplaceAll(strings.Join(got.Warnings, "; "), "rule_unmatched: ", "")
			if got.Rules.Name != c.rules || got.Title != c.title || strings.Join(texts, "\n") != c.body || warnings != c.unmatched {
				t.Errorf("rules %q, title %q, body %q, warnings %q", got.Rules.Name, got.Title, texts, warnings)
			}
			if strings.Contains(p.Text, "Buy.") || strings.Contains(p.Text, "Side") {
				t.Errorf("removed elements are on the page: %q", p.Text)
			}
		})
	}
}

// TestTexts selects texts and attribute values.
func TestTexts(t *testing.T) {
	all := rules(t)
	tree, err := page.Parse(article.Page{URL: "https://echo.example/a", Body: []byte(`<meta name=writer content=" Jane  Doe "><meta name=writer content="  "><h1 class=head>A <b>new</b> bridge</h1><h1 class=head>B</h1><div class=text>x</div>`)})
	if err != nil {
		t.Fatal(err)
	}
	chosen := rule.Choose(tree.Doc, all, time.Time{})
	if got := strings.Join(chosen.Texts(all[0].Authors), "|"); got != "Jane Doe" {
		t.Errorf("attribute values %q", got)
	}
	if got := strings.Join(chosen.Texts(all[0].Title), "|"); got != "A new bridge|B" {
		t.Errorf("texts %q", got)
	}
	if got := chosen.Texts(nil); got != nil {
		t.Errorf("texts of no selector %q", got)
	}
	if none := rule.Choose(tree.Doc, nil, time.Time{}); none.Rules != nil {
		t.Errorf("rules of a site without rules: %v", none.Rules)
	}
}
