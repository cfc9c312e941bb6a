package dates

import "strings"

// monthName is a month read at a token: its number, the calendar that has such
// a month, and the token after it.
type monthName struct {
	month int
	cal   calendar
	next  int
}

// monthAt reads a month at token i: "May", "مايو/أيار", "أيار (مايو)", "tháng 5",
// "ཟླ་ལྔ་པའི". Roman numerals and numbers with a word behind them are read by
// the dates that know the year (see romanMonth, numberedMonth).
func (p *parser) monthAt(i int) (m monthName, ok bool) {
	t := p.tok(i)
	switch {
	case t.kind != kWord:
		return m, false
	case t.w.class == wMonth:
		m = monthName{int(t.w.val), t.w.cal, i + 1}
		m.next = p.pastOtherName(m)
		return m, true
	case t.w.marker:
		return p.markedMonth(i + 1)
	}
	return m, false
}

// pastOtherName skips the month's second name: "مايو/أيار", "أيار (مايو)".
func (p *parser) pastOtherName(m monthName) int {
	if !p.isAnyRune(m.next, "/(-") || !p.isClass(m.next+1, wMonth) || int(p.tok(m.next+1).w.val) != m.month {
		return m.next
	}
	if p.isRune(m.next, '(') && p.isRune(m.next+2, ')') {
		return m.next + 3
	}
	return m.next + 2
}

// markedMonth reads the number behind a word for month.
func (p *parser) markedMonth(i int) (m monthName, ok bool) {
	for n := 0; n < 2 && p.isClass(i, wGlue); n++ {
		i++
	}
	t := p.tok(i)
	switch {
	case small(t, 12):
		return monthName{t.val, gregorian, i + 1}, true
	case t.kind == kWord && t.w.class == wCount:
		return monthName{int(t.w.val), gregorian, i + 1}, true
	}
	return m, false
}

// romanMonth reads the month of "14 V 2024" and "2024. V. 14.".
func (p *parser) romanMonth(i int) (m monthName, ok bool) {
	if p.tok(i).kind != kWord {
		return m, false
	}
	for n, numeral := range [...]string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"} {
		if p.text(i) == numeral {
			return monthName{n + 1, gregorian, i + 1}, true
		}
	}
	return m, false
}

// numberedMonth reads the month of "2024 оны 5-р сарын 14".
func (p *parser) numberedMonth(i int) (m monthName, ok bool) {
	t := p.tok(i)
	if !small(t, 12) {
		return m, false
	}
	for k := i + 1; k < i+4; k++ {
		switch {
		case p.tok(k).w.month:
			return monthName{t.val, gregorian, k + 1}, true
		case !p.isRune(k, '-') && !p.isClass(k, wGlue) && !p.isClass(k, wOrdinal) && !p.isClass(k, wMonth):
			return m, false
		}
	}
	return m, false
}

// dayNamed reads "17 January 2012", "17. Januar 2012", "17 de enero de 2012",
// "1er mai 2012", "14 V 2024", "17 tháng 1 năm 2012".
func (p *parser) dayNamed(i int) (date, int, bool) {
	if !small(p.tok(i), 32) {
		return date{}, 0, false
	}
	j := i + 1
	m, ok := p.romanMonth(p.pastPoint(j))
	if ok = ok && p.year(p.tok(p.pastPoint(m.next))) > 0; !ok {
		for n := 0; n < 4 && p.joinsDay(j); n++ {
			j++
		}
		if m, ok = p.monthAt(j); !ok {
			return date{}, 0, false
		}
	}
	d := date{day: p.tok(i).val, month: m.month, cal: m.cal, named: true, order: OrderDayMonth}
	j = m.next
	for n := 0; n < 4 && p.joinsYear(j, m.cal); n++ {
		j++
	}
	return p.yearAt(d, j)
}

func (p *parser) pastPoint(i int) int {
	if p.isRune(i, '.') || p.isRune(i, '-') || p.isRune(i, '/') {
		return i + 1
	}
	return i
}

