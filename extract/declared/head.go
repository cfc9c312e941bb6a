package declared

import (
	"strings"

	"golang.org/x/net/html"

	"pressmark/extract/page"
	"pressmark/extract/text"
)

// links reads the head's links to feeds and to other forms of the page, and meta robots.
func (r *factReader) links() {
	for _, n := range r.p.Rels {
		r.headLink(n)
	}
	robots := strings.ToLower(r.p.Meta("robots"))
	r.facts.NoIndex = strings.Contains(robots, "noindex") || strings.Contains(robots, "none")
	r.facts.NoFollow = strings.Contains(robots, "nofollow") || strings.Contains(robots, "none")
}

// headLink keeps a <link>: feeds, other forms of the page.
func (r *factReader) headLink(n *html.Node) {
	p, f := r.p, &r.facts
	rel, href := page.Attr(n, "rel"), page.Attr(n, "href")
	if href == "" {
		return
	}
	kind := strings.ToLower(page.Attr(n, "type"))
	switch {
	case page.HasToken(rel, "alternate") && (strings.Contains(kind, "rss") || strings.Contains(kind, "atom") || strings.Contains(kind, "feed+json")):
		if u, err := p.Resolve(href); err == nil {
			f.Feeds = text.AppendNew(f.Feeds, u)
		}
	case page.HasToken(rel, "amphtml"), page.HasToken(rel, "alternate") && page.Attr(n, "hreflang") == "" && (page.Attr(n, "media") != "" || kind == "text/html"):
		if u, err := p.Resolve(href); err == nil && u != p.Canonical {
			f.Alternates = text.AppendNew(f.Alternates, u)
		}
	}
}
