package compose

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/page"
)

// preformatted returns the pre element around a line, inside the container, if its line
// breaks and spaces matter: program text, a poem. It returns -1 if there is none, or if
// the pre element holds prose: old sites put whole articles into one.
func (c *composer) preformatted(l *page.Line) int32 {
	if !l.Pre {
		return -1
	}
	pre := c.p.Ancestor(l.Box, func(b *page.Box) bool { return b.Tag == atom.Pre })
	if pre <= int32(c.text.Main) {
		return -1
	}
	x := &c.p.Boxes[pre]
	var mass, prose int32
	for i := x.First; i < x.Last; i++ {
		l := &c.p.Lines[i]
		mass += l.Mass
		if l.Mass >= longPreLine && l.Stops+l.Commas > 0 {
			prose += l.Mass
		}
	}
	if prose*2 > mass {
		return -1
	}
	return pre
}

// longPreLine is the mass from which a line of a pre element reads like a paragraph.
const longPreLine = 150

// preBlock makes the block of a pre element: its text as it stands, without the
// line feed that the first tag may be followed by.
func (c *composer) preBlock(pre int32) article.Block {
	var b strings.Builder
	for n := range c.p.Boxes[pre].Node.Descendants() {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.DataAtom == atom.Br:
			b.WriteByte('\n')
		}
	}
	x := &c.p.Boxes[pre]
	if int32(strings.Count(b.String(), "\n")) < x.Last-x.First-1 { // each line in a block of its own
		b.Reset()
		for i := x.First; i < x.Last; i++ {
			b.WriteString(c.p.Lines[i].Text() + "\n")
		}
	}
	return article.Block{Type: article.Preformatted, Text: strings.TrimRight(strings.Trim(strings.ReplaceAll(b.String(), "\u00a0", " "), "\n"), " \n\t")}
}
