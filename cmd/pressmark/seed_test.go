package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"pressmark/crawler/testweb/newsroom"
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
