package weburl

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/purell"
)

// purellFlags are the steps left to purell. Its safe set decodes %2F, so paths are
// handed to it already escaped (see assemble); trailing slashes stay as they are.
const purellFlags = purell.FlagLowercaseScheme | purell.FlagLowercaseHost |
	purell.FlagRemoveDefaultPort | purell.FlagRemoveEmptyPortSeparator | purell.FlagRemoveDotSegments

// Normalize returns the normal form of an absolute http or https address. It is
// idempotent: the normal form of a normal form is itself. The error is an [*Error]
// that wraps ErrScheme, ErrNotAbsolute, ErrHost, ErrPort or ErrTooLong.
func Normalize(raw string) (string, error) {
	s := clean(raw)
	if normal, ok := alreadyNormal(s); ok {
		return normal, nil
	}
	return normalize(s)
}

// normalize is the whole way for a cleaned text, without the short cut.
func normalize(s string) (string, error) {
	scheme, rest, err := splitScheme(s)
	if err != nil {
		return "", refuse(s, err)
	}
	rest, _, _ = strings.Cut(rest, "#")
	if len(rest) > MaxLength {
		return "", refuse(s, ErrTooLong)
	}
	hierarchy, query, _ := strings.Cut(rest, "?")
	hierarchy = strings.TrimLeft(strings.ReplaceAll(hierarchy, `\`, "/"), "/")
	authority, path, _ := strings.Cut(hierarchy, "/")
	host, err := normalHost(authority)
	if err != nil {
		return "", refuse(s, err)
	}
	normal := assemble(scheme, host, normalPath("/"+path), normalQuery(query))
	if len(normal) > MaxLength {
		return "", refuse(s, ErrTooLong)
	}
	return normal, nil
}

// assemble hands scheme, host and path to purell and adds the query. The path is
// already escaped, but purell takes a decoded one and escapes it: every "%" comes
// back as "%25", which is undone here, so that no escape of ours changes its meaning.
func assemble(scheme, host, path, query string) string {
	u := url.URL{Scheme: scheme, Host: host, Path: path}
	s := strings.ReplaceAll(purell.NormalizeURL(&u, purellFlags), "%25", "%")
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
	if s != "" && (s[0] <= ' ' || s[0] >= 0x7f || s[len(s)-1] <= ' ' || s[len(s)-1] >= 0x7f) {
		s = strings.TrimFunc(s, func(r rune) bool {
			return r <= ' ' || unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' || r == '\u200b'
		})
	}
	if strings.ContainsAny(s, "\t\r\n") {
		s = strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(s)
	}
	return s
}

// splitScheme cuts "http:" or "https:" off and gives the scheme in lower case.
func splitScheme(s string) (scheme, rest string, err error) {
	n := schemeLength(s)
	if n == 0 {
		return "", "", ErrNotAbsolute
	}
	switch {
	case strings.EqualFold(s[:n], "http"):
		return "http", s[n+1:], nil
	case strings.EqualFold(s[:n], "https"):
		return "https", s[n+1:], nil
	}
	return "", "", ErrScheme
}

// schemeLength is the length of the scheme before the first ":" (RFC 3986, section
// 3.1), 0 where there is none.
func schemeLength(s string) int {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			return i
		default:
			return 0
		}
	}
	return 0
}
