package dates

import (
	"slices"
	"strings"
	"time"
)

// Hints is what the caller knows about the page. The zero value means that nothing is
// known.
type Hints struct {
	Lang       string         // lower case primary subtag: "zh", "en"; settles the meaning of 18-03-08, CST and of short words
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
	cal        calendar
}

// Order is the order of day and month that a date proves for its page.
type Order int8

// The orders. Proven by a number over twelve, or by where the month's name stands.
const (
	OrderUnknown  Order = iota
	OrderDayMonth       // 28/04/2023, 28 April 2023
	OrderMonthDay       // 04/28/2023, April 28, 2023
)

// Find returns the times in a line, in order. A date with its time of day is one entry,
// and so is a date written in two calendars. A time of day without a date is not
// returned.
func Find(s string, h Hints) []Found { return NewFinder(h).Find(s) }

// Finder finds times in the lines of one page. It keeps its memory between
// lines, and is not safe for concurrent use.
type Finder struct{ p parser }

// NewFinder returns a Finder for a page.
func NewFinder(h Hints) *Finder {
	return &Finder{parser{h: h, local: vocabulary.local[h.Lang]}}
}

// Find is [Find] with the Finder's hints.
func (f *Finder) Find(s string) []Found {
	p := &f.p
	if !p.promising(s) {
		return nil
	}
	p.scan(s)
	var out []Found
	foreign := false
	for i := 0; i < len(p.toks); {
		found, next, ok := p.at(i)
		if !ok {
			i++
			continue
		}
		out = append(out, found)
		foreign = foreign || found.cal != gregorian
		i = next
	}
	if foreign {
		out = oneCalendar(out)
	}
	return out
}

// oneCalendar joins a date that is written in two calendars ("6 Dhu al-Qa'da
// 1445 - 14 May 2024, 8:30"): the Gregorian day counts, because the others
// depend on place and sighting, and the time of day of either.
func oneCalendar(list []Found) []Found {
	const apart = 3 * 24 * time.Hour
	for i := 0; i+1 < len(list); i++ {
		a, b := &list[i], &list[i+1]
		if (a.cal == gregorian) == (b.cal == gregorian) || a.Year == 0 || b.Year == 0 || a.Time(nil).Sub(b.Time(nil)).Abs() > apart {
			continue
		}
		one := *a
		if a.cal != gregorian {
			one = *b
		}
		clock := a.Stamp
		if a.Precision <= Day {
			clock = b.Stamp
		}
		if one.Precision <= Day && clock.Precision > Day {
			one.Hour, one.Minute, one.Second = clock.Hour, clock.Minute, clock.Second
			one.Precision, one.Zone = clock.Precision, clock.Zone
		}
		one.Start, one.End = a.Start, b.End
		list[i] = one
		list = slices.Delete(list, i+1, i+2)
	}
	return list
}

// NamesMonth reports whether a word of a line is, or may be, the name of a month. In a
// line without one, Named is false for every time.
func (f *Finder) NamesMonth(s string) bool {
	p := &f.p
	p.scan(s)
	for i := range p.toks {
		if p.isClass(i, wMonth) {
			return true
		}
	}
	return false
}

// promising reports whether a line can hold a time. It looks at the bytes only and rules
// most lines out: a date has a digit, except "yesterday" and 二〇一二年.
func (p *parser) promising(s string) bool {
	wide := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c-'0' <= 9 {
			return true
		}
		wide = wide || c >= 0xD8
	}
	if wide && (strings.Contains(s, "年") || hasWideDigit(s)) {
		return true
	}
	return !p.h.Now.IsZero() && len(s) < 60 && p.hasDayWord(s, wide)
}

// hasWideDigit looks for digits that are not ASCII, at the bytes with which
// their scripts begin.
func hasWideDigit(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		switch s[i] {
		case 0xEF, 0xD9, 0xDB, 0xDF, 0xE0, 0xE1, 0xEA, 0xF0:
			if r, _ := runeAt(s, i); digit(r) >= 0 {
				return true
			}
		}
	}
	return false
}

// hasDayWord reports whether a line without digits may begin with a relative time.
func (p *parser) hasDayWord(s string, wide bool) bool {
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
	end := strings.IndexAny(s, " ,'’\u200b")
	if end < 0 {
		end = len(s)
	}
	w := lookUp(s[:end], p.local)
	return w.class == wDay || w.class == wSince || w.class == wUnit || w.one || w.more
}

// parser holds one line's tokens.
type parser struct {
	s     string
	toks  []token
	h     Hints
	local map[string]word // the words of the page's language
	end   token           // what follows the last token, and precedes the first
}

