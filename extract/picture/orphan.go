package picture

import (
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
)

// minOrphan is the least mass of the caption of a figure without a picture: shorter ones
// are labels.
const minOrphan = 24

// orphans finds the captions of figures of the article that show no picture: a drawing, a
// chart that a script makes, a picture that was never loaded. Each stands for its figure. The caption of
// a figure with an embed becomes the name of the embed.
func (s *imageSorter) orphans() {
	p := s.p
	if s.text.Main < 0 || s.outer < 0 {
		return
	}
	for b := s.outer + 1; b < p.Boxes[s.outer].Next; b++ {
		x := &p.Boxes[b]
		if x.Tag != atom.Figure || x.Hidden || s.chrome[b] {
			continue
		}
		inText := x.First >= s.first && x.First <= s.last+1
		if !inText || x.Last-x.First > maxFigure || s.showsElse(b) {
			continue
		}
		for i := x.First; i < x.Last; i++ {
			if s.orphan(i, b) {
				s.roles.Set(int(i), page.RoleFigure, "caption of a figure without a picture")
			}
		}
	}
}

// orphan reports whether line i is the caption of the figure and has no picture yet.
func (s *imageSorter) orphan(i, figure int32) bool {
	l := &s.p.Lines[i]
	if l.Hidden() || l.LinkMass*2 > l.Mass || s.p.Near(l.Box, atom.Figcaption) <= figure {
		return false
	}
	if l.Mass < minOrphan || l.Stops == 0 && l.Mass < 2*minOrphan || startsWithCredit(l.Text()) || wholeBrackets(l.Text()) {
		return false
	}
	return l.Role() == page.RoleCaption || l.Role() == page.RoleChrome || l.Role() == page.RoleNone
}

// showsElse reports whether a figure shows a picture that can be had, whether it
// was kept or not, or embeds something.
func (s *imageSorter) showsElse(figure int32) bool {
	p := s.p
	for i := range s.pictures {
		pic := &s.pictures[i]
		if pic.Box >= 0 && p.Within(pic.Box, figure) && (pic.Keep || len(s.addressesOf(pic)) > 0) {
			return true
		}
	}
	for i := range p.Embeds {
		if p.Within(p.Embeds[i].Box, figure) {
			return true
		}
	}
	return false
}
