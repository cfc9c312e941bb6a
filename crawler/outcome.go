package crawler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// pageRevisited records a visit that brought the same payload, or the word that
// nothing had changed: a revisit record in the capture.
func (r *siteRun) pageRevisited(ctx context.Context, url string, rec ledger.Record, m pageMeta, reason string, hops []warc.Exchange) error {
	if rec.URL == "" {
		return nil // a 304 that nobody asked for
	}
	if len(hops) > 0 {
		old, err := r.job.Archive.Article(ctx, rec.ID)
		if err != nil {
			return fmt.Errorf("read %s: %w", rec.Article, err)
		}
		if err := r.standsFor(ctx, &hops[len(hops)-1], rec, old.Capture, reason); err != nil {
			return err
		}
	}
	if _, err := r.capture(hops); err != nil {
		return err
	}
	return r.pageUnchanged(url, rec, m, reason)
}

// standsFor makes an exchange a revisit of the capture of the archived article,
// where that has the payload that the log knows. It has another where the page
// changed around its article, and none where captures were off: a payload that came
// again is then captured whole, and an answer without one names only its URL.
func (r *siteRun) standsFor(ctx context.Context, x *warc.Exchange, rec ledger.Record, c article.Capture, reason string) error {
	at, err := time.Parse(time.RFC3339, c.Fetched)
	known := err == nil && c.WARC != "" && c.SHA256 == rec.Digest
	if known && reason == ledger.ReasonSamePayload {
		if known, err = r.sameCoded(ctx, x, c); err != nil {
			return err
		}
	}
	switch {
	case known:
		x.Revisit = &warc.Original{URL: c.FinalURL, Date: at}
	case reason == ledger.ReasonNotModified:
		x.Revisit = &warc.Original{URL: c.FinalURL}
	}
	return nil
}

// sameCoded tells whether a page's payload is that of an earlier capture in its
// content coding too: servers compress a page now in one way, now in another.
func (r *siteRun) sameCoded(ctx context.Context, x *warc.Exchange, c article.Capture) (bool, error) {
	sum := sha256.Sum256(x.ResponseBody)
	x.PayloadSHA256 = hex.EncodeToString(sum[:])
	if x.PayloadSHA256 == c.SHA256 {
		return true, nil // without a coding
	}
	captured, err := r.job.Archive.CapturedDigest(ctx, c)
	if err != nil {
		return false, fmt.Errorf("read the index of %s: %w", c.WARC, err)
	}
	return captured == x.PayloadSHA256, nil
}

// pageUnchanged records a visit that found the article as it was.
func (r *siteRun) pageUnchanged(url string, rec ledger.Record, m pageMeta, reason string) error {
	now := r.c.now()
	outcome := ledger.Unchanged
	if rec.Outcome == ledger.Gone {
		outcome, reason = ledger.Archived, ledger.ReasonRestored
	}
	rec.Outcome, rec.Reason, rec.Changed, rec.Detail, rec.Tries, rec.Status = outcome, reason, nil, "", 0, m.status
	rec.Visits++
	if m.etag != "" {
		rec.ETag = m.etag
	}
	if m.lastMod != "" {
		rec.LastMod = m.lastMod
	}
	if m.digest != "" {
		rec.Digest = m.digest
	}
	rec.Due = r.due(rec, now)
	r.record(rec)
	r.count(url, outcome, reason)
	return nil
}

// pageGone records a page that is not there: gone where it had been archived,
// else skipped.
func (r *siteRun) pageGone(url string, rec ledger.Record, resp *fetch.Response) error {
	reason := fmt.Sprintf("http_%d", resp.Status)
	if _, err := r.capture(resp.Hops); err != nil {
		return err
	}
	if rec.Article == "" {
		return r.skip(&pageJob{run: r, url: url, prev: rec, depth: rec.Depth, resp: pageMeta{status: resp.Status}}, reason, "")
	}
	now := r.c.now()
	rec.Outcome, rec.Reason, rec.Status, rec.Changed, rec.Pending = ledger.Gone, reason, resp.Status, nil, 0
	rec.ETag, rec.LastMod, rec.Detail = "", "", ""
	rec.Tries++ // looks in a row that did not find it
	rec.Visits++
	if rec.Due = r.due(rec, now); rec.Due.IsZero() && rec.Tries < maxTries {
		rec.Due = now.Add(restAfterFailures).UTC().Truncate(time.Second) // it may come back after its last look
	}
	r.record(rec)
	r.count(url, ledger.Gone, reason)
	return nil
}

// refused records a page that is no article. A list among the pages that
// looked like articles is followed as a list.
func (r *siteRun) refused(ctx context.Context, p *pageJob) error {
	ref := p.first.Refusal
	if ref == nil {
		ref = &article.Refusal{Code: p.first.Kind}
	}
	switch ref.Code {
	case article.KindBot, article.KindConsent, article.KindError:
		return r.fail(p, string(ref.Code), ref.Message, time.Time{})
	}
	if ref.Code == article.KindList && p.depth < r.depth() {
		for _, l := range p.first.Links {
			if l.Article && r.scope.local(l.URL) {
				r.discover(found{url: l.URL, title: l.Text, source: p.url, depth: p.depth + 1})
			}
		}
	}
	if p.leads != "" {
		r.discover(found{url: p.leads, source: p.url, depth: p.depth})
		return r.skip(p, string(ref.Code), "leads to "+p.leads)
	}
	return r.skip(p, string(ref.Code), ref.Message)
}

