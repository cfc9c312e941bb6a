package visit

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/crawler/render"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// requested are the requests of one page in a browser. They pass the same network as
// all others: robots.txt, pace, guard of addresses, caps. Each has a record of the
// kind asset. Safe for concurrent use.
type requested struct {
	visit *Visit
	page  string // its address

	mu    sync.Mutex
	list  []*requestedPart
	ended bool // what comes now is not captured any more
}

// requestedPart is one of them.
type requestedPart struct {
	url  string
	kind ledger.Kind
	resp *fetch.Response // nil: there was no answer
	err  error
	hops []warc.Exchange
	from int // number of the first of its hops among all
}

// errLeft is the answer to requests that a visit does not make.
var errLeft = errors.New("left out")

// Fetch implements render.Fetcher.
func (r *requested) Fetch(ctx context.Context, q render.Request) (*render.Answer, error) {
	v := r.visit
	otherSite := q.Kind == render.Document && !v.scope.local(q.URL)
	if otherSite || v.removed(q.URL) || v.job.Site.Excludes(q.URL) {
		return nil, errLeft
	}
	if q.Kind == render.Script || q.Kind == render.Style {
		return v.scripts.get(ctx, q.URL, func() (*render.Answer, error) { return r.make(ctx, q) })
	}
	return r.make(ctx, q)
}

func (r *requested) make(ctx context.Context, q render.Request) (*render.Answer, error) {
	v := r.visit
	if !v.budget.spend() {
		return nil, errLeft
	}
	v.setDelay(hostOf(q.URL))
	kind := fetch.Asset
	if q.Kind == render.Document {
		kind = fetch.Page // which is not read if it is a film
	}
	req := v.permitted(fetch.Request{Kind: kind, Header: q.Header, Record: v.env.Captures.Open != nil}) // the site's proxy too
	req.URL = q.URL
	resp, err := v.env.Fetcher.Get(ctx, req)
	resp, err = v.counted(q.URL, resp, err)
	if ctx.Err() == nil || resp != nil {
		r.add(&requestedPart{url: q.URL, kind: kindOfPart(q.Kind), resp: resp, err: err})
	}
	if err != nil {
		return nil, err
	}
	return &render.Answer{URL: resp.FinalURL, Status: resp.Status, Header: resp.Header, Body: resp.Body}, nil
}

// kindOfPart distinguishes what the site's pages share from what a page shows.
func kindOfPart(k render.Kind) ledger.Kind {
	if k == render.Script || k == render.Style {
		return ledger.KindAsset
	}
	return ledger.KindData
}

func (r *requested) add(p *requestedPart) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended {
		p.resp.Release()
		return
	}
	r.list = append(r.list, p)
}

// release gives the memory of the answers back.
func (r *requested) release() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
	for _, p := range r.list {
		p.resp.Release()
	}
}

// takenParts are the requests of a page to be captured and logged.
type takenParts struct {
	visit *Visit
	page  string
	list  []*requestedPart
	hops  []warc.Exchange
}

// taken ends the requests of the page and returns them in the order of their addresses,
// so that captures do not depend on which answer came first.
func (r *requested) taken() takenParts {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
	t := takenParts{visit: r.visit, page: r.page, list: r.list}
	slices.SortStableFunc(t.list, func(a, b *requestedPart) int { return cmp.Compare(a.url, b.url) })
	for _, p := range t.list {
		p.from = len(t.hops)
		if p.resp == nil || r.visit.leadsToRemoved(p.resp) {
			continue
		}
		p.hops = p.resp.Hops
		if n := len(p.hops); n > 0 {
			r.visit.sameAsBefore(p.url, &p.hops[n-1])
		}
		t.hops = append(t.hops, p.hops...)
	}
	return t
}

