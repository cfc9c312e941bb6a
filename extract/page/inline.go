package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Range is an inline element that gives its text a meaning: strong, em, q, sup,
// sub, code, del, ins and the like.
type Range struct {
	Tag        atom.Atom
	Start, End int32 // Page.Text[Start:End] is its text (may cross lines)
}

// givesMeaning reports whether an inline element's text has a meaning of its own.
func givesMeaning(a atom.Atom) bool {
	switch a {
	case atom.B, atom.Strong, atom.Em, atom.I, atom.Q, atom.Sup, atom.Sub, atom.Code, atom.Kbd, atom.Samp, atom.Tt,
		atom.Del, atom.S, atom.Strike, atom.Ins:
		return true
	}
	return false
}

// startRange opens the range of an inline element; leave closes it.
func (w *walker) startRange(n *html.Node) {
	if w.box < 0 || len(w.ranges) > maxOpenRanges {
		return
	}
	at := int32(len(w.buf))
	w.ranges = append(w.ranges, openRange{n, int32(len(w.p.Ranges))})
	w.p.Ranges = append(w.p.Ranges, Range{Tag: n.DataAtom, Start: at, End: at})
}

// maxOpenRanges bounds the inline elements that are open at a time.
const maxOpenRanges = 64

// openRange is a range whose element is not closed yet.
type openRange struct {
	node  *html.Node
	index int32
}

// endRange closes the range of an element.
func (w *walker) endRange(n *html.Node) {
	if k := len(w.ranges); k > 0 && w.ranges[k-1].node == n {
		w.p.Ranges[w.ranges[k-1].index].End = int32(len(w.buf))
		w.ranges = w.ranges[:k-1]
		if n.DataAtom == atom.Q {
			w.quote(n, false)
		}
	}
}

// quote writes the quotation mark that browsers put before or behind a q element,
// unless its text has its own.
func (w *walker) quote(n *html.Node, open bool) {
	if first := strings.TrimSpace(firstText(n)); first == "" || strings.ContainsRune("\"“„«‘'「『‹»", firstRune(first)) {
		return
	}
	if open {
		w.rune('“')
		return
	}
	w.space = 0
	w.rune('”')
}

// firstText returns the first text in an element that is not white space.
func firstText(n *html.Node) string {
	for c := range n.Descendants() {
		if c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			return c.Data
		}
	}
	return ""
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// explains reports whether an inline element stands inside the inline element of the
// word that it explains: the outer one of two that are called tooltips is the word.
func explains(n *html.Node) bool {
	up := n.Parent
	return up != nil && !isBlock(up) && (n.PrevSibling != nil || n.NextSibling != nil)
}

// raised and lowered are the characters of short superscripts and subscripts:
// plain text would run 10 and 6 into 106.
var (
	raised = map[rune]rune{'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '+': '⁺', '-': '⁻',
		'−': '⁻', '–': '⁻', '=': '⁼', '(': '⁽', ')': '⁾', 'n': 'ⁿ', 'i': 'ⁱ'}
	lowered = map[rune]rune{'0': '₀', '1': '₁', '2': '₂', '3': '₃', '4': '₄', '5': '₅', '6': '₆', '7': '₇', '8': '₈', '9': '₉', '+': '₊', '-': '₋',
		'−': '₋', '=': '₌', '(': '₍', ')': '₎'}
)

// maxScript is the most characters of a superscript that is written in characters of its own.
const maxScript = 8

// script writes a superscript or subscript in characters of its own, and reports
// whether that could be done.
func (w *walker) script(n *html.Node) bool {
	text := strings.TrimSpace(elementText(n, maxScript*4))
	table := raised
	if n.DataAtom == atom.Sub {
		table = lowered
	}
	if text == "" || utf8.RuneCountInString(text) > maxScript || w.box < 0 {
		return false
	}
	if text == "o" && n.DataAtom == atom.Sup && w.afterDigit() {
		w.rune('°')
		return true
	}
	for _, r := range text {
		if table[r] == 0 {
			return false
		}
	}
	if text == "n" || text == "i" {
		if len(w.buf) == w.lineStart || w.space != 0 {
			return false
		}
	}
	w.startRange(n)
	link := linkIn(n)
	if link != nil {
		w.startLink(link)
	}
	for _, r := range text {
		w.rune(table[r])
	}
	if link != nil {
		w.endLink(link)
	}
	w.endRange(n)
	return true
}

// linkIn returns the link inside an element, nil where there is none: the number of a
// footnote leads to it.
func linkIn(n *html.Node) *html.Node {
	for c := range n.Descendants() {
		if c.DataAtom == atom.A {
			return c
		}
	}
	return nil
}

func (w *walker) afterDigit() bool {
	k := len(w.buf)
	return k > w.lineStart && w.space == 0 && w.buf[k-1] >= '0' && w.buf[k-1] <= '9'
}

// elementText returns the text of an element, as far as it is at most so long.
func elementText(n *html.Node, limit int) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			if b.WriteString(c.Data); b.Len() > limit {
				return ""
			}
		}
	}
	return b.String()
}

// correctedAway reports whether deleted text is beside other text of its paragraph, which
// then has the corrected version.
func correctedAway(n *html.Node) bool {
	for up := n; up.Parent != nil && !isBlock(up); up = up.Parent {
		for c := up.Parent.FirstChild; c != nil; c = c.NextSibling {
			if c != up && (c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" || c.Type == html.ElementNode && firstText(c) != "") {
				return true
			}
		}
	}
	return false
}

// pictureText returns the text that a picture in a line stands for: an emoji, a
// formula, the first letter of a paragraph; "" for others.
func pictureText(n *html.Node) string {
	alt := strings.TrimSpace(Attr(n, "alt"))
	if alt == "" || len(alt) > 400 {
		return ""
	}
	class := strings.ToLower(Attr(n, "class"))
	switch {
	case strings.Contains(class, "emoji"), strings.Contains(class, "smiley"), strings.Contains(class, "emoticon"):
		if firstRune(alt) >= 0x2000 || strings.HasPrefix(alt, ":") {
			return alt
		}
	case strings.Contains(class, "latex"), strings.Contains(class, "mwe-math"), strings.Contains(class, "math-inline"), class == "tex", class == "math":
		return alt
	case utf8.RuneCountInString(alt) == 1 && opensWord(n):
		return alt
	}
	return ""
}

// opensWord reports whether the text behind a picture goes on in the middle of a word.
func opensWord(n *html.Node) bool {
	next := n.NextSibling
	if next == nil || next.Type != html.TextNode || next.Data == "" {
		return false
	}
	return unicode.IsLower(firstRune(next.Data))
}
