//go:build unix

package storage_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"pressmark/storage"
	"pressmark/storage/memstore"
)

// turns lets one of all waiting calls go on at a time, as chance decides.
type turns struct {
	mu      sync.Mutex
	waiting map[string][]chan struct{} // by what they are; sorted, one seed always gives one order
}

func (s *turns) wait(what string) {
	turn := make(chan struct{})
	s.mu.Lock()
	s.waiting[what] = append(s.waiting[what], turn)
	s.mu.Unlock()
	<-turn
}

// run gives turns until nobody waits for one.
func (s *turns) run(rng *rand.Rand) {
	for {
		synctest.Wait()
		s.mu.Lock()
		names := slices.Sorted(maps.Keys(s.waiting))
		if len(names) == 0 {
			s.mu.Unlock()
			return
		}
		name := names[rng.IntN(len(names))]
		turn := s.waiting[name][0]
		if s.waiting[name] = s.waiting[name][1:]; len(s.waiting[name]) == 0 {
			delete(s.waiting, name)
		}
		s.mu.Unlock()
		close(turn)
	}
}

// player is a store as one of several writers has it, who take turns.
type player struct {
	storage.Store
	turns *turns
	name  string
}

func (p player) wait(op, key string) { p.turns.wait(p.name + " " + op + " " + key) }

func (p player) Get(ctx context.Context, key string) (io.ReadCloser, storage.Info, error) {
	p.wait("get", key)
	return p.Store.Get(ctx, key)
}

func (p player) Stat(ctx context.Context, key string) (storage.Info, error) {
	p.wait("stat", key)
	return p.Store.Stat(ctx, key)
}

func (p player) Put(ctx context.Context, key string, body []byte, mediaType string) error {
	p.wait("put", key)
	return p.Store.Put(ctx, key, body, mediaType)
}

func (p player) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	p.wait("create", key)
	return p.Store.Create(ctx, key, body, mediaType)
}

func (p player) PutIf(ctx context.Context, key string, body []byte, mediaType, tag string) error {
	p.wait("put if", key)
	return p.Store.PutIf(ctx, key, body, mediaType, tag)
}

func (p player) List(ctx context.Context, prefix, after string) iter.Seq2[storage.Info, error] {
	p.wait("list", prefix)
	return p.Store.List(ctx, prefix, after)
}

// TestTurns: whatever the order in which the calls of several writers come, the
// archive in the end has the text of each revision that the log names. The
// writers see the same pages, each in an order of its own, and the same text or
// each another one; the store answers always, or now and then not.
func TestTurns(t *testing.T) {
	for name, c := range map[string]turnsCase{
		"2 writers": {2, false, false}, "2 writers, own texts": {2, true, false}, "2 writers, own texts, faults": {2, true, true},
		"3 writers": {3, false, false}, "3 writers, own texts": {3, true, false}, "3 writers, own texts, faults": {3, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(20) {
				synctest.Test(t, func(t *testing.T) { testTurns(t, seed, c) })
				if t.Failed() {
					t.Fatalf("in the order of seed %d", seed)
				}
			}
		})
	}
}

type turnsCase struct {
	writers     int
	own, faults bool
}

func testTurns(t *testing.T, seed uint64, c turnsCase) {
	mem := memstore.New()
	rng := rand.New(rand.NewPCG(seed, 1))
	store := &faulty{Store: mem, fault: func(int, string, string) fault {
		if c.faults && rng.IntN(3) == 0 {
			return []fault{before, after}[rng.IntN(2)]
		}
		return none
	}}
	table := &turns{waiting: map[string][]chan struct{}{}}
	for w := range c.writers {
		pages := shuffled(rng, rounds())
		for i := range pages {
			pages[i].run = fmt.Sprint("run", w)
			if c.own {
				pages[i].content += fmt.Sprint(", as writer ", w, " saw it")
			}
		}
		s := storage.WithRetry(player{store, table, fmt.Sprint(w)}, storage.RetryOptions{Attempts: 50, Sleep: impatient().Sleep})
		go func() {
			if _, err := write(t.Context(), s, pages); err != nil {
				t.Errorf("writer %d: %v", w, err)
			}
		}()
	}
	table.run(rng)

	want := map[string]int{}
	for _, p := range rounds() {
		want[p.url()]++
	}
	wantDense(t, mem, want)
	wantTexts(t, mem)
	report, err := storage.Verify(t.Context(), mem, storage.VerifyOptions{Deep: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		if !c.own || p.Fault != storage.Extra { // the losers' pictures stay
			t.Errorf("verify: %v", p)
		}
	}
}

// shuffled puts pages into an order that chance makes; the revisions of each stay
// in theirs.
func shuffled(rng *rand.Rand, pages []page) []page {
	var mixed []page
	next := map[int]int{}
	for _, i := range rng.Perm(len(pages)) {
		next[pages[i].n]++
		at := slices.IndexFunc(pages, func(p page) bool { return p.n == pages[i].n && p.revision == next[p.n] })
		mixed = append(mixed, pages[at])
	}
	return mixed
}

// wantTexts checks that each revision that the log names is there with its text.
func wantTexts(t *testing.T, s storage.Store) {
	t.Helper()
	newest := map[string]int{}
	all := records(t, s, storage.FeedOptions{})
	for _, r := range all {
		newest[r.Article] = max(newest[r.Article], r.Revision)
	}
	for _, r := range all {
		key := r.Article
		if r.Revision < newest[key] {
			key = storage.RevisionKey("gazette", r.ID, r.Revision)
		}
		body, _, err := storage.ReadObject(t.Context(), s, key)
		if err != nil || !bytes.Contains(body, []byte(r.ContentHash)) {
			t.Errorf("revision %d of %s: %s, %v; the log says %q", r.Revision, r.URL, body, err, r.Title)
		}
	}
}
