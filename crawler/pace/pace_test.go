package pace_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pressmark/crawler/pace"
)

const host = "news.example"

// at runs f in a bubble of fake time that starts at a fixed instant.
func at(t *testing.T, f func(t *testing.T)) { t.Helper(); synctest.Test(t, f) }

// request acquires the host, takes d, and ends with o; it returns start and end.
func request(t *testing.T, p *pace.Pacer, d time.Duration, o pace.Outcome) (start, end time.Time) {
	t.Helper()
	release, err := p.Acquire(t.Context(), host)
	if err != nil {
		t.Fatalf("Acquire: %v", err)
	}
	start = time.Now()
	time.Sleep(d)
	end = time.Now()
	release(o)
	return start, end
}

var ok = pace.Outcome{Status: 200}

func TestSpacing(t *testing.T) {
	tests := []struct {
		name string
		set  func(*pace.Pacer)
		opts pace.Options
		want time.Duration
	}{
		{name: "default floor", want: time.Second},
		{name: "own floor", opts: pace.Options{Floor: 3 * time.Second}, want: 3 * time.Second},
		{name: "no floor", opts: pace.Options{Floor: -1}, want: 0},
		{name: "site delay above floor", set: func(p *pace.Pacer) { p.SetDelay(host, 5*time.Second) }, want: 5 * time.Second},
		{name: "site delay of zero lifts floor", set: func(p *pace.Pacer) { p.SetDelay(host, 0) }, want: 0},
		{name: "negative site delay goes back to floor", set: func(p *pace.Pacer) { p.SetDelay(host, 0); p.SetDelay(host, -1) }, want: time.Second},
		{name: "crawl-delay above site delay", set: func(p *pace.Pacer) { p.SetDelay(host, 0); p.SetCrawlDelay(host, 7*time.Second) }, want: 7 * time.Second},
		{name: "crawl-delay below floor", set: func(p *pace.Pacer) { p.SetCrawlDelay(host, time.Millisecond) }, want: time.Second},
		{name: "crawl-delay of a day", set: func(p *pace.Pacer) { p.SetCrawlDelay(host, 24*time.Hour) }, want: 24 * time.Hour},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at(t, func(t *testing.T) {
				p := pace.New(tt.opts)
				if tt.set != nil {
					tt.set(p)
				}
				if got := p.Spacing(host); got != tt.want {
					t.Errorf("Spacing = %v, want %v", got, tt.want)
				}
				_, end := request(t, p, 250*time.Millisecond, ok)
				if got := p.Ready(host).Sub(end); got != tt.want {
					t.Errorf("Ready %v after the end, want %v", got, tt.want)
				}
				start, _ := request(t, p, 0, ok)
				if got := start.Sub(end); got != tt.want {
					t.Errorf("next start %v after the end, want %v", got, tt.want)
				}
			})
		})
	}
}

func TestBackoffDoublesAndIsForgotten(t *testing.T) {
	at(t, func(t *testing.T) {
		p := pace.New(pace.Options{Jitter: func() float64 { return 0 }})
		outcomes := []struct {
			o    pace.Outcome
			want time.Duration // until the next start
		}{
			{pace.Outcome{Status: 503}, 5 * time.Second},
			{pace.Outcome{Status: 500}, 10 * time.Second},
			{pace.Outcome{Err: context.DeadlineExceeded}, 20 * time.Second},
			{pace.Outcome{Status: 429, RetryAfter: 90 * time.Second}, 90 * time.Second},
			{ok, time.Second},
			{pace.Outcome{Status: 404}, time.Second},
			{pace.Outcome{Status: 429, RetryAfter: time.Second}, 5 * time.Second},
			{pace.Outcome{}, time.Second}, // says nothing, so the failure still counts
			{pace.Outcome{Status: 502}, 10 * time.Second},
			{pace.Outcome{Status: 200, RetryAfter: time.Hour}, time.Second},
			{pace.Outcome{Status: 301, RetryAfter: 30 * time.Second}, 30 * time.Second},
		}
		for i, step := range outcomes {
			_, end := request(t, p, 10*time.Millisecond, step.o)
			if got := p.Ready(host).Sub(end); got != step.want {
				t.Errorf("step %d %+v: ready after %v, want %v", i, step.o, got, step.want)
			}
		}
	})
}

