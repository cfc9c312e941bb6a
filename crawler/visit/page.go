package visit

import (
	"context"
	"net/http"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/drift"
	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// pageJob is an article under way: its parts and then its images are fetched
// one after another through the frontier, so that no worker waits for them.
type pageJob struct {
	url   string // as found
	depth int
	prev  ledger.Record // what the log holds of url; zero if nothing
	resp  pageMeta
	page  article.Page // kept for a page that is in the archive already

	first    article.Result
	guess    guess
	standsIn bool   // the page is an alias that answers for an article whose own address does not
	proved   string // canonical address that was fetched and shows the same text
	leads    string // target of a refresh on a page without text; "" if there is none
	parts

	draft *draft // once all parts are there
}

// parts holds the parts read so far of a multi-page article.
type parts struct {
	rest []article.Result // after the first
	seen map[string]bool  // their addresses
}

// draft is a complete article that waits for its images.
type draft struct {
	art     *article.Article
	old     *article.Article // newest revision in the archive, nil for a new article
	rec     ledger.Record    // current record of the article's URL; zero for a new article
	waiting int              // images outstanding; underway's lock guards it
}

// where is a capture's place.
type where struct {
	file           string
	offset, length int64
}

// pageMeta holds the fields of the response that an article keeps.
type pageMeta struct {
	status        int
	final         string
	etag, lastMod string
	digest        string
	fetched       time.Time
	robots        string
	truncated     string // why the body is not whole
	at            where
	rendered      *article.Rendering // nil: read of the response
}

func metaOf(resp *fetch.Response, at where) pageMeta {
	return pageMeta{status: resp.Status, final: resp.FinalURL, etag: resp.ETag, lastMod: resp.LastModified,
		digest: resp.SHA256(), fetched: resp.Started, robots: resp.RobotsKey, truncated: resp.Truncated, at: at}
}

// capture puts a response's exchanges into the capture and returns where the
// last one stands. Those of an article that was taken down are not captured.
func (v *Visit) capture(resp *fetch.Response) (where, error) {
	if v.leadsToRemoved(resp) {
		return where{}, nil
	}
	shareDigest(resp)
	at, err := v.batches.Capture(resp.Hops)
	return where{at.File, at.Offset, at.Length}, err
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
func (v *Visit) visitPage(ctx context.Context, q request) Outcome {
	if q.standIn != nil {
		return v.visitStandIn(ctx, q)
	}
	if reason := v.budget.mayVisit(); reason != "" {
		return standing(q.url, ledger.Queued, reason)
	}
	rec := v.pageRecord(q.url)
	if rec.Outcome == ledger.Removed {
		return v.leaveDown(q.url)
	}
	if o, left := v.leftOut(q, rec); left {
		return o
	}
	req := fetch.Request{Kind: fetch.Page}
	known := stored(rec) && rec.Pending == 0 && !v.job.Refetch && !v.isApplication(rec)
	q.hold = v.holdsHost()
	if known && rec.Visits%unasked != 0 {
		req.ETag, req.LastModified = rec.ETag, rec.LastMod
	}
	resp, err := v.fetch(ctx, q, req)
	defer q.free()
	switch {
	case err != nil:
		return v.pageFailed(ctx, q, rec, resp, err)
	case resp.Status == http.StatusNotModified:
		return v.pageRevisited(ctx, q.url, rec, pageMeta{etag: resp.ETag, lastMod: resp.LastModified, status: resp.Status}, ledger.ReasonNotModified, resp.Hops)
	case isGone(resp.Status):
		return v.pageGone(q, rec, resp)
	case resp.Status != http.StatusOK:
		return v.pageFailed(ctx, q, rec, resp, nil)
	}
	m := metaOf(resp, where{})
	if known && rec.Digest == m.digest {
		return v.pageRevisited(ctx, q.url, rec, m, ledger.ReasonSamePayload, resp.Hops)
	}
	p := &pageJob{url: q.url, depth: int(q.depth), prev: rec, resp: m, guess: q.guess}
	if o, read := v.readPage(ctx, p, resp); !read {
		return o
	}
	return v.pageRead(ctx, p)
}

// unasked says at every how manieth look an article is fetched without validators:
// some servers answer "not modified" forever.
const unasked = 3

// truncatedWarning is the warning of a text that is not whole, by a reason of
// WARC-Truncated.
func truncatedWarning(why string) string {
	return "truncated: the body is cut or damaged (" + why + "); what came before is used"
}

// readPage captures a page and extracts it; read is false if that ends its visit.
func (v *Visit) readPage(ctx context.Context, p *pageJob, resp *fetch.Response) (o Outcome, read bool) {
	if err := reservePage(ctx, resp); err != nil {
		return o, false // the page stays queued
	}
	s := v.show(ctx, resp)
	if s == nil {
		return o, false // likewise
	}
	defer v.env.Reading()()
	if v.showsRemoved(ctx, p, resp, s) {
		return v.skip(p, ledger.ReasonTakedown, ""), false
	}
	at, err := v.captureShown(ctx, s, resp)
	if err != nil {
		return stop(err), false
	}
	p.resp.at = at
	p.resp.shownAs(s)
	if len(resp.Body) == 0 {
		return v.fail(p, ledger.ReasonEmptyBody, "", time.Time{}), false // a server's mishap, whatever its status says
	}
	if discover.Sniff(resp.Body, resp.Header.Get("Content-Type")) != discover.KindHTML {
		return v.skip(p, ledger.ReasonNotHTML, resp.Header.Get("Content-Type")), false
	}
	if s.err != nil {
		return v.notShown(p, s.err), false
	}
	if stored(p.prev) {
		p.page = s.page
	}
	if p.first, err = v.extractShown(ctx, s); err != nil {
		if ctx.Err() != nil {
			return o, false
		}
		return v.fail(p, ledger.ReasonUnreadable, err.Error(), time.Time{}), false
	}
	if p.guess == sure {
		v.job.Readings.Add(drift.Page{Body: resp.Body, Result: p.first})
	}
	p.leads = v.leadsTo(p.url, p.first, resp)
	if a := p.first.Article; p.resp.truncated != "" && a != nil {
		a.Warnings = append(a.Warnings, truncatedWarning(p.resp.truncated))
	}
	v.settle(ctx, v.wantAssets(p, s.page))
	return o, true
}

// pageRecord returns what the log holds of a page. The record of a seed that
// could not be read says nothing of the page that it turns out to be.
func (v *Visit) pageRecord(url string) ledger.Record {
	if rec, ok := v.job.Archive.Lookup(url); ok && rec.Kind == ledger.KindPage {
		return rec
	}
	return ledger.Record{}
}

// leadsTo returns the target of a meta refresh on a page without text, "" if
// there is none. A refresh to the same path with another query is ignored: it
// is a visit counter or cookie check, and would never end.
func (v *Visit) leadsTo(url string, res article.Result, resp *fetch.Response) string {
	if res.Kind != article.KindEmpty && res.Kind != article.KindShell {
		return ""
	}
	to := discover.Refresh(resp.Body, resp.Header, resp.FinalURL)
	samePath := withoutQuery(to) == withoutQuery(url) || withoutQuery(to) == withoutQuery(resp.FinalURL)
	if samePath || !v.scope.local(to) {
		return ""
	}
	if !v.traps.leads(url, to) {
		return ""
	}
	return to
}

func (v *Visit) extract(ctx context.Context, resp *fetch.Response) (article.Result, error) {
	return v.job.Extractor.Extract(ctx, pageOf(resp))
}

func pageOf(resp *fetch.Response) article.Page {
	return article.Page{URL: resp.FinalURL, Body: resp.Body, ContentType: resp.Header.Get("Content-Type"), Header: resp.Header,
		Fetched: resp.Started, Status: resp.Status, SHA256: resp.SHA256()}
}

// pageRead handles a page that was fetched and read: it records a refusal, fetches
// an article's next part, or takes the article.
func (v *Visit) pageRead(ctx context.Context, p *pageJob) (o Outcome) {
	cutBeforeArticle := p.first.Article == nil && p.resp.truncated != ""
	if cutBeforeArticle && p.prev.Tries == 0 {
		return v.fail(p, fetch.CodeCutBody, truncatedWarning(p.resp.truncated), time.Time{}) // once more: the rest may show one
	}
	isArticle := p.first.Article != nil && believes(p.first, p.url, p.guess)
	v.learn(p, isArticle)
	if !isArticle {
		return v.notAnArticle(p)
	}
	if v.job.Site.FollowLinks {
		v.followLinks(&o, p)
	}
	p.seen = map[string]bool{p.url: true, p.resp.final: true, p.first.Canonical: true}
	o.add(v.nextPart(ctx, p, p.first.NextPart))
	return o
}

// followLinks takes in the links of a page that look like articles.
func (v *Visit) followLinks(o *Outcome, p *pageJob) {
	if p.depth >= v.budget.depth {
		return
	}
	for _, x := range p.first.Links {
		if x.Article {
			v.discover(o, link{url: x.URL, title: x.Text, source: p.url, depth: p.depth + 1})
		}
	}
}

// isGone reports whether a status says that the page no longer exists or is withheld.
func isGone(status int) bool {
	switch status {
	case http.StatusNotFound, http.StatusGone, http.StatusUnavailableForLegalReasons:
		return true
	}
	return false
}
