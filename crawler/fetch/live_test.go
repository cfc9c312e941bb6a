package fetch_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/crawler/pace"
)

// Two hosts of a town are trouble: one takes its time for every answer, one
// answers every other request with 429 and Retry-After: 1. All others answer at
// once.
const (
	slowHost    = "slow.example"
	limitedHost = "limited.example"
)

// town is a server for many hosts, told apart by name, that notes what each of
// them saw.
type town struct {
	slowness time.Duration

	mu    sync.Mutex
	hosts map[string]*visits
}

type visits struct {
	starts, ends []time.Time
	limited      []bool // the answer was 429
}

func (w *town) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	name, _, _ := strings.Cut(r.Host, ":")
	w.mu.Lock()
	v := w.hosts[name]
	if v == nil {
		v = &visits{}
		w.hosts[name] = v
	}
	v.starts = append(v.starts, time.Now())
	limited := name == limitedHost && len(v.starts)%2 == 0
	v.limited = append(v.limited, limited)
	w.mu.Unlock()

	switch {
	case name == slowHost:
		select {
		case <-time.After(w.slowness):
		case <-r.Context().Done():
		}
	case limited:
		rw.Header().Set("Retry-After", "1")
		rw.WriteHeader(http.StatusTooManyRequests)
	case r.URL.Path == "/robots.txt":
		rw.WriteHeader(http.StatusNotFound)
	}
	w.mu.Lock()
	v.ends = append(v.ends, time.Now())
	w.mu.Unlock()
}

// visit is a crawl of a town: all pages of all hosts wait in a frontier, from
// which a few workers take them. It ends when the hosts without faults are done.
type visit struct {
	hosts, pages, workers int
	interval              time.Duration
	port                  string
}

func (v visit) run(t *testing.T, c *fetch.Client) {
	t.Helper()
	f := frontier.New[struct{}](frontier.Options{Ready: c.Pacer().Ready})
	names := []string{slowHost, limitedHost}
	for i := range v.hosts - len(names) {
		names = append(names, fmt.Sprintf("h%d.example", i))
	}
	for page := range v.pages {
		for _, name := range names {
			if err := f.Push(frontier.Item[struct{}]{URL: fmt.Sprintf("http://%s%s/%d", name, v.port, page), Class: frontier.Article}); err != nil {
				t.Fatal(err)
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	var open, busy sync.WaitGroup
	open.Add((v.hosts - 2) * v.pages)
	for range v.workers {
		busy.Go(func() {
			for {
				lease, err := f.Pop(ctx)
				if err != nil {
					return
				}
				if v.one(ctx, t, c, f, lease) && strings.HasPrefix(lease.URL, "http://h") {
					open.Done()
				}
			}
		})
	}
	open.Wait()
	cancel()
	busy.Wait()
}

// one fetches a page, and reports whether that is the end of it.
func (v visit) one(ctx context.Context, t *testing.T, c *fetch.Client, f *frontier.Frontier[struct{}], lease frontier.Lease[struct{}]) bool {
	r, err := c.Get(ctx, fetch.Request{URL: lease.URL, MaxWait: -1})
	var e *fetch.Error
	switch {
	case errors.As(err, &e) && (e.Code == fetch.CodeNotReady || e.Code == fetch.CodeHostParked):
		again(t, f, lease, e.RetryAt)
		return false
	case err == nil && r.Status == http.StatusTooManyRequests:
		again(t, f, lease, time.Time{})
		return false
	case err != nil && ctx.Err() == nil:
		t.Error(err)
	}
	f.Done(lease)
	return true
}

// again ends a lease and puts its item back.
func again(t *testing.T, f *frontier.Frontier[struct{}], lease frontier.Lease[struct{}], at time.Time) {
	item := lease.Item
	item.NotBefore = at
	if err := f.Push(item); err != nil {
		t.Error(err)
	}
	f.Done(lease)
}

// judge checks the spacing of all hosts, and that those without faults lost no
// time: none finishes later than late after its ideal, which is to start every
// request as soon as it may and to be answered in no time. It returns how long
// after that moment requests started, shortest first.
func (v visit) judge(t *testing.T, w *town, late time.Duration) []time.Duration {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	var delays []time.Duration
	for name, seen := range w.hosts {
		faulty := name == slowHost || name == limitedHost
		for i := 1; i < len(seen.starts) && i <= len(seen.ends); i++ {
			gap, least := seen.starts[i].Sub(seen.ends[i-1]), v.interval
			if seen.limited[i-1] {
				least = max(least, time.Second)
			}
			if gap < least {
				t.Errorf("%s: request %d came %v after the one before, want %v", name, i, gap, least)
			}
			if !faulty {
				delays = append(delays, gap-least)
			}
		}
		if faulty {
			continue
		}
		if len(seen.starts) != v.pages+1 {
			t.Errorf("%s: %d requests, want robots.txt and %d pages", name, len(seen.starts), v.pages)
		}
		took, ideal := seen.ends[len(seen.ends)-1].Sub(seen.starts[0]), time.Duration(v.pages)*v.interval
		if took > ideal+late {
			t.Errorf("%s: took %v, ideal %v", name, took, ideal)
		}
	}
	if len(w.hosts) != v.hosts {
		t.Errorf("%d hosts were asked, want %d", len(w.hosts), v.hosts)
	}
	slices.SortFunc(delays, cmp.Compare)
	return delays
}

// pipes is a network within the process, for tests in fake time.
type pipes struct{ conns chan net.Conn }

func (p *pipes) Accept() (net.Conn, error) {
	c, ok := <-p.conns
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p *pipes) Close() error { close(p.conns); return nil }

func (p *pipes) dial(context.Context, string, string) (net.Conn, error) {
	here, there := net.Pipe()
	p.conns <- there
	return here, nil
}

// TestFairnessInFakeTime: 200 hosts share four workers, and the two troubled
// ones cost the others nothing. In fake time the machine's load does not count,
// so that the bounds can be tight.
func TestFairnessInFakeTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := visit{hosts: 200, pages: 10, workers: 4, interval: time.Second}
		w := &town{slowness: 4 * time.Second, hosts: map[string]*visits{}}
		network := &pipes{conns: make(chan net.Conn)}
		server := &http.Server{Handler: w}
		var serving sync.WaitGroup
		serving.Go(func() { _ = server.Serve(network) })
		c := fetch.New(fetch.Options{AllowPrivate: true, Dial: network.dial, Pacer: pace.New(pace.Options{Backoff: time.Second, Jitter: func() float64 { return 0 }})})

		v.run(t, c)
		delays := v.judge(t, w, 10*time.Millisecond)
		if most := delays[len(delays)-1]; most > 10*time.Millisecond {
			t.Errorf("a request started %v after it could", most)
		}
		if n := len(w.hosts[limitedHost].starts); n < v.pages {
			t.Errorf("the host that limits its rate was asked %d times", n)
		}
		c.Close()
		_ = server.Close()
		serving.Wait()
	})
}

