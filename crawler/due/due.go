// Package due holds the rules of time: when an article is revisited, when a failure
// is retried, how long a host rests, and how to read a record from a run whose clock
// was ahead. All functions are pure: none reads a clock.
package due

import (
	"strings"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/storage/ledger"
)

// defaultRevisit returns when an article is looked at again, counted from its
// first capture: corrections cluster in the first hours.
func defaultRevisit() []time.Duration {
	const day = 24 * time.Hour
	return []time.Duration{time.Hour, 6 * time.Hour, day, 7 * day, 30 * day}
}

// nextVisit returns the first step of the schedule after now, counted from first. It
// returns the zero time if the schedule has ended. A late crawl (a site visited once
// a day) skips the steps it missed instead of catching up.
func nextVisit(steps []time.Duration, first, now time.Time) time.Time {
	for _, d := range steps {
		if at := first.Add(d); at.After(now) {
			return at
		}
	}
	return time.Time{}
}

// MaxTries is the number of failures in a row after which a URL is given up.
const MaxTries = 6

// RestAfterFailures is the wait before the next look at an archived article
// that failed MaxTries times.
const RestAfterFailures = 30 * 24 * time.Hour

// NextTry returns when a URL that failed for the tries-th time in a row is tried
// again: 30 min, 1 h, 2 h, 4 h, 8 h after the failure, or later when the
// server named a time; zero when it is given up.
func NextTry(tries int, now, notBefore time.Time) time.Time {
	if tries >= MaxTries {
		return time.Time{}
	}
	at := now.Add(30 * time.Minute << (tries - 1))
	if notBefore.After(at) {
		at = notBefore
	}
	return at
}

// LookAgain returns when a page that is refused for good is looked at again all the same.
// Zero for most reasons, and after the last look. The times count from when the page
// was first seen:
//
//   - 1, 7 and 30 days where robots.txt forbids it, because the rule may be one of a
//     site's move. To look costs no request but that for a new robots.txt.
//   - 1 hour and 1 day where it is not there: feeds and front pages run ahead of
//     their pages.
func LookAgain(reason string, first, now time.Time) time.Time {
	const day = 24 * time.Hour
	var steps []time.Duration
	switch reason {
	case fetch.CodeRobotsDisallowed:
		steps = []time.Duration{day, 7 * day, 30 * day}
	case ledger.ReasonMissing:
		steps = []time.Duration{time.Hour, day}
	default:
		return time.Time{}
	}
	if first.IsZero() || first.After(now) {
		first = now
	}
	at := nextVisit(steps, first, now)
	if at.IsZero() {
		return at
	}
	return at.UTC().Truncate(time.Second)
}

// clockSkew is how far the clocks of the machines that crawl a site may differ.
const clockSkew = 10 * time.Minute

// Ahead reports whether a record comes from a run whose clock was ahead of now. Its
// due time may be years off, so it is due at once.
func Ahead(rec ledger.Record, now time.Time) bool { return rec.Time.After(now.Add(clockSkew)) }

// AskedAt returns about when a record's URL was requested: the time of the record,
// which is not earlier. Zero if the URL was only seen.
func AskedAt(rec ledger.Record) time.Time {
	if rec.Outcome == ledger.Queued || rec.Kind == ledger.KindMemory {
		return time.Time{}
	}
	return rec.Time
}

// restNote begins the detail of a record whose response named the time of the host's
// next allowed request.
const restNote = "not before "

// NoteOfRest returns the detail of a failure. If there is none, it returns the time
// until which a busy server asked to be left alone, so that the next run knows it
// too.
func NoteOfRest(reason, detail string, notBefore time.Time) string {
	if detail == "" && !notBefore.IsZero() && busy(reason) {
		return restNote + notBefore.UTC().Truncate(time.Second).Add(time.Second).Format(time.RFC3339)
	}
	return detail
}

func busy(reason string) bool { return reason == "http_429" || reason == "http_503" }

// RestUntil returns the time before which a host refuses requests, from the record
// of one of its pages or sources: the Retry-After of the response that ended the
// tries of an earlier run. It returns zero if none is known.
func RestUntil(rec ledger.Record) time.Time {
	at, noted := strings.CutPrefix(rec.Detail, restNote)
	if wasBusy := rec.Outcome == ledger.Failed && busy(rec.Reason); !noted || !wasBusy {
		return time.Time{}
	}
	until, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return time.Time{}
	}
	return until
}

// Is reports whether a record's URL is due for a look.
func Is(rec ledger.Record, now time.Time) bool {
	return !rec.Due.IsZero() && (!rec.Due.After(now) || Ahead(rec, now))
}

// Waiting reports whether a record is of a page or source that a crawl which begins
// now visits because of what the log says of it: it is queued or due. The sources
// that every crawl looks at do not wait.
func Waiting(rec ledger.Record, now time.Time) bool {
	switch rec.Kind {
	case ledger.KindPage, ledger.KindList, ledger.KindFeed, ledger.KindMap:
		return rec.Outcome == ledger.Queued || Is(rec, now)
	}
	return false
}

// Article returns when an article is looked at again: by the steps of the schedule,
// or within the hour if images are to be tried again. Zero: never.
func Article(rec ledger.Record, steps []time.Duration, now time.Time) time.Time {
	if steps == nil {
		steps = defaultRevisit()
	}
	first := rec.Captured
	if first.IsZero() {
		first = rec.First
	}
	if first.IsZero() || first.After(now) { // of a run whose clock was ahead
		first = now
	}
	at := nextVisit(steps, first, now)
	if rec.Pending > 0 && rec.Visits < MaxTries {
		if soon := now.Add(time.Hour).UTC(); at.IsZero() || soon.Before(at) {
			at = soon
		}
	}
	if at.IsZero() {
		return at
	}
	return at.UTC().Truncate(time.Second)
}