// skip records a page that will not be archived.
func (r *siteRun) skip(p *pageJob, reason, detail string) error {
	if p.prev.Article != "" {
		// What was an article is none today: the archive keeps it, and the
		// page is looked at again.
		return r.fail(p, reason, detail, time.Time{})
	}
	rec := p.base()
	rec.Outcome, rec.Reason, rec.Detail = ledger.Skipped, reason, clip(detail)
	rec.Due = lookAgain(reason, rec.First, r.c.now())
	r.record(rec)
	r.count(p.url, ledger.Skipped, reason)
	return nil
}

// fail records a page that could not be had or read; it is tried again on a
// schedule and given up after maxTries.
func (r *siteRun) fail(p *pageJob, reason, detail string, notBefore time.Time) error {
	now := r.c.now()
	rec := p.base()
	rec.Outcome, rec.Reason, rec.Detail = ledger.Failed, reason, clip(noteOfRest(reason, detail, notBefore))
	rec.Tries = p.prev.Tries + 1
	rec.Due = nextTry(rec.Tries, now, notBefore)
	switch {
	case !rec.Due.IsZero():
	case p.prev.Article != "": // the archive has it: looked for again, but seldom
		rec.Due = now.Add(restAfterFailures)
	default:
		rec.Outcome, rec.Reason, rec.Detail = ledger.Skipped, ledger.ReasonGaveUp, reason
	}
	if p.prev.Outcome == ledger.Gone {
		// A look that failed says nothing new: only an answer makes it restored.
		rec.Outcome, rec.Reason, rec.Detail = ledger.Gone, p.prev.Reason, clip("looked again: "+reason)
	}
	if !rec.Due.IsZero() {
		rec.Due = rec.Due.UTC().Truncate(time.Second)
	}
	r.record(rec)
	r.count(p.url, rec.Outcome, rec.Reason)
	return nil
}

// base is the record of a page as it was, ready for a new outcome.
func (p *pageJob) base() ledger.Record {
	rec := p.prev
	rec.URL, rec.ID, rec.Depth, rec.Status, rec.Changed = p.url, article.ID(p.url), p.depth, p.resp.status, nil
	if p.resp.etag != "" {
		rec.ETag, rec.LastMod = p.resp.etag, p.resp.lastMod
	}
	return rec
}

// pageFailed decides about a request that failed: again in this run, later, or never.
func (r *siteRun) pageFailed(ctx context.Context, t task, url string, rec ledger.Record, resp *fetch.Response, err error) error {
	if ctx.Err() != nil {
		r.count(url, ledger.Queued, ledger.ReasonInterrupted)
		return nil
	}
	if at, ok := r.again(url, asError(resp, err)); ok {
		r.push(t, url, at)
		return nil
	}
	reason, notBefore := failure(resp, err)
	if reason == fetch.CodeHostParked {
		r.count(url, ledger.Queued, reason) // nothing was asked: it stays as it was
		return nil
	}
	p := &pageJob{run: r, url: url, depth: int(t.depth), prev: rec}
	if resp != nil {
		p.resp.status = resp.Status
		if _, err := r.capture(resp.Hops); err != nil {
			return err
		}
	}
	detail := ""
	if err != nil {
		detail = err.Error()
	}
	if final(reason) {
		return r.skip(p, reason, detail)
	}
	return r.fail(p, reason, detail, notBefore)
}

// final tells whether a failed request need not be repeated: its cause is a
// rule, not a mishap.
func final(reason string) bool {
	switch reason {
	case fetch.CodeRobotsDisallowed, fetch.CodePrivateAddress, fetch.CodeBadURL, fetch.CodeTooLarge, fetch.CodeBomb, fetch.CodeTooManyRedirects,
		fetch.CodeRedirectLoop, fetch.CodeBadRedirect, fetch.CodeBadPort, fetch.CodeURLTooLong, fetch.CodeUnwantedType, fetch.CodeBadEncoding:
		return true
	}
	return false
}

// alias records that a URL is another address of an article. What the log
// knows as such already needs no record.
func (r *siteRun) alias(url, of string) {
	rec, known := r.job.Archive.Lookup(url)
	if !known || rec.Alias != of || rec.Outcome != ledger.Skipped {
		r.record(ledger.Record{URL: url, ID: article.ID(url), Outcome: ledger.Skipped, Reason: ledger.ReasonAlias, Alias: of, Source: rec.Source})
	}
	r.count(url, ledger.Skipped, ledger.ReasonAlias)
}

// markSeen keeps a URL from being queued as a page of its own.
func (r *siteRun) markSeen(url string) {
	if r.claimPage(url) {
		r.count(url, ledger.Skipped, ledger.ReasonAlias)
	}
}
