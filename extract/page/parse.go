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
// except after "<!--" and "<script" in a script, and such scripts are left where they are. A
// mark found in its element shows that the parser was reading raw text where the
// mark stands, so it would have read the text itself to the same end tag.
//
// Drawings (svg) that hold nothing but the elements of drawings go the same way,
// but are left empty in the tree: nobody reads their paths. Such elements keep the
// parser in foreign content (13.2.6.5) until the first </svg>, which closes them all.
//
// A third of a page's nodes is the white space by which its source is indented. What
// stands beside the tag of a block is never shown (CSS 2.2, 16.6.1), and is left out,
// where that does not change the rest of the tree: see gaps.go.

// rawMark begins a mark. A page that has this character itself is parsed whole.
const rawMark = '\x01'

// parseTree is html.Parse, faster; plain drawings come out empty, and white space
// between the tags of blocks is left out.
func parseTree(body []byte) (*html.Node, error) {
	if bytes.IndexByte(body, rawMark) >= 0 {
		return html.Parse(bytes.NewReader(body))
	}
	r := &asides{body: body, returns: bytes.IndexByte(body, '\r') >= 0, texts: make([]aside, 0, len(body)/200)}
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

// asides are the parts of a page that the parser does not see. As a reader it is the
// page with marks in their places; gaps leave none.
type asides struct {
	body    []byte
	returns bool // body holds carriage returns
	texts   []aside
	marks   int // how many of them leave a mark

	next    int    // the text before which Read stands
	at      int    // offset in body of what is read next
	pending []byte // rest of a mark
	mark    [12]byte
}

// aside is the place of one part in the page.
type aside struct {
	from, to int32
	kind     asideKind
}

type asideKind uint8

const (
	rawText asideKind = iota // the text of a script or style
	drawing                  // the content of an svg element
	gap                      // white space
)

// Read gives the page with marks instead of the texts.
func (r *asides) Read(p []byte) (int, error) {
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
			end = int(r.texts[r.next].from)
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
		if t := r.texts[r.next]; t.kind != gap {
			r.pending = strconv.AppendInt(append(r.mark[:0], rawMark), int64(r.next), 10)
		}
		r.at = int(r.texts[r.next].to)
		r.next++
	}
	return n, nil
}

// putBack puts the texts into the tree and reports whether each had its place.
func (r *asides) putBack(doc *html.Node) bool {
	left := r.marks
	for n := doc; n != nil && left > 0; {
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Svg:
			if t := n.FirstChild; t != nil && t.Type == html.TextNode && t.Data != "" && t.Data[0] == rawMark {
				if !r.putBackInto(n, t) {
					return false
				}
				left--
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
func (r *asides) putBackInto(n, mark *html.Node) bool {
	i, err := strconv.Atoi(mark.Data[1:])
	if err != nil || i >= len(r.texts) || r.texts[i].to == 0 || mark.NextSibling != nil {
		return false
	}
	t := &r.texts[i]
	if drawing := t.kind == drawing; drawing != (n.DataAtom == atom.Svg) || drawing != (n.Namespace == "svg") {
		return false
	}
	if t.kind == drawing {
		n.RemoveChild(mark)
	} else {
		mark.Data = r.rawString(r.body[t.from:t.to])
	}
	t.to = 0
	return true
}

// rawString is the text as the parser hands it on: with line feeds only. It is
// not copied where it need not be: the scripts of a page are as long as all its
// text, few are looked into, and the tree does not outlive the page. What an
// article keeps of one is copied where it is found.
func (r *asides) rawString(text []byte) string {
	if !r.returns || bytes.IndexByte(text, '\r') < 0 {
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