// sameAsBefore makes an exchange a revisit record if the asset's earlier capture has the
// same payload.
func (v *Visit) sameAsBefore(url string, x *warc.Exchange) {
	sum := sha256.Sum256(x.ResponseBody)
	x.PayloadSHA256 = hex.EncodeToString(sum[:])
	rec, _ := v.job.Archive.Lookup(url)
	if isPart(rec) && rec.Article != "" && rec.Digest == x.PayloadSHA256 {
		x.Revisit = &warc.Original{URL: x.URL, Date: rec.Captured}
	}
}

// outcome returns the records of the requests. places are those of the hops; nil where
// they are not known.
func (t takenParts) outcome(places []warc.Location) (o Outcome) {
	for _, p := range t.list {
		if rec, ok := t.record(p, places); ok {
			o.logged(rec)
		}
	}
	return o
}

func isPart(rec ledger.Record) bool {
	return rec.Kind == ledger.KindAsset || rec.Kind == ledger.KindData
}

// record returns the record of a request; false if its address has one as a page or
// a source.
func (t takenParts) record(p *requestedPart, places []warc.Location) (ledger.Record, bool) {
	rec, known := t.visit.job.Archive.Lookup(p.url)
	if known && !isPart(rec) {
		return rec, false
	}
	rec.URL, rec.ID, rec.Kind, rec.Due, rec.Source = p.url, article.ID(p.url), p.kind, time.Time{}, cmp.Or(rec.Source, t.page)
	if p.err != nil || p.resp.Status != http.StatusOK {
		reason, _ := failure(p.resp, p.err)
		rec.Outcome, rec.Reason, rec.Status = ledger.Skipped, reason, 0
		if p.resp != nil {
			rec.Status = p.resp.Status
		}
		return rec, true
	}
	rec.Status, rec.ETag, rec.LastMod = p.resp.Status, p.resp.ETag, p.resp.LastModified
	n := len(p.hops)
	if n == 0 || len(places) == 0 { // captures are off
		rec.Outcome, rec.Reason = ledger.Skipped, ledger.ReasonNotCaptured
		return rec, true
	}
	last, at := p.hops[n-1], places[p.from+n-1]
	if last.Revisit != nil {
		rec.Outcome, rec.Reason = ledger.Unchanged, ledger.ReasonSamePayload
		return rec, true
	}
	rec.Outcome, rec.Reason, rec.Digest = ledger.Archived, "", last.PayloadSHA256
	rec.Article, rec.Detail = at.File, fmt.Sprintf("%s %d %d", at.File, at.Offset, at.Length)
	rec.Captured = p.resp.Started.UTC().Truncate(time.Second)
	return rec, true
}

// scripts keeps the scripts and stylesheets that a site's pages share: each is fetched
// once a run. Safe for concurrent use; the zero value is empty.
type scripts struct {
	mu    sync.Mutex
	known map[string]*script
	size  int64
}

type script struct {
	done   chan struct{}
	answer *render.Answer // nil: it could not be fetched
}

// scriptsMost bounds the scripts that are kept, in bytes.
const scriptsMost = 64 << 20

// get returns a script, which make fetches. The error of a fetch is not kept: the next
// page tries again.
func (s *scripts) get(ctx context.Context, url string, fetch func() (*render.Answer, error)) (*render.Answer, error) {
	s.mu.Lock()
	one, known := s.known[url]
	if !known {
		one = &script{done: make(chan struct{})}
		if s.known == nil {
			s.known = map[string]*script{}
		}
		s.known[url] = one
	}
	s.mu.Unlock()
	if !known {
		answer, err := fetch()
		s.keep(url, one, answer)
		return answer, err
	}
	select {
	case <-one.done:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if one.answer == nil {
		return nil, errLeft
	}
	return one.answer, nil
}

func (s *scripts) keep(url string, one *script, answer *render.Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer close(one.done)
	if answer == nil {
		delete(s.known, url)
		return
	}
	one.answer = answer
	s.size += int64(len(answer.Body))
	if answer.Status != http.StatusOK || s.size > scriptsMost {
		delete(s.known, url)
		s.size -= int64(len(answer.Body))
	}
}
