package dates

import (
	"strings"
	"unicode/utf8"
)

// minguo is the year before the first of the Republic of China's calendar: 民國101年 is 2012.
const minguo = 1911

// eras count years from another start: 令和6年 is 2024, 令和元年 2019.
var eras = []struct {
	name    string
	initial string // R6.5.14
	base    int
}{
	{"民國", "", minguo}, {"民国", "", minguo}, {"令和", "R", 2018}, {"平成", "H", 1988}, {"昭和", "S", 1925},
	{"㋿", "", 2018}, {"㍻", "", 1988}, {"㍼", "", 1925},
}

// eastDate reads a date that starts with an era or with Han numerals:
// 令和6年5月14日, 平成31.4.30, 民國一百一十三年五月十四日, 二〇一二年一月十七日.
func (p *parser) eastDate(i int) (date, int, bool) {
	base, j := 0, i
	for _, e := range eras {
		if strings.HasPrefix(p.rest(i), e.name) {
			base, j = e.base, i+utf8.RuneCountInString(e.name)
			break
		}
	}
	if base == 0 && !p.startsHanYear(i) {
		return date{}, 0, false
	}
	y, k, ok := p.eastNumber(j)
	if !ok || base > 0 && y > 189 {
		return date{}, 0, false
	}
	return p.eastMonthDay(base+y, k, base > 0)
}

// startsHanYear reports whether four Han digits and 年 begin at token i.
func (p *parser) startsHanYear(i int) bool {
	for n := range 4 {
		if t := p.tok(i + n); t.kind != kRune || hanDigit(t.r) < 0 {
			return false
		}
	}
	return p.isRune(i+4, '年')
}

// eraInitial reads R6.5.14 and H31/4/30 on Japanese pages.
func (p *parser) eraInitial(i int) (date, int, bool) {
	if p.h.Lang != "ja" || !p.isNum(i+1) || p.tok(i+1).digits > 2 {
		return date{}, 0, false
	}
	for _, e := range eras {
		if e.initial != "" && (p.text(i) == e.initial || p.text(i) == strings.ToLower(e.initial)) {
			k := i + 1
			if p.isRune(k, '.') {
				k++
			}
			return p.eastMonthDay(e.base+p.tok(k).val, k+1, true)
		}
	}
	return date{}, 0, false
}

// eastMonthDay reads month and day behind a year. Behind the year of an era
// points and slashes may part them; else only the words for year, month and day.
func (p *parser) eastMonthDay(year, i int, era bool) (date, int, bool) {
	if !gregorian.holds(year) || !p.isAnyRune(i, "年년") && !(era && p.isAnyRune(i, "./-")) {
		return date{}, 0, false
	}
	month, j, ok := p.eastNumber(i + 1)
	if !ok || !p.isAnyRune(j, "月월") && !(era && p.isAnyRune(j, "./-")) {
		return date{}, 0, false
	}
	day, k, ok := p.eastNumber(j + 1)
	if !ok || !era && !p.isAnyRune(k, "日号號일") {
		return date{}, 0, false
	}
	if p.isAnyRune(k, "日号號일") {
		k++
	}
	d := date{year: year, month: month, day: day}
	return d, k, d.valid()
}

// eastNumber reads digits, 元 (the first year of an era) or Han numerals.
func (p *parser) eastNumber(i int) (v, next int, ok bool) {
	switch t := p.tok(i); {
	case t.kind == kNum:
		return t.val, i + 1, t.digits <= 4
	case p.isRune(i, '元'):
		return 1, i + 1, true
	}
	return p.hanNumber(i)
}

// hanDigit returns the value of a Han digit, -1 for another character.
func hanDigit(r rune) int {
	switch r {
	case '零', '○', 'Ｏ':
		return 0
	}
	n := 0
	for _, d := range "〇一二三四五六七八九" {
		if d == r {
			return n
		}
		n++
	}
	return -1
}

// hanNumber reads 三十一, 一百一十三, 廿三 and digits side by side: 二〇一二, 一一三.
func (p *parser) hanNumber(i int) (v, next int, ok bool) {
	digit, digits := 0, 0 // the last digit that no 十 or 百 has taken, and how many stand side by side
	for ; p.tok(i).kind == kRune; i++ {
		r := p.tok(i).r
		d := hanDigit(r)
		switch {
		case d >= 0 && digits > 0:
			digit, digits = digit*10+d, digits+1
		case d >= 0:
			digit, digits = d, 1
		case r == '十' || r == '百':
			unit := 10
			if r == '百' {
				unit = 100
			}
			v, digit, digits = v+max(digit, 1)*unit, 0, 0
		case r == '廿' || r == '卅':
			v += 20
			if r == '卅' {
				v += 10
			}
		default:
			return v + digit, i, ok
		}
		if ok = digits <= 4; !ok {
			return 0, i, false
		}
	}
	return v + digit, i, ok
}

// monthThenDay reads 1月17日, with or without the year behind it.
func (p *parser) monthThenDay(i int) (date, int, bool) {
	if !small(p.tok(i), 12) || !p.isNum(i+2) {
		return date{}, 0, false
	}
	return p.yearBehind(p.dayAt(date{month: p.tok(i).val, weak: true}, i+2))
}

// yearBehind completes 1月17日 with the year that follows it: "1月17日 2012年".
func (p *parser) yearBehind(d date, next int, ok bool) (date, int, bool) {
	k := next
	if p.isAnyRune(k, ",|") {
		k++
	}
	y := p.year(p.tok(k))
	if !ok || y == 0 || !p.isAnyRune(k+1, "年년") || p.isAnyRune(k+3, "月월") {
		return d, next, ok
	}
	d.year, d.weak = y, false
	return d, k + 2, d.valid()
}
