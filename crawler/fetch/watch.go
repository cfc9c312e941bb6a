package fetch

import (
	"context"
	"io"
	"sync/atomic"
	"time"
)

// watched is a body on the wire, held to its limits of time: each piece sets back the
// idle timer, and from the grace time on, each window must bring its share.
type watched struct {
	in     io.Reader
	job    *job
	limits *Limits
	cancel context.CancelCauseFunc
	idle   *time.Timer
	slow   *time.Timer
	came   atomic.Int64 // in the window
}

func (c *Client) watch(in io.Reader, cancel context.CancelCauseFunc, j *job) *watched {
	w := &watched{in: in, job: j, limits: &c.opts.Limits, cancel: cancel}
	w.idle = time.AfterFunc(w.limits.Idle, func() { cancel(errIdle) })
	w.slow = time.AfterFunc(w.limits.Grace, w.check)
	return w
}

// check ends a body that drips.
func (w *watched) check() {
	if w.came.Swap(0) < int64(float64(w.limits.Rate)*w.limits.Grace.Seconds()) {
		w.cancel(errSlow)
		return
	}
	w.slow.Reset(w.limits.Grace)
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.in.Read(p)
	if n > 0 {
		w.came.Add(int64(n))
		w.idle.Reset(w.limits.Idle)
	}
	return n, err
}

// pause waits for memory. That is not the server's time.
func (w *watched) pause(ctx context.Context, size int64) error {
	w.stop()
	defer func() {
		w.idle.Reset(w.limits.Idle)
		w.slow.Reset(w.limits.Grace)
	}()
	return w.job.lease.Grow(ctx, size)
}

func (w *watched) stop() {
	w.idle.Stop()
	w.slow.Stop()
}
