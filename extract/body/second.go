package body

import (
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
)

// dropSecondArticle keeps the first of two or three <article> elements: some papers
// append the next article to the requested one. More than three are the posts of a live
// blog.
func (b *bodyFinder) dropSecondArticle() {
	p := b.p
	var found []int32
	for i := int32(b.text.Main) + 1; i < p.Boxes[b.text.Main].Next; {
		x := &p.Boxes[i]
		if x.Tag != atom.Article || b.proseIn(i) == 0 {
			i++
			continue
		}
		found = append(found, i)
		i = x.Next
	}
	if len(found) < 2 || len(found) > 3 || b.proseIn(found[0]) < 200 {
		return
	}
	for _, i := range found[1:] {
		if b.hasHeading(&p.Boxes[i]) {
			b.setRole(p.Boxes[i].First, p.Boxes[i].Last, page.RoleChrome, "second article")
		}
	}
}

// hasHeading reports whether a box begins with a heading.
func (b *bodyFinder) hasHeading(x *page.Box) bool {
	for i := x.First; i < min(x.First+6, x.Last); i++ {
		switch b.p.Boxes[b.p.Lines[i].Box].Tag {
		case atom.H1, atom.H2, atom.H3:
			return true
		}
	}
	return false
}
