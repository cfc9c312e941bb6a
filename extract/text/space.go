package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CutAt returns the largest offset up to n at which a rune of s begins. n must be less
// than len(s).
func CutAt(s string, n int) int {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

// Squeeze collapses white space and drops invisible characters.
func Squeeze(s string) string {
	clean := true
	space := true
	for i := 0; i < len(s) && clean; i++ {
		c := s[i]
		clean = c > ' ' && c < utf8.RuneSelf || c == ' ' && !space
		space = c == ' '
	}
	if clean && !space {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	pending := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			pending = b.Len() > 0
		case isInvisible(r):
		default:
			if pending {
				b.WriteByte(' ')
				pending = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isInvisible reports whether a rune shows nothing, or what only one font knows:
// controls, marks of direction and of places to break, and the private use area.
func isInvisible(r rune) bool {
	switch r {
	case utf8.RuneError, '\ufeff', '\u200b', '\u00ad', '\u200e', '\u200f':
		return true
	}
	return unicode.IsControl(r) || r >= 0xe000 && r < 0xf900
}
