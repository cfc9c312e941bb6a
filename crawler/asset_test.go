package crawler_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// replayed runs the paper with --warc replay.
func (p newspaper) replayed(t *testing.T, at time.Time, config, dir string) crawler.Summary {
	t.Helper()
	sites, err := configs.Load(config)
	if err != nil {
		t.Fatal(err)
	}
	return p.RunCaptures(t, at, dir, crawler.PlanSite(sites[0]), crawler.Terms{Depth: -1}, func(o *crawler.Options) { o.Captures.Replay = true })
}

// TestAssets: what pages need to look like themselves is captured, each once a run and
// under the rules of robots.txt; later looks are revisit records.
func TestAssets(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	css := func(body string) sheet {
		return sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/css")
			fmt.Fprint(w, body)
		}}
	}
	path := func(n int) string { return fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n) }
	set := func(n int) {
		p.Set(path(n), story(n, `<link rel=stylesheet href=/main.css><script src=/app.js></script><link rel=icon href=/private/icon.png>`, `<img src=/logo.png width=1 height=1>`))
	}
	set(1)
	set(2)
	p.Set("/main.css", css(`@import "more.css"; body { background: url(/paper.png) }`))
	p.Set("/more.css", css(`@import "main.css"; @font-face { src: url(/font.woff2) }`))
	for _, name := range []string{"/paper.png", "/logo.png", "/font.woff2", "/app.js", "/private/icon.png"} {
		p.Set(name, sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/octet-stream")
			fmt.Fprint(w, "bytes of "+name)
		}})
	}
	p.Set("/robots.txt", sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprint(w, "User-agent: *\nDisallow: /private/\n")
	}})
	p.Set("/", list("", path(1), path(2)))
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	now := time.Now()
	p.Requests()
	s := p.replayed(t, now, config, dir)
	if s.Archived != 2 || s.Discovered != 2 {
		t.Fatalf("%+v", s)
	}
	wanted := []string{"/main.css", "/more.css", "/paper.png", "/logo.png", "/font.woff2"}
	asked := p.Requests()
	for _, name := range wanted {
		if n := count(asked, name); n != 1 {
			t.Errorf("asked %d times for %s", n, name)
		}
	}
	if slices.Contains(asked, "/app.js") || slices.Contains(asked, "/private/icon.png") {
		t.Errorf("asked for %q", asked)
	}
	first := captured(t, dir)
	for _, name := range wanted {
		rec := p.Log(t, dir)[name]
		if rec.Kind != ledger.KindAsset || rec.Outcome != ledger.Archived || fmt.Sprint(first[p.URL+name]) != "[response]" {
			t.Errorf("%s: %+v, captured as %v", name, rec, first[p.URL+name])
		}
		if got := responseAt(t, dir, rec); got != p.URL+name {
			t.Errorf("the record of %s names the capture of %s", name, got)
		}
	}
	if rec := p.Log(t, dir)["/private/icon.png"]; rec.Outcome != ledger.Skipped || rec.Reason != "robots_disallowed" {
		t.Errorf("what robots.txt forbids is %+v", rec)
	}

	set(3) // within a day nothing is asked for again, later once
	p.Set("/", list("", path(1), path(2), path(3)))
	p.replayed(t, now.Add(time.Hour), config, dir)
	if asked := p.Requests(); slices.Contains(asked, "/main.css") {
		t.Errorf("within the hour asked for %q", asked)
	}
	set(4)
	p.Set("/", list("", path(1), path(2), path(3), path(4)))
	p.replayed(t, now.Add(72*time.Hour), config, dir)
	for _, name := range wanted {
		if got := fmt.Sprint(captured(t, dir)[p.URL+name]); got != "[response revisit]" {
			t.Errorf("%s is captured as %s", name, got)
		}
	}
}

// captured is the kinds of record of each address, in the order of the files.
func captured(t *testing.T, dir string) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(dir + "/warc/paper/*.warc.gz")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		in := warc.NewReader(bytes.NewReader(body))
		for rec, err := in.Next(); err == nil; rec, err = in.Next() {
			if kind := rec.Type(); kind == "response" || kind == "revisit" || kind == "conversion" {
				out[rec.URL()] = append(out[rec.URL()], kind)
			}
		}
	}
	return out
}

// responseAt is the address of the response that a record of an asset names.
func responseAt(t *testing.T, dir string, rec ledger.Record) string {
	t.Helper()
	var file string
	var offset, length int64
	if _, err := fmt.Sscan(rec.Detail, &file, &offset, &length); err != nil || !strings.HasPrefix(rec.Article, "warc/") {
		t.Fatalf("%+v: %v", rec, err)
	}
	body, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	r, err := warc.ReadAt(bytes.NewReader(body), offset, length)
	if err != nil {
		t.Fatal(err)
	}
	return r.URL()
}
