package reader

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"pressmark/storage/compare"
	"pressmark/storage/ledger"
	"pressmark/storage/report"
	"pressmark/storage/search"
)

type completenessPage struct {
	State    string
	Site     string   // "" for all sites
	Columns  []string // outcomes that occur
	Rows     []outcomeRow
	Reasons  []reasonCount
	Pictures []search.PictureCount
	Sites    []siteCoverage
	List     *urlList // behind one of the numbers
}

// outcomeRow has a site's URLs by outcome, a cell a column.
type outcomeRow struct {
	Site  string
	All   int
	Cells []number
	Open  bool // some wait for another look
}

// reasonCount is the number of URLs with an outcome and reason. Of several sites, the
// URLs are a click further, under the site.
type reasonCount struct {
	Outcome, Reason string
	number
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
	urlsShown = 200
	daysShown = 14
	fewSites  = 8 // so many are shown on one page with their sources
)

func (s *server) completeness(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := s.fresh(ctx); err != nil {
		return err
	}
	p := completenessPage{Site: r.FormValue("site")}
	sites, err := s.Index.Values(ctx, p.Site, "site")
	if err != nil {
		return err
	}
	n := 0
	for _, site := range sites {
		n += site.N
	}
	if p.State, err = s.state(r, p.Site, n); err != nil {
		return err
	}
	outcomes, err := s.Index.Outcomes(ctx, p.Site)
	if err != nil {
		return err
	}
	p.outcomes(outcomes)
	if p.Pictures, err = s.Index.PictureCounts(ctx, p.Site); err != nil {
		return err
	}
	if p.List, err = s.urls(r); err != nil {
		return err
	}
	if p.Sites, err = s.coverage(r, p.Rows); err != nil {
		return err
	}
	s.render(w, "completeness.html", "Completeness", p)
	return nil
}

// outcomeOrder is the order of the columns, what is done before what is open.
var outcomeOrder = []ledger.Outcome{ledger.Archived, ledger.Revised, ledger.Unchanged, ledger.Gone, ledger.Skipped, ledger.Failed, ledger.Queued, ledger.Removed}

// outcomes lays the numbers out by site, and by reason.
func (p *completenessPage) outcomes(list []search.OutcomeCount) {
	bySite, byOutcome, byReason := map[string]map[string]int{}, map[string]int{}, map[[2]string]int{}
	var sites []string
	for _, o := range list {
		if bySite[o.Site] == nil {
			bySite[o.Site] = map[string]int{}
			sites = append(sites, o.Site)
		}
		bySite[o.Site][o.Outcome] += o.N
		byOutcome[o.Outcome] += o.N
		byReason[[2]string{o.Outcome, o.Reason}] += o.N
	}
	for _, o := range outcomeOrder {
		if byOutcome[string(o)] > 0 {
			p.Columns = append(p.Columns, string(o))
		}
	}
	for _, site := range sites {
		row := outcomeRow{Site: site}
		for _, outcome := range p.Columns {
			n := bySite[site][outcome]
			row.All += n
			row.Open = row.Open || n > 0 && isOpen(outcome)
			row.Cells = append(row.Cells, number{n, urlsURL(site, outcome, anyReason)})
		}
		p.Rows = append(p.Rows, row)
	}
	for _, o := range outcomeOrder {
		for _, at := range slices.SortedFunc(maps.Keys(byReason), func(a, b [2]string) int { return cmp.Or(byReason[b]-byReason[a], strings.Compare(a[1], b[1])) }) {
			if at[0] != string(o) {
				continue
			}
			c := reasonCount{at[0], at[1], number{N: byReason[at]}}
			if len(sites) == 1 {
				c.URL = urlsURL(sites[0], at[0], at[1])
			}
			p.Reasons = append(p.Reasons, c)
		}
	}
}

// anyReason stands for every reason in the address of a list.
const anyReason = "*"

func urlsURL(site, outcome, reason string) string {
	return "/completeness?" + url.Values{"site": {site}, "outcome": {outcome}, "reason": {reason}}.Encode() + "#urls"
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
	if f.AnyReason = f.Reason == anyReason; f.AnyReason {
		f.Reason = ""
	}
	list := &urlList{Title: strings.TrimSpace(f.Site + ": " + f.Outcome + " " + f.Reason), Page: page}
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

// coverage is that of the chosen site, or of all if they are few.
func (s *server) coverage(r *http.Request, rows []outcomeRow) ([]siteCoverage, error) {
	if len(rows) > fewSites {
		return nil, nil
	}
	var out []siteCoverage
	for _, row := range rows {
		c := siteCoverage{Site: row.Site}
		var err error
		if c.Listed, err = s.Index.Listed(r.Context(), row.Site, daysShown); err != nil {
			return nil, err
		}
		if c.Gaps, err = s.gaps(r, row.Site); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// gaps finds the pauses of a site that its rhythm does not explain.
func (s *server) gaps(r *http.Request, site string) ([]report.Gap, error) {
	days, err := s.Index.SiteDays(r.Context(), site)
	if err != nil {
		return nil, err
	}
	counts := make([]report.Day, len(days))
	for i, d := range days {
		counts[i] = report.Day{Date: d.Value, Articles: d.N}
	}
	return report.Unusual(counts), nil
}

type headlinesPage struct {
	Site       string
	Sites      []search.Count
	List       []search.Headline
	Page       int
	Prev, Next string
}

const headlinesShown = 50

func (s *server) headlines(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := s.fresh(ctx); err != nil {
		return err
	}
	page, err := pageOf(r)
	if err != nil {
		return err
	}
	p := headlinesPage{Site: r.FormValue("site"), Page: page}
	if p.Sites, err = s.Index.Values(ctx, "", "site"); err != nil {
		return err
	}
	if p.List, err = s.Index.Headlines(ctx, p.Site, headlinesShown+1, (page-1)*headlinesShown); err != nil {
		return err
	}
	at := func(page int) string {
		return "/headlines?" + url.Values{"site": {p.Site}, "page": {strconv.Itoa(page)}}.Encode()
	}
	if len(p.List) > headlinesShown {
		p.List, p.Next = p.List[:headlinesShown], at(page+1)
	}
	if page > 1 {
		p.Prev = at(page - 1)
	}
	s.render(w, "headlines.html", "Changed headlines", p)
	return nil
}

// Changes compares the old headline with the new one.
func (headlinesPage) Changes(h search.Headline) []compare.Piece { return compare.Text(h.Was, h.Title) }

// isOpen reports whether URLs of an outcome wait for another look.
func isOpen(outcome string) bool {
	return outcome == string(ledger.Queued) || outcome == string(ledger.Failed)
}
