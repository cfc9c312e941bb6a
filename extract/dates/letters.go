package dates

import (
	"unicode"
	"unicode/utf8"
)

const utf8Self = utf8.RuneSelf

// runeAt decodes the character at s[i] and its length in bytes.
func runeAt(s string, i int) (rune, int) {
	if s[i] < utf8.RuneSelf {
		return rune(s[i]), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}

func appendRune(b []byte, r rune) []byte { return utf8.AppendRune(b, r) }

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

func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// isSpace reports white space and what is as good as white space: marks of
// direction, and the points that part Tibetan and Ethiopic words.
func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', 0xA0, 0x3000, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x202F, 0x205F, 0x200B, 0xFEFF,
		0x200E, 0x200F, 0x061C, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x2060, 0x00AD,
		'་', '༌', '፡':
		return true
	}
	return false
}

// digit returns the value of a decimal digit of any script, -1 for another character.
func digit(r rune) int {
	if r < utf8.RuneSelf {
		if r >= '0' && r <= '9' {
			return int(r - '0')
		}
		return -1
	}
	if r >= 0x2E80 && r < 0xA620 || r >= 0xAC00 && r < 0xFF10 { // Han, kana, Hangul: no digits there
		return -1
	}
	if r <= 0xFFFF {
		for _, x := range unicode.Nd.R16 {
			if r <= rune(x.Hi) {
				if r < rune(x.Lo) {
					return -1
				}
				return int(r-rune(x.Lo)) % 10
			}
		}
		return -1
	}
	for _, x := range unicode.Nd.R32 {
		if uint32(r) <= x.Hi {
			if uint32(r) < x.Lo {
				return -1
			}
			return int(uint32(r)-x.Lo) % 10
		}
	}
	return -1
}

// letter reports letters of alphabets, with the marks that belong to them.
// Characters that stand alone (Han, kana, Hangul) are none.
func letter(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	case r >= 0x2E80 && r <= 0xFAFF, r >= 0x1100 && r <= 0x11FF, r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF00:
		return false
	case r == 'º' || r == 'ª': // they follow the number of a day
		return true
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
}

// joiner reports the invisible characters inside words of Persian and Indic scripts.
func joiner(r rune) bool { return r == 0x200C || r == 0x200D }

// foldRune maps a letter to the one under which the vocabulary has it, 0 for
// marks that writers may leave out: Arabic vowel signs and tatweel, Indic nukta,
// joiners. Letters that keyboards confuse are one.
func foldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case r < 0x0590:
		return unicode.ToLower(r)
	case r < 0x0780:
		return foldSemitic(r)
	case r < 0x0E00:
		return foldIndic(r)
	case joiner(r):
		return 0
	}
	return unicode.ToLower(r)
}

func foldSemitic(r rune) rune {
	switch {
	case r >= 0x0591 && r <= 0x05C7 && r != 0x05BE: // Hebrew points
		return 0
	case r >= 0x064B && r <= 0x065F, r == 0x0670, r == 0x0640: // vowel signs, tatweel
		return 0
	}
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى', 'ی', 'ې', 'ۍ':
		return 'ي'
	case 'ک', 'ڪ':
		return 'ك'
	case 'ة', 'ۃ', 'ہ', 'ھ', 'ۀ', 'ە':
		return 'ه'
	case '׳', '״':
		return 0
	}
	return r
}

// nuktaLetters are Indic letters that are encoded as one character or as a letter with a nukta.
var nuktaLetters = map[rune]rune{
	0x0958: 0x0915, 0x0959: 0x0916, 0x095A: 0x0917, 0x095B: 0x091C, 0x095C: 0x0921, 0x095D: 0x0922, 0x095E: 0x092B, // Devanagari
	0x09DC: 0x09A1, 0x09DD: 0x09A2, 0x09DF: 0x09AF, // Bengali
	0x0A33: 0x0A32, 0x0A36: 0x0A38, 0x0A59: 0x0A16, 0x0A5A: 0x0A17, 0x0A5B: 0x0A1C, 0x0A5E: 0x0A2B, // Gurmukhi
	0x0D7A: 0x0D23, 0x0D7B: 0x0D28, 0x0D7C: 0x0D30, 0x0D7D: 0x0D32, 0x0D7E: 0x0D33, // chillu letters of Malayalam
}

func foldIndic(r rune) rune {
	switch r {
	case 0x093C, 0x09BC, 0x0A3C, 0x0ABC, 0x0B3C, 0x0CBC: // nukta
		return 0
	case 0x0D4D: // virama of Malayalam: a chillu letter has none
		return 0
	}
	if base, ok := nuktaLetters[r]; ok {
		return base
	}
	return r
}

// narrow maps the wide, typographic and foreign forms of separators to ASCII.
func narrow(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	switch r {
	case '：', '∶', '﹕', '︰', '։', '៖', '׃':
		return ':'
	case '／', '∕', '⁄':
		return '/'
	case '－', '–', '—', '−', '‐', '‑', '―', '־':
		return '-'
	case '．', '。', '٫', '۔', '።', '।', '။', '॰':
		return '.'
	case '，', '、', '،', '፣', '፥', '၊', '᠂':
		return ','
	case '（':
		return '('
	case '）':
		return ')'
	case '｜', '│', '∣', '┃':
		return '|'
	case '＋':
		return '+'
	case '•', '∙', '・', '●', '⋅', '·':
		return '·'
	case '’', '‘', '＇', '´', 'ʼ', '׳':
		return '\''
	case '״', '”', '“':
		return '"'
	}
	return r
}
