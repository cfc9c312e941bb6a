package visit

import (
	"context"
	"sync"

	"pressmark/crawler/due"
	"pressmark/storage/ledger"
)

// earlier holds the unfinished records of the log from the beginning of a run. It is
// safe for concurrent use once Start has returned.
type earlier struct {
	waits     map[string]bool // seeds skipped because `each` has not elapsed; read-only after Start
	takedowns bool            // the site has articles that were taken down; read-only after Start

	mu     sync.Mutex
	naming map[string]int             // pages that named a removed article as themselves, by its address
	below  map[string][]ledger.Record // by the source it was found on; nil until asked for
}

// Start queues the seeds, and what the log holds as unfinished or due.
func (v *Visit) Start(ctx context.Context) {
	v.setDelays()
	articles, removed := v.job.Archive.Articles()
	v.tally.Known(articles)
	v.earlier.takedowns = removed > 0
	v.earlier.waits = map[string]bool{}
	for _, s := range v.job.Seeds {
		v.settle(ctx, v.startSeed(s))
	}
	if v.job.Whole {
		v.resume(ctx)
	}
}

func (v *Visit) startSeed(s Seed) (o Outcome) {
	if v.removed(s.URL) {
		v.tally.Claim(s.URL)
		return v.leaveDown(s.URL)
	}
	if rec, skip := v.skipSeed(s); skip {
		if v.sources.claim(s.URL) && s.Ends.IsZero() { // or resume would take it up
			v.tally.Listed(rec.URL, rec.Links, rec.Usual)
			v.earlier.waits[s.URL] = true
		}
		return o
	}
	rec, _ := v.job.Archive.Lookup(s.URL)
	if archived := rec.Kind == ledger.KindPage && rec.Article != ""; archived && s.Type == "" {
		if v.tally.Claim(s.URL) { // an archived article: named, so it is due
			o.next(s.URL, Task{kind: revisit})
		}
		return o
	}
	src := source{kind: kindOf(s.Type), once: !s.Ends.IsZero(), noted: s.Each > 0}
	if rec, ok := v.resting(s.URL); ok && v.sources.claim(s.URL) {
		v.sourceTroubled(src, rec)
		return o
	}
	v.pushSource(&o, s.URL, 0, src)
	return o
}

// skipSeed reports whether a source was looked at so recently that its Each
// says: not yet, or is a page of a dated archive that was read when it was
// complete: a backfill that was stopped does not begin again at its first day.
func (v *Visit) skipSeed(s Seed) (rec ledger.Record, skip bool) {
	if s.Each == 0 && s.Ends.IsZero() {
		return rec, false
	}
	rec, ok := v.job.Archive.Lookup(s.URL)
	if !ok || rec.Outcome == ledger.Queued || due.Ahead(rec, v.began) {
		return rec, false
	}
	complete := !s.Ends.IsZero() && rec.Outcome == ledger.Skipped && rec.Time.After(s.Ends)
	if rec.Tries == 0 && !v.scope.readFor(rec) {
		return rec, false
	}
	retryDue := !rec.Due.IsZero() && !rec.Due.After(v.began)
	if rec.Outcome == ledger.Failed && retryDue {
		return rec, false // a failure is no look: a source of every week would lose one
	}
	return rec, complete || v.began.Before(rec.Time.Add(s.Each))
}

// resting reports whether to skip a source whose host failed in the last two runs,
// so that frequent crawls do not all ask a host that is down. Runs that name the
// source explicitly never skip it.
func (v *Visit) resting(url string) (ledger.Record, bool) {
	rec, _ := v.job.Archive.Lookup(url)
	failing := rec.Outcome == ledger.Failed && rec.Tries > 1 && hostFailed(rec.Reason)
	return rec, v.job.Whole && failing && rec.Due.After(v.began) && !due.Ahead(rec, v.began)
}

// resume takes up what earlier runs left: pages queued, failures and revisits
// that are due, list pages, feeds and sitemaps that were found before.
func (v *Visit) resume(ctx context.Context) {
	var read []ledger.Record       // sources
	foundOn := map[string]string{} // where each source was found
	v.job.Archive.Records(func(rec ledger.Record) bool {
		if rec.Kind != ledger.KindPage && len(v.earlier.waits) > 0 {
			foundOn[rec.URL] = rec.Source
		}
		switch {
		case v.leftAlone(rec):
			v.sources.leave(rec)
		case readBefore(rec):
			read = append(read, rec)
		case v.unfinished(rec):
			v.settle(ctx, v.takeUpInTurn(rec))
		}
		return true
	})
	for _, rec := range read {
		switch {
		case !v.waitsAbove(rec, foundOn):
			v.settle(ctx, v.takeUpInTurn(rec))
		case v.sources.claim(rec.URL):
			v.tally.Listed(rec.URL, rec.Links, rec.Usual)
		}
	}
}

