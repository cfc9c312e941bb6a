package dates

import "unicode/utf8"

// clock is a time of day found among the tokens.
type clock struct {
	ok           bool
	hour, minute int
	second       int
	seconds      bool // seconds were written
	iso          bool // directly after a T: an offset may follow without a space
	zone         Zone
}

// onto returns s with the time of day of c.
func (c clock) onto(s Stamp) Stamp {
	s.Hour, s.Minute, s.Second, s.Precision = c.hour, c.minute, 0, Minute
	if c.seconds {
		s.Second, s.Precision = c.second, Second
	}
	if c.zone.Known {
		s.Zone = c.zone
	}
	return s
}

// halves are the words of East Asia before an hour. The value is added to
// hours below twelve; noon is special.
var halves = []struct {
	word string
	add  int
}{
	{"上午", 0}, {"下午", 12}, {"晚上", 12}, {"中午", 12}, {"凌晨", 0}, {"早上", 0}, {"傍晚", 12}, {"午前", 0}, {"午後", 12},
	{"오전", 0}, {"오후", 12}, {"晚间", 12}, {"清晨", 0}, {"早晨", 0}, {"夜间", 12}, {"深夜", 12},
	{"晚", 12}, {"早", 0},
}

// clock reads a time of day at token i: 17:35, 17:35:03, 5:35 PM, 下午5:35,
// 20时01分, 20點01分, 07h30.
func (p *parser) clock(i int) (clock, int, bool) {
	half := -1
	if t := p.tok(i); t.kind == kRune {
		if !contains("上下晚中凌早傍午오清夜深", t.r) {
			return clock{}, 0, false
		}
		for _, h := range halves {
			if len(p.s)-int(t.start) >= len(h.word) && p.s[t.start:int(t.start)+len(h.word)] == h.word {
				half, i = h.add, i+utf8.RuneCountInString(h.word)
				break
			}
		}
		if half < 0 {
			return clock{}, 0, false
		}
	} else if t.kind == kWord && t.w.class == wHalf && p.tok(i+1).kind == kNum { // "PM 5:35"
		half, i = int(t.w.val), i+1
	}
	return p.clockFrom(p.tok(i), i, half)
}

// gluedClock reads the time whose hour was glued to the date's last number.
func (p *parser) gluedClock(d date, next int) (clock, int, bool) {
	if d.glued.kind != kNum {
		return clock{}, 0, false
	}
	return p.clockFrom(&d.glued, next-1, -1)
}

// clockFrom reads a time whose hour is the number h at token i; half is -1, or
// what a word before it adds to the hour.
func (p *parser) clockFrom(h *token, i, half int) (clock, int, bool) {
	if h.kind != kNum || h.digits > 2 || h.val > 24 {
		return clock{}, 0, false
	}
	c := clock{ok: true, hour: h.val}
	sep := p.tok(i + 1)
	m := p.tok(i + 2)
	cjk := sep.kind == kRune && (sep.r == '时' || sep.r == '時' || sep.r == '点' || sep.r == '點' || sep.r == '시')
	colon := sep.kind == kRune && sep.r == ':'
	hour := sep.kind == kWord && sep.w.class == wHourSep && (!sep.space || m.space) // 10h15, 10 h 15
	if !(cjk || colon || hour) || m.kind != kNum || m.digits > 2 || m.val > 59 || (!cjk && m.digits != 2) {
		return clock{}, 0, false
	}
	if hour && m.space && !h.space {
		return clock{}, 0, false
	}
	c.minute = m.val
	j := i + 3
	if cjk && (p.isRune(j, '分') || p.isRune(j, '분')) {
		j++
	}
	j = p.seconds(&c, j, cjk)
	j = p.half(&c, j, half)
	if before := p.tok(i - 1); before.kind == kWord && !before.space && !h.space && p.s[before.start:before.end] == "T" || before.kind == kWord && !h.space && p.s[before.start:before.end] == "t" {
		c.iso = true
	}
	if c.hour == 24 && c.minute > 0 || c.hour > 24 {
		return clock{}, 0, false
	}
	if c.hour == 24 {
		c.hour = 0
	}
	return c, j, true
}

// seconds reads ":03", "03秒" and a fraction after it.
func (p *parser) seconds(c *clock, j int, cjk bool) int {
	s := p.tok(j)
	switch {
	case s.kind == kRune && s.r == ':' && p.tok(j+1).kind == kNum && p.tok(j+1).digits == 2 && p.tok(j+1).val < 60:
		c.second, c.seconds = p.tok(j+1).val, true
		j += 2
		if f := p.tok(j); f.kind == kRune && (f.r == '.' || f.r == ',' || f.r == ':' && p.tok(j+1).digits == 3) && p.tok(j+1).kind == kNum && !p.tok(j+1).space && !f.space {
			j += 2
		}
		if p.isRune(j, '秒') {
			j++
		}
	case cjk && s.kind == kNum && s.digits <= 2 && s.val < 60 && p.isRune(j+1, '秒'):
		c.second, c.seconds = s.val, true
		j += 2
	}
	return j
}

