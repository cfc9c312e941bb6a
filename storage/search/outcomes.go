package search

import (
	"context"
	"database/sql"
	"fmt"

	"pressmark/storage/ledger"
)

// OutcomeCount is the number of URLs of a site with one outcome and reason.
type OutcomeCount struct {
	Site    string `json:"site"`
	Outcome string `json:"outcome"`
	Reason  string `json:"reason,omitempty"`
	N       int    `json:"n"`
}

// Outcomes counts the URLs that the crawls have seen (pages, not sources) by site,
// outcome and reason. site "" means all.
func (x *Index) Outcomes(ctx context.Context, site string) ([]OutcomeCount, error) {
	rows, err := x.db.QueryContext(ctx, `select site, outcome, reason, n from outcome where kind = '' and n > 0 and (? = '' or site = ?)
		order by site, outcome, reason`, site, site)
	return collect(rows, err, func(c *OutcomeCount) []any {
		return []any{&c.Site, &c.Outcome, &c.Reason, &c.N}
	})
}

// URL is the outcome of one URL.
type URL struct {
	Site    string `json:"site"`
	URL     string `json:"url"`
	Outcome string `json:"outcome"`
	Reason  string `json:"reason,omitempty"`
	Detail  string `json:"detail,omitempty"`
	Status  int    `json:"status,omitempty"` // HTTP
	Source  string `json:"source,omitempty"` // where it was first seen
	Alias   string `json:"alias,omitempty"`  // address of the article that it is another address of
	First   string `json:"first"`
	Time    string `json:"time"`          // of the last look
	Due     string `json:"due,omitempty"` // next look
	Tries   int    `json:"tries,omitempty"`
}

// URLFilter selects URLs of a site: those with one outcome and reason, or those that
// one source listed on one day.
type URLFilter struct {
	Site            string
	Outcome, Reason string
	AnyReason       bool   // with Outcome: whatever the reason
	Source, Day     string // Day is that on which the URL was first seen; "" means every day
	State           string // of a source's URLs: one of the states, "" means all
}

// URLs lists URLs, by address or by when they were first seen.
func (x *Index) URLs(ctx context.Context, f URLFilter, limit, offset int) ([]URL, error) {
	where, args := `outcome = ? and (? or reason = ?) and outcome <> 'archived' and outcome <> 'unchanged' order by url`, []any{f.Outcome, f.AnyReason, f.Reason}
	switch {
	case f.Outcome == "":
		where, args = `source = ? and first >= ? and first < ? and (? = '' or ? = `+stateOfOutcome+`) order by first, url`, []any{f.Source, f.Day, f.Day + "~", f.State, f.State}
	case f.Outcome == string(ledger.Archived), f.Outcome == string(ledger.Unchanged): // most URLs: found in the order of the table
		where = `outcome = ? and (? or reason = ?) order by url`
	}
	rows, err := x.db.QueryContext(ctx, `select site, url, outcome, reason, detail, status, source, alias, first, time, due, tries from url
		where site = ? and kind = '' and `+where+` limit ? offset ?`, append(append([]any{f.Site}, args...), limit, offset)...)
	return collect(rows, err, func(u *URL) []any {
		return []any{&u.Site, &u.URL, &u.Outcome, &u.Reason, &u.Detail, &u.Status, &u.Source, &u.Alias, &u.First, &u.Time, &u.Due, &u.Tries}
	})
}

// stateOfOutcome is stateOf in SQL.
const stateOfOutcome = `case when outcome in ('archived', 'revised', 'unchanged', 'gone') then 'archived' when outcome = 'skipped' then 'skipped' else 'missing' end`

// Listed counts, by outcome, the URLs that one source listed on one day. A URL
// belongs to the source and the day that listed it first.
type Listed struct {
	Site     string `json:"site"`
	Source   string `json:"source"` // "" for addresses given by hand
	Day      string `json:"day"`    // 2024-03-12, UTC
	Archived int    `json:"archived"`
	Skipped  int    `json:"skipped"`
	Missing  int    `json:"missing"` // queued or failed
}

