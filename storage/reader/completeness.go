package reader

import (
	"net/http"
	"net/url"
	"strconv"

	"pressmark/storage/ledger"
	"pressmark/storage/report"
	"pressmark/storage/search"
)

type completenessPage struct {
	State    string
	Outcomes []search.OutcomeCount
	Pictures []search.PictureCount
	Sites    []siteCoverage
	List     *urlList // behind one of the numbers
}

// siteCoverage lists what a site's sources listed, and the gaps in its articles.
type siteCoverage struct {
	Site   string
	Listed []search.Listed
	Gaps   []report.Gap
}

// urlList is the URLs behind a number.
type urlList struct {
	Title      string
	URLs       []search.URL
	Page       int
	Prev, Next string
}

const (
	urlsShown  = 200
	daysShown  = 14
	sitesShown = 40 // with their sources; the others are a link away
)

func (s *server) completeness(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := s.fresh(ctx); err != nil {
		return err
	}
	n, err := s.Index.Len(ctx)
	if err != nil {
		return err
	}
	var p completenessPage
	if p.State, err = s.state(r, n); err != nil {
		return err
	}
	if p.Outcomes, err = s.Index.Outcomes(ctx, ""); err != nil {
		return err
	}
	if p.Pictures, err = s.Index.PictureCounts(ctx); err != nil {
		return err
	}
	if p.List, err = s.urls(r); err != nil {
		return err
	}
	if p.Sites, err = s.coverage(r); err != nil {
		return err
	}
	s.render(w, "completeness.html", "Completeness", p)
	return nil
}

// urls lists the URLs that the request selects, nil if it selects none.
func (s *server) urls(r *http.Request) (*urlList, error) {
	f := search.URLFilter{Site: r.FormValue("site"), Outcome: r.FormValue("outcome"), Reason: r.FormValue("reason"),
		Source: r.FormValue("source"), Day: r.FormValue("day"), State: r.FormValue("state")}
	named := f.Outcome != "" || r.Form.Has("source")
	if f.Site == "" || !named {
		return nil, nil //nolint:nilnil // no list is asked for
	}
	page, err := pageOf(r)
	if err != nil {
		return nil, err
	}
	list := &urlList{Title: f.Site + ": " + f.Outcome + " " + f.Reason, Page: page}
	if f.Outcome == "" {
		list.Title = f.Site + ": listed by " + sourceName(f.Source) + " " + f.Day + " " + f.State
	}
	if list.URLs, err = s.Index.URLs(r.Context(), f, urlsShown+1, (page-1)*urlsShown); err != nil {
		return nil, err
	}
	at := func(page int) string {
		v := url.Values{}
		for _, name := range []string{"site", "outcome", "reason", "source", "day", "state"} {
			if r.Form.Has(name) {
				v.Set(name, r.FormValue(name))
			}
		}
		v.Set("page", strconv.Itoa(page))
		return "/completeness?" + v.Encode() + "#urls"
	}
	if len(list.URLs) > urlsShown {
		list.URLs, list.Next = list.URLs[:urlsShown], at(page+1)
	}
	if page > 1 {
		list.Prev = at(page - 1)
	}
	return list, nil
}

// sourceName is a source for people.
func sourceName(source string) string {
	if source == "" {
		return "addresses given by hand"
	}
	return source
}

func (s *server) coverage(r *http.Request) ([]siteCoverage, error) {
	ctx := r.Context()
	sites, err := s.Index.Values(ctx, r.FormValue("site"), "site")
	if err != nil {
		return nil, err
	}
	var out []siteCoverage
	for _, site := range sites[:min(len(sites), sitesShown)] {
		c := siteCoverage{Site: site.Value}
		if c.Listed, err = s.Index.Listed(ctx, site.Value, daysShown); err != nil {
			return nil, err
		}
		if c.Gaps, err = s.gaps(r, site.Value); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// gaps finds the pauses of a site that its rhythm does not explain.
func (s *server) gaps(r *http.Request, site string) ([]report.Gap, error) {
	days, err := s.Index.Values(r.Context(), site, "day")
	if err != nil {
		return nil, err
	}
	counts := make([]report.Day, len(days))
	for i, d := range days {
		counts[i] = report.Day{Date: d.Value, Articles: d.N}
	}
	return report.Unusual(counts), nil
}

func (s *server) headlines(w http.ResponseWriter, r *http.Request) error {
	if err := s.fresh(r.Context()); err != nil {
		return err
	}
	list, err := s.Index.Headlines(r.Context(), r.FormValue("site"), urlsShown)
	if err != nil {
		return err
	}
	s.render(w, "headlines.html", "Changed headlines", list)
	return nil
}

// isOpen reports whether URLs of an outcome wait for another look.
func isOpen(outcome string) bool {
	return outcome == string(ledger.Queued) || outcome == string(ledger.Failed)
}
