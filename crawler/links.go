package crawler

import (
	"context"
	"net/url"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

func (r *siteRun) readFeed(t task, url string, rec ledger.Record, resp *fetch.Response) error {
	feed, err := discover.Feed(resp.Body, resp.FinalURL)
	if err != nil && len(feed.Items) == 0 {
		return r.sourceProblem(t, url, rec, "bad_feed", err.Error(), time.Time{})
	}
	l, fresh := listing{articles: len(feed.Items)}, 0
	for _, it := range feed.Items {
		l.links, l.left = append(l.links, it.URL), l.left || !r.scope.dated(it.Published)
		if r.discover(found{url: it.URL, title: it.Title, source: url, date: it.Published, depth: int(t.depth)}) {
			fresh++
		}
	}
	read := rec.Digest != "" && rec.Detail == "" // nothing was left out
	if feed.Next != "" && r.morePages(t) && (fresh > 0 || !read) {
		r.queueSource(feed.Next, task{source: ledger.KindFeed, depth: t.depth, pages: t.pages + 1, from: url})
	}
	reason := ledger.ReasonFeed
	if t.pages > 0 {
		reason = ledger.ReasonFurther
	}
	r.sourceRead(t, url, rec, resp, reason, l)
	return nil
}

func (r *siteRun) readSitemap(t task, url string, rec ledger.Record, resp *fetch.Response) error {
	m, err := discover.Sitemap(resp.Body, resp.FinalURL)
	if err != nil && len(m.URLs) == 0 && len(m.Index) == 0 {
		return r.sourceProblem(t, url, rec, "bad_sitemap", err.Error(), time.Time{})
	}
	l := listing{articles: len(m.URLs)}
	r.learnQuiet(m.Index)
	for _, e := range m.Index {
		outside := !discover.MayHold(e, r.scope.since, r.scope.until)
		l.links, l.left = append(l.links, e.URL), l.left || outside
		below, _ := r.job.Archive.Lookup(e.URL)
		switch {
		case outside:
		case r.leftAlone(below):
			r.leave(below)
		default:
			r.queueSource(e.URL, task{source: ledger.KindMap, depth: t.depth, from: url})
		}
	}
	for _, e := range m.URLs {
		outside := !discover.MayBe(e, r.scope.since, r.scope.until)
		l.links, l.left = append(l.links, e.URL), l.left || outside || !r.scope.dated(e.NewsDate)
		r.discover(found{url: e.URL, title: e.NewsTitle, source: url, date: e.NewsDate, depth: int(t.depth), outside: outside})
	}
	r.sourceRead(t, url, rec, resp, ledger.ReasonSitemap, l)
	return nil
}

// readList reads a page that is expected to be a list. A seed may as well be an article.
func (r *siteRun) readList(ctx context.Context, t task, url string, rec ledger.Record, resp *fetch.Response, at where) error {
	done := r.c.reading()
	res, err := r.extract(ctx, resp)
	done()
	if err != nil {
		if ctx.Err() != nil {
			return nil // it stays as it was, for the next run
		}
		return r.sourceProblem(t, url, rec, ledger.ReasonUnreadable, err.Error(), time.Time{})
	}
	if t.guess {
		return nil // a page where a feed or a sitemap was looked for
	}
	if res.Article != nil && t.source == kindUnknown && !isFront(url) {
		r.count(url, ledger.Queued, ledger.ReasonSeen)
		return r.pageRead(ctx, &pageJob{run: r, url: url, depth: int(t.depth), prev: r.pageRecord(url), resp: metaOf(resp, at), first: res})
	}
	if to := r.leadsTo(url, res, resp); to != "" {
		next := task{source: t.source, depth: t.depth, from: url}
		if t.source == kindUnknown {
			r.pushSource(to, next)
		} else {
			r.queueSource(to, next)
		}
		r.sourceRead(t, url, rec, resp, ledger.ReasonList, listing{links: []string{to}})
		return nil
	}
	if t.from == "" && walled(res.Kind) && len(res.Links) == 0 {
		return r.sourceProblem(t, url, rec, string(res.Kind), "", time.Time{})
	}
	r.followList(t, url, rec, resp, res)
	return nil
}

// unread tells whether a record is that of a seed that no run could read so far:
// it stands in the log as a list, but may be anything.
func unread(rec ledger.Record) bool {
	return rec.Kind == ledger.KindList && rec.Source == "" && rec.Digest == "" && rec.Tries > 0
}

// walled tells whether a page of this kind shows nothing of what lies behind it.
func walled(k article.Kind) bool {
	return k == article.KindPaywall || k == article.KindConsent || k == article.KindBot || k == article.KindShell ||
		k == article.KindEmpty || k == article.KindError
}

// isFront tells whether a URL is that of a host's front page, which is a list
// whatever it looks like: one long lead story does not make it an article.
func isFront(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && (u.Path == "" || u.Path == "/") && u.RawQuery == ""
}

// followList takes in the links of a list page: its articles, the sections
// below it, its next page, and from a front page the site's feeds and sitemaps.
func (r *siteRun) followList(t task, url string, rec ledger.Record, resp *fetch.Response, res article.Result) {
	var links []string
	fresh, articles := 0, 0
	for _, l := range res.Links {
		if !r.scope.local(l.URL) || l.URL == url {
			continue
		}
		switch {
		case l.URL == res.NextList: // followed below, while it brings something new
		case l.Article || r.site.Includes(l.URL):
			links, articles = append(links, l.URL), articles+1
			if r.discover(found{url: l.URL, title: l.Text, source: url, depth: int(t.depth)}) {
				fresh++
			}
		case l.Section && int(t.depth) < r.depth() && !r.site.Excludes(l.URL):
			links = append(links, l.URL)
			r.queueSource(l.URL, task{source: ledger.KindList, depth: t.depth + 1, from: url})
		}
	}
	digest := digestOf(links)
	r.mu.Lock()
	same := t.pages > 0 && r.trap.Listing(t.list, digest) != ""
	if t.pages == 0 {
		t.list = url
		r.trap.Listing(url, digest)
	}
	r.mu.Unlock()
	if same {
		r.sourceRead(t, url, rec, resp, string(discover.TrapSame), listing{links: links, articles: articles})
		return
	}
	if next := res.NextList; next != "" && r.scope.local(next) && r.morePages(t) && (fresh > 0 || rec.Digest == "") {
		links = append(links, next)
		r.queueSource(next, task{source: ledger.KindList, depth: t.depth, pages: t.pages + 1, from: url, list: t.list})
	}
	if t.depth == 0 && (res.Kind == article.KindHome || isFront(url)) {
		r.discoverSources(t, url, res)
	}
	reason := ledger.ReasonList
	switch {
	case t.pages > 0 || t.once:
		reason = ledger.ReasonFurther
	case len(links) == 0 && t.from != "":
		reason = ledger.ReasonNoLinks
	}
	r.sourceRead(t, url, rec, resp, reason, listing{links: links, articles: articles})
}

// queueSource puts a list page, a feed or a sitemap that a source led to into the
// frontier and into the log, so that it is visited by this run or the next: the
// source may answer "not modified" from now on.
func (r *siteRun) queueSource(url string, t task) {
	if !r.claimSource(url) {
		return
	}
	if _, known := r.job.Archive.Lookup(url); !known {
		reason := ledger.ReasonSeen
		if t.pages > 0 {
			reason = ledger.ReasonFurther
		}
		r.record(ledger.Record{URL: url, ID: article.ID(url), Kind: t.source, Outcome: ledger.Queued, Reason: reason,
			Source: t.from, Depth: int(t.depth)})
	}
	t.kind = taskSource
	r.push(t, url, time.Time{})
}

func (r *siteRun) morePages(t task) bool {
	limit := r.site.Limits.Pages
	if limit == 0 {
		limit = defaultPages
	}
	return int(t.pages) < limit
}

// discoverSources looks for a site's feeds and sitemaps where the site says
// that they are (its head, robots.txt), else at a few well-known places.
func (r *siteRun) discoverSources(t task, front string, res article.Result) {
	if len(r.site.Sources) > 0 && r.job.Resume {
		return // configured: the operator says where articles are found
	}
	for _, f := range res.Feeds {
		if r.scope.local(f) {
			r.queueSource(f, task{source: ledger.KindFeed, from: front})
		}
	}
	var maps []string
	if r.c.opts.Sitemaps != nil {
		maps = r.c.opts.Sitemaps(front, r.site.AllowPrivate)
	}
	for _, m := range maps {
		r.queueSource(m, task{source: ledger.KindMap, from: front})
	}
	if len(maps) > 0 {
		return
	}
	u, err := url.Parse(front)
	if err != nil {
		return
	}
	for _, place := range discover.CommonPlaces(u.Scheme + "://" + u.Host) {
		r.pushSource(place, task{source: ledger.KindMap, guess: true, from: front})
	}
}
