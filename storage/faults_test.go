//go:build unix

package storage_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pressmark/storage"
	"pressmark/storage/memstore"
	"pressmark/storage/storagetest/faultproxy"
)

// TestFaults: with up to a third of all requests to a real server going wrong in
// one way or another, two writers of one site, who see the same pages and want to
// write the same articles at the same time, lose nothing and write nothing twice.
func TestFaults(t *testing.T) {
	server := s3Server(t)
	for _, kind := range append(faultproxy.All(), faultproxy.None) {
		name := kind.String()
		if kind == faultproxy.None {
			name = "all"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(uint64(kind), 1))
			proxy := faultproxy.Start(t, server.Endpoint, func(int, *http.Request) faultproxy.Fault {
				f := kind
				if f == faultproxy.None {
					f = faultproxy.All()[rng.IntN(len(faultproxy.All()))]
				}
				often := 3
				if f == faultproxy.Hang || f == faultproxy.LostHang {
					often = 12 // each costs the time of a try
				}
				if rng.IntN(often) > 0 {
					return faultproxy.None
				}
				return f
			})
			config := server.Config()
			direct := s3Store(t, config)
			config.Endpoint = proxy.URL
			opt := storage.RetryOptions{
				Attempts: 12, Base: time.Millisecond, Max: 10 * time.Millisecond, Timeout: 300 * time.Millisecond,
			}
			s := storage.WithRetry(s3Store(t, config), opt)
			want := map[string]int{}
			for _, p := range rounds() {
				want[p.url()]++
			}
			var group sync.WaitGroup
			for w := range 2 {
				pages := rounds()
				for i := range pages {
					pages[i].run = fmt.Sprint("run", w)
				}
				group.Go(func() {
					if _, err := write(t.Context(), s, pages); err != nil {
						t.Errorf("writer %d: %v", w, err)
					}
				})
			}
			group.Wait()
			wantDense(t, direct, want)
			wantSound(t, direct)
			if kind != faultproxy.None && proxy.Count(kind) == 0 {
				t.Error("the fault never happened")
			}
		})
	}
}

// TestStoreStaysAway: a store that does not come back is given up in bounded
// time, with the reason.
func TestStoreStaysAway(t *testing.T) {
	server := s3Server(t)
	for _, kind := range []faultproxy.Fault{faultproxy.SlowDown, faultproxy.Reset, faultproxy.Hang, faultproxy.LostHang} {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			var away atomic.Bool
			proxy := faultproxy.Start(t, server.Endpoint, func(int, *http.Request) faultproxy.Fault {
				if away.Load() {
					return kind
				}
				return faultproxy.None
			})
			config := server.Config()
			config.Endpoint = proxy.URL
			s := storage.WithRetry(s3Store(t, config), storage.RetryOptions{
				Attempts: 4, Base: time.Millisecond, Max: 4 * time.Millisecond, Timeout: 100 * time.Millisecond,
			})
			l := openLog(t, s)
			commit(t, l, batch(page{1, 1, "one", "r"}))
			before := proxy.Requests()
			away.Store(true)
			err := l.Commit(t.Context(), batch(page{2, 1, "two", "r"}))
			if !errors.Is(err, storage.ErrUnavailable) || errors.Is(err, storage.ErrConflict) {
				t.Errorf("%v, want ErrUnavailable", err)
			}
			// Go's client itself repeats a read whose connection was reset once.
			if n := proxy.Requests() - before; n < 4 || n > 8 {
				t.Errorf("given up after %d requests, want 4", n)
			}
		})
	}
}

// TestHangingCommit: a commit ends with its context, also while the store hangs.
func TestHangingCommit(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f := &faulty{Store: memstore.New(), fault: func(_ int, op, _ string) fault {
		if op == "put" {
			cancel()
			return hang
		}
		return none
	}}
	l := openLog(t, storage.WithRetry(f, storage.RetryOptions{}))
	if err := l.Commit(ctx, batch(page{1, 1, "one", "r"})); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
	if got := fmt.Sprint(keys(t, f.Store, "log/")); got != "[]" {
		t.Errorf("log: %s", got)
	}
}
