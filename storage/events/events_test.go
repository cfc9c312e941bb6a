package events_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pressmark/storage"
	"pressmark/storage/events"
	"pressmark/storage/ledger"
	"pressmark/storage/memstore"
)

var day = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

func TestTypeOf(t *testing.T) {
	for want, r := range map[events.Type]ledger.Record{
		events.New: {Outcome: ledger.Archived}, events.Revised: {Outcome: ledger.Revised, Reason: ledger.ReasonContent}, events.Unchanged: {Outcome: ledger.Unchanged},
		events.Gone: {Outcome: ledger.Gone}, events.Restored: {Outcome: ledger.Archived, Reason: ledger.ReasonRestored}, events.Removed: {Outcome: ledger.Removed},
		events.Alias: {Outcome: ledger.Skipped, Reason: ledger.ReasonAlias, Alias: "https://a.example/1"}, events.Source: {Kind: ledger.KindFeed, Outcome: ledger.Skipped},
		events.Internal: {Kind: ledger.KindRobots, Outcome: ledger.Archived}, "skipped": {Outcome: ledger.Skipped}, "failed": {Outcome: ledger.Failed}, "queued": {Outcome: ledger.Queued},
	} {
		if got := events.TypeOf(&r); got != want {
			t.Errorf("%+v: %s, want %s", r, got, want)
		}
	}
}

// commit adds records of pages to a site's log, one segment a call.
func commit(t *testing.T, store storage.Store, site string, records ...ledger.Record) {
	t.Helper()
	log, err := storage.NewArchive(store, storage.Options{}).OpenSite(t.Context(), site)
	if err != nil {
		t.Fatal(err)
	}
	for i := range records {
		records[i].Time = day
		if records[i].Outcome == "" {
			records[i].Outcome, records[i].Reason = ledger.Skipped, ledger.ReasonNotHTML
		}
	}
	if err := log.Commit(t.Context(), storage.Batch{Records: records}); err != nil {
		t.Fatal(err)
	}
}

func page(n int) ledger.Record { return ledger.Record{URL: fmt.Sprintf("https://a.example/%d", n)} }

// read reads what there is, once.
func read(t *testing.T, store storage.Store, opt events.Options) (lines []string, behind events.Cursor, err error) {
	t.Helper()
	r, err := events.NewReader(t.Context(), store, opt)
	if err != nil {
		return nil, nil, err
	}
	err = r.Run(t.Context(), func(list []events.Event, c events.Cursor) error {
		for i := range list {
			lines = append(lines, fmt.Sprintf("%s/%d", list[i].Site, list[i].Record.Seq))
		}
		behind = c
		return nil
	})
	return lines, behind, err
}

func TestReader(t *testing.T) {
	store := memstore.New()
	commit(t, store, "a", page(1), ledger.Record{URL: "https://a.example/robots.txt", Kind: ledger.KindRobots}, page(2))
	commit(t, store, "b", page(1))
	lines, behind, err := read(t, store, events.Options{})
	if got := strings.Join(lines, " "); err != nil || got != "a/1 a/3 b/1" || behind["a"] != 3 || behind["b"] != 1 {
		t.Fatalf("%s, %v, %v", got, behind, err)
	}
	commit(t, store, "a", page(3))
	commit(t, store, "c", page(1))
	for _, tt := range []struct {
		opt  events.Options
		want string
	}{
		{events.Options{Cursor: behind}, "a/4 c/1"},
		{events.Options{All: true, Sites: []string{"a"}}, "a/1 a/2 a/3 a/4"},
		{events.Options{Since: day.Add(time.Second)}, ""},
		{events.Options{Cursor: events.Cursor{"a": 4, "b": 1, "c": 1}}, ""},
	} {
		lines, _, err := read(t, store, tt.opt)
		if got := strings.Join(lines, " "); err != nil || got != tt.want {
			t.Errorf("%+v: %s, %v", tt.opt, got, err)
		}
	}
	for want, opt := range map[error]events.Options{
		storage.ErrBeyond: {Cursor: events.Cursor{"b": 2}},
		events.ErrNoSite:  {Cursor: events.Cursor{"gone": 2}},
	} {
		if _, _, err := read(t, store, opt); !errors.Is(err, want) {
			t.Errorf("%+v: %v, want %v", opt, err, want)
		}
	}
	if _, _, err := read(t, store, events.Options{Sites: []string{"d"}}); !errors.Is(err, events.ErrNoSite) || !strings.Contains(err.Error(), "a, b, c") {
		t.Errorf("an unknown site: %v", err)
	}
}

// away is a store that can be away.
type away struct {
	storage.Store
	gone atomic.Bool
}

