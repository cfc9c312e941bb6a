package body

import (
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
	"pressmark/extract/text"
)

// dropCards drops runs of boxes with the same tag and class that each hold a headline
// link: lists of other articles with pictures, summaries, dates. Articles that are such
// lists themselves ("ten best …") are recognized by their share of the text.
func (b *bodyFinder) dropCards() {
	p := b.p
	main := &p.Boxes[b.text.Main]
	for i := int32(b.text.Main); i < main.Next; i++ {
		b.cardsIn(i)
	}
}

// Sizes that distinguish sections of the text from teasers of other articles.
const (
	leastCards = 3   // so many boxes of one make are a list
	fullCard   = 400 // mass of prose that no teaser has
)

// cards are consecutive boxes with the same tag and class that each hold a headline link.
type cards struct {
	first, last int32 // their lines
	n, abroad   int   // boxes; those whose link leads to another site
}

func (b *bodyFinder) cardsIn(parent int32) {
	p := b.p
	x := &p.Boxes[parent]
	var c cards
	previous := int32(-1)
	for i := parent + 1; i < x.Next; i = p.Boxes[i].Next {
		k := &p.Boxes[i]
		if k.First == k.Last {
			continue
		}
		link := b.headlineLink(k)
		if c.n > 0 && (link < 0 || !p.SameMake(previous, i)) {
			b.dropTeasers(&c)
			c = cards{}
		}
		if link < 0 {
			continue
		}
		if c.n == 0 {
			c.first = k.First
		}
		c.n++
		if b.leadsAbroad(link) {
			c.abroad++
		}
		c.last, previous = k.Last, i
	}
	b.dropTeasers(&c)
}

// dropTeasers drops cards, unless they are sections of the text ("ten best …"): together
// or each they hold much of it, most link to other sites, or they are the items of a list
// that is introduced.
func (b *bodyFinder) dropTeasers(c *cards) {
	if c.n < leastCards {
		return
	}
	prose := b.prose[c.last] - b.prose[c.first]
	if prose*2 >= b.proseIn(int32(b.text.Main)) || prose/int32(c.n) >= fullCard || c.abroad*2 > c.n {
		return
	}
	if list := b.listAround(b.p.Lines[c.first].Box); list >= 0 && b.introduced(&b.p.Boxes[list]) {
		return
	}
	b.setRole(c.first, c.last, page.RoleChrome, "cards of other articles")
}

func (b *bodyFinder) hasHeadlineLink(x *page.Box) bool { return b.headlineLink(x) >= 0 }

// headlineLink returns the first line of a box that is a headline and a link to
// another page, -1 where there is none.
func (b *bodyFinder) headlineLink(x *page.Box) int {
	if x.Tag == atom.Blockquote || x.Tag == atom.P && x.Last-x.First == 1 {
		return -1
	}
	for i := x.First; i < x.Last; i++ {
		if b.p.Lines[i].IsHeadlineLink() && !b.leadsWithin(int(i)) {
			return int(i)
		}
	}
	return -1
}

// dropRelated drops what is below a heading like "Related articles". If the heading has a
// box of its own, that is the rest of the box. Otherwise it is everything up to the next
// paragraph, or up to the end if the text before the heading was the article.
func (b *bodyFinder) dropRelated() {
	p := b.p
	for i := b.text.First; i < b.text.Last; i++ {
		l := &p.Lines[i]
		if l.Mass > 120 || l.Hidden() || !relatedHead(l.Text()) || b.isSentenceAmong(i) {
			continue
		}
		box := l.Box
		for box > int32(b.text.Main) && p.Boxes[box].Last-p.Boxes[box].First == 1 {
			box = p.Boxes[box].Parent
		}
		if box > int32(b.text.Main) && relatedPrefixes.Begins(strings.ToLower(l.Text())) && b.readsOn(&p.Boxes[box]) {
			continue // a line among paragraphs
		}
		if box > int32(b.text.Main) && b.proseIn(box)*2 < b.proseIn(int32(b.text.Main)) {
			first := p.Boxes[box].First
			if b.isText(first, int32(i)) {
				first = int32(i)
			}
			b.setRole(first, p.Boxes[box].Last, page.RoleChrome, "box of related items")
			continue
		}
		b.roles.Set(i, page.RoleChrome, "heading of related items")
		b.dropUnder(i)
	}
}

// isText reports whether lines are paragraphs of the text: several, none of them beside
// the headline of another article.
func (b *bodyFinder) isText(first, last int32) bool {
	paragraphs := 0
	for i := first; i < last; i++ {
		l := &b.p.Lines[i]
		if l.IsHeadlineLink() {
			return false
		}
		if l.IsProse() && l.Stops > 0 {
			paragraphs++
		}
	}
	return paragraphs > 1
}

