// Package inflight bounds the bytes of bodies that a process has in work: read from
// the network, decoded, and not yet extracted. One Budget serves all hosts, so that
// no number of large answers exhausts the machine.
//
// A Lease is held for one request and grows as its body grows. Its first bytes are
// free, so that ordinary pages never wait for large ones. A lease that finds the
// budget used up waits in the order of coming; if every lease waited for another's
// end, nothing would move, so one at a time may go over the budget. The memory in
// use is at most the budget, one body, and the free bytes of the requests under way.
package inflight

import (
	"context"
	"slices"
	"sync"
)

// Free is how many bytes of a lease are not counted.
const Free = 512 << 10

// Budget is a number of bytes that leases share. It is safe for concurrent use. The
// nil Budget has no bound.
type Budget struct {
	most int64

	mu      sync.Mutex
	used    int64
	peak    int64
	over    bool // a lease goes over the budget
	waiting []*wait
}

// wait is a lease that needs more.
type wait struct {
	lease *Lease
	need  int64
	done  chan struct{} // closed when it is granted
}

// New returns a budget of the given number of bytes. 0 or less means no limit.
func New(most int64) *Budget {
	if most <= 0 {
		return nil
	}
	return &Budget{most: most}
}

// Lease returns a lease that holds nothing yet. Release must be called.
func (b *Budget) Lease() *Lease { return &Lease{budget: b} }

// Used returns the bytes that leases hold now, and the most they held at once.
func (b *Budget) Used() (now, most int64) {
	if b == nil {
		return 0, 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.used, b.peak
}

// Lease is the memory that one request holds of a Budget. It must not be used
// concurrently. The nil Lease has no budget and no limit.
type Lease struct {
	budget *Budget
	held   int64
	over   bool
}

// Grow extends the lease to at least size bytes, and waits for them if necessary.
// The error is the cause of ctx's end.
func (l *Lease) Grow(ctx context.Context, size int64) error {
	unlimited := l == nil || l.budget == nil
	if unlimited || size-Free <= l.held {
		return nil
	}
	b := l.budget
	b.mu.Lock()
	w := &wait{lease: l, need: size - Free - l.held, done: make(chan struct{})}
	b.waiting = append(b.waiting, w)
	b.grant()
	b.mu.Unlock()
	select {
	case <-w.done:
		return nil
	default:
	}
	select {
	case <-w.done:
		return nil
	case <-ctx.Done():
		b.mu.Lock()
		defer b.mu.Unlock()
		b.waiting = slices.DeleteFunc(b.waiting, func(other *wait) bool { return other == w })
		b.grant()
		return context.Cause(ctx)
	}
}

// Shrink returns the bytes of the lease beyond size.
func (l *Lease) Shrink(size int64) {
	if l == nil || l.budget == nil {
		return
	}
	keep := max(size-Free, 0)
	if keep >= l.held {
		return
	}
	b := l.budget
	b.mu.Lock()
	defer b.mu.Unlock()
	b.used -= l.held - keep
	l.held = keep
	if l.over && b.used <= b.most {
		l.over, b.over = false, false
	}
	b.grant()
}

// Release gives everything back. Further calls do nothing, until Grow.
func (l *Lease) Release() {
	if l == nil || l.budget == nil {
		return
	}
	l.Shrink(0)
	b := l.budget
	b.mu.Lock()
	defer b.mu.Unlock()
	if l.over {
		l.over, b.over = false, false
		b.grant()
	}
}

// grant serves waiting leases: one that is over the budget at once, the others in
// order.
func (b *Budget) grant() {
	b.waiting = slices.DeleteFunc(b.waiting, func(w *wait) bool { return w.lease.over && b.give(w) })
	for len(b.waiting) > 0 {
		w := b.waiting[0]
		if b.used+w.need > b.most {
			if b.over {
				return
			}
			b.over, w.lease.over = true, true
		}
		b.give(w)
		b.waiting = b.waiting[1:]
	}
}

func (b *Budget) give(w *wait) bool {
	b.used += w.need
	b.peak = max(b.peak, b.used)
	w.lease.held += w.need
	close(w.done)
	return true
}