func (p *parser) scan(s string) { p.s, p.toks = s, scan(s, p.toks[:0], p.local) }

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

func (p *parser) isAnyRune(i int, set string) bool {
	t := p.tok(i)
	return t.kind == kRune && contains(set, t.r)
}

func (p *parser) isClass(i int, c class) bool {
	t := p.tok(i)
	return t.kind == kWord && t.w.class == c
}

func (p *parser) isNum(i int) bool { return p.tok(i).kind == kNum }

// text returns the text of token i.
func (p *parser) text(i int) string {
	t := p.tok(i)
	return p.s[t.start:t.end]
}

// rest returns the line from token i on.
func (p *parser) rest(i int) string {
	if i >= len(p.toks) {
		return ""
	}
	return p.s[p.toks[i].start:]
}

func contains(set string, r rune) bool {
	for _, x := range set {
		if x == r {
			return true
		}
	}
	return false
}

// at reads a time that starts at token i.
func (p *parser) at(i int) (Found, int, bool) {
	if !p.toks[i].startsTime() {
		return Found{}, 0, false
	}
	if f, next, ok := p.relative(i); ok {
		return f, next, true
	}
	if c, next, ok := p.clock(i); ok {
		if f, next, ok := p.clockThenDate(i, c, next); ok {
			return f, next, true
		}
	}
	d, next, ok := p.date(i)
	if !ok {
		return Found{}, 0, false
	}
	return p.dateThenClock(i, d, next)
}

// startsTime reports whether a time can start with a token. It rules out nearly all words
// of a text before the costlier readings.
func (t *token) startsTime() bool {
	switch t.kind {
	case kNum:
		return true
	case kWord:
		switch t.w.class {
		case wMonth, wHalf, wClock, wDay, wSince, wUnit:
			return true
		}
		return t.w.one || t.w.more || t.w.marker || t.end-t.start == 1 // "R6.5.14"
	case kRune:
		switch t.r {
		case '一', '二', '半', '今', '昨', '前', '刚', '剛', '오', '어', '그', '令', '平', '昭', '民', '㋿', '㍻', '㍼':
			return true
		}
	}
	return false
}

// dateThenClock completes a date that ends before token next with the time of
// day and the zone that follow it.
func (p *parser) dateThenClock(first int, d date, next int) (Found, int, bool) {
	f, ok := d.found()
	if !ok {
		return Found{}, 0, false
	}
	f.Start = int(p.tok(first).start)
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

// reach is the number of tokens between a time of day and its date at most.
const reach = 6

// clockThenDate joins a time of day with the date after it: "14:00, 28 Apr 2024".
func (p *parser) clockThenDate(first int, c clock, next int) (Found, int, bool) {
	zone, after, zoned := p.zone(next, false)
	j := next
	if zoned {
		j = after
	}
	for k := j; k < j+reach; k++ {
		d, end, ok := p.date(k)
		if !ok || d.clock.ok {
			if !p.skippable(k) || c.bare && p.isRune(k, '|') { // "6PM" is a box of its own
				break
			}
			continue
		}
		_, after, own := p.clockAfter(end)
		if own && !p.leadsDate(after) { // the date has its own time; this one belongs to something before
			break
		}
		if d.weak && !d.named {
			break
		}
		f, ok := d.found()
		if !ok {
			break
		}
		f.Stamp = c.onto(f.Stamp)
		if zoned {
			f.Zone = zone
		} else if z, after, ok := p.zone(end, false); ok { // "22:00, 11 July 2021 BST"
			f.Zone, end = z, after
		}
		f.Start, f.End = int(p.tok(first).start), int(p.tok(end-1).end)
		return f, end, f.Valid()
	}
	return Found{}, 0, false
}

// leadsDate reports whether a date without a time of its own follows a time that
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

// skippable reports whether token i may stand between a date and its time.
func (p *parser) skippable(i int) bool {
	t := p.tok(i)
	switch t.kind {
	case kWord:
		switch t.w.class {
		case wGlue, wWeekday, wOrdinal, wUnit:
			return true
		case wHalf:
			return !t.space // 2024م: of the Christian era
		}
	case kRune:
		switch t.r {
		case ',', '.', '-', '|', '·', ':', ';', '(', ')', '/', '\'', '[', ']', '【', '】', '~', '_', '@', '«', '»',
			'星', '期', '周', '週', '曜', '一', '二', '三', '四', '五', '六', '日', '天', '月', '火', '水', '木', '金', '土',
			'요', '화', '수', '목', '금', '토', '월', '일', '于', '於', '时', '間', '间', '時', '发', '布':
			return true
		}
	}
	return false
}
