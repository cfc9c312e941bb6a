package crawler

import (
	"fmt"
	"time"

	"pressmark/configs"
	"pressmark/crawler/discover"
)

// seedsOf turns a site's sources into seeds. A URL pattern with dates gives one seed
// per page from since to until, newest first; without since, the pages of today and
// yesterday. The error wraps discover.ErrPattern or discover.ErrTooMany.
func seedsOf(sources []configs.Source, since, until, now time.Time) ([]Seed, error) {
	if since.IsZero() {
		since = now.AddDate(0, 0, -1)
	}
	if until.IsZero() || until.After(now) {
		until = now.Add(1)
	}
	var out []Seed
	for _, s := range sources {
		if s.Type != configs.Archive {
			out = append(out, Seed{Source: s})
			continue
		}
		pages, err := discover.Expand(s.URL, since, until)
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", s.URL, err)
		}
		ends, err := endsOf(s.URL, since, until)
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", s.URL, err)
		}
		for _, page := range pages {
			out = append(out, Seed{Source: configs.Source{URL: page, Type: configs.Page, Each: s.Each}, Ends: ends[page]})
		}
	}
	return out, nil
}

// lateDay is how long after a day has ended in UTC its page of an archive may
// still grow: the site's zone, and articles filed late.
const lateDay = 36 * time.Hour

// endsOf returns, for each page of a dated archive, the time from which its list is
// complete.
func endsOf(pattern string, since, until time.Time) (map[string]time.Time, error) {
	ends := map[string]time.Time{}
	for day := since; ; day = day.AddDate(0, 0, 1) {
		next := day.AddDate(0, 0, 1)
		pages, err := discover.Expand(pattern, day, next)
		if err != nil {
			return nil, err
		}
		for _, page := range pages {
			ends[page] = next.Add(lateDay)
		}
		if next.After(until) {
			return ends, nil
		}
	}
}
