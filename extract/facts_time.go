package extract

import (
	"strings"
	"time"

	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/dates"
)

// timeFinder decides when the article was published. What the page prints near
// its headline is the truth; structured data lends it seconds and zone, stands in
// where nothing is printed, and settles what is ambiguous.
type timeFinder struct {
	p       *page
	roles   *pageRoles
	head    titleResult
	text    bodyResult
	ruled   *ruled
	out     publishedResult
	zone    pageZone
	hints   dates.Hints
	finder  *dates.Finder
	byURL   dates.Stamp
	hasURL  bool
	claims  []timeClaim // structured publication times that can be true
	updates []timeClaim
	times   []timeElement
	groups  map[int32]int // lines with times in each list
	orders  [3]int        // dates of each dates.Order on the page
	months  []int8        // by line: 1 where it names a month, -1 where not, 0 where nobody has looked
	dated   map[int]bool  // lines with an element that says that it holds a date
	first   int           // first line of the body's text, len(lines) where there is none
	last    int           // last line of the body's text
}

// timeElement is a <time datetime> or an element with itemprop datePublished.
type timeElement struct {
	timeClaim
	line int
}

// timeClaim is a structured time, read.
type timeClaim struct {
	dates.Stamp
	from string
}

// publishedResult says when an article was published and last changed.
type publishedResult struct {
	published    *string // RFC 3339 or a day, nil where it was not found
	precision    article.Precision
	from         string
	modified     *string
	modifiedFrom string
	warnings     []string
}

// findPublished finds the times of publication and last change, and gives the
// lines that show them roleDate.
func findPublished(p *page, roles *pageRoles, said *facts, ruled *ruled, head titleResult, text bodyResult, zone *time.Location) publishedResult {
	t := newTimeFinder(p, said, head, text, zone)
	t.roles, t.ruled = roles, ruled
	t.find()
	return t.out
}

func (t *timeFinder) find() {
	if s, ok := t.byRule(); ok {
		t.publish(s, t.ruled.evidence())
		t.modify(s, printed{})
		return
	}
	shown := t.shown()
	best, changed := t.best(shown)
	t.addElements(best)
	if len(t.claims) == 0 && (!best.ok || best.Precision <= dates.Day) {
		t.claims = t.readClaims(t.p.scriptTimes())
	}
	s, from := t.decide(best)
	if e, ok := t.element(best); ok && from == "visible" {
		switch {
		case s.Precision <= dates.Day && e.Precision > dates.Day:
			s, from = e.Stamp, "visible day, time of time element"
		case e.SameMinute(s) || t.sameInstant(e.Stamp, s):
			s, from = t.lend(s, e.Stamp), "visible, with time element"
		}
	}
	if from == "" && changed.ok { // 最后更新 alone
		s, from = changed.Stamp, "visible, as updated"
		best = changed
	}
	if from == "" && t.hasURL && t.byURL.Day > 0 {
		s, from = t.byURL, "url"
	}
	if from == "" {
		return
	}
	t.publish(s, from)
	t.modify(s, changed)
	t.mark(best)
	t.mark(changed)
}

func newTimeFinder(p *page, said *facts, head titleResult, text bodyResult, zone *time.Location) *timeFinder {
	t := &timeFinder{p: p, head: head, text: text, zone: p.zone(zone), first: len(p.lines), last: -1}
	t.hints = dates.Hints{Lang: p.lang, Now: p.in.Fetched, Location: t.zone.loc, MonthFirst: p.monthFirst()}
	t.finder = dates.NewFinder(t.hints)
	address := p.canonical
	if address == "" {
		address = p.in.URL
	}
	t.byURL, t.hasURL = urlDate(address)
	if t.hasURL && !t.possible(t.byURL) {
		t.byURL, t.hasURL = dates.Stamp{}, false
	}
	for i := max(t.text.first, 0); i < t.text.last; i++ {
		if p.lines[i].role == roleBody {
			t.first = min(t.first, i)
			t.last = i
		}
	}
	t.claims = t.readClaims(said.published)
	t.updates = t.readClaims(said.modified)
	t.elements()
	return t
}

// elements reads the page's time elements.
func (t *timeFinder) elements() {
	p := t.p
	t.dated = map[int]bool{}
	for i := range p.spans {
		s := &p.spans[i]
		if s.node.DataAtom != atom.Time && !strings.HasPrefix(attr(s.node, "itemprop"), "date") && !namesDate(attr(s.node, "class")) {
			continue
		}
		t.dated[int(s.line)] = true
		value := attr(s.node, "datetime")
		if value == "" && s.node.DataAtom != atom.A { // hAtom: <abbr class="published" title="2013-04-04T18:52:11+00:00">
			value = attr(s.node, "title")
		}
		foreign := foreignNames
		if hasToken(attr(s.node, "class"), "published") {
			foreign &^= nameFooter // a post's own footer: "Posted by … at 7:48"
		}
		if value == "" || len(t.times) > 64 || int(s.line) >= len(p.lines) || p.localNames(p.lines[s.line].box, t.text.main, t.head.line)&foreign != 0 {
			continue
		}
		for _, c := range t.readClaims([]claim{{value, "time element"}}) {
			t.times = append(t.times, timeElement{c, int(s.line)})
		}
	}
}

