package published

import (
	"strings"
	"time"

	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/body"
	"pressmark/extract/dates"
	"pressmark/extract/declared"
	"pressmark/extract/page"
	"pressmark/extract/rule"
	"pressmark/extract/title"
)

// timeFinder decides when the article was published. The time printed near the headline
// wins. Structured data adds seconds and zone to it, replaces it if nothing is printed,
// and settles ambiguous dates.
type timeFinder struct {
	p       *page.Page
	roles   *page.Roles
	head    title.Result
	text    body.Result
	ruled   *rule.Ruled
	out     Result
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

// Result holds the times of an article's publication and last change.
type Result struct {
	Published    *string // RFC 3339 or a day, nil where it was not found
	Precision    article.Precision
	From         string
	Modified     *string
	ModifiedFrom string
	Warnings     []string
}

// Find finds the times of publication and last change, and gives RoleDate to the lines
// that show them.
func Find(p *page.Page, roles *page.Roles, said *declared.Facts, ruled *rule.Ruled, head title.Result, text body.Result, zone *time.Location) Result {
	t := newTimeFinder(p, said, head, text, zone)
	t.roles, t.ruled = roles, ruled
	t.find()
	return t.out
}

func (t *timeFinder) find() {
	if s, ok := t.byRule(); ok {
		if t.p.Trace != nil {
			t.trace(t.shown()) // for the explanation alone
		}
		t.publish(s, t.ruled.Evidence())
		t.modify(s, printed{})
		return
	}
	shown := t.shown()
	best, changed := t.best(shown)
	t.addElements(best)
	t.trace(shown)
	if len(t.claims) == 0 && (!best.ok || best.Precision <= dates.Day) {
		t.claims = t.readClaims(declared.ScriptTimes(t.p))
	}
	t.orderClaims(best)
	s, from := t.decide(best)
	if e, ok := t.element(best); ok && from == "visible" {
		switch {
		case s.Precision <= dates.Day && e.Precision > dates.Day:
			s, from = e.Stamp, "visible day, time of time element"
		default:
			if exact, ok := t.withElement(s, e.Stamp); ok {
				s, from = exact, "visible, with time element"
			}
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

func newTimeFinder(p *page.Page, said *declared.Facts, head title.Result, text body.Result, configured *time.Location) *timeFinder {
	t := &timeFinder{p: p, head: head, text: text, zone: zone(p, configured), first: len(p.Lines), last: -1}
	t.hints = dates.Hints{Lang: language(p), Now: p.In.Fetched, Location: t.zone.loc, MonthFirst: monthFirst(p)}
	t.finder = dates.NewFinder(t.hints)
	address := p.Canonical
	if address == "" {
		address = p.In.URL
	}
	t.byURL, t.hasURL = urlDate(address)
	if t.hasURL && !t.possible(t.byURL) {
		t.byURL, t.hasURL = dates.Stamp{}, false
	}
	if e := p.Extent(text.First, text.Last, page.RoleBody); e.Last >= 0 {
		t.first, t.last = e.First, e.Last
	}
	t.claims = t.readClaims(said.Published)
	t.updates = t.readClaims(said.Modified)
	t.elements()
	return t
}

// elements reads the page's time elements.
func (t *timeFinder) elements() {
	p := t.p
	t.dated = map[int]bool{}
	for i := range p.Spans {
		s := &p.Spans[i]
		if s.Node.DataAtom != atom.Time && !strings.HasPrefix(page.Attr(s.Node, "itemprop"), "date") && !namesDate(page.Attr(s.Node, "class")) {
			continue
		}
		t.dated[int(s.Line)] = true
		value := page.Attr(s.Node, "datetime")
		if value == "" && s.Node.DataAtom != atom.A { // hAtom: <abbr class="published" title="2013-04-04T18:52:11+00:00">
			value = page.Attr(s.Node, "title")
		}
		if value == "" || len(t.times) > maxElements || int(s.Line) >= len(p.Lines) || t.foreignElement(s) {
			continue
		}
		for _, c := range t.readClaims([]declared.Claim{{Text: value, From: "time element"}}) {
			t.times = append(t.times, timeElement{c, int(s.Line)})
		}
	}
}

// language returns the language of the page's dates: its text's, and where the
// text is of a script that the declared language has not, the declared one: a
// Taiwanese paper's English page counts years as its other pages do.
func language(p *page.Page) string {
	if p.Lang != "" {
		return p.Lang
	}
	primary, _, _ := strings.Cut(strings.ToLower(p.LangTag), "-")
	return primary
}

// maxElements bounds the time elements that are kept.
const maxElements = 64

// foreignElement reports whether a time element belongs to something else.
func (t *timeFinder) foreignElement(s *page.Span) bool {
	i := int(s.Line)
	foreign := t.foreign(i, t.p.LocalNames(t.p.Lines[i].Box, t.text.Main, t.head.Line))
	if page.HasToken(page.Attr(s.Node, "class"), "published") {
		foreign &^= page.NameFooter // "Posted by … at 7:48"
	}
	if t.besideTitle(i) { // in a box that is called nav or teaser
		foreign &= page.NameComment | page.NameAd
	}
	return foreign != 0
}

// namesDate reports whether a class says that its element holds a date.
func namesDate(class string) bool {
	if strings.Contains(class, "date") && (!strings.Contains(class, "update") || page.HasToken(class, "updated")) {
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
		if e.Precision > dates.Day && e.line >= t.head.Line && e.line <= t.last+6 && t.sameDay(e.Stamp, v.Stamp) {
			return e.timeClaim, true
		}
	}
	return timeClaim{}, false
}

// addElements uses the first time element after the headline if no other time is known.
func (t *timeFinder) addElements(v printed) {
	for _, e := range t.times {
		if !v.ok && len(t.claims) == 0 && e.line >= t.head.Line && e.line <= t.first+3 {
			t.claims = append(t.claims, e.timeClaim)
		}
	}
}

// byRule reads the time that the site's rules name.
func (t *timeFinder) byRule() (dates.Stamp, bool) {
	if t.ruled.Rules == nil || t.ruled.Rules.Published == nil {
		return dates.Stamp{}, false
	}
	for _, text := range t.ruled.Texts(t.ruled.Rules.Published) {
		if f := dates.Find(text, t.hints); len(f) > 0 {
			if s := t.complete(f[0].Stamp); s.Year > 0 && t.possible(s) {
				return s, true
			}
		}
		if s, ok := dates.Parse(text, t.hints); ok && t.possible(s) {
			return s, true
		}
	}
	t.out.Warnings = append(t.out.Warnings, t.ruled.Unmatched("published", t.ruled.Rules.Published, "no time"))
	return dates.Stamp{}, false
}

// possible reports whether s can be a publication time: after 1970-01-01, which unset
// clocks give, and at most a day after the capture.
func (t *timeFinder) possible(s dates.Stamp) bool {
	if s.Year < 1970 || s.Year == 1970 && s.Month == 1 && s.Day == 1 {
		return false
	}
	now := t.p.In.Fetched
	return now.IsZero() || !s.Time(t.zone.loc).After(now.Add(24*time.Hour))
}

// readClaims reads structured times and drops those that cannot be true.
func (t *timeFinder) readClaims(list []declared.Claim) []timeClaim {
	var out []timeClaim
	for _, c := range list {
		s, ok := dates.Parse(c.Text, t.hints)
		unset := s.Year == 1990 && s.Month == 1 && s.Day == 1 // a date that was never set
		if !ok || s.Relative || unset || !t.possible(s) {
			continue
		}
		if s.Precision > dates.Day && s.Hour == 0 && s.Minute == 0 && s.Second == 0 {
			s.Precision = dates.Day // midnight sharp: a day that was made a time
		}
		out = append(out, timeClaim{s, c.From})
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
	return s.WithYear(t.p.In.Fetched)
}

// publish writes the publication time.
func (t *timeFinder) publish(s dates.Stamp, from string) {
	text := s.Format(t.zone.loc)
	if text == "" {
		return
	}
	t.out.Published, t.out.Precision, t.out.From = &text, precision(s.Precision), from
	if s.Precision > dates.Day && !s.Zone.Known && t.zone.assumed != "" {
		t.out.Warnings = append(t.out.Warnings, "no_timezone: "+t.zone.assumption())
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
		t.out.Modified, t.out.ModifiedFrom = &text, from
	}
}

// mark gives the line of a time RoleDate if it holds little else.
func (t *timeFinder) mark(v printed) {
	if !v.ok {
		return
	}
	l := &t.p.Lines[v.line]
	open := l.Role().IsText() || l.Role() == page.RoleNone
	if open && (!l.IsProse() || v.alone) && l.Chars < 120 {
		t.roles.Set(v.line, page.RoleDate, "time of publication or change")
	}
}
