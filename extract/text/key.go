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
		case r < rune(len(keyOfTwo)):
			if k := keyOfTwo[r]; k != 0 {
				b.WriteRune(k)
			}
		case r >= 0x4e00 && r <= 0x9fef: // Han characters, spared the tables of all scripts
			b.WriteRune(r)
		case r >= 0x3041 && r <= 0x3096, r >= 0x30a1 && r <= 0x30fa, r >= 0xac00 && r <= 0xd7a3: // kana and Hangul
			b.WriteRune(r)
		case r >= 0x2010 && r <= 0x2027, r >= 0x3000 && r <= 0x3004, r >= 0x3008 && r <= 0x3011, r >= 0xff01 && r <= 0xff0f: // marks
		case r >= 0xff10 && r <= 0xff5a:
			b.WriteRune(unicode.ToLower(r - 0xfee0))
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// keyOfTwo are the keys of the characters of one and two bytes, 0 for those without one.
var keyOfTwo = func() (keys [1 << 11]rune) {
	for i := range keys {
		if r := rune(i); unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			keys[i] = unicode.ToLower(r)
		}
	}
	return keys
}()
