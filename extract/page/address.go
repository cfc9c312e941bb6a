package page

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/weburl"
)

// address finds the page's own address, and the one that relative addresses
// resolve against where a saved page has none but names its own.
func (p *Page) address() {
	own := p.ownURL()
	if p.Base.Host == "" {
		p.Base = baseURL(own)
	}
	p.Canonical = own
}

// ownURL returns the page's canonical address, normalized: rel=canonical where
// it is of the same site and is no front page, else the page's own.
func (p *Page) ownURL() string {
	own, err := weburl.Normalize(p.In.URL)
	if err != nil {
		own = p.In.URL
	}
	for _, n := range p.HeadLinks.FilterMatcher(canonicalLink).Nodes {
		if u, ok := p.takeCanonical(Attr(n, "href"), own); ok {
			return u
		}
	}
	if u, ok := p.takeCanonical(p.Meta("og:url"), own); ok {
		return u
	}
	return own
}

func (p *Page) takeCanonical(href, own string) (string, bool) {
	if strings.TrimSpace(href) == "" {
		return "", false
	}
	u, err := p.Resolve(href)
	if err != nil {
		return "", false
	}
	if own == "" {
		return u, true
	}
	parsed, err := url.Parse(u)
	if err != nil || !weburl.SameSite(parsed.Host, weburl.HostOf(own)) {
		return "", false
	}
	if weburl.IsFront(u) && !weburl.IsFront(own) {
		return "", false // every page of a badly made site claims to be its front page
	}
	return u, true
}

// Resolve returns the normal form of an address as it stands on the page: relative to
// Base, its query in the encoding of the page.
func (p *Page) Resolve(href string) (string, error) {
	return weburl.ResolveIn(p.Base, href, p.Charset)
}

// LinkURL returns the normal form of a link's address, resolved once; ok is false for
// one that leads to no page of the web.
func (p *Page) LinkURL(a *Anchor) (address string, ok bool) {
	if !a.resolved {
		a.resolved = true
		if u, err := p.Resolve(strings.TrimSpace(Attr(a.Node, "href"))); err == nil {
			a.url = u
		}
	}
	return a.url, a.url != ""
}

// baseHref applies <base href>; the walk calls it. The first one counts (HTML standard,
// 4.2.3), if it leads to the web.
func (p *Page) baseHref(n *html.Node) {
	href := strings.TrimSpace(Attr(n, "href"))
	if n.DataAtom != atom.Base || href == "" || p.based {
		return
	}
	p.based = true
	if u, err := p.Resolve(href); err == nil {
		p.Base = baseURL(u)
	}
}
