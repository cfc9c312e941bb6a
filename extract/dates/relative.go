package dates

import (
	"strings"
	"time"
	"unicode/utf8"
)

// eastUnits are the units before 前 and 전, longest spelling first.
var eastUnits = []struct {
	word    string
	seconds int
}{
	{"秒钟", 1}, {"秒鐘", 1}, {"秒", 1}, {"分钟", 60}, {"分鐘", 60}, {"分", 60}, {"分间", 60},
	{"个小时", 3600}, {"個小時", 3600}, {"小时", 3600}, {"小時", 3600}, {"时间", 3600}, {"時間", 3600}, {"个钟头", 3600},
	{"天", 86400}, {"日", 86400}, {"个星期", week}, {"個星期", week}, {"周", week}, {"週間", week}, {"週", week}, {"星期", week},
	{"个月", month}, {"個月", month}, {"か月", month}, {"ヶ月", month}, {"カ月", month}, {"ヵ月", month}, {"ケ月", month}, {"年", year},
	{"초", 1}, {"분", 60}, {"시간", 3600}, {"일", 86400}, {"주일", week}, {"주", week}, {"개월", month}, {"달", month}, {"년", year},
}

// eastDays are the words for days near the capture.
var eastDays = []struct {
	word string
	days int
}{{"今天", 0}, {"今日", 0}, {"昨天", 1}, {"昨日", 1}, {"昨晚", 1}, {"前天", 2}, {"前日", 2}, {"一昨日", 2}, {"오늘", 0}, {"어제", 1}, {"그저께", 2}, {"그제", 2}, {"刚刚", 0}, {"剛剛", 0}}

// span is a length of time before the capture. Months and years count by the calendar.
type span struct {
	seconds, days, months int
	finest                int // the smallest unit, in seconds; 0 for a day's name
}

// add puts n units into the span.
func (s *span) add(n, unit int) {
	switch {
	case unit >= year:
		s.months += 12 * n * (unit / year)
	case unit >= month:
		s.months += n * (unit / month)
	case unit >= 86400:
		s.days += n * (unit / 86400)
	default:
		s.seconds += n * unit
	}
	if s.finest == 0 || unit < s.finest {
		s.finest = unit
	}
}

// before returns the moment that lies the span before t, to the precision that
// its smallest unit has: an hour or a day says nothing of the minute.
func (s *span) before(t time.Time) Stamp {
	t = t.Add(-time.Duration(s.seconds)*time.Second).AddDate(0, -s.months, -s.days)
	st := From(t)
	st.Relative, st.Second, st.Precision = true, 0, Minute
	if s.finest == 0 || s.finest >= 3600 {
		st.Hour, st.Minute, st.Precision, st.Zone = 0, 0, Day, Zone{}
	}
	return st
}

// relative reads a time counted from the capture: 3小时前, 2 hours 15 minutes
// ago, vor 3 Stunden, il y a 5 minutes, 昨天 12:30. Without a capture time there
// is none.
func (p *parser) relative(i int) (Found, int, bool) {
	if p.h.Now.IsZero() {
		return Found{}, 0, false
	}
	s, next, ok := p.elapsed(i)
	if !ok {
		s = span{}
		s.days, next, ok = p.dayWord(i)
	}
	if !ok {
		return Found{}, 0, false
	}
	f := Found{Stamp: s.before(p.h.Now.In(utc(p.h.Location))), Start: int(p.tok(i).start)}
	if s.finest == 0 {
		if c, after, ok := p.clockAfter(next); ok {
			f.Stamp, next = c.onto(f.Stamp), after
			if z, end, ok := p.zone(next, false); ok {
				f.Zone, next = z, end
			}
		}
	}
	f.End = int(p.tok(next - 1).end)
	return f, next, f.Valid()
}

// elapsed reads numbers with their units, and "ago" behind or its like before
// them: "2 hours 15 minutes ago", "vor 3 Stunden", 1天3小时前, "dakika 5 zilizopita".
func (p *parser) elapsed(i int) (s span, next int, ok bool) {
	if r := p.rest(i); strings.HasPrefix(r, "半小时前") || strings.HasPrefix(r, "半小時前") {
		return span{seconds: 1800, finest: 60}, i + 4, true
	}
	j, since := p.pastSince(i)
	ago := false
	for n := 0; n < 3 && !ago; n++ {
		q, ok := p.quantity(j, since)
		if !ok {
			break
		}
		s.add(q.n, q.unit)
		j, ago = q.next, q.ago
		if !ago {
			k := p.pastAgo(j)
			j, ago = max(j, k), k > j
		}
		if !ago {
			j = p.pastAnd(j, since)
		}
	}
	return s, j, s.finest > 0 && (since || ago)
}

// pastAnd skips what joins two quantities: "2 hours and 15 minutes", "2 godz. 15 min.".
func (p *parser) pastAnd(i int, since bool) int {
	k := i
	for n := 0; n < 3 && (p.isAnyRune(k, ".,-") || p.isClass(k, wGlue) || p.joins(k)); n++ {
		k++
	}
	if _, ok := p.quantity(k, since && p.isNum(k)); ok && k > i {
		return k
	}
	return i
}

// joins reports a word for "and".
func (p *parser) joins(i int) bool {
	if p.tok(i).kind != kWord {
		return false
	}
	switch p.text(i) {
	case "and", "und", "et", "y", "e", "en", "og", "och", "i", "и", "і", "та", "ja", "ve", "és", "și", "a", "و", "ו", "και", "dan", "và", "र", "और", "ও", "اور":
		return true
	}
	return false
}