func TestJitterOnlyLengthens(t *testing.T) {
	at(t, func(t *testing.T) {
		p := pace.New(pace.Options{Jitter: func() float64 { return 0.999 }})
		_, end := request(t, p, 0, pace.Outcome{Status: 503})
		if got := p.Ready(host).Sub(end); got <= 7*time.Second || got > 7500*time.Millisecond {
			t.Errorf("back-off with most jitter = %v, want just under 7.5s", got)
		}
	})
}

func TestParking(t *testing.T) {
	at(t, func(t *testing.T) {
		p := pace.New(pace.Options{ParkAfter: 3, Jitter: func() float64 { return 0 }})
		fail := pace.Outcome{Err: errors.New("connection refused")}
		for range 3 {
			request(t, p, 0, fail)
		}
		parked := p.Parked(host)
		if parked == nil || parked.Reason != pace.Unreachable || time.Until(parked.Until) != 15*time.Minute {
			t.Fatalf("Parked = %v, want unreachable for 15m", parked)
		}
		if _, err := p.Acquire(t.Context(), host); !errors.As(err, &parked) {
			t.Errorf("Acquire of a parked host: %v, want ParkedError", err)
		}
		if _, ready, ok := p.TryAcquire(host); ok || !ready.Equal(parked.Until) {
			t.Errorf("TryAcquire of a parked host: ready %v, ok %v", ready, ok)
		}

		time.Sleep(15 * time.Minute)
		if p.Parked(host) != nil {
			t.Error("still parked at the end of its time")
		}
		request(t, p, 0, fail) // the one request let through fails again
		if parked = p.Parked(host); parked == nil || time.Until(parked.Until) != 30*time.Minute {
			t.Fatalf("Parked after another failure = %v, want 30m", parked)
		}

		time.Sleep(30 * time.Minute)
		request(t, p, 0, ok)
		if _, end := request(t, p, 0, fail); p.Parked(host) != nil || p.Ready(host).Sub(end) != 5*time.Second {
			t.Error("an answer does not open the host again")
		}
	})
}

func TestLongRetryAfterParksAndDropsWaiters(t *testing.T) {
	at(t, func(t *testing.T) {
		p := pace.New(pace.Options{})
		release, err := p.Acquire(t.Context(), host)
		if err != nil {
			t.Fatal(err)
		}
		errs := make(chan error)
		go func() {
			_, err := p.Acquire(t.Context(), host)
			errs <- err
		}()
		synctest.Wait()
		release(pace.Outcome{Status: 429, RetryAfter: 88 * time.Hour})
		var parked *pace.ParkedError
		if err := <-errs; !errors.As(err, &parked) || parked.Reason != pace.RateLimited {
			t.Fatalf("waiter got %v, want ParkedError", err)
		}
		if got := time.Until(parked.RetryAt()); got != 88*time.Hour {
			t.Errorf("parked for %v, want 88h", got)
		}
	})
}

func TestReportFromEarlierRun(t *testing.T) {
	at(t, func(t *testing.T) {
		p := pace.New(pace.Options{})
		p.Report(host, pace.Outcome{Status: 429, RetryAfter: time.Minute})
		if got := time.Until(p.Ready(host)); got != time.Minute {
			t.Errorf("ready after %v, want 1m", got)
		}
	})
}

// TestAskedInAnEarlierRun: a Crawl-delay counts from the last request of the run
// before, also where it is learned late and many other hosts come first.
func TestAskedInAnEarlierRun(t *testing.T) {
	at(t, func(t *testing.T) {
		p := pace.New(pace.Options{IdleHosts: 4})
		p.Asked(host, 10*time.Minute)
		p.Asked(host, 20*time.Minute) // of another URL
		for n := range 20 {
			p.Report(fmt.Sprint(n, ".example"), ok)
			time.Sleep(2 * time.Second)
		}
		if got := time.Until(p.Ready(host)); got > 0 {
			t.Errorf("without a Crawl-delay: ready after %v", got)
		}
		p.SetCrawlDelay(host, time.Hour)
		if got, want := time.Until(p.Ready(host)), 50*time.Minute-40*time.Second; got != want {
			t.Errorf("ready after %v, want %v", got, want)
		}
		p.Asked(host, -time.Hour) // the other machine's clock is fast
		if got := time.Until(p.Ready(host)); got != time.Hour {
			t.Errorf("ready after %v, want 1h", got)
		}
		request(t, p, 0, ok)
		time.Sleep(time.Hour)
		for n := range 20 {
			p.Report(fmt.Sprint(n, ".test"), ok)
			time.Sleep(2 * time.Second)
		}
		if n := p.Hosts(); n > 8 {
			t.Errorf("%d hosts remembered", n)
		}
	})
}

