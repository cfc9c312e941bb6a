package configs_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"pressmark/configs"
)

func parse(t *testing.T, page string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestMatcherAgreesWithCascadia: the pass over the tree selects what cascadia selects, in
// the same order, from the root and from the middle of a page.
func TestMatcherAgreesWithCascadia(t *testing.T) {
	doc := parse(t, `<!DOCTYPE html><html lang=en><head><title>T</title><meta name="a b" content="x"></head><body class="page wide">
		<!-- c --><div id=main class=article><h1>H</h1><p class=lead>One <a href="/a?b=1&c=2">a</a></p><div><p>Two</p><p class="x y">Three <b>b</b></p><div class=article><p>Four</p></div></div>
		<ul><li>1<li class=x>2<li>3<li>4</ul><p>Five</p></div><aside><div class="ad > x"><p>Six</p></div><p data-x="it's, (so)">Seven</p></aside><section><p></p></section></body></html>`)
	for _, selector := range []string{
		"p", "*", ".article p", ".article > p", "div p", "div div p", "div > div > p", ".article .article p", "body div.article > div p.x", "h1 + p", "h1 ~ p", "h1 ~ div p",
		"p + p", "p ~ p", "li:nth-child(2n+1)", "li:nth-child(2)", "li:first-child, li:last-child", "li:not(.x)", "div:has(b)", "div:not(:has(b)) p", "p:contains(\"Two\")",
		"[data-x=\"it's, (so)\"]", "div[class='ad > x'] p", "meta[name='a b']", "[class~=y]", "a[href^='/a?b']", "p.x.y b", "aside p, .lead a ,h1", "html body > div", "head meta", ":root > body",
		"div:haschild(h1) li", "p:empty", "p:not(div p)", "  .article\n>\n p ", "li.x + li ~ li", "h1+p a,ul>li", "div/* c */p", "#main:has(ul) > p:last-child",
	} {
		s, err := configs.NewSelector(selector)
		if err != nil {
			t.Errorf("%s: %v", selector, err)
			continue
		}
		group, err := cascadia.ParseGroup(selector)
		if err != nil {
			t.Fatal(err)
		}
		main := cascadia.MustCompile("#main").MatchFirst(doc)
		for _, root := range []*html.Node{doc, main, main.LastChild} {
			got, want := s.Match.MatchAll(root), cascadia.Selector(group.Match).MatchAll(root)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %d nodes, cascadia finds %d", selector, len(got), len(want))
			}
		}
		for n := range doc.Descendants() {
			if got, want := s.Match.Match(n), group.Match(n); got != want {
				t.Errorf("%s: %q: %v, cascadia says %v", selector, n.Data, got, want)
			}
		}
	}
}

// TestSelectorsThatRunAway: pages made to keep a selector busy do not; each of these took
// from minutes to years.
func TestSelectorsThatRunAway(t *testing.T) {
	deep := parse(t, "<body>"+strings.Repeat("<div>", 400)+strings.Repeat("<p>x</p>", 2000))
	wide := parse(t, "<body><ul>"+strings.Repeat("<li>x", 60_000))
	for _, selector := range []string{
		".article div div div div div div p", "a div div div p, b div div div p", "div ~ div ~ p ~ p ~ p ~ a", "li ~ li ~ li ~ li ~ a",
		"li:nth-child(3n+7)", "li:nth-last-child(3n+7)", "li:nth-of-type(2n+1)", "div:has(a p)", "div:has(b) p", "p:not(a p)", "div:contains(y) div:contains(y) p",
	} {
		s, err := configs.NewSelector(selector)
		if err != nil {
			t.Fatal(err)
		}
		s.Match.MatchAll(deep)
		s.Match.MatchAll(wide)
	}
}

// TestSelectorsThatAreRefused: what has no bound by its form is a mistake in the site's file.
func TestSelectorsThatAreRefused(t *testing.T) {
	for selector, want := range map[string]string{
		"div:has(div:has(p))":               ":has() within :has()",
		"div:haschild(div:has(p))":          ":has() within :has()",
		"div:has(a b c)":                    "more than one space",
		"p:not(a ~ b c)":                    "more than one space",
		strings.Repeat("a ", 65):            "more than 64 parts",
		"div >":                             "",
		"div[":                              "",
		strings.Repeat("a,", 64) + "a":      "more than 64 parts",
		"div:not(.a:has(b)):has(c:has(.d))": ":has() within :has()",
	} {
		if _, err := configs.NewSelector(selector); !errors.Is(err, configs.ErrSelector) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: %v, want %q", selector, err, want)
		}
	}
}

// FuzzSelector: what compiles selects what cascadia selects.
func FuzzSelector(f *testing.F) {
	f.Add("div.a > p + a[href^='x']:not(.b) , *")
	f.Add("li:nth-child(2n+1) ~ li:has(b)")
	f.Add(`a\:b "x" /* c */ , d`)
	doc, err := html.Parse(strings.NewReader(`<div class=a id=b><p>x<p class="b c">y<a href=x1>z</a><ul><li>1<li><b>2</b><li>3</ul><div><p lang=en>u</p></div></div>`))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := configs.NewSelector(text)
		if err != nil {
			return
		}
		group, err := cascadia.ParseGroup(s.Text)
		if err != nil {
			t.Fatalf("%q compiles, cascadia says %v", text, err)
		}
		if got, want := s.Match.MatchAll(doc), cascadia.Selector(group.Match).MatchAll(doc); !slices.Equal(got, want) {
			t.Errorf("%q: %d nodes, cascadia finds %d", text, len(got), len(want))
		}
	})
}
