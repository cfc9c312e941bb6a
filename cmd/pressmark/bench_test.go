package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/testweb/simulator"
)

// BenchmarkArchive archives a site of 1,000 pages of 30 KB from loopback with
// politeness off: discovery, robots, extraction, JSON, captures, commits to a
// folder. With -cpuprofile it shows where a crawl's time goes; crawler/testweb/bench
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

// BenchmarkStart starts the program, with a hundred configured sites and an archive
// that is not there yet, and reports the time until its first request has come.
func BenchmarkStart(b *testing.B) {
	exe, dir, config := buildProgram(b), b.TempDir(), b.TempDir()
	asked := make(chan time.Time, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case asked <- time.Now():
		default: // not the first
		}
		http.NotFound(w, r)
	}))
	defer server.Close()
	host := strings.TrimPrefix(server.URL, "http://")
	for n := range 100 {
		name := "site-" + strconv.Itoa(n)
		site := "name: " + name + "\nhosts: [" + name + ".example]\nlanguage: en\ntimezone: Europe/London\n"
		if n == 0 {
			site = strings.Replace(site, name+".example", "'"+host+"'", 1) + "allow_private: ['" + host + "']\ndelay: 1ms\nsources:\n  - {url: '" + server.URL + "/', type: page}\n"
		}
		if err := os.WriteFile(filepath.Join(config, name+".yaml"), []byte(site), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	var total time.Duration
	for n := 0; b.Loop(); n++ {
		began := time.Now()
		cmd := exec.CommandContext(b.Context(), exe, "crawl", "site-0", "--config", config, "--to", filepath.Join(dir, strconv.Itoa(n)), "--quiet", "--fail-on", "never")
		out, err := cmd.CombinedOutput()
		if err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		total += (<-asked).Sub(began)
	}
	b.ReportMetric(float64(total.Milliseconds())/float64(b.N), "ms-to-first-request")
}
