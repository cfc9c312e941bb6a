//go:build unix

package storage_test

import (
	"fmt"
	"runtime"
	"testing"

	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/memstore"
)

// TestManyLogs: a log that is open takes the memory of what it knows, not that of
// what it is written with: a crawl has thousands of them.
func TestManyLogs(t *testing.T) {
	const n, most = 50, 128 << 10
	archive := storage.NewArchive(memstore.New(), storage.Options{})
	logs := make([]*storage.Log, n)
	var first, last runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&first)
	for i := range logs {
		l, err := archive.OpenSite(t.Context(), fmt.Sprint("gazette-", i))
		if err != nil {
			t.Fatal(err)
		}
		note(t, l, ledger.Record{URL: "https://gazette.example/1", Outcome: ledger.Queued})
		logs[i] = l
	}
	runtime.GC()
	runtime.ReadMemStats(&last)
	if grown := int64(last.HeapAlloc) - int64(first.HeapAlloc); grown > n*most {
		t.Errorf("%d logs take %d KB", n, grown>>10)
	}
	runtime.KeepAlive(logs)
}
