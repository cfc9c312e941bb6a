package crawler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
	"pressmark/crawler/pace"
	"pressmark/extract/article"
	"pressmark/extract/weburl"
	"pressmark/storage/ledger"
)

// visitSource fetches a feed, sitemap or list page, or a seed of which only the
// answer tells what it is, and takes in its links.
func (r *siteRun) visitSource(ctx context.Context, t task, url string) error {
	if !r.spend() {
		return nil
	}
	rec, known := r.job.Archive.Lookup(url)
	req := fetch.Request{URL: url, Kind: fetch.Source}
	if known && rec.Kind != ledger.KindPage && rec.Digest != "" && rec.Tries == 0 && (rec.Detail == "" || rec.Detail == r.scope.leftOut()) {
		req.ETag, req.LastModified = rec.ETag, rec.LastMod
	}
	resp, err := r.fetch(ctx, t, req)
	if err != nil || resp.Status >= 400 {
		return r.sourceFailed(ctx, t, url, rec, resp, err)
	}
	r.countSource()
	if resp.Status == http.StatusNotModified {
		due := r.quietUntil(url, rec)
		if known && (r.noted(t, url, rec) || !due.IsZero() || !rec.Due.IsZero()) {
			rec.Due = due
			r.record(rec)
		}
		r.listed(rec, rec.Links)
		r.resumeBelow(url)
		return nil
	}
	if t.source == kindUnknown && rec.Kind != ledger.KindPage && !unread(rec) {
		t.source = rec.Kind
	}
	at, err := r.captureSource(resp)
	if err != nil {
		return err
	}
	switch discover.Sniff(resp.Body, resp.Header.Get("Content-Type")) {
	case discover.KindFeed:
		return r.readFeed(t, url, rec, resp)
	case discover.KindSitemap, discover.KindIndex:
		return r.readSitemap(t, url, rec, resp)
	case discover.KindHTML:
		return r.readList(ctx, t, url, rec, resp, at)
	case discover.KindText:
		if t.source == ledger.KindMap {
			return r.readSitemap(t, url, rec, resp)
		}
	}
	if t.guess {
		return nil // a well-known place that holds something else
	}
	return r.sourceProblem(t, url, rec, ReasonNotHTML, "the answer is neither a page, a feed nor a sitemap: "+resp.Header.Get("Content-Type"), time.Time{})
}

func (r *siteRun) countSource() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sum.Sources++
}

// sourceFailed records a source that could not be had. A guessed place that is
// not there is no failure.
func (r *siteRun) sourceFailed(ctx context.Context, t task, url string, rec ledger.Record, resp *fetch.Response, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	reason, notBefore := failure(resp, err)
	if t.guess && (resp != nil && resp.Status >= 400 && resp.Status < 500 || reason == fetch.CodeRobotsDisallowed) {
		return nil
	}
	if at, ok := r.again(url, asError(resp, err)); ok {
		r.push(t, url, at)
		return nil
	}
	detail := ""
	if err != nil {
		detail = err.Error()
	}
	if resp != nil && !t.guess && rec.Reason != reason { // one that fails as it did is captured once
		if _, err := r.capture(resp.Hops); err != nil {
			return err
		}
	}
	r.countSource()
	return r.sourceProblem(t, url, rec, reason, detail, notBefore)
}

