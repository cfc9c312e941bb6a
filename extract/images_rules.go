package extract

import (
	"golang.org/x/net/html"

	"pressmark/configs"
)

// byRule keeps the pictures that the site's rules name, and no others. It
// returns false where the rules name none, or none of these is on the page.
func (s *imageSorter) byRule() bool {
	p := s.p
	if p.rule == nil || p.rule.Images == nil {
		return false
	}
	kept := false
	for _, n := range p.pick(p.rule.Images) {
		kept = s.keepNode(n, p.rule.Images) || kept
	}
	if !kept {
		p.warn("rule_unmatched", "images selector "+p.rule.Images.Text+" of "+p.rule.Name+" finds nothing")
		return false
	}
	p.evidence("images", p.ruleEvidence())
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
	for i := range p.pictures {
		if pic := &p.pictures[i]; contains(n, pic.node) {
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
	p.pictures = append(p.pictures, picture{node: n, box: boxes[0], line: p.boxes[boxes[0]].first})
	return s.keepAs(&p.pictures[len(p.pictures)-1], first)
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
	if p.rule == nil || p.rule.Caption == nil {
		return false
	}
	found := false
	for _, n := range p.pick(p.rule.Caption) {
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
	for i := range s.p.pictures {
		pic := &s.p.pictures[i]
		if pic.keep && (best == nil || pic.line <= line) {
			best = pic
		}
	}
	return best
}
