package memory

import (
	"slices"

	"pressmark/extract/page"
)

// FNV-1a, 64 bits (draft-eastlake-fnv): the same on every machine, unlike maphash.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

func hashText(s string) uint64 {
	h := uint64(fnvOffset)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// Mark is a line's fingerprint: its text with digits folded, so that counters
// and dates do not tell one page's block from another's.
func Mark(l *page.Line) uint64 {
	h := uint64(fnvOffset)
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
		h = (h ^ uint64(c)) * fnvPrime
	}
	return h
}

// Markable reports whether a line says enough to be told from others by its mark.
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
