package drift_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/drift"
	"pressmark/extract/article"
)

var noon = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// page is a page of the n-th story in a template, changed by change.
func page(template string, n int, change func(a *article.Article)) drift.Page {
	var b strings.Builder
	for i := range 12 {
		fmt.Fprintf(&b, `<div class="%s-%c box story%d" id='%s%c'>`, template, 'a'+i, n, template, 'a'+i)
	}
	published, caption := "2026-11-29T08:00:00Z", "A harbour"
	a := &article.Article{Title: "Story", Published: &published, PublishedPrecision: article.Minute, Credits: article.Credits{Authors: []string{"A B"}},
		Images: []article.Image{{Caption: &caption}}, Text: strings.Repeat("words of it ", 80+n%40), Evidence: map[string]string{"body": "rule paper", "title": "rule paper"}}
	if change != nil {
		change(a)
	}
	res := article.Result{Kind: article.KindArticle, Article: a}
	if a.Title == "refused" {
		res = article.Result{Kind: article.KindList, Refusal: &article.Refusal{Code: article.KindList}}
	}
	return drift.Page{Body: []byte(b.String()), Result: res}
}

// site is a site whose runs are given to its watch one after the other.
type site struct {
	t     *testing.T
	data  []byte
	rules string
	day   int
	n     int
}

// run watches a run of some pages, and returns what was found.
func (s *site) run(template string, pages int, change func(n int, a *article.Article)) *drift.Finding {
	s.t.Helper()
	w, err := drift.Open(s.data, s.rules)
	if err != nil {
		s.t.Fatal(err)
	}
	for range pages {
		s.n++
		w.Add(page(template, s.n, func(a *article.Article) {
			if change != nil {
				change(s.n, a)
			}
		}))
	}
	now := noon.AddDate(0, 0, s.day)
	s.day++
	found := w.Finding(now)
	data, err := w.Save(now)
	if err != nil {
		s.t.Fatal(err)
	}
	if data != nil {
		s.data = data
	}
	return found
}

func names(f *drift.Finding) (out []string) {
	if f != nil {
		for _, s := range f.Signals {
			out = append(out, s.Name)
		}
	}
	return out
}

// TestSignals: what a site loses is found in the first run that shows enough of it.
func TestSignals(t *testing.T) {
	long := func(a *article.Article) { a.Text = a.Text[:90] }
	for _, tt := range []struct {
		name     string
		template string
		pages    int
		change   func(n int, a *article.Article)
		want     string // signals; "" for none
		degraded bool
	}{
		{name: "as before", template: "old", pages: 6},
		{name: "another template", template: "new", pages: 3, want: "[template]"},
		{name: "two pages in another template", template: "new", pages: 2},
		{name: "no time", template: "old", pages: 5, change: func(_ int, a *article.Article) { a.Published = nil }, want: "[published]", degraded: true},
		{name: "one without a time", template: "old", pages: 5, change: func(n int, a *article.Article) {
			if n%5 == 0 {
				a.Published = nil
			}
		}},
		{name: "no author in three", template: "old", pages: 3, change: func(_ int, a *article.Article) { a.Credits = article.Credits{} }},
		{name: "no author in twelve", template: "old", pages: 12, change: func(_ int, a *article.Article) { a.Credits = article.Credits{} }, want: "[credits]", degraded: true},
		{name: "no caption in twelve", template: "old", pages: 12, change: func(_ int, a *article.Article) { a.Images[0].Caption = nil }, want: "[captions]", degraded: true},
		{name: "refused", template: "old", pages: 5, change: func(_ int, a *article.Article) { a.Title = "refused" }, want: "[articles]", degraded: true},
		{name: "rules find nothing", template: "old", pages: 5, change: func(_ int, a *article.Article) { a.Evidence = map[string]string{"body": "density"} }, want: "[rules]", degraded: true},
		{name: "short texts", template: "old", pages: 8, change: func(_ int, a *article.Article) { long(a) }, want: "[length]", degraded: true},
		{name: "one short text", template: "old", pages: 8, change: func(n int, a *article.Article) {
			if n%8 == 0 {
				long(a)
			}
		}},
		{name: "a redesign that reads worse", template: "new", pages: 5, change: func(_ int, a *article.Article) { a.Published = nil }, want: "[template published]", degraded: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &site{t: t, rules: "paper"}
			for range 6 {
				if f := s.run("old", 6, nil); f != nil {
					t.Fatalf("before the change: %+v", *f)
				}
			}
			f := s.run(tt.template, tt.pages, tt.change)
			if got := fmt.Sprint(names(f)); got != cmpOr(tt.want, "[]") || f != nil && f.Degraded != tt.degraded {
				t.Errorf("%s, want %s; %+v", got, tt.want, f)
			}
			if g := drift.FindingIn(s.data); !slices.Equal(names(g), names(f)) {
				t.Errorf("kept: %v", names(g))
			}
		})
	}
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// TestFewByFew: what is lost is found from runs of one page each, too.
func TestFewByFew(t *testing.T) {
	s := &site{t: t}
	for range 30 {
		s.run("old", 1, nil)
	}
	for i := range 30 {
		if f := s.run("old", 1, func(_ int, a *article.Article) { a.Published = nil }); f != nil {
			if !f.Degraded || i > 14 {
				t.Errorf("after %d pages: %+v", i, *f)
			}
			return
		}
	}
	t.Error("never found")
}

// TestEnd: a finding ends when the site reads as before, when its rules change, and when
// the change has lasted.
func TestEnd(t *testing.T) {
	begin := func() *site {
		s := &site{t: t, rules: "paper"}
		for range 6 {
			s.run("old", 6, nil)
		}
		if f := s.run("new", 6, func(_ int, a *article.Article) { a.Published = nil }); f == nil || !f.Degraded {
			t.Fatalf("%+v", f)
		}
		return s
	}
	s := begin()
	if since := s.run("new", 6, func(_ int, a *article.Article) { a.Published = nil }); since == nil || since.Since.Equal(noon.AddDate(0, 0, 7)) {
		t.Errorf("the second day: %+v", since)
	}
	s.run("old", 6, nil)
	if f := s.run("old", 6, nil); f != nil {
		t.Errorf("as before: %+v", *f)
	}
	s = begin()
	s.rules = "paper@2026-12-01"
	if f := s.run("new", 6, nil); f != nil {
		t.Errorf("new rules: %+v", *f)
	}
	s = begin()
	var f *drift.Finding
	for range 20 {
		f = s.run("new", 6, func(_ int, a *article.Article) { a.Published = nil })
	}
	if f != nil {
		t.Errorf("after 120 pages: %+v", *f)
	}
}

// TestNothingRead: a run without a page changes nothing, and a wall is no page.
func TestNothingRead(t *testing.T) {
	w, err := drift.Open(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	w.Add(drift.Page{Result: article.Result{Kind: article.KindBot, Refusal: &article.Refusal{Code: article.KindBot}}})
	if data, err := w.Save(noon); data != nil || err != nil || w.Finding(noon) != nil {
		t.Errorf("%s, %v", data, err)
	}
	var none *drift.Watch
	none.Add(page("old", 1, nil))
	if data, err := none.Save(noon); data != nil || err != nil || none.Finding(noon) != nil || none.Earlier() != nil {
		t.Error("a watch that is nil")
	}
}
