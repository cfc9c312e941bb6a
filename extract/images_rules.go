package extract

import (
	"golang.org/x/net/html"

	"pressmark/configs"
)

// byRule keeps the pictures that the site's rules name, and no others. It
// returns false where the rules name none, or none of these is on the page.
func (s *imageSorter) byRule() bool {
	if s.ruled.rules == nil || s.ruled.rules.Images == nil {
		return false
	}
	kept := false
	for _, n := range s.ruled.pick(s.ruled.rules.Images) {
		kept = s.keepNode(n, s.ruled.rules.Images) || kept
	}
	if !kept {
		s.out.warnings = append(s.out.warnings, s.ruled.unmatched("images", s.ruled.rules.Images, "nothing"))
		return false
	}
	s.out.from = s.ruled.evidence()
	return true
}

// keepNode keeps the pictures that are, or stand inside, an element. An element
// without any is a picture itself where the rule names the attribute that holds
// the address.
func (s *imageSorter) keepNode(n *html.Node, rule *configs.Selector) bool {
	p := s.p
	first := ""
	if rule.Attr != "" {
		first = p.imageURL(attr(n, rule.Attr))
	}
	kept, inside := false, false
	for i := range s.pictures {
		if pic := &s.pictures[i]; contains(n, pic.node) {
			inside = true
			kept = s.keepAs(pic, first) || kept
		}
	}
	if inside || first == "" {
		return kept
	}
	boxes := p.boxesOf([]*html.Node{n})
	if len(boxes) == 0 {
		return false
	}
	s.pictures = append(s.pictures, picture{candidate: candidate{node: n, box: boxes[0], line: p.boxes[boxes[0]].first}})
	return s.keepAs(&s.pictures[len(s.pictures)-1], first)
}

// contains tells whether n is outer or stands inside it.
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
	if s.ruled.rules == nil || s.ruled.rules.Caption == nil {
		return false
	}
	found := false
	for _, n := range s.ruled.pick(s.ruled.rules.Caption) {
		lines := p.linesOf(n)
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
func (p *page) linesOf(n *html.Node) (lines []int32) {
	if b := p.boxOf(n); b >= 0 {
		for i := p.boxes[b].first; i < p.boxes[b].last; i++ {
			lines = append(lines, i)
		}
		return lines
	}
	for i := range p.spans {
		x := &p.spans[i]
		if x.node == n && int(x.line) < len(p.lines) && p.textOf(x.start, x.end) == p.lines[x.line].text {
			return []int32{x.line}
		}
	}
	return nil
}

// above returns the last picture kept that stands above a line, else the first
// one kept, nil where there is none.
func (s *imageSorter) above(line int32) *picture {
	var best *picture
	for i := range s.pictures {
		pic := &s.pictures[i]
		if pic.keep && (best == nil || pic.line <= line) {
			best = pic
		}
	}
	return best
}
