package crawler

import (
	"time"

	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// found is a link that may lead to an article.
type found struct {
	url, title, source string
	date               time.Time // as the feed or sitemap says; zero where unknown
	outside            bool      // the sitemap tells that it is not of the dates asked for
	depth              int
}

// discover takes in one link that may lead to an article: it is queued, or its
// outcome is known, or there is a reason to leave it.
func (r *siteRun) discover(f found) (fresh bool) {
	if !r.scope.local(f.url) || r.isSeen(f.url) {
		return false // most links of a site lead where others led before
	}
	rec, known := r.job.Archive.Lookup(f.url)
	if known && rec.Kind != ledger.KindPage {
		if !unread(rec) || r.isSource(f.url) {
			return false // a source, visited as such
		}
		rec, known = ledger.Record{}, false // named once, and never had: it may be the article that it looks like now
	}
	if !r.claimPage(f.url) {
		return false
	}
	if known && settled(rec) && !(tried(rec) && r.unfinished(rec)) {
		outcome, reason := standing(rec)
		r.count(f.url, outcome, reason)
		return false
	}
	reason := r.scope.admit(f.url, f.date)
	if reason == "" && f.outside {
		reason = ledger.ReasonOutsideDates
	}
	if reason == "" {
		reason = r.trapped(f.url)
	}
	if reason != "" {
		r.count(f.url, ledger.Skipped, reason)
		if !known || rec.Reason != reason {
			r.record(ledger.Record{URL: f.url, ID: article.ID(f.url), Outcome: ledger.Skipped, Reason: reason, Title: f.title,
				Source: f.source, Depth: f.depth})
		}
		return !known
	}
	if !known {
		r.record(ledger.Record{URL: f.url, ID: article.ID(f.url), Outcome: ledger.Queued, Reason: ledger.ReasonSeen, Title: f.title,
			Source: f.source, Depth: f.depth})
	}
	r.push(task{kind: taskPage, depth: uint8(min(f.depth, 255))}, f.url, time.Time{})
	return !known
}

// settled tells whether a record keeps a page from being visited when its link
// is found again. What was skipped by a filter is not settled: the filter may
// be another one today.
func settled(rec ledger.Record) bool {
	switch rec.Reason {
	case ledger.ReasonExcluded, ledger.ReasonNotIncluded, ledger.ReasonOutsideDates:
		return false
	}
	return rec.Outcome != ledger.Queued
}

// tried tells whether a page that is not archived is tried again when it is due.
func tried(rec ledger.Record) bool {
	return rec.Outcome == ledger.Failed || rec.Outcome == ledger.Skipped && (rec.Reason == fetch.CodeRobotsDisallowed || rec.Reason == ledger.ReasonMissing)
}

// standing is how a settled page counts in a run that does not visit it.
func standing(rec ledger.Record) (ledger.Outcome, string) {
	switch rec.Outcome {
	case ledger.Archived, ledger.Revised, ledger.Unchanged:
		return ledger.Unchanged, ledger.ReasonNotDue
	case ledger.Failed:
		return ledger.Queued, ledger.ReasonRetryLater
	}
	return rec.Outcome, rec.Reason
}

// claimPage makes the caller the one that decides about a page in this run;
// false where somebody has done so. Two workers may find one link at once, and
// the second must not write "queued" over what became of it meanwhile.
func (r *siteRun) claimPage(url string) bool {
	h := r.hash(url)
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, taken := r.seen[h]; taken {
		return false
	}
	r.countLocked(h, ledger.Queued, ledger.ReasonSeen)
	return true
}

func (r *siteRun) isSeen(url string) bool {
	h := r.hash(url)
	r.mu.Lock()
	defer r.mu.Unlock()
	_, seen := r.seen[h]
	return seen
}

func (r *siteRun) isSource(url string) bool {
	h := r.hash(url)
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sources[h]
}

// count sets a page's present outcome in the run's numbers.
func (r *siteRun) count(url string, o ledger.Outcome, reason string) {
	h := r.hash(url)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.countLocked(h, o, reason)
	if r.c.opts.Observe != nil {
		open := 0
		for i, k := range r.outcomes {
			if k.outcome == ledger.Queued {
				open += r.counts[i]
			}
		}
		r.c.opts.Observe(Event{Site: r.site.Name, URL: url, Outcome: o, Reason: reason,
			Discovered: len(r.seen), Done: len(r.seen) - open, Elapsed: r.c.now().Sub(r.began)})
	}
}

func (r *siteRun) countLocked(h uint64, o ledger.Outcome, reason string) {
	if i, ok := r.seen[h]; ok {
		r.counts[i]--
	}
	key := tallyKey{o, reason}
	for i, k := range r.outcomes {
		if k == key {
			r.counts[i]++
			r.seen[h] = uint16(i)
			return
		}
	}
	r.outcomes = append(r.outcomes, key)
	r.counts = append(r.counts, 1)
	r.seen[h] = uint16(len(r.outcomes) - 1)
}

// trapped tells whether a URL looks like one of endlessly many.
func (r *siteRun) trapped(url string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return string(r.trap.Admit(url))
}
