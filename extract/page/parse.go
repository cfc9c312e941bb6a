package page

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unsafe"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Half of a modern page is script and style. The parser of HTML goes through
// it byte by byte, though nothing in it is markup: on real pages a fifth of its
// time, and on pages of ready-made sites a third. parseTree therefore gives the
// parser the page with each such text replaced by a mark of two or three bytes,
// and puts the texts back into the tree. What comes out is the tree that
// html.Parse makes of the page, and that is checked, not hoped: a mark that the
// parser did not take for the whole text of a script or style element (a
// "script" in an attribute's value or in a comment that never ends) has the page
// parsed again, whole.
//
// Why the tree must be the same when all marks are found: raw text ends at the
// first end tag of its element (HTML Living Standard, 13.2.5.12 to 13.2.5.19),
// except after "<!--" in a script, and such scripts are left where they are. A
// mark found in its element shows that the parser was reading raw text where the
// mark stands, so it would have read the text itself to the same end tag.
//
// Drawings (svg) that hold nothing but the elements of drawings go the same way,
// but are left empty in the tree: nobody reads their paths. Such elements keep the
// parser in foreign content (13.2.6.5) until the first </svg>, which closes them all.

// rawMark begins a mark. A page that has this character itself is parsed whole.
const rawMark = '\x01'

// minRaw is the shortest text, in bytes, that is worth a mark.
const minRaw = 48

// parseTree is html.Parse, faster; plain drawings come out empty.
func parseTree(body []byte) (*html.Node, error) {
	if bytes.IndexByte(body, rawMark) >= 0 {
		return html.Parse(bytes.NewReader(body))
	}
	r := &rawTexts{body: body}
	r.find()
	if len(r.texts) == 0 {
		return html.Parse(bytes.NewReader(body))
	}
	doc, err := html.Parse(r)
	if err != nil {
		return nil, err
	}
	if !r.putBack(doc) {
		return html.Parse(bytes.NewReader(body))
	}
	return doc, nil
}

// rawTexts are the texts of a page's scripts and styles. As a reader it is the
// page with marks in their places.
type rawTexts struct {
	body  []byte
	texts []rawText

	next    int    // the text before which Read stands
	at      int    // offset in body of what is read next
	pending []byte // rest of a mark
	mark    [12]byte
}

// rawText is the place of one text in the page.
type rawText struct {
	from, to int
	drawing  bool // the content of an svg element
}

// find lists the texts. What it takes for one wrongly costs a second parsing,
// what it overlooks only time.
func (r *rawTexts) find() {
	for i := 0; i >= 0; {
		k := bytes.IndexByte(r.body[i:], '<')
		if k < 0 || i+k+2 >= len(r.body) {
			return
		}
		i = r.pass(i + k + 1)
	}
}

// opaque are elements, by their first letter, in which what looks like a tag of a
// script or style is text or something else.
var opaque = [26][]string{
	'i' - 'a': {"iframe"},
	'm' - 'a': {"math"},
	'n' - 'a': {"noscript", "noembed", "noframes"},
	't' - 'a': {"textarea", "title"},
	'x' - 'a': {"xmp"},
}

// pass notes the text of the element whose name is at i, if it is a script, a style
// or a drawing, and returns the offset from which to go on: behind an opaque element
// or a comment; -1 where all the rest is text.
func (r *rawTexts) pass(i int) int {
	tag := r.body[i:]
	switch letter := tag[0] | 0x20; {
	case tag[0] == '!':
		if bytes.HasPrefix(tag, []byte("!--")) {
			return after(r.body, i+1, "-->")
		}
	case letter == 's':
		return r.passRaw(i)
	case letter == 'p' && isTag(tag, "plaintext"):
		return -1
	case letter >= 'a' && letter <= 'z':
		for _, name := range opaque[letter-'a'] {
			if isTag(tag, name) {
				return afterTag(r.body, i, name)
			}
		}
	}
	return i
}

func (r *rawTexts) passRaw(i int) int {
	switch tag := r.body[i:]; {
	case isTag(tag, "script"):
		return r.add(i, "script")
	case isTag(tag, "style"):
		return r.add(i, "style")
	case isTag(tag, "svg"):
		return r.addDrawing(i)
	}
	return i
}

// add notes the text of the element whose start tag's name is at i, and returns
// the offset behind it.
func (r *rawTexts) add(i int, name string) int {
	body := r.body
	from := tagEnd(body, i+len(name))
	to := endTag(body, from, name)
	if to == len(body) { // never closed: the end of the page is its end
		return to
	}
	text := body[from:to]
	if len(text) >= minRaw && bytes.IndexByte(text, 0) < 0 && (name != "script" || !bytes.Contains(text, []byte("<!--"))) {
		r.texts = append(r.texts, rawText{from: from, to: to})
	}
	return to
}

// addDrawing notes the content of the svg element whose name is at i, if it is
// a plain one, and returns the offset behind it. The styles and scripts of others
// are markup to the parser and not raw text.
func (r *rawTexts) addDrawing(i int) int {
	from := tagEnd(r.body, i+len("svg"))
	if from < 2 || r.body[from-2] == '/' { // <svg/> is empty
		return from
	}
	to := endTag(r.body, from, "svg")
	if to < len(r.body) && to-from >= minRaw && plainDrawing(r.body[from:to]) {
		r.texts = append(r.texts, rawText{from: from, to: to, drawing: true})
	}
	return to
}

