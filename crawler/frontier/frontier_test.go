package frontier_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pressmark/crawler/frontier"
)

var start = time.Date(2024, 3, 1, 8, 0, 0, 0, time.UTC)

// fakeClock stands still until it is told to move. TryPop needs no timers.
type fakeClock struct{ now time.Time }

func (c *fakeClock) Now() time.Time { return c.now }
func (c *fakeClock) AfterFunc(time.Duration, func()) (stop func() bool) {
	return func() bool { return true }
}

func push(t *testing.T, f *frontier.Frontier[int], class frontier.Class, payload int, url string) {
	t.Helper()
	if err := f.Push(frontier.Item[int]{URL: url, Class: class, Payload: payload}); err != nil {
		t.Fatal(err)
	}
}

// drain pops and finishes everything that is ready now and returns the payloads.
func drain(f *frontier.Frontier[int]) []int {
	var got []int
	for {
		l, _, ok := f.TryPop()
		if !ok {
			return got
		}
		got = append(got, l.Payload)
		f.Done(l)
	}
}

func TestOrderWithinAHost(t *testing.T) {
	f := frontier.New[int](frontier.Options{Clock: &fakeClock{start}})
	for i, class := range []frontier.Class{frontier.Revisit, frontier.Article, frontier.Article, frontier.Source, frontier.Finish, 99} {
		push(t, f, class, i, fmt.Sprintf("https://a.example/%d", i))
	}
	if got, want := drain(f), []int{4, 3, 1, 2, 0, 5}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestEighthTurn: an endless stream of higher classes does not starve an article.
func TestEighthTurn(t *testing.T) {
	f := frontier.New[int](frontier.Options{Clock: &fakeClock{start}})
	push(t, f, frontier.Article, -1, "https://a.example/article")
	push(t, f, frontier.Revisit, -2, "https://a.example/revisit")
	for i := range 20 {
		push(t, f, frontier.Source, i, fmt.Sprintf("https://a.example/list/%d", i))
	}
	got := drain(f)
	if slices.Index(got, -1) != 7 || slices.Index(got, -2) != 15 {
		t.Errorf("oldest items at turns %d and %d of %v, want 7 and 15", slices.Index(got, -1), slices.Index(got, -2), got)
	}
}

func TestItemsComeBackWhole(t *testing.T) {
	f := frontier.New[int](frontier.Options{Clock: &fakeClock{start}})
	urls := []string{"https://a.example/", "http://a.example/x?y=1", "https://a.example:8443/?q", "http://[::1]:80/z", "https://新闻.example/", "https://a.example?x"}
	for i, url := range urls {
		push(t, f, frontier.Article, i, url)
	}
	seen := map[string]string{}
	for range urls {
		l, _, ok := f.TryPop()
		if !ok {
			t.Fatal("nothing to pop")
		}
		if l.URL != urls[l.Payload] || l.Class != frontier.Article || !l.NotBefore.IsZero() {
			t.Errorf("got %+v, want %s", l, urls[l.Payload])
		}
		seen[l.URL] = frontier.HostOf(l.URL)
		f.Done(l)
	}
	for url, host := range map[string]string{urls[0]: "a.example", urls[1]: "a.example", urls[2]: "a.example:8443", urls[3]: "[::1]:80", urls[5]: "a.example"} {
		if seen[url] != host {
			t.Errorf("host of %s is %q, want %q", url, seen[url], host)
		}
	}
	for _, bad := range []string{"", "a.example/x", "ftp://a.example/", "https:///x", "https://", "https://a.example/" + strings.Repeat("x", 1<<16)} {
		if err := f.Push(frontier.Item[int]{URL: bad}); !errors.Is(err, frontier.ErrURL) {
			t.Errorf("Push(%.40q) = %v, want ErrURL", bad, err)
		}
	}
	long := "https://a.example/" + strings.Repeat("x", 1<<16-2)
	push(t, f, frontier.Article, 7, long)
	if l, _, ok := f.TryPop(); !ok || l.URL != long {
		t.Error("the longest URL does not come back")
	}
}

func TestNotBeforeDoesNotHoldUpOthers(t *testing.T) {
	clock := &fakeClock{start}
	f := frontier.New[int](frontier.Options{Clock: clock})
	late := frontier.Item[int]{URL: "https://a.example/late", NotBefore: start.Add(time.Hour), Payload: 1, Class: frontier.Finish}
	if err := f.Push(late); err != nil {
		t.Fatal(err)
	}
	push(t, f, frontier.Revisit, 2, "https://a.example/now")
	if got := drain(f); !slices.Equal(got, []int{2}) {
		t.Errorf("got %v, want 2 alone", got)
	}
	clock.now = start.Add(time.Hour)
	if got := drain(f); !slices.Equal(got, []int{1}) {
		t.Errorf("an hour later: got %v, want 1", got)
	}
}

func TestReady(t *testing.T) {
	clock := &fakeClock{start}
	readyAt := map[string]time.Time{"a.example": start.Add(time.Hour)}
	f := frontier.New[int](frontier.Options{Clock: clock, Ready: func(host string) time.Time { return readyAt[host] }})
	push(t, f, frontier.Article, 1, "https://a.example/1")
	push(t, f, frontier.Article, 2, "https://b.example/2")
	push(t, f, frontier.Finish, 3, "https://a.example/3")
	if got := drain(f); !slices.Equal(got, []int{2}) {
		t.Errorf("a not ready: got %v, want 2", got)
	}
	readyAt["a.example"] = start.Add(2 * time.Hour) // learned while it waited
	clock.now = start.Add(time.Hour)
	if _, next, ok := f.TryPop(); ok || !next.Equal(start.Add(2*time.Hour)) {
		t.Errorf("a not ready: next = %v, %v", next, ok)
	}
	clock.now = start.Add(2 * time.Hour)
	if got := drain(f); !slices.Equal(got, []int{3, 1}) {
		t.Errorf("a ready: got %v", got)
	}
}

func TestHostsAreForgotten(t *testing.T) {
	f := frontier.New[int](frontier.Options{Clock: &fakeClock{start}})
	for i := range 100 {
		push(t, f, frontier.Article, i, fmt.Sprintf("https://h%d.example/", i))
	}
	drain(f)
	if s := f.Stats(); s != (frontier.Stats{}) {
		t.Errorf("an empty frontier remembers %+v", s)
	}
}

// TestPopWaits runs in a bubble with its own time: every wait is exact.
func TestPopWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		last := map[string]time.Time{}
		var mu sync.Mutex
		f := frontier.New[int](frontier.Options{Ready: func(host string) time.Time {
			mu.Lock()
			defer mu.Unlock()
			if last[host].IsZero() {
				return began
			}
			return last[host].Add(time.Second)
		}})
		release := f.Hold()
		const hosts, each, workers = 5, 10, 3
		var wg sync.WaitGroup
		var times sync.Map
		for range workers {
			wg.Go(func() {
				for {
					l, err := f.Pop(t.Context())
					if errors.Is(err, frontier.ErrDrained) {
						return
					}
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					last[frontier.HostOf(l.URL)] = time.Now()
					mu.Unlock()
					times.Store(l.Payload, time.Since(began))
					f.Free(l)
					f.Done(l)
				}
			})
		}
		synctest.Wait() // all workers wait, nothing is pushed
		time.Sleep(time.Hour)
		began = time.Now()
		for i := range hosts * each {
			push(t, f, frontier.Article, i, fmt.Sprintf("https://h%d.example/%d", i%hosts, i))
		}
		release()
		release()
		wg.Wait()
		for i := range hosts * each {
			at, ok := times.Load(i)
			if want := time.Duration(i/hosts) * time.Second; !ok || at != want {
				t.Errorf("item %d was handed out after %v, want %v", i, at, want)
			}
		}
	})
}

func TestPopEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := frontier.New[int](frontier.Options{})
		if _, err := f.Pop(t.Context()); !errors.Is(err, frontier.ErrDrained) {
			t.Errorf("an empty frontier: %v, want ErrDrained", err)
		}
		push(t, f, frontier.Article, 1, "https://a.example/1")
		push(t, f, frontier.Article, 2, "https://a.example/2")
		l, err := f.Pop(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		// The host is leased: a Pop waits until its context ends …
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := f.Pop(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want the context's error", err)
		}
		// … or the host is free, though the lease has not ended.
		f.Free(l)
		second, err := f.Pop(t.Context())
		if err != nil || second.Payload != 2 {
			t.Fatalf("got %v, %v", second, err)
		}
		f.Done(second)
		// Nothing is pending, but the first lease may still push.
		ended := make(chan error)
		go func() { _, err := f.Pop(context.Background()); ended <- err }()
		synctest.Wait()
		select {
		case err := <-ended:
			t.Errorf("Pop ended while a lease was open: %v", err)
		default:
		}
		f.Done(l)
		if err := <-ended; !errors.Is(err, frontier.ErrDrained) {
			t.Errorf("got %v, want ErrDrained", err)
		}
	})
}

// TestOneAlarmForManyHosts: hosts that get ready at the same moment are all
// handed out then, though one timer rings once.
func TestOneAlarmForManyHosts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		f := frontier.New[int](frontier.Options{Ready: func(string) time.Time { return began.Add(time.Minute) }})
		var got atomic.Int32
		for i := range 3 {
			host := fmt.Sprintf("h%d.example", i)
			push(t, f, frontier.Article, i, "https://"+host+"/")
			go func() {
				l, err := f.Pop(t.Context())
				if err != nil || time.Since(began) != time.Minute {
					t.Errorf("after %v: %v", time.Since(began), err)
				}
				got.Add(1)
				time.Sleep(time.Hour)
				f.Done(l)
			}()
		}
		time.Sleep(2 * time.Minute)
		if n := got.Load(); n != 3 {
			t.Errorf("%d of 3 items are handed out", n)
		}
		time.Sleep(time.Hour)
	})
}

