package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// walker makes the flat model of a page in one pass over the tree. It goes from
// node to node by their own pointers, without recursion and without a stack of
// its own, so that the depth of a hostile tree costs nothing.
type walker struct {
	p     *page
	names *nameCache

	buf       []byte // text of all lines so far
	lineStart int    // offset of the open line in buf
	space     byte   // pending white space: 0, ' ' or 'f' (U+3000), 'n' (a line feed of the source)
	cur       line   // counters of the open line
	lastWide  bool   // the last rune written is Han, kana or Hangul

	box      int32 // innermost open box
	bold     int   // open b, strong, h1–h6
	heading  int   // open h1–h6
	pre      int   // open pre
	open     []int32
	openLink int32 // index in links, -1 where none is open
	hidden   int32 // index of the outermost hidden box or -1
	hiddenIn *html.Node
	starts   []int32 // starts[i]: offset of line i; for spans
}

// walk fills the model's lists from the tree.
func (p *page) walk(memory *scratch, size, tags int) {
	w := &walker{p: p, box: -1, openLink: -1, hidden: -1}
	memory.lend(w, size, tags)
	for n := p.doc; n != nil; {
		if w.enter(n) && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for {
			w.leave(n)
			if n == p.doc {
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
	memory.buf, memory.starts, memory.open = w.buf, w.starts, w.open
}

// enter sees a node before its children and tells whether they are wanted.
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

func (w *walker) element(n *html.Node) bool {
	p := w.p
	switch n.DataAtom {
	case atom.Script:
		if n.FirstChild != nil {
			if strings.Contains(attr(n, "type"), "ld+json") {
				n.FirstChild.Data = strings.Clone(n.FirstChild.Data) // the article keeps parts of it
				p.jsonLD = append(p.jsonLD, n)
			} else if !strings.HasSuffix(attr(n, "type"), "/template") {
				p.scripts = append(p.scripts, n)
			}
		} else {
			p.external++
		}
		return w.unpack(n)
	case atom.Style, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Embed, atom.Canvas,
		atom.Select, atom.Button, atom.Input, atom.Textarea, atom.Audio, atom.Rt, atom.Rp, atom.Datalist:
		// Readings of ruby text (rt) and the labels of controls are no text of the page.
		if n.DataAtom == atom.Template && strings.HasPrefix(attr(n, "shadowrootmode"), "o") {
			return true
		}
		return false
	case atom.Noscript:
		if w.box >= 0 && n.FirstChild != nil {
			p.noscript = append(p.noscript, remark{n, w.linesBefore(), w.box})
		}
		return false
	case atom.Title:
		if p.docTitle == "" && n.FirstChild != nil {
			p.docTitle = squeeze(n.FirstChild.Data)
		}
		return false
	case atom.Meta:
		w.meta(n)
		return false
	case atom.Base:
		p.baseHref(n)
		return false
	case atom.Link:
		p.rels = append(p.rels, n)
		return false
	case atom.Br:
		w.flush()
		if w.cur.breaks < 255 {
			w.cur.breaks++
		}
		return false
	case atom.Img, atom.Video:
		w.picture(n)
		return false
	case atom.Html:
		p.langTag = attr(n, "lang")
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
	if n.Data == "amp-img" {
		w.picture(n)
	}
	if isBlock(n) {
		w.startBox(n)
	} else if n.DataAtom != atom.A || len(n.Attr) > 1 {
		return w.startSpan(n)
	}
	return true
}

// leave sees a node after its children.
func (w *walker) leave(n *html.Node) {
	if n.Type != html.ElementNode {
		return
	}
	p := w.p
	if w.box >= 0 && p.boxes[w.box].node == n {
		w.flush()
		b := &p.boxes[w.box]
		b.last, b.next = int32(len(p.lines)), int32(len(p.boxes))
		w.box = b.parent
		w.cur.breaks = 0
		if w.hidden >= 0 && p.boxes[w.hidden].node == n {
			w.hidden = -1
		}
	} else if k := len(w.open); k > 0 && p.spans[w.open[k-1]].node == n {
		p.spans[w.open[k-1]].end = int32(len(w.buf))
		w.open = w.open[:k-1]
	}
	if w.hiddenIn == n {
		w.hiddenIn = nil
		w.flush()
	}
	switch n.DataAtom {
	case atom.A:
		if w.openLink >= 0 && p.links[w.openLink].node == n {
			p.links[w.openLink].end = int32(len(w.buf))
			w.openLink = -1
		}
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
	w.cur.breaks = 0
	p := w.p
	name, hidden := w.names.flagsOf(n)
	name |= tagFlags(n.DataAtom)
	b := box{node: n, parent: w.box, first: int32(len(p.lines)), tag: n.DataAtom, name: name, inherited: name, hidden: hidden}
	if w.box >= 0 {
		up := &p.boxes[w.box]
		b.depth = up.depth + 1
		b.inherited |= up.inherited
		b.hidden = b.hidden || up.hidden
	}
	w.box = int32(len(p.boxes))
	p.boxes = append(p.boxes, b)
	if b.hidden && w.hidden < 0 {
		w.hidden = w.box
	}
}

// tagFlags are the names that a tag itself stands for.
func tagFlags(a atom.Atom) nameFlags {
	switch a {
	case atom.Nav, atom.Menu:
		return nameNav
	case atom.Footer:
		return nameFooter
	case atom.Header:
		return nameHeader
	case atom.Aside:
		return nameSide
	case atom.Form, atom.Fieldset:
		return nameForm
	case atom.Dialog:
		return nameConsent
	case atom.Figure:
		return nameMedia
	case atom.Figcaption:
		return nameCaption
	case atom.Article, atom.Main:
		return nameMain
	case atom.Ul, atom.Ol, atom.Dl:
		return nameList
	}
	return 0
}

func (w *walker) startSpan(n *html.Node) bool {
	if w.splitsNumbers(n) {
		w.space = ' '
	}
	if len(n.Attr) == 0 {
		return true
	}
	wanted := false
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "class":
			// "opens in a new window" and the like, in the middle of a sentence
			if w.names.of(n.Attr[i].Val)&nameUnseen != 0 {
				return false
			}
			wanted = true
		case "id", "itemprop", "rel", "datetime":
			wanted = true
		case "hidden":
			w.hide(n)
		case "style":
			if hidesBox(n.Attr[i].Val) {
				w.hide(n)
			}
		}
	}
	if wanted {
		p := w.p
		w.open = append(w.open, int32(len(p.spans)))
		at := int32(len(w.buf))
		p.spans = append(p.spans, span{node: n, line: int32(len(p.lines)), start: at, end: at})
	}
	// Kicker and headline in two spans, parted by a style sheet alone.
	if w.heading > 0 && w.space == 0 && n.PrevSibling != nil && n.PrevSibling.Type == html.ElementNode {
		w.space = ' '
	}
	return true
}

// splitsNumbers tells whether a number ends where this inline element begins
// with another one: year, day and hour in three spans that a style sheet alone
// parts. Single digits side by side are the wheels of a counter.
func (w *walker) splitsNumbers(n *html.Node) bool {
	prev, text := n.PrevSibling, n.FirstChild
	k := len(w.buf)
	return w.space == 0 && k > 1 && isDigit(w.buf[k-1]) && isDigit(w.buf[k-2]) &&
		prev != nil && prev.Type == html.ElementNode && text != nil && text.Type == html.TextNode &&
		len(text.Data) > 1 && isDigit(text.Data[0]) && isDigit(text.Data[1])
}

// hide makes the text of an inline element a hidden line of its own.
func (w *walker) hide(n *html.Node) {
	if w.hiddenIn == nil {
		w.flush()
		w.hiddenIn = n
	}
}

func (w *walker) startLink(n *html.Node) {
	if w.openLink >= 0 || attr(n, "href") == "" {
		return
	}
	p := w.p
	w.openLink = int32(len(p.links))
	at := int32(len(w.buf))
	p.links = append(p.links, anchor{node: n, line: int32(len(p.lines)), box: w.box, start: at, end: at})
}

func (w *walker) picture(n *html.Node) {
	p := w.p
	inline := len(w.buf) > w.lineStart
	pic := candidate{node: n, box: w.box, line: w.linesBefore(), inline: inline, hidden: w.hidden >= 0 || w.hiddenIn != nil}
	if w.openLink >= 0 {
		pic.link = p.links[w.openLink].node
		p.links[w.openLink].picture = true
	}
	p.candidates = append(p.candidates, pic)
}

// linesBefore counts the lines before this point, an open one that has text included.
func (w *walker) linesBefore() int32 {
	n := int32(len(w.p.lines))
	if len(w.buf) > w.lineStart {
		n++
	}
	return n
}

func (w *walker) meta(n *html.Node) {
	content := strings.TrimSpace(attr(n, "content"))
	if content == "" {
		return
	}
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "name", "property", "itemprop", "http-equiv":
			name := strings.ToLower(strings.TrimSpace(n.Attr[i].Val))
			w.p.metas = append(w.p.metas, meta{name, content, n})
		}
	}
}

// comment keeps comments in which publishing systems leave fields.
func (w *walker) comment(n *html.Node) {
	if len(n.Data) < 4000 && (strings.Contains(n.Data, "enp") || strings.Contains(n.Data, "正文") ||
		strings.Contains(n.Data, "content") || strings.Contains(n.Data, "author") || strings.Contains(n.Data, "http")) {
		w.p.comments = append(w.p.comments, remark{n, w.linesBefore(), w.box})
	}
}

// flush ends the open line.
func (w *walker) flush() {
	w.space = 0
	if len(w.buf) == w.lineStart {
		return
	}
	l := w.cur
	l.start = int32(w.lineStart)
	l.box = w.box
	l.pre = w.pre > 0
	l.hidden = w.hidden >= 0 || w.hiddenIn != nil
	w.p.lines = append(w.p.lines, l)
	w.starts = append(w.starts, int32(len(w.buf)))
	w.buf = append(w.buf, '\n')
	w.lineStart = len(w.buf)
	w.cur = line{}
	w.lastWide = false
}

// finish makes one string of the text, gives each line its slice, and sums.
func (w *walker) finish(memory *scratch) {
	p := w.p
	w.flush()
	memory.sums(p, len(p.lines))
	p.text = string(w.buf)
	for i := range p.lines {
		l := &p.lines[i]
		l.text = p.text[l.start:w.starts[i]]
		p.mass[i+1], p.linkMass[i+1] = p.mass[i], p.linkMass[i]
		if !l.hidden {
			p.mass[i+1] += l.mass
			p.linkMass[i+1] += l.linkMass
		}
	}
	for i := range p.boxes {
		if p.boxes[i].next == 0 {
			p.boxes[i].last, p.boxes[i].next = int32(len(p.lines)), int32(len(p.boxes))
		}
	}
}
