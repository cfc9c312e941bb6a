package crawler

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"pressmark/crawler/frontier"
	"pressmark/crawler/visit"
)

// slowAfter is how long a worker waits for a host before another one stands in for it.
const slowAfter = 2 * time.Second

// standIns is the number of extra workers per worker that may wait for slow hosts,
// so that slow responses do not block the other hosts.
const standIns = 8

// crew is the set of workers of a run. A worker that waits for a slow host is
// replaced, and ends with its task. A waiting worker needs little memory: the bytes
// of bodies have a budget of their own.
type crew struct {
	crawler *Crawler
	ctx     context.Context // of the run
	save    context.Context // of the commits
	wg      sync.WaitGroup
	waiting atomic.Int64 // workers that were replaced
}

// work runs the workers until nothing is left or ctx ends. Commits are made under
// save.
func (c *Crawler) work(ctx, save context.Context) {
	w := &crew{crawler: c, ctx: ctx, save: save}
	for range c.opts.Workers {
		w.wg.Go(w.worker)
	}
	w.wg.Wait()
}

func (w *crew) worker() {
	for {
		lease, err := w.crawler.frontier.Pop(w.ctx)
		if err != nil {
			return // drained, or interrupted
		}
		if w.do(lease) {
			return
		}
	}
}

// do works on one task, and reports whether its worker was replaced meanwhile. The
// host is released when the response arrives; extraction and commit continue
// concurrently.
func (w *crew) do(lease frontier.Lease[visit.Task]) (replaced bool) {
	at := &patience{}
	timer := time.AfterFunc(slowAfter, func() { at.runOut(w.replace) })
	defer timer.Stop()
	f := w.crawler.frontier
	defer f.Done(lease)
	lease.Payload.Visit().Do(w.ctx, w.save, lease.Payload, lease.URL, func() {
		at.end()
		f.Free(lease)
	})
	if at.end() {
		w.waiting.Add(-1)
		return true
	}
	return false
}

// patience is a worker's wait for a host: it ends with the answer, or runs out before.
type patience struct {
	mu           sync.Mutex
	ended, spent bool
}

// runOut has the worker replaced, unless the answer has come.
func (p *patience) runOut(replace func() bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended {
		p.spent = replace()
	}
}

// end reports whether the worker was replaced while it waited.
func (p *patience) end() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	return p.spent
}

// replace starts a worker in place of one that waits, unless too many are waiting.
func (w *crew) replace() bool {
	if w.waiting.Add(1) > int64(w.crawler.opts.Workers*standIns) {
		w.waiting.Add(-1)
		return false
	}
	w.wg.Go(w.worker)
	return true
}
