package body

import (
	"sort"
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
	"pressmark/extract/weburl"
)

// linkIsText reports whether a line that is one link is text all the same: a subhead
// over paragraphs, an item of a list that has other items or is introduced, a cell of
// a table of data.
func (b *bodyFinder) linkIsText(i int) bool {
	p := b.p
	l := &p.Lines[i]
	if page.IsSubheadTag(p.Boxes[l.Box].Tag) {
		return b.headsProse(i)
	}
	if list := b.listAround(l.Box); list >= 0 {
		return b.listIsText(list)
	}
	return false
}

// headsProse reports whether a heading that is a link stands over a paragraph of the text:
// the next line is one, and where the heading stands there is more than one, as
// under a teaser there is not, or the link leads to another site.
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

// leadsAbroad reports whether a line's first link leads to another site.
func (b *bodyFinder) leadsAbroad(i int) bool {
	p := b.p
	at := sort.Search(len(p.Links), func(k int) bool { return int(p.Links[k].Line) >= i })
	if at == len(p.Links) || int(p.Links[at].Line) != i || p.Base.Host == "" {
		return false
	}
	u, err := p.Base.Parse(strings.TrimSpace(page.Attr(p.Links[at].Node, "href")))
	return err == nil && u.Host != "" && !weburl.SameSite(u.Host, p.Base.Host)
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
// links, or the line before it introduces them.
func (b *bodyFinder) listIsText(list int32) bool {
	x := &b.p.Boxes[list]
	mass, links := b.p.MassOf(x.First, x.Last)
	return links*10 < mass*6 || b.introduced(x)
}

// leastIntroduction is the mass of a line that introduces a list: "Related:" has less.
const leastIntroduction = 15

// introduced reports whether the line before a box ends in a colon and is no heading
// of other articles.
func (b *bodyFinder) introduced(x *page.Box) bool {
	p := b.p
	for j := int(x.First) - 1; j >= b.text.First; j-- {
		l := &p.Lines[j]
		if l.Hidden() {
			continue
		}
		return (strings.HasSuffix(l.Text(), ":") || strings.HasSuffix(l.Text(), "：")) && l.Mass >= leastIntroduction &&
			l.LinkMass*2 < l.Mass && !relatedHead(l.Text()) && !ChromePhrase(l.Text()) && !b.chrome[l.Box]
	}
	return false
}
