package crawler

import (
	"strings"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/storage/ledger"
)

// start puts the seeds into the frontier, and what the log holds as unfinished or due.
func (r *siteRun) start() {
	r.setDelays()
	for _, s := range r.job.Seeds {
		if rec, skip := r.skipSource(s); skip {
			if r.claimSource(s.URL) && s.Ends.IsZero() { // or resume would take it up
				r.listed(rec, rec.Links)
				r.waits[s.URL] = true
			}
			continue
		}
		t := task{source: kindOf(s.Type), once: !s.Ends.IsZero(), noted: s.Each > 0}
		if rec, ok := r.resting(s.URL); ok && r.claimSource(s.URL) {
			r.sourceTroubled(t, rec)
			continue
		}
		r.pushSource(s.URL, t)
	}
	if r.job.Resume {
		r.resume()
	}
}

// skipSource tells whether a source was looked at so recently that its Each
// says: not yet, or is a page of a dated archive that was read when it was
// complete: a backfill that was stopped does not begin again at its first day.
func (r *siteRun) skipSource(s Seed) (rec ledger.Record, skip bool) {
	if s.Each == 0 && s.Ends.IsZero() {
		return rec, false
	}
	rec, ok := r.job.Archive.Lookup(s.URL)
	if !ok || rec.Outcome == ledger.Queued || Ahead(rec, r.began) {
		return rec, false
	}
	complete := !s.Ends.IsZero() && rec.Outcome == ledger.Skipped && rec.Time.After(s.Ends)
	if rec.Tries == 0 && rec.Detail != "" && rec.Detail != r.scope.leftOut() {
		return rec, false // read for other dates
	}
	if rec.Outcome == ledger.Failed && !rec.Due.IsZero() && !rec.Due.After(r.began) {
		return rec, false // a failure is no look: a source of every week would lose one
	}
	return rec, complete || r.began.Before(rec.Time.Add(s.Each))
}

// resting tells whether a source is left alone until it is due: where its host could
// not be asked or failed in two runs in a row, and this run is not for it alone. A
// host that is down is not asked by every crawl that begins meanwhile.
func (r *siteRun) resting(url string) (ledger.Record, bool) {
	rec, _ := r.job.Archive.Lookup(url)
	return rec, r.job.Resume && rec.Outcome == ledger.Failed && rec.Tries > 1 && hostFailed(rec.Reason) &&
		rec.Due.After(r.began) && !Ahead(rec, r.began)
}

// hostFailed tells whether a reason is one of the host, not of the page, what it
// answers included.
func hostFailed(reason string) bool {
	return fetch.HostFailed(reason) || reason == fetch.CodeRobotsUnreachable || reason == "http_429" || strings.HasPrefix(reason, "http_5")
}

// resume takes up what earlier runs left: pages queued, failures and revisits
// that are due, list pages, feeds and sitemaps that were found before.
func (r *siteRun) resume() {
	var read []ledger.Record       // sources
	foundOn := map[string]string{} // where each source was found
	r.job.Archive.Records(func(rec ledger.Record) bool {
		if rec.Kind != ledger.KindPage && len(r.waits) > 0 {
			foundOn[rec.URL] = rec.Source
		}
		switch {
		case r.leftAlone(rec):
			r.leave(rec)
		case readBefore(rec):
			read = append(read, rec)
		case r.unfinished(rec):
			r.takeUp(rec)
		}
		return true
	})
	for _, rec := range read {
		switch {
		case !r.waitsAbove(rec, foundOn):
			r.takeUp(rec)
		case r.claimSource(rec.URL):
			r.listed(rec, rec.Links)
		}
	}
}

// readBefore tells whether a record is that of a source that was read, and is read
// again by each run that its seed does not keep from it.
func readBefore(rec ledger.Record) bool {
	switch rec.Reason {
	case ledger.ReasonList, ledger.ReasonFeed, ledger.ReasonSitemap:
		return rec.Kind != ledger.KindPage && rec.Outcome == ledger.Skipped && rec.Detail == "" && rec.Due.IsZero()
	}
	return false
}

// maxChain bounds the way back from a source to the seed that led to it.
const maxChain = 16

// waitsAbove tells whether a source was found through one that is not looked at yet,
// as its Each says: a sitemap through its index, a section through the front page.
func (r *siteRun) waitsAbove(rec ledger.Record, foundOn map[string]string) bool {
	for url, steps := rec.Source, 0; url != "" && steps < maxChain; steps++ {
		if r.waits[url] {
			return true
		}
		url = foundOn[url]
	}
	return false
}

// resumeBelow takes up, in a run for given seeds, only what earlier runs found
// on this source: a run for one article must not wake the whole site. Further
// pages of a list are not visited again, but what they led to is taken up.
func (r *siteRun) resumeBelow(url string) {
	if r.job.Resume {
		return
	}
	r.mu.Lock()
	if r.below == nil {
		r.below = map[string][]ledger.Record{}
		r.job.Archive.Records(func(rec ledger.Record) bool {
			if r.unfinished(rec) || rec.Reason == ledger.ReasonFurther {
				r.below[rec.Source] = append(r.below[rec.Source], rec)
			}
			return true
		})
	}
	found := r.below[url]
	delete(r.below, url)
	r.mu.Unlock()
	for _, rec := range found {
		switch {
		case r.leftAlone(rec):
			r.leave(rec)
		case r.unfinished(rec):
			r.takeUp(rec)
		default:
			r.resumeBelow(rec.URL)
		}
	}
}

// unfinished tells whether a record asks for a visit in this run.
func (r *siteRun) unfinished(rec ledger.Record) bool {
	due := due(rec, r.began)
	switch rec.Kind {
	case ledger.KindList, ledger.KindFeed, ledger.KindMap:
		return rec.Outcome == ledger.Queued || due ||
			rec.Reason == ledger.ReasonList || rec.Reason == ledger.ReasonFeed || rec.Reason == ledger.ReasonSitemap ||
			rec.Reason == ledger.ReasonFurther && rec.Detail != "" && rec.Detail != r.scope.leftOut() // read for other dates
	case ledger.KindPage:
		return rec.Outcome == ledger.Queued || tried(rec) && due || r.job.Revisit && due ||
			rec.Reason == ledger.ReasonOutsideDates && rec.Detail != "" && r.scope.dated(parsePublished(rec.Detail)) // known from the page
	}
	return false
}

// Waiting tells whether a record is of a page or source that a crawl which begins now
// visits because of what the log says of it: it is queued or due. The sources that
// every crawl looks at do not wait.
func Waiting(rec ledger.Record, now time.Time) bool {
	switch rec.Kind {
	case ledger.KindPage, ledger.KindList, ledger.KindFeed, ledger.KindMap:
		return rec.Outcome == ledger.Queued || due(rec, now)
	}
	return false
}

func due(rec ledger.Record, now time.Time) bool {
	return !rec.Due.IsZero() && (!rec.Due.After(now) || Ahead(rec, now))
}

func (r *siteRun) takeUp(rec ledger.Record) {
	if rec.Kind == ledger.KindPage {
		kind := taskPage
		if rec.Article != "" {
			kind = taskRevisit
		}
		r.pushPage(rec.URL, kind, rec.Depth)
		return
	}
	if rec.Depth <= r.depth() {
		t := task{source: rec.Kind, depth: uint8(min(rec.Depth, 255)), from: rec.Source}
		if rec.Reason == ledger.ReasonFurther {
			t.pages = 1
		}
		if unread(rec) {
			t.source = kindUnknown
		}
		r.pushSource(rec.URL, t)
	}
}
