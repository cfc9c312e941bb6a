package visit

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pressmark/crawler/batch"
	"pressmark/crawler/due"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// take compares a complete article with the archive: new, changed, unchanged, or
// another URL of a known article.
func (v *Visit) take(ctx context.Context, p *pageJob) Outcome {
	res := p.first
	if len(p.rest) > 0 {
		res = v.job.Extractor.Join(p.first, p.rest...)
	}
	p.draft = &draft{art: res.Article}
	if p.prev.Article == "" && !v.scope.dated(publishedAt(res.Article)) {
		res.Canonical = "" // it is skipped
	}
	return v.takeAs(ctx, p, res.Canonical)
}

// takeAs handles a complete article whose page gives a canonical URL.
func (v *Visit) takeAs(ctx context.Context, p *pageJob, canonical string) Outcome {
	a := p.draft.art
	o, proof, err := v.identify(ctx, p, canonical)
	if err != nil {
		return stop(err)
	}
	if proof != "" {
		o.next(proof, Task{kind: proving, page: v.underway.keep(p, 0)})
		return o
	}
	if v.removed(a.URL) {
		o.add(v.skip(p, ledger.ReasonTakedown, ""))
		return o
	}
	if p.prev.Article == "" && !v.scope.dated(publishedAt(a)) {
		o.add(v.skip(p, ledger.ReasonOutsideDates, *a.Published))
		return o
	}
	if of, taken := v.identity.claim(a, p.url); taken {
		if of != p.url {
			o.add(v.alias(p.url, of))
		}
		return o
	}
	o.add(v.takeClaimed(ctx, p))
	return o
}

// takeClaimed handles an article that no other page of this run writes.
func (v *Visit) takeClaimed(ctx context.Context, p *pageJob) Outcome {
	d := p.draft
	d.rec, _ = v.job.Archive.Lookup(d.art.URL)
	if d.rec.Article == "" {
		of, err := v.identity.sameStory(ctx, d.art)
		if err != nil {
			return stop(err)
		}
		if of != "" {
			return v.repeats(p, of)
		}
	} else if d.art.URL != p.url && d.rec.Outcome != ledger.Gone {
		// Its own address is looked at on its schedule. What another one shows
		// (a page for mobile devices, the print version) is no revision of it.
		return v.alias(p.url, d.art.URL)
	}
	d.art.Capture = v.captureOf(p.resp)
	same, err := v.compare(ctx, p)
	p.page = article.Page{} // its images may take long, and need no page
	if err != nil {
		return stop(err)
	}
	switch {
	case same && d.rec.Pending == 0:
		return v.pageUnchanged(d.rec, p.resp, ledger.ReasonSameContent)
	case !same && d.old != nil && v.notARevision(p, d):
		return v.suspect(d)
	}
	if !v.budget.accept(d.old == nil) {
		return standing(p.url, ledger.Queued, ledger.ReasonLimit)
	}
	return v.wantImages(p)
}

func (v *Visit) captureOf(m pageMeta) article.Capture {
	c := article.Capture{Fetched: m.fetched.UTC().Format(time.RFC3339), Status: m.status, FinalURL: m.final,
		SHA256: m.digest, WARC: m.at.file, Offset: m.at.offset, Length: m.at.length, Rendered: m.rendered}
	if m.robots != "" {
		c.Robots = v.job.Archive.RobotsKey(m.robots)
	}
	return c
}

// compare gives the article its revision, and reports whether it is the archived
// one.
func (v *Visit) compare(ctx context.Context, p *pageJob) (same bool, err error) {
	d := p.draft
	d.art.Revision = 1
	if d.rec.Article == "" {
		return false, nil
	}
	if d.old, err = v.job.Archive.Article(ctx, d.rec.ID); err != nil {
		return false, fmt.Errorf("read %s: %w", d.rec.Article, err)
	}
	d.art.Revision = d.old.Revision
	if d.old.ContentHash == d.art.ContentHash || v.sameAlone(ctx, p) {
		return true, nil
	}
	d.art.Revision++
	return false, nil
}

// sameAlone reports whether the page gives the archived article if it is extracted
// without the site's memory. Then the memory has grown and the article has not
// changed.
func (v *Visit) sameAlone(ctx context.Context, p *pageJob) bool {
	if p.page.Body == nil || len(p.rest) > 0 {
		return false
	}
	res, err := v.job.Extractor.Alone(ctx, p.page)
	return err == nil && res.Article != nil && res.Article.ContentHash == p.draft.old.ContentHash
}

