package dates

// threeNumbers reads 28.04.2023, 28/4/23, 18-03-08, 10-08 12:00 and 1月17日.
func (p *parser) threeNumbers(i int) (date, int, bool) {
	a := p.tok(i)
	if a.val < 1 && a.digits < 2 {
		return date{}, 0, false
	}
	sep, j, ok := p.separator(i+1, "-/.月월")
	if !ok || p.tok(j).kind != kNum {
		return date{}, 0, false
	}
	if sep == '月' || sep == '월' {
		d := date{Stamp: Stamp{Month: a.val}, weak: true}
		if a.val > 12 {
			return d, 0, false
		}
		return p.yearBehind(p.dayAt(d, j))
	}
	b := p.tok(j)
	sep2, k, ok := p.separator(j+1, "-/. ")
	c := p.tok(k)
	if ok && c.kind == kNum && (sep2 == sep || sep2 == ' ' && p.year(c) > 0 || sep2 == '.' && sep == '/') && b.digits <= 2 {
		if y := p.year(c); y > 0 {
			return p.dayMonth(a.val, b.val, y, k+1)
		}
		if c.digits >= 5 && c.digits <= 6 && p.isRune(k+1, ':') { // 28.04.202312:30
			d, next, ok := p.dayMonth(a.val, b.val, 0, k)
			if ok {
				return p.yearAt(d, next)
			}
		}
		if c.digits == 2 && a.digits == 2 && sep2 == sep && !p.isRune(k+1, ':') || c.digits == 2 && a.digits <= 2 && sep2 == sep && sep != '-' && !p.isRune(k+1, ':') {
			return p.shortYear(a, b, c, k+1)
		}
		if p.cjk() && a.digits == 2 && c.digits == 4 && p.isRune(k+1, ':') && sep2 == sep { // 19-09-2307:48
			return p.dayGlued(date{Stamp: Stamp{Year: p.century(a.val), Month: b.val}, weak: true}, k)
		}
	}
	return p.noYear(a, b, sep, j)
}

// yearBehind completes 1月17日 with the year that follows it: "1月17日 2012年".
func (p *parser) yearBehind(d date, next int, ok bool) (date, int, bool) {
	k := next
	if p.isRune(k, ',') || p.isRune(k, '|') {
		k++
	}
	y := p.year(p.tok(k))
	if !ok || y == 0 || !p.isRune(k+1, '年') && !p.isRune(k+1, '년') || p.isRune(k+3, '月') || p.isRune(k+3, '월') {
		return d, next, ok
	}
	d.Year, d.weak = y, false
	return d, k + 2, d.Valid()
}

func (p *parser) cjk() bool {
	return p.h.Lang == "zh" || p.h.Lang == "ja" || p.h.Lang == "ko"
}

// dayMonth orders two numbers before a year.
func (p *parser) dayMonth(a, b, y, next int) (date, int, bool) {
	d := date{Stamp: Stamp{Year: y, Day: a, Month: b, Ambiguous: a <= 12 && b <= 12 && a != b}}
	switch {
	case a > 12:
		d.order = OrderDayMonth
	case b > 12:
		d.order = OrderMonthDay
	}
	if b > 12 || d.Ambiguous && (p.h.MonthFirst || p.h.Lang == "zh") {
		d.Day, d.Month = b, a
	}
	return d, next, d.Valid()
}

// shortYear reads a date of three numbers of two digits: year first in East
// Asia, last elsewhere. It counts only with a time of day, or alone on its line.
func (p *parser) shortYear(a, b, c *token, next int) (date, int, bool) {
	if p.cjk() && a.digits == 2 {
		d := date{Stamp: Stamp{Year: p.century(a.val), Month: b.val, Day: c.val}, weak: len(p.toks) > 6}
		return d, next, d.Valid() && d.Year <= maxYear
	}
	d, next, ok := p.dayMonth(a.val, b.val, p.century(c.val), next)
	// 31.10.23 is a date wherever it stands; 3/4/23 only in a short line.
	d.weak = len(p.toks) > 8 && !(a.digits == 2 && b.digits == 2)
	return d, next, ok && d.Year <= maxYear
}

// noYear reads 10-08 12:00 and 28.04. 20:15: month and day, which count only with a time.
func (p *parser) noYear(a, b *token, sep rune, j int) (date, int, bool) {
	d := date{weak: true}
	if b.digits > 2 { // 10-0812:00
		if b.digits != 4 || a.val > 12 || sep == '.' {
			return d, 0, false
		}
		d.Month = a.val
		return p.dayGlued(d, j)
	}
	if a.digits != 2 || b.digits != 2 {
		return d, 0, false
	}
	d.Month, d.Day = a.val, b.val
	if sep == '.' || !p.cjk() && !p.h.MonthFirst && sep == '/' {
		d.Month, d.Day = b.val, a.val
		if p.cjk() {
			d.Month, d.Day = a.val, b.val
		}
	}
	next := j + 1
	if sep == '.' && p.isRune(next, '.') {
		next++
	}
	return d, next, d.Valid()
}

// compact reads 20120117, alone or with its time after it. In running text
// eight digits are a number like any other.
func (p *parser) compact(i int) (date, int, bool) {
	v := p.tok(i).val
	d := date{Stamp: Stamp{Year: v / 10000, Month: v / 100 % 100, Day: v % 100}, weak: true}
	return d, i + 1, d.Valid() && d.Year >= minYear && d.Year <= maxYear
}
