package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestCapturesOfOthers: pages are read from a capture file however it is
// compressed: by record, as a whole, or not at all.
func TestCapturesOfOthers(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	p.set("/", list("", "/2024/0301/council-takes-up-the-bridge-1.html", "/2024/0301/council-takes-up-the-bridge-2.html"))
	p.set("/2024/0301/council-takes-up-the-bridge-1.html", story(1, "", ""))
	p.set("/2024/0301/council-takes-up-the-bridge-2.html", story(2, "", ""))
	p.crawl(t, time.Now(), exitDone, "crawl", "paper", "--config", p.config(t, "  - {url: 'URL/', type: page}\n"), "--to", dir)
	byRecord, err := os.ReadFile(glob(t, dir, "warc/paper/*.warc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	gz, err := gzip.NewReader(bytes.NewReader(byRecord))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(gz)
	if err != nil {
		t.Fatal(err)
	}
	var whole bytes.Buffer
	w := gzip.NewWriter(&whole)
	if _, err := w.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"by-record.warc.gz": byRecord, "plain.warc": plain, "whole.warc.gz": whole.Bytes()} {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, errs := pressmark(t, "extract", "--warc", file)
		if code != exitDone || strings.Count(out, `"title":"Council takes up bridge number`) != 2 {
			t.Errorf("%s: exit status %d\n%s%s", name, code, out, errs)
		}
	}
}

// TestWhatIsNoCapture: a file that is no capture, or no page, is told of by its name.
func TestWhatIsNoCapture(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.bin")
	if err := os.WriteFile(file, bytes.Repeat([]byte{0, 1, 2, 200}, 500), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"extract " + file + ": no WARC record in it":      {"--warc", file},
		"extract " + file + ": not a page: binary data\n": {file},
	} {
		if code, out, errs := pressmark(t, append([]string{"extract"}, args...)...); code != exitFailures || !strings.Contains(errs, want) {
			t.Errorf("%v: exit status %d, want %q\n%s%s", args, code, want, out, errs)
		}
	}
}

// TestPartsFarBehind: where batches are small, a part of an article may be several
// files behind its first page.
func TestPartsFarBehind(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	const path = "/2024/0301/council-takes-up-the-bridge-1.html"
	p.set("/", list("", path))
	p.set(path, story(1, "", ""))
	p.crawl(t, time.Now(), exitDone, "crawl", "paper", "--config", p.config(t, "  - {url: 'URL/', type: page}\n"), "--to", dir)
	data, err := os.ReadFile(glob(t, dir, "warc/paper/*.warc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	source := func(name, site string, data []byte) captureSource {
		return captureSource{name: name, site: site, read: func(context.Context) ([]byte, error) { return data, nil }}
	}
	for name, tt := range map[string]struct {
		files []captureSource
		want  bool
	}{
		"four files behind": {[]captureSource{source("1", "paper", nil), source("2", "paper", nil), source("3", "paper", nil), source("4", "paper", nil), source("5", "paper", data)}, true},
		"of another site":   {[]captureSource{source("1", "other", nil), source("2", "paper", data)}, false},
	} {
		r := &reextraction{}
		files := tt.files
		f, page, err := r.find(t.Context(), &files, p.URL+path)
		if err != nil || (f != nil) != tt.want || tt.want && (page.url != p.URL+path || files[0].name != "5") {
			t.Errorf("%s: %+v, %v", name, page, err)
		}
	}
}
