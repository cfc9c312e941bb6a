package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lower is a faster strings.ToLower, which looks up every non-ASCII character in
// Unicode's tables. Text in which there is nothing to lower is returned as it is.
func Lower(s string) string {
	for i := 0; i < len(s); {
		if c := s[i]; c >= 'A' && c <= 'Z' {
			return lowerFrom(s, i)
		} else if c < utf8.RuneSelf {
			i++
			continue
		}
		size := caseless(s[i:])
		if size == 0 {
			return lowerFrom(s, i)
		}
		i += size
	}
	return s
}

// ASCIICase returns s if lowering changes only ASCII letters, otherwise s in lower case.
// LowerASCII then does the rest.
func ASCIICase(s string) string {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		size := caseless(s[i:])
		if size == 0 {
			return lowerFrom(s, 0)
		}
		i += size
	}
	return s
}

// lowerFrom returns s in lower case; the bytes before an offset are in lower case already.
func lowerFrom(s string, from int) string {
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:from])
	for i := from; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			b.WriteByte(LowerASCII(c))
			i++
			continue
		}
		if size := caseless(s[i:]); size > 0 {
			b.WriteString(s[i : i+size])
			i += size
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if size == 2 {
			r = lowerOfTwo[r]
		} else {
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
		i += size
	}
	return b.String()
}

// lowerOfTwo are the lower cases of the characters of one and two bytes: those of all
// European alphabets, and of the Semitic ones, which have no cases.
var lowerOfTwo = func() (lower [1 << 11]rune) {
	for r := range lower {
		lower[r] = unicode.ToLower(rune(r))
	}
	return lower
}()

// caseless returns the size in bytes of the character beyond ASCII that s begins
// with, if it is one of the frequent ones that no lowering changes, else 0.
func caseless(s string) int {
	if len(s) < 2 || s[1]&0xC0 != 0x80 {
		return 0
	}
	c := s[0]
	switch {
	case c < 0xC2:
		return 0
	case c < 0xE0:
		if r := rune(c&0x1F)<<6 | rune(s[1]&0x3F); lowerOfTwo[r] == r {
			return 2
		}
		return 0
	case len(s) < 3 || s[2]&0xC0 != 0x80:
		return 0
	case c >= 0xE3 && c <= 0xE9: // U+3000 to U+9FFF: kana and Han
		return 3
	case c == 0xE2 && s[1] <= 0x83: // U+2000 to U+20FF: quotes, dashes
		return 3
	case c == 0xEF && s[1] >= 0xBC && !wideCapital(s): // U+FF00 to U+FFFF: the comma of Chinese
		return 3
	case c == 0xEA && s[1] >= 0xB0, c == 0xEB, c == 0xEC: // U+AC00 to U+CFFF: Hangul
		return 3
	case c == 0xE0 && s[1] >= 0xA0: // U+0800 to U+0FFF: the alphabets of India, Thai
		return 3
	}
	return 0
}

// wideCapital reports whether s, which begins with 0xEF, begins with a full-width capital
// letter: U+FF21 to U+FF3A.
func wideCapital(s string) bool { return s[1] == 0xBC && s[2] >= 0xA1 && s[2] <= 0xBA }

// LowerASCII returns A to Z as a to z and every other byte unchanged.
func LowerASCII(c byte) byte {
	if c-'A' < 26 {
		c += 'a' - 'A'
	}
	return c
}

// hasPrefixLower reports whether s begins with prefix, which is lower case, when its
// ASCII letters are lowered.
func hasPrefixLower(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := 0; i < len(prefix); i++ {
		if LowerASCII(s[i]) != prefix[i] {
			return false
		}
	}
	return true
}
