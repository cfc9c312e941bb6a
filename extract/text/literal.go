package text

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Literal reads the string literal of JSON or JavaScript that begins with the quote
// s[i]. It returns what stands between the quotes, whether that has escapes (see
// Unescape), and the offset behind it; ok is false if the literal does not end.
func Literal(s string, i int) (raw string, escaped bool, next int, ok bool) {
	return LooseLiteral(s, i, func(int) bool { return true })
}

// LooseLiteral is Literal for texts in which quotes may stand unescaped: a quote ends
// the literal only if ends says so of the offset behind it. If none does, raw is the rest.
func LooseLiteral(s string, i int, ends func(next int) bool) (raw string, escaped bool, next int, ok bool) {
	quote, start := s[i], i+1
	for i = start; i < len(s); i++ {
		switch s[i] {
		case '\\':
			escaped = true
			i++
		case quote:
			if ends(i + 1) {
				return s[start:i], escaped, i + 1, true
			}
		}
	}
	return s[start:], escaped, len(s), false
}

// Unescape resolves the escapes of a string literal of JSON or JavaScript. Those of
// white space give lineFeed for a line feed and spaces else; what is no escape is
// taken as it stands.
func Unescape(s string, lineFeed byte) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 >= len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'n':
			b.WriteByte(lineFeed)
		case 'r', 't', 'b', 'f':
			b.WriteByte(' ')
		case 'u':
			r, n := unicodeEscape(s[i+1:])
			b.WriteRune(r)
			i += n
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// unicodeEscape reads the digits of \uXXXX, a surrogate pair as one rune.
func unicodeEscape(s string) (r rune, size int) {
	hi, ok := hex4(s)
	if !ok {
		return utf8.RuneError, 0
	}
	if hi >= 0xD800 && hi < 0xDC00 && strings.HasPrefix(s[4:], `\u`) {
		if lo, ok := hex4(s[6:]); ok && lo >= 0xDC00 && lo < 0xE000 {
			return (hi-0xD800)<<10 + (lo - 0xDC00) + 0x10000, 10
		}
	}
	return hi, 4
}

func hex4(s string) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	v, err := strconv.ParseUint(s[:4], 16, 32)
	return rune(v), err == nil
}