// store puts a complete article into the batch in hand, with its record.
func (v *Visit) store(p *pageJob) (o Outcome) {
	a, d, now := p.draft.art, p.draft, v.env.Now()
	if f := v.job.Readings.Earlier(); f != nil && f.Degraded {
		a.Warnings = append(a.Warnings, "degraded: the site's pages read worse than they used to since "+f.Since.Format(time.DateOnly))
	}
	rec := ledger.Record{URL: a.URL, ID: a.ID, Outcome: ledger.Archived, Revision: a.Revision, ContentHash: a.ContentHash,
		Title: a.Title, Source: p.prev.Source, Depth: p.depth, Status: p.resp.status, ETag: p.resp.etag, LastMod: p.resp.lastMod,
		Digest: p.resp.digest, Visits: d.rec.Visits + 1, First: d.rec.First, Captured: d.rec.Captured, Images: len(a.Images)}
	if a.Published != nil {
		rec.Published = *a.Published
	}
	if p.resp.rendered != nil {
		rec.Rendered = p.resp.rendered.Browser
	}
	for i := range a.Images {
		v.tally.Image(hostOf(a.Images[i].URL), a.Images[i].Status, a.Images[i].Reason)
		if a.Images[i].Status == article.ImageFailed {
			rec.Pending++
		}
	}
	rec.Missing = missingOf(a.Images)
	if a.URL != p.url {
		rec.ETag, rec.LastMod, rec.Digest = "", "", "" // those of another page
	}
	d.outcome(&rec, now)
	rec.Due = due.Article(rec, v.job.Site.Revisit, now)
	if p.resp.truncated != "" {
		v.onceMore(&rec, d.rec, p.resp.truncated, now)
	}
	o.Log = append(o.Log, batch.Entry{Record: rec, Article: a})
	o.counted(a.URL, rec.Outcome, rec.Reason)
	if a.URL != p.url {
		o.add(v.alias(p.url, a.URL))
	}
	return o
}

// onceMore schedules one more visit, without validators, of an article whose page
// came damaged.
func (v *Visit) onceMore(rec *ledger.Record, before ledger.Record, why string, now time.Time) {
	rec.ETag, rec.LastMod, rec.Digest, rec.Warning = "", "", "", truncatedWarning(why)
	if soon := due.NextTry(1, now, time.Time{}); before.Warning == "" && (rec.Due.IsZero() || soon.Before(rec.Due)) {
		rec.Due = soon.UTC().Truncate(time.Second)
	}
}

// missingOf counts the images that are not archived, by reason and host: "http_404
// img.example 3".
func missingOf(list []article.Image) (out []string) {
	type cause struct{ reason, host string }
	counts := map[cause]int{}
	for i := range list {
		if list[i].Status != article.ImageArchived {
			counts[cause{list[i].Reason, hostOf(list[i].URL)}]++
		}
	}
	for c, n := range counts {
		out = append(out, fmt.Sprintf("%s %s %d", c.reason, c.host, n))
	}
	slices.Sort(out)
	return out
}

// outcome says in the record whether the article is new, a revision, or stored
// again for its images.
func (d *draft) outcome(rec *ledger.Record, now time.Time) {
	switch {
	case d.old == nil:
		rec.First, rec.Captured = now.UTC(), now.UTC().Truncate(time.Second)
	case d.art.Revision > d.old.Revision:
		rec.Outcome, rec.Reason = ledger.Revised, ledger.ReasonContent
		for _, part := range article.Diff(d.old, d.art) {
			rec.Changed = append(rec.Changed, string(part))
		}
	default:
		rec.Outcome, rec.Reason = ledger.Unchanged, ledger.ReasonImages
	}
	if d.rec.Outcome == ledger.Gone {
		rec.Reason = ledger.ReasonRestored
		if rec.Outcome == ledger.Unchanged {
			rec.Outcome = ledger.Archived
		}
	}
}

// publishedAt reads an article's publication time; zero if it has none.
func publishedAt(a *article.Article) time.Time {
	if a.Published == nil {
		return time.Time{}
	}
	return parsePublished(*a.Published)
}

func parsePublished(s string) time.Time {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
