package storagetest

import (
	"bytes"
	"io"
	"testing"

	"pressmark/storage"
)

// testLarge: an object of several parts appears when it is closed, as it was written,
// and is read piece by piece; one that was given up leaves nothing.
func testLarge(t *testing.T, s storage.Store) {
	body := bytes.Repeat([]byte("a large object, 1/2^n of it at a time. "), storage.PartSize/39+100)
	for name, keep := range map[string]bool{"kept.wacz": true, "dropped.wacz": false} {
		w := storage.Write(t.Context(), s, name, text)
		for rest := body; len(rest) > 0; {
			n := min(len(rest), max(1, len(rest)/2))
			if _, err := w.Write(rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		_, err := s.Stat(t.Context(), name)
		wantError(t, err, storage.ErrNotFound, name)
		end := w.Discard
		if keep {
			end = w.Close
		}
		if err := end(); err != nil {
			t.Fatal(err)
		}
	}
	if got := list(t, s, "", ""); len(got) != 1 || got[0] != "kept.wacz" {
		t.Fatalf("there is %q", got)
	}
	r, info, err := storage.Stream(t.Context(), s, "kept.wacz")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got, err := io.ReadAll(r)
	if err != nil || info.Size != int64(len(body)) || !bytes.Equal(got, body) {
		t.Errorf("read %d bytes of %d (%+v): %v", len(got), len(body), info, err)
	}
	_, _, err = storage.Stream(t.Context(), s, "none")
	wantError(t, err, storage.ErrNotFound, "none")
}
