package dates

import "strings"

// Years outside this range are no publication times.
const (
	minYear = 1990
	maxYear = 2099
)

// date is a calendar date found among the tokens.
type date struct {
	Stamp
	named bool // month as a word
	weak  bool // counts only with a time of day: no year, or two digits that could be anything
	order Order
	clock clock // a time glued to the date, with the index after it
	after int
	glued token // digits of the next number that were glued to the date ("2019-09-2307:48")
}

func year(t *token) bool {
	return t.kind == kNum && t.digits == 4 && t.val >= minYear && t.val <= maxYear
}

// buddhist is what the years of Thailand's calendar are ahead: 2567 is 2024.
const buddhist = 543

// year reads a year of four digits, in a Thai line a Buddhist one too. It
// returns 0 for other tokens.
func (p *parser) year(t *token) int {
	switch {
	case year(t):
		return t.val
	case t.kind == kNum && t.digits == 4 && t.val >= minYear+buddhist && t.val <= maxYear+buddhist && p.thai():
		return t.val - buddhist
	}
	return 0
}

// thai tells whether the line, or the page, is Thai.
func (p *parser) thai() bool {
	return p.h.Lang == "th" || strings.Contains(p.s, thaiLetter)
}

func small(t *token, max int) bool {
	return t.kind == kNum && t.digits <= 2 && t.val >= 1 && t.val <= max
}

// date reads a date that starts at token i.
func (p *parser) date(i int) (date, int, bool) {
	t := p.tok(i)
	switch {
	case t.kind == kWord && t.w.class == wMonth:
		return p.monthFirst(i)
	case t.kind != kNum || p.tailOfNumber(i):
		return date{}, 0, false
	case p.year(t) > 0:
		return p.yearFirst(i, p.year(t))
	case p.era(i) > 0 && t.digits <= 3:
		return p.yearFirst(i, p.era(i)+t.val)
	case t.digits == 8:
		return p.compact(i)
	case t.digits <= 2:
		if d, next, ok := p.dayNamed(i); ok {
			return d, next, true
		}
		return p.threeNumbers(i)
	}
	return date{}, 0, false
}

// eras are the calendars of East Asia that count years from another start:
// 民國101年 is 2012, 令和6年 is 2024.
var eras = []struct {
	name string
	base int
}{{"民國", 1911}, {"民国", 1911}, {"令和", 2018}, {"平成", 1988}}

// era returns what is to be added to the year at token i, 0 where no era's name
// stands before it.
func (p *parser) era(i int) int {
	t := p.tok(i)
	if !p.isRune(i+1, '年') || p.tok(i-1).kind != kRune {
		return 0
	}
	before := strings.TrimRight(p.s[:t.start], " ")
	for _, e := range eras {
		if strings.HasSuffix(before, e.name) {
			return e.base
		}
	}
	return 0
}

// tailOfNumber tells whether the number at i continues one before it: a
// version, a decimal, a phone number, an address.
func (p *parser) tailOfNumber(i int) bool {
	before, t := p.tok(i-1), p.tok(i)
	if before.kind != kRune || t.space {
		return false
	}
	switch before.r {
	case '-', '/', '.', ',':
		return p.tok(i-2).kind == kNum && !before.space && p.tok(i-2).digits <= 4
	case '$', '€', '£', '¥', '#', '№', '%':
		return true
	}
	return false
}

// separator reads what parts two numbers of a date: the token index after it
// and its character (' ' for white space alone).
func (p *parser) separator(i int, allowed string) (rune, int, bool) {
	t := p.tok(i)
	if t.kind == kNum {
		return ' ', i, t.space && contains(allowed, ' ')
	}
	if t.kind == kRune && contains(allowed, t.r) {
		return t.r, i + 1, true
	}
	return 0, i, false
}

func contains(set string, r rune) bool {
	for _, x := range set {
		if x == r {
			return true
		}
	}
	return false
}

