package declared

import (
	"html"
	"strings"

	"pressmark/extract/text"
)

// Bounds of a JSON-LD reading. Real pages keep far below; a page beyond them
// is read up to the bound.
const (
	maxLDBytes  = 1 << 20 // bytes of one script
	maxLDDepth  = 32
	maxLDNodes  = 20000
	maxLDString = 4096 // bytes of a string that is kept; longer ones are article bodies
)

// ldNode is a value of JSON-LD: a string (numbers too), an object, or a list.
type ldNode struct {
	str    string
	keys   []string // of an object; same length as items
	items  []ldNode // values of an object, members of a list
	object bool
}

// get returns the value of an object's key, of a list's first member that has it.
func (n *ldNode) get(key string) *ldNode {
	if n == nil {
		return nil
	}
	if !n.object {
		for i := range n.items {
			if v := n.items[i].get(key); v != nil {
				return v
			}
		}
		return nil
	}
	for i, k := range n.keys {
		if k == key {
			return &n.items[i]
		}
	}
	return nil
}

// text returns a value's string: its own, its @value or name, that of its first member.
func (n *ldNode) text() string {
	if n == nil {
		return ""
	}
	if n.str != "" {
		return n.str
	}
	if n.object {
		if s := n.get("@value"); s != nil && s.str != "" {
			return s.str
		}
		if s := n.get("name"); s != nil {
			return s.text()
		}
		return ""
	}
	for i := range n.items {
		if s := n.items[i].text(); s != "" {
			return s
		}
	}
	return ""
}

// list returns a list's members, or the value itself as a list of one.
func (n *ldNode) list() []ldNode {
	switch {
	case n == nil:
		return nil
	case n.object || n.str != "":
		return []ldNode{*n}
	}
	return n.items
}

// is reports whether an object's @type is, or ends with, one of the words.
func (n *ldNode) is(words ...string) bool {
	for _, t := range n.get("@type").list() {
		for _, w := range words {
			if strings.HasSuffix(t.str, w) {
				return true
			}
		}
	}
	return false
}

// ldKeys are the keys whose values are kept. What is under other keys is
// skipped without being built.
var ldKeys = map[string]bool{
	"@type": true, "@id": true, "@graph": true, "@value": true, "headline": true, "name": true, "alternativeHeadline": true,
	"datePublished": true, "dateModified": true, "dateCreated": true, "author": true, "creator": true, "publisher": true,
	"mainEntity": true, "mainEntityOfPage": true, "url": true, "familyName": true, "givenName": true, "sourceOrganization": true,
	"editor": true, "article": true, "datepublished": true, "datemodified": true, ldFree: true,
	"description": true, "articleSection": true, "keywords": true, "copyrightNotice": true, "license": true,
}

// ldFree is the only key whose value counts if it is false.
const ldFree = "isAccessibleForFree"

// ldReader reads JSON as pages write it: raw line feeds and unescaped quotes in
// strings, comments and CDATA around, missing and superfluous commas, several
// values after each other, an end that is missing.
type ldReader struct {
	s     string
	i     int
	nodes int
	word  string // the last value without quotes
}

// readLD reads all values of a script.
func readLD(s string) []ldNode {
	if len(s) > maxLDBytes {
		s = s[:maxLDBytes]
	}
	r := ldReader{s: s}
	var out []ldNode
	for len(out) < 64 {
		k := strings.IndexAny(r.s[r.i:], "{[")
		if k < 0 {
			break
		}
		r.i += k
		if strings.HasPrefix(r.s[r.i:], "[CDATA[") {
			r.i += len("[CDATA[")
			continue
		}
		start := r.i
		n, ok := r.value(0, true)
		if ok {
			out = append(out, n)
		}
		if r.i == start {
			r.i++
		}
	}
	return out
}

