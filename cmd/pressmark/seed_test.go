package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/testweb/newsroom"
	"pressmark/storage/ledger"
)

// TestSeedsThatCannotBeRead archives URLs that lead to nothing: the exit status
// is 1, and the summary says of each what was wrong.
func TestSeedsThatCannotBeRead(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			_, _ = w.Write([]byte("User-agent: *\nDisallow: /corner/\n"))
		case "/wall.html":
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>" +
				"<p>Please enable JavaScript and cookies to continue</p></body></html>"))
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	for _, c := range []struct {
		name, path string
		flags      []string
		want       string
	}{
		{"not there", "/a.html", []string{"--allow-private"}, "http_404"},
		{"forbidden", "/corner/a.html", []string{"--allow-private"}, "robots.txt forbids"},
		{"behind a wall", "/wall.html", []string{"--allow-private"}, "bot_wall"},
		{"not a public address", "/a.html", nil, "--allow-private"},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := append([]string{"archive", server.URL + c.path, "--to", filepath.Join(t.TempDir(), "a"), "--delay", "0", "--quiet"}, c.flags...)
			code, out, errs := pressmark(t, args...)
			if code != exitFailures || !strings.Contains(out, c.want) || !strings.Contains(out, "1 of 1 sources") {
				t.Errorf("exit status %d, the summary lacks %q:\n%s%s", code, c.want, out, errs)
			}
		})
	}
}

// TestRequestsThatWereSent: the summary counts requests that a server got, not
// those that robots.txt, an address or a pause kept from being sent.
func TestRequestsThatWereSent(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	p.set("/robots.txt", sheet{body: "User-agent: *\nDisallow: /corner/\n"})
	p.set("/away.html", sheet{serve: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/corner/a.html", http.StatusFound) }})
	p.set("/rest.html", sheet{serve: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(http.StatusServiceUnavailable)
	}})
	for _, c := range []struct {
		path  string
		flags []string
	}{
		{"/corner/a.html", []string{"--allow-private"}},
		{"/a.html", nil}, // not a public address
		{"/a.html", []string{"--allow-private"}},
		{"/away.html", []string{"--allow-private"}},
		{"/rest.html", []string{"--allow-private"}},
		{"/rest.html", []string{"--allow-private"}}, // the host rests still
	} {
		sum := p.crawl(t, time.Now(), exitFailures, append([]string{"archive", p.URL + c.path, "--to", dir, "--delay", "0"}, c.flags...)...)
		if got := p.requests(); sum.Requests != len(got) {
			t.Errorf("%s %v: the summary says %d requests, the site got %v", c.path, c.flags, sum.Requests, got)
		}
	}
}

// TestArticleThatFailedAtFirst names an article that cannot be had at first, and
// names it again, or has a later crawl come upon it: it is archived then, and
// nothing that its page links to.
func TestArticleThatFailedAtFirst(t *testing.T) {
	const path, other = "/2024/0301/council-takes-up-the-bridge-1.html", "/2024/0302/council-takes-up-the-bridge-2.html"
	for _, c := range []struct {
		name   string
		status int
		again  []string
	}{
		{"not there yet, named again", 404, []string{"archive", "URL" + path}},
		{"refused, named again", 403, []string{"archive", "URL" + path}},
		{"refused, tried again by a crawl", 403, []string{"crawl", "paper"}},
		{"not there yet, found by a crawl", 404, []string{"crawl", "paper"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, dir := startPaper(t), t.TempDir()
			now := time.Now()
			config := p.config(t, "  - {url: 'URL/local/', type: page}\n")
			p.set("/local/", list("", path))
			p.set(path, sheet{status: c.status})
			p.set(other, story(2, "", ""))
			p.crawl(t, now, exitFailures, "archive", p.URL+path, "--config", config, "--to", dir)
			p.set(path, story(1, "", "<h3>More</h3><ul><li><a href='"+other+"'>Council takes up the other bridge of the county</a></li></ul>"))
			for i := range c.again {
				c.again[i] = strings.ReplaceAll(c.again[i], "URL", p.URL)
			}
			sum := p.crawl(t, now.Add(time.Hour), exitDone, append(c.again, "--config", config, "--to", dir)...)
			if got := archivedPaths(t, dir); !slices.Equal(got, []string{path}) || sum.Discovered != 1 || sum.Archived != 1 {
				t.Errorf("archived %v, %+v", got, sum)
			}
			rec := lastRecord(t, dir, "paper", p.URL+path)
			if rec.Kind != ledger.KindPage || rec.Outcome != ledger.Archived || rec.Tries != 0 {
				t.Errorf("the log holds %+v", rec)
			}
		})
	}
}

// TestSeedThatFailsAsAPage: the log's record of a seed that could not be read
// becomes that of a page where a list names it as one, whatever becomes of it.
func TestSeedThatFailsAsAPage(t *testing.T) {
	const path = "/2024/0301/council-takes-up-the-bridge-1.html"
	p, dir := startPaper(t), t.TempDir()
	config := p.config(t, "  - {url: 'URL/local/', type: page}\n")
	p.set("/local/", list("", path))
	p.crawl(t, time.Now(), exitFailures, "archive", p.URL+path, "--config", config, "--to", dir)
	p.set(path, sheet{status: 403})
	sum := p.crawl(t, time.Now(), exitFailures, "crawl", "paper", "--config", config, "--to", dir)
	rec := lastRecord(t, dir, "paper", p.URL+path)
	if rec.Kind != ledger.KindPage || rec.Outcome != ledger.Failed || rec.Tries != 1 || sum.Failed != 1 {
		t.Errorf("the log holds %+v, the summary %+v", rec, sum)
	}
}

// TestExtractOfURLReadsTheSitesRules finds the site of a URL in --config by its host.
func TestExtractOfURLReadsTheSitesRules(t *testing.T) {
	room, config := startRoom(t, newsroom.Options{Delay: -1})
	page := room.Site("demo-portal").Truth()[0].URL
	code, out, errs := pressmark(t, "extract", page, "--config", config, "--allow-private")
	if code != exitDone || !strings.Contains(out, `"site": "demo-portal"`) || !strings.Contains(out, "rule demo-portal") {
		t.Errorf("exit status %d\n%s%s", code, out, errs)
	}
}

// TestRunWithoutNews explains a summary of zeros: nothing new on a site that is
// archived, or nothing found.
func TestRunWithoutNews(t *testing.T) {
	room, config := startRoom(t, newsroom.Options{Delay: -1})
	dir := filepath.Join(t.TempDir(), "a")
	note := fmt.Sprintf("demo-county: nothing new, and none of its %d archived articles", len(room.Site("demo-county").Truth()))
	for run := range 2 {
		code, out, errs := pressmark(t, "crawl", "demo-county", "--config", config, "--to", dir, "--quiet")
		if code != exitDone || strings.Contains(out, note) != (run == 1) {
			t.Errorf("run %d: exit status %d, want %q in the second only:\n%s%s", run, code, note, out, errs)
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("<html><head><title>About</title></head><body><h1>About</h1><ul><li><a href='/x'>x</a></li></ul></body></html>"))
	}))
	defer server.Close()
	code, out, errs := pressmark(t, "archive", server.URL+"/about.html", "--allow-private", "--delay", "0", "--to", dir, "--quiet")
	if code != exitFailures || !strings.Contains(out, "no article found: 1 links of the site were seen on 2 sources") {
		t.Errorf("exit status %d, the summary does not say what was seen:\n%s%s", code, out, errs)
	}
}
