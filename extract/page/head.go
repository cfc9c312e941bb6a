package page

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// What the readers of the head select, compiled once. The walk gathers the
// elements on its way (Page.Head), so that no selection walks the tree again.
var (
	metaTags      = cascadia.MustCompile(`meta[content]`)
	jsonLDScripts = cascadia.MustCompile(`script[type*="ld+json"]`)
	otherScripts  = cascadia.MustCompile(`script:not([type*="ld+json"]):not([type$="/template"])`)
	canonicalLink = cascadia.MustCompile(`link[rel~="canonical" i]`)
)

// readHead sorts the head's elements.
func (p *Page) readHead() {
	p.Head.FilterMatcher(metaTags).Each(func(_ int, s *goquery.Selection) { p.addMeta(s.Get(0)) })
	for _, n := range p.Head.FilterMatcher(jsonLDScripts).Nodes {
		switch {
		case n.FirstChild == nil && Attr(n, "children") != "": // React's property, written as an attribute
			p.JSONLD = append(p.JSONLD, n)
			continue
		case n.FirstChild == nil:
			p.External++
			continue
		}
		n.FirstChild.Data = strings.Clone(n.FirstChild.Data) // the article keeps parts of it
		p.JSONLD = append(p.JSONLD, n)
	}
	for _, n := range p.Head.FilterMatcher(otherScripts).Nodes {
		if n.FirstChild == nil {
			p.External++
			continue
		}
		p.Scripts = append(p.Scripts, n)
	}
}

// addMeta keeps the content of a meta tag under each of its names.
func (p *Page) addMeta(n *html.Node) {
	content := strings.TrimSpace(Attr(n, "content"))
	if content == "" {
		return
	}
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "name", "property", "itemprop", "http-equiv":
			p.Metas = append(p.Metas, Meta{strings.ToLower(strings.TrimSpace(n.Attr[i].Val)), content})
		}
	}
}

// Meta returns the content of the first meta tag with one of the names (lower
// case; name, property, itemprop and http-equiv alike), in the order of names.
func (p *Page) Meta(names ...string) string {
	for _, name := range names {
		for i := range p.Metas {
			if p.Metas[i].Name == name && p.Metas[i].Content != "" {
				return p.Metas[i].Content
			}
		}
	}
	return ""
}
