//go:build !race

// The race detector has a heap of its own, several times the size.

package frontier_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"pressmark/crawler/frontier"
)

// memoryLimit is the heap that a million queued URLs may take, well below the
// 350 MB that a whole process is allowed.
const memoryLimit = 100 << 20

func heapInUse() uint64 {
	runtime.GC()
	runtime.GC() // what finalizers held
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}

// A million URLs over two thousand hosts.
const hosts, each = 2000, 500

// million returns a frontier that holds them, and the bytes of their URLs.
func million(t *testing.T) (f *frontier.Frontier[uint64], total int) {
	t.Helper()
	f = frontier.New[uint64](frontier.Options{Ready: func(string) time.Time { return start }})
	for i := range each { // as a crawl does it: hosts mixed
		for h := range hosts {
			url := fmt.Sprintf("https://www.news-%04d.example/2024/03/%02d/content_%07d.html", h, i%28+1, i*hosts+h)
			total += len(url)
			if err := f.Push(frontier.Item[uint64]{URL: url, Class: frontier.Article, Payload: uint64(i)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return f, total
}

func TestMemory(t *testing.T) {
	before := heapInUse()
	f, total := million(t)
	used := heapInUse() - before
	t.Logf("%d URLs of %d bytes over %d hosts: %.1f MB of heap, %d bytes each", hosts*each, total/(hosts*each), hosts, float64(used)/1e6, used/(hosts*each))
	if used > memoryLimit {
		t.Errorf("a million URLs take %d MB of heap, want at most %d", used>>20, memoryLimit>>20)
	}
	if n := f.Stats().Pending; n != hosts*each {
		t.Errorf("%d pending", n)
	}

	// Worked off, the memory must come back.
	for {
		l, _, ok := f.TryPop()
		if !ok {
			break
		}
		f.Done(l)
	}
	if left := heapInUse(); left > before+memoryLimit/10 {
		t.Errorf("an empty frontier holds %d MB", (left-before)>>20)
	}
	runtime.KeepAlive(f)
}
