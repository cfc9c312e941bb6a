package extract

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
)

// page is the model that every step works on: the document, once parsed, laid
// flat. One walk over the tree makes it (see walk.go); no step walks the tree
// again. It has three parallel lists in document order,
//
//	boxes    block-level elements, each with the range of lines inside it
//	lines    pieces of text between two block or line breaks, in reading order
//	pictures image candidates, each with its place between the lines
//
// and the page's facts apart from its text: meta tags, JSON-LD, links, comments.
//
// The lines of a box are always the contiguous range lines[box.first:box.last],
// and prefix sums over lines give any box's text and link mass in O(1).
//
// Steps talk through line.role, through the lists that each owns, and through
// out. The order of the steps is the list in steps.go.
type page struct {
	in   article.Page
	base *url.URL // what relative addresses resolve against: <base href> or the page's URL; never nil

	canonical string // the page's own address, normalized: what it declares where that can be believed, else in.URL
	charset   string // name of the encoding that the page was decoded from

	doc      *html.Node
	lang     string // lower case primary subtag of the language, "" where unknown (html lang, meta, else the script of the text)
	langTag  string // the language tag as the page gives it
	cjk      bool   // the page's text is mostly Han, kana or Hangul
	docTitle string // <title>, white space collapsed

	metas    []meta       // <meta> tags with a name and content, in order
	rels     []*html.Node // <link rel href> elements
	jsonLD   []*html.Node // <script type="application/ld+json"> elements, raw text in FirstChild
	external int          // number of <script src>
	scripts  []*html.Node // other inline scripts that are not empty, raw text in FirstChild
	comments []remark     // HTML comments that look like machine-read fields (enpproperty, content begin)
	noscript []remark     // <noscript> elements of the body, content as raw text

	text  string // all lines' text, joined with "\n"; line.text are slices of it
	boxes []box
	lines []line
	spans []span // inline elements that carry class, id, itemprop, rel or datetime
	links []anchor

	candidates []candidate // image candidates in reading order

	mass     []int32 // prefix sums of line.mass of lines that are seen (not hidden)
	linkMass []int32 // prefix sums of line.linkMass, same lines

	index  map[*html.Node]int32 // box by node, made when first asked for
	tables map[int32]bool       // tables looked at: whether they hold data (see tables.go)
}

// meta is one <meta> tag.
type meta struct {
	name    string // name, property, itemprop or http-equiv, lower case
	content string // trimmed
	node    *html.Node
}

// remark is a comment or a noscript element with its place.
type remark struct {
	node *html.Node
	line int32 // number of lines before it
	box  int32 // innermost box around it
}

// box is one block-level element.
type box struct {
	node        *html.Node
	parent      int32 // index in boxes, -1 for the first
	next        int32 // one past the last box inside this one
	first, last int32 // lines[first:last] are inside
	depth       int32
	tag         atom.Atom // 0 for elements unknown to package atom
	name        nameFlags // what class, id, role and itemprop say about it
	inherited   nameFlags // name, together with that of all boxes around it
	hidden      bool      // it or a box around it is not displayed
}

// role says what a line is. The zero value is "not decided".
type role uint8

const (
	roleNone        role = iota
	roleBody             // text of the article
	roleSubhead          // subhead of the article
	roleTitle            // the headline, or a repetition of it
	roleCaption          // caption of a picture (set by imagesStep; leaves the body)
	rolePlaceholder      // text that stands for a picture, "1.png" (set by imagesStep; leaves the body)
	roleCredit           // credit line: source, authors, editors (set by creditsStep; leaves the body)
	roleDate             // shows when the article was published (set by publishedStep; leaves the body)
	roleChrome           // navigation, related items, share bars, disclaimers …
	roleShown            // given to a hidden line that is shown after all; the line is then roleNone
)

// line is a piece of text between two block or line breaks.
type line struct {
	text     string // white space collapsed; U+3000 inside a line is kept
	box      int32  // innermost box
	start    int32  // offset of text in page.text
	chars    int32  // runes
	mass     int32  // runes, a Han, kana or Hangul one counted three times: its weight as text in any script
	linkMass int32  // mass inside links
	boldMass int32  // mass inside b, strong or h1 to h6
	stops    int16  // sentence ends: . ! ? 。！？ and others
	commas   int16  // , ; and their wide forms
	digits   int16  // decimal digits
	breaks   uint8  // <br>s directly before the line, at most 255
	pre      bool   // inside <pre>
	hidden   bool   // not displayed
	role     role
	by       string // step that gave the role, "" where none did
}

