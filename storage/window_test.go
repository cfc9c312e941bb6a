//go:build unix

package storage_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"

	"pressmark/storage"
	"pressmark/storage/memstore"
)

// held keeps the first write of one key waiting until meanwhile has run.
type held struct {
	storage.Store
	key       string
	once      sync.Once
	meanwhile func()
}

func (h *held) wait(key string) {
	if key == h.key {
		h.once.Do(h.meanwhile)
	}
}

func (h *held) Put(ctx context.Context, key string, body []byte, mediaType string) error {
	h.wait(key)
	return h.Store.Put(ctx, key, body, mediaType)
}

func (h *held) PutIf(ctx context.Context, key string, body []byte, mediaType, tag string) error {
	h.wait(key)
	return h.Store.PutIf(ctx, key, body, mediaType, tag)
}

// windowCase is what a winner does while a loser's article write is held.
type windowCase struct {
	before  int  // revisions of the page in the log already
	ahead   bool // the winner has written its article before the loser looks, and commits it first
	commits int  // of the revisions that follow
	open    bool // the winner has written one article more, and commits it when the loser has given way
}

// TestWindow: a writer's article write is held until another writer, who saw the
// same page, has gone on. What the log then says stays true, whatever the held
// write was to go over.
func TestWindow(t *testing.T) {
	for name, c := range map[string]windowCase{
		"a new page, and its second revision":      {before: 0, commits: 2},
		"a new page, and its third revision":       {before: 0, commits: 3},
		"a second revision, and its third":         {before: 1, commits: 2},
		"a third revision, and its fifth":          {before: 2, commits: 3},
		"a new page, its second one under way":     {before: 0, commits: 1, open: true},
		"a second one, its third one under way":    {before: 1, commits: 1, open: true},
		"over what the winner has just written":    {before: 1, ahead: true},
		"the same, and its next revision":          {before: 1, ahead: true, commits: 1},
		"over a new page that is just written":     {before: 0, ahead: true, commits: 1},
		"over what is new, the next one under way": {before: 1, ahead: true, open: true},
	} {
		t.Run(name, func(t *testing.T) {
			allStores(t, func(t *testing.T, s storage.Store) { testWindow(t, s, c) })
		})
	}
}

func testWindow(t *testing.T, s storage.Store, c windowCase) {
	seen := func(revision int, run string) storage.Batch {
		return batch(page{1, revision, fmt.Sprint("text ", revision), run})
	}
	first := openLog(t, s)
	for n := range c.before {
		commit(t, first, seen(n+1, "r"))
	}
	gates := &steps{Store: s}
	winner := openLog(t, gates)
	last := c.before
	next := func() storage.Batch { last++; return seen(last, "winner") }
	finish := func() {}
	loser := openLog(t, &held{Store: s, key: page{n: 1}.key(), meanwhile: func() {
		finish()
		finish = func() {}
		for range c.commits {
			commit(t, winner, next())
		}
		if c.open {
			finish = gates.begin(t, winner, next())
		}
	}})
	if c.ahead {
		finish = gates.begin(t, winner, next())
	}
	if err := loser.Commit(t.Context(), seen(c.before+1, "loser")); !errors.Is(err, storage.ErrConflict) {
		t.Errorf("loser: %v, want ErrConflict", err)
	}
	finish()
	report, err := storage.Verify(t.Context(), s, storage.VerifyOptions{Deep: true})
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("verify: %v, %v", report.Problems, err)
	}
	wantDense(t, s, map[string]int{page{n: 1}.url(): last})
	wantTexts(t, s)
}

// steps lets a commit stand between its articles and its segment.
type steps struct {
	storage.Store
	at, goOn chan struct{} // nil: nothing waits
}

func (s *steps) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	if at, goOn := s.at, s.goOn; at != nil {
		s.at = nil
		close(at)
		<-goOn
	}
	return s.Store.Create(ctx, key, body, mediaType)
}

// begin writes the batch's articles, and returns what commits them.
func (s *steps) begin(t *testing.T, l *storage.Log, b storage.Batch) (finish func()) {
	t.Helper()
	at, goOn, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	s.at, s.goOn = at, goOn
	go func() { done <- l.Commit(t.Context(), b) }()
	<-at
	return func() {
		close(goOn)
		if err := <-done; err != nil {
			t.Errorf("winner: %v", err)
		}
	}
}

