package main

import (
	"io"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/simulator"
)

// BenchmarkArchive archives a site of 1,000 pages of 30 KB from loopback with
// politeness off: discovery, robots, extraction, JSON, captures, commits to a
// folder. With -cpuprofile it shows where a crawl's time goes; crawler/bench
// compares it with other crawlers.
func BenchmarkArchive(b *testing.B) {
	load := simulator.NewLoad(1000, 1)
	server := httptest.NewServer(load)
	defer server.Close()
	dir := b.TempDir()
	for n := 0; b.Loop(); n++ {
		a := &app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, now: time.Now}
		code := a.run(b.Context(), []string{"archive", server.URL + "/", "--to", filepath.Join(dir, strconv.Itoa(n)), "--delay", "0", "--allow-private", "--quiet"})
		if code != exitDone {
			b.Fatalf("exit status %d", code)
		}
	}
}
