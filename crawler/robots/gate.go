package robots

import (
	"container/list"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Gate judges URLs. It is safe for concurrent use.
type Gate struct {
	opts Options

	mu      sync.Mutex
	origins map[string]*list.Element // of *origin
	recent  *list.List               // most recently used first
	flights sync.WaitGroup
	ctx     context.Context // ends with Close
	cancel  context.CancelFunc
	closed  bool
}

// origin is the state of one robots.txt. The Gate's mutex guards it.
type origin struct {
	name     string
	current  *state
	fails    int
	good     *state  // the last copy that was had
	inFlight *flight // the request under way
}

// flight is a request for a robots.txt. landed is closed when it is over; state then
// has the result.
type flight struct {
	landed chan struct{}
	state  *state
}

// state is an answer in force.
type state struct {
	copy    Copy
	file    *file
	rules   *rules
	refused bool  // unreachable: everything is disallowed
	err     error // of the last request: why everything is refused, or why copy is an older one
	fetched time.Time
	expires time.Time
}

// NewGate returns a gate that knows nothing yet.
func NewGate(o Options) *Gate {
	o.setDefaults()
	ctx, cancel := context.WithCancel(context.Background())
	return &Gate{opts: o, origins: map[string]*list.Element{}, recent: list.New(), ctx: ctx, cancel: cancel}
}

// Close ends requests under way and waits for their end. Check fails afterwards.
func (g *Gate) Close() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.cancel()
	g.flights.Wait()
}

// Origin names the origin of a URL: its scheme, host and port.
func Origin(u *url.URL) string {
	host := strings.TrimSuffix(strings.ToLower(u.Host), ":")
	if port := u.Port(); port != "" {
		host = strings.TrimSuffix(host, port) + strings.TrimLeft(port, "0") // "0443" is 443
	}
	switch u.Scheme {
	case "http":
		host = strings.TrimSuffix(host, ":80")
	case "https":
		host = strings.TrimSuffix(host, ":443")
	}
	return u.Scheme + "://" + host
}

// Check returns the verdict on a URL. If there is no robots.txt of its origin, or
// one that is too old, Check fetches it first; concurrent calls share one request.
// The error is that of ctx, or context.Canceled after Close. If robots.txt cannot be
// fetched, that is a verdict, not an error.
func (g *Gate) Check(ctx context.Context, u *url.URL) (Verdict, error) {
	s, err := g.state(ctx, u)
	if err != nil {
		return Verdict{}, err
	}
	v := Verdict{Delay: s.rules.Delay, Key: s.copy.SHA256, RetryAt: s.expires, Err: s.err}
	if s.refused {
		v.Reason = Unreachable
		return v, nil
	}
	target := u.EscapedPath()
	if u.RawQuery != "" || u.ForceQuery {
		target += "?" + u.RawQuery
	}
	v.Allowed, v.Rule = s.rules.test(target)
	if !v.Allowed {
		v.Reason = Disallowed
	}
	return v, nil
}

// Delay is the longest Crawl-delay that http and https of u's host ask for, as
// far as their copies are at hand: each has a robots.txt of its own, but behind
// both is one host.
func (g *Gate) Delay(u *url.URL) (longest time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, scheme := range []string{"http", "https"} {
		e, ok := g.origins[Origin(&url.URL{Scheme: scheme, Host: u.Host})]
		if !ok {
			continue
		}
		if s := e.Value.(*origin).current; s != nil {
			longest = max(longest, s.rules.Delay)
		}
	}
	return longest
}

// Sitemaps returns the Sitemap lines of the robots.txt of u's origin, fetching
// it as Check does.
func (g *Gate) Sitemaps(ctx context.Context, u *url.URL) ([]string, error) {
	s, err := g.state(ctx, u)
	if err != nil {
		return nil, err
	}
	return s.file.Sitemaps, nil
}

// Copy returns the copy in force for u's origin, if it has one and has the
// given key ("" for whatever key).
func (g *Gate) Copy(u *url.URL, key string) (Copy, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	e, ok := g.origins[Origin(u)]
	if !ok {
		return Copy{}, false
	}
	o := e.Value.(*origin)
	for _, s := range []*state{o.current, o.good} {
		if s == nil || s.copy.SHA256 == "" {
			continue
		}
		if key == "" || s.copy.SHA256 == key {
			return s.copy, true
		}
	}
	return Copy{}, false
}

// Seed gives the gate the copy of an earlier run, which may say that there was no
// robots.txt. The copy is in force while it is not too old; after that it is the
// last good copy of an origin that does not answer. A copy older than the one that
// the gate has is ignored. A copy from the future (of a run whose clock was ahead)
// counts as too old, because its age is unknown. Seed returns the copy's
// Crawl-delay, 0 if it has none.
func (g *Gate) Seed(c Copy) (delay time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if now := g.opts.Clock(); c.Fetched.After(now) {
		c.Fetched = now.Add(-g.opts.TTL)
	}
	o := g.origin(c.Origin)
	for _, known := range []*state{o.current, o.good} {
		inForce := known != nil && !known.refused
		if inForce && !c.Fetched.After(known.fetched) {
			return known.rules.Delay
		}
	}
	s := g.parsed(c)
	s.expires = c.Fetched.Add(g.opts.TTL)
	o.keep(s)
	return s.rules.Delay
}