// dropUnder takes out what follows a heading of related items that has no box
// of its own: links and what stands between links, up to the next paragraph that
// does not stand beside a headline link, or that stands where the text before the
// heading does.
func (b *bodyFinder) dropUnder(head int) {
	p := b.p
	home := b.homeBefore(head)
	for i := head + 1; i < b.text.Last; i++ {
		l := &p.Lines[i]
		if plain := l.IsProse() && !l.IsHeadlineLink() && l.LinkMass*3 < l.Mass; plain && (!b.besideLink(i) || b.resumes(i, head, home)) {
			return
		}
		if l.Role() == page.RoleBody || l.Role() == page.RoleSubhead {
			b.roles.Set(i, page.RoleChrome, "below a heading of related items")
		}
	}
}

// homeBefore returns the home of the last paragraph before a line, -1 where there is none.
func (b *bodyFinder) homeBefore(at int) int32 {
	for i := at - 1; i >= b.text.First; i-- {
		if l := &b.p.Lines[i]; l.Role() == page.RoleBody && l.IsProse() && l.Stops > 0 {
			return b.home(i)
		}
	}
	return -1
}

// resumes reports whether a paragraph goes on with the text after a heading of related
// items. It comes right after the heading, which is itself the link, and has the home of
// the paragraph before the heading or a box around that; or it has the same home, and
// the line before it stands in another.
func (b *bodyFinder) resumes(i, head int, home int32) bool {
	here := b.home(i)
	if i == head+1 {
		return home >= 0 && b.p.Within(home, here)
	}
	return here == home && b.home(i-1) != here
}

// besideLink reports whether the line before or after is a headline link. Two paragraphs
// in a row are the article, which continues.
func (b *bodyFinder) besideLink(i int) bool {
	p := b.p
	if i+1 < b.text.Last && p.Lines[i].Mass >= 60 && b.home(i) == b.home(i+1) {
		if next := &p.Lines[i+1]; next.IsProse() && next.LinkMass*3 < next.Mass && next.Mass >= 60 {
			return false
		}
	}
	return i > 0 && p.Lines[i-1].LinkMass*2 > p.Lines[i-1].Mass || i+1 < b.text.Last && p.Lines[i+1].LinkMass*2 > p.Lines[i+1].Mass
}

// commentHead reports whether a line heads the readers' comments: one of the
// words, alone or with a number.
func commentHead(s string) bool {
	k := strings.Trim(text.Key(s), "0123456789")
	return commentHeads[k]
}

// relatedHead reports whether a line heads a list of other articles.
func relatedHead(s string) bool {
	s = strings.Trim(strings.ToLower(s), " :：>»※■◆▼·•|-—")
	if len(s) < 60 && relatedHeads[text.Key(s)] {
		return true
	}
	return relatedPrefixes.Begins(s)
}

// dropLinkBlocks takes out boxes inside the container that are mostly links.
func (b *bodyFinder) dropLinkBlocks() {
	p := b.p
	main := &p.Boxes[b.text.Main]
	for i := int32(b.text.Main) + 1; i < main.Next; i++ {
		x := &p.Boxes[i]
		if x.Last-x.First < 2 {
			continue
		}
		mass, links := p.MassOf(x.First, x.Last)
		if links*10 > mass*6 && !b.holdsText(x) && !b.isResults(x) {
			for j := x.First; j < x.Last; j++ {
				b.roles.Set(int(j), page.RoleChrome, "block of links")
			}
		}
	}
}

// inResults reports whether a line is a cell of such a table.
func (b *bodyFinder) inResults(i int) bool {
	t := b.p.DataTable(&b.p.Lines[i], b.text.Main)
	return t >= 0 && b.isResults(&b.p.Boxes[t])
}

// isResults reports whether a box is part of a table of data whose cells are not all
// links, in a container with prose: results, members, prices.
func (b *bodyFinder) isResults(x *page.Box) bool {
	p := b.p
	table := p.DataTable(&p.Lines[x.First], b.text.Main)
	if table < 0 || !p.Within(p.Lines[x.Last-1].Box, table) {
		return false
	}
	t := &p.Boxes[table]
	plain := 0
	for i := t.First; i < t.Last; i++ {
		if p.Lines[i].LinkMass == 0 {
			plain++
		}
	}
	return plain*2 > int(t.Last-t.First)
}

// holdsText reports whether most lines of a box are links that belong to the text.
func (b *bodyFinder) holdsText(x *page.Box) bool {
	var kept, links int32
	for i := x.First; i < x.Last; i++ {
		if l := &b.p.Lines[i]; l.LinkMass*10 > l.Mass*8 && !l.Hidden() {
			links += l.LinkMass
			if (l.Role() == page.RoleBody || l.Role() == page.RoleSubhead) && b.linkIsText(int(i)) {
				kept += l.LinkMass
			}
		}
	}
	return kept*2 > links
}