// plainDrawing reports whether markup holds only tags of shapes, by which no
// parser is led out of a drawing.
func plainDrawing(s []byte) bool {
	for {
		k := bytes.IndexByte(s, '<')
		if k < 0 {
			return true
		}
		s = s[k+1:]
		if len(s) > 0 && s[0] == '/' {
			s = s[1:]
		}
		n := 0
		for n < len(s) && s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z' {
			n++
		}
		if n == len(s) || !endsTagName(s[n]) || !isShape(s[:n]) {
			return false
		}
		end := tagEnd(s, n)
		s = s[end:]
	}
}

func isShape(name []byte) bool {
	switch string(name) {
	case "g", "path", "circle", "rect", "line", "ellipse", "polygon", "polyline", "use", "defs", "stop", "mask", "clipPath", "linearGradient", "radialGradient":
		return true
	}
	return false
}

// isTag reports whether s begins with a tag's name.
func isTag(s []byte, name string) bool {
	return len(s) > len(name) && endsTagName(s[len(name)]) && equalFold(s[:len(name)], name)
}

// equalFold compares with a name in lower case.
func equalFold(s []byte, name string) bool {
	for i := range s {
		if s[i]|0x20 != name[i] {
			return false
		}
	}
	return true
}

func endsTagName(c byte) bool {
	switch c {
	case ' ', '\n', '\r', '\t', '\f', '/', '>':
		return true
	}
	return false
}

// tagEnd returns the offset behind the > of the tag that i stands in.
func tagEnd(body []byte, i int) int {
	for ; i < len(body); i++ {
		switch body[i] {
		case '>':
			return i + 1
		case '=':
			for i+1 < len(body) && endsTagName(body[i+1]) && body[i+1] != '>' && body[i+1] != '/' {
				i++
			}
			if i+1 < len(body) && (body[i+1] == '"' || body[i+1] == '\'') {
				k := bytes.IndexByte(body[i+2:], body[i+1])
				if k < 0 {
					return len(body)
				}
				i += 2 + k
			}
		}
	}
	return len(body)
}

// endTag returns the offset of the first end tag of that name at i or later, the
// length of the page where there is none.
func endTag(body []byte, i int, name string) int {
	for i < len(body) {
		k := bytes.Index(body[i:], []byte("</"))
		if k < 0 {
			break
		}
		i += k
		if isTag(body[i+2:], name) {
			return i
		}
		i += 2
	}
	return len(body)
}

// afterTag returns the offset of the end tag that belongs to the start tag at i.
func afterTag(body []byte, i int, name string) int {
	return endTag(body, tagEnd(body, i), name)
}

// after returns the offset behind the next s.
func after(body []byte, i int, s string) int {
	k := bytes.Index(body[i:], []byte(s))
	if k < 0 {
		return len(body)
	}
	return i + k + len(s)
}

// Read gives the page with marks instead of the texts.
func (r *rawTexts) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if len(r.pending) > 0 {
			c := copy(p[n:], r.pending)
			r.pending = r.pending[c:]
			n += c
			continue
		}
		end := len(r.body)
		if r.next < len(r.texts) {
			end = r.texts[r.next].from
		}
		if r.at < end {
			c := copy(p[n:], r.body[r.at:end])
			r.at += c
			n += c
			continue
		}
		if r.next == len(r.texts) {
			if n == 0 {
				return 0, io.EOF
			}
			break
		}
		r.pending = strconv.AppendInt(append(r.mark[:0], rawMark), int64(r.next), 10)
		r.at = r.texts[r.next].to
		r.next++
	}
	return n, nil
}

// putBack puts the texts into the tree and reports whether each had its place.
func (r *rawTexts) putBack(doc *html.Node) bool {
	left := len(r.texts)
	for n := doc; n != nil; {
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Svg:
			if t := n.FirstChild; t != nil && t.Type == html.TextNode && t.Data != "" && t.Data[0] == rawMark {
				if !r.putBackInto(n, t) {
					return false
				}
				if left--; left == 0 {
					return true
				}
			}
		}
		switch {
		case n.FirstChild != nil:
			n = n.FirstChild
		default:
			for n != nil && n.NextSibling == nil {
				n = n.Parent
			}
			if n != nil {
				n = n.NextSibling
			}
		}
	}
	return left == 0
}

// putBackInto puts the text that a mark stands for into the mark's node, and
// reports whether it belongs there.
func (r *rawTexts) putBackInto(n, mark *html.Node) bool {
	i, err := strconv.Atoi(mark.Data[1:])
	if err != nil || i >= len(r.texts) || r.texts[i].to == 0 || mark.NextSibling != nil {
		return false
	}
	t := &r.texts[i]
	if t.drawing != (n.DataAtom == atom.Svg) || t.drawing != (n.Namespace == "svg") {
		return false
	}
	if t.drawing {
		n.RemoveChild(mark)
	} else {
		mark.Data = rawString(r.body[t.from:t.to])
	}
	t.to = 0
	return true
}

// rawString is the text as the parser hands it on: with line feeds only. It is
// not copied where it need not be: the scripts of a page are as long as all its
// text, few are looked into, and the tree does not outlive the page. What an
// article keeps of one is copied where it is found.
func rawString(text []byte) string {
	if bytes.IndexByte(text, '\r') < 0 {
		return unsafe.String(unsafe.SliceData(text), len(text))
	}
	var s strings.Builder
	s.Grow(len(text))
	for {
		k := bytes.IndexByte(text, '\r')
		if k < 0 {
			s.Write(text)
			return s.String()
		}
		s.Write(text[:k])
		s.WriteByte('\n')
		text = text[k+1:]
		if len(text) > 0 && text[0] == '\n' {
			text = text[1:]
		}
	}
}
