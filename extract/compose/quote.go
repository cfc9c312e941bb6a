package compose

import (
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/page"
	"pressmark/extract/text"
)

// longSpeaker is the most characters of the line that says who spoke.
const longSpeaker = 140

// openQuote is the quotation that lines are added to.
type openQuote struct {
	box     int32  // its blockquote, 0 where none is open
	speaker string // who says it, as printed
	role    article.Role
}

// quote adds a line of a quotation. The speaker stands with its last block, apart
// from the line that names the speaker.
func (c *composer) quote(i int32) bool {
	l := &c.p.Lines[i]
	q := c.p.Ancestor(l.Box, func(b *page.Box) bool { return b.Tag == atom.Blockquote })
	if q <= int32(c.text.Main) {
		return false
	}
	if c.quoted.box != q {
		c.quoted = openQuote{box: q, speaker: c.speakerOf(q), role: c.quoteRole(q)}
	}
	block := article.Block{Type: article.Quote, Text: l.Text(), Marks: sortMarks(c.marks(i, 0)), Role: c.quoted.role}
	if s := c.quoted.speaker; s != "" && speaker(l.Text()) != s {
		if n := len(c.out.Blocks); n > 0 && c.out.Blocks[n-1].Type == article.Quote && c.out.Blocks[n-1].Speaker == s {
			c.out.Blocks[n-1].Speaker = ""
		}
		block.Speaker = s
	}
	c.out.Blocks = append(c.out.Blocks, block)
	return true
}

// speakerOf returns the source of a quotation: the text of a cite or footer in it, of the
// caption or the cite beside it, or of its last line after a dash.
func (c *composer) speakerOf(q int32) string {
	x := &c.p.Boxes[q]
	for _, around := range [...]int32{q, c.frameOf(q)} {
		if around < 0 {
			continue
		}
		y := &c.p.Boxes[around]
		for i := y.First; i < y.Last; i++ {
			l := &c.p.Lines[i]
			if !l.Hidden() && c.attribution(i, around) {
				return speaker(l.Text())
			}
		}
	}
	for i := x.Last - 1; i > x.First; i-- {
		l := &c.p.Lines[i]
		if l.Hidden() {
			continue
		}
		if dashed(l.Text()) && l.Chars <= longSpeaker {
			return speaker(l.Text())
		}
		break
	}
	return ""
}

// speaker is the text of an attribution without the dash before it.
func speaker(s string) string { return strings.TrimSpace(strings.TrimLeft(s, "—–―- ~")) }

// frameOf returns the box around a quotation that holds nothing else but who said
// it: a figure, an aside, a div of few lines; -1 where there is none.
func (c *composer) frameOf(q int32) int32 {
	up := c.p.Boxes[q].Parent
	if up <= int32(c.text.Main) {
		return -1
	}
	x, y := &c.p.Boxes[q], &c.p.Boxes[up]
	if (y.Last-y.First)-(x.Last-x.First) > 2 {
		return -1
	}
	return up
}

// attribution reports whether a line says who spoke: it stands in a footer, a
// caption or a cite, and is short.
func (c *composer) attribution(i, around int32) bool {
	l := &c.p.Lines[i]
	if l.Chars > longSpeaker {
		return false
	}
	for b := l.Box; b > around && b >= 0; b = c.p.Boxes[b].Parent {
		switch c.p.Boxes[b].Tag {
		case atom.Footer, atom.Figcaption, atom.Cite:
			return true
		}
		if names := page.Attr(c.p.Boxes[b].Node, "class"); names != "" && namesSpeaker(names) {
			return true
		}
	}
	from, to := l.Start, l.Start+int32(len(l.Text()))
	for k := c.spansFrom(from); k < len(c.p.Spans) && c.p.Spans[k].Start < to; k++ {
		s := &c.p.Spans[k]
		if s.Node.DataAtom == atom.Cite && !isTitle(s.Node) && s.End-s.Start > (to-from)*2/3 {
			return true
		}
	}
	return false
}

// namesSpeaker reports whether a class is that of who said a quotation.
func namesSpeaker(class string) bool {
	class = strings.ToLower(class)
	for _, word := range [...]string{"attribution", "quote-author", "quote__author", "quoteauthor", "quote-source", "quote__source", "quotesource",
		"speaker", "quote-cite", "quote__cite"} {
		if strings.Contains(class, word) {
			return true
		}
	}
	return false
}

// isTitle reports whether a cite is part of a sentence. It then names a work, not a
// speaker.
func isTitle(n *html.Node) bool {
	next := n.NextSibling
	return next != nil && next.Type == html.TextNode && strings.TrimSpace(next.Data) != ""
}

// dashed reports whether a line begins with the dash that stands before a speaker.
func dashed(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("—–―", r) && len(s) > size || strings.HasPrefix(s, "- ")
}

// quoteRole returns RolePullquote for a quotation that is set apart and repeats the text,
// or whose class names it a pull quote.
func (c *composer) quoteRole(q int32) article.Role {
	for b, up := q, 0; b > int32(c.text.Main) && up < 3; b, up = c.p.Boxes[b].Parent, up+1 {
		class := strings.ToLower(page.Attr(c.p.Boxes[b].Node, "class"))
		if strings.Contains(class, "pullquote") || strings.Contains(class, "pull-quote") || strings.Contains(class, "pull_quote") {
			return article.RolePullquote
		}
	}
	if c.repeated(q) {
		return article.RolePullquote
	}
	return ""
}

// repeated reports whether the text of a quotation stands in a paragraph of the body, too.
func (c *composer) repeated(q int32) bool {
	x := &c.p.Boxes[q]
	if x.Last-x.First > 3 || x.First >= x.Last {
		return false
	}
	said := text.Key(c.p.Lines[x.First].Text())
	if c.compared++; len(said) < 20 || c.compared > maxCompared {
		return false
	}
	if c.keys == nil {
		c.keys = make([]string, c.text.Last)
		for i := max(c.text.First, 0); i < c.text.Last; i++ {
			if l := &c.p.Lines[i]; l.Role() == page.RoleBody {
				c.keys[i] = text.Key(l.Text())
			}
		}
	}
	for i, k := range c.keys {
		if (int32(i) < x.First || int32(i) >= x.Last) && len(k) > len(said) && strings.Contains(k, said) {
			return true
		}
	}
	return false
}

// maxCompared is how many quotations are compared with the text.
const maxCompared = 50

// spansFrom returns the first span that begins at an offset or behind it.
func (c *composer) spansFrom(at int32) int {
	return sort.Search(len(c.p.Spans), func(i int) bool { return c.p.Spans[i].Start >= at })
}
