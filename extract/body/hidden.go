package body

import (
	"strings"

	"pressmark/extract/page"
)

// showContinued un-hides boxes of the container that continue the visible text: what a
// reader sees after a click ("read more", a closed panel). Nothing is un-hidden on pages
// for subscribers, which hide the paid part. A warning names what stays hidden.
func (b *bodyFinder) showContinued() {
	p := b.p
	end := p.Boxes[b.text.Main].Next
	shown := false
	for i := int32(b.text.Main) + 1; i < end; i++ {
		x := &p.Boxes[i]
		if !x.Hidden || x.Parent < 0 || p.Boxes[x.Parent].Hidden {
			continue
		}
		switch prose := b.hiddenProse(x); {
		case prose < leastHidden || b.namesInside(i)&page.NameChrome != 0 && !b.opensMore(i):
		case b.paid || !b.goesOnIn(i):
			b.text.Warnings = append(b.text.Warnings[:0], "hidden_text: the page holds paragraphs that it does not show")
		default:
			for j := i; j < x.Next; j++ {
				b.chrome[j] = false
			}
			for j := x.First; j < x.Last; j++ {
				b.roles.Set(int(j), page.RoleShown, "text that is shown after a click")
			}
			shown = true
		}
	}
	if shown {
		b.sumProse()
	}
}

// opensMore reports whether the only name of chrome on a box is a "read more" class, and
// no box around it is chrome.
func (b *bodyFinder) opensMore(i int32) bool {
	x := &b.p.Boxes[i]
	class := strings.ToLower(page.Attr(x.Node, "class") + page.Attr(x.Node, "id"))
	return b.namesInside(i)&page.NameChrome == page.NameRelated && x.Name&page.NameRelated != 0 && strings.Contains(class, "more") &&
		!b.chrome[x.Parent]
}

// leastHidden is the mass of hidden prose that matters.
const leastHidden = 60

// goesOnIn reports whether a hidden box continues the text: paragraphs of the article are
// beside it or around it, and the visible text repeats none of it.
func (b *bodyFinder) goesOnIn(i int32) bool {
	p := b.p
	x := &p.Boxes[i]
	for j := x.First; j < x.Last; j++ {
		if l := &p.Lines[j]; l.Mass >= leastHidden && b.isShown(l.Text()) {
			return false
		}
	}
	around := &p.Boxes[x.Parent]
	if b.proseIn(x.Parent) == 0 && around.Parent >= int32(b.text.Main) {
		around = &p.Boxes[around.Parent] // a panel with its button
	}
	return b.prose[around.Last] > b.prose[around.First]
}

// isShown reports whether a visible line of the container has the same text.
func (b *bodyFinder) isShown(s string) bool {
	for i := b.text.First; i < b.text.Last; i++ {
		if l := &b.p.Lines[i]; !l.Hidden() && strings.HasPrefix(l.Text(), s[:min(len(s), 60)]) {
			return true
		}
	}
	return false
}
