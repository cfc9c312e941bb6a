//go:build unix

package main

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/ledger"
	"pressmark/storage/storagetest/newsstand"
)

var (
	scale      = flag.String("scale", "1000", "sizes of the archives of BenchmarkScale, with commas")
	scaleChars = flag.Int("scale-chars", 100, "Chinese characters of an article")
	scaleLog   = flag.Bool("scale-log", false, "write logs without articles: for open, status and compact")
	scaleSteps = flag.String("scale-steps", "open,status,compact,verify,jsonl,csv,parquet,wacz", "what BenchmarkScale measures")
)

// BenchmarkScale shows what the commands take on archives of one site, from small to
// large: seconds on the clock, seconds of the processor, and the most memory.
//
//	go test ./cmd/pressmark -run - -bench Scale -benchtime 1x -scale 1000,10000,100000
func BenchmarkScale(b *testing.B) {
	exe := buildProgram(b)
	for size := range strings.SplitSeq(*scale, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			b.Fatal(err)
		}
		dir := b.TempDir()
		m := scaled{b: b, exe: exe, articles: n, archive: filepath.Join(dir, "archive"), dir: dir}
		m.fill()
		for step := range strings.SplitSeq(*scaleSteps, ",") {
			m.step(step)
		}
		if err := os.RemoveAll(m.archive); err != nil {
			b.Fatal(err)
		}
	}
}

type scaled struct {
	b            *testing.B
	exe          string
	articles     int
	archive, dir string
}

func (m *scaled) fill() {
	store, err := dirstore.Open(m.archive)
	if err != nil {
		m.b.Fatal(err)
	}
	if *scaleLog {
		m.fillLog(store)
		return
	}
	if err := newsstand.New(newsstand.Plan{Articles: m.articles, Chars: *scaleChars, Captures: true}).Fill(m.b.Context(), store); err != nil {
		m.b.Fatal(err)
	}
}

// fillLog writes records as a crawl of many years has them, fifty in a segment.
func (m *scaled) fillLog(store storage.Store) {
	log, err := storage.NewArchive(store, storage.Options{}).OpenSite(m.b.Context(), "paper-00")
	if err != nil {
		m.b.Fatal(err)
	}
	var batch storage.Batch
	for n := range m.articles {
		url := fmt.Sprintf("https://www.paper-00.example/county/%d/council-meets-over-bridge-%d.html", 2000+n%25, n)
		at := time.Date(2000+n%25, 3, 1, 8, 0, n, 0, time.UTC)
		id := article.ID(url)
		batch.Records = append(batch.Records, ledger.Record{Time: at, URL: url, ID: id, Outcome: ledger.Archived, Article: storage.ArticleKey("paper-00", id),
			Revision: 1, ContentHash: id + id, ETag: `"` + id[:16] + `"`, LastMod: at.Format(http.TimeFormat), Status: http.StatusOK, Visits: 5, Images: 2,
			Title: fmt.Sprintf("县议会讨论第 %d 号桥梁修缮 Council meets over bridge", n), Published: at.Format(time.RFC3339), Captured: at,
			Source: "https://www.paper-00.example/feed.xml"})
		if len(batch.Records) == 50 || n == m.articles-1 {
			if err := log.Commit(m.b.Context(), batch); err != nil {
				m.b.Fatal(err)
			}
			batch.Records = batch.Records[:0]
		}
	}
	if err := log.Settle(m.b.Context()); err != nil {
		m.b.Fatal(err)
	}
}

func (m *scaled) step(name string) {
	switch name {
	case "open":
		m.open()
	case "jsonl", "csv", "parquet", "wacz":
		out := filepath.Join(m.dir, name)
		if name == "parquet" {
			out += "/"
		}
		m.run(name, "export", "--to", m.archive, "--format", name, "-o", out, "--index", filepath.Join(m.dir, "index.db"))
	case "verify":
		m.run(name, "verify", m.archive)
	default:
		m.run(name, name, "--to", m.archive)
	}
}

// open measures a crawl that finds nothing: reading the log, and what a crawl asks it.
func (m *scaled) open() {
	began := time.Now()
	var first time.Duration
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if first == 0 {
			first = time.Since(began)
		}
		http.NotFound(w, r)
	}))
	defer server.Close()
	host := strings.TrimPrefix(server.URL, "http://")
	config := filepath.Join(m.dir, "paper-00.yaml")
	site := fmt.Sprintf("name: paper-00\nhosts: ['%[1]s']\nallow_private: ['%[1]s']\nlanguage: zh\ntimezone: Asia/Shanghai\ndelay: 1ms\nsources:\n  - {url: '%[2]s/', type: page}\n", host, server.URL)
	if err := os.WriteFile(config, []byte(site), 0o600); err != nil {
		m.b.Fatal(err)
	}
	m.run("open", "crawl", "paper-00", "--config", config, "--to", m.archive, "--quiet", "--fail-on", "never", "--contact", "mailto:bench@example.org")
	m.b.Logf("%8d articles: first request after %.2f s", m.articles, first.Seconds())
}

// run runs the program and prints what it took.
func (m *scaled) run(name string, args ...string) {
	cmd := exec.CommandContext(m.b.Context(), m.exe, args...)
	began := time.Now()
	out, err := cmd.CombinedOutput()
	took := time.Since(began)
	if err != nil {
		m.b.Fatalf("%s: %v\n%.2000s", name, err, out)
	}
	used, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		m.b.Fatal("no figures of the process")
	}
	m.b.Logf("%8d articles: %-8s %8.2f s, %8.2f s of processor, %5d MB", m.articles, name, took.Seconds(),
		(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), used.Maxrss>>10)
}
