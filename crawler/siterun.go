package crawler

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"runtime"
	"strings"
	"sync"
	"time"

	"pressmark/configs"
	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/extract/article"
	"pressmark/extract/weburl"
	"pressmark/storage/ledger"
)

// siteRun is one site's run: what it has seen, what is under way, what it came to.
type siteRun struct {
	c     *Crawler
	job   Job
	site  *configs.Site
	scope scope
	id    string // of the run, part of the capture files' names
	began time.Time
	seed  maphash.Seed
	waits map[string]bool // seeds that this run leaves out, as their Each says; written before it begins

	committing sync.Mutex // held while a batch is committed

	mu       sync.Mutex // guards all below
	batch    *batch
	lost     []*batch                 // closed, and not committed
	seen     map[uint64]uint16        // hash of a page's URL -> index into outcomes
	sources  map[uint64]bool          // hashes of the sources' URLs that this run visits
	quiet    map[uint64]bool          // what an index says of its sitemaps, by the hash of their URLs
	left     map[uint64]ledger.Record // sitemaps that are left alone
	outcomes []tallyKey
	counts   []int
	led      map[uint64]int  // how many pages in a row sent their reader on, to this one
	attempts map[uint64]int  // tries within this run
	hosts    map[string]bool // that this run asks
	pages    map[uint32]*pageJob
	nextPage uint32
	claimed  map[string]*claim          // article id -> who writes it in this run
	stories  *stories                   // that are known, for those that come under another address; nil until asked for
	open     int                        // items of this site in the frontier or under way
	below    map[string][]ledger.Record // what the log holds as unfinished, by the source it was found on; nil until asked for
	taken    int                        // articles accepted, for the limit
	fetched  int                        // requests for pages and sources, for the budget
	trap     *discover.Budget
	stopped  error
	batches  int
	ended    time.Time // when its last task ended; zero while it goes on
	sum      Summary
}

// claim says which page of this run writes an article.
type claim struct {
	url    string
	title  uint64   // its hash: a title shares the memory of the whole page's text
	of     string   // the article that it turned out to repeat, "" where it is one of its own
	others []string // pages that came later and are aliases of it
}

func (c *Crawler) newSiteRun(job Job, id string) *siteRun {
	return &siteRun{
		c: c, job: job, site: job.Site, id: id, began: c.now(), seed: maphash.MakeSeed(),
		scope: scope{job.Site, job.Since, job.Until},
		batch: newBatch(1), seen: map[uint64]uint16{}, trap: &discover.Budget{Today: c.now()}, sources: map[uint64]bool{}, quiet: map[uint64]bool{}, left: map[uint64]ledger.Record{}, led: map[uint64]int{}, attempts: map[uint64]int{}, hosts: map[string]bool{},
		pages: map[uint32]*pageJob{}, claimed: map[string]*claim{}, waits: map[string]bool{},
		sum: Summary{Site: job.Site.Name},
	}
}

func (r *siteRun) hash(url string) uint64 { return maphash.String(r.seed, url) }

// pushPage queues a page once a run.
func (r *siteRun) pushPage(url string, kind taskKind, depth int) {
	if !r.claimPage(url) {
		return
	}
	r.push(task{kind: kind, depth: uint8(min(depth, 255))}, url, time.Time{})
}

// pushSource queues a feed, sitemap or list page once a run.
func (r *siteRun) pushSource(url string, t task) {
	if r.claimSource(url) {
		t.kind = taskSource
		r.push(t, url, time.Time{})
	}
}

// claimSource is claimPage for feeds, sitemaps and list pages.
func (r *siteRun) claimSource(url string) bool {
	h := r.hash(url)
	r.mu.Lock()
	defer r.mu.Unlock()
	taken := r.sources[h]
	r.sources[h] = true
	delete(r.left, h)
	return !taken
}

// push puts a task into the frontier that all sites share.
func (r *siteRun) push(t task, url string, at time.Time) {
	r.mu.Lock()
	if r.stopped != nil {
		r.mu.Unlock()
		return
	}
	r.open++
	r.mu.Unlock()
	r.setDelay(weburl.HostOf(url))
	t.run, t.free = r, nil
	err := r.c.frontier.Push(frontier.Item[task]{URL: url, Site: r.site.Name, Class: t.kind.class(), NotBefore: at, Payload: t})
	if err != nil { // an address that no request can be made to: of an image, or in a broken log
		r.mu.Lock()
		r.open--
		r.mu.Unlock()
		r.refuse(t, url)
	}
}

// setDelays tells the spacing of all hosts that the site names: a redirect may
// lead to one of which nothing is queued.
func (r *siteRun) setDelays() {
	for _, host := range r.site.Hosts {
		if !strings.HasPrefix(host, "*") {
			r.setDelay(host)
		}
	}
}

// setDelay tells the spacing that the site asks for on one of its hosts, once.
func (r *siteRun) setDelay(host string) {
	if r.site.Delay <= 0 || r.c.opts.SetDelay == nil {
		return
	}
	r.mu.Lock()
	fresh := !r.hosts[host]
	r.hosts[host] = true
	r.mu.Unlock()
	if fresh && r.site.HasHost(host) {
		r.c.opts.SetDelay(host, r.site.Delay)
	}
}

// done ends one task; the last one ends the site's run.
func (r *siteRun) done(ctx context.Context) {
	err := r.commit(ctx, false)
	if err != nil {
		r.stop(err)
	}
	r.mu.Lock()
	r.open--
	last := r.open == 0
	r.mu.Unlock()
	if last {
		r.ended = r.c.now()
		if err := r.commit(ctx, true); err != nil {
			r.stop(err)
		}
	}
}