// All is the number of URLs.
func (l *Listed) All() int { return l.Archived + l.Skipped + l.Missing }

// Listed counts URLs by source and day on the last days on which the site's sources
// listed new ones, newest day first.
func (x *Index) Listed(ctx context.Context, site string, days int) ([]Listed, error) {
	rows, err := x.db.QueryContext(ctx, `select site, source, day, sum(iif(state = 'archived', n, 0)), sum(iif(state = 'skipped', n, 0)), sum(iif(state = 'missing', n, 0))
		from listed where site = ? and day in (select distinct day from listed where site = ? order by day desc limit ?) group by source, day having sum(n) > 0
		order by day desc, source`, site, site, days)
	return collect(rows, err, func(l *Listed) []any {
		return []any{&l.Site, &l.Source, &l.Day, &l.Archived, &l.Skipped, &l.Missing}
	})
}

// Values returns the values of a facet with the numbers of articles, in the order
// of the values, for one site or ("") for all.
func (x *Index) Values(ctx context.Context, site, name string) ([]Count, error) {
	out, err := x.counts(ctx, `select value, sum(n) from total where name = ? and n > 0 and (? = '' or site = ?) group by value order by value`, name, site, site)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return out, nil
}

// Headline is a headline that changed.
type Headline struct {
	Site     string `json:"site"`
	ID       string `json:"id"`
	URL      string `json:"url"`
	Time     string `json:"time"` // of the look that found it, UTC
	Revision int    `json:"revision"`
	Was      string `json:"was"`
	Title    string `json:"title"`
}

// Headlines returns changed headlines, newest first; site "" means all.
func (x *Index) Headlines(ctx context.Context, site string, limit, offset int) ([]Headline, error) {
	rows, err := x.db.QueryContext(ctx, `select l.site, l.id, l.url, l.time, l.revision, l.title,
		coalesce((select title from look o where o.site = l.site and o.id = l.id and o.seq < l.seq and o.title <> '' order by o.seq desc limit 1), '')
		from look l where l.outcome = 'revised' and (? = '' or l.site = ?) and ',' || l.changed || ',' like '%,title,%' order by l.time desc limit ? offset ?`, site, site, limit, offset)
	return collect(rows, err, func(h *Headline) []any {
		return []any{&h.Site, &h.ID, &h.URL, &h.Time, &h.Revision, &h.Title, &h.Was}
	})
}

// SiteMonths is a site's articles by month, oldest first.
type SiteMonths struct {
	Site   string  `json:"site"`
	N      int     `json:"n"`
	Months []Count `json:"months"`
}

// Sites lists the sites that have articles, with their numbers by month.
func (x *Index) Sites(ctx context.Context) ([]SiteMonths, error) {
	type row struct {
		site  string
		count Count
	}
	rows, err := x.db.QueryContext(ctx, `select site, value, n from total where name = 'month' and n > 0 order by site, value`)
	list, err := collect(rows, err, func(r *row) []any { return []any{&r.site, &r.count.Value, &r.count.N} })
	if err != nil {
		return nil, err
	}
	out := []SiteMonths{}
	for _, r := range list {
		if len(out) == 0 || out[len(out)-1].Site != r.site {
			out = append(out, SiteMonths{Site: r.site})
		}
		last := &out[len(out)-1]
		last.N, last.Months = last.N+r.count.N, append(last.Months, r.count)
	}
	return out, nil
}

// collect reads the rows of a query into a list, never nil. places returns pointers
// for the columns of a row.
func collect[T any](rows *sql.Rows, err error, places func(*T) []any) ([]T, error) {
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	defer rows.Close()
	out := []T{}
	for rows.Next() {
		var row T
		if err := rows.Scan(places(&row)...); err != nil {
			return nil, fmt.Errorf("index: %w", err)
		}
		out = append(out, row)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return out, nil
}