// TestKilledInWindow: a loser that wrote over the winner's article, which was not
// committed yet, and was killed before it put it back. What it wrote over is kept,
// so that the log can be made true again.
func TestKilledInWindow(t *testing.T) {
	stores(t, func(t *testing.T, s storage.Store) {
		commit(t, openLog(t, s), batch(page{1, 1, "first", "r"}))
		gates := &steps{Store: s}
		winner := openLog(t, gates)
		loser := openLog(t, &faulty{Store: s, fault: func(_ int, op, _ string) fault {
			if op == "create" {
				return final
			}
			return none
		}})
		second := batch(page{1, 2, "as the winner saw it", "winner"})
		finish := gates.begin(t, winner, second)
		if err := loser.Commit(t.Context(), batch(page{1, 2, "as the loser saw it", "loser"})); !errors.Is(err, errFinal) {
			t.Errorf("loser: %v", err)
		}
		finish()
		opt := checks()
		opt.Repair = true
		report, err := storage.Verify(t.Context(), s, opt)
		if err != nil || len(report.Problems) == 0 || report.Problems[0].Key != second.Articles[0].Key {
			t.Fatalf("verify: %+v, %v", report.Problems, err)
		}
		wantArticle(t, s, second)
		commit(t, winner, batch(page{1, 3, "later", "winner"}))
		wantTexts(t, s)
	})
}

// TestGiveWayAfterFailure: what a failed commit has written over is put back when
// the log turns out to be lost.
func TestGiveWayAfterFailure(t *testing.T) {
	s := memstore.New()
	first, ours := batch(page{1, 1, "first", "r"}), batch(page{1, 2, "second", "loser"}, page{2, 1, "two", "loser"})
	commit(t, openLog(t, s), first)
	failed := false
	loser := openLog(t, &faulty{Store: s, fault: func(_ int, op, key string) fault {
		if failed || op != "put if" || key != (page{n: 2}).key() {
			return none
		}
		failed = true
		return before
	}})
	if err := loser.Commit(t.Context(), ours); !errors.Is(err, storage.ErrUnavailable) {
		t.Fatal(err)
	}
	commit(t, openLog(t, s), batch(page{3, 1, "three", "winner"}))
	if err := loser.Commit(t.Context(), ours); !errors.Is(err, storage.ErrConflict) {
		t.Errorf("%v, want ErrConflict", err)
	}
	wantArticle(t, s, first)
}

// TestBlindStores: where a store takes no conditions, or keeps them badly, articles
// are written as ever, and the store is not asked again and again.
func TestBlindStores(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(storage.Store) storage.Store
		asked int // calls of PutIf for a new article and two revisions of it
	}{
		"sound":                    {func(s storage.Store) storage.Store { return s }, 3},
		"no PutIf":                 {storage.SingleWriter, 1},
		"refuses each tag":         {func(s storage.Store) storage.Store { return spoilt{s, "x"} }, 1 + 3},
		"tells no tags":            {func(s storage.Store) storage.Store { return spoilt{s, ""} }, 1},
		"takes no notice of a tag": {func(s storage.Store) storage.Store { return indifferent{s} }, 3},
	} {
		t.Run(name, func(t *testing.T) {
			s := memstore.New()
			asked := 0
			l := openLog(t, &faulty{Store: c.spoil(s), fault: func(_ int, op, _ string) fault {
				if op == "put if" {
					asked++
				}
				return none
			}})
			for n := range 3 {
				b := batch(page{1, n + 1, fmt.Sprint("text ", n), "r"})
				commit(t, l, b)
				wantArticle(t, s, b)
			}
			if asked != c.asked {
				t.Errorf("PutIf was called %d times, want %d", asked, c.asked)
			}
			wantDense(t, s, map[string]int{page{n: 1}.url(): 3})
			wantSound(t, s)
			if err := openLog(t, s).Commit(t.Context(), batch(page{1, 4, "text 4", "r"})); err != nil {
				t.Error(err)
			}
			if err := l.Commit(t.Context(), batch(page{1, 4, "mine", "r"})); !errors.Is(err, storage.ErrConflict) {
				t.Errorf("%v, want ErrConflict", err)
			}
		})
	}
}

// spoilt is a store that tells one tag of all objects.
type spoilt struct {
	storage.Store
	tag string
}

func (s spoilt) Get(ctx context.Context, key string) (io.ReadCloser, storage.Info, error) {
	r, info, err := s.Store.Get(ctx, key)
	info.Tag = s.tag
	return r, info, err
}

// indifferent is a store that takes no notice of a tag.
type indifferent struct{ storage.Store }

func (s indifferent) PutIf(ctx context.Context, key string, body []byte, mediaType, _ string) error {
	return s.Put(ctx, key, body, mediaType)
}
