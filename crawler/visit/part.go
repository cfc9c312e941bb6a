package visit

import (
	"context"
	"net/http"
	"sync"

	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// underway holds the articles whose parts or images are being fetched, by a
// number that fits a task. It is safe for concurrent use; make it with
// newUnderway.
type underway struct {
	mu    sync.Mutex
	pages map[uint32]*pageJob
	last  uint32
}

func newUnderway() *underway { return &underway{pages: map[uint32]*pageJob{}} }

// keep stores an article that waits for so many images and returns its number.
func (u *underway) keep(p *pageJob, images int) uint32 {
	u.mu.Lock()
	defer u.mu.Unlock()
	if images > 0 {
		p.draft.waiting = images
	}
	u.last++
	u.pages[u.last] = p
	return u.last
}

func (u *underway) page(n uint32) *pageJob {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.pages[n]
}

func (u *underway) drop(n uint32) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.pages, n)
}

// imageDone notes that one image of an article has its status. It reports
// whether it was the last: then the article is not kept any more.
func (u *underway) imageDone(n uint32, p *pageJob) (last bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	p.draft.waiting--
	if p.draft.waiting > 0 {
		return false
	}
	delete(u.pages, n)
	return true
}

// nextPart queues the next part of a multi-page article, or takes the article
// if there is none. A link back to a part, or to another site, is not a part.
func (v *Visit) nextPart(ctx context.Context, p *pageJob, next string) (o Outcome) {
	isPart := next != "" && !p.seen[next] && v.scope.local(next)
	if !isPart || len(p.rest)+1 >= maxParts {
		return v.take(ctx, p)
	}
	p.seen[next] = true
	if v.tally.Claim(next) { // keeps it from being queued as a page of its own
		o.counted(next, ledger.Skipped, ledger.ReasonAlias)
	}
	o.next(next, Task{kind: part, page: v.underway.keep(p, 0)})
	return o
}

// visitPart fetches one more part of an article.
func (v *Visit) visitPart(ctx context.Context, q request) Outcome {
	p := v.underway.page(q.page)
	if p == nil {
		return Outcome{}
	}
	resp, err := v.fetch(ctx, q, fetch.Request{Kind: fetch.Page})
	if err != nil || resp.Status != http.StatusOK {
		return v.partFailed(ctx, q, p, resp, err)
	}
	res, err := v.readPart(ctx, resp)
	switch {
	case err != nil:
		return stop(err)
	case ctx.Err() != nil:
		return Outcome{} // the page stays queued
	}
	v.underway.drop(q.page)
	if res.Article == nil {
		return v.take(ctx, p) // the pager led to something that is not a part
	}
	if why := resp.Truncated; why != "" {
		p.resp.truncated = why // the article is looked at once more
		p.first.Article.Warnings = append(p.first.Article.Warnings, truncatedWarning(why)+", of part "+q.url)
	}
	o := v.alias(q.url, p.url)
	p.rest = append(p.rest, res)
	o.add(v.nextPart(ctx, p, res.NextPart))
	return o
}

// partFailed decides about a part that could not be fetched: half an article is
// none.
func (v *Visit) partFailed(ctx context.Context, q request, p *pageJob, resp *fetch.Response, err error) Outcome {
	if ctx.Err() != nil {
		return Outcome{}
	}
	if o, ok := v.again(q, resp, err); ok {
		return o
	}
	if resp != nil {
		if _, err := v.batches.Capture(resp.Hops); err != nil {
			return stop(err)
		}
	}
	reason, notBefore := failure(resp, err)
	v.underway.drop(q.page)
	return v.fail(p, ledger.ReasonPartial, "part "+q.url+": "+reason, notBefore)
}

// readPart captures and extracts one more part of an article. The error is from
// writing the capture. A page that cannot be extracted is not treated as a part.
func (v *Visit) readPart(ctx context.Context, resp *fetch.Response) (article.Result, error) {
	if err := reservePage(ctx, resp); err != nil {
		return article.Result{}, nil // ctx has ended
	}
	s := v.show(ctx, resp)
	if s == nil {
		return article.Result{}, nil // ctx has ended
	}
	defer v.env.Reading()()
	if _, err := v.captureShown(ctx, s, resp); err != nil {
		return article.Result{}, err
	}
	res, err := v.extractShown(ctx, s)
	if err != nil || s.err != nil {
		return article.Result{}, nil
	}
	v.settle(ctx, v.wantAssets(&pageJob{url: resp.FinalURL, first: res}, s.page))
	return res, nil
}
