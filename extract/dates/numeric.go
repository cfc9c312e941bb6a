package dates

// triple is a date of two or three numbers: 28.04.2023, 10-08.
type triple struct {
	a, b, c   *token
	sep, sep2 rune
	second    int // index of b
	third     int // index of c
	full      bool
}

// tripleForms are the ways in which such a date is read, tried in order.
var tripleForms = []struct {
	example string
	read    func(*parser, *triple) (date, int, bool)
}{
	{"28.04.2023, 28/4 2023", (*parser).yearLast},
	{"28.04.202312:30", (*parser).yearLastGlued},
	{"28/4/23, in East Asia 18-03-08", (*parser).shortYear},
	{"19-09-2307:48", (*parser).shortYearGlued},
	{"10-08 12:00, 28.04. 20:15", (*parser).noYear},
}

// threeNumbers reads a date of numbers that does not start with its year.
func (p *parser) threeNumbers(i int) (date, int, bool) {
	t := triple{a: p.tok(i)}
	if t.a.val < 1 && t.a.digits < 2 || p.letterBefore(i) {
		return date{}, 0, false
	}
	if p.isAnyRune(i+1, "月월") {
		return p.monthThenDay(i)
	}
	var ok bool
	if t.sep, t.second, ok = p.separator(i+1, "-/."); !ok || !p.isNum(t.second) {
		return date{}, 0, false
	}
	t.b = p.tok(t.second)
	t.sep2, t.third, t.full = p.separator(t.second+1, "-/. ")
	t.c = p.tok(t.third)
	t.full = t.full && t.c.kind == kNum && t.b.digits <= 2
	for _, form := range tripleForms {
		if d, next, ok := form.read(p, &t); ok {
			return d, next, true
		}
	}
	return date{}, 0, false
}

// letterBefore reports whether a letter is glued before token i: a version, a
// paper size, an era of Japan.
func (p *parser) letterBefore(i int) bool {
	before := p.tok(i - 1)
	return !p.tok(i).space && before.kind == kWord && before.end-before.start == 1
}

// even reports whether both separators of a triple agree with a year behind the second.
func (t *triple) even(year bool) bool {
	return t.sep2 == t.sep || year && t.sep2 == ' ' || t.sep2 == '.' && t.sep == '/'
}

func (p *parser) yearLast(t *triple) (date, int, bool) {
	y, cal := p.numericYear(t.c)
	if y == 0 || t.c.digits != 4 || !t.full || !t.even(cal == gregorian) {
		return date{}, 0, false
	}
	next := t.third + 1
	if p.isRune(next, '.') && !p.isNum(next+1) { // 14. 5. 2024.
		next++
	}
	return p.dayMonth(t, y, cal, next)
}

func (p *parser) yearLastGlued(t *triple) (date, int, bool) {
	y, rest, ok := p.yearRunsOn(t.c)
	if !ok || !t.full || !t.even(true) || !p.isRune(t.third+1, ':') {
		return date{}, 0, false
	}
	d, next, ok := p.dayMonth(t, y, gregorian, t.third+1)
	d.glued = rest
	return d, next, ok
}

// dayMonth orders two numbers before a year. Dates with points have the day
// first everywhere but in East Asia.
func (p *parser) dayMonth(t *triple, y int, cal calendar, next int) (date, int, bool) {
	a, b := t.a.val, t.b.val
	d := date{year: y, day: a, month: b, cal: cal}
	pointed := t.sep == '.' && !p.cjk()
	d.ambiguous = max(a, b) <= 12 && a != b && cal == gregorian && !pointed
	switch {
	case a > 12:
		d.order = OrderDayMonth
	case b > 12:
		d.order = OrderMonthDay
	}
	if b > 12 || d.ambiguous && (p.h.MonthFirst || p.h.Lang == "zh") {
		d.day, d.month = b, a
	}
	return d, next, d.valid()
}

// shortYear reads a date of three numbers of two digits: year first in East
// Asia, last elsewhere. It counts only with a time of day, or alone on its line.
func (p *parser) shortYear(t *triple) (date, int, bool) {
	if !t.full || !p.shortLast(t) || t.sep2 != t.sep || p.isRune(t.third+1, ':') {
		return date{}, 0, false
	}
	if t.a.digits > 2 || t.a.digits != 2 && t.sep == '-' {
		return date{}, 0, false
	}
	next := t.third + 1
	if p.cjk() && t.a.digits == 2 {
		d := date{year: p.century(t.a.val), month: t.b.val, day: t.c.val, weak: len(p.toks) > 6}
		return d, next, d.valid() && d.year <= maxYear
	}
	d, next, ok := p.dayMonth(t, p.century(t.c.val), gregorian, next)
	// 31.10.23 is a date wherever it stands; 3/4/23 only in a short line.
	last := t.sep == '.' && p.tok(next).kind == kEnd && len(p.toks) < 15 // "von Max Muster, 8.5.12"
	d.weak = len(p.toks) > 8 && !last && !(t.a.digits == 2 && t.b.digits == 2)
	return d, next, ok && d.year <= maxYear
}

