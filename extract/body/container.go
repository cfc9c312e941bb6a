package body

import (
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
)

// reach is how a line's weight counts for the boxes around it: paragraphs of
// an article are siblings, teasers of a list stand each in a box of its own.
var reach = [...]float64{1, 1, 0.7, 0.45, 0.3, 0.2}

// chooseMain finds the container.
func (b *bodyFinder) chooseMain() bool {
	p := b.p
	score := make([]float64, len(p.Boxes))
	afterTitle := 0
	for i := range p.Lines {
		if b.weight[i] <= 0 {
			continue
		}
		w := float64(b.weight[i])
		switch {
		case b.head.Line < 0:
		case i < b.head.Line:
			w *= 0.4 // text above the headline is seldom the article's
		case i < b.head.Line+60 && afterTitle < 2 && !b.chrome[p.Lines[i].Box]:
			afterTitle++
			w += 60 // the first sentences under it often are
		}
		box := p.Lines[i].Box
		for d := 0; d < len(reach) && box >= 0; d++ {
			score[box] += w * reach[d]
			box = p.Boxes[box].Parent
		}
	}
	best := int32(-1)
	for i := range score {
		if score[i] > 0 && (best < 0 || score[i] > score[best]) {
			best = int32(i)
		}
	}
	if best < 0 {
		return false
	}
	best = b.climb(best)
	b.text.Main = int(best)
	b.text.First, b.text.Last = int(p.Boxes[best].First), int(p.Boxes[best].Last)
	b.text.InFooter = p.Ancestor(best, func(x *page.Box) bool {
		return x.Name&page.NameFooter != 0 && x.Name&page.NameMain == 0 && (int32(b.head.Line) < x.First || int32(b.head.Line) >= x.Last)
	}) > 0
	b.text.From = "text density"
	return true
}

// ManyImages is how many pictures make a gallery.
const ManyImages = 4

// chooseFigures finds the container of a page that has no sentence, but figures
// with their captions: a gallery.
func (b *bodyFinder) chooseFigures() bool {
	p := b.p
	main, figures := int32(-1), 0
	last := int32(-1)
	for i := range p.Pictures {
		pic := &p.Pictures[i]
		fig := p.Near(pic.Box, atom.Figure)
		if fig < 0 || fig == last || pic.Hidden || b.chrome[fig] || p.Boxes[fig].Last == p.Boxes[fig].First {
			continue
		}
		if last, figures = fig, figures+1; main < 0 {
			main = p.Boxes[fig].Parent
		}
		for main > 0 && !p.Within(fig, main) {
			main = p.Boxes[main].Parent
		}
	}
	if figures < ManyImages || main < 0 {
		return false
	}
	b.text.Main = int(main)
	b.text.First, b.text.Last = int(p.Boxes[main].First), int(p.Boxes[main].Last)
	b.text.From = "figures"
	return true
}

// mainByRule makes the boxes that the site's rules name the container. What
// stands between them is no body.
func (b *bodyFinder) mainByRule() {
	p := b.p
	main := b.ruled.Body[0]
	for _, x := range b.ruled.Body[1:] {
		for main > 0 && !p.Within(x, main) {
			main = p.Boxes[main].Parent
		}
	}
	b.text.Main = int(main)
	b.text.First, b.text.Last = int(p.Boxes[main].First), int(p.Boxes[main].Last)
	for i := b.text.First; i < b.text.Last; i++ {
		inside := false
		for _, x := range b.ruled.Body {
			inside = inside || p.Within(p.Lines[i].Box, x)
		}
		if !inside {
			b.roles.Set(i, page.RoleChrome, "outside the rule's boxes")
		}
	}
	b.text.From = b.ruled.Evidence()
}

// Climb widens the container while the box around it adds prose and little else:
// articles that are split over several sections, a first paragraph outside the rest.
func (b *bodyFinder) climb(box int32) int32 {
	p := b.p
	own := b.total(box)
	for up := p.Boxes[box].Parent; up > 0; up = p.Boxes[up].Parent {
		if t := b.total(up); t > own*1.08 {
			box, own = up, t
		}
	}
	return box
}

func (b *bodyFinder) total(box int32) float64 {
	x := &b.p.Boxes[box]
	return b.sum[x.Last] - b.sum[x.First]
}