// joinsDay reports whether token i may stand between a day and its month.
func (p *parser) joinsDay(i int) bool {
	return p.isAnyRune(i, ".-/º,'") || p.isClass(i, wOrdinal) || p.isClass(i, wGlue) && !p.tok(i).w.marker
}

// joinsYear reports whether token i may stand between a month and its year.
func (p *parser) joinsYear(i int, cal calendar) bool {
	t, next := p.tok(i), p.tok(i+1)
	year := p.yearOf(next, cal) > 0
	switch {
	case t.kind == kRune && t.r == '-': // "17-Jan-12", but not "17 January - 12"
		number := next.kind == kNum && (next.digits >= 5 || next.digits == 2 && !next.space)
		return year || number || next.kind == kWord
	case t.kind == kRune && t.r == '\'': // of an abbreviation: "בינו׳ 2024"
		return year || p.isRune(i+1, ',')
	case t.kind == kRune:
		return contains(".,/", t.r)
	case t.kind == kWord && (t.w.class == wGlue || t.w.class == wOrdinal || t.w.years):
		return year || next.kind == kRune || p.joinsYear(i+1, cal)
	}
	return false
}

// monthFirst reads "January 17, 2012", "Jan. 17 06:00:00 EST 2012".
func (p *parser) monthFirst(i int) (date, int, bool) {
	m, ok := p.monthAt(i)
	if !ok {
		return date{}, 0, false
	}
	d := date{month: m.month, cal: m.cal, named: true, order: OrderMonthDay}
	j := m.next
	for n := 0; n < 3 && p.isAnyRune(j, ".-/"); n++ {
		j++
	}
	if !small(p.tok(j), 32) {
		return d, 0, false
	}
	d.day = p.tok(j).val
	j++
	for n := 0; n < 4 && (p.isAnyRune(j, ",.-/") || p.isClass(j, wOrdinal) || p.gluesYear(j, m.cal)); n++ {
		j++
	}
	if c, k, ok := p.clock(j); ok {
		if zone, after, zoned := p.zone(k, false); zoned {
			k = after
			c.zone = zone
		}
		if y := p.yearOf(p.tok(k), m.cal); y > 0 {
			d.year, d.clock, d.after = y, c, k+1
			return d, k + 1, d.valid()
		}
	}
	return p.yearAt(d, j)
}

// gluesYear reports a word between a day and its year: "Mayo 14, taong 2024".
func (p *parser) gluesYear(i int, cal calendar) bool {
	return (p.isClass(i, wGlue) || p.isClass(i, wUnit)) && p.yearOf(p.tok(i+1), cal) > 0
}

// yearAt finishes a date whose day and month are read. Without a year it is
// weak. The year's digits may run on into the hour ("Apr 28 20232:23 PM").
func (p *parser) yearAt(d date, j int) (date, int, bool) {
	t := p.tok(j)
	if y := p.yearOf(t, d.cal); y > 0 {
		d.year = y
		return d, j + 1, d.valid()
	}
	if y, rest, ok := p.yearRunsOn(t); ok && p.isRune(j+1, ':') {
		d.year, d.glued = y, rest
		return d, j + 1, d.valid()
	} else if ok && d.named { // 10. Februar 20199. Februar 2019: two dates run together
		d.year = y
		return d, j + 1, d.valid()
	}
	if d.cal == gregorian && p.isRune(j, '\'') && p.tok(j+1).digits == 2 { // 17 January '12
		d.year = p.century(p.tok(j + 1).val)
		return d, j + 2, d.valid()
	}
	if d.cal == gregorian && d.named && p.shortYearAt(j) { // "15 Oct 24"
		d.year, d.weak = p.century(t.val), p.tok(j+1).kind != kEnd
		return d, j + 1, d.valid() && d.year <= maxYear
	}
	d.year, d.weak, d.glued = 0, true, token{}
	return d, j, d.valid()
}

