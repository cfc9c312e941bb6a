package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pressmark/storage"
)

// failing is a store whose writes fail from the one with a number on.
type failing struct {
	storage.Store
	from int64 // of the writes, from 1
	once bool  // the one alone
	err  error

	writes atomic.Int64
}

func (s *failing) fails(op, key string) error {
	if n := s.writes.Add(1); n == s.from || n > s.from && !s.once {
		return fmt.Errorf("%s %s: %w", op, key, s.err)
	}
	return nil
}

func (s *failing) Put(ctx context.Context, key string, body []byte, mediaType string) error {
	if err := s.fails("put", key); err != nil {
		return err
	}
	return s.Store.Put(ctx, key, body, mediaType)
}

func (s *failing) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	if err := s.fails("create", key); err != nil {
		return err
	}
	return s.Store.Create(ctx, key, body, mediaType)
}

func (s *failing) PutIf(ctx context.Context, key string, body []byte, mediaType, tag string) error {
	if err := s.fails("put", key); err != nil {
		return err
	}
	return s.Store.PutIf(ctx, key, body, mediaType, tag)
}

// TestStoreFailsAtAnyWrite has each write of a run fail in turn, the segment's among
// them: the disk is full, rights are taken away, credentials expire. The run says so,
// the archive is sound but for what nobody names, and the next run completes it.
func TestStoreFailsAtAnyWrite(t *testing.T) {
	begin := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	for name, cause := range map[string]error{"full disk": syscall.ENOSPC, "no right to write": syscall.EACCES, "expired credentials": errors.New("403 ExpiredToken")} {
		for _, once := range []bool{true, false} {
			t.Run(fmt.Sprint(name, ", once ", once), func(t *testing.T) {
				p := startPaper(t)
				var links []string
				for n := range 3 {
					links = append(links, fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n))
					p.Set(links[n], story(n, "", ""))
				}
				p.Set("/", list("", links...))
				config := p.config(t, "  - {url: 'URL/', type: page}\n")
				for from := int64(1); ; from++ {
					dir := t.TempDir()
					store := &failing{from: from, once: once, err: cause}
					c := p.call(t, func() time.Time { return begin }, config, dir)
					c.Store = func(sound storage.Store) storage.Store {
						store.Store = sound
						return store
					}
					sum, err := c.Run(t)
					if err != nil {
						t.Fatal(err)
					}
					failed := store.writes.Load() >= from
					if failed && sum.Err == nil && sum.Archived != len(links) {
						t.Errorf("write %d failed, and the run does not say so: %+v", from, sum)
					}
					p.visit(t, begin.Add(time.Hour), config, dir)
					if got := p.paths(t, dir); !slices.Equal(got, links) {
						t.Errorf("write %d failed: archived after it %q", from, got)
					}
					withoutExtra(t, dir)
					if !failed {
						if from < 4 {
							t.Errorf("a run has %d writes", from-1)
						}
						break
					}
				}
			})
		}
	}
}

// withoutExtra fails unless an archive is sound but for objects that nobody names.
func withoutExtra(t *testing.T, dir string) {
	t.Helper()
	report, err := storage.Verify(t.Context(), openFolder(t, dir), storage.Thorough(nil))
	problems := slices.DeleteFunc(report.Problems, func(p storage.Problem) bool { return p.Key == storage.SchemaKey || p.Fault == storage.Extra })
	if err != nil || len(problems) > 0 {
		t.Errorf("verify: %v, %v", err, problems)
	}
}

// TestClockThatJumps: a clock that is set while a run is at work loses nothing, and
// keeps no later run from the site.
func TestClockThatJumps(t *testing.T) {
	begin := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	for name, by := range map[string]time.Duration{"ahead": 10 * 365 * 24 * time.Hour, "back": -10 * 365 * 24 * time.Hour, "an hour back": -time.Hour} {
		for _, after := range []int{1, 5, 20, 60} {
			t.Run(fmt.Sprint(name, " after ", after), func(t *testing.T) {
				p, dir := startPaper(t), t.TempDir()
				var links []string
				for n := range 4 {
					links = append(links, fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n))
					p.Set(links[n], story(n, "", ""))
				}
				p.Set("/", list("", links...))
				config := p.config(t, "  - {url: 'URL/', type: page}\n")
				var mu sync.Mutex
				asked := 0
				sum, err := p.call(t, func() time.Time {
					mu.Lock()
					defer mu.Unlock()
					if asked++; asked > after {
						return begin.Add(by)
					}
					return begin
				}, config, dir).Run(t)
				if err != nil || sum.Err != nil {
					t.Fatal(err, sum)
				}
				p.visit(t, begin.Add(30*time.Hour), config, dir)
				if got := p.paths(t, dir); !slices.Equal(got, links) {
					t.Errorf("archived %q", got)
				}
				p.Set("/", list("", append(links, "/2024/0301/council-takes-up-the-bridge-9.html")...))
				p.Set("/2024/0301/council-takes-up-the-bridge-9.html", story(9, "", ""))
				p.visit(t, begin.Add(60*time.Hour), config, dir)
				if got := p.paths(t, dir); len(got) != len(links)+1 {
					t.Errorf("archived later %q", got)
				}
				verified(t, dir)
			})
		}
	}
}
