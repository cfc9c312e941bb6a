//go:build unix

package storage_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pressmark/storage"
	"pressmark/storage/memstore"
)

// write commits the pages that the log does not have, in batches of two, and
// begins again whenever another writer was first.
func write(ctx context.Context, s storage.Store, pages []page) (conflicts int, err error) {
	for {
		l, err := storage.NewArchive(s, storage.Options{SnapshotEvery: 4}).OpenSite(ctx, "gazette")
		if err != nil {
			return conflicts, err
		}
		err = writeTo(ctx, l, pages)
		if !errors.Is(err, storage.ErrConflict) {
			return conflicts, err
		}
		var conflict *storage.ConflictError
		if !errors.As(err, &conflict) || conflict.Site != "gazette" || conflict.Segment < 1 {
			return conflicts, fmt.Errorf("conflict names no site or segment: %w", err)
		}
		if again := l.Commit(ctx, batch(page{n: 9999, revision: 1, run: "x"})); !errors.Is(again, storage.ErrConflict) {
			return conflicts, fmt.Errorf("the loser was allowed to commit again: %w", again)
		}
		conflicts++
	}
}

func writeTo(ctx context.Context, l *storage.Log, pages []page) error {
	var todo []page
	for _, p := range pages {
		if r, ok := l.State().Get(p.url()); !ok || r.Revision < p.revision {
			todo = append(todo, p)
		}
	}
	for len(todo) > 0 {
		n := min(2, len(todo))
		if n == 2 && todo[0].n == todo[1].n { // a batch has one revision of a page
			n = 1
		}
		if err := l.Commit(ctx, batch(todo[:n]...)); err != nil {
			return err
		}
		todo = todo[n:]
	}
	return nil
}

// TestWriters: several writers on one site at once, each with pages of its own
// and with some that all of them want. The log has no fork, no gap and no
// duplicate, and readers who follow it see just that.
func TestWriters(t *testing.T) {
	for _, writers := range []int{2, 3} {
		t.Run(fmt.Sprint(writers), func(t *testing.T) {
			allStores(t, func(t *testing.T, s storage.Store) { testWriters(t, s, writers) })
		})
	}
}

func testWriters(t *testing.T, s storage.Store, writers int) {
	const own, common = 6, 6
	total := writers*own + common
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()

	var followers sync.WaitGroup
	for range 2 {
		followers.Go(func() { follow(t, ctx, s, total) })
	}
	var group sync.WaitGroup
	want := map[string]int{}
	for w := range writers {
		var pages []page
		for i := range own + common {
			p := page{n: i, revision: 1, content: fmt.Sprint("text ", i), run: fmt.Sprint("run", w)}
			if i >= common {
				p.n += 100 * (w + 1)
			}
			want[p.url()] = 1
			pages = append(pages, p)
		}
		group.Go(func() {
			conflicts, err := write(ctx, s, pages)
			if err != nil {
				t.Errorf("writer %d: %v", w, err)
			}
			t.Logf("writer %d lost %d times", w, conflicts)
		})
	}
	group.Wait()
	followers.Wait()
	wantDense(t, s, want)
	wantSound(t, s)
}

// follow reads n records and checks that they come in order.
func follow(t *testing.T, ctx context.Context, s storage.Store, n int) {
	seq := int64(0)
	for r, err := range storage.Feed(ctx, s, "gazette", storage.FeedOptions{Follow: true, Poll: time.Millisecond}) {
		if err != nil {
			t.Errorf("follow after %d records: %v", seq, err)
			return
		}
		if seq++; r.Seq != seq {
			t.Errorf("follow: seq %d after %d", r.Seq, seq-1)
			return
		}
		if _, err := s.Stat(ctx, r.Article); err != nil {
			t.Errorf("the feed names an article that is not there: %v", err)
		}
		if int(seq) == n {
			return
		}
	}
}

