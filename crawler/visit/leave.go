package visit

import (
	"path"
	"strings"

	"pressmark/extract/article"
	"pressmark/extract/weburl"
	"pressmark/storage/ledger"
)

// Links of a list page that are not followed: sections too deep below a seed, front
// pages, documents, links that the site's patterns refuse, further pages beyond the
// limit. Each gets a record with the reason when it is first seen, so that every
// link within a site has an outcome. Until one is fetched, its kind in the log is
// page; a later run that goes deeper, or a feed that lists it, takes it up.

// leave records a link of a source that is not followed.
func (v *Visit) leave(o *Outcome, l *look, url string, depth int, reason string) {
	if v.sources.has(url) || !v.tally.Leave(url, ledger.Skipped, reason) {
		return
	}
	rec, known := v.job.Archive.Lookup(url)
	switch {
	case !known:
		o.logged(ledger.Record{URL: url, ID: article.ID(url), Outcome: ledger.Skipped, Reason: reason, Source: l.url, Depth: depth})
	case left(rec) && rec.Reason != reason:
		rec.Reason, rec.Depth = reason, depth
		o.logged(rec)
	case !left(rec):
		v.tally.TakeUp(url) // it has an outcome of its own
	}
}

// left reports whether a record belongs to a link that was not followed, for a
// reason that may no longer hold.
func left(rec ledger.Record) bool {
	if rec.Kind != ledger.KindPage || rec.Outcome != ledger.Skipped {
		return false
	}
	switch rec.Reason {
	case ledger.ReasonTooDeep, ledger.ReasonFront, ledger.ReasonNotPage, ledger.ReasonNoMorePages, ledger.ReasonNothingNew,
		ledger.ReasonExcluded, ledger.ReasonNotIncluded:
		return true
	}
	return false
}

// isSection reports whether a link looks like a section's, or like a feed's or a
// sitemap's, and may be followed.
func (v *Visit) isSection(x article.Link) bool {
	return x.Section && !v.job.Site.Excludes(x.URL) && (x.Likely > leastLikely || listLike(x.URL))
}

// listLike reports whether an address ends as those of feeds and sitemaps do.
func listLike(url string) bool {
	switch strings.ToLower(path.Ext(withoutQuery(url))) {
	case ".xml", ".rss", ".atom", ".rdf", ".json", ".gz":
		return true
	}
	return false
}

// whyLeft returns the reason why a link is neither an article's, nor a section's that
// is visited, nor one in doubt.
func (v *Visit) whyLeft(x article.Link) string {
	switch {
	case v.job.Site.Excludes(x.URL):
		return ledger.ReasonExcluded
	case x.Likely <= leastLikely && !(x.Section && listLike(x.URL)):
		return ledger.ReasonNotPage
	case weburl.IsFront(x.URL):
		return ledger.ReasonFront
	case x.Section:
		return ledger.ReasonTooDeep
	}
	return ledger.ReasonNotIncluded
}

// within reports whether a section that lay too deep for an earlier run is one that
// this run visits.
func (v *Visit) within(rec ledger.Record) bool {
	return left(rec) && rec.Reason == ledger.ReasonTooDeep && rec.Depth <= v.budget.depth
}

// follow queues the next page of a source, unless the limit of pages is reached, or
// the page before it brought nothing new.
func (v *Visit) follow(o *Outcome, l *look, next string, isNew bool, s source) (followed bool) {
	switch {
	case next == "" || !v.scope.local(next):
	case l.pages >= v.budget.pages:
		v.leave(o, l, next, int(l.depth), ledger.ReasonNoMorePages)
	case !isNew:
		v.leave(o, l, next, int(l.depth), ledger.ReasonNothingNew)
	default:
		s.pages, s.from = l.pages+1, l.url
		v.queueSource(o, next, l.depth, s)
		return true
	}
	return false
}
