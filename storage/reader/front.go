package reader

import (
	"fmt"
	"net/http"
	"strings"

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
	Months []search.Count
}

func (s *server) front(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := s.fresh(ctx); err != nil {
		return err
	}
	var p frontPage
	sites, err := s.Index.Values(ctx, "", "site")
	if err != nil {
		return err
	}
	for _, c := range sites {
		months, err := s.Index.Values(ctx, c.Value, "month")
		if err != nil {
			return err
		}
		p.Sites = append(p.Sites, siteCard{c.Value, c.N, months[max(0, len(months)-24):]})
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

// calendarYear is a row of the heat map: days with articles.
type calendarYear struct {
	Year string
	Days []calendarDay
}

type calendarDay struct {
	Day   string
	N     int
	Shade int // 1 to 4
}

// fewYears bounds the heat map.
const fewYears = 5

func calendar(days []search.Count) []calendarYear {
	most := 1
	for _, d := range days {
		most = max(most, d.N)
	}
	var out []calendarYear
	for _, d := range days {
		year := d.Value[:4]
		if len(out) == 0 || out[len(out)-1].Year != year {
			out = append(out, calendarYear{Year: year})
		}
		last := &out[len(out)-1]
		last.Days = append(last.Days, calendarDay{d.Value, d.N, 1 + 3*d.N/most})
	}
	return out[max(0, len(out)-fewYears):]
}
