package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// What the first page of a reader shows, counted from totals, so that it takes as long
// for a million articles as for a hundred.

// SiteSummary is a site with the number of its articles, and those of its newest
// months.
type SiteSummary struct {
	Site   string  `json:"site"`
	N      int     `json:"n"`
	Latest string  `json:"latest"` // month of the newest article, 2024-03
	Months []Count `json:"months"` // from the month that was asked for on; those without articles are left out
}

// Summaries lists the sites that have articles, those with the newest articles first,
// with their articles by month from the month since on ("2022-04").
func (x *Index) Summaries(ctx context.Context, since string) ([]SiteSummary, error) {
	rows, err := x.db.QueryContext(ctx, `select site, sum(n), max(value) as latest from total where name = 'month' and n > 0 group by site order by latest desc, sum(n) desc, site`)
	sites, err := collect(rows, err, func(s *SiteSummary) []any { return []any{&s.Site, &s.N, &s.Latest} })
	if err != nil {
		return nil, err
	}
	place := make(map[string]int, len(sites))
	for i := range sites {
		place[sites[i].Site] = i
		sites[i].Months = []Count{}
	}
	type row struct {
		site  string
		count Count
	}
	rows, err = x.db.QueryContext(ctx, `select site, value, n from total where name = 'month' and n > 0 and value >= ? order by value`, since)
	months, err := collect(rows, err, func(r *row) []any { return []any{&r.site, &r.count.Value, &r.count.N} })
	if err != nil {
		return nil, err
	}
	for _, m := range months {
		if i, ok := place[m.site]; ok {
			sites[i].Months = append(sites[i].Months, m.count)
		}
	}
	return sites, nil
}

// NewestMonth returns the month of the newest article, "" if there is none.
func (x *Index) NewestMonth(ctx context.Context) (string, error) {
	var month string
	err := x.db.QueryRowContext(ctx, `select value from total where name = 'month' and n > 0 order by value desc limit 1`).Scan(&month)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("index: %w", err)
	}
	return month, nil
}

// Years counts the articles of all sites by year, oldest first.
func (x *Index) Years(ctx context.Context) ([]Count, error) {
	return x.overview(ctx, `select substr(value, 1, 4) as year, sum(n) from total where name = 'month' and n > 0 group by year order by year`)
}

// Days counts the articles of all sites by day in one year ("2024"), in order.
func (x *Index) Days(ctx context.Context, year string) ([]Count, error) {
	return x.overview(ctx, `select value, sum(n) from total where name = 'day' and n > 0 and value >= ? and value < ? group by value order by value`, year, year+"~")
}

// SiteDays counts the articles of one site by day, in order.
func (x *Index) SiteDays(ctx context.Context, site string) ([]Count, error) {
	return x.overview(ctx, `select value, n from total where name = 'day' and site = ? and n > 0 order by value`, site)
}

func (x *Index) overview(ctx context.Context, query string, args ...any) ([]Count, error) {
	out, err := x.counts(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return out, nil
}

// LastLook returns the time of the newest record of all logs, UTC; "" if there is none.
func (x *Index) LastLook(ctx context.Context) (string, error) {
	var at string
	err := x.db.QueryRowContext(ctx, `select coalesce(max(value), '') from meta where name = ?`, metaNewest).Scan(&at)
	if err != nil {
		return "", fmt.Errorf("index: %w", err)
	}
	return at, nil
}

// metaNewest names the time of the newest record in the table meta.
const metaNewest = "newest"

// Addresses returns the other addresses of an article that crawls have seen.
func (x *Index) Addresses(ctx context.Context, h Hit) ([]string, error) {
	rows, err := x.db.QueryContext(ctx, `select url from url where site = ? and alias = ? and alias <> '' order by url limit 50`, h.Site, h.URL)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return texts(rows)
}
