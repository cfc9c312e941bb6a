package page

import "pressmark/extract/text"

// gaps finds the white space between two tags, one of which is that of a block: a
// browser shows none there, and the flat model has none. The parser need not make
// nodes of it, where the rest of the tree is the same without.
//
// It is not the same where formatting elements (<b>, <a>, <font> …) were left open by
// the end of a block: text, if only white space, opens them again (HTML Living
// Standard, 13.2.4.3), and blocks behind it come to stand inside them. So no gap is
// found while one is open, and none at all behind one that was not closed in the
// block that it was opened in.
type gaps struct {
	r      *asides
	behind int  // offset behind the last tag, -1 where something else stood between
	last   edge // what that tag is
	off    bool // formatting was left open
	passed bool // the content of an opaque element was passed over, and its end tag comes next

	depth   int // open blocks, as far as their tags are written
	pre     int // open elements that keep white space
	selects int // open select elements, in which the parser ignores tags
	tables  int // open tables; elsewhere the parser ignores the tags of rows and cells
	open    [maxOpenFormats]openFormat
	formats int // how many of open
}

// openFormat is a formatting element that is open, and the depth at which it was opened.
type openFormat struct {
	name  string
	depth int
}

const maxOpenFormats = 16

// edge says what a tag is to the white space beside it.
type edge uint8

const (
	noEdge   edge = iota // it stands in a line, or the parser may ignore it
	unseen               // it shows nothing: a script, a meta tag
	weakEdge             // it ends a line, unless the parser ignores it for want of its start tag
	lineEdge             // it begins or ends a line
)

// edgeOf says what a tag is.
func (g *gaps) edgeOf(tag tagTraits, isEnd bool) edge {
	switch {
	case tag.unseen && (g.passed || !isEnd):
		return unseen
	case !tag.block, tag.cell && g.tables == 0:
		return noEdge
	case isEnd && tag.name != "p": // </p> alone is a paragraph
		return weakEdge
	}
	return lineEdge
}

// partsLines reports whether white space between two tags is invisible.
func partsLines(a, b edge) bool {
	return a == lineEdge || b == lineEdge || a == b && a != noEdge
}

// before sees the white space before the tag at an offset.
func (g *gaps) before(at int, tag edge) {
	body := g.r.body
	if g.behind < 0 || at <= g.behind || !partsLines(g.last, tag) || !g.mayLeaveOut() {
		return
	}
	for _, c := range body[g.behind:at] {
		if !isSpace(c) {
			return
		}
	}
	g.r.texts = append(g.r.texts, aside{int32(g.behind), int32(at), gap})
}

// mayLeaveOut reports whether the tree is the same without white space.
func (g *gaps) mayLeaveOut() bool {
	return !g.off && g.formats == 0 && g.pre == 0 && g.selects == 0
}

// pass sees that the content of an opaque element is passed over.
func (g *gaps) pass() { g.behind, g.passed = -1, true }

// start sees a start tag that ends at an offset.
func (g *gaps) start(tag tagTraits, end int) {
	g.behind, g.last, g.passed = end, g.edgeOf(tag, false), false
	switch {
	case tag.scope:
		g.depth++
		g.count(tag, 1)
	case tag.format:
		if g.formats == len(g.open) || g.holds(tag) {
			g.off = true
			return
		}
		g.open[g.formats] = openFormat{tag.name, g.depth}
		g.formats++
	}
}

// count counts open elements of some kinds.
func (g *gaps) count(tag tagTraits, n int) {
	switch tag.name {
	case namePre:
		g.pre = max(g.pre+n, 0)
	case nameSelect:
		g.selects = max(g.selects+n, 0)
	case nameTable:
		g.tables = max(g.tables+n, 0)
	}
}

// holds reports whether a formatting element that cannot hold its like is open.
func (g *gaps) holds(tag tagTraits) bool {
	if tag.name != "a" && tag.name != "nobr" {
		return false
	}
	for _, f := range g.open[:g.formats] {
		if f.name == tag.name {
			return true
		}
	}
	return false
}

// end sees an end tag that ends at an offset.
func (g *gaps) end(tag tagTraits, end int) {
	g.behind, g.last, g.passed = end, g.edgeOf(tag, true), false
	switch {
	case tag.scope:
		g.depth--
		if g.formats > 0 && g.depth < g.open[g.formats-1].depth {
			g.off = true
		}
		g.count(tag, -1)
	case tag.format && g.formats > 0:
		if top := g.open[g.formats-1]; top.name != tag.name || top.depth != g.depth {
			g.off = true
			return
		}
		g.formats--
	}
}

// Names of elements that are more than a row of the table of traits.
const (
	nameScript    = "script"
	nameStyle     = "style"
	nameSVG       = "svg"
	nameMath      = "math"
	namePlaintext = "plaintext"
	nameSelect    = "select"
	nameTable     = "table"
	namePre       = "pre"
)

