package page

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/text"
)

// walker makes the flat model of a page in one pass over the tree. It goes from
// node to node by their own pointers, without recursion and without a stack of
// its own, so that the depth of a hostile tree costs nothing.
type walker struct {
	p     *Page
	names *nameCache

	buf       []byte // text of all lines so far
	lineStart int    // offset of the open line in buf
	space     byte   // pending white space: 0, ' ' or 'f' (U+3000), 'n' (a line feed of the source)
	cur       Line   // counters of the open line
	lastWide  bool   // the last rune written is Han, kana or Hangul

	box      int32 // innermost open box
	bold     int   // open b, strong, h1–h6
	heading  int   // open h1–h6
	pre      int   // open pre
	open     []int32
	ranges   []openRange
	openLink int32 // index in links, -1 where none is open
	hidden   int32 // index of the outermost hidden box or -1
	hiddenIn *html.Node
	head     []*html.Node // meta, link and script elements
	starts   []int32      // starts[i]: offset of line i; for spans
}

// walk fills the model's lists from the tree.
func (p *Page) walk(memory *Scratch, size, tags int) {
	w := &walker{p: p, box: -1, openLink: -1, hidden: -1}
	memory.lend(w, size, tags)
	root := p.doc.Nodes[0]
	for n := root; n != nil; {
		if w.enter(n) && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for {
			w.leave(n)
			if n == root {
				n = nil
				break
			}
			if n.NextSibling != nil {
				n = n.NextSibling
				break
			}
			n = n.Parent
		}
	}
	w.finish(memory)
	p.Head = &goquery.Selection{Nodes: w.head}
	p.readHead()
	memory.buf, memory.starts, memory.open = w.buf, w.starts, w.open
}

// enter sees a node before its children and reports whether they are wanted.
func (w *walker) enter(n *html.Node) bool {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
		return false
	case html.CommentNode:
		w.comment(n)
		return false
	case html.ElementNode:
		return w.element(n)
	}
	return true
}

// element sees an element before its children and reports whether they are wanted.
func (w *walker) element(n *html.Node) bool {
	if w.embeds(n) {
		w.embed(n)
	}
	if w.gather(n) {
		return false
	}
	switch n.DataAtom {
	case atom.Script:
		w.head = append(w.head, n)
		return w.unpack(n)
	case atom.Template:
		return strings.HasPrefix(Attr(n, "shadowrootmode"), "o")
	case atom.Style, atom.Svg, atom.Object, atom.Embed, atom.Canvas,
		atom.Select, atom.Input, atom.Textarea, atom.Audio, atom.Rt, atom.Rp, atom.Datalist:
		return false // readings of ruby text (rt) and the labels of controls are no text of the page
	case atom.Html:
		w.p.LangTag = Attr(n, "lang")
		return true
	case atom.Head:
		return true
	case atom.A:
		w.startLink(n)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.heading++
		w.bold++
	case atom.B, atom.Strong:
		w.bold++
	case atom.Pre:
		w.pre++
	}
	if n.DataAtom == 0 && imageElement(n) {
		w.picture(n)
	} else if len(n.Attr) > 0 {
		w.dressed(n)
	}
	if isBlock(n) {
		w.startBox(n)
		return true
	}
	return w.inline(n)
}

// gather keeps an element that is a unit of its own and whose children are not text of
// the page. It reports whether the element is one.
func (w *walker) gather(n *html.Node) bool {
	p := w.p
	switch n.DataAtom {
	case atom.Meta, atom.Link:
		w.head = append(w.head, n)
	case atom.Input:
		if Attr(n, "type") != "hidden" || Attr(n, "value") == "" {
			return false
		}
		w.head = append(w.head, n)
	case atom.Base:
		p.baseHref(n)
	case atom.Title:
		if p.DocTitle == "" && n.FirstChild != nil {
			p.DocTitle = text.Squeeze(n.FirstChild.Data)
		}
	case atom.Noscript:
		if w.box >= 0 && n.FirstChild != nil {
			p.Noscript = append(p.Noscript, Remark{n, w.linesBefore(), w.box})
		}
	case atom.Noframes:
		if n.FirstChild != nil {
			p.NoFrames = append(p.NoFrames, n)
		}
	case atom.Frame, atom.Iframe:
		if Attr(n, "src") != "" {
			p.Frames = append(p.Frames, n)
		}
	case atom.Area:
		if Attr(n, "href") != "" {
			p.Areas = append(p.Areas, n)
		}
	case atom.Button:
		w.pressed(n)
	case atom.Math:
		w.text(mathText(n))
	case atom.Br:
		w.flush()
		w.cur.Breaks += min(1, 255-w.cur.Breaks)
	case atom.Img, atom.Video:
		if s := pictureText(n); s != "" {
			w.text(s)
		} else {
			w.picture(n)
		}
	default:
		return false
	}
	return true
}

// inline sees an element in a line.
func (w *walker) inline(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A:
		if len(n.Attr) <= 1 {
			return true
		}
	case atom.Sup, atom.Sub:
		if w.script(n) {
			return false
		}
	case atom.Del, atom.S, atom.Strike:
		if correctedAway(n) {
			return false
		}
	}
	if !w.startSpan(n) {
		return false
	}
	if n.DataAtom == atom.Q {
		w.quote(n, true)
	}
	if givesMeaning(n.DataAtom) {
		w.startRange(n)
	}
	return true
}

