package storage_test

import (
	"slices"
	"testing"

	"pressmark/storage"
	"pressmark/storage/memstore"
)

// TestCapturesInOrder: files are read as they were written, those of earlier versions,
// whose names have no site, among the others.
func TestCapturesInOrder(t *testing.T) {
	store := memstore.New()
	want := []string{
		"warc/1news/20240101t000000z-aa-0001.warc.gz", "warc/1news/20240101t000000z-aa-0002.warc.gz",
		"warc/1news/1news-20240201t000000z-bb-0001.warc.gz", "warc/1news/20240301t000000z-cc-0001.warc.gz",
		"warc/1news/1news-robots-20240101t000000.000z-dd-0001.warc.gz",
		"warc/zeitung/zeitung-20240101t000000z-ee-0001.warc.gz",
	}
	for _, key := range append([]string{"warc/1news/1news-20240201t000000z-bb-0001.cdxj"}, want...) {
		if err := store.Put(t.Context(), key, []byte("x"), storage.TypeWARC); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for file, err := range storage.Captures(t.Context(), store) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, file.Key)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for file := range storage.Captures(t.Context(), store) { // may end early
		if file.Key != want[0] {
			t.Error(file)
		}
		break
	}
}
