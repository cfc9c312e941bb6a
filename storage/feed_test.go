//go:build unix

package storage_test

import (
	"testing"
	"time"

	"pressmark/storage"
	"pressmark/storage/memstore"
)

func TestFeed(t *testing.T) {
	stores(t, func(t *testing.T, s storage.Store) {
		if n := len(records(t, s, storage.FeedOptions{})); n != 0 {
			t.Errorf("a site without a log has %d records", n)
		}
		fill(t, openLog(t, s), 20)
		for after := range int64(63) {
			got := records(t, s, storage.FeedOptions{After: after})
			if len(got) != max(0, int(60-after)) || len(got) > 0 && got[0].Seq != after+1 {
				t.Fatalf("after %d: %d records from %+v", after, len(got), got[:1])
			}
		}
		got := records(t, s, storage.FeedOptions{Since: noon.Add(15 * time.Hour)})
		if len(got) != 15 || got[0].Seq != 46 {
			t.Errorf("since hour 15: %d records", len(got))
		}
		for r, err := range storage.Feed(t.Context(), s, "gazette", storage.FeedOptions{Follow: true}) {
			if err != nil {
				t.Fatal(err)
			}
			if r.Seq == 2 {
				break
			}
		}
	})
}

// TestFeedCost: a reader who resumes does not read the log from its beginning.
func TestFeedCost(t *testing.T) {
	s := memstore.New()
	l, err := storage.NewArchive(s, storage.Options{SnapshotEvery: -1}).OpenSite(t.Context(), "gazette")
	if err != nil {
		t.Fatal(err)
	}
	fill(t, l, 200)
	f := &faulty{Store: s, fault: func(int, string, string) fault { return none }}
	if got := records(t, f, storage.FeedOptions{After: 597}); len(got) != 3 || f.calls > 12 {
		t.Errorf("%d records for %d calls", len(got), f.calls)
	}
}
