package visit

import (
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/due"
	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// link is a link to a possible article.
type link struct {
	url, title, source string
	date               time.Time // as the feed or sitemap says; zero if unknown
	outside            bool      // the sitemap shows that it is not of the dates asked for
	depth              int
	guess              guess
	strong             bool // a guess that is tried whatever its form of address
}

// discover handles one link to a possible article. It queues the link, or records
// its known outcome or the reason why it is not followed. It reports whether the
// link is new to the log.
func (v *Visit) discover(o *Outcome, x link) (fresh bool) {
	if !v.scope.local(x.url) || v.tally.Seen(x.url) {
		return false // most links of a site lead where others led before
	}
	rec, known := v.job.Archive.Lookup(x.url)
	if known && rec.Kind != ledger.KindPage {
		if !unread(rec) || v.sources.has(x.url) {
			return false // a source, visited as such
		}
		rec, known = ledger.Record{}, false // named once, and never read: it may be the article that it looks like now
	}
	if !v.tally.Claim(x.url) {
		return false
	}
	if known && v.stands(rec) {
		outcome, reason := standingOf(rec)
		o.counted(x.url, outcome, reason)
		return false
	}
	if reason := v.unwanted(x); reason != "" {
		o.counted(x.url, ledger.Skipped, reason)
		if !known || rec.Reason != reason {
			o.logged(x.record(ledger.Skipped, reason))
		}
		return !known
	}
	if x.guess != sure && !v.mayGuess(x.url, x.strong) {
		o.decided(x.record(ledger.Skipped, ledger.ReasonUnlikely))
		return !known
	}
	if !known {
		o.logged(x.record(ledger.Queued, x.queuedFor()))
	}
	o.next(x.url, Task{kind: page, depth: clampDepth(x.depth), guess: x.guess, strong: x.strong})
	return !known
}

// queuedFor is the reason of a link's record until it is visited.
func (x link) queuedFor() string {
	if x.guess != sure {
		return ledger.ReasonGuess
	}
	return ledger.ReasonSeen
}

// stands reports whether a record keeps a page from being visited by this run when its
// link is found again.
func (v *Visit) stands(rec ledger.Record) bool {
	isDue := tried(rec) && v.unfinished(rec) || v.wantsBrowser(rec)
	return settled(rec) && !isDue && !v.likelyNow(rec) && !v.dayHasCome(rec)
}

// dayHasCome reports whether an address was refused because it names a day that was to
// come, and is not any more: the clock of an earlier run may have been behind.
func (v *Visit) dayHasCome(rec ledger.Record) bool {
	if rec.Reason != string(discover.TrapCalendar) {
		return false
	}
	const ahead = 7 // days, as of discover.Budget
	day, _, dated := discover.DaysOf(rec.URL)
	return dated && day.After(rec.Time.AddDate(0, 0, ahead)) && !day.After(v.began.AddDate(0, 0, ahead))
}

// likelyNow reports whether a link that was not tried has a form of address that
// turned out to be articles'.
func (v *Visit) likelyNow(rec ledger.Record) bool {
	return rec.Reason == ledger.ReasonUnlikely && v.forms.of(rec.URL) == articles
}

func (x link) record(outcome ledger.Outcome, reason string) ledger.Record {
	return ledger.Record{URL: x.url, ID: article.ID(x.url), Outcome: outcome, Reason: reason, Title: x.title, Source: x.source, Depth: x.depth}
}

// unwanted returns why a link is not visited, or "".
func (v *Visit) unwanted(x link) string {
	if reason := v.scope.admit(x.url, x.date); reason != "" {
		return reason
	}
	if x.outside {
		return ledger.ReasonOutsideDates
	}
	return v.traps.admit(x.url)
}

// settled reports whether a record keeps a page from being visited when its link
// is found again. What was skipped by a filter is not settled: the filter may
// be another one today.
func settled(rec ledger.Record) bool {
	if left(rec) || rec.Reason == ledger.ReasonOutsideDates {
		return false
	}
	return rec.Outcome != ledger.Queued
}

// tried reports whether a page that is not archived is tried again when it is due.
func tried(rec ledger.Record) bool {
	mayCome := rec.Reason == fetch.CodeRobotsDisallowed || rec.Reason == ledger.ReasonMissing
	return rec.Outcome == ledger.Failed || rec.Outcome == ledger.Skipped && mayCome
}

// stored reports whether a record is that of an article in the archive.
func stored(rec ledger.Record) bool { return rec.Article != "" && rec.Outcome != ledger.Gone }

// standingOf returns how a settled page counts in a run that does not visit it.
func standingOf(rec ledger.Record) (ledger.Outcome, string) {
	switch rec.Outcome {
	case ledger.Archived, ledger.Revised, ledger.Unchanged:
		return ledger.Unchanged, ledger.ReasonNotDue
	case ledger.Removed:
		return ledger.Skipped, ledger.ReasonTakedown
	case ledger.Failed:
		return ledger.Queued, ledger.ReasonRetryLater
	}
	return rec.Outcome, rec.Reason
}

// unfinished reports whether a record asks for a visit in this run.
func (v *Visit) unfinished(rec ledger.Record) bool {
	isDue := due.Is(rec, v.began)
	switch rec.Kind {
	case ledger.KindList, ledger.KindFeed, ledger.KindMap:
		return rec.Outcome == ledger.Queued || isDue || v.unfinishedSource(rec)
	case ledger.KindAsset:
		return rec.Outcome == ledger.Queued && v.env.Captures.Replay
	case ledger.KindPage:
		revisit := isDue && (tried(rec) || v.job.Whole)
		return rec.Outcome == ledger.Queued || revisit || v.inDatesNow(rec) || v.within(rec) || v.wantsBrowser(rec)
	}
	return false
}

// unfinishedSource reports whether a source is read in every run, or is a further page
// that was not read for the dates of this run.
func (v *Visit) unfinishedSource(rec ledger.Record) bool {
	switch rec.Reason {
	case ledger.ReasonList, ledger.ReasonFeed, ledger.ReasonSitemap:
		return true
	case ledger.ReasonFurther:
		return !v.scope.readFor(rec)
	}
	return false
}

// inDatesNow reports whether a page was skipped for its date, as the page itself
// gives it, and is of the dates that this run is for.
func (v *Visit) inDatesNow(rec ledger.Record) bool {
	return rec.Reason == ledger.ReasonOutsideDates && rec.Detail != "" && v.scope.dated(parsePublished(rec.Detail))
}