// TestFairnessOnLoopback is the same over real connections and in real time:
// others finish within 10 % of their ideal, and 99 of 100 requests start within
// the interval and a second of their time. What a lone request, to a server
// that nobody else asks, takes at the same time is the machine's load, and is
// allowed for.
func TestFairnessOnLoopback(t *testing.T) {
	v := visit{hosts: 200, pages: 3, workers: 32, interval: time.Second}
	w := &town{slowness: 1500 * time.Millisecond, hosts: map[string]*visits{}}
	s := httptest.NewServer(w)
	defer s.Close()
	v.port = s.URL[strings.LastIndex(s.URL, ":"):]
	load := canary(t)
	c := client(t, named, func(o *fetch.Options) { o.Pacer = pace.New(pace.Options{Floor: v.interval, Backoff: v.interval}) })

	v.run(t, c)
	machine := load()
	ideal := time.Duration(v.pages) * v.interval
	delays := v.judge(t, w, ideal/10+time.Duration(v.pages+1)*machine)
	p99 := delays[len(delays)*99/100]
	if p99 > v.interval+time.Second+machine {
		t.Errorf("99 of 100 start within %v of their time, want %v", p99, v.interval+time.Second)
	}
	t.Logf("start delay p50 %v, p99 %v, most %v; a lone request took up to %v", delays[len(delays)/2], p99, delays[len(delays)-1], machine)
}

// canary keeps asking a server of its own; load ends it and returns the longest
// that an answer took.
func canary(t *testing.T) (load func() time.Duration) {
	s := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(s.Close)
	var longest time.Duration
	end := make(chan struct{})
	var done sync.WaitGroup
	done.Go(func() {
		for {
			select {
			case <-end:
				return
			case <-time.After(5 * time.Millisecond):
			}
			began := time.Now()
			r, err := http.Get(s.URL)
			if err != nil {
				t.Error(err)
				return
			}
			_ = r.Body.Close()
			longest = max(longest, time.Since(began))
		}
	})
	return func() time.Duration {
		close(end)
		done.Wait()
		return longest
	}
}