// tagTraits are what the search for asides needs to know of an element.
type tagTraits struct {
	name   string // "" for elements of which nothing is known
	block  bool   // white space beside its tags is not shown
	unseen bool   // it shows nothing
	scope  bool   // it holds others, and the parser looks for its end when it looks for that of others (13.2.4.2)
	format bool   // the parser opens it again in the next block
	opaque bool   // what looks like tags inside is none, or none of HTML
	cell   bool   // it is a part of a table
}

// tagAt returns the traits of the element whose name s begins with.
func tagAt(s []byte) tagTraits {
	var name [maxTagName + 1]byte
	n := 0
	for n < len(s) && n < len(name) && !endsTagName(s[n]) {
		name[n] = text.LowerASCII(s[n])
		n++
	}
	if n > maxTagName {
		return tagTraits{}
	}
	return traitsOf(name[:n])
}

// maxTagName is the length of the longest name that traitsOf knows.
const maxTagName = len("blockquote")

// traitsOf returns the traits of an element. It is a switch because it is asked for
// each tag of each page: that takes a third of the time of a map.
func traitsOf(name []byte) tagTraits {
	switch string(name) {
	case "div":
		return tagTraits{name: "div", block: true, scope: true}
	case "li":
		return tagTraits{name: "li", block: true, scope: true}
	case "p":
		return tagTraits{name: "p", block: true, scope: true}
	case "link", "meta", "base":
		return tagTraits{unseen: true}
	case "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup":
		return tagTraits{block: true, scope: true, cell: true}
	case nameTable:
		return tagTraits{name: nameTable, block: true, scope: true}
	case "head", "body", "html", "frameset": // the parser makes one each, and ignores others
		return tagTraits{scope: true}
	case "ul", "ol", "section", "article", "header", "footer", "main", "nav", "aside",
		"h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd", "figure", "figcaption", "form", "fieldset", "address",
		"blockquote", "center", "details", "dialog", "dir", "hgroup", "menu", "summary":
		return tagTraits{block: true, scope: true}
	case "br", "hr":
		return tagTraits{block: true}
	case namePre, "listing":
		return tagTraits{name: namePre, block: true, scope: true}
	case nameSelect:
		return tagTraits{name: nameSelect, scope: true}
	case "applet", "button", "marquee", "object", "template", "search":
		return tagTraits{scope: true}
	}
	if t := formatTraits(name); t.format {
		return t
	}
	return opaqueTraits(name)
}

// formatTraits is traitsOf for elements that format text.
func formatTraits(name []byte) tagTraits {
	switch string(name) {
	case "a":
		return tagTraits{name: "a", format: true}
	case "b":
		return tagTraits{name: "b", format: true}
	case "big":
		return tagTraits{name: "big", format: true}
	case "code":
		return tagTraits{name: "code", format: true}
	case "em":
		return tagTraits{name: "em", format: true}
	case "font":
		return tagTraits{name: "font", format: true}
	case "i":
		return tagTraits{name: "i", format: true}
	case "nobr":
		return tagTraits{name: "nobr", format: true}
	case "s":
		return tagTraits{name: "s", format: true}
	case "small":
		return tagTraits{name: "small", format: true}
	case "strike":
		return tagTraits{name: "strike", format: true}
	case "strong":
		return tagTraits{name: "strong", format: true}
	case "tt":
		return tagTraits{name: "tt", format: true}
	case "u":
		return tagTraits{name: "u", format: true}
	}
	return tagTraits{}
}

// opaqueTraits is traitsOf for elements whose content is no markup of the page.
func opaqueTraits(name []byte) tagTraits {
	switch string(name) {
	case nameScript:
		return tagTraits{name: nameScript, opaque: true, unseen: true}
	case nameStyle:
		return tagTraits{name: nameStyle, opaque: true, unseen: true}
	case "title":
		return tagTraits{name: "title", opaque: true, unseen: true}
	case nameSVG:
		return tagTraits{name: nameSVG, opaque: true}
	case nameMath:
		return tagTraits{name: nameMath, opaque: true}
	case namePlaintext:
		return tagTraits{name: namePlaintext, opaque: true}
	case "iframe":
		return tagTraits{name: "iframe", opaque: true}
	case "noscript":
		return tagTraits{name: "noscript", opaque: true}
	case "noembed":
		return tagTraits{name: "noembed", opaque: true}
	case "noframes":
		return tagTraits{name: "noframes", opaque: true}
	case "textarea":
		return tagTraits{name: "textarea", opaque: true}
	case "xmp":
		return tagTraits{name: "xmp", opaque: true}
	}
	return tagTraits{}
}
