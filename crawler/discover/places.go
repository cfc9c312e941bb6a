package discover

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"pressmark/extract/weburl"
)

// places are the paths at which publishing systems put sitemaps and feeds, the most
// common first. The list is short on purpose: each path costs a request.
var places = []string{
	"/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml", "/news-sitemap.xml",
	"/rss.xml", "/feed/", "/rss", "/atom.xml",
}

// CommonPlaces returns the addresses to try, in order, if a site names neither feeds
// nor sitemaps. It returns nil if origin is not an http or https URL.
func CommonPlaces(origin string) []string {
	root, err := weburl.Normalize(origin)
	if err != nil {
		return nil
	}
	scheme, _, _ := strings.Cut(root, "://")
	urls := make([]string, len(places))
	for i, p := range places {
		urls[i] = scheme + "://" + weburl.HostOf(root) + p
	}
	return urls
}

// maxExpanded is how many addresses [Expand] gives at most: over a century of days.
const maxExpanded = 40_000

var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

// Expand writes out an archive pattern ("https://…/{yyyy}-{mm}/{dd}/index.html") for
// every day in [since, until), newest first; for every month or year where the
// pattern names no day or month. Placeholders are {yyyy}, {yy}, {mm}, {m}, {dd} and
// {d}. Days are those of the location of until. A zero since gives the newest
// address alone. The error wraps ErrPattern or ErrTooMany.
func Expand(pattern string, since, until time.Time) ([]string, error) {
	step, err := stepOf(pattern)
	if err != nil {
		return nil, err
	}
	last := until.Add(-time.Nanosecond) // until itself does not belong to the range
	day := time.Date(last.Year(), last.Month(), last.Day(), 0, 0, 0, 0, time.UTC)
	first := day
	if !since.IsZero() {
		s := since.In(until.Location())
		first = time.Date(s.Year(), s.Month(), s.Day(), 0, 0, 0, 0, time.UTC)
	}
	day, first = step.start(day), step.start(first)
	var urls []string
	for ; !day.Before(first); day = step.back(day) {
		if len(urls) == maxExpanded {
			return urls, fmt.Errorf("archive pattern %q over %d addresses: %w", clip(pattern), maxExpanded, ErrTooMany)
		}
		urls = append(urls, fill(pattern, day))
	}
	return urls, nil
}

// step is the unit of time that an archive pattern counts in.
type step int

const (
	byYear step = iota
	byMonth
	byDay
)

// stepOf finds the finest placeholder of a pattern.
func stepOf(pattern string) (step, error) {
	finest, year := byYear, false
	for _, p := range placeholder.FindAllString(pattern, -1) {
		switch p {
		case "{yyyy}", "{yy}":
			year = true
		case "{mm}", "{m}":
			finest = max(finest, byMonth)
		case "{dd}", "{d}":
			finest = byDay
		default:
			return 0, fmt.Errorf("%w %q: unknown placeholder %s", ErrPattern, clip(pattern), clip(p))
		}
	}
	if !year {
		return 0, fmt.Errorf("%w %q: no {yyyy}", ErrPattern, clip(pattern))
	}
	return finest, nil
}

func (s step) start(t time.Time) time.Time {
	switch s {
	case byYear:
		return time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	case byMonth:
		return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
	}
	return t
}

func (s step) back(t time.Time) time.Time {
	switch s {
	case byYear:
		return t.AddDate(-1, 0, 0)
	case byMonth:
		return t.AddDate(0, -1, 0)
	}
	return t.AddDate(0, 0, -1)
}

func fill(pattern string, day time.Time) string {
	return placeholder.ReplaceAllStringFunc(pattern, func(p string) string {
		switch p {
		case "{yyyy}":
			return day.Format("2006")
		case "{yy}":
			return day.Format("06")
		case "{mm}":
			return day.Format("01")
		case "{m}":
			return day.Format("1")
		case "{dd}":
			return day.Format("02")
		default:
			return day.Format("2")
		}
	})
}
