package crawler

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// take decides what a complete article is to the archive: new, changed, as
// before, or another address of one that is known.
func (r *siteRun) take(ctx context.Context, p *pageJob) error {
	res := p.first
	if len(p.rest) > 0 {
		res = r.job.Extractor.Join(p.first, p.rest...)
	}
	p.art = res.Article
	r.identify(p, res.Canonical)
	if p.prev.Article == "" && !r.scope.dated(publishedAt(p.art)) {
		return r.skip(p, ledger.ReasonOutsideDates, *p.art.Published)
	}
	if of, taken := r.claim(p); taken {
		if of != p.url {
			r.alias(p.url, of)
		}
		return nil
	}
	p.rec, _ = r.job.Archive.Lookup(p.art.URL)
	if p.rec.Article == "" {
		of, err := r.sameStory(ctx, p.art)
		if err != nil {
			return err
		}
		if of != "" {
			r.repeats(p, of)
			return nil
		}
	} else if p.art.URL != p.url && p.rec.Outcome != ledger.Gone {
		// Its own address is looked at on its schedule. What another one shows
		// (a page for mobile devices, the print version) is no revision of it.
		r.alias(p.url, p.art.URL)
		return nil
	}
	p.art.Capture = article.Capture{Fetched: p.resp.fetched.UTC().Format(time.RFC3339), Status: p.resp.status, FinalURL: p.resp.final,
		SHA256: p.resp.digest, WARC: p.resp.at.file, Offset: p.resp.at.offset, Length: p.resp.at.length}
	if p.resp.robots != "" {
		p.art.Capture.Robots = r.job.Archive.RobotsKey(p.resp.robots)
	}
	p.art.Revision = 1
	if p.rec.Article != "" {
		old, err := r.job.Archive.Article(ctx, p.rec.ID)
		if err != nil {
			return fmt.Errorf("read %s: %w", p.rec.Article, err)
		}
		p.old = old
		p.art.Revision = old.Revision
		if old.ContentHash != p.art.ContentHash && !r.sameAlone(ctx, p) {
			p.art.Revision++
		} else if p.rec.Pending == 0 {
			return r.pageUnchanged(p.art.URL, p.rec, p.resp, ledger.ReasonSameContent)
		}
	}
	r.mu.Lock()
	if r.job.Limit > 0 && r.taken >= r.job.Limit && p.old == nil {
		r.mu.Unlock()
		r.count(p.url, ledger.Queued, ledger.ReasonLimit)
		return nil
	}
	r.taken++
	r.mu.Unlock()
	return r.wantImages(p)
}

// sameAlone tells whether the page, read without what other pages taught since,
// gives the archived article: then the site's memory has grown and the article
// has not changed.
func (r *siteRun) sameAlone(ctx context.Context, p *pageJob) bool {
	if p.page.Body == nil || len(p.rest) > 0 {
		return false
	}
	res, err := r.job.Extractor.Alone(ctx, p.page)
	return err == nil && res.Article != nil && res.Article.ContentHash == p.old.ContentHash
}

// identify gives the article its URL: the canonical one where that is on the
// site and belongs to this page, else the page's own. A canonical address that
// is the site's front page, or that another story of this run has, is a
// template's mistake.
func (r *siteRun) identify(p *pageJob, canonical string) {
	a := p.art
	a.Site = r.site.Name
	own := p.url
	if canonical == "" || canonical == own {
		a.URL, a.ID = own, article.ID(own)
		return
	}
	u, err := url.Parse(canonical)
	bad := err != nil || !r.scope.local(canonical) || (u.Path == "" || u.Path == "/") && u.RawQuery == ""
	if !bad {
		r.mu.Lock()
		c, ok := r.claimed[article.ID(canonical)]
		r.mu.Unlock()
		if ok && c.title != r.hash(a.Title) {
			bad = true
		} else if rec, known := r.job.Archive.Lookup(canonical); known && rec.Title != "" && rec.Article != "" && rec.Title != a.Title && p.prev.Alias != canonical {
			bad = true
		}
	}
	if bad {
		if err == nil && r.scope.local(canonical) {
			a.Warnings = append(a.Warnings, "canonical_refused: "+canonical)
		}
		canonical = own
	}
	canonical = r.articleOf(canonical)
	if r.moved(p, canonical) {
		r.alias(canonical, own)
		canonical = own
	}
	a.URL, a.ID = canonical, article.ID(canonical)
}