// wantSound checks log, articles and images against each other.
func wantSound(t *testing.T, s storage.Store) {
	t.Helper()
	report, err := storage.Verify(t.Context(), s, storage.VerifyOptions{Deep: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		t.Errorf("verify: %v", p)
	}
}

// TestLookupBesideCommit: a crawl's workers look up records while it commits.
func TestLookupBesideCommit(t *testing.T) {
	s := memstore.New()
	l := openLog(t, s)
	var readers sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		readers.Go(func() {
			for last := 0; ; {
				select {
				case <-done:
					return
				default:
				}
				r, _ := l.Lookup(page{n: 1}.url())
				if r.Revision < last {
					t.Errorf("revision %d after %d", r.Revision, last)
					return
				}
				last = r.Revision
			}
		})
	}
	for n := range 30 {
		commit(t, l, batch(page{1, n + 1, fmt.Sprint("text ", n), "r"}))
	}
	close(done)
	readers.Wait()
	wantSound(t, s)
}

// TestConflictAtOnce: who comes too late stops before it writes over articles.
func TestConflictAtOnce(t *testing.T) {
	allStores(t, func(t *testing.T, s storage.Store) {
		winner, loser := openLog(t, s), openLog(t, s)
		mine := batch(page{1, 1, "as the winner saw it", "r1"})
		commit(t, winner, mine)
		err := loser.Commit(t.Context(), batch(page{1, 1, "as the loser saw it", "r2"}))
		if !errors.Is(err, storage.ErrConflict) {
			t.Fatal(err)
		}
		wantArticle(t, s, mine)
		commit(t, winner, batch(page{2, 1, "two", "r1"})) // the winner goes on
		wantDense(t, s, map[string]int{page{n: 1}.url(): 1, page{n: 2}.url(): 1})
	})
}

func wantArticle(t *testing.T, s storage.Store, b storage.Batch) {
	t.Helper()
	for _, o := range b.Articles {
		body, _, err := storage.ReadObject(t.Context(), s, o.Key)
		if err != nil || string(body) != string(o.Body) {
			t.Errorf("article is\n%s, %v\nwant\n%s", body, err, o.Body)
		}
	}
}

// TestConflictGivesWay: the loser writes over the winner's article while the
// winner's segment is not yet there. It puts back what it wrote over.
func TestConflictGivesWay(t *testing.T) {
	allStores(t, func(t *testing.T, s storage.Store) {
		commit(t, openLog(t, s), batch(page{1, 1, "first", "r1"}))
		loserAt := make(chan struct{})
		winnerDone := make(chan struct{})
		segment := storage.SegmentKey("gazette", 2)
		loser := openLog(t, &gate{Store: s, key: segment, at: loserAt, wait: winnerDone})
		winner := openLog(t, &gate{Store: s, key: segment, wait: loserAt})
		mine := batch(page{1, 2, "as the winner saw it", "r2"})
		lost := make(chan error, 1)
		// The winner writes its article, waits until the loser has written its
		// own, and creates the segment; then the loser tries to.
		winnerWrote := make(chan struct{})
		go func() {
			<-winnerWrote
			lost <- loser.Commit(t.Context(), batch(page{1, 2, "as the loser saw it", "r3"}))
		}()
		go func() {
			for {
				body, _, err := storage.ReadObject(t.Context(), s, mine.Articles[0].Key)
				if err != nil || string(body) == string(mine.Articles[0].Body) {
					close(winnerWrote)
					return
				}
			}
		}()
		commit(t, winner, mine)
		close(winnerDone)
		if err := <-lost; !errors.Is(err, storage.ErrConflict) {
			t.Errorf("loser: %v", err)
		}
		wantArticle(t, s, mine)
		wantDense(t, s, map[string]int{page{n: 1}.url(): 2})
		wantReadable(t, s)
	})
}

// TestConflictWhileRepeating: the write of the loser's article fails, and before
// it is tried again the winner commits twice. It must not be tried again: nothing
// could put the winner's newest revision back.
func TestConflictWhileRepeating(t *testing.T) {
	for _, op := range []string{"get", "put if"} {
		t.Run(op, func(t *testing.T) {
			mem := memstore.New()
			winner := openLog(t, mem)
			commit(t, winner, batch(page{1, 1, "first", "r1"}))
			last := batch(page{1, 3, "the winner's newest", "r3"})
			key := last.Articles[0].Key
			failed := false
			f := &faulty{Store: mem, fault: func(_ int, did, at string) fault {
				if failed || did != op || at != key {
					return none
				}
				failed = true
				return before
			}}
			opt := impatient()
			opt.Sleep = func(context.Context, time.Duration) error {
				commit(t, winner, batch(page{1, 2, "as the winner saw it", "r2"}))
				commit(t, winner, last)
				return nil
			}
			err := openLog(t, storage.WithRetry(f, opt)).Commit(t.Context(), batch(page{1, 2, "as the loser saw it", "r4"}))
			if !errors.Is(err, storage.ErrConflict) || !failed {
				t.Errorf("%v, want ErrConflict after a failure", err)
			}
			wantArticle(t, mem, last)
			wantDense(t, mem, map[string]int{page{n: 1}.url(): 3})
		})
	}
}

