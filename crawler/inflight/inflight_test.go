package inflight_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"

	"pressmark/crawler/inflight"
)

const mib = 1 << 20

func grow(t *testing.T, l *inflight.Lease, size int64) {
	t.Helper()
	if err := l.Grow(t.Context(), size); err != nil {
		t.Fatal(err)
	}
}

func TestSmallBodiesNeverWait(t *testing.T) {
	b := inflight.New(10 * mib)
	full := b.Lease()
	grow(t, full, 100*mib) // over the budget: it is the only one
	for range 1000 {
		grow(t, b.Lease(), inflight.Free)
	}
}

// TestOneGoesOver: of leases that would wait for each other for ever, one goes on.
func TestOneGoesOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := inflight.New(10 * mib)
		one, two, three := b.Lease(), b.Lease(), b.Lease()
		grow(t, one, 5*mib)
		grow(t, two, 5*mib)
		var order []string
		var mu sync.Mutex
		note := func(name string) { mu.Lock(); order = append(order, name); mu.Unlock() }
		var wg sync.WaitGroup
		wg.Go(func() { grow(t, one, 9*mib); note("one") })
		synctest.Wait()
		wg.Go(func() { grow(t, two, 9*mib); note("two") })
		synctest.Wait()
		wg.Go(func() { grow(t, three, 2*mib); note("three") })
		synctest.Wait()
		if len(order) != 1 || order[0] != "one" {
			t.Fatalf("granted: %v, want the first alone", order)
		}
		grow(t, one, 30*mib) // further growth of the one does not wait
		one.Release()
		wg.Wait()
		if len(order) != 3 {
			t.Errorf("granted: %v, want all", order)
		}
		two.Release()
		three.Release()
		if used, peak := b.Used(); used != 0 || peak > 40*mib {
			t.Errorf("%d bytes are still held, %d were", used, peak)
		}
	})
}

func TestWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := inflight.New(2 * mib)
		one, two, three := b.Lease(), b.Lease(), b.Lease()
		grow(t, one, 9*mib)
		late := errors.New("late")
		ctx, cancel := context.WithCancelCause(t.Context())
		got := make(chan error, 1)
		go func() { got <- two.Grow(ctx, 5*mib) }()
		synctest.Wait()
		cancel(late)
		if err := <-got; !errors.Is(err, late) {
			t.Errorf("error %v, want the cause", err)
		}
		one.Shrink(mib)
		grow(t, three, 2*mib) // nobody is in the way
	})
}

// TestConcurrent: whatever many leases do, all of them end and nothing is left.
func TestConcurrent(t *testing.T) {
	b := inflight.New(8 * mib)
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Go(func() {
			for j := range 50 {
				l := b.Lease()
				for size := int64(mib); size <= int64((i+j)%16)*mib; size *= 2 {
					if err := l.Grow(context.Background(), size); err != nil {
						t.Error(err)
					}
				}
				l.Shrink(mib)
				l.Release()
				l.Release()
			}
		})
	}
	wg.Wait()
	if used, peak := b.Used(); used != 0 || peak > (8+16)*mib {
		t.Errorf("%d bytes are still held, at most %d were", used, peak)
	}
}

func TestNoBudget(t *testing.T) {
	for _, l := range []*inflight.Lease{nil, inflight.New(0).Lease()} {
		grow(t, l, 1<<50)
		l.Shrink(0)
		l.Release()
	}
}

func TestPlan(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	const meminfo = "MemTotal:       16000000 kB\nMemFree: 1 kB\n"
	for _, tt := range []struct {
		name string
		root fstest.MapFS
		told int64
		want inflight.Plan
	}{
		{"unknown", nil, 0, inflight.Plan{Limit: 375809637, Bytes: 128 * mib}},
		{"large machine", fstest.MapFS{"proc/meminfo": file(meminfo), "sys/fs/cgroup/memory.max": file("max\n")}, 0, inflight.Plan{Limit: 375809637, Bytes: 128 * mib}},
		{"small machine", fstest.MapFS{"proc/meminfo": file("MemTotal: 524288 kB\n")}, 0, inflight.Plan{Limit: 187904815, Bytes: 64 * mib}},
		{"small cgroup", fstest.MapFS{"proc/meminfo": file(meminfo), "sys/fs/cgroup/memory.max": file("268435456\n")}, 0, inflight.Plan{Limit: 93952404, Bytes: 32 * mib}},
		{"small cgroup of version 1", fstest.MapFS{"proc/meminfo": file(meminfo), "sys/fs/cgroup/memory/memory.limit_in_bytes": file("268435456\n")}, 0, inflight.Plan{Limit: 93952404, Bytes: 32 * mib}},
		{"no limit in version 1", fstest.MapFS{"sys/fs/cgroup/memory/memory.limit_in_bytes": file("9223372036854771712\n")}, 0, inflight.Plan{Limit: 375809637, Bytes: 128 * mib}},
		{"told", fstest.MapFS{"sys/fs/cgroup/memory.max": file("268435456\n")}, 2048 * mib, inflight.Plan{Limit: 1503238548, Bytes: 512 * mib}},
	} {
		if tt.root == nil {
			tt.root = fstest.MapFS{}
		}
		if got := inflight.PlanFor(tt.told, inflight.Machine(tt.root)); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}