func (a *away) Get(ctx context.Context, key string) (io.ReadCloser, storage.Info, error) {
	if a.gone.Load() {
		return nil, storage.Info{}, storage.ErrUnavailable
	}
	return a.Store.Get(ctx, key)
}

// TestFollow: new records and new sites are handed over, each once, through an outage that
// is told.
func TestFollow(t *testing.T) {
	store := &away{Store: memstore.New()}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	told, got := make(chan error, 9), make(chan string, 99)
	r, err := events.NewReader(ctx, store, events.Options{Follow: true, Poll: time.Millisecond, Away: func(err error) { told <- err }})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		ended <- r.Run(ctx, func(list []events.Event, _ events.Cursor) error {
			for i := range list {
				got <- fmt.Sprintf("%s/%d", list[i].Site, list[i].Record.Seq)
			}
			return nil
		})
	}()
	expect := func(want string) {
		t.Helper()
		if line := <-got; line != want {
			t.Fatalf("%s, want %s", line, want)
		}
	}
	commit(t, store, "a", page(1))
	expect("a/1")
	store.gone.Store(true)
	if err := <-told; !errors.Is(err, storage.ErrUnavailable) {
		t.Fatalf("the outage: %v", err)
	}
	store.gone.Store(false)
	if err := <-told; err != nil {
		t.Fatalf("the end of the outage: %v", err)
	}
	commit(t, store, "a", page(2))
	expect("a/2")
	commit(t, store, "b", page(1))
	expect("b/1")
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) || len(got) > 0 {
		t.Errorf("%v, %d more", err, len(got))
	}
}

func TestCursor(t *testing.T) {
	file := filepath.Join(t.TempDir(), "cursor.json")
	if c, err := events.ReadCursor(file); err != nil || len(c) != 0 {
		t.Errorf("none: %v, %v", c, err)
	}
	if err := (events.Cursor{"a": 3}).Write(file); err != nil {
		t.Fatal(err)
	}
	if c, err := events.ReadCursor(file); err != nil || c["a"] != 3 {
		t.Errorf("%v, %v", c, err)
	}
	for _, bad := range []string{"12", "{}", `{"version":2}`, `{"version":1,"sites":{"a":-1}}`} {
		if err := os.WriteFile(file, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := events.ReadCursor(file); !errors.Is(err, events.ErrCursor) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// TestNotify: a batch comes until it is taken, signed.
func TestNotify(t *testing.T) {
	tries := 0
	var body []byte
	var head http.Header
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ = io.ReadAll(r.Body)
		head = r.Header.Clone()
		if tries++; tries == 1 {
			w.WriteHeader(http.StatusBadGateway)
		}
	}))
	defer server.Close()
	failed := 0
	n := &events.Notifier{URL: server.URL, Archive: "s3://bucket/news", Secret: []byte("key"), Client: server.Client(), Now: func() time.Time { return day },
		Failed: func(error, time.Duration) { failed++ }}
	rec := ledger.Record{Seq: 7, Time: day, URL: "https://a.example/1", ID: "1f", Outcome: ledger.Revised, Revision: 2, Changed: []string{"title"}, Article: "articles/a/1f.json"}
	if err := n.Post(t.Context(), []events.Event{{Site: "a", Record: rec}}); err != nil || tries != 2 || failed != 1 {
		t.Fatalf("%v after %d tries, %d failed", err, tries, failed)
	}
	if got := head.Get(events.SignatureHeader); got != events.Sign([]byte("key"), body, day) || !strings.HasPrefix(got, "t=1772352000,v1=") ||
		got == events.Sign([]byte("other"), body, day) || !strings.HasPrefix(head.Get("Content-Type"), "application/cloudevents-batch+json") {
		t.Errorf("head: %v", head)
	}
	var batch []struct {
		SpecVersion, ID, Source, Type, Subject, Time string
		Data                                         struct {
			Event, Site string
			RevisionKey string `json:"revision_key"`
			Changed     []string
			Seq         int
		}
	}
	if err := json.Unmarshal(body, &batch); err != nil || len(batch) != 1 {
		t.Fatalf("%v: %s", err, body)
	}
	if e := batch[0]; e.SpecVersion != "1.0" || e.ID != "a/7" || e.Source != "s3://bucket/news" || e.Type != "pressmark.article.revised" || e.Time != "2026-03-01T08:00:00Z" ||
		e.Data.Event != "revised" || e.Data.RevisionKey != "revisions/a/1f/2.json" || e.Data.Seq != 7 || len(e.Data.Changed) != 1 {
		t.Errorf("%s", body)
	}
}
