package fleet

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/riverqueue/river"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/rhythm"
)

// Visitor holds the methods of the crawler that a worker needs.
type Visitor interface {
	Visit(ctx context.Context, sites []configs.Site) (crawler.Visited, error)
	Next(sites []configs.Site, rhythms []rhythm.Rhythm, last time.Time, failures int) rhythm.Next
	Known(ctx context.Context, sites []configs.Site) (crawler.Known, error)
}

// Options of a Worker. Visitor is required.
type Options struct {
	ID        string // unique in the fleet
	Visitor   Visitor
	Visits    int           // at once; 0: 50
	VisitTime time.Duration // after which a visit is cut, to be taken up after the others; 0: 15 min
	Beat      time.Duration // time between two heartbeats; 0: 10 s
	Leases    *Leases       // nil: none
	Logger    *slog.Logger
	Now       func() time.Time
	Began     func(key string, lag time.Duration) // called when a visit begins: how long after its time; nil: no call
	Ended     func()                              // called when it ends; nil: no call
}

// deadBeats is the number of heartbeats after which a worker that is not heard of counts
// as dead.
const deadBeats = 3

// Worker takes the jobs that are due. Make one with NewWorker; call Run once.
type Worker struct {
	opts   Options
	queue  *Queue
	client client

	mu      sync.Mutex
	sites   map[string][]configs.Site // by key
	running map[int64]running         // visits by job
	healthy time.Time                 // of the last heartbeat but one
	beaten  time.Time                 // of the last heartbeat
}

type running struct {
	cancel context.CancelCauseFunc
	began  time.Time
}

// visitArgs are the arguments of a visit's job.
type visitArgs struct {
	Key string `json:"key" river:"unique"`
}

// Kind implements river.JobArgs.
func (visitArgs) Kind() string { return "visit" }

// NewWorker returns a worker of a queue.
func NewWorker(q *Queue, o Options) (*Worker, error) {
	if o.Visits <= 0 {
		o.Visits = 50
	}
	if o.VisitTime <= 0 {
		o.VisitTime = 15 * time.Minute
	}
	if o.Beat <= 0 {
		o.Beat = 10 * time.Second
	}
	if o.Began == nil {
		o.Began = func(string, time.Duration) {}
	}
	if o.Ended == nil {
		o.Ended = func() {}
	}
	w := &Worker{opts: o, queue: q, running: map[int64]running{}, sites: map[string][]configs.Site{}}
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, river.WorkFunc(w.work)); err != nil {
		return nil, err
	}
	var err error
	w.client, err = q.client(&river.Config{ID: o.ID, Workers: workers, Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: o.Visits}},
		JobTimeout: -1, RescueStuckJobsAfter: 10*o.VisitTime + time.Hour, Logger: quietly(o.Logger),
		FetchPollInterval: time.Second, PollOnly: !q.dialect.postgres})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrQueue, err)
	}
	return w, nil
}

// quietly drops everything below the level of an error from River's own log.
func quietly(log *slog.Logger) *slog.Logger {
	return slog.New(onlyErrors{log.Handler()})
}

type onlyErrors struct{ slog.Handler }

func (h onlyErrors) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelError && h.Handler.Enabled(ctx, level)
}

// Run works until ctx ends. It then ends the visits under way, which commit their
// open batches. beat is called at least once per heartbeat while the worker is
// healthy.
func (w *Worker) Run(ctx context.Context, beat func()) error {
	if err := w.beat(ctx); err != nil {
		return fmt.Errorf("%w: %w", ErrQueue, err)
	}
	if err := w.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("%w: %w", ErrQueue, err)
	}
	beat()
	ticker := time.NewTicker(w.opts.Beat)
	defer ticker.Stop()
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			return w.drain()
		case <-ticker.C:
		}
		w.heartbeat(ctx, n)
		beat()
	}
}

// syncEvery is the number of heartbeats after which the queue is compared with the
// configuration: another worker's configuration may have been older.
const syncEvery = 30

func (w *Worker) heartbeat(ctx context.Context, n int) {
	ctx, cancel := context.WithTimeout(ctx, w.opts.Beat)
	defer cancel()
	if w.opts.Leases != nil {
		w.opts.Leases.renew(ctx)
	}
	if err := w.beat(ctx); err != nil {
		w.warn(ctx, "no answer from the queue", err)
		return
	}
	w.warn(ctx, "jobs of dead workers not rescued", w.rescue(ctx))
	w.warn(ctx, "own jobs not compared", w.fence(ctx))
	if n%syncEvery == 0 {
		w.warn(ctx, "queue not compared with the configuration", w.sync(ctx))
	}
}

