package declared

import (
	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"

	"pressmark/extract/text"
)

// What the head links to, compiled once.
var (
	feedLinks = cascadia.MustCompile(`link[rel~="alternate" i][type*="rss" i], link[rel~="alternate" i][type*="atom" i], link[rel~="alternate" i][type*="feed+json" i]`)
	// Other forms of the page; with hreflang they are other pages, in other languages.
	formLinks = cascadia.MustCompile(`link[rel~="amphtml" i], link[rel~="alternate" i]:not([hreflang])[media], link[rel~="alternate" i]:not([hreflang])[type="text/html" i]`)
)

// links reads the head's links to feeds and to other forms of the page.
func (r *factReader) links() {
	p, f := r.p, &r.facts
	feeds := p.HeadLinks.FilterMatcher(feedLinks)
	for _, u := range r.addresses(feeds) {
		f.Feeds = text.AppendNew(f.Feeds, u)
	}
	for _, u := range r.addresses(p.HeadLinks.FilterMatcher(formLinks).NotSelection(feeds)) {
		if u != p.Canonical {
			f.Alternates = text.AppendNew(f.Alternates, u)
		}
	}
}

// addresses returns what links lead to, those left out that lead nowhere.
func (r *factReader) addresses(links *goquery.Selection) []string {
	var list []string
	for _, href := range links.Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("href", "") }) {
		if href == "" {
			continue
		}
		if u, err := r.p.Resolve(href); err == nil {
			list = append(list, u)
		}
	}
	return list
}
