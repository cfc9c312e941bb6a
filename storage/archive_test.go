package storage_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/ledger"
	"pressmark/storage/memstore"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// stores runs a test on every kind of store that needs no server.
func stores(t *testing.T, test func(*testing.T, storage.Store)) {
	t.Run("mem", func(t *testing.T) { test(t, memstore.New()) })
	t.Run("dir", func(t *testing.T) {
		s, err := dirstore.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		test(t, s)
	})
}

func openLog(t *testing.T, s storage.Store) *storage.Log {
	t.Helper()
	l, err := storage.NewArchive(s, storage.Options{}).OpenSite(t.Context(), "gazette")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func commit(t *testing.T, l *storage.Log, b storage.Batch) {
	t.Helper()
	if err := l.Commit(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// page is one made article with an image and a capture.
type page struct {
	n        int
	revision int
	content  string
	run      string
}

func (p page) url() string { return fmt.Sprintf("https://gazette.example/news/%d", p.n) }
func (p page) id() string  { return hashOf(p.url())[:32] }
func (p page) key() string { return storage.ArticleKey("gazette", p.id()) }
func (p page) image() []byte {
	return fmt.Appendf(nil, "picture of %d, as in %s", p.n, p.content)
}

func (p page) articleJSON() []byte {
	sum := hashOf(string(p.image()))
	b, err := json.Marshal(map[string]any{
		"schema": "pressmark/article/v1", "id": p.id(), "url": p.url(), "site": "gazette",
		"revision": p.revision, "content_hash": hashOf(p.content), "text": p.content,
		"images":  []any{map[string]any{"id": "1", "key": storage.ImageKey(sum, "png"), "sha256": sum, "status": "archived"}},
		"capture": map[string]any{"warc": p.warc(), "offset": 0, "length": 10},
	})
	if err != nil {
		panic(err)
	}
	return b
}

func (p page) warc() string { return storage.WARCKey("gazette", p.run, p.n) }

// batch commits pages, each with its image, capture and record.
func batch(pages ...page) storage.Batch {
	var b storage.Batch
	for _, p := range pages {
		outcome, reason := ledger.Archived, ""
		if p.revision > 1 {
			outcome, reason = ledger.Revised, "changed"
		}
		b.Images = append(b.Images, storage.Object{Key: storage.ImageKey(hashOf(string(p.image())), "png"), Body: p.image(), MediaType: "image/png"})
		b.Captures = append(b.Captures, storage.Object{Key: p.warc(), Body: []byte("0123456789 of " + p.url()), MediaType: storage.TypeWARC})
		b.Articles = append(b.Articles, storage.Object{Key: p.key(), Body: p.articleJSON(), MediaType: storage.TypeJSON})
		b.Records = append(b.Records, ledger.Record{
			Time: noon.Add(time.Duration(p.n) * time.Minute), URL: p.url(), ID: p.id(), Outcome: outcome, Reason: reason,
			Article: p.key(), Revision: p.revision, ContentHash: hashOf(p.content), Title: "Page " + p.content, Images: 1,
		})
	}
	return b
}

func records(t *testing.T, s storage.Store, opt storage.FeedOptions) []ledger.Record {
	t.Helper()
	var list []ledger.Record
	for r, err := range storage.Feed(t.Context(), s, "gazette", opt) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

func keys(t *testing.T, s storage.Store, prefix string) []string {
	t.Helper()
	var list []string
	for info, err := range s.List(t.Context(), prefix, "") {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, info.Key)
	}
	return list
}

// wantDense checks that the log is one sequence of segments and records, and
// that it names each URL as often as want says.
func wantDense(t *testing.T, s storage.Store, want map[string]int) {
	t.Helper()
	segments := keys(t, s, "log/gazette/0")
	for i, key := range segments {
		if key != storage.SegmentKey("gazette", i+1) {
			t.Fatalf("segment %d is called %s", i+1, key)
		}
	}
	got := map[string]int{}
	for i, r := range records(t, s, storage.FeedOptions{}) {
		if r.Seq != int64(i+1) {
			t.Fatalf("record %d has seq %d", i+1, r.Seq)
		}
		got[r.URL]++
	}
	for url, n := range want {
		if got[url] != n {
			t.Errorf("%d records of %s, want %d", got[url], url, n)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d URLs in the log, want %d", len(got), len(want))
	}
}

func TestCommit(t *testing.T) {
	stores(t, func(t *testing.T, s storage.Store) {
		l := openLog(t, s)
		first := batch(page{1, 1, "one", "r1"}, page{2, 1, "two", "r1"})
		commit(t, l, first)
		commit(t, l, storage.Batch{}) // nothing
		commit(t, l, batch(page{1, 2, "one, changed", "r1"}))

		wantKeys := []string{
			storage.SegmentKey("gazette", 1), storage.SegmentKey("gazette", 2),
			storage.RevisionKey("gazette", page{n: 1}.id(), 1),
			page{n: 1}.key(), page{n: 2}.key(),
		}
		var got []string
		for _, prefix := range []string{"log/", "revisions/", "articles/"} {
			got = append(got, keys(t, s, prefix)...)
		}
		slices.Sort(got)
		slices.Sort(wantKeys)
		if !slices.Equal(got, wantKeys) {
			t.Errorf("keys\n%q\nwant\n%q", got, wantKeys)
		}
		old, _, err := storage.ReadObject(t.Context(), s, storage.RevisionKey("gazette", page{n: 1}.id(), 1))
		if err != nil || string(old) != string(first.Articles[0].Body) {
			t.Errorf("revision 1: %s, %v", old, err)
		}

		again := openLog(t, s)
		if again.Next() != 3 || again.State().Seq() != 3 || again.State().Len() != 2 {
			t.Errorf("reopened: next %d, seq %d, %d URLs", again.Next(), again.State().Seq(), again.State().Len())
		}
		for a := range again.State().All() {
			b, _ := l.State().Get(a.URL)
			if fmt.Sprint(a) != fmt.Sprint(b) {
				t.Errorf("state of %s\n%+v\nwas\n%+v", a.URL, a, b)
			}
		}
	})
}
