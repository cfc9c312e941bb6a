package picture

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
)

// paraStyle is how most paragraphs of a body look.
type paraStyle struct {
	centred  bool
	indented bool // by spaces in the text
	chars    int32
	class    string // tag and class that three of four have, "" where there is none
}

// paragraphClass is the tag and class of a line's box.
func paragraphClass(p *page.Page, b int32) string {
	x := &p.Boxes[b]
	return x.Node.Data + "." + page.Attr(x.Node, "class")
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
		l := &p.Lines[i]
		if l.Role() != page.RoleBody || !l.IsProse() {
			continue
		}
		n++
		chars += l.Chars
		classes[paragraphClass(p, l.Box)]++
		if s.centred(l.Box) {
			centred++
		}
		if indented(p.Boxes[l.Box].Node) {
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

// centred reports whether a box's own markup, or that of a box close around it,
// centres its text.
func (s *imageSorter) centred(b int32) bool {
	p := s.p
	for range 3 {
		if b < 0 || int(b) == s.text.Main {
			return false
		}
		x := &p.Boxes[b]
		if x.Tag == atom.Center || strings.EqualFold(page.Attr(x.Node, "align"), "center") ||
			styleValue(page.Attr(x.Node, "style"), "text-align") == "center" {
			return true
		}
		b = x.Parent
	}
	return false
}

// indented reports whether the text of an element begins with the spaces by which
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

// shortParagraph reports whether a line is a plain short one between a picture and prose that does
// not look like a paragraph: of another class, not indented where paragraphs
// are, no sentence, or a very short one.
func (s *imageSorter) shortParagraph(pic *Picture, at int32) bool {
	p := s.p
	l := &p.Lines[at]
	if l.Mass > shortCaption || l.BoldMass > 0 || l.Role() != page.RoleBody || l.Box == pic.Box && l.Breaks == 0 {
		return false
	}
	if s.otherClass(pic, at) {
		return true
	}
	if !p.CJK || s.fewShort {
		return false
	}
	if s.para.indented && !indented(p.Boxes[l.Box].Node) {
		return true
	}
	if strings.HasSuffix(l.Text(), "：") || l.Mass > plainCaption {
		return false
	}
	if l.Stops == 0 {
		return s.mostShort || s.onlyShort && s.para.chars > 60
	}
	return l.Stops == 1 && s.mostShort && l.Chars <= 15 && s.para.chars > 3*l.Chars && strings.HasSuffix(l.Text(), "。")
}

// otherClass reports whether a short line has another class than the paragraphs.
func (s *imageSorter) otherClass(pic *Picture, at int32) bool {
	l := &s.p.Lines[at]
	if l.Mass > shortCaption || l.BoldMass > 0 || l.Role() != page.RoleBody {
		return false
	}
	return s.hasOtherClass(l) && (s.p.CJK || s.apart(pic, at))
}

// hasOtherClass reports whether the text's paragraphs have a class and the line's
// paragraph has another or none.
func (s *imageSorter) hasOtherClass(l *page.Line) bool {
	return s.para.class != "" && paragraphClass(s.p, l.Box) != s.para.class
}

// apart reports whether a picture and a line stand in a small box of their own.
func (s *imageSorter) apart(pic *Picture, at int32) bool {
	return s.shared(pic, at, 4)
}

// shared reports whether the smallest box around a picture and a line lies inside
// the body's container and holds at most so many lines.
func (s *imageSorter) shared(pic *Picture, at, lines int32) bool {
	p := s.p
	b := p.Lines[at].Box
	for up := 0; b > int32(s.text.Main) && up < page.Climb; up++ {
		if p.Within(pic.Box, b) {
			return p.Boxes[b].Last-p.Boxes[b].First <= lines
		}
		b = p.Boxes[b].Parent
	}
	return false
}

// boxed reports whether a line shares a small box with the picture alone, and is
// short beside the paragraphs.
func (s *imageSorter) boxed(pic *Picture, at int32) bool {
	p := s.p
	l := &p.Lines[at]
	if l.Role() != page.RoleBody && l.Role() != page.RoleChrome || l.Mass > 300 || l.Chars*2 > s.para.chars {
		return false
	}
	if l.Box == pic.Box && l.Breaks == 0 {
		return false
	}
	return s.shared(pic, at, 2)
}
