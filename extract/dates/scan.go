package dates

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// kind is what a token is.
type kind uint8

const (
	kEnd  kind = iota // after the last token
	kNum              // decimal digits of any script
	kWord             // letters of an alphabet
	kRune             // any other character: punctuation, a Han, kana or Hangul character
)

// token is a piece of a line. White space is not a token; the token after it
// has space set.
type token struct {
	val        int   // kNum: value, capped
	start, end int32 // byte offsets into the line
	r          rune  // kRune
	w          word  // kWord
	digits     int16 // kNum: number of digits
	kind       kind
	space      bool
}

// maxTokens bounds the work on one line. A time stands in a short line, or near
// the start of a long one.
const maxTokens = 400

// scan cuts s into tokens, appended to buf. local are the words of the page's
// language that mean something only there; nil has none.
func scan(s string, buf []token, local map[string]word) []token {
	space, compound := false, false
	for i := 0; i < len(s) && len(buf) < maxTokens; {
		r, size := runeAt(s, i)
		c := classOf(r)
		if c == cSpace {
			space = true
			i += size
			continue
		}
		buf = append(buf, token{start: int32(i), space: space})
		t := &buf[len(buf)-1]
		switch c {
		case cDigit:
			t.number(s)
		case cLetter:
			t.word(s, local)
			compound = compound || t.w.more
		default:
			t.kind, t.r, t.end = kRune, narrow(r), int32(i+size)
		}
		space = false
		i = int(t.end)
	}
	if compound {
		buf = joinCompounds(s, buf, local)
	}
	return buf
}

// number reads digits from the token's start on.
func (t *token) number(s string) {
	t.kind = kNum
	i := int(t.start)
	for i < len(s) {
		r, size := runeAt(s, i)
		d := digit(r)
		if d < 0 {
			break
		}
		if t.digits++; t.digits < 18 {
			t.val = t.val*10 + d
		}
		i += size
	}
	t.end = int32(i)
}

// word reads letters from the token's start on.
func (t *token) word(s string, local map[string]word) {
	t.kind = kWord
	first := int(t.start)
	i := first
	for i < len(s) && asciiLetter(s[i]) && !startsWord(s, first, i) {
		i++
	}
	if i > first && (i == len(s) || !goesOn(s, i)) {
		t.end = int32(i)
		t.w = asciiWord(s[first:i], local)
		return
	}
	for i = first; i < len(s); {
		r, size := runeAt(s, i)
		if !letter(r) && !joiner(r) {
			break
		}
		i += size
	}
	t.end = int32(i)
	t.w = lookUp(s[first:i], local)
}

// startsWord reports whether a capital at s[i] follows a small letter of a word
// that began at first: what two elements of a page show is one text at times
// ("By Jane DoeNovember 11").
func startsWord(s string, first, i int) bool {
	return i > first && s[i] <= 'Z' && s[i-1] >= 'a'
}

// goesOn reports whether a word of ASCII letters continues at s[i] with a letter
// of the Latin alphabet: "pêche" is one word, "PMకి" are two.
func goesOn(s string, i int) bool {
	if s[i] < utf8Self {
		return false
	}
	r, _ := runeAt(s, i)
	return letter(r) && (r < 0x370 || r >= 0x1E00 && r < 0x1F00)
}

// maxWord is the length in bytes of the longest word that can mean something.
const maxWord = 72

// lookUp returns what a word means, 0 where it means nothing.
func lookUp(s string, local map[string]word) word {
	if len(s) > maxWord {
		return word{}
	}
	var buf [maxWord + 8]byte
	key := foldWord(s, buf[:0])
	if w, ok := local[string(key)]; ok {
		return w
	}
	return vocabulary.common[string(key)]
}

// joinCompounds makes one token of words that mean something together only:
// "p. m.", "كانون الثاني", "aujourd'hui", "yang lalu", "ม.ค.".
func joinCompounds(s string, toks []token, local map[string]word) []token {
	out := toks[:0]
	for i := 0; i < len(toks); {
		t := toks[i]
		next := i + 1
		if t.kind == kWord && t.w.more {
			if w, end := compoundAt(s, toks[i:], local); end > 0 {
				t.w, t.end = w, toks[i+end-1].end
				next = i + end
			}
		}
		out = append(out, t)
		i = next
	}
	return out
}

// maxCompound is the number of words of the longest compound.
const maxCompound = 4

// compoundAt finds the longest compound with which toks begin, and the number of its tokens.
func compoundAt(s string, toks []token, local map[string]word) (w word, end int) {
	var buf [2 * maxWord]byte
	key := buf[:0]
	words := 0
	for i := 0; i < len(toks) && words < maxCompound; i++ {
		t := &toks[i]
		switch {
		case t.kind == kWord && len(key)+int(t.end-t.start)+8 < len(buf):
			if words > 0 && t.space && key[len(key)-1] != '.' {
				key = append(key, ' ')
			}
			key = foldWord(s[t.start:t.end], key)
			words++
		case words > 0 && joinsWords(toks[i:]):
			key = append(key, byte(t.r))
			continue
		default:
			return w, end
		}
		if found, ok := local[string(key)]; ok && words > 1 {
			w, end = found, i+1
		} else if found, ok := vocabulary.common[string(key)]; ok && words > 1 {
			w, end = found, i+1
		}
	}
	return w, end
}

// joinsWords reports whether the first token is a sign inside a compound and a word follows.
func joinsWords(toks []token) bool {
	t := &toks[0]
	return t.kind == kRune && strings.ContainsRune(`.'-"`, t.r) && len(toks) > 1 && toks[1].kind == kWord
}

// foldWord appends the spelling under which the vocabulary has a word: lower
// case, composed, without marks that are written or left out at will.
func foldWord(s string, out []byte) []byte {
	start := len(out)
	decomposed := false
	for i := 0; i < len(s); {
		r, size := runeAt(s, i)
		i += size
		decomposed = decomposed || r >= 0x300 && r < 0x370
		if r = foldRune(r); r > 0 {
			out = appendRune(out, r)
		}
	}
	if decomposed {
		return append(out[:start], norm.NFC.Bytes(out[start:])...)
	}
	return out
}

func fold(s string) string {
	return string(foldWord(norm.NFC.String(strings.ToLower(s)), nil))
}
