package page

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
func (g *gaps) edgeOf(tag *tagTraits, isEnd bool) edge {
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
func (g *gaps) start(tag *tagTraits, end int) {
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
func (g *gaps) count(tag *tagTraits, n int) {
	switch tag.name {
	case namePre, "listing":
		g.pre = max(g.pre+n, 0)
	case nameSelect:
		g.selects = max(g.selects+n, 0)
	case nameTable:
		g.tables = max(g.tables+n, 0)
	}
}

// holds reports whether a formatting element that cannot hold its like is open.
func (g *gaps) holds(tag *tagTraits) bool {
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
func (g *gaps) end(tag *tagTraits, end int) {
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
