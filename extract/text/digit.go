package text

import "unicode"

// IsDigit reports whether c is one of 0 to 9.
func IsDigit(c byte) bool { return c >= '0' && c <= '9' }

// IsForeignDigit reports whether r is a decimal digit of another script than
// Latin: Arabic, Devanagari, Thai …, or a full-width one.
func IsForeignDigit(r rune) bool {
	switch {
	case r < 0x0660, r >= 0x1E00 && r < 0xA620: // Latin, Greek, Cyrillic, Hebrew; punctuation, kana, Han
		return false
	}
	return unicode.Is(unicode.Nd, r)
}

// IsLetter reports whether c is a letter of ASCII.
func IsLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
