package page

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"pressmark/extract/text"
)

// nameCache keeps the flags of attribute values and of single classes: a page repeats the
// same few hundreds of times, and so do the other pages of its site. Each text has one
// place in a table, by its length and some of its letters, where the next text of that
// place follows it: that costs no hash of the text, and nothing has to be cleared.
type nameCache struct {
	values  [1 << 11]knownName
	classes [1 << 11]knownName
}

// knownName is a text with its flags.
type knownName struct {
	text  string
	flags NameFlags
}

func newNameCache() *nameCache { return new(nameCache) }

// maxName is the length in bytes of the longest attribute value that is looked at.
const maxName = 400

// of returns the flags of an attribute value.
func (c *nameCache) of(value string) NameFlags {
	if len(value) == 0 || len(value) > maxName {
		return 0
	}
	k := &c.values[placeIn(value, len(c.values))]
	if k.text != value {
		k.text, k.flags = value, c.classify(value)
	}
	return k.flags
}

// placeIn returns the place of a text in a table of so many.
func placeIn(s string, places int) int {
	n := len(s)
	return (n*31 + int(s[0])*7 + int(s[n/4])*37 + int(s[n/2])*523 + int(s[n*3/4])*101 + int(s[n-1])*257) % places
}

// classify ors the flags of the words (classes) of an attribute value.
func (c *nameCache) classify(value string) NameFlags {
	var flags NameFlags
	for token := range strings.FieldsSeq(value) {
		k := &c.classes[placeIn(token, len(c.classes))]
		if k.text != token {
			k.text, k.flags = token, classFlags(token)
		}
		flags |= k.flags
	}
	return flags
}

// classFlags returns the flags of one class.
func classFlags(token string) NameFlags {
	f := tokenFlags(token)
	if isState(token) {
		f &^= NameChrome
	}
	if isSocialClass(token) {
		f |= nameEmbed
	}
	return f
}

// isState reports whether a class says how a box looks or what it may hold
// (has-medium-font-size, no-sidebar), or names a topic of a post (tag-search).
func isState(token string) bool {
	if strings.IndexByte(token, '-') < 0 {
		return false
	}
	for _, prefix := range [...]string{"has-", "is-", "no-", "with-", "without-", "tag-", "category-"} {
		if len(token) > len(prefix) && strings.EqualFold(token[:len(prefix)], prefix) {
			return true
		}
	}
	return strings.HasSuffix(token, "--false")
}

// isSlug reports whether an id is the anchor of a heading, made of its words.
func isSlug(id string) bool {
	return strings.Count(id, "-")+strings.Count(id, "_") >= 4
}

// tokenFlags returns what one class or id says, as a whole or by its words.
func tokenFlags(token string) NameFlags {
	if mayBeToken(token) {
		if f, ok := nameTokens[text.Lower(token)]; ok {
			return f
		}
	}
	return wordsFlags(token)
}

// wordsFlags splits a class or an id into words (at other characters than
// letters, at a change from lower to upper case) and looks them up, each alone
// and with the one before it.
func wordsFlags(token string) NameFlags {
	var flags NameFlags
	mayHash := strings.ContainsFunc(token, isDigitRune) // most classes have no digit
	var buf [96]byte                                    // two words and a space; longer words are nobody's
	pair, word := buf[:0], 0
	end := func(hash bool) {
		if len(pair) > word {
			if !hash || len(pair)-word > 4 {
				flags |= wordFlags(pair[word:])
				if word > 0 && mayBePair(pair[0], pair[word]) {
					flags |= namePairs[string(pair)]
				}
			}
			n := copy(pair, pair[word:])
			pair = append(pair[:n], ' ')
			word = n + 1
		}
	}
	for i := 0; i < len(token); i++ {
		c := token[i]
		switch {
		case c >= 'A' && c <= 'Z':
			if i > 0 && token[i-1] >= 'a' && token[i-1] <= 'z' {
				end(false)
			}
			c += 'a' - 'A'
		case c >= 'a' && c <= 'z' || c >= utf8.RuneSelf:
		default:
			end(mayHash && inHash(token, i))
			continue
		}
		if len(pair)-word < 40 {
			pair = append(pair, c)
		}
	}
	end(mayHash && inHash(token, len(token)))
	return flags
}

func isDigitRune(r rune) bool { return r >= '0' && r <= '9' }

// inHash reports whether the letters that end at i stand in a hash: letters and
// digits in turn (ad3e790), where words are chance.
func inHash(token string, i int) bool {
	from, to := i, i
	for from > 0 && isAlnum(token[from-1]) {
		from--
	}
	for to < len(token) && isAlnum(token[to]) {
		to++
	}
	for k := from + 1; k < to; k++ {
		if text.IsDigit(token[k-1]) && !text.IsDigit(token[k]) {
			return true
		}
	}
	return false
}

func isAlnum(c byte) bool { return text.IsDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' }

// wordFlags looks one word up.
func wordFlags(word []byte) NameFlags {
	f, ok := NameFlags(0), false
	if mayBeWord(word) {
		f, ok = nameWords[string(word)]
	}
	if ok || len(word) <= 5 {
		return f
	}
	for i, c := range word {
		if c < 'a' || c > 'z' {
			continue
		}
		for _, s := range nameStems[c-'a'] {
			if len(word)-i >= len(s.stem) && string(word[i:i+len(s.stem)]) == s.stem {
				f |= s.flag
			}
		}
	}
	return f
}

// flagsOf returns what an element's attributes say, and whether they hide it.
func (c *nameCache) flagsOf(n *html.Node) (f NameFlags, hidden bool) {
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "class", "role", "data-testid", "data-component":
			f |= c.of(a.Val)
		case "id":
			if !isSlug(a.Val) {
				f |= c.of(a.Val)
			}
		case "itemprop":
			f |= itempropFlags(a.Val)
		case "hidden":
			// Streamed React puts the finished article into <div hidden id="S:0">
			// and moves it into place with a script.
			hidden = hidden || !strings.HasPrefix(Attr(n, "id"), "S:")
		case "style":
			hidden = hidden || hidesBox(a.Val)
		}
	}
	return f, hidden
}

func itempropFlags(v string) NameFlags {
	switch v {
	case "articleBody", "text":
		return NameBody
	case "headline", "name":
		return NameTitle
	case "author", "creator":
		return NameByline
	case "datePublished", "dateModified":
		return NameDate
	case "description":
		return NameLead
	case "caption":
		return NameCaption
	case "comment":
		return NameComment
	}
	return 0
}

// hidesBox reports whether a style attribute keeps an element from being shown.
func hidesBox(style string) bool {
	for {
		i := strings.Index(style, "display")
		if i < 0 {
			return false
		}
		style = strings.TrimLeft(style[i+len("display"):], " ")
		if strings.HasPrefix(style, ":") && strings.HasPrefix(strings.TrimLeft(style[1:], " "), "none") {
			return true
		}
	}
}
