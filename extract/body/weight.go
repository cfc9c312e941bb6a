package body

import (
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
)

// sumProse sums the mass of prose over the lines.
func (b *bodyFinder) sumProse() {
	p := b.p
	b.prose = make([]int32, len(p.Lines)+1)
	for i := range p.Lines {
		b.prose[i+1] = b.prose[i]
		if p.Lines[i].IsProse() {
			b.prose[i+1] += p.Lines[i].Mass - p.Lines[i].LinkMass
		}
	}
	b.allSize = b.prose[len(p.Lines)]
}

func (b *bodyFinder) proseIn(box int32) int32 {
	x := &b.p.Boxes[box]
	return b.prose[x.Last] - b.prose[x.First]
}

// weigh gives each line its weight: prose counts its mass, links and crumbs
// count against the boxes that hold them.
func (b *bodyFinder) weigh() {
	p := b.p
	b.weight = make([]float32, len(p.Lines))
	b.sum = make([]float64, len(p.Lines)+1)
	for i := range p.Lines {
		b.weight[i] = b.lineWeight(&p.Lines[i])
		b.sum[i+1] = b.sum[i] + float64(b.weight[i])
	}
}

func (b *bodyFinder) lineWeight(l *page.Line) float32 {
	if l.Hidden() {
		return 0
	}
	text := l.Mass - l.LinkMass
	x := &b.p.Boxes[l.Box]
	switch {
	case l.LinkMass*5 > l.Mass*3:
		return -8 - float32(min(l.Mass, 60))/4
	case !l.IsProse():
		return -3
	}
	w := float32(min(text, 1500))
	if l.Stops+l.Commas == 0 {
		w /= 3
	}
	switch x.Tag {
	case atom.Li, atom.Dd, atom.Dt:
		w /= 2
	case atom.Div, atom.Span:
		if b.inTeaser(l.Box) {
			w /= 5
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w /= 4
	case atom.P:
		w *= 1.1
	}
	if b.chrome[l.Box] {
		w *= 0.1
		if x.Inherited&page.NameComment != 0 {
			w *= 0.1 // readers can say a hundred times what the article says
		}
	}
	if x.Inherited&page.NameBody != 0 {
		w *= 1.3
	}
	return w
}

// inTeaser reports whether a box stands in a list item that holds a headline link:
// a summary under the headline of another article.
func (b *bodyFinder) inTeaser(at int32) bool {
	p := b.p
	li := p.Ancestor(at, func(x *page.Box) bool { return x.Tag == atom.Li })
	if li < 0 {
		return false
	}
	x := &p.Boxes[li]
	if x.Last-x.First > 8 {
		return false
	}
	for i := x.First; i < x.Last; i++ {
		if p.Lines[i].IsHeadlineLink() {
			return true
		}
	}
	return false
}
