package body

import (
	"sort"
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
	"pressmark/extract/weburl"
)

// linkIsText reports whether a line that is one link is still text: a subhead above
// paragraphs, an item of a list that has other items or an introduction, or a line among
// paragraphs that links to another site or to a document, a cell among others that are not
// links.
func (b *bodyFinder) linkIsText(i int) bool {
	p := b.p
	l := &p.Lines[i]
	if page.IsSubheadTag(p.Boxes[l.Box].Tag) {
		return b.headsProse(i)
	}
	if list := b.listAround(l.Box); list >= 0 {
		return b.listIsText(list)
	}
	return b.opensPanel(i) || b.inResults(i) || (b.leadsAbroad(i) || b.leadsToDocument(i)) && b.proseLines(b.home(i)) > 1
}

// opensPanel reports whether a line is a link that stays on the page, with text below it
// in a box that holds both: the head of a panel, a question above its answer.
func (b *bodyFinder) opensPanel(i int) bool {
	p := b.p
	if i+1 >= b.text.Last || !b.leadsWithin(i) {
		return false
	}
	box := p.Lines[i].Box
	if p.Boxes[box].Last-p.Boxes[box].First == 1 {
		box = p.Boxes[box].Parent
	}
	next := &p.Lines[i+1]
	return box > int32(b.text.Main) && p.Within(next.Box, box) && next.LinkMass == 0
}

// headsProse reports whether a heading that is a link belongs to the text. The next line
// must be a paragraph, and either the heading's box holds more than one paragraph (a
// teaser has one), or the link goes to another site.
func (b *bodyFinder) headsProse(i int) bool {
	p := b.p
	for j := i + 1; j < b.text.Last; j++ {
		l := &p.Lines[j]
		if l.Hidden() {
			continue
		}
		return l.IsProse() && l.LinkMass*3 < l.Mass && !b.inTeaser(l.Box) && (b.proseLines(b.home(i)) > 1 || b.leadsAbroad(i))
	}
	return false
}

// proseLines counts the paragraphs in a box.
func (b *bodyFinder) proseLines(at int32) (n int) {
	x := &b.p.Boxes[at]
	for i := x.First; i < x.Last; i++ {
		if b.p.Lines[i].IsProse() {
			n++
		}
	}
	return n
}

// leadsAbroad reports whether a line's first link goes to another site.
func (b *bodyFinder) leadsAbroad(i int) bool {
	href := b.firstLink(i)
	if !strings.Contains(href, "//") || b.p.Base.Host == "" { // only an address with slashes names a host
		return false
	}
	abroad, known := b.abroad[i]
	if !known {
		u, err := b.p.Base.Parse(href)
		abroad = err == nil && u.Host != "" && !weburl.SameSite(u.Host, b.p.Base.Host)
		if b.abroad == nil {
			b.abroad = map[int]bool{}
		}
		b.abroad[i] = abroad
	}
	return abroad
}

// documentEnds are how the addresses of documents end, lower case.
var documentEnds = [...]string{".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ods", ".odt", ".csv", ".zip"}

// leadsToDocument reports whether a line's first link leads to a document for download.
func (b *bodyFinder) leadsToDocument(i int) bool {
	href, _, _ := strings.Cut(strings.ToLower(b.firstLink(i)), "?")
	for _, end := range documentEnds {
		if strings.HasSuffix(href, end) {
			return true
		}
	}
	return false
}

// leadsWithin reports whether a line's first link stays on the page: the head of a panel,
// an anchor.
func (b *bodyFinder) leadsWithin(i int) bool {
	href := b.firstLink(i)
	return strings.HasPrefix(href, "#") || strings.HasPrefix(href, "javascript:")
}

// firstLink returns the address of the first link that begins in a line, as written; ""
// if there is none.
func (b *bodyFinder) firstLink(i int) string {
	p := b.p
	at := sort.Search(len(p.Links), func(k int) bool { return int(p.Links[k].Line) >= i })
	if at == len(p.Links) || int(p.Links[at].Line) != i {
		return ""
	}
	return strings.TrimSpace(page.Attr(p.Links[at].Node, "href"))
}

// listAround returns the outermost list of the container in which a box stands, -1 for none.
func (b *bodyFinder) listAround(at int32) int32 {
	p := b.p
	list := int32(-1)
	for x := at; x > int32(b.text.Main); x = p.Boxes[x].Parent {
		if tag := p.Boxes[x].Tag; tag == atom.Ul || tag == atom.Ol {
			list = x
		}
	}
	return list
}

// listIsText reports whether a list is part of the text: its items are not mostly
// links, the line before it introduces them, or most of them lead to other sites.
func (b *bodyFinder) listIsText(list int32) bool {
	x := &b.p.Boxes[list]
	mass, links := b.p.MassOf(x.First, x.Last)
	return links*10 < mass*6 || b.introduced(x) || b.mostLeadAbroad(x)
}

// mostLeadAbroad reports whether most of a box's lines that are links lead to other
// sites: sources, tools, shops that an article lists.
func (b *bodyFinder) mostLeadAbroad(x *page.Box) bool {
	links, abroad := 0, 0
	for i := x.First; i < x.Last; i++ {
		if l := &b.p.Lines[i]; l.Hidden() || l.LinkMass*10 <= l.Mass*8 {
			continue
		}
		links++
		if b.leadsAbroad(int(i)) {
			abroad++
		}
	}
	return abroad*2 > links
}

// leastIntroduction is the mass of a line that introduces a list: "Related:" has less.
const leastIntroduction = 15

// introduced reports whether the line before a box ends in a colon and does not head
// other articles.
func (b *bodyFinder) introduced(x *page.Box) bool {
	p := b.p
	for j := int(x.First) - 1; j >= b.text.First; j-- {
		l := &p.Lines[j]
		if l.Hidden() {
			continue
		}
		colon := strings.HasSuffix(l.Text(), ":") || strings.HasSuffix(l.Text(), "：")
		plain := l.Mass >= leastIntroduction && l.LinkMass*2 < l.Mass && !b.chrome[l.Box]
		return colon && plain && !relatedHead(l.Text()) && !ChromePhrase(l.Text())
	}
	return false
}
