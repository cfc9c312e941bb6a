package frontier

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"
)

// ErrDrained is returned by Pop if no item is pending or leased and no Hold is open:
// no item can come any more.
var ErrDrained = errors.New("frontier is drained")

// ErrURL is returned by Push for a URL that is not http or https, has no host,
// or is longer than 64 KiB.
var ErrURL = errors.New("URL cannot be queued")

// Clock is the time as a Frontier sees it. AfterFunc calls f once, from any
// goroutine but not from within AfterFunc, when d has passed; stop prevents that.
type Clock interface {
	Now() time.Time
	AfterFunc(d time.Duration, f func()) (stop func() bool)
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) AfterFunc(d time.Duration, f func()) func() bool {
	return time.AfterFunc(d, f).Stop
}

// Options set up a Frontier. The zero value works: it knows no spacing.
type Options struct {
	// Ready is the earliest time at which host (with its port, if any) may be
	// asked. It is called under the frontier's lock, so it must be quick and must
	// not call back. nil: at once.
	Ready func(host string) time.Time
	Clock Clock // nil: the system's
}

// Frontier holds pending items. It is safe for concurrent use. Make one with New.
type Frontier[T any] struct {
	ready func(string) time.Time
	clock Clock

	mu     sync.Mutex
	hosts  map[string]*host[T] // hosts with items or a lease
	queue  hosts[T]            // those that may be asked: no lease, something pending
	leases map[uint64]*host[T] // open leases; nil host: freed
	number uint64              // of the last lease
	seq    uint64              // of the last item
	order  uint64              // of the last place given to a host
	total  int                 // items pending
	holds  int                 // Hold without release

	waiters []chan struct{} // Pops that wait, the first of them with a timer
	alarm   func() bool     // stops the timer
	alarmAt int64           // when it goes off, in ns
}

// New returns an empty Frontier.
func New[T any](o Options) *Frontier[T] {
	if o.Ready == nil {
		o.Ready = func(string) time.Time { return time.Time{} }
	}
	if o.Clock == nil {
		o.Clock = systemClock{}
	}
	return &Frontier[T]{
		ready: o.Ready, clock: o.Clock,
		hosts: map[string]*host[T]{}, leases: map[uint64]*host[T]{},
	}
}

// Push adds an item behind all others of its class and host. The URL's bytes
// are copied. The error is ErrURL or nil.
func (f *Frontier[T]) Push(item Item[T]) error {
	name, secure, rest, ok := split(item.URL)
	if !ok {
		return ErrURL
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seq++
	h := f.host(name)
	before := h.due()
	e := entry[T]{seq: f.seq, secure: secure, payload: item.Payload}
	class := min(item.Class, Revisit)
	if at := nanos(item.NotBefore); at > 0 {
		h.put(returned[T]{entry: e, rest: strings.Clone(rest), class: class, due: at}, nanos(f.clock.Now()))
	} else {
		h.queues[class].push(e, rest)
		h.waiting++
	}
	f.total++
	f.arrived(h, before)
	return nil
}

// arrived gives a host that got an item its place, if that changes it: before
// is when the host had something to hand out until now.
func (f *Frontier[T]) arrived(h *host[T], before int64) {
	if h.lease == 0 && h.due() < before {
		f.schedule(h)
	}
}

// schedule places a host without lease among the hosts that may be asked. A host
// without any state left is dropped.
func (f *Frontier[T]) schedule(h *host[T]) {
	now := nanos(f.clock.Now())
	if h.waiting > 0 {
		f.order++
		h.order = f.order
		h.key = max(now, h.due(), nanos(f.ready(h.name))) // now: behind those that wait already
	} else {
		h.turns = 0
		delete(f.hosts, h.name)
	}
	f.queue.place(h, h.waiting > 0)
	f.notify()
}

// Pop waits until a host may be asked and hands out the item whose turn it is.
// It fails with ErrDrained when no item can come any more, and with the
// context's error when that ends first.
func (f *Frontier[T]) Pop(ctx context.Context) (Lease[T], error) {
	for {
		f.mu.Lock()
		if err := ctx.Err(); err != nil {
			f.notify() // the wake that came to this Pop is for another one then
			f.mu.Unlock()
			return Lease[T]{}, err
		}
		lease, next, ok := f.take()
		if ok {
			f.notify() // the next waiter may find another host ready
			f.mu.Unlock()
			return lease, nil
		}
		if f.drained() {
			f.wakeAll()
			f.mu.Unlock()
			return Lease[T]{}, ErrDrained
		}
		wake := make(chan struct{}, 1)
		f.waiters = append(f.waiters, wake)
		f.setAlarm(next)
		f.mu.Unlock()

		select {
		case <-wake:
		case <-ctx.Done():
			f.leave(wake)
			return Lease[T]{}, ctx.Err()
		}
	}
}

// take hands out an item of the host that was ready first. Where none is ready,
// next is the time at which one may be, in ns.
func (f *Frontier[T]) take() (l Lease[T], next int64, ok bool) {
	now := nanos(f.clock.Now())
	for len(f.queue) > 0 {
		h := f.queue[0]
		if h.key > now {
			return l, h.key, false
		}
		// What is known of the host may have changed since it got its place.
		if at := max(h.due(), nanos(f.ready(h.name))); at > now {
			h.key = at
			f.queue.place(h, true)
			continue
		}
		r := h.take(now)
		f.total--
		f.number++
		h.lease = f.number
		f.leases[f.number] = h
		f.queue.place(h, false)
		return lease(h, r), 0, true
	}
	return l, never, false
}

func lease[T any](h *host[T], r returned[T]) Lease[T] {
	l := Lease[T]{Item: Item[T]{URL: whole(h.name, r.secure, r.rest), Class: r.class, Payload: r.payload}, number: h.lease}
	if r.due > 0 {
		l.NotBefore = time.Unix(0, r.due)
	}
	return l
}

// Free ends the request of a lease: its host may be asked again when it is ready,
// while the caller still works on the response (and may push more).
func (f *Frontier[T]) Free(l Lease[T]) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.free(l.number)
}

func (f *Frontier[T]) free(number uint64) {
	h := f.leases[number]
	if h == nil {
		return
	}
	f.leases[number] = nil
	h.lease = 0
	f.schedule(h)
}

// Done ends a lease: the item is worked off and will cause no more pushes. A
// second Done does nothing.
func (f *Frontier[T]) Done(l Lease[T]) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.done(l.number)
}

func (f *Frontier[T]) done(number uint64) {
	f.free(number)
	delete(f.leases, number)
	if f.drained() {
		f.wakeAll()
	}
}

// Hold keeps the frontier from being drained until release is called. It is for
// callers that push without a lease (the seeds of a run). release may be called more
// than once.
func (f *Frontier[T]) Hold() (release func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.holds++
	return sync.OnceFunc(func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.holds--
		if f.drained() {
			f.wakeAll()
		}
	})
}

func (f *Frontier[T]) host(name string) *host[T] {
	h := f.hosts[name]
	if h == nil {
		name = strings.Clone(name) // not a part of the caller's page
		h = &host[T]{name: name, index: -1}
		f.hosts[name] = h
	}
	return h
}

// nanos is a time in ns since 1970; 0 for the zero time and all before 1970.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return max(t.UnixNano(), 0)
}
