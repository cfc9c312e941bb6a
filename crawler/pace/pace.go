package pace

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// Options are the rules of a Pacer. The zero value is polite: one second
// between requests, back-off from 5 s to 10 min, parked after five failures in
// a row for 15 min to 6 h.
type Options struct {
	Clock Clock // nil: the system's

	// Floor is the minimum interval between requests to a host without SetDelay. 0 means
	// one second, negative means no interval (for tests).
	Floor time.Duration

	Backoff    time.Duration // after the first failure, doubled with each; 0: 5 s
	MaxBackoff time.Duration // 0: 10 min
	ParkAfter  int           // failures in a row that park a host; 0: 5
	Park       time.Duration // how long at first, doubled with each failure; 0: 15 min
	MaxPark    time.Duration // 0: 6 h
	LongRest   time.Duration // a Retry-After longer than this parks at once; 0: 2 min

	// Jitter returns numbers in [0, 1). A back-off or a park is lengthened by
	// up to half of itself, never shortened. nil: math/rand/v2.
	Jitter func() float64

	IdleHosts int // idle hosts remembered before they are cleared out; 0: 4096
}

func (o *Options) setDefaults() {
	if o.Clock == nil {
		o.Clock = systemClock{}
	}
	switch {
	case o.Floor == 0:
		o.Floor = time.Second
	case o.Floor < 0:
		o.Floor = 0
	}
	setDuration(&o.Backoff, 5*time.Second)
	setDuration(&o.MaxBackoff, 10*time.Minute)
	setDuration(&o.Park, 15*time.Minute)
	setDuration(&o.MaxPark, 6*time.Hour)
	setDuration(&o.LongRest, 2*time.Minute)
	if o.ParkAfter <= 0 {
		o.ParkAfter = 5
	}
	if o.Jitter == nil {
		o.Jitter = rand.Float64
	}
	if o.IdleHosts <= 0 {
		o.IdleHosts = 4096
	}
}

func setDuration(d *time.Duration, value time.Duration) {
	if *d <= 0 {
		*d = value
	}
}

// Outcome is the result of a request. The zero value says nothing about the host:
// the request was cancelled, or refused on our side.
type Outcome struct {
	Status     int           // HTTP status; 0: there was no answer
	RetryAfter time.Duration // what the answer asked for; 0: nothing
	Err        error         // the host could not be reached, or fell silent
}

// Release ends a request; further calls do nothing.
type Release func(Outcome)

// Pacer keeps the pace of all hosts. It is safe for concurrent use.
type Pacer struct {
	opts  Options
	mu    sync.Mutex
	hosts map[string]*host
	sweep int // number of hosts at which idle ones are cleared out
}

// New returns a Pacer without hosts.
func New(o Options) *Pacer {
	o.setDefaults()
	return &Pacer{opts: o, hosts: map[string]*host{}, sweep: o.IdleHosts}
}

// Acquire waits until a request to host may start, and holds the host until Release
// is called. Waiting callers are served in order of arrival. If the host is parked,
// or gets parked while Acquire waits, it fails at once with a *ParkedError. If the
// context ends first, it fails with the context's error.
func (p *Pacer) Acquire(ctx context.Context, host string) (Release, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.mu.Lock()
	h := p.host(host)
	if err := h.parked(p.opts.Clock.Now()); err != nil {
		p.mu.Unlock()
		return nil, err
	}
	w := &waiter{granted: make(chan error, 1)}
	h.queue = append(h.queue, w)
	p.dispatch(h)
	p.mu.Unlock()

	select {
	case err := <-w.granted:
		if err != nil {
			return nil, err
		}
		return p.releaser(h), nil
	case <-ctx.Done():
		p.abandon(h, w)
		return nil, ctx.Err()
	}
}

// Ready is the earliest time at which a request to host may start: a past or
// zero time, never the present one, if it may start at once. While a request is under
// way or others wait, the result is the earliest time at which asking again makes
// sense. For a parked host it is the end of its parking.
func (p *Pacer) Ready(host string) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	h, ok := p.hosts[host]
	if !ok {
		return time.Time{}
	}
	return p.ready(h, p.opts.Clock.Now())
}

// poll is how soon to ask again about a host without spacing that is busy.
const poll = 5 * time.Millisecond

func (p *Pacer) ready(h *host, now time.Time) time.Time {
	at := h.next(p.opts.Floor)
	if !h.busy && len(h.queue) == 0 {
		return at
	}
	if soonest := now.Add(max(h.spacing(p.opts.Floor), poll)); soonest.After(at) {
		return soonest
	}
	return at
}

