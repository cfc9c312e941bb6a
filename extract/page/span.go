package page

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/text"
)

// startSpan opens the span of an inline element that says something of its text. It
// reports whether the element is shown.
func (w *walker) startSpan(n *html.Node) bool {
	if w.splitsNumbers(n) {
		w.space = ' '
	}
	wanted := n.DataAtom == atom.Cite || n.DataAtom == atom.Small
	if len(n.Attr) == 0 && !wanted {
		return true
	}
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "class":
			// "opens in a new window" and the like, in the middle of a sentence
			if name := w.names.of(n.Attr[i].Val); name&NameUnseen != 0 || name&nameTip != 0 && explains(n) {
				return false
			}
			wanted = true
		case "role":
			if n.Attr[i].Val == "tooltip" {
				return false
			}
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
		w.open = append(w.open, int32(len(p.Spans)))
		at := int32(len(w.buf))
		p.Spans = append(p.Spans, Span{Node: n, Line: int32(len(p.Lines)), Start: at, End: at})
	}
	// Kicker and headline in two spans, parted by a style sheet alone.
	if w.heading > 0 && w.space == 0 && n.PrevSibling != nil && n.PrevSibling.Type == html.ElementNode {
		w.space = ' '
	}
	return true
}

// splitsNumbers reports whether a number ends where this inline element begins
// with another one: year, day and hour in three spans that a style sheet alone
// parts. Single digits side by side are the wheels of a counter.
func (w *walker) splitsNumbers(n *html.Node) bool {
	prev, first := n.PrevSibling, n.FirstChild
	if w.space != 0 || prev == nil || prev.Type != html.ElementNode || first == nil || first.Type != html.TextNode {
		return false
	}
	k := len(w.buf)
	return k > 1 && twoDigits(w.buf[k-2:]) && len(first.Data) > 1 && twoDigits([]byte(first.Data[:2]))
}

// twoDigits reports whether s begins with two digits.
func twoDigits(s []byte) bool { return text.IsDigit(s[0]) && text.IsDigit(s[1]) }

// hide makes the text of an inline element a hidden line of its own.
func (w *walker) hide(n *html.Node) {
	if w.hiddenIn == nil {
		w.flush()
		w.hiddenIn = n
	}
}
