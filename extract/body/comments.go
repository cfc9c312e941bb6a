package body

import (
	"pressmark/extract/page"
)

// dropComments drops everything from a heading like "13 comments" to the end. If
// paragraphs follow in the same box as those before, the line was a link to the comments
// above the text, and nothing is dropped.
func (b *bodyFinder) dropComments() {
	p := b.p
	before, n := -1, 0
	for i := b.text.First; i < b.text.Last; i++ {
		l := &p.Lines[i]
		if l.Role() == page.RoleBody && l.IsProse() {
			before = i
			n++
		}
		if before < 0 || l.Mass > 60 || l.Hidden() || !commentHead(l.Text()) {
			continue
		}
		isLink := l.LinkMass*2 > l.Mass
		counted := n >= leastBefore && !isLink && l.Digits > 0 // "13 comments", and no link to them
		if n < leastBefore && isLink || !counted && b.goesOn(i, before) {
			continue
		}
		b.setRole(int32(i), int32(b.text.Last), page.RoleChrome, "readers' comments")
		return
	}
}

// leastBefore is the number of paragraphs before the heading from which the article may
// end there.
const leastBefore = 3

// goesOn reports whether prose after line i is in the same box as a line before it, or in
// a box with the same tag and class.
func (b *bodyFinder) goesOn(i, before int) bool {
	p := b.p
	home := b.home(before)
	for j := i + 1; j < b.text.Last; j++ {
		if p.Lines[j].Role() == page.RoleBody && p.Lines[j].IsProse() {
			if h := b.home(j); h == home || p.SameMake(h, home) {
				return true
			}
		}
	}
	return false
}
