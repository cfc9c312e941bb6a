package picture

import (
	"golang.org/x/net/html"

	"pressmark/configs"
	"pressmark/extract/page"
)

// byRule keeps the pictures that the site's rules name, and no others. It
// returns false where the rules name none, or none of these is on the page.
func (s *imageSorter) byRule() bool {
	if s.ruled.Rules == nil || s.ruled.Rules.Images == nil {
		return false
	}
	kept := false
	for _, n := range s.ruled.Pick(s.ruled.Rules.Images) {
		kept = s.keepNode(n, s.ruled.Rules.Images) || kept
	}
	if !kept {
		s.out.Warnings = append(s.out.Warnings, s.ruled.Unmatched("images", s.ruled.Rules.Images, "nothing"))
		return false
	}
	s.out.From = s.ruled.Evidence()
	return true
}

// keepNode keeps the pictures that are, or stand inside, an element. An element
// without any is a picture itself where the rule names the attribute that holds
// the address.
func (s *imageSorter) keepNode(n *html.Node, rule *configs.Selector) bool {
	p := s.p
	first := ""
	if rule.Attr != "" {
		first = imageURL(p, page.Attr(n, rule.Attr))
	}
	kept, inside := false, false
	for i := range s.pictures {
		if pic := &s.pictures[i]; contains(n, pic.Node) {
			inside = true
			kept = s.keepAs(pic, first) || kept
		}
	}
	if inside || first == "" {
		return kept
	}
	boxes := p.BoxesOf([]*html.Node{n})
	if len(boxes) == 0 {
		return false
	}
	s.pictures = append(s.pictures, Picture{Picture: page.Picture{Node: n, Box: boxes[0], Line: p.Boxes[boxes[0]].First}})
	return s.keepAs(&s.pictures[len(s.pictures)-1], first)
}

// contains reports whether n is outer or stands inside it.
func contains(outer, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// captionsByRule takes the captions that the site's rules name. Each belongs to
// the picture above it, the first ones to the first picture.
func (s *imageSorter) captionsByRule() bool {
	p := s.p
	if s.ruled.Rules == nil || s.ruled.Rules.Caption == nil {
		return false
	}
	found := false
	for _, n := range s.ruled.Pick(s.ruled.Rules.Caption) {
		lines := linesOf(p, n)
		if len(lines) == 0 {
			continue
		}
		found = true
		if pic := s.above(lines[0]); pic != nil {
			s.take(pic, lines)
		}
	}
	return found
}

// linesOf returns the lines inside an element; for an inline element the line
// that it fills.
func linesOf(p *page.Page, n *html.Node) (lines []int32) {
	if b := p.BoxOf(n); b >= 0 {
		for i := p.Boxes[b].First; i < p.Boxes[b].Last; i++ {
			lines = append(lines, i)
		}
		return lines
	}
	for i := range p.Spans {
		x := &p.Spans[i]
		if x.Node == n && int(x.Line) < len(p.Lines) && p.TextOf(x.Start, x.End) == p.Lines[x.Line].Text() {
			return []int32{x.Line}
		}
	}
	return nil
}

// above returns the last picture kept that stands above a line, else the first
// one kept, nil where there is none.
func (s *imageSorter) above(line int32) *Picture {
	var best *Picture
	for i := range s.pictures {
		pic := &s.pictures[i]
		if pic.Keep && (best == nil || pic.Line <= line) {
			best = pic
		}
	}
	return best
}
