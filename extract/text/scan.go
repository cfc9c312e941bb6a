package text

import "strings"

// Scanner reads the tokens of JSON, or of JavaScript data, in order. It does not parse a
// grammar, because pages cut state out of scripts and put code around it.
type Scanner struct {
	S string
	// JSON has double quotes alone for quotes. Else single ones are quotes too, and one
	// whose line ends first is an apostrophe.
	JSON bool

	i        int
	lineFeed int // offset of the first line feed behind the last string, or of the end
}

// Token is a string, a bare word before a colon, or a bracket.
type Token struct {
	Kind    byte   // '"' for a string, 'w' for a word, else the bracket itself
	Raw     string // of a string: what stands between the quotes, escapes as they are
	Escaped bool   // Raw has escapes
	Key     bool   // a colon follows
}

// Value returns the text of a string or word; lineFeed as in Unescape.
func (t *Token) Value(lineFeed byte) string {
	if !t.Escaped {
		return t.Raw
	}
	return Unescape(t.Raw, lineFeed)
}

// Next returns the next token, false behind the last.
func (sc *Scanner) Next() (Token, bool) {
	word, end := -1, 0 // a bare word
	for ; sc.i < len(sc.S); sc.i++ {
		switch c := sc.S[sc.i]; {
		case isWordByte(c):
			if word < 0 || end < sc.i { // the first, or behind white space
				word = sc.i
			}
			end = sc.i + 1
			continue
		case c == '"', c == '\'' && !sc.JSON:
			if t, ok := sc.literal(); ok {
				return t, true
			}
			sc.i-- // the loop goes on behind
		case c == ':' && word >= 0:
			t := Token{Kind: 'w', Raw: sc.S[word:end], Key: true}
			sc.i++
			return t, true
		case c == '{', c == '[', c == '}', c == ']':
			sc.i++
			return Token{Kind: c}, true
		case c == ' ':
			continue
		}
		word = -1
	}
	return Token{}, false
}

// literal reads the string at the scanner's place, and goes behind it.
func (sc *Scanner) literal() (Token, bool) {
	raw, escaped, next, ok := Literal(sc.S[:sc.lineEnd()], sc.i)
	sc.i = next
	if !ok {
		return Token{}, false
	}
	return Token{Kind: '"', Raw: raw, Escaped: escaped, Key: colonFollows(sc.S, next)}, true
}

// lineEnd returns the offset at which a string that begins here must have ended. The line
// feed is looked for once a line: a packed script is one line of many strings.
func (sc *Scanner) lineEnd() int {
	if sc.JSON {
		return len(sc.S)
	}
	if sc.lineFeed <= sc.i {
		sc.lineFeed = len(sc.S)
		if feed := strings.IndexByte(sc.S[sc.i:], '\n'); feed >= 0 {
			sc.lineFeed = sc.i + feed
		}
	}
	return sc.lineFeed
}

// colonFollows reports whether a colon stands behind a few bytes of white space.
func colonFollows(s string, i int) bool {
	const most = 8
	return strings.HasPrefix(strings.TrimLeft(s[i:min(len(s), i+most)], " \t\r\n"), ":")
}

func isWordByte(c byte) bool { return IsLetter(c) || IsDigit(c) || c == '_' || c == '$' }