// TestWakeIsHandedOn: a Pop that is woken and cancelled at the same moment must
// not keep the wake from the next in line.
func TestWakeIsHandedOn(t *testing.T) {
	for i := range 50 {
		synctest.Test(t, func(t *testing.T) {
			f := frontier.New[int](frontier.Options{})
			defer f.Hold()()
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				l, err := f.Pop(ctx)
				if err == nil { // it was quicker than the cancel: the item is for the next one
					push(t, f, frontier.Article, l.Payload, l.URL)
					f.Done(l)
				} else if !errors.Is(err, context.Canceled) {
					t.Errorf("the cancelled Pop returned %v", err)
				}
			}()
			synctest.Wait() // it is the first in line
			got := make(chan int)
			go func() {
				l, err := f.Pop(t.Context())
				if err != nil {
					t.Error(err)
				}
				got <- l.Payload
			}()
			synctest.Wait()
			if i%2 == 0 { // it is taken out of its wait by the wake …
				push(t, f, frontier.Article, 1, "https://a.example/")
				cancel()
			} else { // … or by the context, and gets the wake before it has left the line
				cancel()
				push(t, f, frontier.Article, 1, "https://a.example/")
			}
			if n := <-got; n != 1 {
				t.Errorf("got item %d", n)
			}
		})
	}
}

// TestManyWorkers runs real goroutines: every item is handed out once, no host
// has two leases, and all workers end when nothing can come any more.
func TestManyWorkers(t *testing.T) {
	const hosts, workers, depth = 20, 16, 9 // every item but the last generation pushes two more
	f := frontier.New[int](frontier.Options{})
	var under [hosts]atomic.Int32
	var handed, tries sync.Map
	release := f.Hold()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				l, err := f.Pop(t.Context())
				if err != nil {
					if !errors.Is(err, frontier.ErrDrained) {
						t.Error(err)
					}
					return
				}
				host := l.Payload % hosts
				if n := under[host].Add(1); n != 1 {
					t.Errorf("host %d has %d leases", host, n)
				}
				runtime.Gosched()
				under[host].Add(-1)
				if _, again := tries.LoadOrStore(l.Payload, true); !again && l.Payload%5 == 0 {
					item := l.Item
					item.NotBefore = time.Now().Add(time.Millisecond)
					if err := f.Push(item); err != nil {
						t.Error(err)
					}
					f.Done(l)
					continue
				}
				f.Free(l)
				if _, twice := handed.LoadOrStore(l.Payload, true); twice {
					t.Errorf("item %d is handed out twice", l.Payload)
				}
				for child := 2 * l.Payload; child <= 2*l.Payload+1 && child < 1<<depth; child++ {
					item := frontier.Item[int]{URL: fmt.Sprintf("https://h%d.example/%d", child%hosts, child), Class: frontier.Class(child % 4), Payload: child}
					if err := f.Push(item); err != nil {
						t.Error(err)
					}
				}
				f.Done(l)
			}
		})
	}
	push(t, f, frontier.Article, 1, "https://h1.example/1")
	release()
	wg.Wait()
	for i := 1; i < 1<<depth; i++ {
		if _, ok := handed.Load(i); !ok {
			t.Errorf("item %d was never handed out", i)
		}
	}
}
