package compose

import (
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/page"
)

// table makes the block of a data table. A caption element is a paragraph
// before it, as a reader sees it.
func (c *composer) table(table int32) []article.Block {
	var out []article.Block
	block := article.Block{Type: article.Table}
	for b := table + 1; b < c.p.Boxes[table].Next; b++ {
		switch x := &c.p.Boxes[b]; x.Tag {
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
	for b := row + 1; b < c.p.Boxes[row].Next; b++ {
		if x := &c.p.Boxes[b]; x.Tag == atom.Td || x.Tag == atom.Th {
			cells = append(cells, c.cellText(x))
		}
	}
	return cells
}

// cellText is the visible text of a box on one line.
func (c *composer) cellText(x *page.Box) string {
	var parts []string
	for i := x.First; i < x.Last; i++ {
		if l := &c.p.Lines[i]; !l.Hidden() && l.Role() != page.RoleChrome && l.Role() != page.RoleCaption {
			parts = append(parts, l.Text())
		}
	}
	return strings.Join(parts, " ")
}