// pastSince skips the word that stands before the number in many languages.
func (p *parser) pastSince(i int) (next int, since bool) {
	for n := 0; n < 2 && p.isClass(i, wSince); n++ {
		i, since = i+1, true
	}
	if since && p.isWord(i, "από") { // πριν από 2 ώρες
		i++
	}
	if p.isWord(i, "il") && p.isWord(i+1, "y") && p.isWord(i+2, "a") {
		return i + 3, true
	}
	return i, since
}

// pastAgo returns the token behind "ago" at token i, i where there is none.
func (p *parser) pastAgo(i int) int {
	for k := i; k < i+3; k++ {
		switch {
		case p.ago(k), p.isRune(k, '前'), p.isRune(k, '전'):
			return k + 1
		case k == i && p.isRune(k, '.'), p.isWord(k, "yang"), p.isWord(k, "ang"), p.isWord(k, "कट"), p.isWord(k, "කට"): // 5 min. ago
			continue
		}
		break
	}
	return i
}

// quantity is a number with its unit.
type quantity struct {
	n, unit int
	next    int
	ago     bool // the unit's word says "ago", too
}

// quantity reads a number with its unit at token i. since reports that "vor",
// "il y a" or their like stand before it.
func (p *parser) quantity(i int, since bool) (q quantity, ok bool) {
	t := p.tok(i)
	switch {
	case t.kind == kNum && t.digits <= 3 && t.val <= 400:
		q.n = t.val
		return p.withUnit(q, i+1, since)
	case t.kind != kWord:
		return q, false
	case t.w.class == wUnit && t.w.count > 0: // ساعتين, דקה
		return quantity{int(t.w.count), int(t.w.val), i + 1, false}, true
	case t.w.class == wUnit && small(p.tok(i+1), 400): // dakika 5 zilizopita
		if next := i + 2; p.ago(next) || since || p.tok(next).kind == kWord && p.ago(next+1) {
			return quantity{p.tok(i + 1).val, int(t.w.val), i + 2 + p.gluedWord(i+2), false}, true
		}
	case t.w.class == wUnit && since: // منذ ساعة واحدة
		return quantity{1, int(t.w.val), i + 1, false}, true
	case t.w.one || since: // "an hour ago", "vor einer Stunde"
		q.n = 1
		if p.isRune(i+1, '\'') {
			i++ // un'ora fa
		}
		return p.withUnit(q, i+1, since)
	}
	return q, false
}

// gluedWord is 1 where token i is a word glued to the number before it ("5කට"), else 0.
func (p *parser) gluedWord(i int) int {
	if p.tok(i).kind == kWord && !p.tok(i).space && !p.ago(i) {
		return 1
	}
	return 0
}

// withUnit reads the unit of a number.
func (p *parser) withUnit(q quantity, i int, since bool) (quantity, bool) {
	t := p.tok(i)
	switch {
	case t.kind == kRune:
		return p.eastUnit(q, i)
	case t.kind != kWord:
		return q, false
	}
	q.next = i + 1
	if seconds, ok := shortUnits[strings.ToLower(p.text(i))]; ok && p.shortUnitAt(i, since && seconds != 60) { // "vor 3 m" is a distance
		q.unit = seconds
		return q, true
	}
	switch {
	case t.w.class == wUnit:
		q.unit, q.ago = int(t.w.val), t.w.ago
	case t.w.hour, p.isWord(i, "ore"), p.isWord(i, "uur"), p.isWord(i, "ώρα"), p.isWord(i, "saat"), p.isWord(i, "jam"):
		q.unit = 3600
	default:
		return q, false
	}
	return q, true
}

// shortUnitAt reports whether the letters at token i are a unit: before "ago",
// before a further number ("1d 3h ago"), or behind "vor".
func (p *parser) shortUnitAt(i int, since bool) bool {
	return since || p.pastAgo(i+1) > i+1 || p.isNum(i+1) || p.isRune(i+1, '.') && p.isNum(i+2)
}

// eastUnit reads a unit of East Asia: behind it 前 or another number with its unit must follow.
func (p *parser) eastUnit(q quantity, i int) (quantity, bool) {
	if p.tok(i).r < utf8Self {
		return q, false
	}
	for _, u := range eastUnits {
		if !strings.HasPrefix(p.rest(i), u.word) {
			continue
		}
		q.unit, q.next = u.seconds, i+utf8.RuneCountInString(u.word)
		if p.isAnyRune(q.next, "前전") {
			return q, true
		}
		if p.isNum(q.next) {
			_, ok := p.quantity(q.next, false)
			return q, ok
		}
	}
	return q, false
}

// ago reports whether token i is "ago" or a word like it. In Italian and
// Spanish "ago" is August, too.
func (p *parser) ago(i int) bool { return p.isClass(i, wAgo) || p.isWord(i, "ago") }

func (p *parser) isWord(i int, s string) bool {
	return p.tok(i).kind == kWord && strings.EqualFold(p.text(i), s)
}

// dayWord reads "yesterday" alone on its line, or near its start before a time of day.
func (p *parser) dayWord(i int) (days, next int, ok bool) {
	t := p.tok(i)
	switch t.kind {
	case kWord:
		days, next, ok = int(t.w.val), i+1, t.w.class == wDay
	case kRune:
		for _, w := range eastDays {
			if strings.HasPrefix(p.rest(i), w.word) {
				days, next, ok = w.days, i+utf8.RuneCountInString(w.word), true
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
	_, _, timed := p.clockAfter(next)
	return days, next, timed && i < 4
}
