package page

import (
	"strings"
	"unicode/utf8"

	"pressmark/extract/text"
)

// text adds a text node to the open line, white space collapsed.
func (w *walker) text(s string) {
	if w.box < 0 || len(s) == 0 {
		return
	}
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c > ' ' && c != 0x7f:
				w.ascii(c)
				if c != '.' && i < len(s) {
					i += w.plain(s[i:])
				}
			default:
				w.whiteSpace(c)
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		w.rune(r)
		if w.lastWide && i < len(s) {
			i += w.han(s[i:])
		}
	}
}

// whiteSpace notes a space that is written before the next character; controls are
// nothing.
func (w *walker) whiteSpace(c byte) {
	switch c {
	case '\n':
		if w.pre > 0 {
			w.flush()
			return
		}
		fallthrough
	case '\r':
		if w.space == 0 {
			w.space = 'n'
		}
	case ' ', '\t', '\f':
		if w.space == 0 || w.space == 'n' {
			w.space = ' '
		}
	}
}

func (w *walker) ascii(c byte) {
	if w.space != 0 {
		w.writeSpace(false)
	}
	l := &w.cur
	if l.Stops > 0 && goesOn(c) && w.afterDot() {
		l.Stops-- // the dot of a host, a file or a number
	}
	w.buf = append(w.buf, c)
	w.lastWide = false
	switch c {
	case '.', '!', '?':
		l.Stops = count(l.Stops)
	case ',', ';':
		l.Commas = count(l.Commas)
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		l.Digits = count(l.Digits)
	}
	w.weigh(1, 1)
}

// goesOn reports whether a character behind a full stop goes on with the same word.
func goesOn(c byte) bool { return text.IsDigit(c) || c >= 'a' && c <= 'z' }

// afterDot reports whether the line so far ends in a full stop.
func (w *walker) afterDot() bool {
	n := len(w.buf)
	return n > w.lineStart && w.buf[n-1] == '.'
}

// plain adds the plain characters at the start of s at once, single spaces
// between them included, and returns how many bytes these are. A character other
// than a full stop was written just before.
func (w *walker) plain(s string) int {
	n, spaces := 0, 0
	for n < len(s) {
		if plainBytes[s[n]] {
			n++
		} else if s[n] == ' ' && n+1 < len(s) && plainBytes[s[n+1]] {
			n += 2
			spaces++
		} else {
			break
		}
	}
	if n > 0 {
		w.buf = append(w.buf, s[:n]...)
		w.weigh(int32(n), int32(n-spaces))
	}
	return n
}

// han adds the Han characters at the start of s at once and returns how many bytes these
// are. A character of Chinese or Japanese was written just before, or its punctuation.
func (w *walker) han(s string) int {
	n := 0
	for n+3 <= len(s) && isHan(s[n:n+3]) {
		n += 3
	}
	if n > 0 && w.space == 0 {
		w.buf = append(w.buf, s[:n]...)
		w.weigh(int32(n/3), int32(n))
		return n
	}
	return 0
}

// isHan reports whether three bytes are a character from U+4000 to U+9FFF.
func isHan(s string) bool {
	return s[0] >= 0xE4 && s[0] <= 0xE9 && s[1]&0xC0 == 0x80 && s[2]&0xC0 == 0x80
}

// plainBytes are the ASCII characters of which a line keeps no count of their own.
var plainBytes = func() (table [256]bool) {
	for c := '!'; c <= '~'; c++ {
		table[c] = !strings.ContainsRune(".!?,;0123456789", c)
	}
	return table
}()

