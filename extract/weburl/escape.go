package weburl

import "strings"

// byteSet is a set of bytes.
type byteSet [256]bool

// unreserved characters mean the same escaped and not (RFC 3986, section 2.3).
// legal ones stand unescaped in a path, legalInQuery ones in a query; square brackets,
// which the RFC forbids there, stand because browsers send them so. In a query browsers
// escape the apostrophe (URL standard, "special-query percent-encode set").
var (
	unreserved   = setOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
	legal        = setOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~" + "!$&'()*+,;=:@/[]")
	legalInQuery = setOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~" + "!$&()*+,;=:@/[]?")
)

func setOf(chars string) (set byteSet) {
	for i := 0; i < len(chars); i++ {
		set[chars[i]] = true
	}
	return set
}

// escaping writes s with normal escapes. A query may hold the "%uXXXX" of old script
// engines, which servers that ask for it understand.
func escaping(s string, query bool) string {
	const hex = "0123456789ABCDEF"
	stays := &legal
	if query {
		stays = &legalInQuery
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%':
			hi, lo := hexAt(s, i+1), hexAt(s, i+2)
			switch {
			case hi >= 0 && lo >= 0 && unreserved[byte(hi<<4|lo)]:
				b.WriteByte(byte(hi<<4 | lo))
				i += 2
			case hi >= 0 && lo >= 0:
				b.WriteByte('%')
				b.WriteByte(hex[hi])
				b.WriteByte(hex[lo])
				i += 2
			case query && unicodeEscape(s[i:]):
				b.WriteString(s[i : i+6])
				i += 5
			default:
				b.WriteString("%25")
			}
		case stays[c]:
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

// unicodeEscape reports whether s starts with "%uXXXX".
func unicodeEscape(s string) bool {
	if len(s) < 6 || s[1] != 'u' {
		return false
	}
	for i := 2; i < 6; i++ {
		if unhex(s[i]) < 0 {
			return false
		}
	}
	return true
}

func hexAt(s string, i int) int {
	if i >= len(s) {
		return -1
	}
	return unhex(s[i])
}

// unhex gives the value of a hexadecimal digit, -1 for other bytes.
func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