// half applies am or pm, before or after the digits.
func (p *parser) half(c *clock, j, half int) int {
	if t := p.tok(j); half < 0 && t.kind == kWord && t.w.class == wHalf {
		half = int(t.w.val)
		j++
		if p.isRune(j, '.') {
			j++
		}
	}
	switch {
	case half == 12 && c.hour < 12:
		c.hour += 12
	case half == 0 && c.hour == 12:
		c.hour = 0
	}
	return j
}

// dottedClock reads 16.03 and 4.34pm: a time only directly after a date.
func (p *parser) dottedClock(i int) (clock, int, bool) {
	h, m := p.tok(i), p.tok(i+2)
	if h.kind != kNum || h.digits > 2 || h.val > 23 || !p.isRune(i+1, '.') || m.kind != kNum || m.space || m.digits != 2 || m.val > 59 {
		return clock{}, 0, false
	}
	if p.isRune(i+3, '.') && p.tok(i+4).kind == kNum || p.isRune(i+3, '%') {
		return clock{}, 0, false
	}
	c := clock{ok: true, hour: h.val, minute: m.val}
	return c, p.half(&c, i+3, -1), true
}

// zone reads what follows a time: Z, HKT, GMT+8, UTC+08:00, +0800, (CET), 北京时间.
func (p *parser) zone(i int, iso bool) (Zone, int, bool) {
	t := p.tok(i)
	open := t.kind == kRune && t.r == '('
	if open {
		i++
		t = p.tok(i)
	}
	if t.kind == kRune && len(p.s)-int(t.start) >= len("北京时间") {
		if at := p.s[t.start : int(t.start)+len("北京时间")]; at == "北京时间" || at == "北京時間" {
			return Zone{Known: true, Offset: 8 * 3600}, i + 4, true
		}
	}
	if t.kind == kRune && (t.r == '+' || t.r == '-') {
		if off, next, ok := p.offset(i, iso); ok {
			return Zone{Known: true, Offset: off}, next, true
		}
		return Zone{}, 0, false
	}
	if t.kind != kWord || t.w.class != wZone {
		return Zone{}, 0, false
	}
	name := p.s[t.start:t.end]
	if len(name) == 1 && (t.space || name != "Z") || len(name) == 2 && name != "ET" && name != "PT" && name != "CT" && name != "MT" {
		return Zone{}, 0, false
	}
	if len(name) > 2 && !upper(name) {
		return Zone{}, 0, false // "art", "wit", "est" in a sentence
	}
	z := Zone{Known: true, Offset: p.zoneMinutes(name, t.w) * 60, Summer: t.w.summer}
	next := i + 1
	if name == "GMT" || name == "UTC" {
		if off, after, ok := p.offset(next, true); ok {
			z.Offset, next = off, after
		}
	}
	if open && p.isRune(next, ')') {
		next++
	}
	return z, next, true
}

func upper(s string) bool {
	for _, r := range s {
		if lower(r) == r {
			return false
		}
	}
	return true
}

// zoneMinutes settles the abbreviations that the language tells apart.
func (p *parser) zoneMinutes(name string, w word) int {
	switch {
	case name == "CST" && p.h.Lang == "zh":
		return 480
	case name == "IST" && (p.h.Lang == "he" || p.h.Lang == "iw"):
		return 120
	}
	return int(w.val)
}

// offset reads +0800, +08:00, -05:00, and after GMT or UTC also +8, in
// seconds. A range of hours ("10:00-11:30") is none: where the text is not
// ISO 8601, a minus must be followed by four digits.
func (p *parser) offset(i int, iso bool) (int, int, bool) {
	sign, n := p.tok(i), p.tok(i+1)
	if sign.kind != kRune || n.kind != kNum || n.space || sign.r != '+' && sign.r != '-' {
		return 0, 0, false
	}
	hours, minutes, next := n.val, 0, i+2
	colon := p.isRune(next, ':') && p.tok(next+1).kind == kNum && p.tok(next+1).digits == 2
	switch {
	case n.digits == 4:
		hours, minutes = n.val/100, n.val%100
	case n.digits > 2:
		return 0, 0, false
	case colon && (iso || sign.r == '+' || p.secondsBefore(i)):
		minutes = p.tok(next + 1).val
		next += 2
	case !iso:
		return 0, 0, false
	}
	if hours > 14 || minutes%15 != 0 || minutes > 45 {
		return 0, 0, false
	}
	off := hours*3600 + minutes*60
	if sign.r == '-' {
		off = -off
	}
	return off, next, true
}

// secondsBefore tells whether the time before token i shows seconds.
func (p *parser) secondsBefore(i int) bool {
	if p.isRune(i-2, '.') { // a fraction
		return true
	}
	return p.tok(i-1).kind == kNum && p.isRune(i-2, ':') && p.tok(i-3).kind == kNum && p.isRune(i-4, ':')
}
