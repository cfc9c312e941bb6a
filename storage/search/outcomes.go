package search

import (
	"context"
	"database/sql"
	"fmt"
)

// OutcomeCount is the number of URLs of a site with one outcome and reason.
type OutcomeCount struct {
	Site    string `json:"site"`
	Outcome string `json:"outcome"`
	Reason  string `json:"reason,omitempty"`
	N       int    `json:"n"`
}

// Outcomes counts the URLs that the crawls ever saw (pages, not sources) by site,
// outcome and reason. site "" means all.
func (x *Index) Outcomes(ctx context.Context, site string) ([]OutcomeCount, error) {
	rows, err := x.db.QueryContext(ctx, `select site, outcome, reason, count(*) from url where kind = '' and (? = '' or site = ?)
		group by site, outcome, reason order by site, outcome, reason`, site, site)
	return collect(rows, err, func(c *OutcomeCount) []any {
		return []any{&c.Site, &c.Outcome, &c.Reason, &c.N}
	})
}

// URL is what became of one URL.
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

// URLs lists URLs of one outcome and reason, by address.
func (x *Index) URLs(ctx context.Context, site, outcome, reason string, limit, offset int) ([]URL, error) {
	rows, err := x.db.QueryContext(ctx, `select site, url, outcome, reason, detail, status, source, alias, first, time, due, tries from url
		where site = ? and kind = '' and outcome = ? and reason = ? order by url limit ? offset ?`, site, outcome, reason, limit, offset)
	return collect(rows, err, func(u *URL) []any {
		return []any{&u.Site, &u.URL, &u.Outcome, &u.Reason, &u.Detail, &u.Status, &u.Source, &u.Alias, &u.First, &u.Time, &u.Due, &u.Tries}
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

// Picture is one archived picture, or one that is missing, with an article that
// shows it.
type Picture struct {
	Key     string `json:"key,omitempty"` // "" if it is not archived
	URL     string `json:"url"`
	Caption string `json:"caption"`
	Credit  string `json:"credit,omitempty"`
	Width   int    `json:"width,omitempty"`
	Height  int    `json:"height,omitempty"`
	Status  string `json:"status"`
	Reason  string `json:"reason,omitempty"`
	Uses    int    `json:"uses"` // articles that show the same content
	Site    string `json:"site"` // of the first of them
	ID      string `json:"id"`
	Title   string `json:"title"`
}

// Pictures lists pictures, newest first, one of each content. missing lists those
// that are not archived instead.
func (x *Index) Pictures(ctx context.Context, missing bool, limit, offset int) ([]Picture, error) {
	query := `select i.key, i.url, i.caption, i.credit, i.width, i.height, i.status, i.reason, i.uses, a.site, a.id, a.title from
		(select *, min(doc) as first, max(doc) as newest, count(distinct doc) as uses from image where sha256 <> '' group by sha256
			order by newest desc limit ? offset ?) i join article a on a.doc = i.first order by i.newest desc`
	if missing {
		query = `select i.key, i.url, i.caption, i.credit, i.width, i.height, i.status, i.reason, 1, a.site, a.id, a.title from image i
			join article a on a.doc = i.doc where i.sha256 = '' and i.status <> '' order by i.doc desc limit ? offset ?`
	}
	rows, err := x.db.QueryContext(ctx, query, limit, offset)
	return collect(rows, err, func(p *Picture) []any {
		return []any{&p.Key, &p.URL, &p.Caption, &p.Credit, &p.Width, &p.Height, &p.Status, &p.Reason, &p.Uses, &p.Site, &p.ID, &p.Title}
	})
}

// PictureCounts counts pictures by status and reason.
func (x *Index) PictureCounts(ctx context.Context) ([]OutcomeCount, error) {
	rows, err := x.db.QueryContext(ctx, `select status, reason, count(*) from image group by status, reason order by status, reason`)
	return collect(rows, err, func(c *OutcomeCount) []any {
		return []any{&c.Outcome, &c.Reason, &c.N}
	})
}

// Retitled lists looks that changed a title, newest first; site "" means all.
func (x *Index) Retitled(ctx context.Context, site string, limit int) ([]Look, error) {
	rows, err := x.db.QueryContext(ctx, `select seq, time, url, outcome, reason, revision, changed, title from look
		where outcome = 'revised' and (? = '' or site = ?) and ',' || changed || ',' like '%,title,%' order by time desc limit ?`, site, site, limit)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return scanLooks(rows)
}

// collect reads the rows of a query into a list, never nil. places says where the
// columns of a row go.
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
