package memory

import (
	"slices"

	"pressmark/extract/page"
	"pressmark/extract/text"
)

// Mark is the fingerprint of a line: a hash of its text with digits folded, so that a
// block with a counter or a date has the same mark on all pages.
func Mark(l *page.Line) uint64 {
	h := text.NewHash
	digit := false
	for i := 0; i < len(l.Text()); i++ {
		c := l.Text()[i]
		if c >= '0' && c <= '9' {
			if digit {
				continue
			}
			digit, c = true, '0'
		} else {
			digit = false
		}
		h = h.Byte(c)
	}
	return uint64(h)
}

// Markable reports whether a line is long enough for its mark to identify it.
func Markable(l *page.Line) bool { return l.Mass >= 12 && !l.Hidden() }

// Marks returns the fingerprints of the page's lines, each once.
func Marks(p *page.Page) []uint64 {
	list := make([]uint64, 0, len(p.Lines))
	for i := range p.Lines {
		if Markable(&p.Lines[i]) {
			list = append(list, Mark(&p.Lines[i]))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