// takeUpInTurn is takeUp, but a sitemap comes after its index, which says how soon
// the sitemap is due again.
func (v *Visit) takeUpInTurn(rec ledger.Record) Outcome {
	if rec.Reason == ledger.ReasonSitemap && rec.Source != "" && v.sources.wait(rec.Source, rec) {
		return Outcome{}
	}
	return v.takeUp(rec)
}

// takeUpAfter takes up the sitemaps that waited for the look at their index,
// whatever it brought.
func (v *Visit) takeUpAfter(index string) (o Outcome) {
	for _, rec := range v.sources.look(index) {
		if v.leftAlone(rec) {
			v.sources.leave(rec)
			continue
		}
		o.add(v.takeUp(rec))
	}
	return o
}

// readBefore reports whether a record is that of a source that was read, and is
// read again by each run unless its seed is skipped.
func readBefore(rec ledger.Record) bool {
	switch rec.Reason {
	case ledger.ReasonList, ledger.ReasonFeed, ledger.ReasonSitemap:
		complete := rec.Detail == "" && rec.Due.IsZero()
		return complete && rec.Kind != ledger.KindPage && rec.Outcome == ledger.Skipped
	}
	return false
}

// maxChain bounds the number of steps from a source back to its seed.
const maxChain = 16

// waitsAbove reports whether a source was found through one that is not looked
// at yet, as its Each says: a sitemap through its index, a section through the
// front page.
func (v *Visit) waitsAbove(rec ledger.Record, foundOn map[string]string) bool {
	for url, steps := rec.Source, 0; url != "" && steps < maxChain; steps++ {
		if v.earlier.waits[url] {
			return true
		}
		url = foundOn[url]
	}
	return false
}

// resumeBelow takes up, in a run for given seeds, only the unfinished links that
// earlier runs found on this source: a run for one article must not crawl the whole
// site. Further pages of a list are not fetched again, but the links found on them
// are taken up.
func (v *Visit) resumeBelow(url string) (o Outcome) {
	if v.job.Whole {
		return o
	}
	for _, rec := range v.earlier.takeBelow(url, v.unfinishedByPlace) {
		switch {
		case v.leftAlone(rec):
			v.sources.leave(rec)
		case v.unfinished(rec):
			o.add(v.takeUp(rec))
		default:
			o.add(v.resumeBelow(rec.URL))
		}
	}
	return o
}

// takeBelow returns what was found on a source, once; all gives what there is
// by source.
func (e *earlier) takeBelow(url string, all func() map[string][]ledger.Record) []ledger.Record {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.below == nil {
		e.below = all()
	}
	found := e.below[url]
	delete(e.below, url)
	return found
}

func (v *Visit) unfinishedByPlace() map[string][]ledger.Record {
	below := map[string][]ledger.Record{}
	v.job.Archive.Records(func(rec ledger.Record) bool {
		if v.unfinished(rec) || rec.Reason == ledger.ReasonFurther {
			below[rec.Source] = append(below[rec.Source], rec)
		}
		return true
	})
	return below
}

// takeUp queues what an earlier run left.
func (v *Visit) takeUp(rec ledger.Record) (o Outcome) {
	if rec.Kind == ledger.KindPage && !left(rec) {
		k := page
		if rec.Article != "" {
			k = revisit
		}
		if v.tally.Claim(rec.URL) {
			t := Task{kind: k, depth: clampDepth(rec.Depth)}
			if rec.Reason == ledger.ReasonGuess {
				t.guess = unlikely
			}
			o.next(rec.URL, t)
		}
		return o
	}
	if rec.Kind == ledger.KindAsset {
		if v.sources.claim("asset " + rec.URL) {
			o.next(rec.URL, Task{kind: asset, depth: clampDepth(rec.Depth)})
		}
		return o
	}
	if rec.Depth > v.budget.depth {
		return o
	}
	s := source{kind: rec.Kind, from: rec.Source}
	if left(rec) {
		s.kind = ledger.KindList
	}
	if s.kind == ledger.KindList && rec.Source != "" {
		s.guess = unlikely
	}
	if rec.Reason == ledger.ReasonFurther {
		s.pages = 1
	}
	if unread(rec) {
		s.kind = kindUnknown
	}
	v.pushSource(&o, rec.URL, clampDepth(rec.Depth), s)
	return o
}