// yearFirst reads 2012-01-17, 2012/1/17, 2012.01.17, 2012年1月17日, 2012년 1월 17일,
// "2012 January 17", and what is left of a date split over boxes: "2019 | 09/07".
func (p *parser) yearFirst(i, year int) (date, int, bool) {
	d := date{Stamp: Stamp{Year: year}}
	if m := p.tok(i + 1); m.kind == kWord && m.w.class == wMonth && small(p.tok(i+2), 31) {
		d.Month, d.Day, d.named = int(m.w.val), p.tok(i+2).val, true
		return d, i + 3, d.Valid()
	}
	sep, j, ok := p.separator(i+1, "-/.年년_| ")
	if !ok {
		return d, 0, false
	}
	if m := p.tok(j); m.kind == kWord && m.w.class == wMonth { // 2012-Jan-17, 2012. január 17.
		k := j + 1
		if p.isRune(k, '-') || p.isRune(k, '.') {
			k++
		}
		if small(p.tok(k), 31) {
			d.Month, d.Day, d.named = int(m.w.val), p.tok(k).val, true
			return d, k + 1, d.Valid()
		}
		return d, 0, false
	}
	if sep == '.' && p.isRune(j, '|') { // "2012. | 01.17"
		j++
	}
	if !small(p.tok(j), 12) {
		return d, 0, false
	}
	d.Month = p.tok(j).val
	sep2, k, ok := p.separator(j+1, "-/.月월_ ")
	if !ok {
		return p.yearMonthDay(d, i, j+1)
	}
	if (sep == ' ' || sep == '|') && sep2 == ' ' {
		return d, 0, false
	}
	if sep2 == ' ' && sep != '年' && sep != '년' {
		return p.yearMonthDay(d, i, j+1)
	}
	if p.tok(k).kind != kNum {
		return p.yearMonthDay(d, i, k)
	}
	return p.dayAt(d, k)
}

// yearMonthDay reads a box's "17" before or after "2012-01": pages that show
// the day large and the month below it.
func (p *parser) yearMonthDay(d date, i, next int) (date, int, bool) {
	before := p.tok(i - 1)
	if before.kind == kRune && (before.r == '|' || before.r == '/') {
		before = p.tok(i - 2)
	}
	if i > 2 || !small(before, 31) || before.digits != 2 || p.tok(next).kind != kEnd {
		return d, 0, false
	}
	d.Day = before.val
	return d, next, d.Valid()
}

// dayAt finishes a date whose year and month are read; the day's digits may
// run on into the hour ("2019-09-2307:48", "10-0812:00").
func (p *parser) dayAt(d date, k int) (date, int, bool) {
	t := p.tok(k)
	if t.kind != kNum || t.digits < 1 {
		return d, 0, false
	}
	if t.digits > 2 {
		return p.dayGlued(d, k)
	}
	d.Day = t.val
	k++
	if next := p.tok(k); next.kind == kRune {
		switch next.r {
		case '日', '号', '號', '일':
			k++
		case '-', '/':
			if !next.space && p.tok(k+1).kind == kNum && !p.tok(k+1).space && p.tok(k+1).digits != 2 {
				return d, 0, false // 2012-01-17-3345: a number of something
			}
		case '.':
			if p.tok(k+1).kind != kNum || p.tok(k+1).space {
				k++
			}
		}
	}
	return d, k, d.Valid()
}

func (p *parser) dayGlued(d date, k int) (date, int, bool) {
	t := p.tok(k)
	if t.digits != 4 && t.digits != 3 || !p.isRune(k+1, ':') {
		return d, 0, false
	}
	d.Day = t.val / 100
	hour := *t
	hour.val, hour.digits = t.val%100, 2
	if t.digits == 3 { // 2019-9-712:30 cannot be told from 2019-9-71 2:30, but for the calendar
		d.Day = t.val / 100
	}
	d.glued = hour
	return d, k + 1, d.Valid()
}

// monthFirst reads "January 17, 2012", "Jan. 17 2012", "Jan 17" and the C
// form "Jan 17 06:00:00 EST 2012".
func (p *parser) monthFirst(i int) (date, int, bool) {
	d := date{Stamp: Stamp{Month: int(p.tok(i).w.val)}, named: true, order: OrderMonthDay}
	j := i + 1
	for p.isRune(j, '.') || p.isRune(j, '-') || p.isRune(j, '/') {
		j++
	}
	if !small(p.tok(j), 31) {
		return d, 0, false
	}
	d.Day = p.tok(j).val
	j++
	for p.isClass(j, wOrdinal) || p.isRune(j, ',') || p.isRune(j, '.') || p.isRune(j, '-') || p.isRune(j, '/') {
		j++
	}
	if c, k, ok := p.clock(j); ok {
		zone, after, zoned := p.zone(k, false)
		if zoned {
			k = after
			c.zone = zone
		}
		if y := p.year(p.tok(k)); y > 0 {
			d.Year, d.clock, d.after = y, c, k+1
			return d, k + 1, d.Valid()
		}
	}
	return p.yearAt(d, j)
}

