package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
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
	p.Set("/", list("", "/2024/0301/council-takes-up-the-bridge-1.html", "/2024/0301/council-takes-up-the-bridge-2.html"))
	p.Set("/2024/0301/council-takes-up-the-bridge-1.html", story(1, "", ""))
	p.Set("/2024/0301/council-takes-up-the-bridge-2.html", story(2, "", ""))
	p.crawl(t, time.Now(), exitDone, "crawl", "paper", "--config", p.Config(t, "  - {url: 'URL/', type: page}\n"), "--to", dir)
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

// TestDamagedCaptures: what damage has left of a capture is printed, and that
// something is missing is told, with the file and the place.
func TestDamagedCaptures(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	p.Set("/", list("", "/2024/0301/council-takes-up-the-bridge-1.html", "/2024/0301/council-takes-up-the-bridge-2.html"))
	p.Set("/2024/0301/council-takes-up-the-bridge-1.html", story(1, "", ""))
	p.Set("/2024/0301/council-takes-up-the-bridge-2.html", story(2, "", ""))
	p.crawl(t, time.Now(), exitDone, "crawl", "paper", "--config", p.Config(t, "  - {url: 'URL/', type: page}\n"), "--to", dir)
	file := glob(t, dir, "warc/paper/*.warc.gz")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, whole, _ := pressmark(t, "extract", "--warc", dir)
	second := lastPage(t, whole)
	for name, tt := range map[string]struct {
		data []byte
		want string // of what was there
	}{
		"cut":                {data[:second+300], whole[:strings.LastIndex(strings.TrimSpace(whole), "\n")+1]},
		"nothing left of it": {nil, ""},
	} {
		if err := os.WriteFile(file, tt.data, 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, errs := pressmark(t, "extract", "--warc", dir)
		if code != exitFailures || out != tt.want || !strings.Contains(errs, "captures that cannot be read: warc/paper/"+filepath.Base(file)+": ") {
			t.Errorf("%s: exit status %d\n%s%s", name, code, out, errs)
		}
	}
}

// lastPage is the offset of the last page that extract printed.
func lastPage(t *testing.T, lines string) int64 {
	t.Helper()
	var offset int64
	for line := range strings.Lines(lines) {
		var l struct {
			Offset int64 `json:"offset"`
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		offset = max(offset, l.Offset)
	}
	return offset
}

// TestUnknownCodings: a captured page whose coding is not known is told of, not left out.
func TestUnknownCodings(t *testing.T) {
	const answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: compress\r\n\r\n\x8b\x01\x80\x03"
	file := filepath.Join(t.TempDir(), "a.warc")
	record := fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example.com/1.html\r\n"+
		"WARC-Date: 2024-01-05T07:30:15Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(answer), answer)
	if err := os.WriteFile(file, []byte(record), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := pressmark(t, "extract", "--warc", file)
	if code != exitDone || !strings.Contains(out, `"error":{"code":"unreadable","message":"the body cannot be decoded: unknown content coding \"compress\""}`) {
		t.Errorf("exit status %d\n%s%s", code, out, errs)
	}
}

// TestCutCaptures: a capture that holds no whole page gives no article, whether the
// writer says that it was cut or only the head does; nor does a first page whose next
// part was cut.
func TestCutCaptures(t *testing.T) {
	first, second := story(1, "", "<a class=next rel=next href=/2024/0301/council-1_2.html>Next page</a>").Body, story(2, "", "").Body
	whole := func(body string) string { return body }
	half := func(body string) string { return body[:len(body)*2/3] }
	for name, tt := range map[string]struct {
		first, second func(string) string
		said          string
		want          []string
	}{
		"the second part is whole before": {whole, whole, "", []string{`council-1_2.html"],"evidence"`, `"error":{"code":"cut_body"`}},
		"whole":                           {whole, whole, "", []string{`"pages":["https://news.example.com/2024/0301/council-1.html","https://news.example.com/2024/0301/council-1_2.html"]`}},
		"cut, and it is said":             {half, whole, "WARC-Truncated: disconnect\r\n", []string{`"error":{"code":"cut_body","message":"the capture is not whole: disconnect"}`}},
		"cut, and it is not said":         {half, whole, "", []string{`"error":{"code":"cut_body","message":"the capture is not whole: length"}`}},
		"the second part is cut":          {whole, half, "", []string{`"error":{"code":"parts_missing"`, `"error":{"code":"cut_body"`}},
	} {
		file := filepath.Join(t.TempDir(), "a.warc")
		captures := capture("https://news.example.com/2024/0301/council-1.html", tt.said, first, tt.first) +
			capture("https://news.example.com/2024/0301/council-1_2.html", "", second, tt.second)
		if name == "the second part is whole before" {
			captures += capture("https://news.example.com/2024/0301/council-1_2.html", "", second, half)
		}
		if err := os.WriteFile(file, []byte(captures), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, errs := pressmark(t, "extract", "--warc", file)
		for _, want := range tt.want {
			if code != exitDone || !strings.Contains(out, want) {
				t.Errorf("%s: exit status %d, want %s\n%s%s", name, code, want, out, errs)
			}
		}
	}
}

// capture is the record of a page of which stored is there, with more fields of its header.
func capture(url, fields, body string, stored func(string) string) string {
	answer := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", len(body), stored(body))
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-03-05T07:30:15Z\r\n"+
		"Content-Type: application/http; msgtype=response\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n", url, fields, len(answer), answer)
}