// SetDelay replaces the floor for one host by a shorter or longer interval. 0 means
// no interval; a negative value restores the floor. Crawl-delay, Retry-After and
// back-off still apply. A host with a delay of its own is never forgotten.
func (p *Pacer) SetDelay(host string, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.host(host)
	h.delay, h.ownDelay = max(d, 0), d >= 0
	p.dispatch(h)
}

// SetCrawlDelay sets the Crawl-delay of the host's robots.txt. It has no upper
// limit; 0 or less means none. It applies to requests that have not started yet.
func (p *Pacer) SetCrawlDelay(host string, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.hosts[host]; !ok && d <= 0 {
		return
	}
	h := p.host(host)
	h.crawlDelay = max(d, 0)
	p.dispatch(h)
}

// Report records the outcome of a request that was not made under Acquire, such as
// one of an earlier run (a Retry-After that has not passed yet).
func (p *Pacer) Report(host string, o Outcome) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.host(host)
	now := p.opts.Clock.Now()
	h.lastEnd = now
	p.learn(h, o, now)
	p.dispatch(h)
}

// Asked says that the last request to host of an earlier run ended so long
// ago: the spacing, once it is known, counts from there.
func (p *Pacer) Asked(host string, ago time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.host(host)
	h.lastEnd = later(h.lastEnd, p.opts.Clock.Now().Add(-max(ago, 0)))
	h.earlier = true
	p.dispatch(h)
}

// Parked reports whether the host is parked now, with the reason and the end; nil if
// it is not.
func (p *Pacer) Parked(host string) *ParkedError {
	p.mu.Lock()
	defer p.mu.Unlock()
	h, ok := p.hosts[host]
	if !ok {
		return nil
	}
	return h.parkedNow(p.opts.Clock.Now())
}

// Spacing is the minimum interval between two requests to host, without back-off and
// Retry-After.
func (p *Pacer) Spacing(host string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if h, ok := p.hosts[host]; ok {
		return h.spacing(p.opts.Floor)
	}
	return p.opts.Floor
}

func (p *Pacer) releaser(h *host) Release {
	done := false
	return func(o Outcome) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if done {
			return
		}
		done = true
		now := p.opts.Clock.Now()
		h.busy, h.lastEnd = false, now
		p.learn(h, o, now)
		p.dispatch(h)
	}
}

// abandon takes a waiter out of the queue. Where the host was granted to it in
// the same moment, the host is given on; the start stays counted, which can
// only lengthen the spacing.
func (p *Pacer) abandon(h *host, w *waiter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !h.leave(w) {
		if err := <-w.granted; err == nil {
			h.busy = false
		}
	}
	p.dispatch(h)
}

// dispatch lets the first waiter start if it may, or sets the timer for it.
func (p *Pacer) dispatch(h *host) {
	if h.stop != nil {
		h.stop()
		h.stop = nil
	}
	if h.busy || len(h.queue) == 0 {
		return
	}
	now := p.opts.Clock.Now()
	if err := h.parked(now); err != nil {
		h.refuse(err)
		return
	}
	if at := h.next(p.opts.Floor); at.After(now) {
		h.stop = p.opts.Clock.AfterFunc(at.Sub(now), func() {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.dispatch(h)
		})
		return
	}
	w := h.queue[0]
	h.queue = h.queue[1:]
	h.start(now)
	w.granted <- nil
}

// host returns the state of a host, new where it is not known.
func (p *Pacer) host(name string) *host {
	if h, ok := p.hosts[name]; ok {
		return h
	}
	if len(p.hosts) >= p.sweep {
		p.clear()
	}
	h := &host{name: name}
	p.hosts[name] = h
	return h
}

// clear forgets the hosts that owe nothing. The next clearing comes when the
// number of hosts has doubled, so that its cost stays constant per new host.
func (p *Pacer) clear() {
	now := p.opts.Clock.Now()
	for name, h := range p.hosts {
		if h.idle(p.opts.Floor, now) {
			delete(p.hosts, name)
		}
	}
	p.sweep = max(p.opts.IdleHosts, 2*len(p.hosts))
}

// Wait returns the time until Ready(host) is true, by the Pacer's clock. 0 or less
// means that it is true now.
func (p *Pacer) Wait(host string) time.Duration {
	return p.Ready(host).Sub(p.opts.Clock.Now())
}
