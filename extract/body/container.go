package body

import (
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
)

// reach is the factor by which a line's weight counts for its box, the box around that,
// and so on. Paragraphs of an article are siblings; each teaser of a list has a box of
// its own.
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
	if best < 0 || b.onlyCredits(best) {
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

// onlyCredits reports whether the only prose of a box is credits and times, with a
// picture below them.
func (b *bodyFinder) onlyCredits(box int32) bool {
	x := &b.p.Boxes[box]
	for i := x.First; i < x.Last; i++ {
		if l := &b.p.Lines[i]; b.weight[i] > 0 && !namesSource(l) {
			return false
		}
	}
	return true
}

// ManyImages is the number of pictures from which a page is a gallery.
const ManyImages = 4

// slidesInstead makes a gallery the container if the chosen box is only one of its
// slides.
func (b *bodyFinder) slidesInstead() {
	if b.proseIn(int32(b.text.Main)) > oneSlide {
		return
	}
	main, figures, slides := b.figures()
	if main >= 0 && figures < ManyImages && int(main) != b.text.Main && b.p.Within(int32(b.text.Main), main) {
		b.takeFigures(main, slides)
	}
}

// oneSlide is the largest mass of prose in the text of one slide.
const oneSlide = 400

// MinSlides is the number of boxes with the same tag and class, each with a picture and
// its text, that make a gallery.
const MinSlides = 3

// chooseFigures finds the container of a gallery: a page without sentences, but with
// captioned figures, or slides with the same tag and class.
func (b *bodyFinder) chooseFigures() bool {
	main, _, slides := b.figures()
	if main < 0 {
		return false
	}
	b.takeFigures(main, slides)
	return true
}

// figures returns the smallest box around a gallery, -1 where there is none, with
// the number of its figures and the boxes of its slides.
func (b *bodyFinder) figures() (main int32, figures int, slides []int32) {
	p := b.p
	main = -1
	last := int32(-1)
	for i := range p.Pictures {
		fig, slide := b.frame(&p.Pictures[i])
		if fig < 0 || fig == last {
			continue
		}
		if slide {
			if len(slides) > 0 && !p.SameMake(slides[0], fig) {
				continue
			}
			slides = append(slides, fig)
		} else {
			figures++
		}
		if last = fig; main < 0 {
			main = p.Boxes[fig].Parent
		}
		for main > 0 && !p.Within(fig, main) {
			main = p.Boxes[main].Parent
		}
	}
	if figures < ManyImages && len(slides) < MinSlides {
		main = -1
	}
	return main, figures, slides
}

// takeFigures makes a gallery the body. What stands in a slide is its picture's caption.
func (b *bodyFinder) takeFigures(main int32, slides []int32) {
	p := b.p
	b.text.Main = int(main)
	b.text.First, b.text.Last = int(p.Boxes[main].First), int(p.Boxes[main].Last)
	b.text.From = "figures"
	for _, s := range slides {
		for i := p.Boxes[s].First; i < p.Boxes[s].Last; i++ {
			if l := &p.Lines[i]; !l.Hidden() && l.LinkMass == 0 && l.Mass >= minCaption {
				b.roles.Set(int(i), page.RoleCaption, "text of a slide")
			}
		}
	}
}

// minCaption is the mass from which the text of a slide is a caption.
const minCaption = 18

// frame returns the box that holds a picture and its text: a figure, or else, as
// slide reports, a small box below the headline that leads to no other article.
func (b *bodyFinder) frame(pic *page.Picture) (box int32, slide bool) {
	p := b.p
	if pic.Box < 0 {
		return -1, false
	}
	if fig := p.Near(pic.Box, atom.Figure); fig >= 0 {
		if pic.Hidden || b.chrome[fig] || p.Boxes[fig].Last == p.Boxes[fig].First {
			return -1, false
		}
		return fig, false
	}
	if pic.Hidden || int(pic.Line) <= b.head.Line {
		return -1, false
	}
	for at, up := pic.Box, 0; at > 0 && up < 3; at, up = p.Boxes[at].Parent, up+1 {
		x := &p.Boxes[at]
		if x.Last == x.First {
			continue
		}
		mass, links := p.MassOf(x.First, x.Last)
		if b.chrome[at] || x.Last-x.First > 6 || mass < minCaption || links*3 > mass || x.Tag == atom.Body {
			return -1, false
		}
		return at, true
	}
	return -1, false
}

// mainByRule makes the boxes that the site's rules select the container. What is between
// them is not body.
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

// climb widens the container while the box around it adds prose and little else: articles
// split over several sections, or with the first paragraph outside the others.
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