// rune adds a character beyond ASCII.
func (w *walker) rune(r rune) {
	switch typeOf(r) {
	case spaceRune:
		w.space = ' '
		return
	case fullSpace:
		w.space = 'f'
		return
	case joiner: // part of Persian and Indic words, and nothing before one
		if len(w.buf) == w.lineStart {
			return
		}
	case nothing:
		return
	}
	wide := text.IsWide(r)
	if w.space != 0 {
		if isThaiOrLao(r) && w.afterThai() {
			w.cur.Commas = count(w.cur.Commas) // Thai and Lao part clauses and sentences by a space
		}
		w.writeSpace(wide)
	}
	w.buf = utf8.AppendRune(w.buf, r)
	w.lastWide = wide || isWidePunctuation(r)
	l := &w.cur
	switch {
	case wide:
		w.weigh(1, 3)
		return
	case text.IsUnspaced(r):
		w.weigh(1, 2)
	default:
		w.weigh(1, 1)
	}
	switch {
	case isStop(r):
		l.Stops = count(l.Stops)
	case isComma(r):
		l.Commas = count(l.Commas)
	case text.IsForeignDigit(r):
		l.Digits = count(l.Digits)
	}
}

// runeType says how a character beyond ASCII is written into a line.
type runeType uint8

const (
	written   runeType = iota
	spaceRune          // a space of any width but that of a Han character
	fullSpace          // U+3000
	joiner             // U+200C, U+200D
	nothing            // marks of direction and of places to break; C1 controls; icon fonts
)

func typeOf(r rune) runeType {
	switch {
	case r > '\u3000' && r < 0xe000: // most of all: Chinese, Japanese, Korean
		return written
	case r == '\u3000':
		return fullSpace
	case r == '\u00a0', r >= '\u2000' && r <= '\u200a', r == '\u2028', r == '\u2029', r == '\u202f':
		return spaceRune
	case r == '\u200c', r == '\u200d':
		return joiner
	case r == '\u00ad', r == '\u200b', r == '\u200e', r == '\u200f', r == '\u2060', r == '\ufeff', r == utf8.RuneError:
		return nothing
	case r < 0xa0, r >= 0xe000 && r < 0xf900:
		return nothing
	}
	return written
}

// isStop reports whether a rune ends sentences, in all scripts but Latin.
func isStop(r rune) bool {
	switch r {
	case '。', '！', '？', '…', '．', '｡', '؟', '۔', '।', '॥', '።', '፧', '፨', '։', '།', '༎', '။', '។', '៕', '᠃', '᱾', '꛳', '꯫', '߹', '܀', '෴':
		return true
	}
	return false
}

// isComma reports whether a rune parts clauses, in all scripts but Latin.
func isComma(r rune) bool {
	switch r {
	case '，', '、', '；', '：', '،', '؛', '፣', '፤', '၊', '᠂', '՝', '߸', '､':
		return true
	}
	return false
}

func isThaiOrLao(r rune) bool { return r >= 0x0e00 && r < 0x0f00 }

// isWidePunctuation reports whether a rune is of the punctuation of Chinese and Japanese.
func isWidePunctuation(r rune) bool {
	return r >= 0x3001 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// afterThai reports whether the line so far ends in a Thai or Lao character.
func (w *walker) afterThai() bool {
	r, _ := utf8.DecodeLastRune(w.buf[w.lineStart:])
	return isThaiOrLao(r)
}

func (w *walker) weigh(chars, m int32) {
	l := &w.cur
	l.Chars += chars
	l.Mass += m
	if w.openLink >= 0 {
		l.LinkMass += m
	}
	if w.bold > 0 {
		l.BoldMass += m
	}
}

// count adds one without overflow.
func count(n int16) int16 {
	if n < 1<<14 {
		n++
	}
	return n
}

// writeSpace writes the pending white space unless the line begins with it. A
// line feed of the source between two wide characters is no space.
func (w *walker) writeSpace(nextWide bool) {
	sp := w.space
	w.space = 0
	if len(w.buf) == w.lineStart || sp == 'n' && w.lastWide && nextWide {
		return
	}
	if sp == 'f' {
		w.buf = append(w.buf, "\u3000"...)
	} else {
		w.buf = append(w.buf, ' ')
	}
	w.cur.Chars++
}
