package storage_test

import (
	"context"
	"fmt"
	"io"
	"iter"
	"testing"

	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/memstore"
)

// asked counts the requests that an S3 store would get: a list has one for each
// thousand keys.
type asked struct {
	storage.Store
	requests int
}

func (a *asked) Get(ctx context.Context, key string) (io.ReadCloser, storage.Info, error) {
	a.requests++
	return a.Store.Get(ctx, key)
}

func (a *asked) Stat(ctx context.Context, key string) (storage.Info, error) {
	a.requests++
	return a.Store.Stat(ctx, key)
}

func (a *asked) List(ctx context.Context, prefix, after string) iter.Seq2[storage.Info, error] {
	return func(yield func(storage.Info, error) bool) {
		a.requests++
		n := 0
		for info, err := range a.Store.List(ctx, prefix, after) {
			if n++; n%1000 == 0 {
				a.requests++
			}
			if !yield(info, err) {
				return
			}
		}
	}
}

// TestRequestsToOpen: opening a site's log takes at most 20 requests, however many crawls
// there were, and however much each has committed.
func TestRequestsToOpen(t *testing.T) {
	store := &asked{Store: memstore.New()}
	archive := storage.NewArchive(store, storage.Options{Parallel: 1}) // one request at a time can be counted
	pages, crawls, most := 0, 0, 0
	for _, commits := range []int{1, 3, 700, 1, 1, 5, 40, 12, 12, 1, 12, 13, 2, 150, 11, 1, 1} {
		store.requests = 0
		l, err := archive.OpenSite(t.Context(), "gazette")
		if err != nil {
			t.Fatal(err)
		}
		most = max(most, store.requests)
		if l.State().Len() != pages {
			t.Fatalf("crawl %d: %d URLs, want %d", crawls, l.State().Len(), pages)
		}
		for range commits {
			var records []ledger.Record
			for range 5 {
				pages++
				records = append(records, ledger.Record{Time: noon, URL: fmt.Sprintf("https://gazette.example/%d.html", pages), Outcome: ledger.Queued})
			}
			if err := l.Commit(t.Context(), storage.Batch{Records: records}); err != nil {
				t.Fatal(err)
			}
		}
		if err := l.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		crawls++
	}
	if t.Logf("at most %d requests", most); most > 20 {
		t.Errorf("opening the log took %d requests, want at most 20", most)
	}
}
