package main

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"pressmark/crawler/render/rendertest"
	"pressmark/crawler/testweb/apps"
)

// TestBrowserFlag: without a browser the summary says how many pages need one; with it
// they are archived, and so they stand in exports. Without a Chromium the second half is
// left out, loudly, unless PRESSMARK_TEST_BROWSER=required.
func TestBrowserFlag(t *testing.T) {
	stories := apps.Stories(3)
	files := apps.XHR(stories)
	files["/"] = apps.Page(`<title>Harbour Herald</title><ul>` + links(stories) + `</ul>`)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, ok := files[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", f.Type)
		_, _ = io.WriteString(w, f.Body)
	}))
	defer server.Close()
	dir := t.TempDir()
	config, archive := filepath.Join(dir, "herald.yaml"), filepath.Join(dir, "archive")
	host := strings.TrimPrefix(server.URL, "http://")
	if err := os.WriteFile(config, []byte("name: herald\nhosts: ['"+host+"']\nallow_private: ['"+host+"']\ndelay: 1ms\nsources: ['"+server.URL+"/']\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, _ := callProgram(t, "sites", "check", config, "--live")
	if want := "herald: 3 of 3 articles need a browser: crawl with --browser auto"; status != exitDone || !strings.Contains(out, want) {
		t.Errorf("sites check --live: status %d\n%s", status, out)
	}
	crawl := []string{"crawl", "--config", config, "--to", archive, "--quiet"}
	if status, out, stderr := callProgram(t, crawl...); !strings.Contains(out, "3 pages need a browser: --browser auto") {
		t.Errorf("without a browser: status %d\n%s%s", status, out, stderr)
	}
	if status, _, stderr := callProgram(t, append(crawl, "--browser", "/no/such/chromium")...); status != exitMisuse || !strings.Contains(stderr, "give none, auto, or the path of Chromium") {
		t.Errorf("a browser that is not there: status %d, %s", status, stderr)
	}
	rendertest.Chromium(t)
	status, out, stderr := callProgram(t, append(crawl, "--browser", "auto")...)
	if status != exitDone || strings.Contains(out, "need a browser") {
		t.Fatalf("status %d\n%s%s", status, out, stderr)
	}
	if status, out, stderr := callProgram(t, "verify", archive); status != exitDone {
		t.Errorf("verify: status %d\n%s%s", status, out, stderr)
	}
	wacz := filepath.Join(dir, "out")
	if status, _, stderr := callProgram(t, "export", "--to", archive, "--format", "wacz", "-o", wacz+"/"); status != exitDone {
		t.Fatalf("export: status %d, %s", status, stderr)
	}
	if n := strings.Count(recordsOf(t, filepath.Join(wacz, "archive.wacz")), "WARC-Type: conversion\r\n"); n != 3 {
		t.Errorf("%d DOMs in the WACZ", n)
	}
}

func links(stories []apps.Story) string {
	var b strings.Builder
	for _, s := range stories {
		b.WriteString(`<li><h2><a href="` + s.Path + `">` + s.Title + `</a></h2>`)
	}
	return b.String()
}

// recordsOf returns the capture records of a WACZ as text.
func recordsOf(t *testing.T, file string) string {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	in, err := z.Open("archive/pressmark.warc.gz")
	if err != nil {
		t.Fatal(err)
	}
	gz, err := gzip.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := io.Copy(&out, gz); err != nil { //nolint:gosec // our own file
		t.Fatal(err)
	}
	return out.String()
}
