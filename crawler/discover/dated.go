package discover

import (
	"strings"
	"time"

	"pressmark/extract/weburl"
)

// grace is how far a sitemap's date may lie outside the range before its page is
// skipped. Sitemaps omit time zones, and an article may be in the next day's folder.
// The page's own date decides in the end.
const grace = 36 * time.Hour

// DaysOf returns the days that an address names (see weburl.DateIn), one day or a
// whole month, as [first, end) in UTC.
func DaysOf(url string) (first, end time.Time, ok bool) {
	d, ok := weburl.DateIn(url)
	if !ok {
		return time.Time{}, time.Time{}, false
	}
	return span(d.Year, d.Month, d.Day)
}

// span returns a day, or a month if day is 0, as [first, end). ok is false if the
// date does not exist.
func span(year, month, day int) (first, end time.Time, ok bool) {
	if month < 1 || month > 12 {
		return time.Time{}, time.Time{}, false
	}
	if day == 0 {
		first = time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
		return first, first.AddDate(0, 1, 0), true
	}
	first = time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return first, first.AddDate(0, 0, 1), first.Day() == day
}

// MayHold reports whether a sitemap that an index names may hold articles
// published in [since, until); a zero bound is open. The dates in its name decide,
// then its last modification: nothing is newer than that.
func MayHold(e Entry, since, until time.Time) bool {
	if first, end, ok := DaysOf(e.URL); ok && !overlaps(first, end, since, until) {
		return false
	}
	return !modifiedBefore(e, since)
}

// MayBe reports whether a page of a sitemap may be an article published in
// [since, until); a zero bound is open. The publication date of the news extension
// decides, else the day in the address, and the last modification.
func MayBe(e Entry, since, until time.Time) bool {
	if !e.NewsDate.IsZero() {
		return overlaps(e.NewsDate, e.NewsDate.Add(1), since, until)
	}
	if first, end, ok := DaysOf(e.URL); ok && !overlaps(first, end, since, until) {
		// Six digits in one run may be a month in a sitemap's name; in a page's
		// address they are its number as often.
		number := end.Sub(first) > 24*time.Hour && strings.Contains(e.URL, first.Format("200601"))
		if !number {
			return false
		}
	}
	return !modifiedBefore(e, since)
}

func modifiedBefore(e Entry, since time.Time) bool {
	return !e.LastMod.IsZero() && !since.IsZero() && e.LastMod.Add(grace).Before(since)
}

// overlaps reports whether [first, end), give or take the grace, meets [since, until).
func overlaps(first, end, since, until time.Time) bool {
	return (since.IsZero() || end.Add(grace).After(since)) && (until.IsZero() || first.Add(-grace).Before(until))
}

// withoutHost is the path and query of an address in normal form.
func withoutHost(url string) string {
	slashes := 0
	for i := 0; i < len(url); i++ {
		if url[i] == '/' {
			if slashes++; slashes == 3 {
				return url[i:]
			}
		}
	}
	return ""
}
