package crawler

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"pressmark/configs"
	"pressmark/crawler/frontier"
	"pressmark/storage/ledger"
)

// Options are what a Crawler needs. Fetcher is required; the zero value of
// every other field works. Network.Options fills those that reach the web.
type Options struct {
	Fetcher Fetcher
	// Ready tells when a host may be asked next. nil: at once.
	Ready func(host string) time.Time
	// SetDelay is told the spacing that a site's configuration asks for on one
	// of its hosts. nil: it is not told.
	SetDelay func(host string, d time.Duration)
	// Spacing is the time between two requests to a host, as far as it is known.
	// nil: short.
	Spacing func(host string) time.Duration
	// Sitemaps returns the sitemaps that robots.txt of the URL's host names;
	// the allowed hosts may have private addresses. nil: none.
	Sitemaps func(url string, allowed []string) []string
	// NewCapture opens a capture file; nil: captures are off.
	NewCapture func(file string) (CaptureWriter, error)
	// CaptureImages puts the images' exchanges into the capture as well.
	CaptureImages bool
	Batch         BatchLimits
	Workers       int           // pages in work at once over all hosts; default 32
	Readers       int           // pages captured and extracted at once, which is computing alone; default GOMAXPROCS
	Retries       int           // of a request within a run, after temporary failures; default 2, -1 for none
	RetryWait     time.Duration // before the first retry, twice as long before the second; default 5 s
	Now           func() time.Time
	Observe       func(Event) // called for every outcome, concurrently
	Logger        *slog.Logger
}

// Job is one site to crawl.
type Job struct {
	Site      *configs.Site
	Seeds     []Seed // where to begin
	Archive   Archive
	Extractor Extractor

	Since, Until time.Time // only articles published in [Since, Until); zero: open
	Limit        int       // articles archived at most; 0: no limit
	Depth        int       // list pages below a seed; negative: the site's own
	Resume       bool      // take up all that the log holds as unfinished or due, not only what these seeds lead to
	Revisit      bool      // look again at articles that are due
	Refetch      bool      // ignore validators: fetch again and compare

	// Close commits what the run learned; Run calls it when the site's run has
	// ended without an error. nil: nothing.
	Close func(ctx context.Context) error
}

// Seed is a place where a run begins. The zero value of Ends means that new
// links may appear there at any time.
type Seed struct {
	configs.Source
	// Ends is when a page of a dated archive lists all that it ever will. Once
	// it was read after that, it is not visited again.
	Ends time.Time
}

// Crawler crawls sites. Make one with New; use it for one Run.
type Crawler struct {
	opts     Options
	now      func() time.Time
	frontier *frontier.Frontier[task]
	readers  chan struct{} // holds one for each page that is being read
}

// New returns a Crawler.
func New(o Options) *Crawler {
	if o.Workers == 0 {
		o.Workers = 32
	}
	if o.Readers <= 0 {
		o.Readers = runtime.GOMAXPROCS(0)
	}
	switch o.Retries {
	case 0:
		o.Retries = 2
	case -1:
		o.Retries = 0
	}
	if o.RetryWait == 0 {
		o.RetryWait = 5 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	o.Batch = o.Batch.withDefaults()
	return &Crawler{opts: o, now: o.Now, frontier: frontier.New[task](frontier.Options{Ready: o.Ready}), readers: make(chan struct{}, o.Readers)}
}

// reading waits until a page may be read and returns what ends that.
func (c *Crawler) reading() (done func()) {
	c.readers <- struct{}{}
	return func() { <-c.readers }
}

// ErrInterrupted is returned by Run when ctx ended first. What was done by
// then is committed.
var ErrInterrupted = errors.New("interrupted")

// Run crawls the sites and returns one summary each, in the order of jobs. One
// site's failure does not end the others' runs: see Summary.Err. The error is
// ErrInterrupted, or nil.
func (c *Crawler) Run(ctx context.Context, jobs []Job) ([]Summary, error) {
	id, err := runID(c.now())
	if err != nil {
		return nil, err
	}
	runs := make([]*siteRun, len(jobs))
	for i, j := range jobs {
		runs[i] = c.newSiteRun(j, id)
	}
	release := c.frontier.Hold() // until every site has put its seeds in
	for _, r := range runs {
		r.start()
	}
	release()
	save, cancel := outlast(ctx, grace)
	defer cancel()
	c.work(ctx, save)
	out := make([]Summary, len(runs))
	c.finish(save, runs)
	for i, r := range runs {
		out[i] = r.summary()
	}
	if ctx.Err() != nil {
		return out, fmt.Errorf("crawl: %w", ErrInterrupted)
	}
	for i, j := range jobs {
		if out[i].Err != nil || j.Close == nil {
			continue
		}
		if err := j.Close(ctx); err != nil {
			out[i].Err, out[i].Problem = err, err.Error()
		}
	}
	return out, nil
}

// grace is how long batches may take to be committed after the run was stopped:
// all of them together, so that it ends within ten seconds however many sites
// it has and whatever the store does.
const grace = 8 * time.Second

// outlast returns a context that ends d after ctx does: what was done before
// the stop is committed after it.
func outlast(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	out, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel()
		case <-out.Done():
		}
	})
	return out, func() { stop(); cancel() }
}

