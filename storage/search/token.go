package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// paired lists the scripts that are written without spaces between words.
var paired = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
}

func isPaired(r rune) bool {
	switch {
	case r < 0x0E00:
		return false
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0xAC00 && r <= 0xD7A3:
		return true
	default:
		return r == 'ー' || unicode.In(r, paired...) && (unicode.IsLetter(r) || unicode.IsMark(r))
	}
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// tokens returns the index terms of text, separated by spaces: folded words, and
// overlapping pairs of characters with the last character alone behind each run.
//
//	tokens("Café 2024")  = "cafe 2024"
//	tokens("江边灯会")     = "江边 边灯 灯会 会"
func tokens(text string) string {
	var t tokenizer
	t.out.Grow(len(text) + len(text)/2)
	t.text(text)
	return t.out.String()
}

type tokenizer struct {
	out  strings.Builder
	last rune // last character of a run of a paired script; 0 outside
	word bool // inside a word
}

// text adds the terms of text. Texts that are not ASCII are folded first.
func (t *tokenizer) text(text string) {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			t.rune(rune(c | lowerBit(c)))
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if r >= 0x4E00 && r <= 0x9FFF {
			t.rune(r)
			continue
		}
		t.folded(r)
	}
	t.end()
}

// lowerBit is the bit that makes an ASCII capital a small letter, 0 for others.
func lowerBit(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return 0x20
	}
	return 0
}

// folded adds a character without case, accent and width.
func (t *tokenizer) folded(r rune) {
	if r >= 0xAC00 && r <= 0xD7A3 { // a syllable of Korean stays whole
		t.rune(r)
		return
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	for _, d := range string(norm.NFKD.Bytes(buf[:n])) {
		if d < 0x0300 || d > 0x036F { // accents
			t.rune(fold(d))
		}
	}
}

// fold returns the small letter, with final sigma and sharp s as they are
// searched for.
func fold(r rune) rune {
	if r == 'ς' {
		return 'σ'
	}
	return unicode.ToLower(r)
}

func (t *tokenizer) rune(r rune) {
	switch {
	case isPaired(r):
		if t.word {
			t.end()
		}
		if t.last != 0 {
			t.out.WriteRune(t.last)
			t.out.WriteRune(r)
			t.out.WriteByte(' ')
		}
		t.last = r
	case isWord(r):
		if t.last != 0 {
			t.end()
		}
		t.out.WriteRune(r)
		t.word = true
	default:
		t.end()
	}
}

// end closes a word or a run of a paired script.
func (t *tokenizer) end() {
	switch {
	case t.last != 0:
		t.out.WriteRune(t.last)
		t.out.WriteByte(' ')
	case t.word:
		t.out.WriteByte(' ')
	}
	t.last, t.word = 0, false
}

// phrase returns the terms of a query's text, in order, and whether the last one
// is the beginning of a term. A run at the end of the query may go on in the
// text: its last character alone is left out, and a run of one character is a
// beginning, because it stands first in a pair or alone at the end of a run.
func phrase(text string) (terms []string, prefix bool) {
	terms = strings.Fields(tokens(text))
	n := len(terms)
	if n == 0 || !isSingle(terms[n-1]) {
		return terms, false
	}
	if n > 1 && isPair(terms[n-2]) && strings.HasSuffix(terms[n-2], terms[n-1]) {
		return terms[:n-1], false
	}
	return terms, true
}

func isSingle(term string) bool {
	r, size := utf8.DecodeRuneInString(term)
	return size == len(term) && isPaired(r)
}

func isPair(term string) bool {
	r, _ := utf8.DecodeRuneInString(term)
	return isPaired(r) && utf8.RuneCountInString(term) == 2
}