func namesDate(class string) bool {
	if strings.Contains(class, "date") && (!strings.Contains(class, "update") || hasToken(class, "updated")) {
		return true
	}
	return strings.Contains(class, "time") && !strings.Contains(class, "times") || strings.Contains(class, "published")
}

// element returns the time element that goes with a printed time: that of its
// line, of the same day; for a day alone any of the same day.
func (t *timeFinder) element(v printed) (timeClaim, bool) {
	for _, e := range t.times {
		if e.line == v.line && t.sameDay(e.Stamp, v.Stamp) {
			return e.timeClaim, true
		}
	}
	if len(t.claims) > 0 || !v.ok || v.Precision > dates.Day {
		return timeClaim{}, false
	}
	for _, e := range t.times { // a day above the headline, its time below the text
		if e.Precision > dates.Day && e.line >= t.head.line && e.line <= t.last+6 && t.sameDay(e.Stamp, v.Stamp) {
			return e.timeClaim, true
		}
	}
	return timeClaim{}, false
}

// addElements lets the first time element after the headline speak where
// nothing else is known.
func (t *timeFinder) addElements(v printed) {
	for _, e := range t.times {
		if !v.ok && len(t.claims) == 0 && e.line >= t.head.line && e.line <= t.first+3 {
			t.claims = append(t.claims, e.timeClaim)
		}
	}
}

// byRule reads the time that the site's rules name.
func (t *timeFinder) byRule() (dates.Stamp, bool) {
	if t.ruled.rules == nil || t.ruled.rules.Published == nil {
		return dates.Stamp{}, false
	}
	for _, text := range t.ruled.texts(t.ruled.rules.Published) {
		if f := dates.Find(text, t.hints); len(f) > 0 {
			if s := t.complete(f[0].Stamp); s.Year > 0 && t.possible(s) {
				return s, true
			}
		}
		if s, ok := dates.Parse(text, t.hints); ok && t.possible(s) {
			return s, true
		}
	}
	t.out.warnings = append(t.out.warnings, t.ruled.unmatched("published", t.ruled.rules.Published, "no time"))
	return dates.Stamp{}, false
}

// possible refuses what cannot be a publication time: before 1990, or more
// than a day after the capture.
func (t *timeFinder) possible(s dates.Stamp) bool {
	if s.Year < 1990 {
		return false
	}
	now := t.p.in.Fetched
	return now.IsZero() || !s.Time(t.zone.loc).After(now.Add(24*time.Hour))
}

// readClaims reads structured times and drops those that cannot be true.
func (t *timeFinder) readClaims(list []claim) []timeClaim {
	var out []timeClaim
	for _, c := range list {
		s, ok := dates.Parse(c.text, t.hints)
		if !ok || s.Relative || !t.possible(s) || s.Year <= 1990 {
			continue
		}
		if s.Precision > dates.Day && s.Hour == 0 && s.Minute == 0 && s.Second == 0 {
			s.Precision = dates.Day // midnight sharp: a day that was made a time
		}
		out = append(out, timeClaim{s, c.from})
	}
	return out
}

// complete fills in a missing year from the address, structured data or the capture.
func (t *timeFinder) complete(s dates.Stamp) dates.Stamp {
	if s.Year != 0 {
		return s
	}
	if t.hasURL {
		s.Year = t.byURL.Year
		return s
	}
	for _, c := range append(t.claims, t.updates...) {
		if c.Month == s.Month {
			s.Year = c.Year
			return s
		}
	}
	return s.WithYear(t.p.in.Fetched)
}

// publish writes the publication time.
func (t *timeFinder) publish(s dates.Stamp, from string) {
	text := s.Format(t.zone.loc)
	if text == "" {
		return
	}
	t.out.published, t.out.precision, t.out.from = &text, precision(s.Precision), from
	if s.Precision > dates.Day && !s.Zone.Known && t.zone.assumed != "" {
		t.out.warnings = append(t.out.warnings, "no_timezone: "+t.zone.assumption())
	}
}

func precision(x dates.Precision) article.Precision {
	switch x {
	case dates.Minute:
		return article.Minute
	case dates.Second:
		return article.Second
	}
	return article.Day
}

// modify writes the time of the last change, where one is known that comes
// after the publication.
func (t *timeFinder) modify(published dates.Stamp, shown printed) {
	s, from := dates.Stamp{}, ""
	for _, c := range t.updates {
		if from == "" && (!shown.ok || t.sameDay(c.Stamp, shown.Stamp)) {
			s, from = c.Stamp, c.from
		}
	}
	if from == "" && shown.ok {
		s, from = shown.Stamp, "visible"
	}
	if from == "" || !s.Time(t.zone.loc).After(published.Time(t.zone.loc)) {
		return
	}
	if text := s.Format(t.zone.loc); text != "" {
		t.out.modified, t.out.modifiedFrom = &text, from
	}
}

// mark gives the line of a time its role where it holds little else.
func (t *timeFinder) mark(v printed) {
	if !v.ok {
		return
	}
	l := &t.p.lines[v.line]
	if (l.role == roleBody || l.role == roleSubhead || l.role == roleNone) && (!l.isProse() || v.alone) && l.chars < 120 {
		t.roles.Set(v.line, roleDate, "time of publication or change")
	}
}
