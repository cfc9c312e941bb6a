package link

import (
	"strings"

	"golang.org/x/net/html"

	"pressmark/extract/article"
	"pressmark/extract/body"
	"pressmark/extract/page"
	"pressmark/extract/text"
	"pressmark/extract/weburl"
)

// Find lists the page's links with their kind, and finds the article's next part and the
// list's next page.
func Find(p *page.Page, text body.Result) Result {
	f := &linkFinder{p: p, text: text, host: weburl.HostOf(p.Canonical), seen: make(map[string]int, len(p.Links)), hosts: map[string]bool{}}
	f.out.Links = make([]article.Link, 0, len(p.Links))
	f.marks = make([]mark, 0, len(p.Links))
	for i := range p.Links {
		f.add(&p.Links[i])
	}
	f.repeated()
	f.vote()
	f.apart()
	f.nextInHead()
	return f.out
}

// Result holds the links of a page.
type Result struct {
	Links []article.Link // each address once, in reading order
	Part  string         // the next part of the article, "" where there is none
	List  string         // the next page of the list
}

type linkFinder struct {
	p      *page.Page
	text   body.Result
	host   string
	domain string          // of host, once it was asked for
	seen   map[string]int  // URL -> index in the result
	hosts  map[string]bool // hosts seen: whether they are of the page's site
	last   string          // the host that was asked for last
	same   bool            // whether it is of the page's site
	origin origin          // of the last address whose form was asked for
	out    Result
	marks  []mark // of the links of the result
}

// mark is what the verdict on a link stands on.
type mark struct {
	place
	form  uint64 // hash of what its address has in common with those of its kind
	mass  int32  // of the link's text
	score int8   // what speaks for an article, from the link alone
}

func (f *linkFinder) add(a *page.Anchor) {
	p := f.p
	href := strings.TrimSpace(page.Attr(a.Node, "href"))
	if href == "" || href[0] == '#' {
		return
	}
	u, ok := p.LinkURL(a)
	if !ok {
		return // javascript:, mailto: and the like
	}
	s := p.TextOf(a.Start, a.End)
	shown := text.Mass(s)
	mass := shown
	f.next(a, u, s)
	if s == "" {
		s = linkTitle(a.Node)
		mass = text.Mass(s)
	}
	if at, ok := f.seen[u]; ok {
		f.again(at, a, s, shown)
		return
	}
	f.seen[u] = len(f.out.Links)
	l := article.Link{URL: u, Text: s}
	score := f.classify(&l, a, shown)
	f.out.Links = append(f.out.Links, l)
	f.marks = append(f.marks, mark{f.placeOf(a), f.formOf(u), mass, score})
}

// again adds another link to an address that is already listed: a picture and a headline
// often link to the same article.
func (f *linkFinder) again(at int, a *page.Anchor, s string, mass int32) {
	l, m := &f.out.Links[at], &f.marks[at]
	if mass > m.mass {
		l.Text, m.mass = s, mass
	}
	other := *l
	m.score = max(m.score, f.classify(&other, a, mass))
	l.Article = l.Article || other.Article
	l.Section = (l.Section || other.Section) && !l.Article
	l.InBody = l.InBody || other.InBody
	if !m.heading {
		if better := f.placeOf(a); better.heading || m.menu && !better.menu {
			m.place = better
		}
	}
}

// classify decides the kind of a link from its address and its text. An article's address
// has a number, a date or a long slug, and its text is a headline. A section's address is
// short and its text one or two words. It returns the score of an article, 0 if the link
// cannot be one.
func (f *linkFinder) classify(l *article.Link, a *page.Anchor, mass int32) int8 {
	p := f.p
	l.InBody = f.inBody(a)
	host := weburl.HostOf(l.URL)
	if f.host != "" && !f.sameSite(host) {
		return 0
	}
	path, query := PathOf(l.URL)
	shape := ArticleShape(path, query)
	name := page.NameFlags(0)
	if a.Box >= 0 {
		name = p.Boxes[a.Box].Inherited
	}
	if name&(page.NameFooter|page.NameNav|page.NamePager|page.NameTags) != 0 {
		shape--
	}
	shape += headline(mass)
	if a.Picture && mass == 0 {
		shape++
	}
	if weburl.PersonPath(path) || strings.Contains(query, "://") { // the latter leads through a counter or a login to elsewhere
		shape = 0
	}
	l.Article = shape >= sureArticle
	l.Section = !l.Article && mass > 0 && mass <= 36 && sectionShape(path, query)
	return int8(shape)
}

// headline returns what the mass of a link's text says for an article.
func headline(mass int32) int {
	switch {
	case mass >= 36:
		return 2
	case mass >= 24:
		return 1
	case mass < 15 && mass > 0:
		return -1
	}
	return 0
}

// sureArticle is the score of a link that is an article's by itself.
const sureArticle = 3

// sameSite reports whether a host is of the page's site; a page links to few hosts.
func (f *linkFinder) sameSite(host string) bool {
	if host == f.last && host != "" {
		return f.same // links of one host stand together
	}
	same, known := f.hosts[host]
	if !known {
		if f.domain == "" {
			f.domain = weburl.RegistrableDomain(f.host)
		}
		same = host == f.host || weburl.InDomain(host, f.domain)
		f.hosts[host] = same
	}
	f.last, f.same = host, same
	return same
}

func (f *linkFinder) inBody(a *page.Anchor) bool {
	p := f.p
	if int(a.Line) < f.text.First || int(a.Line) >= f.text.Last {
		return false
	}
	r := p.Lines[a.Line].Role()
	return r == page.RoleBody || r == page.RoleSubhead
}

// linkTitle is the text of a link that shows none: its title, or its picture's alt.
func linkTitle(n *html.Node) string {
	if t := text.Squeeze(page.Attr(n, "title")); t != "" {
		return t
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		for d := c; d != nil; d = d.FirstChild {
			if d.Type == html.ElementNode && d.Data == "img" {
				return text.Squeeze(page.Attr(d, "alt"))
			}
		}
	}
	return ""
}
