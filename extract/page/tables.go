package page

import (
	"golang.org/x/net/html/atom"
)

// Bounds of a data table: old sites lay out whole pages, and pictures with
// their captions, in tables too.
const (
	maxCellMass  = 420 // about 140 Han characters or 420 letters: a longer cell holds prose
	minTableRows = 2
)

// DataTable returns the outermost table inside box main that contains the line and holds
// data: two or more rows with two or more cells of short text, none of which contains
// another table. It returns -1 if there is none.
func (p *Page) DataTable(l *Line, main int) int32 {
	found := int32(-1)
	for b := l.Box; b > int32(main) && b >= 0; b = p.Boxes[b].Parent {
		if p.IsTable(b) && p.knownData(b) {
			found = b
		}
	}
	return found
}

// knownData is isData, looked up once a table: a layout table is asked for by
// each of its lines.
func (p *Page) knownData(table int32) bool {
	data, known := p.tables[table]
	if !known {
		data = p.isData(table)
		if p.tables == nil {
			p.tables = map[int32]bool{}
		}
		p.tables[table] = data
	}
	return data
}

func (p *Page) isData(table int32) bool {
	rows := 0
	for b := table + 1; b < p.Boxes[table].Next; b++ {
		switch {
		case p.IsTable(b):
			return false
		case p.IsCell(b):
			if mass, _ := p.MassOf(p.Boxes[b].First, p.Boxes[b].Last); mass > maxCellMass {
				return false
			}
		case p.IsRow(b):
			if p.cells(b) >= 2 {
				rows++
			}
		}
	}
	return rows >= minTableRows || rows > 0 && p.headed(table)
}

// IsTable reports whether a box is a table by its tag or its role.
func (p *Page) IsTable(b int32) bool {
	x := &p.Boxes[b]
	return x.Tag == atom.Table || p.grids && isGrid(x.Node)
}

// IsRow reports whether a box is a row of a table by its tag or its role.
func (p *Page) IsRow(b int32) bool {
	x := &p.Boxes[b]
	return x.Tag == atom.Tr || p.grids && Attr(x.Node, "role") == "row"
}

// IsCell reports whether a box is a cell of a table by its tag or its role.
func (p *Page) IsCell(b int32) bool {
	x := &p.Boxes[b]
	return x.Tag == atom.Td || x.Tag == atom.Th || p.grids && isCell(x.Node) && Attr(x.Node, "role") != "row"
}

// IsHeaderCell reports whether a box is a header cell of a table by its tag or its role.
func (p *Page) IsHeaderCell(b int32) bool {
	x := &p.Boxes[b]
	if x.Tag == atom.Th || !p.grids {
		return x.Tag == atom.Th
	}
	role := Attr(x.Node, "role")
	return role == "columnheader" || role == "rowheader"
}

// headed reports whether the line before a box is a subhead: one row under it is data.
func (p *Page) headed(box int32) bool {
	first := p.Boxes[box].First
	return first > 0 && IsSubheadTag(p.Boxes[p.Lines[first-1].Box].Tag)
}

// cells counts the cells of a row that hold text.
func (p *Page) cells(row int32) int {
	n := 0
	for b := row + 1; b < p.Boxes[row].Next; b++ {
		if p.IsCell(b) && p.Boxes[b].First < p.Boxes[b].Last {
			n++
		}
	}
	return n
}