// leave sees a node after its children.
func (w *walker) leave(n *html.Node) {
	if n.Type != html.ElementNode {
		return
	}
	p := w.p
	if w.box >= 0 && p.Boxes[w.box].Node == n {
		w.flush()
		b := &p.Boxes[w.box]
		b.Last, b.Next = int32(len(p.Lines)), int32(len(p.Boxes))
		w.box = b.Parent
		w.cur.Breaks = 0
		if w.hidden >= 0 && p.Boxes[w.hidden].Node == n {
			w.hidden = -1
		}
	} else if k := len(w.open); k > 0 && p.Spans[w.open[k-1]].Node == n {
		p.Spans[w.open[k-1]].End = int32(len(w.buf))
		w.open = w.open[:k-1]
	}
	if len(w.ranges) > 0 {
		w.endRange(n)
	}
	if w.hiddenIn == n {
		w.hiddenIn = nil
		w.flush()
	}
	switch n.DataAtom {
	case atom.A:
		w.endLink(n)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.heading--
		w.bold--
	case atom.B, atom.Strong:
		w.bold--
	case atom.Pre:
		w.pre--
	}
}

func (w *walker) startBox(n *html.Node) {
	w.flush()
	w.cur.Breaks = 0
	p := w.p
	name, hidden := w.names.flagsOf(n)
	hidden = hidden && n.DataAtom != atom.Body // a script shows the page when it is ready
	name |= tagFlags(n.DataAtom)
	switch {
	case name&nameTip != 0 && Attr(n, "role") == "tooltip":
		name |= NameUnseen
	case isGrid(n):
		w.p.grids = true
	}
	b := Box{Node: n, Parent: w.box, First: int32(len(p.Lines)), Tag: n.DataAtom, Name: name, Inherited: name, Hidden: hidden}
	if w.box >= 0 {
		up := &p.Boxes[w.box]
		b.Inherited |= up.Inherited
		b.Hidden = b.Hidden || up.Hidden
	}
	w.box = int32(len(p.Boxes))
	p.Boxes = append(p.Boxes, b)
	if b.Hidden && w.hidden < 0 {
		w.hidden = w.box
	}
}

// tagFlags are the names that a tag itself stands for.
func tagFlags(a atom.Atom) NameFlags {
	switch a {
	case atom.Nav, atom.Menu:
		return NameNav
	case atom.Footer:
		return NameFooter
	case atom.Header:
		return nameHeader
	case atom.Aside, atom.Marquee:
		return NameSide
	case atom.Form, atom.Fieldset:
		return NameForm
	case atom.Dialog:
		return NameConsent
	case atom.Figure:
		return NameMedia
	case atom.Figcaption:
		return NameCaption
	case atom.Article, atom.Main:
		return NameMain
	case atom.Ul, atom.Ol, atom.Dl:
		return nameList
	}
	return 0
}

func (w *walker) startLink(n *html.Node) {
	if w.openLink >= 0 || Attr(n, "href") == "" {
		return
	}
	p := w.p
	w.openLink = int32(len(p.Links))
	at := int32(len(w.buf))
	p.Links = append(p.Links, Anchor{Node: n, Line: int32(len(p.Lines)), Box: w.box, Start: at, End: at})
}

// endLink closes the link of an element, if it is the open one.
func (w *walker) endLink(n *html.Node) {
	if w.openLink >= 0 && w.p.Links[w.openLink].Node == n {
		w.p.Links[w.openLink].End = int32(len(w.buf))
		w.openLink = -1
	}
}

// linesBefore counts the lines before this point, an open one that has text included.
func (w *walker) linesBefore() int32 {
	n := int32(len(w.p.Lines))
	if len(w.buf) > w.lineStart {
		n++
	}
	return n
}

// comment keeps comments in which publishing systems leave fields.
func (w *walker) comment(n *html.Node) {
	if len(n.Data) >= maxComment {
		return
	}
	for _, sign := range [...]string{"enp", "正文", "content", "author", "http"} {
		if strings.Contains(n.Data, sign) {
			w.p.Comments = append(w.p.Comments, Remark{n, w.linesBefore(), w.box})
			return
		}
	}
}

// maxComment bounds a comment that is looked into, in bytes.
const maxComment = 4000

// flush ends the open line.
func (w *walker) flush() {
	w.space = 0
	if len(w.buf) == w.lineStart {
		return
	}
	l := w.cur
	l.Start = int32(w.lineStart)
	l.Box = w.box
	l.Pre = w.pre > 0
	l.hidden = w.hidden >= 0 || w.hiddenIn != nil
	w.p.Lines = append(w.p.Lines, l)
	w.starts = append(w.starts, int32(len(w.buf)))
	w.buf = append(w.buf, '\n')
	w.lineStart = len(w.buf)
	w.cur = Line{}
	w.lastWide = false
}

// finish makes one string of the text, gives each line its slice, and sums.
func (w *walker) finish(memory *Scratch) {
	p := w.p
	w.flush()
	memory.sums(p, len(p.Lines))
	p.Text = string(w.buf)
	for i := range p.Lines {
		l := &p.Lines[i]
		l.text = p.Text[l.Start:w.starts[i]]
	}
	p.sum()
	for i := range p.Boxes {
		if p.Boxes[i].Next == 0 {
			p.Boxes[i].Last, p.Boxes[i].Next = int32(len(p.Lines)), int32(len(p.Boxes))
		}
	}
}
