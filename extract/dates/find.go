package dates

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Hints are what the caller knows of the page. The zero value knows nothing.
type Hints struct {
	Lang       string         // lower case primary subtag: "zh", "en"; settles the meaning of 18-03-08 and CST
	MonthFirst bool           // 02/03/2012 is February 3
	Now        time.Time      // when the page was captured; zero: relative times are not read
	Location   *time.Location // whose midnight parts yesterday from today; nil: UTC
}

// Found is one time in a line.
type Found struct {
	Stamp
	Start, End int  // byte offsets of the whole expression in the line
	Named      bool // the month was written as a word
	Order      Order
}

// Order is what a date proves of the order in which its page writes day and month.
type Order int8

// The orders. Proven by a number over twelve, or by where the month's name stands.
const (
	OrderUnknown  Order = iota
	OrderDayMonth       // 28/04/2023, 28 April 2023
	OrderMonthDay       // 04/28/2023, April 28, 2023
)

// Find returns the times in a line, in order. A date with its time of day is
// one entry. Times of day without a date are not returned.
func Find(s string, h Hints) []Found { return NewFinder(h).Find(s) }

// Finder finds times in the lines of one page. It keeps its memory between
// lines, and is not safe for concurrent use.
type Finder struct{ p parser }

// NewFinder returns a Finder for a page.
func NewFinder(h Hints) *Finder { return &Finder{parser{h: h}} }

// Find is [Find] with the Finder's hints.
func (f *Finder) Find(s string) []Found {
	p := &f.p
	if !promising(s, !p.h.Now.IsZero()) {
		return nil
	}
	p.s, p.toks = s, scan(s, p.toks[:0])
	var out []Found
	for i := 0; i < len(p.toks); {
		found, next, ok := p.at(i)
		if !ok {
			i++
			continue
		}
		out = append(out, found)
		i = next
	}
	return out
}

// NamesMonth tells whether a word of a line is, or may be, the name of a month.
// Without one no time in the line has Named set.
func (f *Finder) NamesMonth(s string) bool {
	p := &f.p
	p.s, p.toks = s, scan(s, p.toks[:0])
	for i := range p.toks {
		if p.isClass(i, wMonth) {
			return true
		}
	}
	return false
}

// promising is the cheap look at the bytes that spares most lines the scan: a
// date has a digit, but for "yesterday" and 二〇一二年.
func promising(s string, relative bool) bool {
	wide := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c-'0' <= 9 {
			return true
		}
		wide = wide || c >= 0xD9
	}
	if wide && (strings.Contains(s, "年") || hasWideDigit(s)) {
		return true
	}
	return relative && len(s) < 60 && hasDayWord(s, wide)
}

// hasWideDigit looks for digits that are not ASCII: full-width ones start with
// EF BC, Arabic-Indic with D9 or DB, Devanagari with E0 A5.
func hasWideDigit(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		switch s[i] {
		case 0xEF, 0xD9, 0xDB, 0xE0:
			r, _ := utf8.DecodeRuneInString(s[i:])
			if digit(r) >= 0 {
				return true
			}
		}
	}
	return false
}

func hasDayWord(s string, wide bool) bool {
	if wide {
		for _, w := range eastDays {
			if strings.Contains(s, w.word) {
				return true
			}
		}
		if strings.Contains(s, "半小") {
			return true // 半小时前
		}
	}
	i := 0 // the first word of the line only: "Yesterday at noon", "Hace una hora"
	for i < len(s) && s[i] != ' ' && s[i] != ',' && s[i] != '\'' {
		i++
	}
	w := vocabulary[strings.ToLower(s[:i])]
	return w.class == wDay || w.class == wSince || w.one || w.spelt == speltIl
}

// parser holds one line's tokens.
type parser struct {
	s    string
	toks []token
	h    Hints
	end  token // what follows the last token, and precedes the first
}

// tok returns token i, the end token where there is none. It is not to be changed.
func (p *parser) tok(i int) *token {
	if uint(i) >= uint(len(p.toks)) {
		return &p.end
	}
	return &p.toks[i]
}

func (p *parser) isRune(i int, r rune) bool {
	t := p.tok(i)
	return t.kind == kRune && t.r == r
}

func (p *parser) isClass(i int, c class) bool {
	t := p.tok(i)
	return t.kind == kWord && t.w.class == c
}

// at reads a time that starts at token i.
func (p *parser) at(i int) (Found, int, bool) {
	if !p.toks[i].startsTime() {
		return Found{}, 0, false
	}
	t := p.tok(i)
	if f, next, ok := p.relative(i); ok {
		return f, next, true
	}
	if t.kind == kRune {
		return p.chinese(i)
	}
	if clock, next, ok := p.clock(i); ok {
		return p.clockThenDate(i, clock, next)
	}
	d, next, ok := p.date(i)
	if !ok {
		return Found{}, 0, false
	}
	return p.dateThenClock(i, d, next)
}

