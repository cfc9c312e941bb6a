package published

import (
	"strings"
	"unicode/utf8"

	"pressmark/extract/dates"
	"pressmark/extract/page"
	"pressmark/extract/text"
)

// printed is a time that a line shows.
type printed struct {
	dates.Stamp
	line    int
	score   float64
	updated bool // labelled as the time of a change
	label   bool // labelled as the time of publication
	first   bool // labelled as the first one: "First published"
	noYear  bool // the year was completed
	alone   bool // its line holds little but times
	ok      bool
}

// monthFirst reports whether 02/03/2012 is February 3 on this page: in North
// America, as language tag or host say.
func monthFirst(p *page.Page) bool {
	if p.Lang != "en" {
		return false
	}
	tag := strings.ToLower(p.LangTag)
	if strings.HasSuffix(tag, "-us") {
		return true
	}
	if strings.Contains(tag, "-") {
		return false
	}
	host := p.Base.Hostname()
	for _, end := range []string{".com", ".org", ".net", ".us", ".gov", ".edu"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return host == ""
}

// lineTimes are the times that one line shows.
type lineTimes struct {
	line  int
	found []dates.Found
}

// shown lists the times that the page's lines print.
func (t *timeFinder) shown() []printed {
	var lines []lineTimes
	t.groups = map[int32]int{}
	for i := range t.p.Lines {
		if len(lines) > maxTimes {
			break
		}
		if !t.mayShowTime(i) {
			continue
		}
		if found := t.timesIn(i); len(found) > 0 {
			lines = append(lines, lineTimes{i, found})
			t.count(i, found)
		}
	}
	var out []printed
	for _, x := range lines {
		out = t.weigh(out, x.line, x.found)
	}
	return out
}

// mayShowTime reports whether a line can show a time. The test is cheap and rules most
// lines out.
func (t *timeFinder) mayShowTime(i int) bool {
	l := &t.p.Lines[i]
	onlyLink := l.LinkMass*10 >= l.Mass*9
	switch {
	case len(l.Text()) > maxTimeLine && !t.mayHoldImprint(i):
		return false
	case l.Digits == 0: // "yesterday", 二〇一二年; seldom a menu's link, as "2 hours ago" may be
		return !onlyLink && len(l.Text()) <= maxWordTime && (t.p.CJK || !t.hints.Now.IsZero())
	case onlyLink && countOnly(l.Text()):
		return t.nameMonth(i, i) // else "Comments (12)", "Page 2"
	}
	return true
}

// maxWordTime bounds the lines without digits that are read, in bytes.
const maxWordTime = 60

// timesIn reads the times of a line.
func (t *timeFinder) timesIn(i int) []dates.Found {
	l := &t.p.Lines[i]
	s := l.Text()
	if l.Role() == page.RoleBody && l.IsProse() && len(s) > 2*proseHead {
		s = s[:text.CutAt(s, proseHead)] // a paragraph shows its date at its head or not at all
	}
	found := t.finder.Find(s)
	if i == t.last && len(found) == 0 && l.IsProse() {
		found = t.imprint(l.Text())
	}
	if len(found) <= 1 {
		found = t.joined(i, found)
	}
	return found
}

// count notes a line's times for what is said of the page as a whole: which lists
// hold many, and whether the day or the month comes first.
func (t *timeFinder) count(i int, found []dates.Found) {
	if g := t.group(t.p.Lines[i].Box); g >= 0 {
		t.groups[g]++
	}
	for k := range found {
		t.orders[found[k].Order]++
	}
}

// mayHoldImprint reports whether a line is the last paragraph, or the first if that begins with brackets.
func (t *timeFinder) mayHoldImprint(i int) bool {
	return i == t.last || i == t.first && strings.IndexAny(t.p.Lines[i].Text(), openers) == 0
}

// imprint finds the time in the brackets that end a text.
func (t *timeFinder) imprint(text string) []dates.Found {
	open := strings.LastIndexAny(text, openers)
	if open < 0 || len(text)-open > 150 {
		return nil
	}
	found := t.finder.Find(text[open:])
	for k := range found {
		found[k].Start += open
		found[k].End += open
	}
	return found
}

// openers and closers are brackets that set an imprint apart from the text.
const openers, closers = "（([【〔", "）)]】〕"

// inImprint reports whether a time stands in brackets before the first or behind the
// last words of a line: （湖畔日报 2019-03-06 07:48 编辑 张三）.
func inImprint(text string, start, end int) bool {
	start, end = min(start, len(text)), min(end, len(text))
	open := strings.LastIndexAny(text[:start], openers)
	if open < 0 || start-open > 60 || strings.ContainsAny(text[open:start], closers) {
		return false
	}
	shut := strings.IndexAny(text[end:], closers)
	if shut < 0 || shut > 80 {
		return false
	}
	return strings.Trim(text[:open], " \u3000") == "" || strings.Trim(text[end+shut:], closers+" \u3000。") == ""
}

// countOnly reports whether the only digits of an ASCII text are one number of up to
// three digits, with a word before it and none after it, as in "2 hours ago".
func countOnly(s string) bool {
	i := strings.IndexFunc(s, func(r rune) bool { return r >= '0' && r <= '9' })
	if i < 0 || !hasLetters(s[:i]) {
		return false
	}
	end := i
	for end < len(s) && s[end]-'0' <= 9 {
		end++
	}
	for k := 0; k < len(s); k++ {
		if s[k] >= utf8.RuneSelf || k >= end && s[k]-'0' <= 9 {
			return false
		}
	}
	rest := strings.TrimLeft(s[end:], " ")
	return end-i <= 3 && (rest == "" || rest[0]|0x20 < 'a' || rest[0]|0x20 > 'z')
}

// weigh adds the times of one line with their scores.
func (t *timeFinder) weigh(out []printed, i int, found []dates.Found) []printed {
	text := t.p.Lines[i].Text()
	times := 0
	for k := range found {
		times += found[k].End - found[k].Start
	}
	end := 0
	for k := range found {
		f := &found[k]
		c := printed{line: i, ok: true, noYear: f.Year == 0, alone: times*2 > len(text)}
		c.Stamp = t.settle(t.complete(f.Stamp))
		if c.Year == 0 || !t.possible(c.Stamp) {
			continue
		}
		if f.Start <= len(text) {
			kind, first := t.labels(i, end, f, k == len(found)-1)
			if end = min(f.End, len(text)); kind == labelForeign {
				continue
			}
			c.label, c.updated, c.first = kind == labelPublished, kind == labelUpdated, first
		}
		c.score = t.score(&c, f)
		out = append(out, c)
	}
	return out
}

// proseHead is how much of a paragraph is searched, in bytes.
const proseHead = 90

// maxTimes bounds the lines with times that are kept.
const maxTimes = 2000

// maxTimeLine bounds the lines that are looked at, in bytes. Longer ones are paragraphs.
const maxTimeLine = 400

// joined reads a time that is split over neighbouring lines: a date and its
// time of day in two boxes, or year, day and hour in three.
func (t *timeFinder) joined(i int, found []dates.Found) []dates.Found {
	l := &t.p.Lines[i]
	if !goesOn(l, found) {
		return found
	}
	text, joined := l.Text(), i+1 // the lines from i to joined-1
	letters := hasLetters(l.Text())
	for k := i + 1; k < min(len(t.p.Lines), i+maxJoined); k++ {
		next := &t.p.Lines[k]
		if len(next.Text()) > 24 || next.Digits == 0 || next.Hidden() {
			break
		}
		letters = letters || hasLetters(next.Text())
		if letters && !t.nameMonth(i, k) {
			continue // "Page 1 | Page 2"
		}
		for ; joined <= k; joined++ {
			text += " | " + t.p.Lines[joined].Text()
		}
		if f := t.finder.Find(text); len(f) > 0 && (f[0].Named || !letters) && completes(&f[0], len(l.Text()), found) {
			found = f[:1]
		}
	}
	return found
}

// maxJoined bounds the lines over which one time is split.
const maxJoined = 4

// goesOn reports whether the time of a line may go on in the next: it ends the
// line and is a day, or the short line has no time yet.
func goesOn(l *page.Line, found []dates.Found) bool {
	switch {
	case l.Digits == 0:
		return false
	case len(found) == 0:
		return len(l.Text()) <= 12
	}
	return found[0].Precision <= dates.Day && len(l.Text())-found[0].End <= 3
}

// completes reports whether a time read over several lines says more than the
// time found in the first of them, which is first bytes long.
func completes(f *dates.Found, first int, found []dates.Found) bool {
	if len(found) == 0 {
		return f.End > first || f.Precision > dates.Day
	}
	return f.Start < first && f.Precision > dates.Day
}

// nameMonth reports whether one of the lines from first to last has a word for a
// month. What is found out of a line is remembered.
func (t *timeFinder) nameMonth(first, last int) bool {
	if t.months == nil {
		t.months = make([]int8, len(t.p.Lines))
	}
	for i := first; i <= last; i++ {
		if t.months[i] == 0 {
			t.months[i] = -1
			if t.finder.NamesMonth(t.p.Lines[i].Text()) {
				t.months[i] = 1
			}
		}
		if t.months[i] > 0 {
			return true
		}
	}
	return false
}

// hasLetters reports whether s has ASCII letters other than those of am and pm.
func hasLetters(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i] | 0x20; {
		case c < 'a' || c > 'z', c == 'a' || c == 'p' || c == 'm' || c == 't' || c == 'z':
		default:
			return true
		}
	}
	return false
}

// settle orders day and month of an ambiguous date as the address, structured
// data or the page's other dates have them.
func (t *timeFinder) settle(s dates.Stamp) dates.Stamp {
	swapped, ok := s.Swapped()
	if !ok || !s.Ambiguous {
		return s
	}
	if t.hasURL && t.byURL.Day > 0 {
		if t.byURL.SameDay(swapped) {
			return swapped
		}
		return s
	}
	for _, list := range [][]timeClaim{t.claims, t.updates} {
		for _, c := range list {
			if c.SameDay(s) {
				return s
			}
			if c.SameDay(swapped) {
				return swapped
			}
		}
	}
	if (!t.possible(s) || t.otherOrder()) && t.possible(swapped) {
		return swapped
	}
	return s
}

// otherOrder reports whether the page's dates prove another order of day and month
// than the one by which it is read.
func (t *timeFinder) otherOrder() bool {
	monthDay, dayMonth := t.orders[dates.OrderMonthDay], t.orders[dates.OrderDayMonth]
	if t.hints.MonthFirst {
		return dayMonth > monthDay
	}
	return monthDay > dayMonth
}
