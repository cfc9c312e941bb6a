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

	"go.opentelemetry.io/otel/trace"

	"pressmark/crawler/batch"
	"pressmark/crawler/frontier"
	"pressmark/crawler/tally"
	"pressmark/crawler/visit"
)

// The nouns of a run, from the packages that own them.
type (
	Job           = visit.Job
	Seed          = visit.Seed
	Summary       = tally.Summary
	SourceProblem = tally.SourceProblem
	Event         = tally.Event
	BatchLimits   = batch.Limits
	CaptureWriter = batch.Writer
)

// Options configure a Crawler. Fetcher is required; the zero value of every other
// field works. Network.Options fills the fields that reach the web.
type Options struct {
	Fetcher visit.Fetcher
	// Ready returns when a host may be asked next. nil: at once.
	Ready    func(host string) time.Time
	Hosts    visit.Hosts
	Captures visit.Captures
	Browser  visit.Browser // for pages that are empty without scripts; nil: none
	Retry    visit.Retry   // Times: default 2, -1 for none; Wait: default 5 s
	Batch    BatchLimits
	Workers  int // number of pages processed at once, over all hosts; default 32
	Readers  int // pages captured and extracted at once, which is computing alone; default GOMAXPROCS
	Now      func() time.Time
	Observe  func(Event) // called for every outcome, concurrently
	Run      string      // name of the run, in captures; "": one is made, see RunID
	Logger   *slog.Logger
	Tracer   trace.Tracer // of spans for visits, requests, pages and batches; nil: none
}

func (o Options) withDefaults() Options {
	if o.Workers == 0 {
		o.Workers = 32
	}
	if o.Readers <= 0 {
		o.Readers = runtime.GOMAXPROCS(0)
	}
	switch o.Retry.Times {
	case 0:
		o.Retry.Times = 2
	case -1:
		o.Retry.Times = 0
	}
	if o.Retry.Wait == 0 {
		o.Retry.Wait = 5 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// Crawler crawls sites. Make one with New; use it for one Run.
type Crawler struct {
	opts     Options
	env      visit.Env
	frontier *frontier.Frontier[visit.Task]
	readers  chan struct{} // holds one for each page that is being read
}

// New returns a Crawler.
func New(o Options) *Crawler {
	o = o.withDefaults()
	c := &Crawler{opts: o, frontier: frontier.New[visit.Task](frontier.Options{Ready: o.Ready}), readers: make(chan struct{}, o.Readers)}
	fetcher := o.Fetcher
	if o.Tracer != nil {
		fetcher = tracedFetcher{o.Fetcher, o.Tracer}
	}
	c.env = visit.Env{Fetcher: fetcher, Hosts: o.Hosts, Push: c.push, Reading: c.reading, Retry: o.Retry, Captures: o.Captures, Browser: o.Browser,
		Batch: o.Batch, Observe: o.Observe, Now: o.Now}
	return c
}

func (c *Crawler) push(t visit.Task, url string, notBefore time.Time) error {
	return c.frontier.Push(frontier.Item[visit.Task]{URL: url, Class: t.Class(), NotBefore: notBefore, Payload: t})
}

// reading waits until a page may be read and returns the function that ends the
// reading.
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
	id := c.opts.Run
	if id == "" {
		var err error
		if id, err = RunID(c.opts.Now()); err != nil {
			return nil, err
		}
	}
	visits, ends := make([]*visit.Visit, len(jobs)), make([]func(*Summary), len(jobs))
	for i, j := range jobs {
		j, ends[i] = tracing{c.opts.Tracer}.begin(ctx, id, j)
		visits[i] = visit.New(&c.env, j, id)
	}
	release := c.frontier.Hold() // until every site has put its seeds in
	for _, v := range visits {
		v.Start(ctx)
	}
	release()
	save, cancel := outlast(ctx, grace)
	defer cancel()
	c.work(ctx, save)
	finish(save, visits)
	out := make([]Summary, len(visits))
	for i, v := range visits {
		out[i] = v.Summary()
		ends[i](&out[i])
		c.report(&out[i])
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

// outlast returns a context that ends d after ctx does, so that work finished before
// a stop can still be committed.
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

// committers is how many sites commit their last batch at once.
const committers = 16

// finish commits the open batches of an interrupted run.
func finish(save context.Context, visits []*visit.Visit) {
	next := make(chan *visit.Visit)
	var wg sync.WaitGroup
	for range min(committers, len(visits)) {
		wg.Go(func() {
			for v := range next {
				v.Finish(save)
			}
		})
	}
	for _, v := range visits {
		next <- v
	}
	close(next)
	wg.Wait()
}

// report logs the results of a site's run.
func (c *Crawler) report(s *Summary) {
	log := c.opts.Logger.With("site", s.Site, "discovered", s.Discovered, "archived", s.Archived, "revised", s.Revised,
		"unchanged", s.Unchanged, "skipped", s.Skipped, "failed", s.Failed, "queued", s.Queued, "images", s.Images,
		"requests", s.Requests, "elapsed", s.Elapsed.Round(time.Millisecond))
	if s.Err != nil {
		log.Error("site stopped", "error", s.Err)
		return
	}
	log.Info("site done")
}

// RunID names a run: its start, so that file names sort by time, and 32 random
// bits, so that two runs never share a name.
func RunID(now time.Time) (string, error) {
	var b [4]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", fmt.Errorf("name the run: %w", err)
	}
	return now.UTC().Format("20060102t150405z") + "-" + hex.EncodeToString(b[:]), nil
}
