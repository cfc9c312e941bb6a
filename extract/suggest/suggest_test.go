package suggest_test

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pressmark/configs"
	"pressmark/crawler/testweb/newsroom"
	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/extract/suggest"
)

// pagesOf serves stories of an invented site, those whose URL contains part.
func pagesOf(t *testing.T, name, part string, n int) []article.Page {
	t.Helper()
	sites, err := newsroom.New(newsroom.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var pages []article.Page
	for _, s := range sites {
		if s.Name() != name {
			continue
		}
		for _, a := range s.Truth() {
			if len(pages) == n || !strings.Contains(a.URL, part) || len(a.Body) < 2 {
				continue
			}
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest("GET", a.URL, nil))
			pages = append(pages, article.Page{URL: a.URL, Body: w.Body.Bytes(), ContentType: w.Header().Get("Content-Type"),
				Fetched: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Status: w.Code})
		}
	}
	if len(pages) == 0 {
		t.Fatalf("%s has no story with %q", name, part)
	}
	return pages
}

func TestPropose(t *testing.T) {
	tests := []struct {
		site, part string
		want       map[string]string // key -> selector
	}{
		{"demo-client", "", map[string]string{"title": "h1.title", "body": "div#content"}},
		{"demo-portal", "/2012", map[string]string{"body": "td#arc_body"}},
		{"demo-county", "", map[string]string{"body": "div.body"}},
	}
	for _, tt := range tests {
		t.Run(tt.site, func(t *testing.T) {
			pages := pagesOf(t, tt.site, tt.part, 4)
			p, err := suggest.Propose(t.Context(), pages)
			if err != nil {
				t.Fatal(err)
			}
			yaml := encode(t, p.Site)
			t.Logf("%d pages\n%s", p.Pages, yaml)
			if _, err := configs.Parse("x.yaml", []byte(strings.Replace(yaml, "sources:", "allow_private: ['"+p.Site.Hosts[0]+"']\nsources:", 1))); err != nil {
				t.Errorf("the proposal is refused: %v", err)
			}
			if len(p.Site.Rules) != 1 {
				t.Fatalf("no rules: %+v", p)
			}
			for key, want := range tt.want {
				if got := p.Site.Rules[0].Select(key); got == nil || got.String() != want {
					t.Errorf("%s: got %v, want %s", key, got, want)
				}
			}
			same(t, p.Site.Rules, pages)
		})
	}
}

// same checks that the rules change nothing on the pages.
func same(t *testing.T, rules []configs.Rules, pages []article.Page) {
	t.Helper()
	for _, page := range pages {
		before, err := extract.New(extract.Options{}).Extract(t.Context(), page)
		if err != nil {
			t.Fatal(err)
		}
		after, err := extract.New(extract.Options{Rules: rules}).Extract(t.Context(), page)
		if err != nil || after.Article == nil {
			t.Fatalf("%s: %v, %v", page.URL, after.Refusal, err)
		}
		if before.Article.Title != after.Article.Title || before.Article.Text != after.Article.Text {
			t.Errorf("%s reads otherwise with the rules:\n%s\n%s", page.URL, before.Article.Text, after.Article.Text)
		}
	}
}

func TestProposeIsStable(t *testing.T) {
	pages := pagesOf(t, "demo-client", "", 3)
	var first string
	for range 3 {
		p, err := suggest.Propose(t.Context(), pages)
		if err != nil {
			t.Fatal(err)
		}
		if yaml := encode(t, p.Site); first == "" {
			first = yaml
		} else if yaml != first {
			t.Errorf("another proposal from the same pages:\n%s\n%s", first, yaml)
		}
	}
}

func TestProposeLeavesOut(t *testing.T) {
	pages := pagesOf(t, "demo-client", "", 2)
	other := pagesOf(t, "demo-county", "", 1)[0]
	other.URL = "https://elsewhere.example/a.html"
	empty := article.Page{URL: pages[0].URL + "x", Body: []byte("<html><title>x</title></html>")}
	p, err := suggest.Propose(t.Context(), []article.Page{empty, pages[0], other, pages[1]})
	if err != nil {
		t.Fatal(err)
	}
	if p.Pages != 2 || len(p.Passed) != 2 || !strings.Contains(p.Passed[0], "no article") || !strings.Contains(p.Passed[1], "another site") {
		t.Errorf("%d pages, passed %q", p.Pages, p.Passed)
	}
	if _, err := suggest.Propose(t.Context(), []article.Page{empty}); !errors.Is(err, suggest.ErrNoArticle) {
		t.Errorf("got %v, want ErrNoArticle", err)
	}
}

func TestProbe(t *testing.T) {
	selector := func(text string) *configs.Selector {
		s, err := configs.NewSelector(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	rules := configs.Rules{Title: selector("h1"), Published: selector("time@datetime"), Body: selector(".none"), Remove: []*configs.Selector{selector("p")}}
	found, err := suggest.Probe(&rules, article.Page{Body: []byte("<h1> A  title </h1><time datetime=2024-01-02>x</time><p>a</p><p>" + strings.Repeat("b", 100) + "</p>")})
	if err != nil {
		t.Fatal(err)
	}
	want := []suggest.Finding{
		{Key: "title", Selector: "h1", Matches: 1, Text: "A title"},
		{Key: "published", Selector: "time@datetime", Matches: 1, Text: "2024-01-02"},
		{Key: "body", Selector: ".none"},
		{Key: "remove", Selector: "p", Matches: 2, Text: "a"},
	}
	if len(found) != len(want) {
		t.Fatalf("got %+v", found)
	}
	for i := range want {
		if found[i] != want[i] {
			t.Errorf("got %+v, want %+v", found[i], want[i])
		}
	}
}

func encode(t *testing.T, s configs.Site) string {
	t.Helper()
	text, err := configs.Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