func TestCancelledWaiterGivesOn(t *testing.T) {
	at(t, func(t *testing.T) {
		p := pace.New(pace.Options{})
		release, err := p.Acquire(t.Context(), host)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		first, second := make(chan error, 1), make(chan error, 1)
		go func() { _, err := p.Acquire(ctx, host); first <- err }()
		synctest.Wait()
		go func() { _, err := p.Acquire(t.Context(), host); second <- err }()
		synctest.Wait()
		cancel()
		if err := <-first; !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled waiter: %v", err)
		}
		release(ok)
		release(ok) // a second call does nothing
		if err := <-second; err != nil {
			t.Errorf("second waiter: %v", err)
		}
		if _, _, ok := p.TryAcquire(host); ok {
			t.Error("host given out twice")
		}
	})
}

// TestCancelledInTheMomentOfItsTurn: a waiter that is granted the host while it
// gives up does not keep it.
func TestCancelledInTheMomentOfItsTurn(t *testing.T) {
	at(t, func(t *testing.T) {
		p := pace.New(pace.Options{Floor: -1})
		both := 0
		for range 500 {
			release, err := p.Acquire(t.Context(), host)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan struct{})
			go func() {
				defer close(done)
				if granted, err := p.Acquire(ctx, host); err == nil {
					granted(ok)
				} else {
					both++
				}
			}()
			synctest.Wait()
			cancel()
			release(ok)
			<-done
			next, _, free := p.TryAcquire(host)
			if !free {
				t.Fatal("the host is kept by nobody")
			}
			next(ok)
		}
		if both == 0 {
			t.Error("no waiter gave up: nothing was tested")
		}
	})
}

func TestTryAcquire(t *testing.T) {
	at(t, func(t *testing.T) {
		p := pace.New(pace.Options{})
		if at := p.Ready(host); !at.IsZero() {
			t.Errorf("a fresh host is ready at %v, want no time", at)
		}
		release, _, got := p.TryAcquire(host)
		if !got {
			t.Fatal("a fresh host is not ready")
		}
		if _, ready, got := p.TryAcquire(host); got || !ready.After(time.Now()) {
			t.Fatalf("busy host: ok %v, ready %v", got, ready)
		}
		release(ok)
		_, ready, got := p.TryAcquire(host)
		if got || time.Until(ready) != time.Second {
			t.Fatalf("right after a request: ok %v, ready in %v", got, time.Until(ready))
		}
		time.Sleep(time.Until(ready))
		if _, _, got = p.TryAcquire(host); !got {
			t.Error("not given out at the time that was named")
		}
	})
}

// ruled is a host as the property test sees it from outside: what must lie
// between two of its requests, by rules known to the test alone.
type ruled struct {
	mu        sync.Mutex
	name      string
	delay     time.Duration // site's
	crawl     time.Duration
	under     int // requests under way
	lastStart time.Time
	lastEnd   time.Time
	owed      time.Duration // spacing owed after the last end
	fails     int
	started   int
}

func (r *ruled) begin(t *testing.T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	r.under++
	if r.under > 1 {
		t.Errorf("%s: %d requests at a time", r.name, r.under)
	}
	need := max(r.delay, r.crawl, r.owed)
	if r.started > 0 && (now.Sub(r.lastStart) < need || now.Sub(r.lastEnd) < need) {
		t.Errorf("%s: request %d starts %v after the last start, %v after its end; want %v", r.name, r.started, now.Sub(r.lastStart), now.Sub(r.lastEnd), need)
	}
	r.lastStart = now
	r.started++
}

