package picture

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
)

// maxNoscript bounds the noscript elements that are looked into.
const maxNoscript = 500

// unscripted reads the pictures inside noscript elements. Each is the twin of a picture
// beside it that a script loads, and supplies its address. If there is no twin, because
// the script makes the whole element, the picture is added itself.
func (s *imageSorter) unscripted() {
	p := s.p
	for k := range min(len(p.Noscript), maxNoscript) {
		r := &p.Noscript[k]
		if r.Box < 0 || !p.Within(r.Box, int32(s.text.Main)) && r.Line > s.first {
			continue
		}
		n := firstImage(r.Node.FirstChild.Data)
		if n == nil {
			continue
		}
		if twin := s.twinOf(r); twin != nil {
			if s.twins == nil {
				s.twins = map[*html.Node]*html.Node{}
			}
			s.twins[twin.Node] = n
			continue
		}
		pic := Picture{Picture: page.Picture{Node: n, Box: r.Box, Line: r.Line}}
		if up := r.Node.Parent; up != nil && up.DataAtom == atom.A {
			pic.Link = up
		}
		s.pictures = append(s.pictures, pic)
	}
}

// twinOf returns the picture that stands beside a noscript element: a sibling,
// or one that stands in the same box at the same place.
func (s *imageSorter) twinOf(r *page.Remark) *Picture {
	p := s.p
	for i := range s.pictures {
		pic := &s.pictures[i]
		if pic.Line != r.Line || pic.Node == nil || s.twins[pic.Node] != nil {
			continue
		}
		if pic.Box == r.Box || p.Boxes[pic.Box].Parent == r.Box || p.Boxes[r.Box].Parent == pic.Box {
			return pic
		}
	}
	return nil
}

// firstImage returns the first img element of raw markup, nil where there is
// none. It has no parent.
func firstImage(raw string) *html.Node {
	if len(raw) > 64<<10 {
		return nil
	}
	if !strings.Contains(raw, "<img") && !strings.Contains(raw, "<IMG") {
		if !strings.Contains(raw, "&lt;img") {
			return nil
		}
		raw = html.UnescapeString(raw) // escaped once too often
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
