package body

import (
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
)

// chooseBrief finds the container of an article of a sentence, or of a picture and
// no sentence: the article element around a printed headline, in which next to
// nothing is a link.
func (b *bodyFinder) chooseBrief() bool {
	p := b.p
	if b.head.Line < 0 {
		return false
	}
	main := p.Ancestor(p.Lines[b.head.Line].Box, func(x *page.Box) bool { return x.Tag == atom.Article || x.Tag == atom.Main })
	if main < 0 {
		return false
	}
	x := &p.Boxes[main]
	mass, links := p.MassOf(x.First, x.Last)
	if x.Hidden || links*4 > mass || !b.saysSomething(main) {
		return false
	}
	b.text.Main, b.text.First, b.text.Last = int(main), int(x.First), int(x.Last)
	b.text.From = "article element"
	return true
}

// saysSomething reports whether a box holds a sentence or a picture below the headline.
func (b *bodyFinder) saysSomething(main int32) bool {
	p := b.p
	for i := b.head.Line + 1; i < int(p.Boxes[main].Last); i++ {
		if l := &p.Lines[i]; !l.Hidden() && l.Stops > 0 && l.LinkMass == 0 && !b.chrome[l.Box] {
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
