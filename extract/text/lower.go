package text

import (
	"strings"
)

// Lower is a faster strings.ToLower, which looks up every non-ASCII character in
// Unicode's tables. Chinese and Japanese text without Latin capitals, the most frequent
// case, is returned after a look at its first bytes.
func Lower(s string) string {
	for i := 0; i < len(s); {
		if c := s[i]; c >= 'A' && c <= 'Z' {
			return strings.ToLower(s)
		} else if c < 0x80 {
			i++
			continue
		}
		size := caseless(s[i:])
		if size == 0 {
			return strings.ToLower(s)
		}
		i += size
	}
	return s
}

// ASCIICase returns s if lowering changes only ASCII letters, otherwise s in lower case.
// LowerASCII then does the rest.
func ASCIICase(s string) string {
	for i := 0; i < len(s); {
		if s[i] < 0x80 {
			i++
			continue
		}
		size := caseless(s[i:])
		if size == 0 {
			return strings.ToLower(s)
		}
		i += size
	}
	return s
}

// caseless returns the size in bytes of the character beyond ASCII that s begins
// with, if it is one of the frequent ones that no lowering changes, else 0.
func caseless(s string) int {
	if len(s) < 2 || s[1]&0xC0 != 0x80 {
		return 0
	}
	switch c := s[0]; {
	case c == 0xC2, c == 0xC3 && s[1] >= 0x9F: // U+0080 to U+00BF: signs; ß to ÿ
		return 2
	case len(s) < 3 || s[2]&0xC0 != 0x80:
		return 0
	case c == 0xE2 && s[1] <= 0x83: // U+2000 to U+20FF: quotes, dashes
		return 3
	case c >= 0xE3 && c <= 0xE9: // U+3000 to U+9FFF: kana and Han
		return 3
	}
	return 0
}

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
