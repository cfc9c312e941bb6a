package visit

import (
	"context"
	"strings"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/due"
	"pressmark/storage/ledger"
)

// piece is how many entries of a listing are settled at once: a sitemap may have
// 200,000, whose entries, outcomes and records need not be in memory together.
const piece = 1000

// intake takes in what a feed or sitemap lists. Pages are settled in pieces, as they
// are read; of each the digest's share is kept. The sitemaps that an index names are
// gathered, because they are judged together: at most [discover.MaxEntries], whose
// memory is reserved as they come. A feed is parsed whole before its first entry.
type intake struct {
	visit   *Visit
	look    *look
	found   listing
	pages   []discover.Entry // not taken in yet, at most a piece
	sources []discover.Entry
	held    int64 // bytes of sources
	fresh   int   // pages that the log did not know
	err     error // the run ended while memory was waited for: the rest is left
}

// sourceEntry is about what an entry takes beside its address.
const sourceEntry = 256

// readListing takes in what a feed or sitemap lists.
func (v *Visit) readListing(ctx context.Context, l *look, r discover.Reader) (o Outcome) {
	if err := reserveListing(ctx, l.resp, r.Kind(), 0); err != nil {
		return o // it stays as it was, for the next run
	}
	in := &intake{visit: v, look: l, found: listing{kind: r.Kind(), reason: reasonOf(r.Kind())}}
	rest, err := r.Read(l.resp.Body, l.resp.FinalURL, func(e discover.Entry) { in.take(ctx, e) })
	switch {
	case in.err != nil:
		return o // likewise
	case err != nil && in.isEmpty():
		return v.sourceProblem(l, "bad_"+string(r.Kind()), err.Error(), time.Time{})
	}
	in.found.warning, in.found.cut = clip(strings.Join(rest.Warnings, "; ")), rest.Cut()
	if l.pages > 0 {
		in.found.reason = ledger.ReasonFurther
	}
	o = in.takeSources(ctx)
	in.takePages(&o)
	v.tally.Links(in.found.articles)
	seen := l.rec.Digest != "" && l.rec.Detail == "" // nothing was left out
	v.follow(&o, l, rest.Next, in.fresh > 0 || !seen, source{kind: r.Kind()})
	o.add(v.sourceRead(l, in.found))
	return o
}

func (in *intake) isEmpty() bool { return len(in.pages) == 0 && len(in.sources) == 0 }

// take takes in one entry. Pages of the last piece wait for the end: the sources that a
// broken file has beside them come first, as they do in a file of one piece.
func (in *intake) take(ctx context.Context, e discover.Entry) {
	switch {
	case in.err != nil:
		return
	case e.Sitemap:
		in.sources = append(in.sources, e)
		if in.held += sourceEntry + int64(len(e.URL)); len(in.sources)%piece == 0 {
			in.reserve(ctx)
		}
		return
	case len(in.pages) == piece:
		var o Outcome
		in.takePages(&o)
		in.settle(ctx, o)
		in.reserve(ctx)
	}
	in.pages = append(in.pages, e)
}

// reserve waits for the memory of what is kept until the end.
func (in *intake) reserve(ctx context.Context) {
	in.err = reserveListing(ctx, in.look.resp, in.found.kind, in.held+in.found.links.held)
}

// settle settles a piece. A batch that it fills is committed, and its records are
// let go.
func (in *intake) settle(ctx context.Context, o Outcome) {
	in.visit.settle(ctx, o)
	in.look.commit()
}

// takePages takes in the pages that wait.
func (in *intake) takePages(o *Outcome) {
	v, l := in.visit, in.look
	for _, e := range in.pages {
		outside := !discover.MayBe(e, v.scope.since, v.scope.until)
		in.found.links.add(e.URL)
		in.found.left = in.found.left || outside || !v.scope.dated(e.NewsDate)
		if v.discover(o, link{url: e.URL, title: e.NewsTitle, source: l.url, date: e.NewsDate, depth: int(l.depth), outside: outside}) {
			in.fresh++
		}
	}
	in.found.articles += len(in.pages)
	clear(in.pages)
	in.pages = in.pages[:0]
}

// takeSources takes in the sources below this one.
func (in *intake) takeSources(ctx context.Context) (o Outcome) {
	v := in.visit
	v.sources.learn(due.QuietMaps(in.sources, v.began))
	for _, e := range in.sources {
		outside := !discover.MayHold(e, v.scope.since, v.scope.until)
		in.found.links.add(e.URL)
		in.found.left = in.found.left || outside
		if !outside {
			o.add(v.sourceBelow(in.look, e.URL, in.found.kind))
		}
		if len(o.Log) >= piece {
			in.settle(ctx, o)
			o = Outcome{}
		}
	}
	return o
}

// reasonOf returns the reason of a source that was read.
func reasonOf(k ledger.Kind) string {
	switch k {
	case ledger.KindFeed:
		return ledger.ReasonFeed
	case ledger.KindMap:
		return ledger.ReasonSitemap
	}
	return ledger.ReasonList
}

// sourceBelow queues a source that another one lists, unless it is left alone
// until it is due.
func (v *Visit) sourceBelow(l *look, url string, kind ledger.Kind) (o Outcome) {
	if below, _ := v.job.Archive.Lookup(url); v.leftAlone(below) {
		v.sources.leave(below)
		return o
	}
	v.queueSource(&o, url, l.depth, source{kind: kind, from: l.url, below: l.below + 1})
	return o
}
