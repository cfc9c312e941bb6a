package crawler

import (
	"context"
	"net/http"
	"strings"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// pageJob is an article under way: its parts and then its images are fetched
// one after another through the frontier, so that no worker waits for them.
type pageJob struct {
	run   *siteRun
	url   string // as found
	depth int
	prev  ledger.Record // what the log holds of url; zero where nothing
	resp  pageMeta
	page  article.Page // kept for a page that is in the archive already

	first article.Result
	leads string // where a page without a text sends its reader by itself, "" where it does not
	rest  []article.Result
	seen  map[string]bool // addresses of its parts

	art     *article.Article
	old     *article.Article // newest revision in the archive, nil for a new article
	rec     ledger.Record    // current record of the article's URL; zero for a new article
	waiting int              // images outstanding, guarded by run.mu
}

// maxParts bounds a multi-page article.
const maxParts = 60

// where is a capture's place.
type where struct {
	file           string
	offset, length int64
}

// pageMeta is what is kept of the response that an article is made of.
type pageMeta struct {
	status        int
	final         string
	etag, lastMod string
	digest        string
	fetched       time.Time
	robots        string
	at            where
}

func metaOf(resp *fetch.Response, at where) pageMeta {
	return pageMeta{status: resp.Status, final: resp.FinalURL, etag: resp.ETag, lastMod: resp.LastModified,
		digest: resp.SHA256(), fetched: resp.Started, robots: resp.RobotsKey, at: at}
}

// shareDigest spares the capture a second look at a body without content coding.
func shareDigest(resp *fetch.Response) {
	if n := len(resp.Hops); n > 0 && len(resp.Body) > 0 {
		if raw := resp.Hops[n-1].ResponseBody; len(raw) == len(resp.Body) && &raw[0] == &resp.Body[0] {
			resp.Hops[n-1].PayloadSHA256 = resp.SHA256()
		}
	}
}

// visitPage fetches a page that may be an article.
func (r *siteRun) visitPage(ctx context.Context, t task, url string) error {
	if reason := r.mayVisit(); reason != "" {
		r.count(url, ledger.Queued, reason)
		return nil
	}
	rec := r.pageRecord(url)
	req := fetch.Request{URL: url, Kind: fetch.Page}
	if stored(rec) && rec.Pending == 0 && !r.job.Refetch {
		req.ETag, req.LastModified = rec.ETag, rec.LastMod
	}
	resp, err := r.fetch(ctx, t, req)
	switch {
	case err != nil:
		return r.pageFailed(ctx, t, url, rec, resp, err)
	case resp.Status == http.StatusNotModified:
		return r.pageRevisited(ctx, url, rec, pageMeta{etag: resp.ETag, lastMod: resp.LastModified, status: resp.Status}, ledger.ReasonNotModified, resp.Hops)
	case resp.Status == http.StatusNotFound || resp.Status == http.StatusGone || resp.Status == http.StatusUnavailableForLegalReasons:
		return r.pageGone(url, rec, resp)
	case resp.Status != http.StatusOK:
		return r.pageFailed(ctx, t, url, rec, resp, nil)
	}
	m := metaOf(resp, where{})
	if stored(rec) && rec.Digest == m.digest && rec.Pending == 0 && !r.job.Refetch {
		return r.pageRevisited(ctx, url, rec, m, ledger.ReasonSamePayload, resp.Hops)
	}
	p := &pageJob{run: r, url: url, depth: int(t.depth), prev: rec, resp: m}
	if ok, err := r.readPage(ctx, p, resp); err != nil || !ok {
		return err
	}
	return r.pageRead(ctx, p)
}

// readPage captures a page and extracts what it holds; false where that ends its visit.
func (r *siteRun) readPage(ctx context.Context, p *pageJob, resp *fetch.Response) (bool, error) {
	defer r.c.reading()()
	shareDigest(resp)
	loc, err := r.capture(resp.Hops)
	if err != nil {
		return false, err
	}
	p.resp.at = where{loc.File, loc.Offset, loc.Length}
	if len(resp.Body) == 0 {
		return false, r.fail(p, ledger.ReasonEmptyBody, "", time.Time{}) // a server's mishap, whatever its status says
	}
	if discover.Sniff(resp.Body, resp.Header.Get("Content-Type")) != discover.KindHTML {
		return false, r.skip(p, ledger.ReasonNotHTML, resp.Header.Get("Content-Type"))
	}
	if stored(p.prev) {
		p.page = pageOf(resp)
	}
	if p.first, err = r.extract(ctx, resp); err != nil {
		if ctx.Err() != nil {
			return false, nil
		}
		return false, r.fail(p, ledger.ReasonUnreadable, err.Error(), time.Time{})
	}
	p.leads = r.leadsTo(p.url, p.first, resp)
	return true, nil
}

// pageRecord is what the log holds of a page. That of a seed which could not be
// read says nothing of the page that it turns out to be.
func (r *siteRun) pageRecord(url string) ledger.Record {
	if rec, ok := r.job.Archive.Lookup(url); ok && rec.Kind == ledger.KindPage {
		return rec
	}
	return ledger.Record{}
}

// maxLed is how many pages in a row may send their reader on.
const maxLed = 3

// leadsTo is where on the site a page without a text sends its reader by itself. One
// that sends him to itself with another query counts its visits, or checks for a
// cookie: every answer would be a new address.
func (r *siteRun) leadsTo(url string, res article.Result, resp *fetch.Response) string {
	if res.Kind != article.KindEmpty && res.Kind != article.KindShell {
		return ""
	}
	to := discover.Refresh(resp.Body, resp.FinalURL)
	if !r.scope.local(to) || withoutQuery(to) == withoutQuery(url) || withoutQuery(to) == withoutQuery(resp.FinalURL) {
		return ""
	}
	from, next := r.hash(url), r.hash(to)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.led[from] == maxLed {
		return ""
	}
	r.led[next] = r.led[from] + 1
	return to
}

func withoutQuery(url string) string {
	url, _, _ = strings.Cut(url, "?")
	return url
}

// stored tells whether a record is that of an article in the archive.
func stored(rec ledger.Record) bool { return rec.Article != "" && rec.Outcome != ledger.Gone }

// mayVisit returns why no more pages are visited in this run, or "".
func (r *siteRun) mayVisit() string {
	r.mu.Lock()
	full := r.job.Limit > 0 && r.taken >= r.job.Limit
	r.mu.Unlock()
	if full {
		return ledger.ReasonLimit
	}
	if !r.spend() {
		return ledger.ReasonBudget
	}
	return ""
}

func (r *siteRun) extract(ctx context.Context, resp *fetch.Response) (article.Result, error) {
	return r.job.Extractor.Extract(ctx, pageOf(resp))
}

func pageOf(resp *fetch.Response) article.Page {
	return article.Page{URL: resp.FinalURL, Body: resp.Body, ContentType: resp.Header.Get("Content-Type"),
		Fetched: resp.Started, Status: resp.Status, SHA256: resp.SHA256()}
}

// pageRead goes on with a page that was fetched and read: a refusal is
// recorded, an article's next part is fetched, or the article is taken.
func (r *siteRun) pageRead(ctx context.Context, p *pageJob) error {
	if p.first.Article == nil {
		return r.refused(ctx, p)
	}
	if r.site.FollowLinks {
		for _, l := range p.first.Links {
			if l.Article && p.depth < r.depth() {
				r.discover(found{url: l.URL, title: l.Text, source: p.url, depth: p.depth + 1})
			}
		}
	}
	p.seen = map[string]bool{p.url: true, p.resp.final: true, p.first.Canonical: true}
	return r.nextPart(ctx, p, p.first.NextPart)
}

// nextPart queues the next part of a multi-page article, or takes the article
// when there is none. A link back to a part, or to another site, is no part.
func (r *siteRun) nextPart(ctx context.Context, p *pageJob, next string) error {
	if next == "" || p.seen[next] || !r.scope.local(next) || len(p.rest)+1 >= maxParts {
		return r.take(ctx, p)
	}
	p.seen[next] = true
	r.markSeen(next)
	r.push(task{kind: taskPart, page: r.keepPage(p)}, next, time.Time{})
	return nil
}

// visitPart fetches one more part of an article.
func (r *siteRun) visitPart(ctx context.Context, t task, url string) error {
	p := r.pageOf(t.page)
	if p == nil {
		return nil
	}
	resp, err := r.fetch(ctx, t, fetch.Request{URL: url, Kind: fetch.Page})
	if err != nil || resp.Status != http.StatusOK {
		if ctx.Err() != nil {
			return nil
		}
		if at, ok := r.again(url, asError(resp, err)); ok {
			r.push(t, url, at)
			return nil
		}
		if resp != nil {
			if _, err := r.capture(resp.Hops); err != nil {
				return err
			}
		}
		reason, notBefore := failure(resp, err)
		r.dropPage(t.page)
		return r.fail(p, ledger.ReasonPartial, "part "+url+": "+reason, notBefore)
	}
	res, err := r.readPart(ctx, resp)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return nil // the page stays queued
	}
	r.dropPage(t.page)
	if res.Article == nil {
		return r.take(ctx, p) // the pager led to something that is no part
	}
	r.alias(url, p.url)
	p.rest = append(p.rest, res)
	return r.nextPart(ctx, p, res.NextPart)
}

// readPart captures and extracts one more part of an article. The error is one of the
// capture: what cannot be read is no part.
func (r *siteRun) readPart(ctx context.Context, resp *fetch.Response) (article.Result, error) {
	defer r.c.reading()()
	shareDigest(resp)
	if _, err := r.capture(resp.Hops); err != nil {
		return article.Result{}, err
	}
	res, err := r.extract(ctx, resp)
	if err != nil {
		return article.Result{}, nil
	}
	return res, nil
}

func (r *siteRun) keepPage(p *pageJob) uint32 {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.nextPage++
	r.pages[r.nextPage] = p
	return r.nextPage
}

func (r *siteRun) pageOf(n uint32) *pageJob {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.pages[n]
}

func (r *siteRun) dropPage(n uint32) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.pages, n)
}
