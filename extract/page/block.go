package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isBlock reports whether an element breaks the line. Inline elements that hold
// blocks or line breaks count too (<span id=zoom>text<br>text</span>, <font><p>…):
// on old pages they are the containers.
func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Span, atom.Font, atom.Center, atom.B, atom.Strong, atom.Em, atom.I, atom.Big, atom.Small, atom.Ins, atom.U, atom.Label:
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && (c.DataAtom == atom.Br || isBlockAtom(c.DataAtom)) {
				return true
			}
		}
		return n.DataAtom == atom.Center || n.DataAtom == atom.Span && isCell(n)
	case 0:
		return strings.IndexByte(n.Data, '-') > 0 // a custom element
	}
	return isBlockAtom(n.DataAtom)
}

// isCell reports whether an element is by its role a row or a cell of a table (WAI-ARIA).
func isCell(n *html.Node) bool {
	switch Attr(n, "role") {
	case "cell", "gridcell", "columnheader", "rowheader", "row":
		return true
	}
	return false
}

// isGrid reports whether an element is by its role a table (WAI-ARIA).
func isGrid(n *html.Node) bool {
	switch Attr(n, "role") {
	case "table", "grid", "treegrid":
		return n.DataAtom != atom.Table
	}
	return false
}

func isBlockAtom(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Dd, atom.Details,
		atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer,
		atom.Form, atom.Frameset, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup,
		atom.Hr, atom.Legend, atom.Li, atom.Main, atom.Marquee, atom.Menu, atom.Nav, atom.Ol, atom.Option, atom.P,
		atom.Plaintext, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th,
		atom.Thead, atom.Tr, atom.Ul, atom.Xmp, atom.Listing, atom.Center, atom.Optgroup, atom.Picture:
		return a != atom.Picture
	}
	return false
}