// work runs the workers until nothing is left or ctx ends. Commits are made
// under save.
func (c *Crawler) work(ctx, save context.Context) {
	var wg sync.WaitGroup
	for range c.opts.Workers {
		wg.Go(func() {
			for {
				lease, err := c.frontier.Pop(ctx)
				if err != nil {
					return // drained, or interrupted
				}
				c.do(ctx, save, lease)
			}
		})
	}
	wg.Wait()
}

// do works on one task. Its host is free for the next request as soon as the
// answer is there; reading the page and committing go on beside that.
func (c *Crawler) do(ctx, save context.Context, lease frontier.Lease[task]) {
	t, url := lease.Payload, lease.URL
	r := t.run
	defer c.frontier.Done(lease)
	defer r.done(save)
	if r.isStopped() {
		return
	}
	t.free = func() { c.frontier.Free(lease) }
	var err error
	switch t.kind {
	case taskSource:
		err = r.visitSource(ctx, t, url)
	case taskPage, taskRevisit:
		err = r.visitPage(ctx, t, url)
	case taskPart:
		err = r.visitPart(ctx, t, url)
	case taskImage:
		err = r.visitImage(ctx, t, url)
	}
	if err != nil && ctx.Err() == nil {
		r.stop(err)
	}
}

// committers is how many sites commit their last batch at once.
const committers = 16

// finish commits what an interrupted run has in hand and logs what each site's
// run came to.
func (c *Crawler) finish(save context.Context, runs []*siteRun) {
	next := make(chan *siteRun)
	var wg sync.WaitGroup
	for range min(committers, len(runs)) {
		wg.Go(func() {
			for r := range next {
				if err := r.commit(save, true); err != nil {
					r.stop(err)
				}
			}
		})
	}
	for _, r := range runs {
		next <- r
	}
	close(next)
	wg.Wait()
	for _, r := range runs {
		c.tell(r)
	}
}

// tell logs what a site's run came to.
func (c *Crawler) tell(r *siteRun) {
	s := r.summary()
	log := c.opts.Logger.With("site", s.Site, "discovered", s.Discovered, "archived", s.Archived, "revised", s.Revised,
		"unchanged", s.Unchanged, "skipped", s.Skipped, "failed", s.Failed, "queued", s.Queued, "images", s.Images,
		"requests", s.Requests, "elapsed", s.Elapsed.Round(time.Millisecond))
	if s.Err != nil {
		log.Error("site stopped", "error", s.Err)
		return
	}
	log.Info("site done")
}

func (r *siteRun) observe(e Event) {
	if r.c.opts.Observe != nil {
		e.Site = r.site.Name
		r.c.opts.Observe(e)
	}
}

// runID names a run: its start, so that file names sort by time, and 32 random
// bits, so that two runs never share a name.
func runID(now time.Time) (string, error) {
	var b [4]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", fmt.Errorf("name the run: %w", err)
	}
	return now.UTC().Format("20060102t150405z") + "-" + hex.EncodeToString(b[:]), nil
}

// task is one request to make. It is small, because the frontier may hold a million.
type task struct {
	run       *siteRun
	free      func() // gives the host back once the answer is there; only while in work
	from      string // source: where it was found
	list      string // source: first page of the list that this is a further page of
	page      uint32 // part, image: the article under way
	pages     uint16 // source: next pages followed so far
	image     uint16 // image: index in the article
	kind      taskKind
	depth     uint8
	alternate uint8       // image: addresses tried after the first
	guess     bool        // source: a well-known place, no failure if nothing is there
	once      bool        // source: one page of a dated archive, visited while it is asked for
	noted     bool        // source: each look is recorded, because the next one is counted from it
	source    ledger.Kind // source: what it is expected to be
}

type taskKind uint8

const (
	taskImage taskKind = iota
	taskPart
	taskSource
	taskPage
	taskRevisit
)

// class is a task's place in the frontier: articles under way are finished first.
func (k taskKind) class() frontier.Class {
	switch k {
	case taskImage, taskPart:
		return frontier.Finish
	case taskSource:
		return frontier.Source
	case taskPage:
		return frontier.Article
	}
	return frontier.Revisit
}
