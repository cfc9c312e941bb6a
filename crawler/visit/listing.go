package visit

import (
	"context"
	"net/url"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/extract/weburl"
	"pressmark/storage/ledger"
)

// maxBelow is the number of sitemaps that may name one another in a row. The protocol
// allows one index above the lists of pages; some sites have two or three.
const maxBelow = 8

// readPageAsSource reads a page that is expected to be a list. A seed may as
// well be an article.
func (v *Visit) readPageAsSource(ctx context.Context, l *look, at where) Outcome {
	if err := reservePage(ctx, l.resp); err != nil {
		return Outcome{} // it stays as it was, for the next run
	}
	done := v.env.Reading()
	res, err := v.extractShown(ctx, l.shown)
	done()
	switch {
	case err != nil && ctx.Err() != nil:
		return Outcome{} // it stays as it was, for the next run
	case err != nil:
		return v.sourceProblem(l, ledger.ReasonUnreadable, err.Error(), time.Time{})
	case l.place:
		return Outcome{} // a page where a feed or a sitemap was looked for
	case res.Article != nil && l.mayBeArticle() && believes(res, l.url, l.source.guess):
		v.forms.learn(l.url, true)
		o := standing(l.url, ledger.Queued, ledger.ReasonSeen)
		p := &pageJob{url: l.url, depth: int(l.depth), prev: v.pageRecord(l.url), resp: metaOf(l.resp, at), first: res}
		p.resp.shownAs(l.shown)
		o.add(v.wantAssets(p, l.shown.page))
		o.add(v.pageRead(ctx, p))
		return o
	}
	if to := v.leadsTo(l.url, res, l.resp); to != "" {
		return v.ledOn(l, to)
	}
	if l.source.guess != sure {
		v.forms.learn(l.url, false)
	}
	if l.from == "" && walled(res.Kind) && len(res.Links) == 0 {
		return v.sourceProblem(l, string(res.Kind), "", time.Time{})
	}
	return v.followList(l, res)
}

// mayBeArticle reports whether a source is one only by a guess: a seed of unknown
// kind, a link that looked like a section's and lists no articles so far, or what a list
// of sitemaps names.
func (l *look) mayBeArticle() bool {
	lists := l.pages > 0 || l.rec.Links > 0
	guessed := l.source.guess != sure && !lists
	listed := l.source.kind == ledger.KindMap && l.from != "" && !lists
	return (l.source.kind == kindUnknown || guessed || listed) && !weburl.IsFront(l.url)
}

// ledOn follows the refresh of a source without text.
func (v *Visit) ledOn(l *look, to string) (o Outcome) {
	next := source{kind: l.source.kind, from: l.url}
	if l.source.kind == kindUnknown {
		v.pushSource(&o, to, l.depth, next)
	} else {
		v.queueSource(&o, to, l.depth, next)
	}
	found := listing{kind: ledger.KindList, reason: ledger.ReasonList}
	found.links.add(to)
	o.add(v.sourceRead(l, found))
	return o
}

// unread reports whether a record is that of a seed that no run could read so
// far: it stands in the log as a list, but may be anything.
func unread(rec ledger.Record) bool {
	return rec.Kind == ledger.KindList && rec.Source == "" && rec.Digest == "" && rec.Tries > 0
}

// walled reports whether a page of this kind shows nothing of the site behind it.
func walled(k article.Kind) bool {
	return k == article.KindPaywall || k == article.KindConsent || k == article.KindBot || k == article.KindShell ||
		k == article.KindEmpty || k == article.KindError
}

// followList takes in the links of a list page: its articles, the sections
// below it, its next page, and from a front page the site's feeds and sitemaps.
func (v *Visit) followList(l *look, res article.Result) (o Outcome) {
	found := listing{kind: ledger.KindList, reason: ledger.ReasonList}
	fresh := v.takeLinks(&o, l, res, &found)
	digest, list := found.links.digest(), l.list
	if l.pages == 0 {
		list = l.url
	}
	if v.traps.repeats(list, digest) && l.pages > 0 {
		found.reason = string(discover.TrapSame)
		v.follow(&o, l, res.NextList, false, source{})
		o.add(v.sourceRead(l, found))
		return o
	}
	if v.follow(&o, l, res.NextList, fresh > 0 || l.rec.Digest == "", source{kind: ledger.KindList, list: list}) {
		found.links.add(res.NextList)
	}
	if l.depth == 0 && (res.Kind == article.KindHome || weburl.IsFront(l.url)) {
		o.add(v.discoverSources(l, res))
	}
	switch {
	case l.pages > 0 || l.once:
		found.reason = ledger.ReasonFurther
	case found.links.n == 0 && l.from != "":
		found.reason = ledger.ReasonNoLinks
	}
	o.add(v.sourceRead(l, found))
	return o
}

