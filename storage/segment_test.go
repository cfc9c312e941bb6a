package storage

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"pressmark/storage/ledger"
)

// FuzzSegment: whatever stands in the log's place, reading it ends with records
// that are whole, or with an error that names the place.
func FuzzSegment(f *testing.F) {
	var w lineWriter
	w.begin("writer")
	w.write(&ledger.Record{Seq: 1, Time: time.Unix(1e9, 0), URL: "https://gazette.example/", Outcome: ledger.Queued})
	w.write(&ledger.Record{Seq: 2, Time: time.Unix(1e9, 0), URL: "https://gazette.example/2", Outcome: ledger.Failed, Reason: "x"})
	body, err := w.finish()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body, false)
	f.Add(body[:len(body)/2], false)
	f.Add([]byte("{\"seq\":1}\n"), true)
	f.Add([]byte("{\"seq\":1,\"time\":\"2026-01-01T00:00:00Z\",\"url\":\"u\",\"outcome\":\"queued\"}\n{"), true)
	f.Fuzz(func(t *testing.T, body []byte, pack bool) {
		if pack { // the fuzzer is no good at gzip
			var b bytes.Buffer
			gz := gzip.NewWriter(&b)
			_, _ = gz.Write(body) // a Buffer takes all
			_ = gz.Close()
			body = b.Bytes()
		}
		var state ledger.State
		err := applySegment(&state, "log/s/00000001.jsonl.gz", body)
		var corrupt *CorruptError
		if err != nil && (!errors.As(err, &corrupt) || corrupt.Key == "") {
			t.Fatalf("error without a place: %v", err)
		}
		n := int64(0)
		for r := range state.All() {
			if r.URL == "" || r.Outcome == "" || r.Seq < 1 {
				t.Fatalf("half a record: %+v", r)
			}
			n++
		}
		if n > state.Seq() {
			t.Fatalf("%d URLs of %d records", n, state.Seq())
		}
	})
}
