package certificate_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"pressmark/storage"
	"pressmark/storage/certificate"
	"pressmark/storage/ledger"
	"pressmark/storage/memstore"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

func commit(t *testing.T, store storage.Store, url string) {
	t.Helper()
	log, err := storage.NewArchive(store, storage.Options{}).OpenSite(t.Context(), "paper")
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Commit(t.Context(), storage.Batch{Records: []ledger.Record{{Time: noon, URL: url, ID: strings.Repeat("ab", 16), Outcome: ledger.Queued, Reason: ledger.ReasonSeen}}}); err != nil {
		t.Fatal(err)
	}
}

func TestCertificate(t *testing.T) {
	store := memstore.New()
	commit(t, store, "https://paper.example/1")
	commit(t, store, "https://paper.example/2")
	c, err := certificate.Make(t.Context(), store, certificate.Options{Archive: "./archive", Program: "pressmark 1", Now: noon,
		Report: &storage.Report{Images: 3, Problems: []storage.Problem{{Fault: storage.Extra}}}})
	if err != nil {
		t.Fatal(err)
	}
	s := c.Sites[0]
	if s.Segments != 2 || s.Records != 2 || s.URLs != 2 || s.Outcomes["queued"] != 2 || !c.Check.Done || c.Check.Faults["extra"] != 1 || len(c.SHA256) != 64 {
		t.Errorf("%+v", c)
	}
	body, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	same, err := certificate.Parse(body)
	if err != nil {
		t.Fatal(err)
	}
	holds := func(want bool, detail string) {
		t.Helper()
		found, err := certificate.Check(t.Context(), store, same)
		if err != nil || len(found) != 1 || found[0].Holds != want || !strings.Contains(found[0].Detail, detail) {
			t.Errorf("%+v, %v; want holds %v, %q", found, err, want, detail)
		}
	}
	holds(true, "0 segments came after")
	commit(t, store, "https://paper.example/3")
	holds(true, "1 segments came after")

	// Another first segment, with the same number of records.
	other := memstore.New()
	commit(t, other, "https://paper.example/other")
	body2, _, err := storage.ReadObject(t.Context(), other, storage.SegmentKey("paper", 1))
	if err != nil {
		t.Fatal(err)
	}
	first, _, err := storage.ReadObject(t.Context(), store, storage.SegmentKey("paper", 1))
	if err != nil {
		t.Fatal(err)
	}
	put := func(body []byte) {
		t.Helper()
		if err := store.Put(t.Context(), storage.SegmentKey("paper", 1), body, storage.TypeLog); err != nil {
			t.Fatal(err)
		}
	}
	put(body2)
	holds(false, "was changed: its chain")
	put([]byte("noise"))
	holds(false, "not there as a whole")
	put(first)
	holds(true, "1 segments")
	if err := store.Delete(t.Context(), storage.SegmentKey("paper", 1)); err != nil {
		t.Fatal(err)
	}
	holds(false, "not there as a whole")
}

func TestParseRefuses(t *testing.T) {
	c, err := certificate.Make(t.Context(), memstore.New(), certificate.Options{Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"no JSON": "no", "another file": `{"schema":"pressmark/article/v1"}`,
		"edited": strings.Replace(string(body), `"articles":0`, `"articles":9`, 1),
	} {
		if _, err := certificate.Parse([]byte(text)); !errors.Is(err, certificate.ErrForm) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
