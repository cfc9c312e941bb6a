package crawler

import (
	"strings"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/storage/ledger"
)

// DefaultRevisit says when an article is looked at again, counted from its
// first capture: corrections cluster in the first hours.
func DefaultRevisit() []time.Duration {
	const day = 24 * time.Hour
	return []time.Duration{time.Hour, 6 * time.Hour, day, 7 * day, 30 * day}
}

// nextVisit is the first step of the schedule that lies after now, counted
// from first; zero when the schedule has ended. A crawl that comes late (a
// site visited once a day) skips the steps it missed instead of catching up.
func nextVisit(steps []time.Duration, first, now time.Time) time.Time {
	for _, d := range steps {
		if at := first.Add(d); at.After(now) {
			return at
		}
	}
	return time.Time{}
}

// maxTries is how often a URL may fail in a row before it is given up.
const maxTries = 6

// restAfterFailures is how long an archived article that failed maxTries times
// is left alone.
const restAfterFailures = 30 * 24 * time.Hour

// nextTry is when a URL that failed for the tries-th time in a row is tried
// again: 30 min, 1 h, 2 h, 4 h, 8 h after the failure, or later when the
// server named a time; zero when it is given up.
func nextTry(tries int, now, notBefore time.Time) time.Time {
	if tries >= maxTries {
		return time.Time{}
	}
	at := now.Add(30 * time.Minute << (tries - 1))
	if notBefore.After(at) {
		at = notBefore
	}
	return at
}

// lookAgain is when a page that is refused for good is looked at again all the same.
// Zero for most reasons, and after the last look. The times count from when the page
// was first seen:
//
//   - 1, 7 and 30 days where robots.txt forbids it, because the rule may be one of a
//     site's move. To look costs no request but that for a new robots.txt.
//   - 1 hour and 1 day where it is not there: feeds and front pages run ahead of
//     their pages.
func lookAgain(reason string, first, now time.Time) time.Time {
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

// Ahead tells whether a record is of a run whose clock was ahead of now: what it says
// to be due may be years off, and is due at once.
func Ahead(rec ledger.Record, now time.Time) bool { return rec.Time.After(now.Add(clockSkew)) }

// AskedAt is when a record's URL was asked for, about: the time of the record,
// which is no earlier. Zero for what was only seen.
func AskedAt(rec ledger.Record) time.Time {
	if rec.Outcome == ledger.Queued || rec.Kind == ledger.KindMemory {
		return time.Time{}
	}
	return rec.Time
}

// restNote begins the detail of a record whose answer named a time before which the
// host is not to be asked again.
const restNote = "not before "

// noteOfRest is the detail of a failure: what is known of it, else the time that a
// busy server named, so that the next run knows it too.
func noteOfRest(reason, detail string, notBefore time.Time) string {
	if detail == "" && !notBefore.IsZero() && busy(reason) {
		return restNote + notBefore.UTC().Truncate(time.Second).Add(time.Second).Format(time.RFC3339)
	}
	return detail
}

func busy(reason string) bool { return reason == "http_429" || reason == "http_503" }

// RestUntil is the time before which a host asked not to be asked again, as the
// record of one of its pages or sources tells: the Retry-After of an answer that
// ended the tries of an earlier run. Zero where nothing of the kind is known.
func RestUntil(rec ledger.Record) time.Time {
	at, ok := strings.CutPrefix(rec.Detail, restNote)
	if !ok || rec.Outcome != ledger.Failed || !busy(rec.Reason) {
		return time.Time{}
	}
	until, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return time.Time{}
	}
	return until
}
