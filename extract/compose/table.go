package compose

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/page"
)

// Bounds of what cells may span (HTML standard, 4.9.11: colspan at most 1000).
const (
	maxSpan    = 1000
	maxColumns = 1000
)

// grid is a table with its spans filled: a cell that spans rows or columns is repeated.
type grid struct {
	rows    [][]string
	below   []spanned // by column: the cell that reaches down into the next rows
	headers int       // first rows that hold header cells alone
	body    bool      // a row with data was seen
	marks   []article.Mark
	chars   int // code points of the rows so far, as plain text has them
}

// spanned is a cell that reaches into further rows.
type spanned struct {
	text string
	rows int
}

// table makes the block of a data table.
func (c *composer) table(table int32) article.Block {
	block := article.Block{Type: article.Table}
	g := &grid{}
	for b := table + 1; b < c.p.Boxes[table].Next; b++ {
		switch {
		case c.p.Boxes[b].Tag == atom.Caption:
			block.Caption = c.cellText(&c.p.Boxes[b])
		case c.p.IsRow(b):
			c.row(g, b)
		}
	}
	if block.Caption == "" {
		block.Caption = c.figcaption(table)
	}
	block.Rows, block.HeaderRows, block.Marks = g.rows, g.headers, sortMarks(g.marks)
	return block
}

// figcaption returns the caption of the figure around a table.
func (c *composer) figcaption(table int32) string {
	fig := c.p.Ancestor(table, func(x *page.Box) bool { return x.Tag == atom.Figure })
	if fig <= int32(c.text.Main) {
		return ""
	}
	for b := fig + 1; b < c.p.Boxes[fig].Next; b++ {
		if x := &c.p.Boxes[b]; x.Tag == atom.Figcaption {
			return c.visibleText(x)
		}
	}
	return ""
}

// row adds a row of the table.
func (c *composer) row(g *grid, row int32) {
	var cells []string
	header, seen := true, false
	at := g.chars
	if len(g.rows) > 0 {
		at++ // the line feed between rows
	}
	start := at
	put := func(cell string) {
		if len(cells) > 0 {
			at++ // the tab between cells
		}
		cells = append(cells, cell)
		at += utf8.RuneCountInString(cell)
	}
	fromAbove := func() {
		for len(cells) < len(g.below) && g.below[len(cells)].rows > 0 {
			g.below[len(cells)].rows--
			put(g.below[len(cells)].text)
		}
	}
	for b := row + 1; b < c.p.Boxes[row].Next; b++ {
		x := &c.p.Boxes[b]
		if !c.p.IsCell(b) {
			continue
		}
		fromAbove()
		seen, header = true, header && c.p.IsHeaderCell(b)
		cell := c.cellText(x)
		down := span(x, "rowspan")
		for range span(x, "colspan") {
			if len(cells) >= maxColumns {
				break
			}
			if len(cells) > 0 {
				g.marks = append(g.marks, c.cellMarks(x, at+1)...)
			} else {
				g.marks = append(g.marks, c.cellMarks(x, at)...)
			}
			g.reach(len(cells), cell, down-1)
			put(cell)
		}
	}
	fromAbove()
	if !seen {
		return
	}
	g.chars = max(at, start)
	g.rows = append(g.rows, cells)
	header = header || c.p.Near(row, atom.Thead) > 0
	if g.body = g.body || !header; !g.body {
		g.headers++
	}
}

// reach notes that a cell in a column reaches down into further rows.
func (g *grid) reach(column int, text string, rows int) {
	for len(g.below) <= column {
		g.below = append(g.below, spanned{})
	}
	g.below[column] = spanned{text, rows}
}

// span reads how many rows or columns a cell spans.
func span(x *page.Box, name string) int {
	n, err := strconv.Atoi(strings.TrimSpace(page.Attr(x.Node, name)))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, maxSpan)
}

// cellLine reports whether a line of a cell is shown as its text.
func cellLine(l *page.Line) bool {
	return !l.Hidden() && l.Role() != page.RoleChrome && l.Role() != page.RoleCaption
}

// cellText is the visible text of a box on one line.
func (c *composer) cellText(x *page.Box) string {
	var parts []string
	for i := x.First; i < x.Last; i++ {
		if l := &c.p.Lines[i]; cellLine(l) {
			parts = append(parts, l.Text())
		}
	}
	return strings.Join(parts, " ")
}

// visibleText is cellText with what steps before took for a caption.
func (c *composer) visibleText(x *page.Box) string {
	var parts []string
	for i := x.First; i < x.Last; i++ {
		if l := &c.p.Lines[i]; !l.Hidden() {
			parts = append(parts, l.Text())
		}
	}
	return strings.Join(parts, " ")
}

// cellMarks returns the marks of cellText, moved on by at.
func (c *composer) cellMarks(x *page.Box, at int) []article.Mark {
	var out []article.Mark
	for i := x.First; i < x.Last; i++ {
		if l := &c.p.Lines[i]; cellLine(l) {
			out = append(out, c.marks(i, at)...)
			at += utf8.RuneCountInString(l.Text()) + 1
		}
	}
	return out
}
