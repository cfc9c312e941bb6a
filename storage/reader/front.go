package reader

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"pressmark/storage/ledger"
	"pressmark/storage/search"
)

type frontPage struct {
	Sites    []siteCard // those with the newest articles
	Others   int        // sites that are not among Sites
	Newest   []search.Hit
	State    string
	Calendar calendarYear
	Years    []yearLink
}

// siteCard is a site with a bar for each of the newest months of the archive.
type siteCard struct {
	Name   string
	N      int
	Latest string // month of the newest article
	Months []search.Count
	Most   int // articles of the site's fullest month
}

// yearLink leads to the days of a year.
type yearLink struct {
	Year string
	N    int
	Here bool
}

const (
	sitesOnFront = 24
	monthsShown  = 24
)

func (s *server) front(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := s.fresh(ctx); err != nil {
		return err
	}
	var p frontPage
	years, err := s.Index.Years(ctx)
	if err != nil {
		return err
	}
	if p.Sites, err = s.siteCards(r); err != nil {
		return err
	}
	p.Others = max(0, len(p.Sites)-sitesOnFront)
	p.Sites = p.Sites[:min(len(p.Sites), sitesOnFront)]
	found, err := s.Index.Find(ctx, search.Query{}, search.Options{})
	if err != nil {
		return err
	}
	p.Newest = found.Hits
	if p.State, err = s.state(r, "", found.Searched); err != nil {
		return err
	}
	if p.Years = yearLinks(years, r.FormValue("year")); len(p.Years) > 0 {
		p.Calendar.Year = shownYear(p.Years)
		days, err := s.Index.Days(ctx, p.Calendar.Year)
		if err != nil {
			return err
		}
		p.Calendar = calendar(p.Calendar.Year, days)
	}
	s.render(w, "front.html", "Archive", p)
	return nil
}

// yearLinks are the years with articles, newest first; the one that is shown is the
// chosen one, or the newest.
func yearLinks(years []search.Count, chosen string) []yearLink {
	var out []yearLink
	here := -1
	for i := len(years) - 1; i >= 0; i-- {
		if years[i].Value == chosen {
			here = len(out)
		}
		out = append(out, yearLink{Year: years[i].Value, N: years[i].N})
	}
	if len(out) > 0 {
		out[max(here, 0)].Here = true
	}
	return out
}

func shownYear(years []yearLink) string {
	for _, y := range years {
		if y.Here {
			return y.Year
		}
	}
	return ""
}

// siteCards are all sites, those with the newest articles first. The bars of all are
// those of the same months.
func (s *server) siteCards(r *http.Request) ([]siteCard, error) {
	newest, err := s.Index.NewestMonth(r.Context())
	if err != nil || newest == "" {
		return nil, err
	}
	months := monthsUntil(newest, monthsShown)
	sites, err := s.Index.Summaries(r.Context(), months[0])
	if err != nil {
		return nil, err
	}
	cards := make([]siteCard, len(sites))
	for i, site := range sites {
		card := siteCard{Name: site.Site, N: site.N, Latest: site.Latest, Most: 1}
		counts := map[string]int{}
		for _, m := range site.Months {
			counts[m.Value] = m.N
			card.Most = max(card.Most, m.N)
		}
		for _, month := range months {
			card.Months = append(card.Months, search.Count{Value: month, N: counts[month]})
		}
		cards[i] = card
	}
	return cards, nil
}

// monthsUntil lists n months up to the newest, oldest first.
func monthsUntil(newest string, n int) []string {
	last, err := time.Parse("2006-01", newest)
	if err != nil {
		return []string{newest}
	}
	out := make([]string, n)
	for i := range out {
		out[i] = last.AddDate(0, i-n+1, 0).Format("2006-01")
	}
	return out
}

