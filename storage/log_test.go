//go:build unix

package storage_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/memstore"
)

// note commits one record without objects.
func note(t *testing.T, l *storage.Log, r ledger.Record) {
	t.Helper()
	if r.Time.IsZero() {
		r.Time = noon
	}
	commit(t, l, storage.Batch{Records: []ledger.Record{r}})
}

// fill commits n segments of three records each.
func fill(t *testing.T, l *storage.Log, n int) {
	t.Helper()
	for i := range n {
		var b storage.Batch
		for j := range 3 {
			b.Records = append(b.Records, ledger.Record{
				Time: noon.Add(time.Duration(i) * time.Hour), URL: fmt.Sprintf("https://gazette.example/%d", (i+j*5)%7),
				Outcome: ledger.Unchanged, Reason: "not_modified", Visits: i + 1,
			})
		}
		commit(t, l, b)
	}
}

func TestEmptyBatch(t *testing.T) {
	s := memstore.New()
	f := &faulty{Store: s, fault: func(int, string, string) fault { return none }}
	l := openLog(t, f)
	f.calls = 0
	commit(t, l, storage.Batch{})
	if f.calls != 0 {
		t.Errorf("an empty batch costs %d calls", f.calls)
	}
}

// TestCost: what a commit asks of the store.
func TestCost(t *testing.T) {
	s := memstore.New()
	ops := map[string]int{}
	f := &faulty{Store: s, fault: func(_ int, op, _ string) fault { ops[op]++; return none }}
	l := openLog(t, f)
	check := func(what string, want map[string]int) {
		t.Helper()
		if fmt.Sprint(ops) != fmt.Sprint(want) {
			t.Errorf("%s costs %v, want %v", what, ops, want)
		}
		clear(ops)
	}
	check("opening a new log", map[string]int{})
	note(t, l, ledger.Record{URL: "https://gazette.example/feed", Kind: ledger.KindFeed, Outcome: ledger.Unchanged})
	check("a record", map[string]int{"create": 1})
	commit(t, l, batch(page{1, 1, "one", "r"}))
	check("an article", map[string]int{"stat": 2, "put": 2, "put if": 1, "create": 1})
	again := batch(page{1, 2, "two", "r"})
	again.Images = batch(page{1, 1, "one", "r"}).Images
	commit(t, l, again)
	check("a revision with an old image", map[string]int{"stat": 2, "put": 2, "get": 1, "put if": 1, "create": 1})
}