// keep puts a copy in force. One that was taken away leaves no last good copy.
func (o *origin) keep(s *state) {
	o.current, o.good, o.fails = s, nil, 0
	if s.copy.SHA256 != "" {
		o.good = s
	}
}

// state returns the answer in force for u's origin. Who starts the request for
// it takes what comes of it; those who find it under way look again afterwards,
// because an answer may be for the one who asked alone (see Fetch).
func (g *Gate) state(ctx context.Context, u *url.URL) (*state, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		g.mu.Lock()
		if g.closed {
			g.mu.Unlock()
			return nil, context.Canceled
		}
		o := g.origin(Origin(u))
		if s := o.current; s != nil && g.opts.Clock().Before(s.expires) {
			g.mu.Unlock()
			return s, nil
		}
		mine := o.inFlight == nil
		if mine {
			g.launch(ctx, o, u)
		}
		f := o.inFlight
		g.mu.Unlock()
		select {
		case <-f.landed:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if mine && g.ctx.Err() == nil {
			return f.state, nil
		}
	}
}

// launch starts the request for o's robots.txt. It runs apart from those who
// wait for it, because none of them may end it for the others; what the context
// of the first carries is passed on to Fetch.
func (g *Gate) launch(ctx context.Context, o *origin, u *url.URL) {
	o.inFlight = &flight{landed: make(chan struct{})}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	g.flights.Go(func() {
		defer cancel()
		defer context.AfterFunc(g.ctx, cancel)()
		host := strings.TrimPrefix(o.name, u.Scheme+"://")
		got := g.fetch(ctx, &url.URL{Scheme: u.Scheme, Host: host, Path: "/robots.txt"})
		g.land(o, got)
	})
}

// land puts the result of a request in force.
func (g *Gate) land(o *origin, got result) {
	now := g.opts.Clock()
	var fresh *state
	switch {
	case got.err != nil:
	case got.found:
		sum := sha256.Sum256(got.body)
		fresh = g.parsed(Copy{Origin: o.name, Body: got.body, SHA256: hex.EncodeToString(sum[:]), Fetched: now})
	default:
		fresh = g.parsed(Copy{Origin: o.name, Fetched: now})
	}
	wanted := got.found || g.opts.SaveAbsence
	if fresh != nil && g.opts.Saver != nil && wanted {
		saved := fresh.copy
		saved.Exchanges = got.exchanges
		g.opts.Saver.SaveRobots(saved)
	}

	g.mu.Lock()
	defer g.mu.Unlock()
	if fresh != nil {
		fresh.expires = now.Add(lifetime(got.header, g.opts.MinTTL, g.opts.TTL))
		o.keep(fresh)
	} else {
		if !local(got.err) {
			o.fails++
		}
		o.current = g.failed(o, now, got.err)
	}
	o.inFlight.state = o.current
	close(o.inFlight.landed)
	o.inFlight = nil
}

// failed is the state of an origin whose robots.txt could not be fetched.
func (g *Gate) failed(o *origin, now time.Time, err error) *state {
	wait := g.opts.Retry
	for n := 1; n < o.fails && wait < g.opts.MaxRetry; n++ {
		wait *= 2
	}
	wait = min(wait, g.opts.MaxRetry)
	wait += time.Duration(rand.Float64() * float64(wait) / 4)
	s := &state{file: &file{}, rules: &rules{}, refused: true, err: err}
	if o.good != nil && now.Sub(o.good.fetched) < g.opts.MaxStale {
		kept := *o.good
		s = &kept
		s.err = err
	}
	s.expires = now.Add(wait)
	if local(err) {
		s.expires = now
	}
	if at, ok := retryAt(err); ok && at.After(s.expires) {
		s.expires = at
	}
	return s
}

func (g *Gate) parsed(c Copy) *state {
	file := parse(c.Body)
	return &state{copy: c, file: file, rules: file.forAgent(g.opts.Agent), fetched: c.Fetched}
}

// origin returns the state of an origin and creates it if necessary. If there are
// too many, the least recently used one is dropped.
func (g *Gate) origin(name string) *origin {
	if e, ok := g.origins[name]; ok {
		g.recent.MoveToFront(e)
		return e.Value.(*origin)
	}
	for e := g.recent.Back(); e != nil && g.recent.Len() >= g.opts.Origins; {
		older := e.Prev()
		if o := e.Value.(*origin); o.inFlight == nil {
			g.recent.Remove(e)
			delete(g.origins, o.name)
		}
		e = older
	}
	o := &origin{name: name}
	g.origins[name] = g.recent.PushFront(o)
	return o
}
