package body

import (
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
)

// showParts takes hidden boxes for shown ones where they are of one make with a
// shown box beside them that holds text: articles whose pages a script turns.
func (b *bodyFinder) showParts() {
	p := b.p
	end := p.Boxes[b.text.Main].Next
	for i := int32(b.text.Main) + 1; i < end; i++ {
		x := &p.Boxes[i]
		if !x.Hidden || p.Boxes[x.Parent].Hidden || b.hiddenProse(x) < 200 || !b.shownTwin(i) {
			continue
		}
		for j := x.First; j < x.Last; j++ {
			b.roles.Set(int(j), page.RoleShown, "part that a script turns")
		}
	}
}

func (b *bodyFinder) hiddenProse(x *page.Box) (mass int32) {
	for i := x.First; i < x.Last; i++ {
		if l := &b.p.Lines[i]; l.Stops > 0 && l.LinkMass*4 < l.Mass {
			mass += l.Mass
		}
	}
	return mass
}

// shownTwin tells whether a box has a sibling of its make that is shown and holds prose.
func (b *bodyFinder) shownTwin(i int32) bool {
	p := b.p
	up := &p.Boxes[p.Boxes[i].Parent]
	for c := p.Boxes[i].Parent + 1; c < up.Next; c = p.Boxes[c].Next {
		if !p.Boxes[c].Hidden && p.Boxes[c].Tag != atom.P && p.SameMake(c, i) && b.proseIn(c) > 0 {
			return true
		}
	}
	return false
}
