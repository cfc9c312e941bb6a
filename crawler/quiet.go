package crawler

import (
	"time"

	"pressmark/crawler/discover"
	"pressmark/storage/ledger"
)

// The sitemaps of an index. A site has hundreds, of which one or two change; the
// index says when each did. One that has not changed for a while is asked for once
// a day, in case the index is wrong, and not by every crawl; its record says when
// it is due. An index whose times stand still is not believed.

const (
	// quietAfter is how long ago a sitemap was changed that is quiet: the time may
	// be a day without a zone, and the change late on that day.
	quietAfter = 36 * time.Hour
	// quietFor is how long a quiet sitemap is left alone.
	quietFor = 24 * time.Hour
	// believed is how old the newest time of an index may be for it to be believed.
	believed = 3 * 24 * time.Hour
)

// quietMaps tells of each sitemap of an index whether it is quiet.
func quietMaps(index []discover.Entry, now time.Time) map[string]bool {
	quiet := make(map[string]bool, len(index))
	alive := false
	for _, e := range index {
		alive = alive || e.LastMod.After(now.Add(-believed)) && e.LastMod.Before(now.Add(quietAfter))
	}
	for _, e := range index {
		quiet[e.URL] = alive && !e.LastMod.IsZero() && e.LastMod.Add(quietAfter).Before(now)
	}
	return quiet
}

// learnQuiet keeps what an index says of its sitemaps.
func (r *siteRun) learnQuiet(index []discover.Entry) {
	quiet := quietMaps(index, r.began)
	r.mu.Lock()
	defer r.mu.Unlock()
	for url, q := range quiet {
		r.quiet[r.hash(url)] = q
	}
}

// leftAlone tells whether a sitemap is left alone until it is due, by what the log
// holds of it and what this run has learnt of it.
func (r *siteRun) leftAlone(rec ledger.Record) bool {
	if rec.Reason != ledger.ReasonSitemap || !rec.Due.After(r.began) || Ahead(rec, r.began) || rec.Detail != "" && rec.Detail != r.scope.leftOut() {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	quiet, known := r.quiet[r.hash(rec.URL)]
	return quiet || !known
}

// quietUntil is when a sitemap that was just read is due, zero for at every crawl: one
// that is a seed, too, is asked for as its Each says.
func (r *siteRun) quietUntil(t task, url string, rec ledger.Record) time.Time {
	if t.from == "" {
		return time.Time{}
	}
	r.mu.Lock()
	quiet, known := r.quiet[r.hash(url)]
	r.mu.Unlock()
	if known && !quiet || !known && (rec.Reason != ledger.ReasonSitemap || rec.Due.IsZero() || r.standsStill(t.from)) {
		return time.Time{}
	}
	return r.c.now().Add(quietFor).UTC().Truncate(time.Second)
}

// standsStill tells whether an index that this run has not read, because it was not
// modified, has been as it is for so long that it is not believed.
func (r *siteRun) standsStill(index string) bool {
	rec, ok := r.job.Archive.Lookup(index)
	return ok && rec.Time.Before(r.began.Add(-believed))
}

// leave notes a sitemap that is left alone: what it lists counts as if it had been
// asked and had not changed.
func (r *siteRun) leave(rec ledger.Record) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left[r.hash(rec.URL)] = rec
}