func (r *ruled) end(rng *rand.Rand) pace.Outcome {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.under--
	r.lastEnd, r.owed = time.Now(), 0
	o := pace.Outcome{Status: 200}
	switch rng.IntN(8) {
	case 0:
		o = pace.Outcome{Status: 429, RetryAfter: time.Duration(rng.IntN(100)) * time.Second}
	case 1:
		o = pace.Outcome{Status: 503}
	case 2:
		o = pace.Outcome{Err: context.DeadlineExceeded}
	case 3:
		o = pace.Outcome{Status: 500 + rng.IntN(30)}
	}
	if o.Status == 200 {
		r.fails = 0
		return o
	}
	r.fails++
	r.owed = max(o.RetryAfter, min(5*time.Second<<min(r.fails-1, 20), 10*time.Minute))
	return o
}

// TestNoScheduleViolatesTheSpacing drives random schedules: workers that ask
// for random hosts in both ways, give up at random, take random times, and get
// random answers, while delays change under way.
func TestNoScheduleViolatesTheSpacing(t *testing.T) {
	for seed := range uint64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			at(t, func(t *testing.T) { schedule(t, seed) })
		})
	}
}

func schedule(t *testing.T, seed uint64) {
	setup := rand.New(rand.NewPCG(seed, 0))
	p := pace.New(pace.Options{Floor: 500 * time.Millisecond, ParkAfter: 3 + setup.IntN(4), IdleHosts: 1 + setup.IntN(4)})
	var hosts []*ruled
	for i := range 1 + setup.IntN(5) {
		r := &ruled{name: fmt.Sprintf("h%d.example", i), delay: 500 * time.Millisecond}
		if setup.IntN(2) == 0 {
			r.delay = time.Duration(setup.IntN(3000)) * time.Millisecond
			p.SetDelay(r.name, r.delay)
		}
		hosts = append(hosts, r)
	}
	var wg sync.WaitGroup
	for w := range 2 + setup.IntN(8) {
		rng := rand.New(rand.NewPCG(seed, uint64(w)+1))
		wg.Go(func() {
			for range 60 {
				worker(t, p, hosts[rng.IntN(len(hosts))], rng)
			}
		})
	}
	wg.Wait()
	total := 0
	for _, r := range hosts {
		total += r.started
	}
	if total == 0 {
		t.Error("no request was let through: nothing was tested")
	}
}

func worker(t *testing.T, p *pace.Pacer, r *ruled, rng *rand.Rand) {
	if rng.IntN(10) == 0 {
		// What robots.txt says is known before the request that it governs, and
		// is never lowered here: the test could not tell which value a request
		// started under.
		r.mu.Lock()
		r.crawl += time.Duration(rng.IntN(400)) * time.Millisecond
		p.SetCrawlDelay(r.name, r.crawl)
		r.mu.Unlock()
	}
	var release pace.Release
	if rng.IntN(3) == 0 {
		got, ready, ok := p.TryAcquire(r.name)
		if !ok {
			if !ready.After(time.Now()) {
				t.Errorf("%s: refused, yet ready", r.name)
			}
			return
		}
		release = got
	} else {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rng.IntN(60_000))*time.Millisecond)
		defer cancel()
		got, err := p.Acquire(ctx, r.name)
		var parked *pace.ParkedError
		if errors.As(err, &parked) {
			time.Sleep(time.Until(parked.Until))
			return
		}
		if err != nil {
			return
		}
		release = got
	}
	r.begin(t)
	time.Sleep(time.Duration(rng.IntN(2000)) * time.Millisecond)
	release(r.end(rng))
}

// manual is a clock that stands still until it is moved.
type manual struct {
	mu     sync.Mutex
	now    time.Time
	timers map[int]timer
	next   int
}

type timer struct {
	at time.Time
	f  func()
}

func (m *manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *manual) AfterFunc(d time.Duration, f func()) func() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	id := m.next
	m.next++
	m.timers[id] = timer{m.now.Add(d), f}
	return func() bool {
		m.mu.Lock()
		defer m.mu.Unlock()
		_, pending := m.timers[id]
		delete(m.timers, id)
		return pending
	}
}

