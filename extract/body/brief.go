package body

import (
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
	"pressmark/extract/title"
)

// chooseBrief finds the container of an article of a sentence, or of a picture and
// no sentence: a box around or below a printed headline, in which next to nothing is
// a link.
func (b *bodyFinder) chooseBrief() bool {
	if b.head.Line < 0 {
		return false
	}
	main, from := b.briefBox()
	if main < 0 {
		return false
	}
	x := &b.p.Boxes[main]
	b.text.Main, b.text.First, b.text.Last = int(main), int(x.First), int(x.Last)
	b.text.From, b.text.Brief = from, true
	return true
}

// strangerLimit is the mass of prose from which a container is the article's, whatever
// words it shares with the headline.
const strangerLimit = 1500

// briefInstead makes the element of a brief article the container if the chosen box
// shares no word with the headline and the brief article shares most of them: the news
// is one sentence, and a box about subscriptions, comments or cookies is longer.
func (b *bodyFinder) briefInstead() {
	if b.head.Line < 0 || b.proseIn(int32(b.text.Main)) > strangerLimit || title.Agreement(b.shownIn(int32(b.text.Main)), b.head.Text) > 0 {
		return
	}
	main, from := b.briefBox()
	if main < 0 || b.p.Within(int32(b.text.Main), main) || title.Agreement(b.shownIn(main), b.head.Text) < 0.5 {
		return
	}
	x := &b.p.Boxes[main]
	b.text.Main, b.text.First, b.text.Last = int(main), int(x.First), int(x.Last)
	b.text.From, b.text.Brief = from, true
}

// shownIn returns the text of the lines of a box that are shown, without the headline.
func (b *bodyFinder) shownIn(box int32) string {
	var s strings.Builder
	for i := b.p.Boxes[box].First; i < b.p.Boxes[box].Last; i++ {
		if l := &b.p.Lines[i]; !l.Hidden() && int(i) != b.head.Line && !b.sameAsTitle(l) {
			s.WriteString(l.Text())
			s.WriteByte('\n')
		}
	}
	return s.String()
}

// briefBox returns the container of a brief article and what found it: the article
// element around the headline; else the nearest box around it that is called one; else
// the first box below it that is. -1 where there is none.
func (b *bodyFinder) briefBox() (box int32, from string) {
	p := b.p
	at := p.Lines[b.head.Line].Box
	main := p.Ancestor(at, func(x *page.Box) bool { return x.Tag == atom.Article || x.Tag == atom.Main })
	if main >= 0 {
		if b.isBrief(main) {
			return main, "article element"
		}
		return -1, ""
	}
	for ; at > 0 && p.Boxes[at].Tag != atom.Body; at = p.Boxes[at].Parent {
		if p.Boxes[at].Name&(page.NameMain|page.NameBody) != 0 && b.isBrief(at) {
			return at, "box below the headline"
		}
	}
	for i := range p.Boxes {
		x := &p.Boxes[i]
		if int(x.First) > b.head.Line && x.Name&(page.NameMain|page.NameBody) != 0 && b.isBrief(int32(i)) {
			return int32(i), "box below the headline"
		}
	}
	return -1, ""
}

// isBrief reports whether a box can hold a brief article: it is shown, holds a
// sentence or a picture, and next to nothing in it is a link.
func (b *bodyFinder) isBrief(main int32) bool {
	x := &b.p.Boxes[main]
	mass, links := b.p.MassOf(x.First, x.Last)
	return !x.Hidden && !b.chrome[main] && links*4 <= mass && b.saysSomething(main)
}

// Sizes of what says something without a sentence: a poem, results.
const (
	leastVerses    = 4
	leastVerseMass = 60
)

// saysSomething reports whether a box holds a sentence, several lines of plain text, a
// table of data or a picture below the headline.
func (b *bodyFinder) saysSomething(main int32) bool {
	p := b.p
	lines, mass := 0, int32(0)
	for i := b.head.Line + 1; i < int(p.Boxes[main].Last); i++ {
		l := &p.Lines[i]
		if l.Hidden() || l.LinkMass > 0 || b.chrome[l.Box] || p.Boxes[l.Box].Inherited&(page.NameByline|page.NameDate) != 0 {
			continue
		}
		lines++
		mass += l.Mass
		if l.Stops > 0 || p.DataTable(l, int(main)) >= 0 || lines >= leastVerses && mass >= leastVerseMass {
			return true
		}
	}
	for i := range p.Pictures {
		if pic := &p.Pictures[i]; !pic.Hidden && p.Within(pic.Box, main) && int(pic.Line) > b.head.Line {
			return true
		}
	}
	return false
}
