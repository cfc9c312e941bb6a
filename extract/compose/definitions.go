package compose

import (
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/page"
)

// definitions makes the block of a dl: terms with their texts, or, in an
// interview, speakers with what they say. A term that several texts follow
// stands with the first.
func (c *composer) definitions(dl int32) article.Block {
	block := article.Block{Type: article.Definitions}
	chars := 0
	open := false // a term waits for its text
	for b := dl + 1; b < c.p.Boxes[dl].Next; b++ {
		x := &c.p.Boxes[b]
		if x.Tag != atom.Dt && x.Tag != atom.Dd || c.dlOf(b) != dl {
			continue
		}
		text := c.cellText(x)
		if text == "" {
			continue
		}
		n := len(block.Entries)
		switch {
		case x.Tag == atom.Dt:
			if n > 0 {
				chars++
			}
			block.Marks = append(block.Marks, c.cellMarks(x, chars)...)
			block.Entries = append(block.Entries, article.Definition{Term: text})
			chars += utf8.RuneCountInString(text)
			open = true
		case open:
			chars += len(": ")
			block.Marks = append(block.Marks, c.cellMarks(x, chars)...)
			block.Entries[n-1].Text = text
			chars += utf8.RuneCountInString(text)
			open = false
		default:
			if n > 0 {
				chars++
			}
			block.Marks = append(block.Marks, c.cellMarks(x, chars)...)
			block.Entries = append(block.Entries, article.Definition{Text: text})
			chars += utf8.RuneCountInString(text)
		}
	}
	block.Marks = sortMarks(block.Marks)
	return block
}

// dlOf returns the definition list that a term or text stands in.
func (c *composer) dlOf(b int32) int32 {
	return c.p.Ancestor(b, func(x *page.Box) bool { return x.Tag == atom.Dl })
}

// definitionList returns the dl around a line of the body, inside the container,
// that pairs terms with texts; -1 where there is none, or where it is the article:
// an interview, a glossary.
func (c *composer) definitionList(l *page.Line) int32 {
	dl := c.dlOf(l.Box)
	if dl <= int32(c.text.Main) {
		return -1
	}
	x := &c.p.Boxes[dl]
	mass, _ := c.p.MassOf(x.First, x.Last)
	all, _ := c.p.MassOf(int32(max(c.text.First, 0)), int32(c.text.Last))
	if mass*3 > all || !c.pairs(dl) {
		return -1
	}
	return dl
}

// pairs reports whether each term of a dl has one text, and no more than a
// paragraph of it.
func (c *composer) pairs(dl int32) bool {
	terms, texts := 0, 0
	for b := dl + 1; b < c.p.Boxes[dl].Next; b++ {
		switch x := &c.p.Boxes[b]; x.Tag {
		case atom.Dt:
			if terms++; x.Last == x.First {
				return false
			}
		case atom.Dd:
			if texts++; texts != terms || x.Last-x.First > 2 {
				return false
			}
		case atom.Table, atom.Dl, atom.Ul, atom.Ol, atom.H2, atom.H3, atom.Figure:
			return false // a layout
		}
	}
	return terms > 0 && terms == texts
}
