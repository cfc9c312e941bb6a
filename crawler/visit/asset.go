package visit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/storage/assets"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// With --warc replay, what an article's page needs to look like itself is captured,
// too: stylesheets, pictures and fonts, under all rules of conduct, each once. It
// has records of the kind asset, so that a run that is stopped leaves none out, and
// so that readers find the captures.

// mostSheets bounds how many stylesheets may import one another in a row.
const mostSheets = 4

// assetRest is the time after a capture during which an asset is not requested
// again. After it, the next article page that uses the asset requests it once more,
// which mostly gives a revisit record.
const assetRest = 24 * time.Hour

// wantAssets queues the assets of an article's page. The article's own pictures are
// fetched anyway.
func (v *Visit) wantAssets(p *pageJob, page article.Page) (o Outcome) {
	if !v.env.Captures.Replay || p.first.Article == nil {
		return o
	}
	own := map[string]bool{}
	for i := range p.first.Article.Images {
		own[p.first.Article.Images[i].URL] = true
	}
	for _, url := range assets.OfPage(page.Body, page.URL) {
		if !own[url] {
			v.wantAsset(&o, url, p.url, 0)
		}
	}
	return o
}

// wantAsset queues one asset, unless it is a page of the site or was captured
// recently.
func (v *Visit) wantAsset(o *Outcome, url, source string, depth uint8) {
	rec, known := v.job.Archive.Lookup(url)
	fresh := rec.Outcome != ledger.Queued && rec.Time.After(v.began.Add(-assetRest))
	settled := known && (rec.Kind != ledger.KindAsset || fresh)
	if settled || !v.sources.claim("asset "+url) {
		return
	}
	if !known {
		o.logged(ledger.Record{URL: url, ID: article.ID(url), Kind: ledger.KindAsset, Outcome: ledger.Queued, Reason: ledger.ReasonSeen, Source: source, Depth: int(depth)})
	}
	o.next(url, Task{kind: asset, depth: depth})
}

// visitAsset fetches and captures an asset, and queues the assets that a stylesheet
// names.
func (v *Visit) visitAsset(ctx context.Context, q request) (o Outcome) {
	if !v.budget.spend() {
		return o // it stays queued
	}
	rec, _ := v.job.Archive.Lookup(q.url)
	req := fetch.Request{Kind: fetch.Asset}
	if rec.Article != "" {
		req.ETag, req.LastModified = rec.ETag, rec.LastMod
	}
	resp, err := v.fetch(ctx, q, req)
	if ctx.Err() != nil {
		return o
	}
	if again, ok := v.again(q, resp, err); ok {
		return again
	}
	rec.URL, rec.ID, rec.Kind, rec.Due = q.url, article.ID(q.url), ledger.KindAsset, time.Time{}
	if err != nil || !slices.Contains([]int{http.StatusOK, http.StatusNotModified}, resp.Status) {
		reason, _ := failure(resp, err)
		if resp != nil {
			if _, err := v.capture(resp); err != nil {
				return stop(err)
			}
		}
		rec.Outcome, rec.Reason = ledger.Skipped, reason
		o.logged(rec)
		return o
	}
	if err := v.captureAsset(resp, &rec); err != nil {
		return stop(err)
	}
	o.logged(rec)
	if resp.Status == http.StatusOK && q.depth < mostSheets && assets.IsStyle(resp.Header.Get("Content-Type"), resp.FinalURL) {
		for _, url := range assets.OfStyle(resp.Body, resp.FinalURL) {
			v.wantAsset(&o, url, q.url, q.depth+1)
		}
	}
	return o
}

// captureAsset captures a response and records the place of the capture. If the
// response equals the earlier capture, it becomes a revisit record.
func (v *Visit) captureAsset(resp *fetch.Response, rec *ledger.Record) error {
	digest := ""
	if n := len(resp.Hops); n > 0 {
		hop := &resp.Hops[n-1]
		sum := sha256.Sum256(hop.ResponseBody)
		digest = hex.EncodeToString(sum[:])
		same := resp.Status == http.StatusNotModified || rec.Digest == digest
		if rec.Article != "" && same {
			hop.PayloadSHA256, hop.Revisit = rec.Digest, &warc.Original{URL: resp.FinalURL, Date: rec.Captured}
		}
	}
	at, err := v.capture(resp)
	if err != nil {
		return err
	}
	rec.Outcome, rec.Status, rec.ETag, rec.LastMod = ledger.Unchanged, resp.Status, resp.ETag, resp.LastModified
	rec.Reason = ledger.ReasonSamePayload
	if resp.Status == http.StatusNotModified {
		rec.Reason = ledger.ReasonNotModified
	}
	changed := rec.Digest != digest && resp.Status == http.StatusOK
	if rec.Article == "" || changed {
		rec.Outcome, rec.Reason, rec.Digest = ledger.Archived, "", digest
		rec.Article, rec.Detail = at.file, fmt.Sprintf("%s %d %d", at.file, at.offset, at.length)
		rec.Captured = resp.Started.UTC().Truncate(time.Second)
	}
	return nil
}
