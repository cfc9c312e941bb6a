package dates

import "strings"

// Years outside this range are no publication times.
const (
	minYear = 1970
	maxYear = 2099
)

// date is a calendar date found among the tokens, in its own calendar.
type date struct {
	year, month, day int // year 0: not written
	cal              calendar
	ambiguous        bool // day and month might be the other way round
	named            bool // month as a word
	weak             bool // counts only with a time of day: no year, or two digits that could be anything
	order            Order
	clock            clock // a time glued to the date, with the index after it
	after            int
	glued            token // digits of the next number that were glued to the date ("2019-09-2307:48")
}

// found is the date in the Gregorian calendar, without a time of day.
func (d *date) found() (Found, bool) {
	f := Found{Named: d.named, Order: d.order, cal: d.cal}
	if d.cal != gregorian && d.year == 0 {
		return f, false
	}
	y, m, day, ok := d.cal.gregorian(d.year, d.month, d.day)
	f.Stamp = Stamp{Year: y, Month: m, Day: day, Precision: Day, Ambiguous: d.ambiguous}
	return f, ok
}

// valid reports whether the day exists in its calendar.
func (d *date) valid() bool {
	if d.cal != gregorian && d.year == 0 {
		return d.month >= 1 && d.month <= 13 && d.day >= 1 && d.day <= 32
	}
	f, ok := d.found()
	return ok && f.Valid()
}

// buddhist is how far the years of Thailand's calendar are ahead: 2567 is 2024.
const buddhist = 543

// year reads a Gregorian year of four digits, where Thai, Lao or Khmer is
// written also one of the Buddhist era. It returns 0 for other tokens.
func (p *parser) year(t *token) int {
	if t.kind != kNum || t.digits != 4 {
		return 0
	}
	switch {
	case gregorian.holds(t.val):
		return t.val
	case gregorian.holds(t.val-buddhist) && p.buddhist():
		return t.val - buddhist
	}
	return 0
}

// yearOf reads a year as the calendar of a month counts it.
func (p *parser) yearOf(t *token, cal calendar) int {
	if cal == gregorian {
		return p.year(t)
	}
	if t.kind == kNum && t.digits == 4 && cal.holds(t.val) {
		return t.val
	}
	return 0
}

// numericYear reads a year in a date of numbers, which nothing but the page's
// language and the size of the number gives a calendar.
func (p *parser) numericYear(t *token) (year int, cal calendar) {
	if t.kind != kNum {
		return 0, gregorian
	}
	if t.digits == 3 && p.h.Lang == "zh" && t.val > 78 && t.val < 189 {
		return t.val + minguo, gregorian // 113-05-14
	}
	if t.digits != 4 {
		return 0, gregorian
	}
	if p.h.Lang == "ne" && t.val > 2046 && bikram.holds(t.val) {
		return t.val, bikram // a Gregorian year that is still to come
	}
	if y := p.year(t); y > 0 {
		return y, gregorian
	}
	switch persian := p.persian(t); {
	case jalali.holds(t.val) && persian:
		return t.val, jalali
	case hijri.holds(t.val) && !persian && p.arabic():
		return t.val, hijri
	}
	return 0, gregorian
}

// persian reports whether a number is written on a page of the Jalali calendar:
// by its language, or by the digits that Arabic has not.
func (p *parser) persian(t *token) bool {
	switch p.h.Lang {
	case "fa", "ps", "prs", "glk", "mzn", "lrc", "az", "ckb":
		return true
	case "ur", "ar", "sd":
		return false
	}
	r, _ := runeAt(p.s, int(t.start))
	return r >= '۰' && r <= '۹'
}

// arabic reports whether the line or the page may count years from the Hijra.
func (p *parser) arabic() bool {
	switch p.h.Lang {
	case "ar", "ur", "sd":
		return true
	}
	for i := range p.toks {
		if p.toks[i].w.era {
			return true
		}
	}
	return false
}

// buddhist reports whether the line, or the page, is of a country that counts
// years from the Buddha.
func (p *parser) buddhist() bool {
	switch p.h.Lang {
	case "th", "lo", "km":
		return true
	}
	return strings.Contains(p.s, thaiLetter)
}

// thaiLetter is the pair of bytes with which Thai consonants begin.
const thaiLetter = "\xe0\xb8"

// small reports a number of one or two digits from 1 to max.
func small(t *token, max int) bool {
	return t.kind == kNum && t.digits <= 2 && t.val >= 1 && t.val <= max
}

// date reads a date that starts at token i.
func (p *parser) date(i int) (date, int, bool) {
	t := p.tok(i)
	switch t.kind {
	case kRune:
		return p.eastDate(i)
	case kWord:
		if d, next, ok := p.eraInitial(i); ok {
			return d, next, true
		}
		return p.monthFirst(i)
	case kNum:
		if !p.tailOfNumber(i) {
			return p.numberFirst(i)
		}
	}
	return date{}, 0, false
}

// numberFirst reads a date that starts with a number.
func (p *parser) numberFirst(i int) (date, int, bool) {
	t := p.tok(i)
	if y, cal := p.numericYear(t); y > 0 {
		if d, next, ok := p.yearFirst(i, y, cal); ok || t.digits == 4 {
			return d, next, ok
		}
	}
	for _, cal := range []calendar{jalali, hijri, bikram, bengali, ethiopian} { // a year that its month's name proves
		if t.digits == 4 && cal.holds(t.val) {
			if d, next, ok := p.yearThenName(i+1, t.val, cal); ok {
				return d, next, true
			}
		}
	}
	switch {
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

// tailOfNumber reports whether the number at i continues one before it: a
// version, a decimal, a phone number, an address.
func (p *parser) tailOfNumber(i int) bool {
	before, t := p.tok(i-1), p.tok(i)
	if before.kind != kRune || t.space {
		return false
	}
	switch before.r {
	case '-', '/', '.', ',':
		return p.isNum(i-2) && !before.space && p.tok(i-2).digits <= 4
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

// century completes a year of two digits.
func (p *parser) century(v int) int {
	if v >= 33 && p.buddhist() { // 67 is 2567
		return 2500 + v - buddhist
	}
	if v >= 90 {
		return 1900 + v
	}
	return 2000 + v
}