// yearAt finishes a date whose day and month are read. Without a year it is
// weak. The year's digits may run on into the hour ("Apr 28 20232:23 PM").
func (p *parser) yearAt(d date, j int) (date, int, bool) {
	t := p.tok(j)
	if y := p.year(t); y > 0 {
		d.Year = y
		return d, j + 1, d.Valid()
	}
	if t.kind == kNum && (t.digits == 5 || t.digits == 6) && p.isRune(j+1, ':') {
		div := 10
		if t.digits == 6 {
			div = 100
		}
		hour := *t
		hour.digits, hour.val = t.digits-4, t.val%div
		d.Year, d.glued = t.val/div, hour
		if d.Year >= minYear && d.Year <= maxYear {
			return d, j + 1, d.Valid()
		}
	}
	if t.kind == kNum && (t.digits == 5 || t.digits == 6) && d.named { // 10. Februar 20199. Februar 2019: two dates run together
		y := t.val / 10
		if t.digits == 6 {
			y = t.val / 100
		}
		if y >= minYear && y <= maxYear {
			d.Year = y
			return d, j + 1, d.Valid()
		}
	}
	if p.isRune(j, '\'') && p.tok(j+1).digits == 2 { // 17 January '12
		d.Year = p.century(p.tok(j + 1).val)
		return d, j + 2, d.Valid()
	}
	if t.kind == kNum && t.digits == 2 && !p.isRune(j+1, ':') && !p.isRune(j+1, '.') && d.named && !p.isClass(j+1, wHourSep) {
		d.Year, d.weak = p.century(t.val), true // "15 Oct 24"
		if p.tok(j+1).kind == kEnd {
			d.weak = false
		}
		return d, j + 1, d.Valid() && d.Year <= maxYear
	}
	d.Year, d.weak, d.glued = 0, true, token{}
	return d, j, d.Valid()
}

// century completes a year of two digits.
func (p *parser) century(v int) int {
	if v >= 33 && p.thai() { // 67 is 2567
		return 2500 + v - buddhist
	}
	if v >= 90 {
		return 1900 + v
	}
	return 2000 + v
}

// dayNamed reads "17 January 2012", "17. Januar 2012", "17 de enero de 2012", "1er mai 2012".
func (p *parser) dayNamed(i int) (date, int, bool) {
	if !small(p.tok(i), 31) {
		return date{}, 0, false
	}
	j := i + 1
	for n := 0; n < 4; n++ {
		t := p.tok(j)
		if t.kind == kRune && (t.r == '.' || t.r == '-' || t.r == '/' || t.r == 'º' || t.r == ',') ||
			t.kind == kWord && (t.w.class == wOrdinal || t.w.class == wGlue) {
			j++
			continue
		}
		break
	}
	m := p.tok(j)
	month := int(m.w.val)
	if m.kind == kWord && m.w.spelt == speltThang && small(p.tok(j+1), 12) { // 17 tháng 1 năm 2012
		j++
		month = p.tok(j).val
	} else if m.kind != kWord || m.w.class != wMonth {
		return date{}, 0, false
	}
	d := date{Stamp: Stamp{Day: p.tok(i).val, Month: month}, named: true, order: OrderDayMonth}
	j++
	for n := 0; n < 3; n++ {
		t := p.tok(j)
		if t.kind == kRune && (t.r == '.' || t.r == ',' || t.r == '-' || t.r == '/') && (t.r != '-' || p.year(p.tok(j+1)) > 0 || p.tok(j+1).digits >= 5 || p.tok(j+1).kind == kWord || p.tok(j+1).digits == 2 && !p.tok(j+1).space) {
			j++
			continue
		}
		if t.kind == kWord && (t.w.class == wGlue || t.w.class == wOrdinal) && (p.year(p.tok(j+1)) > 0 || p.tok(j+1).kind == kRune) {
			j++
			continue
		}
		break
	}
	return p.yearAt(d, j)
}