func (m *manual) move(d time.Duration) {
	m.mu.Lock()
	m.now = m.now.Add(d)
	var due []func()
	for id, t := range m.timers {
		if !t.at.After(m.now) {
			due = append(due, t.f)
			delete(m.timers, id)
		}
	}
	m.mu.Unlock()
	for _, f := range due {
		f()
	}
}

func TestInjectedClock(t *testing.T) {
	clock := &manual{now: time.Date(2022, 10, 30, 0, 0, 0, 0, time.UTC), timers: map[int]timer{}}
	p := pace.New(pace.Options{Clock: clock})
	release, err := p.Acquire(t.Context(), host)
	if err != nil {
		t.Fatal(err)
	}
	release(ok)
	granted := make(chan error, 1)
	go func() {
		_, err := p.Acquire(t.Context(), host)
		granted <- err
	}()
	for waiting := 0; waiting == 0; {
		clock.mu.Lock()
		waiting = len(clock.timers)
		clock.mu.Unlock()
	}
	clock.move(999 * time.Millisecond)
	select {
	case <-granted:
		t.Fatal("granted before the second was over")
	default:
	}
	clock.move(time.Millisecond)
	if err := <-granted; err != nil {
		t.Fatal(err)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	clock := &manual{now: time.Date(2022, 10, 30, 0, 0, 0, 0, time.UTC), timers: map[int]timer{}}
	p := pace.New(pace.Options{Clock: clock, IdleHosts: 100})
	p.SetDelay("configured.example", time.Hour)
	p.Report("failing.example", pace.Outcome{Status: 503})
	busy, _, _ := p.TryAcquire("busy.example")
	defer busy(ok)
	for i := range 50_000 {
		release, _, got := p.TryAcquire(fmt.Sprintf("h%d.example", i))
		if !got {
			t.Fatal("fresh host not ready")
		}
		release(ok)
		clock.move(100 * time.Millisecond)
	}
	if got := p.Hosts(); got > 210 {
		t.Errorf("%d hosts remembered, want about 100", got)
	}
	if got := p.Spacing("configured.example"); got != time.Hour {
		t.Errorf("configured delay forgotten: %v", got)
	}
	if _, _, got := p.TryAcquire("busy.example"); got {
		t.Error("busy host forgotten")
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2022, 10, 30, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		value, date string
		want        time.Duration
	}{
		{"", "", 0},
		{"120", "", 2 * time.Minute},
		{" 7 ", "", 7 * time.Second},
		{"1.5", "", 1500 * time.Millisecond},
		{"-5", "", 0},
		{"NaN", "", 0},
		{"99999999999999999999", "", 30 * 24 * time.Hour},
		{"soon", "", 0},
		{"Sun, 30 Oct 2022 12:05:00 GMT", "", 5 * time.Minute},
		{"Sunday, 30-Oct-22 12:05:00 GMT", "", 5 * time.Minute},
		{"Sun, 30 Oct 2022 11:00:00 GMT", "", 0},
		{"Sun, 30 Oct 2022 15:05:00 GMT", "Sun, 30 Oct 2022 15:00:00 GMT", 5 * time.Minute},
		{"Sat, 30 Oct 2055 12:05:00 GMT", "", 30 * 24 * time.Hour},
	}
	for _, tt := range tests {
		h := http.Header{"Retry-After": {tt.value}, "Date": {tt.date}}
		if got := pace.RetryAfter(h, now); got != tt.want {
			t.Errorf("RetryAfter(%q, Date %q) = %v, want %v", tt.value, tt.date, got, tt.want)
		}
	}
}

func TestHost(t *testing.T) {
	tests := map[string]string{
		"http://News.Example/a":      "news.example",
		"https://news.example:443/":  "news.example",
		"http://news.example:80/":    "news.example",
		"http://news.example.:80/":   "news.example",
		"http://news.example:0080/":  "news.example",
		"http://news.example:08080/": "news.example:8080",
		"http://news.example:8080/":  "news.example:8080",
		"http://[2001:DB8::1]/":      "[2001:db8::1]",
		"http://[2001:db8::1]:8080/": "[2001:db8::1]:8080",
	}
	for raw, want := range tests {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := pace.Host(u); got != want {
			t.Errorf("Host(%s) = %q, want %q", raw, got, want)
		}
	}
}