// stop ends the site's run early: nothing of it is fetched or committed any more.
func (r *siteRun) stop(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped == nil {
		r.stopped = err
	}
}

func (r *siteRun) isStopped() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.stopped != nil
}

// spend takes one request from the site's budget; false when it is spent.
func (r *siteRun) spend() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fetched >= r.budget() {
		return false
	}
	r.fetched++
	return true
}

// Default budgets of one site's run.
const (
	defaultURLs  = 200_000 // requests for pages and sources
	defaultPages = 200     // next pages followed from one list
	defaultDepth = 1       // list pages below a seed
)

func (r *siteRun) budget() int {
	if r.site.Limits.URLs > 0 {
		return r.site.Limits.URLs
	}
	return defaultURLs
}

func (r *siteRun) depth() int {
	switch {
	case r.job.Depth >= 0:
		return r.job.Depth
	case r.site.Limits.Depth > 0:
		return r.site.Limits.Depth
	}
	return defaultDepth
}

// fetch makes one request for the site and counts it.
func (r *siteRun) fetch(ctx context.Context, t task, req fetch.Request) (*fetch.Response, error) {
	req.AllowHosts = r.site.AllowPrivate
	req.Record = r.c.opts.NewCapture != nil && (req.Kind != fetch.Image || r.c.opts.CaptureImages)
	resp, err := r.c.opts.Fetcher.Get(ctx, req)
	t.free()
	runtime.Gosched() // the host's next request goes out before this page is read, which takes longer than the answer
	if resp != nil {
		for _, hop := range resp.Chain {
			r.job.Archive.Asked(hop.URL)
			r.setDelay(weburl.HostOf(hop.URL)) // one that "*.example.com" covers may show here first
		}
	}
	var fe *fetch.Error
	if resp != nil && errors.As(err, &fe) && fe.Code == fmt.Sprintf("http_%d", resp.Status) {
		err = nil // an answer, if not a welcome one
	}
	r.mu.Lock()
	if !held(req.URL, err) {
		r.sum.Requests++
	}
	if resp != nil {
		r.sum.Bytes += int64(len(resp.Body))
	}
	r.mu.Unlock()
	return resp, err
}

// held tells whether a request was held back: a rule of ours, of the site's
// robots.txt or of its pace kept it from being sent. Of one that was redirected,
// the first part was sent.
func held(url string, err error) bool {
	var fe *fetch.Error
	if !errors.As(err, &fe) || fe.URL != url {
		return false
	}
	switch fe.Code {
	case fetch.CodeRobotsDisallowed, fetch.CodeRobotsUnreachable, fetch.CodePrivateAddress, fetch.CodeHostParked, fetch.CodeNotReady,
		fetch.CodeBadURL, fetch.CodeURLTooLong, fetch.CodeBadPort:
		return true
	}
	return false
}

// again tells whether a request that failed is repeated in this run, and when.
func (r *siteRun) again(url string, err error) (time.Time, bool) {
	var fe *fetch.Error
	if !errors.As(err, &fe) || !fe.Temporary() {
		return time.Time{}, false
	}
	h := r.hash(url)
	r.mu.Lock()
	r.attempts[h]++
	n := r.attempts[h]
	r.mu.Unlock()
	at := r.c.now().Add(time.Duration(n) * r.c.opts.RetryWait)
	if n > r.c.opts.Retries || fe.RetryAt.After(at.Add(time.Minute)) {
		return time.Time{}, false
	}
	if fe.RetryAt.After(at) {
		at = fe.RetryAt
	}
	return at, true
}

// summary is what the run came to.
func (r *siteRun) summary() Summary {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped != nil {
		r.uncount(append(r.lost, r.batch)...)
	}
	s := r.sum
	t := tally{}
	for i, k := range r.outcomes {
		if r.counts[i] > 0 {
			t[k] += r.counts[i]
		}
	}
	t.fill(&s)
	for _, rec := range r.left {
		s.Listed, s.Usual, s.Missed = s.Listed+rec.Links, s.Usual+rec.Usual, s.Missed+max(0, rec.Usual-rec.Links)
	}
	s.Batches = r.batches
	s.Elapsed = r.ended.Sub(r.began)
	if r.ended.IsZero() {
		s.Elapsed = r.c.now().Sub(r.began)
	}
	if s.Err = r.stopped; s.Err != nil {
		s.Problem = s.Err.Error()
	}
	return s
}

func kindOf(t configs.SourceType) ledger.Kind {
	switch t {
	case configs.Feed:
		return ledger.KindFeed
	case configs.Sitemap:
		return ledger.KindMap
	case configs.Page:
		return ledger.KindList
	}
	return kindUnknown
}

// kindUnknown marks a seed of which only its answer tells what it is.
const kindUnknown ledger.Kind = "unknown"

// refuse ends a task whose address no request can be made to.
func (r *siteRun) refuse(t task, url string) {
	switch t.kind {
	case taskPage, taskRevisit:
		r.record(ledger.Record{URL: url, ID: article.ID(url), Outcome: ledger.Skipped, Reason: fetch.CodeBadURL})
		r.count(url, ledger.Skipped, fetch.CodeBadURL)
	case taskImage:
		if p := r.pageOf(t.page); p != nil {
			p.art.Images[t.image].Status = article.ImageMissing
			if err := r.imageDone(t.page, p); err != nil {
				r.stop(err)
			}
		}
	}
}
