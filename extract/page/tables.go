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

// DataTable returns the outermost table inside box main that holds
// the line and is made of data: two rows or more with two cells or more of
// short text, none of them holding another table. -1 where there is none.
func (p *Page) DataTable(l *Line, main int) int32 {
	found := int32(-1)
	for b := l.Box; b > int32(main) && b >= 0; b = p.Boxes[b].Parent {
		if p.Boxes[b].Tag == atom.Table && p.knownData(b) {
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
		switch x := &p.Boxes[b]; x.Tag {
		case atom.Table:
			return false
		case atom.Td, atom.Th:
			if mass, _ := p.MassOf(x.First, x.Last); mass > maxCellMass {
				return false
			}
		case atom.Tr:
			if p.cells(b) >= 2 {
				rows++
			}
		}
	}
	return rows >= minTableRows || rows > 0 && p.headed(table)
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
		if x := &p.Boxes[b]; (x.Tag == atom.Td || x.Tag == atom.Th) && x.First < x.Last {
			n++
		}
	}
	return n
}