func TestSnapshot(t *testing.T) {
	stores(t, func(t *testing.T, s storage.Store) {
		l := openLog(t, s)
		fill(t, l, 5)
		for range 2 { // the second time there is nothing to do
			if err := l.Snapshot(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		fill(t, l, 2)
		f := &faulty{Store: s, fault: func(_ int, op, key string) fault {
			if op == "get" && key < storage.SegmentKey("gazette", 5) { // with that one the snapshot is compared
				t.Errorf("read although there is a snapshot: %s", key)
			}
			return none
		}}
		again := openLog(t, f)
		wantState(t, again.State(), l.State())
		if again.Next() != 8 {
			t.Errorf("next is %d", again.Next())
		}
		for range 3 {
			fill(t, again, 1)
			if err := again.Snapshot(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		want := []string{storage.SnapshotKey("gazette", 9), storage.SnapshotKey("gazette", 10)}
		if got := keys(t, s, "log/gazette/snapshot-"); !slices.Equal(got, want) {
			t.Errorf("snapshots %q, want the newest two: %q", got, want)
		}
		if n := len(records(t, s, storage.FeedOptions{})); n != 30 {
			t.Errorf("the feed has %d records, want 30", n)
		}
		wantSound(t, s)
	})
}

func wantState(t *testing.T, got, want *ledger.State) {
	t.Helper()
	var a, b []byte
	for r := range got.All() {
		a = append(r.AppendJSON(a), '\n')
	}
	for r := range want.All() {
		b = append(r.AppendJSON(b), '\n')
	}
	if !bytes.Equal(a, b) || got.Seq() != want.Seq() {
		t.Errorf("state after record %d is\n%s\nwant that after %d\n%s", got.Seq(), a, want.Seq(), b)
	}
}

func TestAutomaticSnapshot(t *testing.T) {
	s := memstore.New()
	l, err := storage.NewArchive(s, storage.Options{SnapshotEvery: 3}).OpenSite(t.Context(), "gazette")
	if err != nil {
		t.Fatal(err)
	}
	fill(t, l, 7)
	want := []string{storage.SnapshotKey("gazette", 3), storage.SnapshotKey("gazette", 6)}
	if got := keys(t, s, "log/gazette/snapshot-"); !slices.Equal(got, want) {
		t.Errorf("snapshots %q, want %q", got, want)
	}
	// With many URLs, a snapshot is worth its price only after 4 × 3 small segments.
	var b storage.Batch
	for i := range 100 {
		b.Records = append(b.Records, ledger.Record{Time: noon, URL: fmt.Sprint("https://gazette.example/more/", i), Outcome: ledger.Queued})
	}
	commit(t, l, b)
	if err := l.Snapshot(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 13 {
		note(t, l, ledger.Record{URL: "https://gazette.example/0", Outcome: ledger.Unchanged})
	}
	want = []string{storage.SnapshotKey("gazette", 8), storage.SnapshotKey("gazette", 20)}
	if got := keys(t, s, "log/gazette/snapshot-"); !slices.Equal(got, want) {
		t.Errorf("snapshots %q, want %q", got, want)
	}
}

// TestDamagedSnapshot: the segments say all that a snapshot says.
func TestDamagedSnapshot(t *testing.T) {
	stores(t, func(t *testing.T, s storage.Store) {
		l := openLog(t, s)
		fill(t, l, 3)
		if err := l.Snapshot(t.Context()); err != nil {
			t.Fatal(err)
		}
		fill(t, l, 2)
		if err := s.Put(t.Context(), storage.SnapshotKey("gazette", 5), []byte("no gzip"), ""); err != nil {
			t.Fatal(err)
		}
		again := openLog(t, s)
		wantState(t, again.State(), l.State())
		report, err := storage.Verify(t.Context(), s, storage.VerifyOptions{})
		if err != nil || len(report.Problems) != 1 || report.Problems[0].Key != storage.SnapshotKey("gazette", 5) {
			t.Errorf("verify: %+v, %v", report, err)
		}
		if err := again.Snapshot(t.Context()); err != nil { // puts a sound one in its place
			t.Fatal(err)
		}
		wantSound(t, s)
	})
}

func zip(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCorruptSegments(t *testing.T) {
	line := func(seq int) string {
		r := ledger.Record{Seq: int64(seq), Time: noon, URL: "https://gazette.example/", Outcome: ledger.Queued}
		return string(r.AppendJSON(nil)) + "\n"
	}
	good := zip(t, line(4)+line(5))
	for name, c := range map[string]struct {
		body []byte
		line int
	}{
		"no gzip":       {[]byte(line(4)), 0},
		"empty":         {nil, 0},
		"cut off":       {good[:len(good)-9], -1},
		"wrong sum":     {append(bytes.Clone(good[:len(good)-8]), "01234567"...), -1},
		"half a line":   {zip(t, line(4)+strings.TrimSuffix(line(5), "\n")), 2},
		"no JSON":       {zip(t, line(4)+"seq 5\n"), 2},
		"no record":     {zip(t, line(4)+"{}\n"), 2},
		"a gap":         {zip(t, line(4)+line(6)), 2},
		"starts late":   {zip(t, line(5)), 1},
		"a repetition":  {zip(t, line(4)+line(4)), 2},
		"an empty line": {zip(t, line(4)+"\n"), 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := memstore.New()
			fill(t, openLog(t, s), 1)
			key := storage.SegmentKey("gazette", 2)
			if err := s.Put(t.Context(), key, c.body, ""); err != nil {
				t.Fatal(err)
			}
			_, openErr := storage.NewArchive(s, storage.Options{}).OpenSite(t.Context(), "gazette")
			var feedErr error
			for _, feedErr = range storage.Feed(t.Context(), s, "gazette", storage.FeedOptions{}) {
			}
			for _, err := range []error{openErr, feedErr} {
				var corrupt *storage.CorruptError
				if !errors.Is(err, storage.ErrCorrupt) || !errors.As(err, &corrupt) || corrupt.Key != key || c.line >= 0 && corrupt.Line != c.line {
					t.Errorf("%v; want ErrCorrupt at %s, line %d", err, key, c.line)
				}
			}
			report, err := storage.Verify(t.Context(), s, storage.VerifyOptions{})
			if err != nil || len(report.Problems) != 1 || report.Problems[0].Key != key {
				t.Errorf("verify: %+v, %v", report, err)
			}
		})
	}
}

func TestMissingSegment(t *testing.T) {
	s := memstore.New()
	fill(t, openLog(t, s), 4)
	if err := s.Delete(t.Context(), storage.SegmentKey("gazette", 2)); err != nil {
		t.Fatal(err)
	}
	_, err := storage.NewArchive(s, storage.Options{}).OpenSite(t.Context(), "gazette")
	if !errors.Is(err, storage.ErrCorrupt) || !strings.Contains(err.Error(), storage.SegmentKey("gazette", 2)) {
		t.Errorf("%v, want ErrCorrupt at segment 2", err)
	}
}

func TestSites(t *testing.T) {
	allStores(t, func(t *testing.T, s storage.Store) {
		for _, site := range []string{"a", "a-b", "a.b", "a0", "b"} {
			l, err := storage.NewArchive(s, storage.Options{}).OpenSite(t.Context(), site)
			if err != nil {
				t.Fatal(err)
			}
			note(t, l, ledger.Record{URL: "https://" + site, Outcome: ledger.Queued})
		}
		var got []string
		for site, err := range storage.Sites(t.Context(), s) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, site)
		}
		slices.Sort(got)
		if !slices.Equal(got, []string{"a", "a-b", "a.b", "a0", "b"}) {
			t.Errorf("sites %q", got)
		}
	})
}

func TestNames(t *testing.T) {
	for _, name := range []string{"a", "rednet", "news.example.com", "127.0.0.1-8080", "a_b", strings.Repeat("a", 100)} {
		if err := storage.CheckSite(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"", ".", "..", "-a", ".a", "A", "a/b", "a b", "a..b", "ä", "a:b", strings.Repeat("a", 101)} {
		if err := storage.CheckSite(name); !errors.Is(err, storage.ErrName) {
			t.Errorf("%q: %v, want ErrName", name, err)
		}
		if _, err := storage.NewArchive(memstore.New(), storage.Options{}).OpenSite(t.Context(), name); !errors.Is(err, storage.ErrName) {
			t.Errorf("open %q: %v, want ErrName", name, err)
		}
	}
	sum := strings.Repeat("ab", 32)
	for got, want := range map[string]string{
		storage.ArticleKey("s", "2f6c"):        "articles/s/2f6c.json",
		storage.RevisionKey("s", "2f6c", 2):    "revisions/s/2f6c/2.json",
		storage.ImageKey(sum, "png"):           "images/ab/" + sum + ".png",
		storage.WARCKey("s", "20261123T1", 3):  "warc/s/s-20261123T1-0003.warc.gz",
		storage.CDXJKey("warc/s/r-1.warc.gz"):  "warc/s/r-1.cdxj",
		storage.SegmentKey("s", 42):            "log/s/00000042.jsonl.gz",
		storage.SnapshotKey("s", 42):           "log/s/snapshot-00000042.jsonl.gz",
		storage.RobotsKey("s", sum):            "robots/s/" + sum + ".txt",
		fmt.Sprint(storage.CheckID("2f6c")):    `article id "2f6c": bad name: want 16 to 64 lower-case hex digits`,
		fmt.Sprint(storage.CheckID(sum)):       "<nil>",
		fmt.Sprint(storage.CheckSite("Press")): `site "Press": bad name: want lower-case letters, digits, "-", "_", ".", beginning with a letter or digit`,
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
