package dates

import (
	"strings"
	"unicode/utf8"
)

// clock is a time of day found among the tokens.
type clock struct {
	ok           bool
	hour, minute int
	second       int
	seconds      bool // seconds were written
	bare         bool // the hour alone was written
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

// clock reads a time of day at token i: 17:35, 17:35:03, 5:35 PM, 下午5:35,
// 20时01分, 07h30, 8 a.m., 午後8時. An hour alone needs a word for its part of the day.
func (p *parser) clock(i int) (clock, int, bool) {
	part, j := p.partBefore(i)
	if part == noPart && p.tok(i).kind != kNum {
		return clock{}, 0, false
	}
	return p.clockFrom(p.tok(j), j, part, false)
}

// partBefore reads the part of the day before an hour; next is the hour's token.
func (p *parser) partBefore(i int) (part dayPart, next int) {
	t := p.tok(i)
	switch {
	case t.kind == kRune:
		for _, x := range eastParts {
			if strings.HasPrefix(p.rest(i), x.word) {
				return x.part, i + utf8.RuneCountInString(x.word)
			}
		}
	case t.kind == kWord && t.w.class == wHalf && !p.gluedToNumber(i): // "PM 5:35", "晚上 8:30"
		next = i + 1
		if p.isRune(next, '.') {
			next++
		}
		if p.isNum(next) {
			return dayPart(t.w.val), next
		}
	}
	return noPart, i
}

// gluedToNumber reports whether token i follows a number directly: "2024م".
func (p *parser) gluedToNumber(i int) bool { return p.isNum(i-1) && !p.tok(i).space }

// gluedClock reads the time whose hour was glued to the date's last number.
func (p *parser) gluedClock(d date, next int) (clock, int, bool) {
	if d.glued.kind != kNum {
		return clock{}, 0, false
	}
	return p.clockFrom(&d.glued, next-1, noPart, false)
}

// clockFrom reads a time whose hour is the number h at token i. part is the
// part of the day that a word before it names. bare takes an hour alone that is
// marked as one ("20 Uhr"): only directly behind a date.
func (p *parser) clockFrom(h *token, i int, part dayPart, bare bool) (clock, int, bool) {
	if h.kind != kNum || h.digits > 2 || h.val > 24 {
		return clock{}, 0, false
	}
	c := clock{ok: true, hour: h.val, iso: p.isoClock(h, i)}
	j, ok := p.minutes(&c, h, i+1)
	if !ok {
		if j, ok = p.hourAlone(i+1, part, bare); !ok {
			return clock{}, 0, false
		}
		c.bare = true
	}
	j = p.half(&c, j, part)
	if c.hour == 24 && c.minute > 0 {
		return clock{}, 0, false
	}
	c.hour %= 24
	return c, j, true
}

// isoClock reports whether the hour h at token i follows the T of ISO 8601.
func (p *parser) isoClock(h *token, i int) bool {
	before := p.tok(i - 1)
	if before.kind != kWord || h.space {
		return false
	}
	s := p.s[before.start:before.end]
	return s == "t" || s == "T" && !before.space
}

// minutes reads what follows an hour: ":35:03", "时01分", "h30", " giờ 30".
func (p *parser) minutes(c *clock, h *token, i int) (next int, ok bool) {
	sep, m := p.tok(i), p.tok(i+1)
	if p.isRune(i, '時') || p.isRune(i, '时') {
		if p.isRune(i+1, '半') {
			c.minute = 30
			return i + 2, true
		}
	}
	if m.kind != kNum || m.digits > 2 || m.val > 59 {
		return 0, false
	}
	eastern := p.isAnyRune(i, "时時点點시")
	switch {
	case eastern:
	case m.digits != 2:
		return 0, false
	case p.isRune(i, ':'):
	case !p.hourMark(i) || !evenlySpaced(h, sep, m):
		return 0, false
	}
	c.minute = m.val
	j := i + 2
	if eastern && p.isAnyRune(j, "分분") {
		j++
	}
	return p.seconds(c, j, eastern), true
}

// hourMark reports a word such as "h" or "giờ" between hour and minute.
func (p *parser) hourMark(i int) bool { return p.tok(i).kind == kWord && p.tok(i).w.hour }

// evenlySpaced distinguishes 10h15 and 10 h 15 from "2h 10" and "10 h15".
func evenlySpaced(h, sep, m *token) bool {
	return (!sep.space || m.space) && (!m.space || h.space || sep.space)
}

// hourAlone reads the end of "8 a.m.", "午後8時", and, behind a date, of "8h" and "20 Uhr".
func (p *parser) hourAlone(i int, part dayPart, bare bool) (next int, ok bool) {
	eastern := p.isAnyRune(i, "时時点點시")
	switch {
	case eastern && (bare || part != noPart) && !p.isAnyRune(i+1, "間间"):
		return i + 1, true
	case p.isClass(i, wHalf) && part == noPart && (bare || p.abbreviatesHalf(i)):
		return i, true
	case bare && p.hourMark(i):
		return i + 1, true
	}
	return 0, false
}

// abbreviatesHalf reports "am", "p.m.": words that stand behind an hour and nowhere else.
func (p *parser) abbreviatesHalf(i int) bool {
	s := p.text(i)
	return len(s) > 1 && (s[len(s)-1]|0x20 == 'm' || strings.HasSuffix(s, "μ"))
}

// seconds reads ":03", "03秒" and a fraction after it.
func (p *parser) seconds(c *clock, j int, eastern bool) int {
	s := p.tok(j + 1)
	switch {
	case p.isRune(j, ':') && s.kind == kNum && s.digits == 2 && s.val < 60:
		c.second, c.seconds = s.val, true
		j = p.pastFraction(j + 2)
		if p.isRune(j, '秒') {
			j++
		}
	case eastern && p.isNum(j) && p.tok(j).digits <= 2 && p.tok(j).val < 60 && p.isRune(j+1, '秒'):
		c.second, c.seconds = p.tok(j).val, true
		j += 2
	}
	return j
}

// pastFraction skips the fraction of a second: ".389", ",5", ":000".
func (p *parser) pastFraction(j int) int {
	point, digits := p.tok(j), p.tok(j+1)
	if digits.kind != kNum || digits.space || point.space {
		return j
	}
	if p.isAnyRune(j, ".,") || p.isRune(j, ':') && digits.digits == 3 {
		return j + 2
	}
	return j
}

// half applies the part of the day, which stands before or behind the digits.
func (p *parser) half(c *clock, j int, part dayPart) int {
	if part == noPart {
		k := j
		if p.isClass(k, wGlue) && p.isClass(k+1, wHalf) && !p.isNum(k+2) { // 8:30 ng gabi
			k++
		}
		if p.isClass(k, wHalf) && !p.isHourOf(k+1) {
			part, j = dayPart(p.tok(k).w.val), k+1
			if p.isRune(j, '.') {
				j++
			}
		}
	}
	c.hour = part.of(c.hour)
	return j
}

// isHourOf reports whether token i is the hour of another time: the part of the
// day before it belongs to that.
func (p *parser) isHourOf(i int) bool { return p.isNum(i) && p.isRune(i+1, ':') }

// clockAfter looks for a time of day in the few tokens after a date.
func (p *parser) clockAfter(i int) (clock, int, bool) {
	for k := i; k < i+8; k++ {
		t := p.tok(k)
		if t.kind == kEnd {
			break
		}
		if z, after, ok := p.zoneBeforeClock(k); ok {
			c, end, ok := p.clock(after) // "2012-01-11 HKT 21:43"
			c.zone = z
			return c, end, ok
		}
		if c, end, ok := p.clockBehindDate(k, k <= i+4); ok {
			boxed := c.bare && (p.isRune(k-1, '|') || p.isRune(end, '|')) // "| 6PM |": of a weather report
			return c, end, !boxed
		}
		if p.text(k) == "T" || t.kind == kWord && t.w.hour {
			continue
		}
		if !p.skippable(k) {
			break
		}
	}
	return clock{}, 0, false
}

// zoneBeforeClock reads a zone's abbreviation of two letters or more at token k.
func (p *parser) zoneBeforeClock(k int) (Zone, int, bool) {
	t := p.tok(k)
	if t.kind != kWord || t.w.class != wZone || t.end-t.start < 2 {
		return Zone{}, 0, false
	}
	return p.zone(k, false)
}

// clockBehindDate reads a time of day at token k in all the forms that count
// behind a date. near allows those that are numbers like any other: 16.03.
func (p *parser) clockBehindDate(k int, near bool) (clock, int, bool) {
	if c, end, ok := p.namedClock(k); ok {
		return c, end, true
	}
	part, j := p.partBefore(k)
	if part == noPart && p.tok(k).kind != kNum {
		return clock{}, 0, false
	}
	if c, end, ok := p.clockFrom(p.tok(j), j, part, true); ok {
		return c, end, true
	}
	if near && p.isNum(j) {
		return p.dottedClock(j, part)
	}
	return clock{}, 0, false
}

// namedClock reads "noon", "midnight", 正午.
func (p *parser) namedClock(k int) (clock, int, bool) {
	t := p.tok(k)
	if t.kind == kWord && t.w.class == wClock {
		return clock{ok: true, hour: int(t.w.val)}, k + 1, true
	}
	if t.kind == kRune {
		for _, x := range eastClocks {
			if strings.HasPrefix(p.rest(k), x.word) {
				return clock{ok: true, hour: x.hour}, k + utf8.RuneCountInString(x.word), true
			}
		}
	}
	return clock{}, 0, false
}

// dottedClock reads 16.03 and 4.34pm: a time only directly after a date.
func (p *parser) dottedClock(i int, part dayPart) (clock, int, bool) {
	h, m := p.tok(i), p.tok(i+2)
	if h.kind != kNum || h.digits > 2 || h.val > 23 || !p.isRune(i+1, '.') {
		return clock{}, 0, false
	}
	if m.kind != kNum || m.space || m.digits != 2 || m.val > 59 {
		return clock{}, 0, false
	}
	if p.isRune(i+3, '.') && p.isNum(i+4) || p.isRune(i+3, '%') {
		return clock{}, 0, false
	}
	c := clock{ok: true, hour: h.val, minute: m.val}
	return c, p.half(&c, i+3, part), true
}