// span is an inline element that carries class, id, itemprop, rel or datetime.
type span struct {
	node       *html.Node
	line       int32 // line where it starts
	start, end int32 // page.text[start:end] is its text (may cross lines)
}

// anchor is an <a href>.
type anchor struct {
	node       *html.Node
	line       int32 // line where it starts; len(lines) where no line follows
	box        int32 // innermost box
	start, end int32 // page.text[start:end] is its text (may cross lines)
	picture    bool  // it holds an image
}

// candidate is an image candidate: img, amp-img, or a video's poster.
type candidate struct {
	node   *html.Node
	link   *html.Node // the <a> around it, nil where none
	box    int32      // innermost box
	line   int32      // number of lines before it: it stands before lines[line]
	inline bool       // text stands before it in the same line (then it stands after lines[line-1])
	hidden bool
}

// ancestor returns the nearest box from b outward (b included) for which ok
// holds, -1 where there is none.
func (p *page) ancestor(b int32, ok func(*box) bool) int32 {
	for ; b >= 0; b = p.boxes[b].parent {
		if ok(&p.boxes[b]) {
			return b
		}
	}
	return -1
}

// within tells whether box b is box outer or stands inside it.
func (p *page) within(b, outer int32) bool {
	return b >= outer && b < p.boxes[outer].next
}

// massOf returns the visible mass of lines[first:last], and the part of it in links.
func (p *page) massOf(first, last int32) (mass, inLinks int32) {
	return p.mass[last] - p.mass[first], p.linkMass[last] - p.linkMass[first]
}

// boxText returns the text of a box, its lines joined with "\n".
func (p *page) boxText(b int32) string {
	x := &p.boxes[b]
	return p.linesText(x.first, x.last)
}

// linesText returns the text of lines[first:last], joined with "\n".
func (p *page) linesText(first, last int32) string {
	if first >= last {
		return ""
	}
	end := &p.lines[last-1]
	return p.text[p.lines[first].start : int(end.start)+len(end.text)]
}

// textOf returns page.text[start:end] on one line, trimmed.
func (p *page) textOf(start, end int32) string {
	s := strings.TrimSpace(p.text[start:end])
	if strings.Contains(s, "\n") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}

// meta returns the content of the first meta tag with one of the names (lower
// case; name, property, itemprop and http-equiv alike), in the order of names.
func (p *page) meta(names ...string) string {
	for _, name := range names {
		for i := range p.metas {
			if p.metas[i].name == name && p.metas[i].content != "" {
				return p.metas[i].content
			}
		}
	}
	return ""
}

// attr returns the attribute's value, "" where it is missing.
func attr(n *html.Node, name string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			return n.Attr[i].Val
		}
	}
	return ""
}

// localNames is what the boxes around a line are called, up to the first that
// also holds the body or the headline: what a box around the whole article is
// called says nothing of one line.
func (p *page) localNames(b int32, main, title int) nameFlags {
	var f nameFlags
	for ; b >= 0; b = p.boxes[b].parent {
		x := &p.boxes[b]
		if main >= 0 && p.within(int32(main), b) {
			break
		}
		if i := int32(title); i >= 0 && x.first <= i && i < x.last && x.last-x.first > 1 {
			break
		}
		f |= x.name
	}
	return f
}

// boxesOf returns the boxes of nodes, in order; a node without a box of its
// own stands for the box around it.
func (p *page) boxesOf(nodes []*html.Node) []int32 {
	var found []int32
	for _, n := range nodes {
		for ; n != nil; n = n.Parent {
			if b := p.boxOf(n); b >= 0 {
				found = append(found, b)
				break
			}
		}
	}
	return found
}

// boxOf returns the box of a node, -1 where it has none of its own.
func (p *page) boxOf(n *html.Node) int32 {
	if p.index == nil {
		p.index = make(map[*html.Node]int32, len(p.boxes))
		for i := range p.boxes {
			p.index[p.boxes[i].node] = int32(i)
		}
	}
	if b, ok := p.index[n]; ok {
		return b
	}
	return -1
}

// climb is how many levels are looked up from a picture or a line.
const climb = 8

// near returns the nearest box of a tag from b outward, a few levels up, else -1.
func (p *page) near(b int32, tag atom.Atom) int32 {
	for up := 0; b >= 0 && up < climb; up++ {
		if p.boxes[b].tag == tag {
			return b
		}
		b = p.boxes[b].parent
	}
	return -1
}
