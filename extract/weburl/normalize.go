package weburl

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/purell"
	whatwg "github.com/nlnwa/whatwg-url/url"
)

// purellFlags are the steps left to purell. Its safe set decodes %2F, which names
// another resource.
const purellFlags = purell.FlagLowercaseScheme | purell.FlagLowercaseHost |
	purell.FlagRemoveDefaultPort | purell.FlagRemoveEmptyPortSeparator

// Normalize returns the normal form of an absolute http or https address. It is
// idempotent: the normal form of a normal form is itself. The error is an [*Error]
// that wraps ErrScheme, ErrNotAbsolute, ErrHost, ErrPort or ErrTooLong.
func Normalize(raw string) (string, error) {
	s := clean(raw)
	if normal, ok := shortCut(s); ok {
		return normal, nil
	}
	return normalize(s)
}

// normalize is the whole way for a cleaned text, without the short cuts.
func normalize(s string) (string, error) {
	if schemeLength(s) == 0 {
		return "", refuse(s, ErrNotAbsolute)
	}
	u, err := read(nil, s)
	if err != nil {
		return "", err
	}
	return written(u, s)
}

// written spells an address that was read in normal form.
func written(u *whatwg.Url, raw string) (string, error) {
	host, err := normalHost(u.Hostname(), u.Port())
	if err != nil {
		return "", refuse(raw, err)
	}
	normal := assemble(u.Scheme(), host, normalPath(u.Pathname()), normalQuery(u.Query()))
	if len(normal) > MaxLength {
		return "", refuse(raw, ErrTooLong)
	}
	return normal, nil
}

// assemble hands scheme and host to purell and adds path and query, which purell would
// escape once more.
func assemble(scheme, host, path, query string) string {
	s := purell.NormalizeURL(&url.URL{Scheme: scheme, Host: host}, purellFlags) + path
	if query != "" {
		s += "?" + query
	}
	return s
}

// clean drops what browsers drop before they read an address: surrounding white
// space and controls, and tabs and line ends anywhere. Ideographic and zero-width
// spaces go from the ends too: editors of Chinese pages leave them there.
func clean(raw string) string {
	s := raw
	if s != "" && (!plainEnd(s[0]) || !plainEnd(s[len(s)-1])) {
		s = strings.TrimFunc(s, func(r rune) bool {
			return r <= ' ' || unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' || r == '\u200b'
		})
	}
	if holdsControl(s) {
		s = strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(s)
	}
	return s
}

// holdsControl reports whether s holds a tab or the end of a line, or another control.
func holdsControl(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' {
			return true
		}
	}
	return false
}

// plainEnd reports whether a byte is no part of white space.
func plainEnd(c byte) bool { return ' ' < c && c < 0x7f }

// schemeLength returns the length of the scheme before the first ":" (RFC 3986, section
// 3.1), 0 where there is none.
func schemeLength(s string) int {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case asciiLetter(c):
		case i > 0 && schemeByte(c):
		case i > 0 && c == ':':
			return i
		default:
			return 0
		}
	}
	return 0
}

func asciiLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// schemeByte reports whether c may stand in a scheme behind its first letter.
func schemeByte(c byte) bool { return isDigit(c) || c == '+' || c == '-' || c == '.' }