func (r *ldReader) space() {
	for r.i < len(r.s) {
		switch c := r.s[r.i]; {
		case c <= ' ':
			r.i++
		case c == '/' && strings.HasPrefix(r.s[r.i:], "/*"):
			end := strings.Index(r.s[r.i:], "*/")
			if end < 0 {
				r.i = len(r.s)
				return
			}
			r.i += end + 2
		case c == 0xC2 && strings.HasPrefix(r.s[r.i:], "\u00a0"):
			r.i += 2
		default:
			return
		}
	}
}

// value reads one value; keep is false where nobody wants it.
func (r *ldReader) value(depth int, keep bool) (ldNode, bool) {
	r.space()
	r.nodes++
	if r.i >= len(r.s) || depth > maxLDDepth || r.nodes > maxLDNodes {
		r.i = len(r.s)
		return ldNode{}, false
	}
	switch r.s[r.i] {
	case '{':
		return r.objectValue(depth, keep), true
	case '[':
		return r.listValue(depth, keep), true
	case '"':
		s := r.stringValue(keep)
		return ldNode{str: s}, true
	}
	start := r.i
	for r.i < len(r.s) && !strings.ContainsRune(",]}\n", rune(r.s[r.i])) {
		r.i++
	}
	word := strings.TrimSpace(r.s[start:r.i])
	r.word = word
	if word == "null" || word == "true" || word == "false" {
		word = ""
	}
	return ldNode{str: word}, word != ""
}

func (r *ldReader) objectValue(depth int, keep bool) ldNode {
	n := ldNode{object: true}
	r.i++
	for {
		r.space()
		if r.i >= len(r.s) {
			return n
		}
		switch r.s[r.i] {
		case '}':
			r.i++
			return n
		case '"':
		case ']': // the object's own end is missing
			return n
		default:
			r.i++ // a comma, or what should not be here
			continue
		}
		key := r.stringValue(true)
		r.space()
		if r.i >= len(r.s) || r.s[r.i] != ':' {
			continue
		}
		r.i++
		want := keep && ldKeys[key]
		v, ok := r.value(depth+1, want)
		if key == ldFree && !ok && r.word == "false" {
			v, ok = ldNode{str: r.word}, true
		}
		if ok && want {
			n.keys = append(n.keys, key)
			n.items = append(n.items, v)
		}
	}
}

func (r *ldReader) listValue(depth int, keep bool) ldNode {
	var n ldNode
	r.i++
	for {
		r.space()
		if r.i >= len(r.s) {
			return n
		}
		switch r.s[r.i] {
		case ']':
			r.i++
			return n
		case '}':
			return n
		case ',', ':':
			r.i++
			continue
		}
		before := r.i
		v, ok := r.value(depth+1, keep)
		if ok && keep {
			n.items = append(n.items, v)
		}
		if r.i == before {
			r.i++
		}
	}
}

// stringValue reads a string. A quote ends it only where JSON could go on
// after it, so that an unescaped quote inside a headline does no harm.
func (r *ldReader) stringValue(keep bool) string {
	raw, escaped, next, _ := text.LooseLiteral(r.s, r.i, r.closes)
	r.i = next
	return cleanLD(raw, !escaped, keep)
}

// closes reports whether JSON can continue at an offset after a quote.
func (r *ldReader) closes(next int) bool {
	for i := next; i < len(r.s); i++ {
		switch c := r.s[i]; {
		case c <= ' ':
		case c == ',', c == '}', c == ']', c == ':':
			return true
		case c == '"': // a missing comma, where a line feed stands between
			return strings.IndexByte(r.s[next:i], '\n') >= 0
		default:
			return false
		}
	}
	return true
}

// cleanLD makes a string's text: escapes and HTML entities resolved, white space collapsed.
func cleanLD(raw string, plain, keep bool) string {
	if !keep || len(raw) > maxLDString {
		return ""
	}
	if !plain {
		raw = text.Unescape(raw, ' ')
	}
	if strings.IndexByte(raw, '&') >= 0 {
		raw = html.UnescapeString(raw)
		if strings.Contains(raw, "&#") || strings.Contains(raw, "&amp;") || strings.Contains(raw, "&quot;") {
			raw = html.UnescapeString(raw) // escaped twice
		}
	}
	return text.Squeeze(raw)
}
