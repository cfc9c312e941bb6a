package search

import (
	"context"
	"sync"
	"time"
)

// Follower keeps an index up to date for many readers. Make one with [NewFollower].
type Follower struct {
	every time.Duration
	now   func() time.Time
	do    func(context.Context) error
	mu    sync.Mutex
	last  time.Time
}

// NewFollower returns a follower that calls do, not more often than every so often,
// and once where several readers ask at one time.
func NewFollower(every time.Duration, now func() time.Time, do func(context.Context) error) *Follower {
	return &Follower{every: every, now: now, do: do}
}

// CatchUp calls do if it is due, and waits for a call that is under way.
func (f *Follower) CatchUp(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now().Sub(f.last) < f.every {
		return nil
	}
	if err := f.do(ctx); err != nil {
		return err
	}
	f.last = f.now()
	return nil
}