// yearRunsOn reads a year of four digits to which one or two more are glued:
// the hour of the time behind it, or the day of the next date.
func (p *parser) yearRunsOn(t *token) (year int, rest token, ok bool) {
	if t.kind != kNum || t.digits != 5 && t.digits != 6 {
		return 0, rest, false
	}
	div := 10
	if t.digits == 6 {
		div = 100
	}
	rest = *t
	rest.digits, rest.val = t.digits-4, t.val%div
	year = t.val / div
	return year, rest, gregorian.holds(year)
}

// shortYearAt reports a year of two digits behind a month's name, which is no hour.
func (p *parser) shortYearAt(i int) bool {
	t := p.tok(i)
	return t.kind == kNum && t.digits == 2 && !p.isAnyRune(i+1, ":.") && !p.tok(i+1).w.hour
}

// yearThenName reads a date behind its year at token i: "2012 January 17",
// "2012. január 17.", "2024 оны 5-р сарын 14", "2024. gada 14. maijs".
func (p *parser) yearThenName(i, year int, cal calendar) (date, int, bool) {
	j, marked := p.pastYearMark(i)
	m, ok := p.monthAt(j)
	if !ok && marked {
		m, ok = p.numberedMonth(j)
	}
	if !ok && (p.isRune(i, '.') || p.isRune(i, '-')) {
		m, ok = p.romanMonth(j)
	}
	if !ok {
		return p.yearDayMonth(j, year, cal, marked)
	}
	k := m.next
	for n := 0; n < 3 && (p.isAnyRune(k, ".-,/") || p.isClass(k, wGlue) || p.isClass(k, wOrdinal) || p.tok(k).w.month); n++ {
		k++
	}
	if m.cal != cal || !small(p.tok(k), 32) || p.hasOwnYear(k+1, cal) {
		return date{}, 0, false
	}
	d := date{year: year, month: m.month, day: p.tok(k).val, cal: cal, named: true}
	return d, p.pastDayMark(k + 1), d.valid()
}

// hasOwnYear reports whether a year follows a day that ends before token i:
// "2024February 18th, 2026" are two dates run together.
func (p *parser) hasOwnYear(i int, cal calendar) bool {
	for n := 0; n < 2 && (p.isRune(i, ',') || p.isClass(i, wOrdinal)); n++ {
		i++
	}
	return p.yearOf(p.tok(i), cal) > 0
}

// yearDayMonth reads "14 мамыр" behind a year and the word for it, and "14-may" behind a year.
func (p *parser) yearDayMonth(i, year int, cal calendar, marked bool) (date, int, bool) {
	hyphen := p.isRune(i+1, '-')
	if !small(p.tok(i), 32) || !marked && !hyphen {
		return date{}, 0, false
	}
	k := i + 1
	for n := 0; n < 2 && p.joinsDay(k); n++ {
		k++
	}
	m, ok := p.monthAt(k)
	if !ok || m.cal != cal {
		return date{}, 0, false
	}
	d := date{year: year, month: m.month, day: p.tok(i).val, cal: cal, named: true}
	return d, m.next, d.valid()
}

// pastYearMark skips what stands between a year and its month: one separator,
// or the words for "year" of many languages.
func (p *parser) pastYearMark(i int) (next int, marked bool) {
	if p.isRune(i, '(') && strings.HasPrefix(p.rest(i), "(e)") { // Basque: 2024(e)ko
		i += 3
	}
	if p.isAnyRune(i, "-./_|") {
		i++
	}
	for n := 0; n < 3 && p.marksYear(i); n++ {
		i, marked = i+1, true
		for p.isAnyRune(i, ".,") {
			i++
		}
	}
	return i, marked
}

// marksYear reports a word that may stand between a year and its month. The
// glue of Latin letters is too common in sentences: "in 2012 the May festival".
func (p *parser) marksYear(i int) bool {
	t := p.tok(i)
	return t.kind == kWord && !t.w.marker && (t.w.years || t.w.class == wGlue && p.s[t.start] >= utf8Self)
}

// pastDayMark skips the ordinal or the point behind a day that ends a date.
func (p *parser) pastDayMark(i int) int {
	if p.isRune(i, '.') || p.isClass(i, wOrdinal) && !p.tok(i).space {
		return i + 1
	}
	return i
}