func (r *siteRun) sourceProblem(t task, url string, rec ledger.Record, reason, detail string, notBefore time.Time) error {
	if t.guess {
		return nil
	}
	now := r.c.now()
	if t.source == kindUnknown || t.source == "" {
		t.source = ledger.KindList
	}
	parked := reason == fetch.CodeHostParked && rec.URL != "" // nothing was asked: the log stays as it was
	rec.URL, rec.ID, rec.Kind, rec.Outcome, rec.Reason, rec.Detail = url, article.ID(url), t.source, ledger.Failed, reason, clip(noteOfRest(reason, detail, notBefore))
	rec.Source, rec.Depth = t.from, int(t.depth)
	rec.Tries++
	rec.Due = nextTry(min(rec.Tries, maxTries-1), now, notBefore).UTC().Truncate(time.Second)
	if final(reason) || reason == ReasonMissing {
		rec.Outcome, rec.Due = ledger.Skipped, time.Time{}
		if reason != ReasonMissing { // a list that is not there is no page that comes late
			rec.Due = lookAgain(reason, rec.First, now)
		}
	}
	if !parked {
		r.record(rec)
	}
	r.sourceTroubled(t, rec)
	return nil
}

// sourceTroubled tells of a source that gave no links in this run.
func (r *siteRun) sourceTroubled(t task, rec ledger.Record) {
	r.listed(rec, 0)
	r.mu.Lock()
	empty := t.once && rec.Reason == ReasonMissing              // a day without news has no page in the archive
	if rec.Outcome == ledger.Failed || t.from == "" && !empty { // who named a source wants to know, whatever it was
		r.sum.SourcesFailed++
		if len(r.sum.Problems) < MaxProblems {
			r.sum.Problems = append(r.sum.Problems, SourceProblem{rec.URL, rec.Reason, rec.Detail})
		}
	}
	r.mu.Unlock()
	r.observe(Event{URL: rec.URL, Kind: rec.Kind, Outcome: rec.Outcome, Reason: rec.Reason})
}

// captureSource puts a source's exchange into the capture.
func (r *siteRun) captureSource(resp *fetch.Response) (where, error) {
	shareDigest(resp)
	loc, err := r.capture(resp.Hops)
	return where{loc.File, loc.Offset, loc.Length}, err
}

// listing is what was read from a source.
type listing struct {
	links    []string
	articles int  // of these
	left     bool // some were left out, because they are not of this run's dates
}

// sourceRead records a source's new state, where there is one. The digest is
// that of its links, not of its bytes: a view counter or an advertisement must
// not cost a record an hour. Where links were left out for their dates, the record
// says so: a run for other dates reads the source anew, changed or not.
func (r *siteRun) sourceRead(t task, url string, rec ledger.Record, resp *fetch.Response, reason string, l listing) {
	r.listed(rec, l.articles)
	digest, detail := digestOf(l.links), ""
	if l.left {
		detail = r.scope.leftOut()
	}
	kind := ledger.KindList
	switch {
	case reason == ReasonFeed, reason == ReasonFurther && t.source == ledger.KindFeed:
		kind = ledger.KindFeed
	case reason == ReasonSitemap:
		kind = ledger.KindMap
	}
	same := rec.Digest == digest && rec.Kind == kind && rec.Outcome == ledger.Skipped && rec.Reason == reason &&
		rec.ETag == resp.ETag && rec.LastMod == resp.LastModified && rec.Detail == detail
	due := r.quietUntil(url, rec)
	switch {
	case same && (r.noted(t, url, rec) || !due.IsZero() || !rec.Due.IsZero()):
		rec.Due = due
		r.record(rec)
	case !same:
		r.record(ledger.Record{URL: url, ID: article.ID(url), Kind: kind, Outcome: ledger.Skipped, Reason: reason, Detail: detail, Digest: digest,
			ETag: resp.ETag, LastMod: resp.LastModified, Status: resp.Status, Source: t.from, Depth: int(t.depth), Due: due,
			Links: l.articles, Usual: max(l.articles, rec.Usual-rec.Usual/8)})
	}
	r.resumeBelow(url)
}

// seldomSpacing is the time between two requests to a host from which on every
// look at a source is recorded: the next run may begin within it, and must know
// when the host was asked last.
const seldomSpacing = time.Minute

// noted tells whether a look at a source is recorded though it brought nothing new.
func (r *siteRun) noted(t task, url string, rec ledger.Record) bool {
	return t.noted || Ahead(rec, r.began) || r.c.opts.Spacing != nil && r.c.opts.Spacing(weburl.HostOf(url)) > seldomSpacing
}

