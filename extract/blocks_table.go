package extract

import (
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
)

// table makes the block of a data table. A caption element is a paragraph
// before it, as a reader sees it.
func (c *composer) table(table int32) []article.Block {
	var out []article.Block
	block := article.Block{Type: article.Table}
	for b := table + 1; b < c.p.boxes[table].next; b++ {
		switch x := &c.p.boxes[b]; x.tag {
		case atom.Caption:
			if text := c.cellText(x); text != "" {
				out = append(out, article.Block{Type: article.Paragraph, Text: text})
			}
		case atom.Tr:
			if row := c.row(b); len(row) > 0 {
				block.Rows = append(block.Rows, row)
			}
		}
	}
	return append(out, block)
}

func (c *composer) row(row int32) []string {
	var cells []string
	for b := row + 1; b < c.p.boxes[row].next; b++ {
		if x := &c.p.boxes[b]; x.tag == atom.Td || x.tag == atom.Th {
			cells = append(cells, c.cellText(x))
		}
	}
	return cells
}

// cellText is the visible text of a box on one line.
func (c *composer) cellText(x *box) string {
	var parts []string
	for i := x.first; i < x.last; i++ {
		if l := &c.p.lines[i]; !l.hidden && l.role != roleChrome && l.role != roleCaption {
			parts = append(parts, l.text)
		}
	}
	return strings.Join(parts, " ")
}
