package compose

import (
	"strings"
	"unicode/utf8"

	"pressmark/extract/page"
)

// longReference is the most characters of a link to a footnote: "[12]", "*".
const longReference = 5

// references returns the fragments that short links of the text lead to (#fn1), each
// with the line of its first link.
func (c *composer) references() map[string]int32 {
	if c.refs != nil {
		return c.refs
	}
	c.refs = map[string]int32{}
	for k := range c.p.Links {
		a := &c.p.Links[k]
		href := page.Attr(a.Node, "href")
		at := strings.IndexByte(href, '#')
		if at < 0 || at+1 == len(href) || !isReference(c.p.Text[a.Start:max(a.Start, a.End)]) {
			continue
		}
		if _, seen := c.refs[href[at+1:]]; !seen && int(a.Line) >= c.text.First && int(a.Line) < c.text.Last {
			c.refs[href[at+1:]] = a.Line
		}
	}
	return c.refs
}

// isReference reports whether the text of a link is that of a link to a footnote: a
// number, raised or in brackets, or a sign.
func isReference(s string) bool {
	s = strings.Trim(s, "[]() ^⁽⁾")
	n := utf8.RuneCountInString(s)
	return n == 1 || n > 1 && n <= longReference && strings.Trim(s, "0123456789⁰¹²³⁴⁵⁶⁷⁸⁹*†‡ivxIVX") == ""
}

// isFootnote reports whether a line is a footnote: markup says so, or a short link of an
// earlier line leads to it.
func (c *composer) isFootnote(i int32) bool {
	for b, up := c.p.Lines[i].Box, 0; b > int32(c.text.Main) && up < 4; b, up = c.p.Boxes[b].Parent, up+1 {
		n := c.p.Boxes[b].Node
		switch page.Attr(n, "role") {
		case "doc-footnote", "doc-endnote", "doc-endnotes":
			return true
		}
		if kind := page.Attr(n, "epub:type"); strings.Contains(kind, "footnote") || strings.Contains(kind, "endnote") {
			return true
		}
		if up < 2 && c.referred(page.Attr(n, "id"), i) {
			return true
		}
	}
	l := &c.p.Lines[i]
	for k := c.linksFrom(l.Start); k < len(c.p.Links) && c.p.Links[k].Line <= i; k++ {
		a := &c.p.Links[k]
		if a.Line == i && a.Start == l.Start && (c.referred(page.Attr(a.Node, "id"), i) || c.referred(page.Attr(a.Node, "name"), i)) {
			return true
		}
	}
	return false
}

// referred reports whether a short link of a line before i leads to an element.
func (c *composer) referred(id string, i int32) bool {
	if id == "" {
		return false
	}
	line, ok := c.references()[id]
	return ok && line < i
}
