package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxNoscript bounds the noscript elements that are looked into.
const maxNoscript = 500

// unscripted reads the pictures inside noscript elements. Each is the twin of a
// picture beside it that a script loads, and gives it an address; where there is
// none, because the script makes the whole element, it is a picture itself.
func (s *imageSorter) unscripted() {
	p := s.p
	for k := range min(len(p.noscript), maxNoscript) {
		r := &p.noscript[k]
		if r.box < 0 || !p.within(r.box, int32(s.text.main)) && r.line > s.first {
			continue
		}
		n := firstImage(r.node.FirstChild.Data)
		if n == nil {
			continue
		}
		if twin := s.twinOf(r); twin != nil {
			if s.twins == nil {
				s.twins = map[*html.Node]*html.Node{}
			}
			s.twins[twin.node] = n
			continue
		}
		pic := picture{candidate: candidate{node: n, box: r.box, line: r.line}}
		if up := r.node.Parent; up != nil && up.DataAtom == atom.A {
			pic.link = up
		}
		s.pictures = append(s.pictures, pic)
	}
}

// twinOf returns the picture that stands beside a noscript element: a sibling,
// or one that stands in the same box at the same place.
func (s *imageSorter) twinOf(r *remark) *picture {
	p := s.p
	for i := range s.pictures {
		pic := &s.pictures[i]
		if pic.line != r.line || pic.node == nil || s.twins[pic.node] != nil {
			continue
		}
		if pic.box == r.box || p.boxes[pic.box].parent == r.box || p.boxes[r.box].parent == pic.box {
			return pic
		}
	}
	return nil
}

// firstImage returns the first img element of raw markup, nil where there is
// none. It has no parent.
func firstImage(raw string) *html.Node {
	if len(raw) > 64<<10 || !strings.Contains(raw, "<img") && !strings.Contains(raw, "<IMG") {
		return nil
	}
	z := html.NewTokenizer(strings.NewReader(raw))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.DataAtom == atom.Img {
				return &html.Node{Type: html.ElementNode, DataAtom: atom.Img, Data: "img", Attr: t.Attr}
			}
		}
	}
}