// gate holds up the Create of one key: it says that it has come there (at), and
// waits until it may go on.
type gate struct {
	storage.Store
	key  string
	at   chan<- struct{}
	wait <-chan struct{}
}

func (g *gate) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	if key == g.key {
		if g.at != nil {
			close(g.at)
		}
		<-g.wait
	}
	return g.Store.Create(ctx, key, body, mediaType)
}

// TestLostAnswer: a segment whose answer was lost is found to be there.
func TestLostAnswer(t *testing.T) {
	stores(t, func(t *testing.T, s storage.Store) {
		f := &faulty{Store: s, fault: func(_ int, op, _ string) fault {
			if op == "create" {
				return after
			}
			return none
		}}
		l := openLog(t, f)
		commit(t, l, batch(page{1, 1, "one", "r1"}))
		commit(t, l, batch(page{2, 1, "two", "r1"}))
		wantDense(t, s, map[string]int{page{n: 1}.url(): 1, page{n: 2}.url(): 1})
	})
}

// TestUnknownOutcome: where nobody can tell whether the segment was created, the
// log is closed, and a new one knows.
func TestUnknownOutcome(t *testing.T) {
	stores(t, func(t *testing.T, s storage.Store) {
		down := false
		f := &faulty{Store: s, fault: func(_ int, op, _ string) fault {
			if op == "create" {
				down = true
				return after
			}
			if down {
				return before
			}
			return none
		}}
		l := openLog(t, f)
		err := l.Commit(t.Context(), batch(page{1, 1, "one", "r1"}))
		if !errors.Is(err, storage.ErrUnavailable) {
			t.Fatal(err)
		}
		down = false
		if err := l.Commit(t.Context(), batch(page{1, 1, "one", "r1"})); !errors.Is(err, storage.ErrUnavailable) {
			t.Errorf("the log took a batch although it does not know its end: %v", err)
		}
		if l := openLog(t, s); l.Next() != 2 || l.State().Len() != 1 {
			t.Errorf("next %d, %d URLs", l.Next(), l.State().Len())
		}
	})
}

func TestBadBatches(t *testing.T) {
	good := func() storage.Batch { return batch(page{1, 1, "one", "r1"}) }
	for name, spoil := range map[string]func(*storage.Batch){
		"no record":           func(b *storage.Batch) { b.Records = nil },
		"record without URL":  func(b *storage.Batch) { b.Records[0].URL = "" },
		"record without time": func(b *storage.Batch) { b.Records[0].Time = time.Time{} },
		"record no outcome":   func(b *storage.Batch) { b.Records[0].Outcome = "" },
		"unnamed article":     func(b *storage.Batch) { b.Records[0].Article = "" },
		"other site":          func(b *storage.Batch) { b.Articles[0].Key = storage.ArticleKey("other", page{n: 1}.id()) },
		"image as log":        func(b *storage.Batch) { b.Images[0].Key = storage.SegmentKey("gazette", 1) },
		"climbing key":        func(b *storage.Batch) { b.Captures[0].Key = "warc/gazette/../x" },
		"bad id": func(b *storage.Batch) {
			b.Articles[0].Key = storage.ArticleKey("gazette", "NOT-HEX")
			b.Records[0].Article = b.Articles[0].Key
		},
	} {
		t.Run(name, func(t *testing.T) {
			stores(t, func(t *testing.T, s storage.Store) {
				b := good()
				spoil(&b)
				if err := openLog(t, s).Commit(t.Context(), b); !errors.Is(err, storage.ErrBatch) {
					t.Errorf("%v, want ErrBatch", err)
				}
				if left := keys(t, s, ""); len(left) > 0 {
					t.Errorf("written: %q", left)
				}
			})
		})
	}
}
