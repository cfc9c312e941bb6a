package crawler_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"pressmark/crawler"
	"pressmark/extract/article"
)

// TestReaders: a number of readers that makes no sense is the default.
func TestReaders(t *testing.T) {
	for _, n := range []int{-1, 0, 1} {
		s := &shelf{commit: func(context.Context) error { return nil }}
		sums, err := crawler.New(crawler.Options{Fetcher: endlessly{}, Readers: n}).Run(t.Context(), []crawler.Job{jobFor("a", s)})
		if err != nil || sums[0].Err != nil || s.archived() != 10 {
			t.Errorf("%d readers: %v, %v, %d articles archived, want 10", n, err, sums[0].Err, s.archived())
		}
	}
}

// busy counts how many pages are extracted at once.
type busy struct {
	reader
	now, most *atomic.Int32
}

func (b busy) Extract(ctx context.Context, p article.Page) (article.Result, error) {
	n := b.now.Add(1)
	defer b.now.Add(-1)
	for most := b.most.Load(); n > most && !b.most.CompareAndSwap(most, n); most = b.most.Load() {
	}
	time.Sleep(2 * time.Millisecond)
	return b.reader.Extract(ctx, p)
}

// TestReadersBound: no more pages are read at once than there are readers, however
// many workers fetch.
func TestReadersBound(t *testing.T) {
	x := busy{now: new(atomic.Int32), most: new(atomic.Int32)}
	job := jobFor("a", &shelf{commit: func(context.Context) error { return nil }})
	job.Extractor = x
	if _, err := crawler.New(crawler.Options{Fetcher: endlessly{}, Readers: 2}).Run(t.Context(), []crawler.Job{job}); err != nil {
		t.Fatal(err)
	}
	if n := x.most.Load(); n != 2 {
		t.Errorf("%d pages were read at once, want 2", n)
	}
}
