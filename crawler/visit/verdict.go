package visit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"pressmark/crawler/due"
	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// What became of a page that gave no new article, as records of the log.

// pageRevisited records a visit that brought the same payload, or a 304: a
// revisit record in the capture.
func (v *Visit) pageRevisited(ctx context.Context, url string, rec ledger.Record, m pageMeta, reason string, hops []warc.Exchange) Outcome {
	if rec.URL == "" {
		return Outcome{} // a 304 to a request without validators
	}
	if len(hops) > 0 {
		old, err := v.job.Archive.Article(ctx, rec.ID)
		if err != nil {
			return stop(fmt.Errorf("read %s: %w", rec.Article, err))
		}
		if err := v.markRevisit(ctx, &hops[len(hops)-1], rec, old.Capture, reason); err != nil {
			return stop(err)
		}
	}
	if _, err := v.batches.Capture(hops); err != nil {
		return stop(err)
	}
	return v.pageUnchanged(rec, m, reason)
}

// markRevisit makes an exchange a WARC revisit record if the archived article's
// capture has the same payload. Otherwise (page chrome changed, or captures were
// off) the full response is captured, and an answer without one names only its URL.
func (v *Visit) markRevisit(ctx context.Context, x *warc.Exchange, rec ledger.Record, c article.Capture, reason string) error {
	at, err := time.Parse(time.RFC3339, c.Fetched)
	known := err == nil && c.WARC != "" && c.SHA256 == rec.Digest
	if known && reason == ledger.ReasonSamePayload {
		if known, err = v.sameCoded(ctx, x, c); err != nil {
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

// sameCoded reports whether a page's payload is that of an earlier capture in
// its content coding too: servers compress a page now in one way, now in another.
func (v *Visit) sameCoded(ctx context.Context, x *warc.Exchange, c article.Capture) (bool, error) {
	sum := sha256.Sum256(x.ResponseBody)
	x.PayloadSHA256 = hex.EncodeToString(sum[:])
	if x.PayloadSHA256 == c.SHA256 {
		return true, nil // without a coding
	}
	captured, err := v.job.Archive.CapturedDigest(ctx, c)
	if err != nil {
		return false, fmt.Errorf("read the index of %s: %w", c.WARC, err)
	}
	return captured == x.PayloadSHA256, nil
}

// pageUnchanged records a visit that found the article as it was.
func (v *Visit) pageUnchanged(rec ledger.Record, m pageMeta, reason string) (o Outcome) {
	outcome := ledger.Unchanged
	if rec.Outcome == ledger.Gone {
		outcome, reason = ledger.Archived, ledger.ReasonRestored
	}
	rec.Outcome, rec.Reason, rec.Changed, rec.Detail, rec.Suspect, rec.Tries, rec.Status = outcome, reason, nil, "", "", 0, m.status
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
	if m.truncated != "" {
		rec.ETag, rec.LastMod, rec.Digest = "", "", ""
	} else if m.digest != "" {
		rec.Warning = ""
	}
	rec.Due = due.Article(rec, v.job.Site.Revisit, v.env.Now())
	o.decided(rec)
	return o
}

// pageGone records a page that is not there: gone if it had been archived, else
// skipped.
func (v *Visit) pageGone(q request, rec ledger.Record, resp *fetch.Response) (o Outcome) {
	if _, err := v.batches.Capture(resp.Hops); err != nil {
		return stop(err)
	}
	if rec.Article == "" {
		return v.skip(&pageJob{url: q.url, prev: rec, depth: rec.Depth, guess: q.guess, resp: pageMeta{status: resp.Status}}, fmt.Sprintf("http_%d", resp.Status), "")
	}
	return v.tryAlias(standIn{rec: rec, status: resp.Status, aliases: v.aliasesOf(rec.URL)})
}

// gone records an archived article that is not there, nor at another address.
func (v *Visit) gone(rec ledger.Record, status int) (o Outcome) {
	now := v.env.Now()
	rec.Outcome, rec.Reason, rec.Status, rec.Changed, rec.Pending = ledger.Gone, fmt.Sprintf("http_%d", status), status, nil, 0
	rec.ETag, rec.LastMod, rec.Detail = "", "", ""
	rec.Tries++ // looks in a row that did not find it
	rec.Visits++
	if rec.Due = due.Article(rec, v.job.Site.Revisit, now); rec.Due.IsZero() && rec.Tries < due.MaxTries {
		rec.Due = now.Add(due.RestAfterFailures).UTC().Truncate(time.Second) // it may come back after its last look
	}
	o.decided(rec)
	return o
}

// notAnArticle records a page that is not an article. If it was expected to be one
// and is a list, it is followed as a list.
func (v *Visit) notAnArticle(p *pageJob) (o Outcome) {
	ref := p.first.Refusal
	if ref == nil && p.first.Article != nil {
		ref = &article.Refusal{Code: article.KindUnknown, Message: "fetched on a guess; neither date nor byline"}
	}
	if ref == nil {
		ref = &article.Refusal{Code: p.first.Kind}
	}
	switch ref.Code {
	case article.KindBot, article.KindConsent, article.KindError:
		return v.fail(p, string(ref.Code), ref.Message, time.Time{})
	}
	if o, ok := v.becomesList(p); ok {
		return o
	}
	if ref.Code == article.KindList && p.depth < v.budget.depth {
		for _, x := range p.first.Links {
			if x.Article && v.scope.local(x.URL) {
				v.discover(&o, link{url: x.URL, title: x.Text, source: p.url, depth: p.depth + 1})
			}
		}
	}
	detail := ref.Message
	if p.leads != "" {
		v.discover(&o, link{url: p.leads, source: p.url, depth: p.depth})
		detail = "leads to " + p.leads
	}
	o.add(v.skip(p, string(ref.Code), detail))
	return o
}

// skip records a page that will not be archived.
func (v *Visit) skip(p *pageJob, reason, detail string) (o Outcome) {
	if p.prev.Article != "" {
		// The page is no longer an article: the archive keeps it, and the
		// page is looked at again.
		return v.fail(p, reason, detail, time.Time{})
	}
	if p.guess != sure && reason != ledger.ReasonOutsideDates {
		v.forms.missed()
	}
	rec := p.base()
	rec.Outcome, rec.Reason, rec.Detail = ledger.Skipped, reason, clip(detail)
	rec.Due = due.LookAgain(reason, rec.First, v.env.Now())
	o.decided(rec)
	return o
}

// fail records a page that could not be fetched or read; it is tried again on a
// schedule and given up after due.MaxTries.
func (v *Visit) fail(p *pageJob, reason, detail string, notBefore time.Time) (o Outcome) {
	now := v.env.Now()
	rec := p.base()
	rec.Outcome, rec.Reason, rec.Detail = ledger.Failed, reason, clip(due.NoteOfRest(reason, detail, notBefore))
	rec.Tries = p.prev.Tries + 1
	rec.Due = due.NextTry(rec.Tries, now, notBefore)
	switch {
	case !rec.Due.IsZero():
	case p.prev.Article != "": // the archive has it: looked for again, but seldom
		rec.Due = now.Add(due.RestAfterFailures)
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
	o.decided(rec)
	return o
}

// base returns the record of a page as it was, ready for a new outcome.
func (p *pageJob) base() ledger.Record {
	rec := p.prev
	rec.URL, rec.ID, rec.Depth, rec.Status, rec.Changed = p.url, article.ID(p.url), p.depth, p.resp.status, nil
	if p.resp.etag != "" {
		rec.ETag, rec.LastMod = p.resp.etag, p.resp.lastMod
	}
	if p.resp.rendered != nil {
		rec.Rendered = p.resp.rendered.Browser
	}
	return rec
}

// pageFailed decides about a request that failed: again in this run, later, or never.
func (v *Visit) pageFailed(ctx context.Context, q request, rec ledger.Record, resp *fetch.Response, err error) Outcome {
	if ctx.Err() != nil {
		return standing(q.url, ledger.Queued, ledger.ReasonInterrupted)
	}
	if o, ok := v.again(q, resp, err); ok {
		return o
	}
	reason, notBefore := failure(resp, err)
	if reason == fetch.CodeHostParked {
		return standing(q.url, ledger.Queued, reason) // nothing was asked: it stays as it was
	}
	p := &pageJob{url: q.url, depth: int(q.depth), prev: rec}
	if resp != nil {
		p.resp.status = resp.Status
		if _, err := v.batches.Capture(resp.Hops); err != nil {
			return stop(err)
		}
	}
	detail := ""
	if err != nil {
		detail = err.Error()
	}
	if final(reason) {
		return v.skip(p, reason, detail)
	}
	return v.fail(p, reason, detail, notBefore)
}

// alias records that a URL is another address of an article. What the log
// knows as such already needs no record.
func (v *Visit) alias(url, of string) (o Outcome) {
	rec, known := v.job.Archive.Lookup(url)
	if rec.Outcome == ledger.Removed {
		return v.leaveDown(url)
	}
	if asLogged := rec.Alias == of && rec.Outcome == ledger.Skipped; !known || !asLogged {
		o.logged(ledger.Record{URL: url, ID: article.ID(url), Outcome: ledger.Skipped, Reason: ledger.ReasonAlias, Alias: of, Source: rec.Source})
	}
	o.counted(url, ledger.Skipped, ledger.ReasonAlias)
	return o
}
