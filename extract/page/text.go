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
	if n := len(w.buf); c >= '0' && n > w.lineStart && w.buf[n-1] == '.' && l.Stops > 0 && (c <= '9' || c >= 'a' && c <= 'z') {
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

// plainBytes are the ASCII characters of which a line keeps no count of their own.
var plainBytes = func() (table [256]bool) {
	for c := '!'; c <= '~'; c++ {
		table[c] = !strings.ContainsRune(".!?,;0123456789", c)
	}
	return table
}()

func (w *walker) rune(r rune) {
	switch r {
	case '\u00a0', '\u2002', '\u2003', '\u2009', '\u200a', '\u202f', '\u2000', '\u2001', '\u2004', '\u2005', '\u2006', '\u2007', '\u2008', '\u2028', '\u2029':
		w.space = ' '
		return
	case '\u3000':
		w.space = 'f'
		return
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', utf8.RuneError:
		if r != '\u200c' && r != '\u200d' || len(w.buf) == w.lineStart {
			return // joiners are part of Persian and Indic words; the others are nothing
		}
	}
	if r < 0xa0 || r >= 0xe000 && r < 0xf900 {
		return // C1 controls, icon fonts
	}
	wide := text.IsWide(r)
	if w.space != 0 && r >= 0x0e00 && r < 0x0f00 && w.afterThai() {
		w.cur.Commas = count(w.cur.Commas) // Thai and Lao part clauses and sentences by a space
	}
	if w.space != 0 {
		w.writeSpace(wide)
	}
	w.buf = utf8.AppendRune(w.buf, r)
	w.lastWide = wide || r >= 0x3001 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
	l := &w.cur
	switch r {
	case '。', '！', '？', '…', '．', '｡', '؟', '۔', '।', '॥', '።', '፧', '፨', '։', '།', '༎', '။', '។', '៕', '᠃', '᱾', '꛳', '꯫', '߹', '܀', '෴':
		l.Stops = count(l.Stops)
	case '，', '、', '；', '：', '،', '؛', '፣', '፤', '၊', '᠂', '՝', '߸', '､':
		l.Commas = count(l.Commas)
	default:
		if !wide && text.IsForeignDigit(r) {
			l.Digits = count(l.Digits)
		}
	}
	switch {
	case wide:
		w.weigh(1, 3)
	case text.IsUnspaced(r):
		w.weigh(1, 2)
	default:
		w.weigh(1, 1)
	}
}

// afterThai reports whether the line so far ends in a Thai or Lao character.
func (w *walker) afterThai() bool {
	r, _ := utf8.DecodeLastRune(w.buf[w.lineStart:])
	return r >= 0x0e00 && r < 0x0f00
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
