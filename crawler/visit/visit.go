package visit

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"pressmark/crawler/batch"
	"pressmark/crawler/tally"
)

// Visit is one site's run. Its parts have their own locks; it has none. Make
// one with New.
type Visit struct {
	env     *Env
	job     Job
	scope   scope
	began   time.Time
	earlier earlier // what the log holds as unfinished

	tally    *tally.Tally
	batches  *batch.Batches
	identity *identity
	sources  *sources
	underway *underway
	bounds
	life life

	scripts  scripts     // that pages shown in a browser share
	scripted atomic.Bool // a page of the run was shown in a browser
}

// bounds keep a run within what it may spend.
type bounds struct {
	budget *budget // requests, articles, depth
	traps  *traps  // endless addresses
	forms  *Forms  // guesses
}

// New returns a visit to a job's site. run names the run in the capture files'
// names.
func New(env *Env, job Job, run string) *Visit {
	began := env.Now()
	return &Visit{
		env: env, job: job, began: began, scope: scope{job.Site, job.Since, job.Until},
		tally: tally.New(job.Site.Name, env.Observe),
		batches: batch.New(batch.Options{Site: job.Site.Name, Run: run, Archive: job.Archive, Limits: env.Batch,
			NewCapture: env.Captures.Open, Now: env.Now}),
		identity: newIdentity(job.Archive), sources: newSources(), underway: newUnderway(),
		bounds: bounds{newBudget(job), newTraps(began), formsOf(job)},
	}
}

// Do works on one of the visit's tasks. free gives the host back: it is called
// when the response has arrived, so that the next request goes out while this
// page is read. Batches are committed under save.
func (v *Visit) Do(ctx, save context.Context, t Task, url string, free func()) {
	defer v.done(save)
	if v.life.stopped() != nil {
		return
	}
	q := request{Task: t, url: url, free: free, commit: func() { v.commit(save, false) }, got: &answer{}}
	defer q.got.release()
	v.settle(ctx, v.handle(ctx, q))
}

func (v *Visit) handle(ctx context.Context, q request) Outcome {
	switch q.kind {
	case list:
		o := v.visitSource(ctx, q)
		o.add(v.takeUpAfter(q.url))
		return o
	case part:
		return v.visitPart(ctx, q)
	case image:
		return v.visitImage(ctx, q)
	case proving:
		return v.visitProof(ctx, q)
	case asset:
		return v.visitAsset(ctx, q)
	}
	return v.visitPage(ctx, q)
}

// done ends one task; the last one ends the site's run.
func (v *Visit) done(save context.Context) {
	v.commit(save, false)
	if v.life.end() {
		v.life.finish(v.env.Now())
		v.commit(save, true)
	}
}

// Finish commits what an interrupted run has in hand.
func (v *Visit) Finish(save context.Context) { v.commit(save, true) }

func (v *Visit) commit(save context.Context, force bool) {
	if err := v.batches.Commit(save, force); err != nil {
		v.stop(err)
	}
}

// stop ends the site's run early: nothing of it is fetched or committed any more.
func (v *Visit) stop(err error) {
	v.life.stop(err)
	v.batches.Stop()
}

// Summary returns the results of the run.
func (v *Visit) Summary() tally.Summary {
	committed, lost := v.batches.Committed()
	v.tally.NotCommitted(lost)
	s := v.tally.Summary()
	for _, rec := range v.sources.leftAlone() {
		s.Listed, s.Usual, s.Missed = s.Listed+rec.Links, s.Usual+rec.Usual, s.Missed+max(0, rec.Usual-rec.Links)
	}
	s.Batches, s.Drift = committed, v.job.Readings.Finding(v.env.Now())
	s.Elapsed = v.life.until(v.env.Now()).Sub(v.began)
	if s.Err = v.life.stopped(); s.Err != nil {
		s.Problem = s.Err.Error()
	}
	return s
}

// life is the duration of a run: it lasts while there are tasks and until it is
// stopped. The zero value is the life of a run that begins.
type life struct {
	mu    sync.Mutex
	open  int // tasks in the frontier or under way
	err   error
	ended time.Time // when the last task ended; zero before
}

// begin counts a task that is queued; false if the run was stopped.
func (l *life) begin() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return false
	}
	l.open++
	return true
}

// end reports whether the task that ends was the last.
func (l *life) end() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open--
	return l.open == 0
}

func (l *life) finish(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = now
}

func (l *life) stop(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err == nil {
		l.err = err
	}
}

func (l *life) stopped() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

// until returns the end of the run, or now if it has not ended.
func (l *life) until(now time.Time) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended.IsZero() {
		return now
	}
	return l.ended
}
