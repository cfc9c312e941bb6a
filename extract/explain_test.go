package extract_test

import (
	"strings"
	"testing"

	"pressmark/configs"
	"pressmark/extract"
	"pressmark/extract/article"
)

// TestExplainWithRules shows what else was found where a site's rule names the title
// and the time.
func TestExplainWithRules(t *testing.T) {
	site, err := configs.Parse("echo.yaml", []byte("name: echo\nhosts: [echo.example]\nrules:\n  - title: h1.head\n    published: span.when\n"))
	if err != nil {
		t.Fatal(err)
	}
	page := article.Page{URL: "https://echo.example/a/2.html", Body: []byte(`<html lang="en"><head><title>Footpath closed - Echo</title><meta property="article:published_time" content="2024-05-13T08:00:00+01:00"></head>
<body><h1 class=head>East bank footpath closed</h1><span class=when>14 May 2024, 09:30</span><p>Updated 15 May 2024, 10:00</p>
<p>The footpath on the east bank is closed for three months, the county says, and walkers take the west bank instead.</p>
<p>The work should be done before the floods of autumn, and trees of the region will be planted along the path.</p></body></html>`)}
	e, err := extract.New(extract.Options{Rules: site.Rules}).Explain(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ field, value, from, others string }{
		{"title", "East bank footpath closed", "rule echo", "East bank footpath closed (h1)|Footpath closed (title)"},
		{"published", "2024-05-14T09:30:00", "rule echo", "2024-05-13T08:00:00+01:00 (meta article:published_time)"},
	} {
		for _, f := range e.Fields {
			if f.Name != c.field {
				continue
			}
			var others []string
			for _, o := range f.Others {
				others = append(others, o.Value+" ("+o.From+")")
			}
			if !strings.HasPrefix(f.Value, c.value) || f.From != c.from || !strings.Contains(strings.Join(others, "|"), c.others) {
				t.Errorf("%s: %q from %q, others %q", f.Name, f.Value, f.From, others)
			}
		}
	}
	plain, err := extract.New(extract.Options{Rules: site.Rules}).Extract(t.Context(), page)
	if err != nil || plain.Article == nil || e.Result.Article == nil || plain.Article.Text != e.Result.Article.Text || *plain.Article.Published != *e.Result.Article.Published {
		t.Errorf("explaining changes the result: %v", err)
	}
	if h := plain.Article.Headlines; h.Search != "Footpath closed" {
		t.Errorf("headline for search engines %q", h.Search)
	}
}
