package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// paraStyle is how most paragraphs of a body look.
type paraStyle struct {
	centred  bool
	indented bool // by spaces in the text
	chars    int32
	class    string // tag and class that three of four have, "" where there is none
}

// paragraphClass is the tag and class of a line's box.
func (p *page) paragraphClass(b int32) string {
	x := &p.boxes[b]
	return x.node.Data + "." + attr(x.node, "class")
}

// paragraphStyle looks at the long lines of the body.
func (s *imageSorter) paragraphStyle(first, last int32) (st paraStyle) {
	p := s.p
	if first < 0 {
		return st
	}
	n, centred, dented, chars := int32(0), int32(0), int32(0), int32(0)
	classes := map[string]int32{}
	for i := first; i <= last; i++ {
		l := &p.lines[i]
		if l.role != roleBody || !l.isProse() {
			continue
		}
		n++
		chars += l.chars
		classes[p.paragraphClass(l.box)]++
		if s.centred(l.box) {
			centred++
		}
		if indented(p.boxes[l.box].node) {
			dented++
		}
	}
	if n > 0 {
		st = paraStyle{centred: centred*2 > n, indented: dented*3 > n*2, chars: chars / n}
	}
	for class, k := range classes {
		if k*4 >= n*3 && n > 3 {
			st.class = class
		}
	}
	return st
}

// centred tells whether a box's own markup, or that of a box close around it,
// centres its text.
func (s *imageSorter) centred(b int32) bool {
	p := s.p
	for range 3 {
		if b < 0 || int(b) == s.text.main {
			return false
		}
		x := &p.boxes[b]
		if x.tag == atom.Center || strings.EqualFold(attr(x.node, "align"), "center") ||
			styleValue(attr(x.node, "style"), "text-align") == "center" {
			return true
		}
		b = x.parent
	}
	return false
}

// indented tells whether the text of an element begins with the spaces by which
// Chinese paragraphs are indented.
func indented(n *html.Node) bool {
	for range 6 {
		if n == nil {
			return false
		}
		if n.Type == html.TextNode {
			t := strings.TrimLeft(n.Data, "\r\n\t ")
			if t == "" {
				n = n.NextSibling
				continue
			}
			r, _ := utf8.DecodeRuneInString(t)
			return r == '\u3000' || r == '\u00a0' || r == '\u2003'
		}
		if n.FirstChild == nil {
			n = n.NextSibling
			continue
		}
		n = n.FirstChild
	}
	return false
}

// shortParagraph tells a plain short line between a picture and prose that does
// not look like a paragraph: of another class, not indented where paragraphs
// are, no sentence, or a very short one.
func (s *imageSorter) shortParagraph(pic *picture, at int32) bool {
	p := s.p
	l := &p.lines[at]
	if l.mass > shortCaption || l.boldMass > 0 || l.role != roleBody || l.box == pic.box && l.breaks == 0 {
		return false
	}
	if s.otherClass(pic, at) {
		return true
	}
	if !p.cjk || s.fewShort {
		return false
	}
	if s.para.indented && !indented(p.boxes[l.box].node) {
		return true
	}
	if strings.HasSuffix(l.text, "：") || l.mass > plainCaption {
		return false
	}
	if l.stops == 0 {
		return s.mostShort || s.onlyShort && s.para.chars > 60
	}
	return l.stops == 1 && s.mostShort && l.chars <= 15 && s.para.chars > 3*l.chars && strings.HasSuffix(l.text, "。")
}

// otherClass tells a short line of another class than the paragraphs.
func (s *imageSorter) otherClass(pic *picture, at int32) bool {
	l := &s.p.lines[at]
	return l.mass <= shortCaption && l.boldMass == 0 && l.role == roleBody &&
		s.para.class != "" && s.p.paragraphClass(l.box) != s.para.class && (s.p.cjk || s.apart(pic, at))
}

// apart tells whether a picture and a line stand in a small box of their own.
func (s *imageSorter) apart(pic *picture, at int32) bool {
	return s.shared(pic, at, 4)
}

// shared tells whether the smallest box around a picture and a line lies inside
// the body's container and holds at most so many lines.
func (s *imageSorter) shared(pic *picture, at, lines int32) bool {
	p := s.p
	b := p.lines[at].box
	for up := 0; b > int32(s.text.main) && up < climb; up++ {
		if p.within(pic.box, b) {
			return p.boxes[b].last-p.boxes[b].first <= lines
		}
		b = p.boxes[b].parent
	}
	return false
}

// boxed tells a line that shares a small box with the picture alone, and is
// short beside the paragraphs.
func (s *imageSorter) boxed(pic *picture, at int32) bool {
	p := s.p
	l := &p.lines[at]
	if l.role != roleBody && l.role != roleChrome || l.mass > 300 || l.chars*2 > s.para.chars || l.box == pic.box && l.breaks == 0 {
		return false
	}
	return s.shared(pic, at, 2)
}
