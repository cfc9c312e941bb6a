package dates

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a token is.
type kind uint8

const (
	kEnd  kind = iota // after the last token
	kNum              // decimal digits, ASCII, full-width or Arabic-Indic
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

// scan cuts s into tokens, appended to buf.
func scan(s string, buf []token) []token {
	space := false
	for i := 0; i < len(s) && len(buf) < maxTokens; {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
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
			t.word(s)
		default:
			t.kind, t.r, t.end = kRune, narrow(r), int32(i+size)
		}
		space = false
		i = int(t.end)
	}
	return buf
}

// charClass is what a character is to the scan.
type charClass uint8

const (
	cOther charClass = iota
	cSpace
	cDigit
	cLetter
)

func classOf(r rune) charClass {
	if r < utf8.RuneSelf {
		return asciiClasses[r]
	}
	return findClass(r)
}

func findClass(r rune) charClass {
	switch {
	case isSpace(r):
		return cSpace
	case digit(r) >= 0:
		return cDigit
	case letter(r):
		return cLetter
	}
	return cOther
}

// asciiClasses are those of ASCII, of which most lines are made.
var asciiClasses = func() (table [utf8.RuneSelf]charClass) {
	for r := range table {
		table[r] = findClass(rune(r))
	}
	return table
}()

// number reads digits from the token's start on.
func (t *token) number(s string) {
	t.kind = kNum
	i := int(t.start)
	for i < len(s) {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
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

// word reads letters from the token's start on; an apostrophe or a point between
// single letters ("p.m", "μ.μ", "aujourd'hui") belongs to the word.
func (t *token) word(s string) {
	t.kind = kWord
	first := int(t.start)
	i := first
	for i < len(s) && s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' {
		i++
	}
	if i > first && (i == len(s) || s[i] < utf8.RuneSelf && s[i] != '.' && s[i] != '\'') {
		t.end = int32(i)
		t.w = asciiWord(s[first:i])
		return
	}
	i = first
	var buf [40]byte
	low := buf[:0]
	for i < len(s) {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		joint := (r == '.' && (halfAt(s, first, i) || thaiPoint(s, first, i)) || r == '\'' && i+1 < len(s) && s[i+1] == 'h') && i > first
		if !letter(r) && !joint {
			break
		}
		if len(low) < len(buf)-utf8.UTFMax {
			low = utf8.AppendRune(low, lower(r))
		}
		i += size
	}
	t.end = int32(i)
	t.w = vocabulary[string(low)]
}

// thaiPoint tells whether a point at i belongs to a Thai abbreviation that began
// at first: ม.ค. is January, พ.ศ. the Buddhist era.
func thaiPoint(s string, first, i int) bool {
	return i-first <= 6 && (strings.HasPrefix(s[first:], thaiLetter) || strings.HasPrefix(s[first:], thaiVowel)) && strings.HasPrefix(s[i+1:], thaiLetter)
}

// The bytes with which Thai consonants, and the vowels that precede them, begin.
const thaiLetter, thaiVowel = "\xe0\xb8", "\xe0\xb9"

// halfAt tells whether a point at i belongs to "a.m" or "μ.μ" beginning at first.
func halfAt(s string, first, i int) bool {
	switch i - first {
	case 1:
		return i+1 < len(s) && s[i+1]|0x20 == 'm'
	case 2:
		return strings.HasPrefix(s[i+1:], "μ") && (s[first:i] == "μ" || s[first:i] == "π")
	}
	return false
}

func lower(r rune) rune {
	if r < utf8.RuneSelf {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return unicode.ToLower(r)
}

func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', 0xA0, 0x3000, 0x2002, 0x2003, 0x2009, 0x202F, 0x200B, 0xFEFF, 0x200E, 0x200F:
		return true
	}
	return false
}

// digit returns the value of a decimal digit, -1 for another character.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '０' && r <= '９':
		return int(r - '０')
	case r >= '٠' && r <= '٩':
		return int(r - '٠')
	case r >= '۰' && r <= '۹':
		return int(r - '۰')
	case r >= '०' && r <= '९':
		return int(r - '०')
	}
	return -1
}

// letter tells letters of alphabets from characters that stand alone (Han, kana, Hangul).
func letter(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	case r >= 0x2E80 && r <= 0xFFFF, r >= 0x1100 && r <= 0x11FF:
		return false
	case r >= 0x0900 && r <= 0x0E7F: // Indic and Thai: vowel signs are marks
		return unicode.IsLetter(r) || unicode.IsMark(r)
	}
	return unicode.IsLetter(r)
}

// narrow maps the wide and typographic forms of separators to ASCII.
func narrow(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	switch r {
	case '：', '∶', '﹕', '︰':
		return ':'
	case '／', '∕':
		return '/'
	case '－', '–', '—', '−', '‐', '‑', '―':
		return '-'
	case '．', '。':
		return '.'
	case '，', '、':
		return ','
	case '（':
		return '('
	case '）':
		return ')'
	case '｜', '│', '∣':
		return '|'
	case '＋':
		return '+'
	case '•', '∙', '・', '●', '⋅':
		return '·'
	case '’', '‘', '＇', '´':
		return '\''
	}
	return r
}