// listed adds up how many articles the sources of this run list, and how many
// they usually do. What is usual falls slowly, so that a source that broke is
// told of by many crawls, and not by the first alone.
func (r *siteRun) listed(rec ledger.Record, articles int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sum.Listed += articles
	r.sum.Usual += rec.Usual
	r.sum.Missed += max(0, rec.Usual-articles)
}

// digestOf is that of a set of links.
func digestOf(links []string) string {
	set := slices.Sorted(slices.Values(links))
	sum := sha256.Sum256([]byte(strings.Join(slices.Compact(set), "\n")))
	return hex.EncodeToString(sum[:])
}

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
	reason := ReasonFeed
	if t.pages > 0 {
		reason = ReasonFurther
	}
	r.sourceRead(t, url, rec, resp, reason, l)
	return nil
}

func (r *siteRun) readSitemap(t task, url string, rec ledger.Record, resp *fetch.Response) error {
	m, err := discover.Sitemap(resp.Body)
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
	r.sourceRead(t, url, rec, resp, ReasonSitemap, l)
	return nil
}

// readList reads a page that is expected to be a list. A seed may as well be an article.
func (r *siteRun) readList(ctx context.Context, t task, url string, rec ledger.Record, resp *fetch.Response, at where) error {
	res, err := r.extract(ctx, resp)
	if err != nil {
		if ctx.Err() != nil {
			return nil // it stays as it was, for the next run
		}
		return r.sourceProblem(t, url, rec, ReasonUnreadable, err.Error(), time.Time{})
	}
	if t.guess {
		return nil // a page where a feed or a sitemap was looked for
	}
	if res.Article != nil && t.source == kindUnknown && !isFront(url) {
		r.count(url, ledger.Queued, ReasonSeen)
		return r.pageRead(ctx, &pageJob{run: r, url: url, depth: int(t.depth), prev: r.pageRecord(url), resp: metaOf(resp, at), first: res})
	}
	if to := r.leadsTo(res, resp); to != "" {
		next := task{source: t.source, depth: t.depth, from: url}
		if t.source == kindUnknown {
			r.pushSource(to, next)
		} else {
			r.queueSource(to, next)
		}
		r.sourceRead(t, url, rec, resp, ReasonList, listing{links: []string{to}})
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
	reason := ReasonList
	switch {
	case t.pages > 0 || t.once:
		reason = ReasonFurther
	case len(links) == 0 && t.from != "":
		reason = ReasonNoLinks
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
		reason := ReasonSeen
		if t.pages > 0 {
			reason = ReasonFurther
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

// failure names what went wrong with a request, and when it may be tried again
// at the earliest, where the server said so.
func failure(resp *fetch.Response, err error) (reason string, notBefore time.Time) {
	var fe *fetch.Error
	switch {
	case errors.As(err, &fe):
		return fe.Code, fe.RetryAt
	case err != nil:
		return "error", time.Time{}
	}
	return fmt.Sprintf("http_%d", resp.Status), retryAfter(resp)
}

// asError gives an answer with a bad status the shape of an error, so that one
// rule decides about trying again.
func asError(resp *fetch.Response, err error) error {
	if err != nil || resp == nil {
		return err
	}
	return &fetch.Error{URL: resp.FinalURL, Code: fmt.Sprintf("http_%d", resp.Status), Status: resp.Status, RetryAt: retryAfter(resp)}
}

// clip keeps details in the log short.
func clip(s string) string {
	const most = 300
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// retryAfter is when the server wants to be asked again; zero where it does not say.
func retryAfter(resp *fetch.Response) time.Time {
	d := pace.RetryAfter(resp.Header, resp.Started)
	if d == 0 {
		return time.Time{}
	}
	return resp.Started.Add(d)
}
