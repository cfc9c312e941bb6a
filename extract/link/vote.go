package link

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
	"pressmark/extract/text"
)

// What speaks for a link that is in doubt, beside its score: added to Likely.
const (
	inHeading   = 3  // it stands in a heading, or a heading in it
	amongAlike  = 2  // most links at the same place of the layout look like articles
	formOfOther = 1  // most links with the same form of address do
	ofMenu      = -3 // menu, footer, tags
	ofUtility   = -5 // login, imprint, search: no newsroom writes these
	noPage      = -99
)

// place is where a link stands.
type place struct {
	layout  uint32 // hash of the elements around it, by tag
	heading bool
	menu    bool
}

// placeOf looks at the elements around a link. The layout is that of tags alone:
// classes number and colour the items of one list.
func (f *linkFinder) placeOf(a *page.Anchor) place {
	const offset, prime = 2166136261, 16777619
	p := place{layout: offset}
	for n := a.Node.Parent; n != nil && n.Type == html.ElementNode; n = n.Parent {
		p.layout = (p.layout ^ uint32(n.DataAtom)) * prime
		p.heading = p.heading || isHeading(n.DataAtom)
	}
	for c := a.Node.FirstChild; c != nil && !p.heading; c = c.NextSibling {
		p.heading = c.Type == html.ElementNode && isHeading(c.DataAtom)
	}
	if a.Box >= 0 {
		p.menu = f.p.Boxes[a.Box].Inherited&(page.NameFooter|page.NameNav|page.NamePager|page.NameTags) != 0
	}
	return p
}

// isHeading reports whether an element is a heading of a list's item. A page has
// one h1, which links to nothing but itself.
func isHeading(a atom.Atom) bool {
	switch a {
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// poll counts what the links of one place, or of one form of address, look like.
type poll struct{ links, articles int32 }

func (p *poll) add(likely bool) {
	p.links++
	if likely {
		p.articles++
	}
}

// mostly reports whether two thirds or more of several links look like articles.
func (p *poll) mostly() bool { return p.articles >= 2 && 3*p.articles >= 2*p.links }

// vote sets the likelihood that each link is an article's: from the link itself, and from
// the links with the same place in the layout or the same form of address.
func (f *linkFinder) vote() {
	links := f.out.Links
	places, forms := newPolls(len(links)), newPolls(len(links))
	for i := range links {
		m := &f.marks[i]
		likely := links[i].Article || m.mass >= LeastHeadline && (m.heading || m.score > 1)
		places.of(uint64(m.layout)).add(likely)
		forms.of(m.form).add(likely)
	}
	for i := range links {
		l, m := &links[i], &f.marks[i]
		likely := int(m.score)
		if m.heading {
			likely += inHeading
		}
		if places.of(uint64(m.layout)).mostly() {
			likely += amongAlike
		}
		if forms.of(m.form).mostly() {
			likely += formOfOther
		}
		if m.menu {
			likely += ofMenu
		}
		l.Likely = int8(max(likely+addressOf(l.URL), noPage))
	}
}

// polls are the counts of all places, or of all forms of address.
type polls struct {
	index map[uint64]int32
	list  []poll
}

// newPolls returns polls of at most so many links.
func newPolls(links int) *polls {
	return &polls{index: make(map[uint64]int32, 16), list: make([]poll, 0, links)}
}

// of returns the count of a place or form. It stays where it is.
func (p *polls) of(key uint64) *poll {
	i, ok := p.index[key]
	if !ok {
		i = int32(len(p.list))
		p.index[key] = i
		p.list = append(p.list, poll{})
	}
	return &p.list[i]
}

// addressOf returns the points that an address loses because it looks unlike an
// article's.
func addressOf(u string) int {
	path, query := PathOf(u)
	path = text.Lower(path)
	if dot := strings.LastIndexByte(path, '.'); dot > 0 && noPages.Has(path[dot+1:]) {
		return noPage
	}
	for rest, more := strings.Trim(path, "/"), true; more; {
		var segment string
		segment, rest, more = strings.Cut(rest, "/")
		if name, _, _ := strings.Cut(segment, "."); utilities.Has(name) {
			return ofUtility
		}
	}
	if strings.Contains(query, "://") {
		return ofUtility
	}
	return 0
}

// noPages are file extensions of what is not a page.
var noPages = text.NewWords(
	"pdf", "jpg", "jpeg", "png", "gif", "webp", "svg", "mp3", "mp4", "m4a",
	"zip", "gz", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "csv", "ics",
	"apk", "exe", "rss", "xml", "json", "css", "js", "epub",
)

// utilities are path segments of pages that serve the site, not its readers' news.
var utilities = text.NewWords(
	"login", "signin", "sign-in", "logout", "register", "signup", "sign-up", "account",
	"konto", "user", "users", "author", "authors", "autor", "auteur", "tag", "tags",
	"category", "cat", "search", "suche", "recherche", "buscar", "cart", "checkout",
	"subscribe", "subscription", "subscriptions", "abo", "newsletter", "newsletters",
	"contact", "contact-us", "kontakt", "contacto", "impressum", "imprint", "about", "about-us",
	"privacy", "privacy-policy", "datenschutz", "terms", "terms-of-use", "terms-of-service", "agb",
	"cookies", "cookie-policy", "legal", "accessibility", "sitemap", "rss", "feed", "feeds",
	"advertise", "advertising", "mediadaten", "faq", "help", "share", "print",
	"wp-login", "wp-admin", "cdn-cgi", "shop",
)
