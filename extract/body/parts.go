package body

import (
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
)

// leastPart is the mass of prose that makes a hidden box part of the article, and
// below which a visible part is not the whole of one.
const leastPart = 200

// showParts un-hides boxes that have the same tag and class as a visible sibling
// with text: articles whose pages a script turns. A container that is itself a short
// visible part gives way to the box around all parts; a long one may be the visible
// tab of a page whose other tabs have nothing to do with it.
func (b *bodyFinder) showParts() {
	p := b.p
	if main := int32(b.text.Main); len(b.ruled.Body) == 0 && b.proseIn(main) < leastPart && b.hasHiddenTwin(main) {
		up := p.Boxes[main].Parent
		b.text.Main, b.text.First, b.text.Last = int(up), int(p.Boxes[up].First), int(p.Boxes[up].Last)
	}
	shown := false
	end := p.Boxes[b.text.Main].Next
	for i := int32(b.text.Main) + 1; i < end; i++ {
		if !b.isHiddenPart(i) || !b.hasShownTwin(i) {
			continue
		}
		for j := p.Boxes[i].First; j < p.Boxes[i].Last; j++ {
			b.roles.Set(int(j), page.RoleShown, "part that a script turns")
		}
		shown = true
	}
	if shown {
		b.sumProse()
	}
}

// isHiddenPart reports whether a box is hidden, stands in a visible one and holds
// prose enough to be part of an article.
func (b *bodyFinder) isHiddenPart(i int32) bool {
	x := &b.p.Boxes[i]
	return x.Hidden && x.Parent >= 0 && !b.p.Boxes[x.Parent].Hidden && b.hiddenProse(x) >= leastPart
}

func (b *bodyFinder) hiddenProse(x *page.Box) (mass int32) {
	for i := x.First; i < x.Last; i++ {
		if l := &b.p.Lines[i]; l.Stops > 0 && l.LinkMass*4 < l.Mass {
			mass += l.Mass
		}
	}
	return mass
}

// hasShownTwin reports whether a box has a sibling of its make that is shown and holds prose.
func (b *bodyFinder) hasShownTwin(i int32) bool {
	return b.hasTwin(i, func(c int32) bool { return !b.p.Boxes[c].Hidden && b.proseIn(c) > 0 })
}

// hasHiddenTwin reports whether a box has a sibling of its make that is a hidden part.
func (b *bodyFinder) hasHiddenTwin(i int32) bool {
	return b.p.Boxes[i].Tag != atom.P && b.hasTwin(i, b.isHiddenPart)
}

// hasTwin reports whether a box has a sibling of the same tag and class, other than
// a paragraph, for which ok holds.
func (b *bodyFinder) hasTwin(i int32, ok func(c int32) bool) bool {
	p := b.p
	up := p.Boxes[i].Parent
	if up < 0 {
		return false
	}
	for c := up + 1; c < p.Boxes[up].Next; c = p.Boxes[c].Next {
		if c != i && p.Boxes[c].Tag != atom.P && p.SameMake(c, i) && ok(c) {
			return true
		}
	}
	return false
}
