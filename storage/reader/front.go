package reader

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"pressmark/storage/ledger"
	"pressmark/storage/search"
)

type frontPage struct {
	Sites    []siteCard
	Newest   []search.Hit
	State    string
	Calendar []calendarYear
}

type siteCard struct {
	Name   string
	N      int
	Latest string // month of the newest article
	Months []search.Count
}

func (s *server) front(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := s.fresh(ctx); err != nil {
		return err
	}
	var p frontPage
	sites, err := s.Index.Sites(ctx)
	if err != nil {
		return err
	}
	for _, site := range sites {
		p.Sites = append(p.Sites, siteCard{site.Site, site.N, site.Months[len(site.Months)-1].Value, site.Months[max(0, len(site.Months)-24):]})
	}
	found, err := s.Index.Find(ctx, search.Query{}, search.Options{})
	if err != nil {
		return err
	}
	p.Newest = found.Hits
	if p.State, err = s.state(r, found.Searched); err != nil {
		return err
	}
	days, err := s.Index.Values(ctx, "", "day")
	if err != nil {
		return err
	}
	p.Calendar = calendar(days)
	s.render(w, "front.html", "Archive", p)
	return nil
}

// state is the archive's state in one sentence.
func (s *server) state(r *http.Request, articles int) (string, error) {
	outcomes, err := s.Index.Outcomes(r.Context(), "")
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
	}{{ledger.Gone, "gone"}, {ledger.Skipped, "skipped with a reason"}, {ledger.Failed, "failed"}, {ledger.Queued, "queued"}, {ledger.Removed, "taken down"}} {
		if n[string(o.outcome)] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[string(o.outcome)], o.text))
		}
	}
	return strings.Join(parts, ", ") + ".", nil
}

// calendarYear is one year of the heat map: its weeks as columns, Monday first.
type calendarYear struct {
	Year string
	Rows [7][]calendarDay
}

// calendarDay is one day; Day is "" for a place before the year's first day.
type calendarDay struct {
	Day   string
	N     int
	Shade int // 0 to 4
}

// fewYears bounds the heat map.
const fewYears = 5

// calendar lays the newest years out by week. days are in order.
func calendar(days []search.Count) []calendarYear {
	most := 1
	counts := map[string]int{}
	var years []string
	for _, d := range days {
		most = max(most, d.N)
		counts[d.Value] = d.N
		if year := d.Value[:4]; len(years) == 0 || years[len(years)-1] != year {
			years = append(years, year)
		}
	}
	var out []calendarYear
	for _, year := range years[max(0, len(years)-fewYears):] {
		first, err := time.Parse(time.DateOnly, year+"-01-01")
		if err != nil {
			continue
		}
		c := calendarYear{Year: year}
		for row := range int(first.Weekday()+6) % 7 {
			c.Rows[row] = append(c.Rows[row], calendarDay{})
		}
		for at := first; at.Year() == first.Year(); at = at.AddDate(0, 0, 1) {
			day := calendarDay{Day: at.Format(time.DateOnly)}
			if day.N = counts[day.Day]; day.N > 0 {
				day.Shade = 1 + 3*day.N/most
			}
			row := int(at.Weekday()+6) % 7
			c.Rows[row] = append(c.Rows[row], day)
		}
		out = append(out, c)
	}
	slices.Reverse(out)
	return out
}
