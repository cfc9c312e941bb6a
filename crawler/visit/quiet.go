package visit

import (
	"time"

	"pressmark/crawler/due"
	"pressmark/storage/ledger"
)

// leftAlone reports whether a sitemap is left alone until it is due, by its
// record and by what this run has learned of it.
func (v *Visit) leftAlone(rec ledger.Record) bool {
	resting := rec.Reason == ledger.ReasonSitemap && rec.Due.After(v.began) && !due.Ahead(rec, v.began)
	if !resting || !v.scope.readFor(rec) {
		return false
	}
	quiet, known := v.sources.isQuiet(rec.URL)
	return quiet || !known
}

// quietUntil returns when a sitemap that was just read is due, zero for at every
// crawl: one that is a seed, too, is fetched as its Each says.
func (v *Visit) quietUntil(l *look) time.Time {
	if l.from == "" {
		return time.Time{}
	}
	quiet, known := v.sources.isQuiet(l.url)
	if !known { // its index was not read by this run
		wasQuiet := l.rec.Reason == ledger.ReasonSitemap && !l.rec.Due.IsZero()
		quiet = wasQuiet && !v.standsStill(l.from)
	}
	if !quiet {
		return time.Time{}
	}
	return v.env.Now().Add(due.QuietFor).UTC().Truncate(time.Second)
}

// standsStill reports whether an index that this run has not read, because it
// was not modified, has been the same for so long that it is not believed.
func (v *Visit) standsStill(index string) bool {
	rec, ok := v.job.Archive.Lookup(index)
	return ok && rec.Time.Before(v.began.Add(-due.Believed))
}