func (w *Worker) warn(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		w.opts.Logger.Warn(what, "error", err)
	}
}

// drainTime is how long River may take to note the ends of visits, which themselves
// commit within [crawler.ErrInterrupted]'s eight seconds.
const drainTime = 9500 * time.Millisecond

func (w *Worker) drain() error {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	err := w.client.StopAndCancel(ctx)
	w.forget(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: visits did not end in time; others take them over", ErrQueue)
	}
	return err
}

// SetSites replaces the configuration.
func (w *Worker) SetSites(ctx context.Context, sites []configs.Site) error {
	w.mu.Lock()
	w.sites = Group(sites)
	w.mu.Unlock()
	return w.sync(ctx)
}

// of returns the sites of a key.
func (w *Worker) of(key string) []configs.Site {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sites[key]
}

// errFenced ends the visits of jobs that were given to another worker.
var errFenced = errors.New("the visit was given to another worker")

// work is a job: one visit. It always ends with the time of the next.
func (w *Worker) work(ctx context.Context, job *river.Job[visitArgs]) error {
	key := job.Args.Key
	sites := w.of(key)
	if len(sites) == 0 {
		return river.JobCancel(errors.New("not configured any more"))
	}
	last, err := w.queue.visit(ctx, key)
	if err != nil {
		return w.again(ctx, "the queue's record of the site cannot be read", key, err)
	}
	if last.ended.IsZero() { // the queue is new: the log knows better than to visit at once
		if wait := w.knownWait(ctx, sites); wait > 0 {
			return river.JobSnooze(wait)
		}
	}
	w.opts.Began(key, w.opts.Now().Sub(job.ScheduledAt))
	defer w.opts.Ended()
	under, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	under, stop := context.WithTimeout(under, w.opts.VisitTime)
	defer stop()
	w.begin(job.ID, cancel)
	defer w.end(job.ID)
	done, err := w.opts.Visitor.Visit(under, sites)
	switch {
	case errors.Is(context.Cause(under), errFenced):
		w.opts.Logger.Warn("visit ended: another worker has it", "key", key)
		return river.JobSnooze(0)
	case ctx.Err() != nil: // the program ends
		return river.JobSnooze(0)
	case err != nil:
		return w.again(ctx, "visit not made", key, err)
	}
	return w.putOff(ctx, key, sites, last, done)
}

// knownWait returns how long a site of which the queue knows nothing has still to wait,
// by its log.
func (w *Worker) knownWait(ctx context.Context, sites []configs.Site) time.Duration {
	known, err := w.opts.Visitor.Known(ctx, sites)
	if err != nil || known.Last.IsZero() {
		return 0
	}
	return w.opts.Visitor.Next(sites, known.Rhythms, known.Last, 0).At.Sub(w.opts.Now())
}

// storeWait is the pause after a fault of the store or the queue.
const storeWait = 30 * time.Second

func (w *Worker) again(ctx context.Context, what, key string, err error) error {
	w.warn(ctx, what+"; it is tried again in "+storeWait.String(), fmt.Errorf("%s: %w", key, err))
	return river.JobSnooze(storeWait)
}

// putOff notes a visit and sets the time of the next.
func (w *Worker) putOff(ctx context.Context, key string, sites []configs.Site, last visitRow, done crawler.Visited) error {
	now := w.opts.Now()
	row := visitRow{key: key, ended: now, succeeded: last.succeeded, worker: w.opts.ID}
	switch {
	case done.Failed:
		row.failures = last.failures + 1
	default:
		row.succeeded = now
	}
	next := w.opts.Visitor.Next(sites, done.Rhythms, now, row.failures)
	if done.Cut && !done.Failed {
		next = rhythm.Next{At: now.Add(time.Second), Reason: fmt.Sprintf("the visit took longer than %v and goes on after the others", w.opts.VisitTime)}
	}
	row.due, row.why = next.At, next.Reason
	if err := w.queue.note(ctx, row); err != nil {
		w.warn(ctx, "visit not noted in the queue", err)
	}
	w.opts.Logger.Info("next visit", "key", key, "at", next.At.UTC().Format(time.RFC3339), "why", next.Reason)
	return river.JobSnooze(max(next.At.Sub(now), 0))
}

func (w *Worker) begin(job int64, cancel context.CancelCauseFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running[job] = running{cancel, time.Now()}
}

func (w *Worker) end(job int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.running, job)
}

// spread is the time over which the first visits of new sites are spread, for each site:
// a fleet that starts with an empty queue does not begin everywhere at once.
func spread(sites int) time.Duration {
	return time.Duration(rand.Int64N(int64(min(max(sites, 1), 3000)) * int64(50*time.Millisecond)))
}