// articleOf is the address of the article that the log knows an address to be an
// alias of, else the address.
func (r *siteRun) articleOf(url string) string {
	rec, _ := r.job.Archive.Lookup(url)
	if rec.Alias == "" {
		return url
	}
	if of, _ := r.job.Archive.Lookup(rec.Alias); of.Article == "" || of.Alias != "" {
		return url
	}
	return rec.Alias
}

// moved tells whether a page that the archive has as an article names another
// address, by a redirect or as its canonical one, that is no article there. The
// article keeps its address, and with it its revisions; the new one is an alias. A
// page with another title and another time, as many addresses lead to when a story
// is taken down, is not the article.
func (r *siteRun) moved(p *pageJob, canonical string) bool {
	if p.prev.Article == "" || p.prev.Alias != "" || canonical == p.url {
		return false
	}
	if p.prev.Title != p.art.Title && (p.art.Published == nil || p.prev.Published != *p.art.Published) {
		return false
	}
	if rec, _ := r.job.Archive.Lookup(canonical); rec.Article != "" && rec.Alias == "" {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	id := article.ID(canonical)
	if _, taken := r.claimed[id]; taken {
		return false
	}
	r.claimed[id] = &claim{url: p.url, title: r.hash(p.art.Title), of: p.url}
	return true
}

// claim makes this page the one that writes the article in this run. Where another
// page does so already, it is told of which article this one is an alias.
func (r *siteRun) claim(p *pageJob) (of string, taken bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, taken := r.claimed[p.art.ID]
	switch {
	case !taken:
		r.claimed[p.art.ID] = &claim{url: p.url, title: r.hash(p.art.Title)}
		return "", false
	case c.of != "":
		return c.of, true
	}
	c.others = append(c.others, p.url)
	return p.art.URL, true
}

// repeats makes a page, the address that it gives as its own, and the pages that
// named the same one, aliases of the article that it repeats: an alias of an alias
// would lead to no article.
func (r *siteRun) repeats(p *pageJob, of string) {
	r.mu.Lock()
	c := r.claimed[p.art.ID]
	c.of = of
	others := append(c.others, p.art.URL)
	c.others = nil
	r.mu.Unlock()
	r.alias(p.url, of)
	for _, url := range others {
		if url != p.url && url != of {
			r.alias(url, of)
		}
	}
}

// wantImages queues the article's images but those that the archive has from
// an earlier revision.
func (r *siteRun) wantImages(p *pageJob) error {
	limit := r.site.Limits.Images
	if limit == 0 {
		limit = 200
	}
	var want []int
	for i := range p.art.Images {
		img := &p.art.Images[i]
		switch {
		case reuse(img, p.old):
		case img.URL == "":
			img.Status = article.ImageMissing
		case i >= limit:
			img.Status = article.ImageTooLarge
		default:
			want = append(want, i)
		}
	}
	if len(want) == 0 {
		return r.store(p)
	}
	r.mu.Lock()
	p.waiting = len(want)
	r.mu.Unlock()
	n := r.keepPage(p)
	for _, i := range want {
		r.push(task{kind: taskImage, page: n, image: uint16(i)}, p.art.Images[i].URL, time.Time{})
	}
	return nil
}

// reuse takes over what is known of an image that an earlier revision had.
func reuse(img *article.Image, old *article.Article) bool {
	if old == nil {
		return false
	}
	for i := range old.Images {
		if o := &old.Images[i]; o.URL == img.URL && o.Status == article.ImageArchived {
			img.Key, img.SHA256, img.MediaType, img.Width, img.Height, img.Bytes, img.Status =
				o.Key, o.SHA256, o.MediaType, o.Width, o.Height, o.Bytes, o.Status
			img.WARC, img.Offset, img.Length = o.WARC, o.Offset, o.Length
			return true
		}
	}
	return false
}

// imageDone notes that one image of page n has its status; the last one completes the
// article, which is kept in memory no longer then.
func (r *siteRun) imageDone(n uint32, p *pageJob) error {
	r.mu.Lock()
	p.waiting--
	last := p.waiting == 0
	if last {
		delete(r.pages, n)
	}
	r.mu.Unlock()
	if !last {
		return nil
	}
	return r.store(p)
}

// store puts a complete article into the batch in hand, with its record.
func (r *siteRun) store(p *pageJob) error {
	now := r.c.now()
	a := p.art
	rec := ledger.Record{URL: a.URL, ID: a.ID, Outcome: ledger.Archived, Revision: a.Revision, ContentHash: a.ContentHash,
		Title: a.Title, Source: p.prev.Source, Depth: p.depth, Status: p.resp.status, ETag: p.resp.etag, LastMod: p.resp.lastMod,
		Digest: p.resp.digest, Visits: p.rec.Visits + 1, First: p.rec.First, Captured: p.rec.Captured, Images: len(a.Images)}
	if a.Published != nil {
		rec.Published = *a.Published
	}
	ok, failed := 0, 0
	for i := range a.Images {
		switch a.Images[i].Status {
		case article.ImageArchived:
			ok++
		case article.ImageFailed:
			rec.Pending++
			failed++
		default:
			failed++
		}
	}
	if a.URL != p.url {
		rec.ETag, rec.LastMod, rec.Digest = "", "", "" // those of another page
	}
	switch {
	case p.old == nil:
		rec.First, rec.Captured = now.UTC(), now.UTC().Truncate(time.Second)
	case a.Revision > p.old.Revision:
		rec.Outcome, rec.Reason = ledger.Revised, ledger.ReasonContent
		for _, part := range article.Diff(p.old, a) {
			rec.Changed = append(rec.Changed, string(part))
		}
	default:
		rec.Outcome, rec.Reason = ledger.Unchanged, ledger.ReasonImages
	}
	if p.rec.Outcome == ledger.Gone {
		rec.Reason = ledger.ReasonRestored
		if rec.Outcome == ledger.Unchanged {
			rec.Outcome = ledger.Archived
		}
	}
	rec.Due = r.due(rec, now)
	rec.Time = now.UTC().Truncate(time.Millisecond)
	r.mu.Lock()
	r.sum.Images += ok
	r.sum.ImagesFailed += failed
	// Article and record go into one batch: a batch may be closed between two locks.
	r.batch.articles = append(r.batch.articles, a)
	r.batch.text += int64(2 * len(a.Text))
	r.batch.add(rec)
	r.mu.Unlock()
	r.count(a.URL, rec.Outcome, rec.Reason)
	if a.URL != p.url {
		r.alias(p.url, a.URL)
	}
	return nil
}

// due is when an article is looked at again: by the schedule, or within the
// hour where images are to be tried again.
func (r *siteRun) due(rec ledger.Record, now time.Time) time.Time {
	steps := r.site.Revisit
	if steps == nil {
		steps = DefaultRevisit()
	}
	first := rec.Captured
	if first.IsZero() {
		first = rec.First
	}
	if first.IsZero() || first.After(now) { // of a run whose clock was ahead
		first = now
	}
	at := nextVisit(steps, first, now)
	if rec.Pending > 0 && rec.Visits < maxTries {
		if soon := now.Add(time.Hour).UTC(); at.IsZero() || soon.Before(at) {
			at = soon
		}
	}
	if at.IsZero() {
		return at
	}
	return at.UTC().Truncate(time.Second)
}

// publishedAt reads an article's publication time; zero where it has none.
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