// state is the state of the archive, or of one site, in one sentence.
func (s *server) state(r *http.Request, site string, articles int) (string, error) {
	outcomes, err := s.Index.Outcomes(r.Context(), site)
	if err != nil {
		return "", err
	}
	n := map[string]int{}
	total := 0
	for _, o := range outcomes {
		total += o.N
		n[o.Outcome] += o.N
	}
	parts := []string{count(total, "URL") + " seen: " + count(articles, "article") + " archived"}
	for _, o := range []struct {
		outcome ledger.Outcome
		text    string
	}{{ledger.Gone, "gone since"}, {ledger.Skipped, "skipped with a reason"}, {ledger.Failed, "failed"}, {ledger.Queued, "queued"}, {ledger.Removed, "taken down"}} {
		if n[string(o.outcome)] > 0 {
			parts = append(parts, grouped(n[string(o.outcome)])+" "+o.text)
		}
	}
	text := strings.Join(parts, ", ")
	last, err := s.Index.LastLook(r.Context())
	if err != nil {
		return "", err
	}
	if last != "" && site == "" {
		text += "; last look at " + moment(last) + " UTC"
	}
	return text + ".", nil
}

// calendarYear is one year of the heat map: its weeks as columns, Monday first.
type calendarYear struct {
	Year   string
	Months []calendarMonth
	Rows   [7][]calendarDay
}

// calendarMonth is the heading of a month: the columns that begin in it.
type calendarMonth struct {
	Name  string
	Weeks int
	URL   string
}

// calendarDay is one day; Day is "" for a place before the year's first day.
type calendarDay struct {
	Day   string
	N     int
	Shade int // 0 to 4
}

// calendar lays a year out by week.
func calendar(year string, days []search.Count) calendarYear {
	most := 1
	counts := map[string]int{}
	for _, d := range days {
		most = max(most, d.N)
		counts[d.Value] = d.N
	}
	c := calendarYear{Year: year}
	first, err := time.Parse(time.DateOnly, year+"-01-01")
	if err != nil {
		return c
	}
	for row := range int(first.Weekday()+6) % 7 {
		c.Rows[row] = append(c.Rows[row], calendarDay{})
	}
	for at := first; at.Year() == first.Year(); at = at.AddDate(0, 0, 1) {
		row := int(at.Weekday()+6) % 7
		if at.Day() == 1 {
			c.Months = append(c.Months, calendarMonth{Name: at.Format("Jan"), URL: articlesURL("year:" + at.Format("2006-01"))})
		}
		if row == 0 || at == first {
			c.Months[len(c.Months)-1].Weeks++
		}
		day := calendarDay{Day: at.Format(time.DateOnly)}
		if day.N = counts[day.Day]; day.N > 0 {
			day.Shade = 1 + 3*day.N/most
		}
		c.Rows[row] = append(c.Rows[row], day)
	}
	return c
}

// sitesPage lists all sites.
type sitesPage struct {
	Sites []siteRow
}

type siteRow struct {
	Card  siteCard
	Open  number // URLs that wait for another look
	Feed  string
	Whole string // its page of completeness
}

func (s *server) sites(w http.ResponseWriter, r *http.Request) error {
	if err := s.fresh(r.Context()); err != nil {
		return err
	}
	cards, err := s.siteCards(r)
	if err != nil {
		return err
	}
	outcomes, err := s.Index.Outcomes(r.Context(), "")
	if err != nil {
		return err
	}
	open := map[string]int{}
	for _, o := range outcomes {
		if isOpen(o.Outcome) {
			open[o.Site] += o.N
		}
	}
	p := sitesPage{}
	for _, c := range cards {
		whole := "/completeness?" + url.Values{"site": {c.Name}}.Encode()
		p.Sites = append(p.Sites, siteRow{Card: c, Open: number{open[c.Name], whole}, Whole: whole,
			Feed: "/feed?" + url.Values{"q": {term("", "site", c.Name)}}.Encode()})
	}
	s.render(w, "sites.html", "Sites", p)
	return nil
}

// grouped writes a number with its thousands apart.
func grouped(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
