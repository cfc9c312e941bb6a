package replay_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pressmark/crawler/replay"
)

// TestLargeFile: the pages of a capture file are read in memory that does not grow
// with the file, also if its records share one gzip member.
func TestLargeFile(t *testing.T) {
	const pages, size, most = 200, 512 << 10, 40 << 20
	for name, shared := range map[string]bool{"plain": false, "one gzip member": true} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "large.warc")
			fill(t, path, shared, pages, size)
			file, err := replay.Local(path)
			if err != nil {
				t.Fatal(err)
			}
			c := replay.New([]replay.File{file})
			before, n := held(), 0
			for p, err := range c.Pages(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				body, _, err := p.Read(t.Context())
				if want := fmt.Sprintf("<p>%d ", n); err != nil || !strings.Contains(string(body.Body[:80]), want) || len(body.Body) < size {
					t.Fatalf("page %d: %d bytes %.80q, %v", n, len(body.Body), body.Body, err)
				}
				if n++; n%50 == 0 && held() > before+most {
					t.Fatalf("%d MB are held after %d pages", (held()-before)>>20, n)
				}
			}
			if n != pages {
				t.Errorf("%d pages", n)
			}
			runtime.KeepAlive(c)
		})
	}
}

func held() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// fill writes a file of pages that do not compress well.
func fill(t *testing.T, path string, shared bool, pages, size int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out io.Writer = f
	if shared {
		gz := gzip.NewWriter(f)
		defer gz.Close()
		out = gz
	}
	noise := make([]byte, size)
	for i := range noise {
		noise[i] = "abcdefghijklmnop"[rand.IntN(16)]
	}
	for n := range pages {
		body := fmt.Sprintf("<!doctype html><title>Bridge</title><p>%d %s", n, noise)
		if _, err := io.WriteString(out, record(fmt.Sprint(at, n), "200 OK", "", body, len(body))); err != nil {
			t.Fatal(err)
		}
	}
}