// startsTime tells whether a time can start with a token. It spares nearly all
// words of a text the readings that follow.
func (t *token) startsTime() bool {
	switch t.kind {
	case kNum:
		return true
	case kWord:
		switch t.w.class {
		case wMonth, wHalf, wDay, wSince:
			return true
		}
		return t.w.one || t.w.spelt == speltIl
	case kRune:
		switch t.r {
		case '一', '二', '半', '今', '昨', '前', '刚', '剛', '오', '어':
			return true
		}
	}
	return false
}

// dateThenClock completes a date that ends before token next with the time of
// day and the zone that follow it.
func (p *parser) dateThenClock(first int, d date, next int) (Found, int, bool) {
	f := Found{Stamp: d.Stamp, Named: d.named, Order: d.order, Start: int(p.tok(first).start)}
	f.Precision = Day
	c, after, ok := d.clock, d.after, d.clock.ok
	if !ok {
		c, after, ok = p.gluedClock(d, next)
	}
	if !ok {
		c, after, ok = p.clockAfter(next)
	}
	if ok {
		f.Stamp = c.onto(f.Stamp)
		next = after
		if !f.Zone.Known {
			if z, end, ok := p.zone(next, c.iso); ok {
				f.Zone, next = z, end
			}
		}
	} else if d.weak {
		return Found{}, 0, false
	}
	f.End = int(p.tok(next - 1).end)
	return f, next, f.Valid()
}

// clockThenDate joins a time of day with the date after it: "14:00, 28 Apr 2024".
func (p *parser) clockThenDate(first int, c clock, next int) (Found, int, bool) {
	zone, after, zoned := p.zone(next, false)
	j := next
	if zoned {
		j = after
	}
	for k := j; k < j+5; k++ {
		if d, end, ok := p.date(k); ok && !d.clock.ok {
			if _, after, own := p.clockAfter(end); own && !p.leadsDate(after) {
				break // the date has its own time; this one belongs to something before
			}
			if d.weak && !d.named {
				break
			}
			f := Found{Stamp: c.onto(d.Stamp), Named: d.named, Order: d.order, Start: int(p.tok(first).start), End: int(p.tok(end - 1).end)}
			if zoned {
				f.Zone = zone
			}
			return f, end, f.Valid()
		}
		if !p.skippable(k) {
			break
		}
	}
	return Found{}, 0, false
}

// leadsDate tells whether a date without a time of its own follows a time that
// ends before token i: "5:32 AM Oct 14 • Updated: 7:01 AM Oct 15".
func (p *parser) leadsDate(i int) bool {
	for k := i; k < i+5; k++ {
		if d, end, ok := p.date(k); ok && !d.clock.ok && (d.named || !d.weak) {
			_, _, own := p.clockAfter(end)
			return !own
		}
		if !p.skippable(k) {
			break
		}
	}
	return false
}

// skippable tells whether token i may stand between a date and its time.
func (p *parser) skippable(i int) bool {
	t := p.tok(i)
	switch t.kind {
	case kWord:
		return t.w.class == wGlue || t.w.class == wWeekday || t.w.class == wOrdinal || t.w.class == wUnit
	case kRune:
		switch t.r {
		case ',', '.', '-', '|', '·', ':', '(', ')', '/', '\'', '[', ']', '【', '】', '~', '_', '@',
			'星', '期', '周', '週', '曜', '一', '二', '三', '四', '五', '六', '日', '天', '月', '火', '水', '木', '金', '土',
			'요', '화', '수', '목', '금', '토', '월', '일', '于', '於', '时', '間', '间', '時', '发', '布':
			return true
		}
	}
	return false
}

// clockAfter looks for a time of day in the few tokens after a date.
func (p *parser) clockAfter(i int) (clock, int, bool) {
	for k := i; k < i+8; k++ {
		t := p.tok(k)
		if t.kind == kEnd {
			break
		}
		if z, after, ok := p.zone(k, false); ok && t.kind == kWord && t.w.class == wZone && len(p.s[t.start:t.end]) > 1 {
			if c, end, ok := p.clock(after); ok { // "2012-01-11 HKT 21:43"
				c.zone = z
				return c, end, true
			}
			break
		}
		if c, end, ok := p.clock(k); ok {
			return c, end, true
		}
		if t.kind == kNum && k <= i+4 {
			if c, end, ok := p.dottedClock(k); ok {
				return c, end, true
			}
		}
		if t.kind == kWord && (t.w.class == wHourSep || p.s[t.start:t.end] == "T") {
			continue
		}
		if !p.skippable(k) {
			break
		}
	}
	return clock{}, 0, false
}
