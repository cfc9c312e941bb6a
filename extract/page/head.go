package page

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What the readers of the head select, compiled once. The walk gathers the
// elements on its way (Page.Head), so that no selection walks the tree again.
var (
	jsonLDScripts = cascadia.MustCompile(`[type*="ld+json"]`)
	templates     = cascadia.MustCompile(`[type$="/template"]`)
	canonicalLink = cascadia.MustCompile(`link[rel~="canonical" i]`)
)

// readHead sorts the head's elements.
func (p *Page) readHead() {
	p.HeadLinks = new(goquery.Selection)
	for _, n := range p.Head.Nodes {
		switch n.DataAtom {
		case atom.Meta:
			p.addMeta(n)
		case atom.Link:
			p.HeadLinks.Nodes = append(p.HeadLinks.Nodes, n)
		case atom.Script:
			p.addScript(n)
		}
	}
}

// addScript keeps a script by what it holds: JSON-LD or a program.
func (p *Page) addScript(n *html.Node) {
	external := n.FirstChild == nil
	switch {
	case jsonLDScripts.Match(n):
		if external && Attr(n, "children") == "" { // else React's property, written as an attribute
			p.External++
			return
		}
		if !external {
			n.FirstChild.Data = strings.Clone(n.FirstChild.Data) // the article keeps parts of it
		}
		p.JSONLD = append(p.JSONLD, n)
	case templates.Match(n):
	case external:
		p.External++
	default:
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
