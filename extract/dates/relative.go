package dates

import (
	"strings"
	"time"
)

// eastUnits are the units before 前 and 전, longest spelling first.
var eastUnits = []struct {
	word    string
	seconds int
}{
	{"秒钟", 1}, {"秒鐘", 1}, {"秒", 1}, {"分钟", 60}, {"分鐘", 60}, {"分", 60}, {"分间", 60},
	{"个小时", 3600}, {"個小時", 3600}, {"小时", 3600}, {"小時", 3600}, {"时间", 3600}, {"時間", 3600},
	{"天", 86400}, {"日", 86400}, {"周", 7 * 86400}, {"週間", 7 * 86400}, {"週", 7 * 86400}, {"个月", 30 * 86400}, {"個月", 30 * 86400}, {"か月", 30 * 86400}, {"ヶ月", 30 * 86400}, {"カ月", 30 * 86400}, {"ヵ月", 30 * 86400}, {"年", 365 * 86400},
	{"초", 1}, {"분", 60}, {"시간", 3600}, {"일", 86400}, {"주", 7 * 86400}, {"개월", 30 * 86400}, {"년", 365 * 86400},
}

// eastDays are the words for days near the capture.
var eastDays = []struct {
	word string
	days int
}{{"今天", 0}, {"今日", 0}, {"昨天", 1}, {"昨日", 1}, {"前天", 2}, {"前日", 2}, {"오늘", 0}, {"어제", 1}, {"刚刚", 0}, {"剛剛", 0}}

// ago tells whether token i is "ago" or a word like it.
func (p *parser) ago(i int) bool { return p.isClass(i, wAgo) || p.isSpelt(i, speltAgo) } // "ago" is August, too

// shortUnits are abbreviations that are units only beside "ago" or "vor": 5m ago, il y a 3 j.
var shortUnits = map[string]int{
	"s": 1, "m": 60, "м": 60, "ч": 3600, "godz": 3600, "d": 86400, "j": 86400, "dn": 86400, "дн": 86400, "w": 7 * 86400, "wk": 7 * 86400, "wks": 7 * 86400,
	"mo": 30 * 86400, "mos": 30 * 86400, "y": 365 * 86400, "yr": 365 * 86400, "yrs": 365 * 86400,
}

// relative reads a time counted from the capture: 3小时前, 2 hours ago, vor
// 3 Stunden, il y a 5 minutes, 昨天 12:30. Without a capture time there is none.
func (p *parser) relative(i int) (Found, int, bool) {
	if p.h.Now.IsZero() {
		return Found{}, 0, false
	}
	seconds, days, next, ok := p.elapsed(i)
	if !ok {
		days, next, ok = p.dayWord(i)
		seconds = 0
	}
	if !ok {
		return Found{}, 0, false
	}
	loc := p.h.Location
	if loc == nil {
		loc = time.UTC
	}
	t := p.h.Now.In(loc).Add(-time.Duration(seconds)*time.Second).AddDate(0, 0, -days)
	f := Found{Stamp: From(t), Start: int(p.tok(i).start)}
	f.Relative, f.Second = true, 0
	f.Precision = Minute
	// An hour or a day says nothing of the minute: keep the day alone.
	if seconds >= 3600 || seconds == 0 {
		f.Hour, f.Minute, f.Precision, f.Zone = 0, 0, Day, Zone{}
	}
	if seconds == 0 {
		if c, after, ok := p.clockAfter(next); ok {
			f.Stamp, next = c.onto(f.Stamp), after
		}
	}
	f.End = int(p.tok(next - 1).end)
	return f, next, f.Valid()
}

// elapsed reads a number with its unit and "ago": seconds, or whole days.
func (p *parser) elapsed(i int) (seconds, days, next int, ok bool) {
	j := i
	since := false
	if p.isClass(j, wSince) {
		since, j = true, j+1
		if p.isClass(j, wSince) {
			j++
		}
	} else if p.isSpelt(j, speltIl) && p.isSpelt(j+1, speltY) && p.isSpelt(j+2, speltA) {
		since, j = true, j+3
	}
	if p.isRune(j, '半') && (strings.HasPrefix(p.s[p.tok(j).start:], "半小时前") || strings.HasPrefix(p.s[p.tok(j).start:], "半小時前")) {
		return 1800, 0, j + 4, true
	}
	if since && p.isSpelt(j, speltApo) {
		j++ // πριν από 2 ώρες
	}
	n := p.tok(j)
	if n.kind == kWord && (since || n.w.one) {
		n = &token{kind: kNum, digits: 1, val: 1} // "an hour ago", "vor einer Stunde"
		if p.isRune(j+1, '\'') || p.isRune(j+1, '’') {
			j++ // un'ora fa
		}
	}
	if n.kind != kNum || n.digits > 3 || n.val > 400 {
		return 0, 0, 0, false
	}
	j++
	unit, j, ok := p.unit(j, since)
	if !ok {
		return 0, 0, 0, false
	}
	if p.isRune(j, '.') && p.ago(j+1) { // 5 min. ago
		j++
	}
	switch {
	case p.ago(j):
		j++
	case p.isRune(j, '前'), p.isRune(j, '전'):
		j++
	case !since:
		return 0, 0, 0, false
	}
	if unit >= 86400 {
		return 0, n.val * (unit / 86400), j, true
	}
	return n.val * unit, 0, j, true
}

// unit reads the unit of a relative time; since tells that "vor", "il y a" or
// their like stand before the number.
func (p *parser) unit(j int, since bool) (seconds, next int, ok bool) {
	t := p.tok(j)
	if t.kind == kWord {
		ago := p.ago(j+1) || p.isRune(j+1, '.') && p.ago(j+2)
		if seconds, ok := shortUnits[strings.ToLower(p.s[t.start:t.end])]; ok && (ago || since && seconds != 60) { // "vor 3 m" is a distance
			return seconds, j + 1, true
		}
	}
	if t.kind == kWord && t.w.class == wUnit {
		return int(t.w.val), j + 1, true
	}
	if t.kind == kWord && t.w.class == wHourSep || t.kind == kWord && t.w.class == wGlue && t.w.spelt == speltOre || p.isSpelt(j, speltUur) {
		return 3600, j + 1, true
	}
	if t.kind != kRune || t.r < 0x80 {
		return 0, 0, false
	}
	for _, u := range eastUnits {
		if strings.HasPrefix(p.s[t.start:], u.word) {
			next = j + len([]rune(u.word))
			if p.isRune(next, '前') || p.isRune(next, '전') {
				return u.seconds, next, true
			}
		}
	}
	return 0, 0, false
}

// dayWord reads "yesterday" at the start of a line, or before a time of day.
func (p *parser) dayWord(i int) (days, next int, ok bool) {
	t := p.tok(i)
	if t.kind == kWord && t.w.class == wDay {
		days, next, ok = int(t.w.val), i+1, true
	}
	if t.kind == kRune {
		for _, w := range eastDays {
			if strings.HasPrefix(p.s[t.start:], w.word) {
				days, next, ok = w.days, i+2, true
				break
			}
		}
	}
	if !ok {
		return 0, 0, false
	}
	if p.tok(next).kind == kEnd && i == 0 {
		return days, next, true
	}
	if _, _, timed := p.clockAfter(next); timed && i < 4 {
		return days, next, true
	}
	return 0, 0, false
}

func (p *parser) isSpelt(i int, s spelling) bool {
	t := p.tok(i)
	return t.kind == kWord && t.w.spelt == s
}
