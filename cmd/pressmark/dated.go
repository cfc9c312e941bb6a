package main

import (
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/discover"
)

// expand writes out sources whose URL has a date, from since to until, the
// newest first; without --since, today and yesterday.
func expand(sources []configs.Source, since, until, now time.Time) ([]crawler.Seed, error) {
	if since.IsZero() {
		since = now.AddDate(0, 0, -1)
	}
	if until.IsZero() || until.After(now) {
		until = now.Add(1)
	}
	var out []crawler.Seed
	for _, s := range sources {
		if s.Type != configs.Archive {
			out = append(out, crawler.Seed{Source: s})
			continue
		}
		pages, err := discover.Expand(s.URL, since, until)
		if err != nil {
			return nil, misuse("source %s: %w", s.URL, err)
		}
		ends, err := endsOf(s.URL, since, until)
		if err != nil {
			return nil, misuse("source %s: %w", s.URL, err)
		}
		for _, page := range pages {
			out = append(out, crawler.Seed{Source: configs.Source{URL: page, Type: configs.Page, Each: s.Each}, Ends: ends[page]})
		}
	}
	return out, nil
}

// lateDay is how long after a day has ended in UTC its page of an archive may
// still grow: the site's zone, and what is filed late.
const lateDay = 36 * time.Hour

// endsOf tells when each page of a dated archive lists all that it ever will.
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
