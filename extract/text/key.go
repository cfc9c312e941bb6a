package text

import (
	"strings"
	"unicode"
)

// Key folds a text to its letters and digits, lower case, so that spacing,
// quotes and dashes do not matter in comparisons.
func Key(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteByte(byte(r))
		case r >= 'A' && r <= 'Z':
			b.WriteByte(byte(r) + 'a' - 'A')
		case r < 0x80:
		case r >= 0x4e00 && r <= 0x9fef: // Han characters, spared the tables of all scripts
			b.WriteRune(r)
		case r >= 0xff10 && r <= 0xff5a:
			b.WriteRune(unicode.ToLower(r - 0xfee0))
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
