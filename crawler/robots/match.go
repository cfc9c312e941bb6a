package robots

import (
	"slices"
	"strings"
)

// pattern is the path of a rule, ready to be matched (RFC 9309, 2.2.2 and 2.2.3).
type pattern struct {
	parts  []string // normalized text between the "*"
	end    bool     // "$": matches to the end only
	query  bool     // aims at a query
	length int      // octets, which decide between rules
}

func newPattern(path string) pattern {
	p := pattern{}
	if strings.HasSuffix(path, "$") {
		p.end = true
		path = path[:len(path)-1]
	}
	path = normalize(path, true)
	p.query = strings.ContainsAny(path, "?=&")
	p.length = len(path)
	if p.end {
		p.length++
	}
	p.parts = strings.Split(path, "*")
	return p
}

// match takes each part at its first place after the one before, which finds a
// match if there is one, in time linear in the length of target and pattern:
// rules are foreign input, and must not be able to make us backtrack.
func (p pattern) match(target string) bool {
	rest, ok := strings.CutPrefix(target, p.parts[0])
	if !ok {
		return false
	}
	if len(p.parts) == 1 {
		return !p.end || rest == ""
	}
	last := len(p.parts) - 1
	for _, part := range p.parts[1:last] {
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest = rest[i+len(part):]
	}
	if p.end {
		return strings.HasSuffix(rest, p.parts[last])
	}
	return strings.Contains(rest, p.parts[last])
}

// matchAny matches the spellings of a target: the first of them, as it is, and
// the others where the pattern aims at a query.
func (p pattern) matchAny(spellings []string) bool {
	if !p.query {
		spellings = spellings[:1]
	}
	return slices.ContainsFunc(spellings, p.match)
}

// What is reserved in a URL but is plain text in a query, so that some encode it
// there and some do not (the table of RFC 9309, 2.2.2, has "?baz=https://foo.bar").
var (
	rawInQuery     = strings.NewReplacer("%3A", ":", "%2F", "/", "%3F", "?", "%40", "@")
	encodedInQuery = strings.NewReplacer(":", "%3A", "/", "%2F", "?", "%3F", "@", "%40")
)

// spellings are the ways to write a normalized target: as it is, and with the
// reserved characters of its query raw and encoded.
func spellings(target string) []string {
	path, query, _ := strings.Cut(target, "?")
	raw := rawInQuery.Replace(query)
	encoded := encodedInQuery.Replace(raw)
	if raw == encoded {
		return []string{target}
	}
	return []string{target, path + "?" + raw, path + "?" + encoded}
}

const upperHex = "0123456789ABCDEF"

// normalize converts paths and patterns to one form that can be compared byte by
// byte. Unreserved characters (RFC 3986, 2.3) are never percent-encoded. Bytes
// outside of ASCII and those that no URL may hold always are. Hex digits are upper
// case. In a pattern, "*" is a wildcard and "%2A" the character; a path has no
// wildcards, so its "*" becomes "%2A". The same holds for "$", which is special only
// at the end of a pattern.
func normalize(s string, isPattern bool) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if isEscape(s[i:]) {
			c = unhex(s[i+1])<<4 | unhex(s[i+2])
			i += 2
			if isUnreserved(c) {
				b.WriteByte(c)
			} else {
				writeEscaped(&b, c)
			}
			continue
		}
		switch {
		case c == '*' && isPattern:
			b.WriteByte(c)
		case c == '*', c == '$', c == '%', neverRaw(c):
			writeEscaped(&b, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// plain reports whether normalize would change nothing.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%', c == '*', c == '$', neverRaw(c):
			return false
		}
	}
	return true
}

// neverRaw reports whether an octet is neither reserved nor unreserved (RFC 3986, 2):
// clients percent-encode it in the URLs that they request, or should.
func neverRaw(c byte) bool {
	switch c {
	case '"', '<', '>', '\\', '^', '`', '{', '|', '}':
		return true
	}
	return c <= ' ' || c >= 0x7f
}

func writeEscaped(b *strings.Builder, c byte) {
	b.WriteByte('%')
	b.WriteByte(upperHex[c>>4])
	b.WriteByte(upperHex[c&15])
}

func isEscape(s string) bool {
	return len(s) > 2 && s[0] == '%' && isHex(s[1]) && isHex(s[2])
}

func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	default:
		return c - 'A' + 10
	}
}
