package discover

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// grace is how far a date of a sitemap may lie outside a range and its page be
// looked at all the same: sitemaps leave out zones, and an article may be put into
// tomorrow's folder. The page's own date decides in the end.
const grace = 36 * time.Hour

// queryDay knows the dates in queries of publishing systems.
var queryDay = regexp.MustCompile(`[?&]yyyy=((?:199|20\d)\d)&mm=(\d\d?)(?:&dd=(\d\d?))?(?:&|$)`)

// DaysOf reads the days that an address names: one day (/2024/01/05/, /2024-1-5/,
// /2024-01/05/, /2024/0105/, t20240105_1.html, ?yyyy=2024&mm=01&dd=05) or a whole
// month (sitemap-2024-01.xml, 202401), as [first, end) in UTC. A year alone is not
// read, because it may as well be a counter.
func DaysOf(url string) (first, end time.Time, ok bool) {
	path := withoutHost(url)
	if strings.Contains(path, "yyyy=") {
		if m := queryDay.FindStringSubmatch(path); m != nil {
			year, _ := strconv.Atoi(m[1])
			month, _ := strconv.Atoi(m[2])
			day, _ := strconv.Atoi(m[3])
			return span(year, month, day)
		}
	}
	months := 0 // year and month of the first month found
	for rest := path; ; {
		var run string
		if run, rest = nextDigits(rest); run == "" {
			break
		}
		year, month, day := dateAt(run, rest)
		if len(run) == 8 && day > 31 {
			continue // a number, not even a month
		}
		if day > 0 {
			if first, end, ok = span(year, month, day); ok {
				return first, end, true
			}
		}
		if month >= 1 && month <= 12 && months == 0 {
			months = year*100 + month
		}
	}
	if months == 0 {
		return time.Time{}, time.Time{}, false
	}
	return span(months/100, months%100, 0)
}

// dateAt reads a date that begins with the run of digits and may go on in rest. Parts
// that are not there are 0; without a zero before them, month and day must be told
// apart by "/", "-" or "_", for 2024.1.5 is a version.
func dateAt(run, rest string) (year, month, day int) {
	if len(run) < 4 {
		return 0, 0, 0
	}
	if year, _ = strconv.Atoi(run[:4]); year < 1990 || year > 2049 {
		return 0, 0, 0
	}
	switch len(run) {
	case 8:
		month, _ = strconv.Atoi(run[4:6])
		day, _ = strconv.Atoi(run[6:])
		return year, month, day
	case 6:
		month, _ = strconv.Atoi(run[4:])
		day, _, _ = part(rest, 2)
		return year, month, day
	case 4:
	default:
		return 0, 0, 0
	}
	month, width, behind := part(rest, 4)
	switch width {
	case 4:
		return year, month / 100, month % 100
	case 1, 2:
		day, dayWidth, _ := part(behind, 2)
		if width == 1 && (dayWidth == 0 || rest[0] == '.') {
			return year, 0, 0
		}
		return year, month, day
	}
	return year, 0, 0
}

// part reads a separator and the run of digits behind it: one digit, two or, where
// longest says so, four.
func part(s string, longest int) (value, width int, rest string) {
	if s == "" || !strings.ContainsRune("/-_.", rune(s[0])) {
		return 0, 0, s
	}
	n := 0
	for n < len(s)-1 && isDigit(s[1+n]) {
		n++
	}
	if n == 0 || n == 3 || n > longest || n == 1 && s[0] == '.' {
		return 0, 0, s
	}
	value, _ = strconv.Atoi(s[1 : 1+n])
	return value, n, s[1+n:]
}

// nextDigits finds the next run of digits and what stands behind it.
func nextDigits(s string) (run, rest string) {
	i := 0
	for i < len(s) && !isDigit(s[i]) {
		i++
	}
	j := i
	for j < len(s) && isDigit(s[j]) {
		j++
	}
	return s[i:j], s[j:]
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// span is a day, or the month where day is 0; ok is false where there is none such.
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