// shortLast reports whether the last number of a triple has two digits, or in
// East Asia, where it is the day, one: "23. 11. 3."
func (p *parser) shortLast(t *triple) bool {
	return t.c.digits == 2 || p.cjk() && t.c.digits == 1 && t.a.digits == 2 && t.sep == '.'
}

// shortYearGlued reads a year of two digits, month and day with the hour glued to the
// day, in East Asia: "18-03-0817:35".
func (p *parser) shortYearGlued(t *triple) (date, int, bool) {
	if !p.cjk() || !t.full || t.sep2 != t.sep {
		return date{}, 0, false
	}
	if t.a.digits != 2 || t.c.digits != 4 || !p.isRune(t.third+1, ':') {
		return date{}, 0, false
	}
	return p.dayGlued(date{year: p.century(t.a.val), month: t.b.val, weak: true}, t.third)
}

// noYear reads month and day, which count only with a time.
func (p *parser) noYear(t *triple) (date, int, bool) {
	d := date{weak: true}
	if t.b.digits > 2 { // 10-0812:00
		if t.b.digits != 4 || t.a.val > 12 || t.sep == '.' {
			return d, 0, false
		}
		d.month = t.a.val
		return p.dayGlued(d, t.second)
	}
	if t.a.digits != 2 || t.b.digits != 2 {
		return d, 0, false
	}
	d.month, d.day = t.a.val, t.b.val
	if !p.cjk() && (t.sep == '.' || t.sep == '/' && !p.h.MonthFirst) {
		d.month, d.day = t.b.val, t.a.val
	}
	next := t.second + 1
	if t.sep == '.' && p.isRune(next, '.') {
		next++
	}
	return d, next, d.valid()
}

func (p *parser) cjk() bool {
	return p.h.Lang == "zh" || p.h.Lang == "ja" || p.h.Lang == "ko"
}

// compact reads 20120117, alone or with its time after it. In running text
// eight digits are a number like any other.
func (p *parser) compact(i int) (date, int, bool) {
	v := p.tok(i).val
	d := date{year: v / 10000, month: v / 100 % 100, day: v % 100, weak: true}
	return d, i + 1, gregorian.holds(d.year) && d.valid()
}

// yearFirst reads 2012-01-17, 2012/1/17, 2012.01.17, 2012年1月17日, 2012년 1월 17일,
// "2012 January 17", and what is left of a date split over boxes: "2019 | 09/07".
func (p *parser) yearFirst(i, year int, cal calendar) (date, int, bool) {
	if d, next, ok := p.yearThenName(i+1, year, cal); ok {
		return d, next, true
	}
	d := date{year: year, cal: cal}
	sep, j, ok := p.separator(i+1, "-/.年년_| ")
	if !ok {
		return d, 0, false
	}
	if sep == '.' && p.isRune(j, '|') { // "2012. | 01.17"
		j++
	}
	if !small(p.tok(j), 12) {
		return d, 0, false
	}
	d.month = p.tok(j).val
	sep2, k, ok := p.separator(j+1, "-/.月월_ ")
	spaced := sep == ' ' || sep == '|'
	switch {
	case !ok, sep2 == ' ' && !spaced && sep != '年' && sep != '년':
		return p.yearMonthDay(d, i, j+1)
	case spaced && (sep2 == ' ' || sep2 == '.' && !p.twoDigits(j, k)): // "2019 | 6.2" is a year and a mark
		return d, 0, false
	case !p.isNum(k):
		return p.yearMonthDay(d, i, k)
	}
	return p.dayAt(d, k)
}

func (p *parser) twoDigits(i, k int) bool { return p.tok(i).digits == 2 && p.tok(k).digits == 2 }

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
	d.day = before.val
	return d, next, d.valid()
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
	d.day = t.val
	k++
	switch next := p.tok(k + 1); {
	case p.isAnyRune(k, "日号號일"):
		k++
	case p.isAnyRune(k, "-/") && !p.tok(k).space && next.kind == kNum && !next.space && next.digits != 2:
		return d, 0, false // 2012-01-17-3345: a number of something
	case p.isRune(k, '.') && (next.kind != kNum || next.space):
		k++
	}
	return d, k, d.valid()
}

// dayGlued parts a day from the hour that is glued to it.
func (p *parser) dayGlued(d date, k int) (date, int, bool) {
	t := p.tok(k)
	if t.digits != 4 && t.digits != 3 || !p.isRune(k+1, ':') {
		return d, 0, false
	}
	hour := *t
	hour.digits, hour.val = 2, t.val%100
	d.day = t.val / 100 // 2019-9-712:30 cannot be distinguished from 2019-9-71 2:30, but for the calendar
	d.glued = hour
	return d, k + 1, d.valid()
}