// takeLinks takes in the links of a list page, and returns how many articles are
// new.
func (v *Visit) takeLinks(o *Outcome, l *look, res article.Result, found *listing) (fresh int) {
	var doubtful []article.Link
	for _, x := range res.Links {
		if !v.scope.local(x.URL) || x.URL == l.url {
			continue
		}
		v.tally.Links(1)
		switch {
		case x.URL == res.NextList: // followed while it brings something new
		case v.isArticle(x):
			found.articles++
			found.links.add(x.URL)
			if v.discover(o, link{url: x.URL, title: x.Text, source: l.url, depth: int(l.depth)}) {
				fresh++
			}
		case v.isSection(x) && int(l.depth) < v.budget.depth:
			found.links.add(x.URL)
			v.queueSource(o, x.URL, l.depth+1, source{kind: ledger.KindList, from: l.url, guess: guessOf(x)})
		case v.inDoubt(x):
			doubtful = append(doubtful, x)
		default:
			v.leave(o, l, x.URL, int(l.depth)+1, v.whyLeft(x))
		}
	}
	return fresh + v.takeGuesses(o, l, doubtful, found)
}

// queueSource puts a list page, a feed or a sitemap that a source led to into the
// frontier and into the log, so that it is visited by this run or the next: the
// source may answer "not modified" from now on.
func (v *Visit) queueSource(o *Outcome, url string, depth uint8, s source) {
	if v.removed(url) || !v.sources.claim(url) {
		return
	}
	rec, known := v.job.Archive.Lookup(url)
	known = known && !left(rec)
	v.tally.TakeUp(url)
	if trap := v.sourceTrap(url, s); trap != "" {
		if !known {
			o.logged(ledger.Record{URL: url, ID: article.ID(url), Kind: s.kind, Outcome: ledger.Skipped, Reason: trap, Source: s.from, Depth: int(depth)})
		}
		return
	}
	if !known {
		reason := ledger.ReasonSeen
		if s.pages > 0 {
			reason = ledger.ReasonFurther
		}
		o.logged(ledger.Record{URL: url, ID: article.ID(url), Kind: s.kind, Outcome: ledger.Queued, Reason: reason, Source: s.from, Depth: int(depth)})
	}
	o.next(url, Task{kind: list, depth: depth, source: &s})
}

// sourceTrap returns why a source looks like one of endlessly many (days of a calendar,
// filters crossed, hosts without number, sitemaps below sitemaps), or "".
func (v *Visit) sourceTrap(url string, s source) string {
	switch {
	case s.below > maxBelow:
		return string(discover.TrapDeep)
	case s.kind == ledger.KindList:
		return v.traps.admit(url)
	}
	return ""
}

// pushSource queues a source once a run, without a record.
func (v *Visit) pushSource(o *Outcome, url string, depth uint8, s source) {
	if !v.removed(url) && v.sources.claim(url) {
		o.next(url, Task{kind: list, depth: depth, source: &s})
	}
}

// discoverSources looks for a site's feeds and sitemaps where the site names
// them (its head, robots.txt), else at a few common places.
func (v *Visit) discoverSources(l *look, res article.Result) (o Outcome) {
	if len(v.job.Site.Sources) > 0 && v.job.Whole {
		return o // configured: the operator says where articles are found
	}
	for _, f := range res.Feeds {
		if v.scope.local(f) {
			v.queueSource(&o, f, 0, source{kind: ledger.KindFeed, from: l.url})
		}
	}
	var maps []string
	if v.env.Hosts.Sitemaps != nil {
		maps = v.env.Hosts.Sitemaps(l.url, v.permitted(fetch.Request{Record: true}))
	}
	for _, m := range maps {
		v.queueSource(&o, m, 0, source{kind: ledger.KindMap, from: l.url})
	}
	u, err := url.Parse(l.url)
	if len(maps) > 0 || err != nil {
		return o
	}
	for _, place := range discover.CommonPlaces(u.Scheme + "://" + u.Host) {
		v.pushSource(&o, place, 0, source{kind: ledger.KindMap, place: true, from: l.url})
	}
	return o
}
