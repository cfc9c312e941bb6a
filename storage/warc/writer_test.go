package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
)

var day = time.Date(2024, 1, 5, 8, 30, 15, 999_000_000, time.UTC)

// exchange is a GET of a page of the paper.
func exchange(path, body string) *Exchange {
	return &Exchange{
		URL: "https://news.example.com" + path, Started: day, IP: "192.0.2.7",
		RequestHead:  []byte("GET " + path + " HTTP/1.1\r\nHost: news.example.com\r\n\r\n"),
		ResponseHead: []byte(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n", len(body))),
		ResponseBody: []byte(body),
	}
}

// numbered makes record IDs that a person can read.
func numbered(n int) string { return fmt.Sprintf("00000000-0000-8000-8000-%012d", n) }

var testOptions = Options{File: "warc/herald/run-0001.warc.gz", Date: day, NewID: numbered,
	Info: Info{Software: "pressmark 0.1.0", Operator: "Desk\r\nX: <desk@example.com>", Robots: "RFC 9309"}}

// written writes exchanges and returns the file and the places of the responses.
func written(t testing.TB, o Options, exchanges ...*Exchange) ([]byte, []Location, *Writer) {
	t.Helper()
	var file bytes.Buffer
	w, err := NewWriter(&file, o)
	if err != nil {
		t.Fatal(err)
	}
	var places []Location
	for _, x := range exchanges {
		at, err := w.Write(x)
		if err != nil {
			t.Fatal(err)
		}
		places = append(places, at)
	}
	if w.Size() != int64(file.Len()) {
		t.Errorf("Size is %d, the file has %d bytes", w.Size(), file.Len())
	}
	return file.Bytes(), places, w
}

func unzipped(t testing.TB, b []byte) string {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func TestWriterBytes(t *testing.T) {
	file, _, _ := written(t, testOptions, exchange("/1.html", "Hello"))
	want := `WARC/1.1
WARC-Type: warcinfo
WARC-Record-ID: <urn:uuid:00000000-0000-8000-8000-000000000000>
WARC-Date: 2024-01-05T08:30:15Z
WARC-Filename: run-0001.warc.gz
WARC-Block-Digest: sha256:9f1ef458173b88b3af6268ad520776f216f3fd2332063bc55ed98ec09d5dc0b2
Content-Type: application/warc-fields
Content-Length: 206

software: pressmark 0.1.0
format: WARC File Format 1.1
conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
operator: Desk  X: <desk@example.com>
robots: RFC 9309


WARC/1.1
WARC-Type: response
WARC-Record-ID: <urn:uuid:00000000-0000-8000-8000-000000000001>
WARC-Date: 2024-01-05T08:30:15Z
WARC-Target-URI: https://news.example.com/1.html
WARC-IP-Address: 192.0.2.7
WARC-Warcinfo-ID: <urn:uuid:00000000-0000-8000-8000-000000000000>
WARC-Payload-Digest: sha256:185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969
WARC-Block-Digest: sha256:BLOCK
Content-Type: application/http; msgtype=response
Content-Length: 83

HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8
Content-Length: 5

Hello

WARC/1.1
WARC-Type: request
WARC-Record-ID: <urn:uuid:00000000-0000-8000-8000-000000000002>
WARC-Date: 2024-01-05T08:30:15Z
WARC-Target-URI: https://news.example.com/1.html
WARC-IP-Address: 192.0.2.7
WARC-Warcinfo-ID: <urn:uuid:00000000-0000-8000-8000-000000000000>
X-Pressmark-Started: 2024-01-05T08:30:15.999Z
WARC-Concurrent-To: <urn:uuid:00000000-0000-8000-8000-000000000001>
WARC-Block-Digest: sha256:BLOCK
Content-Type: application/http; msgtype=request
Content-Length: 48

GET /1.html HTTP/1.1
Host: news.example.com



`
	got := unzipped(t, file)
	if strings.Count(got, "\n") != strings.Count(got, "\r\n") {
		t.Error("a line does not end with CRLF")
	}
	if d := cmp.Diff(want, withoutBlockDigests(strings.ReplaceAll(got, "\r\n", "\n"))); d != "" {
		t.Error(d)
	}
}

// withoutBlockDigests hides the block digests of all but the first record.
func withoutBlockDigests(s string) string {
	lines, seen := strings.Split(s, "\n"), 0
	for i, l := range lines {
		if strings.HasPrefix(l, "WARC-Block-Digest: ") {
			if seen++; seen > 1 {
				lines[i] = "WARC-Block-Digest: sha256:BLOCK"
			}
		}
	}
	return strings.Join(lines, "\n")
}

func TestWriterIsDeterministic(t *testing.T) {
	o := testOptions
	o.NewID = nil
	xs := []*Exchange{exchange("/1.html", "a"), exchange("/1.html", "a"), exchange("/2.html", "b")}
	one, _, _ := written(t, o, xs...)
	two, _, _ := written(t, o, xs...)
	if !bytes.Equal(one, two) {
		t.Error("the same exchanges give different files")
	}
	ids := map[string]bool{}
	for _, r := range readAll(t, one) {
		if ids[r.ID()] || len(r.ID()) != len("<urn:uuid:00000000-0000-0000-0000-000000000000>") || r.ID()[24] != '8' {
			t.Errorf("ID %s is used twice or no UUID of version 8", r.ID())
		}
		ids[r.ID()] = true
	}
	o.File = "warc/herald/run-0002.warc.gz"
	other, _, _ := written(t, o, xs...)
	for _, r := range readAll(t, other) {
		if ids[r.ID()] {
			t.Errorf("ID %s stands in two files", r.ID())
		}
	}
}

func TestWriterRevisits(t *testing.T) {
	same := exchange("/1.html", "Hello")
	same.Revisit = &Original{Date: day.Add(-time.Hour), RecordID: "<urn:uuid:x>"}
	notModified := exchange("/1.html", "")
	notModified.ResponseHead = []byte("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n")
	notModified.Revisit = &Original{URL: "https://news.example.com/0.html", Date: day.Add(-time.Hour)}
	plain304 := exchange("/1.html", "")
	plain304.ResponseHead = notModified.ResponseHead
	file, _, _ := written(t, testOptions, same, notModified, plain304)
	rs := readAll(t, file)
	for i, want := range []map[string]string{
		{"WARC-Type": "revisit", "WARC-Profile": profileIdentical, "WARC-Refers-To": "<urn:uuid:x>", "WARC-Refers-To-Target-URI": same.URL,
			"WARC-Refers-To-Date": "2024-01-05T07:30:15Z", "WARC-Truncated": "length",
			"WARC-Payload-Digest": "sha256:185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969"},
		{"WARC-Type": "revisit", "WARC-Profile": profileNotModified, "WARC-Refers-To": "", "WARC-Refers-To-Target-URI": notModified.Revisit.URL,
			"WARC-Refers-To-Date": "2024-01-05T07:30:15Z", "WARC-Truncated": "", "WARC-Payload-Digest": ""},
		{"WARC-Type": "response", "WARC-Profile": ""},
	} {
		r := rs[1+2*i]
		for name, value := range want {
			if got := r.Header.Get(name); got != value {
				t.Errorf("record %d: %s is %q, want %q", i, name, got, value)
			}
		}
	}
	if want := string(same.ResponseHead); string(rs[1].Block) != want {
		t.Errorf("block of the revisit is %q, want the head alone", rs[1].Block)
	}
	x, err := rs[1].exchange()
	if err != nil || x.Revisit == nil || !x.Revisit.Date.Equal(day.Add(-time.Hour).Truncate(time.Second)) || x.Revisit.URL != same.URL || x.Revisit.RecordID != "<urn:uuid:x>" {
		t.Errorf("read back: %+v, %v", x.Revisit, err)
	}
}

func TestWriterKeepsFieldsOnTheirLines(t *testing.T) {
	x := exchange("/1.html", "a")
	x.URL += "\r\nWARC-Type: metadata"
	file, _, _ := written(t, testOptions, x)
	if r := readAll(t, file)[1]; r.Type() != "response" || len(r.Header["Warc-Type"]) != 1 {
		t.Errorf("header %v", r.Header)
	}
}

func TestWriterWithoutResponse(t *testing.T) {
	x := exchange("/1.html", "")
	x.ResponseHead = nil
	file, places, w := written(t, testOptions, x)
	rs := readAll(t, file)
	if places[0] != (Location{}) || len(rs) != 2 || rs[1].Type() != "request" || rs[1].Header.Get("WARC-Concurrent-To") != "" || len(w.Index()) > 0 {
		t.Errorf("at %+v, %d records", places[0], len(rs))
	}
}

func TestWriterDechunkedHead(t *testing.T) {
	x := exchange("/1.html", "5\r\nHello\r\n0\r\n\r\n") // a page that looks chunked is not read as such
	x.ResponseHead = []byte("HTTP/1.1 200 OK\r\nTRANSFER-Encoding: chunked\r\nX: transfer-encoding\r\n\r\n")
	file, _, _ := written(t, testOptions, x)
	got, _, _ := bytes.Cut(readAll(t, file)[1].Block, []byte("\r\n\r\n"))
	if want := "HTTP/1.1 200 OK\r\nX-Archive-Orig-TRANSFER-Encoding: chunked\r\nX: transfer-encoding"; string(got) != want {
		t.Errorf("head %q", got)
	}
	if res, err := readAll(t, file)[1].Response(); err != nil || !bytes.Equal(res.Body, x.ResponseBody) {
		t.Errorf("body %q, %v", res.Body, err)
	}
}

// failing takes some bytes and then no more.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestWriterError(t *testing.T) {
	if _, err := NewWriter(&failing{}, testOptions); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("start: %v", err)
	}
	w, err := NewWriter(&failing{left: 600}, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := w.Write(exchange("/1.html", strings.Repeat("Hello ", 100_000))); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("write: %v", err)
		}
	}
	if _, err := NewWriter(io.Discard, Options{Level: 99}); err == nil {
		t.Error("level 99 was taken")
	}
}

// TestPrepareConcurrently has many prepare records for one file at the same time
// while it grows: each record must be whole, and have an ID of its own.
func TestPrepareConcurrently(t *testing.T) {
	var file bytes.Buffer
	w, err := NewWriter(&file, Options{File: "run-0001.warc.gz", Date: day})
	if err != nil {
		t.Fatal(err)
	}
	const n = 200
	prepared := make(chan *Prepared)
	var workers sync.WaitGroup
	for k := range 4 {
		workers.Go(func() {
			for i := range n / 4 {
				prepared <- w.Prepare(exchange("/same.html", strings.Repeat(fmt.Sprintf("Hello %d ", i%3), 100*k)))
			}
		})
	}
	go func() {
		workers.Wait()
		close(prepared)
	}()
	for p := range prepared {
		at, err := w.Append(p)
		if err != nil {
			t.Fatal(err)
		}
		if rec, err := ReadBytes(file.Bytes()[at.Offset : at.Offset+at.Length]); err != nil || rec.Type() != "response" {
			t.Fatalf("at %+v: %v", at, err)
		}
	}
	ids := map[string]bool{}
	for _, rec := range readAll(t, file.Bytes()) {
		ids[rec.ID()] = true
	}
	if len(ids) != 1+2*n {
		t.Errorf("%d different IDs, want %d", len(ids), 1+2*n)
	}
}

func TestIndex(t *testing.T) {
	same := exchange("/b?z=1&a=<2>", "Hello")
	same.Revisit = &Original{Date: day}
	missing := exchange("/a", "")
	missing.ResponseHead = []byte("HTTP/1.1 404 Not Found\r\n\r\n")
	_, at, w := written(t, testOptions, exchange("/b?z=1&a=<2>", "Hello"), same, missing)
	want := fmt.Sprintf(`com,example,news)/a 20240105083015 {"url":"https://news.example.com/a","status":"404","digest":"%s","length":"%d","offset":"%d","filename":"run-0001.warc.gz"}
com,example,news)/b?a=<2>&z=1 20240105083015 {"url":"https://news.example.com/b?z=1&a=<2>","mime":"text/html","status":"200","digest":"%[4]s","length":"%[5]d","offset":"%[6]d","filename":"run-0001.warc.gz"}
com,example,news)/b?a=<2>&z=1 20240105083015 {"url":"https://news.example.com/b?z=1&a=<2>","mime":"warc/revisit","status":"200","digest":"%[4]s","length":"%[7]d","offset":"%[8]d","filename":"run-0001.warc.gz"}
`, unlabelled(nil), at[2].Length, at[2].Offset, unlabelled([]byte("Hello")), at[0].Length, at[0].Offset, at[1].Length, at[1].Offset)
	if d := cmp.Diff(want, string(w.Index())); d != "" {
		t.Error(d)
	}
}

func TestIndexedDigest(t *testing.T) {
	_, at, w := written(t, testOptions, exchange("/a {", "Hello"), exchange("/b", "Good bye"))
	for offset, want := range map[int64]string{at[0].Offset: unlabelled([]byte("Hello")), at[1].Offset: unlabelled([]byte("Good bye")), 1: "", at[1].Offset + 1: ""} {
		if got := IndexedDigest(w.Index(), offset); got != want {
			t.Errorf("at %d: %q, want %q", offset, got, want)
		}
	}
	if got := IndexedDigest([]byte("x 1 {\nno line\n"), 0); got != "" {
		t.Errorf("of no index: %q", got)
	}
}

func unlabelled(b []byte) string { return strings.TrimPrefix(digest(b), "sha256:") }

func TestSURT(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.Example.com/News/":       "com,example)/news/",
		"http://www2.news.example.com:80":     "com,example,news)/",
		"http://127.0.0.1:8080/a?b=2&a=1":     "1,0,0,127:8080)/a?a=1&b=2",
		"https://www.com/":                    "com)/",
		"https://example.com/%E6%96%B0?q=a b": "com,example)/%e6%96%b0?q=a%20b",
		"dns:example.com":                     "dns:example.com",
		"http://a b/":                         "http://a%20b/",
	} {
		if got := SURT(in); got != want {
			t.Errorf("SURT(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestOpenWritersAreSmall keeps files that wait for their next record from holding a
// compressor each.
func TestOpenWritersAreSmall(t *testing.T) {
	const files = 200
	open := make([]*Writer, files)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range open {
		w, err := NewWriter(io.Discard, testOptions)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(exchange("/1.html", "Hello")); err != nil {
			t.Fatal(err)
		}
		open[i] = w
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if each := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) / files; each > 20_000 {
		t.Errorf("an open file takes %d bytes", each)
	}
	runtime.KeepAlive(open)
}

// TestNothingBreaksOut: line ends in what a site chose (its addresses first of all) begin
// no field, no record and no line of the index.
func TestNothingBreaksOut(t *testing.T) {
	const evil = "\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\nWARC/1.1\r\nWARC-Type: resource\nX: y {\"offset\": \"0\"}\n"
	var file bytes.Buffer
	w, err := NewWriter(&file, Options{File: "a.warc.gz", Info: Info{Operator: "me" + evil}})
	if err != nil {
		t.Fatal(err)
	}
	for _, revisit := range []*Original{nil, {URL: "http://news.example/old" + evil, RecordID: "<urn:x>" + evil}} {
		x := &Exchange{URL: "http://news.example/a" + evil, IP: "192.0.2.1" + evil, Truncated: "length" + evil, Revisit: revisit,
			RequestHead: []byte("GET /a HTTP/1.1\r\n\r\n"), ResponseHead: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html; x=\x0b\r\n\r\n"), ResponseBody: []byte(evil)}
		if _, err := w.Write(x); err != nil {
			t.Fatal(err)
		}
	}
	var kinds []string
	for _, r := range readAll(t, file.Bytes()) {
		kinds = append(kinds, r.Type())
		if len(r.Header["X"]) > 0 || len(r.Header["Warc-Type"]) != 1 || len(r.Header["Content-Length"]) != 1 {
			t.Errorf("header %v", r.Header)
		}
	}
	if got := strings.Join(kinds, " "); got != "warcinfo response request revisit request" {
		t.Errorf("records: %s", got)
	}
	if n := bytes.Count(w.Index(), []byte("\n")); n != 2 {
		t.Errorf("%d lines of the index, want 2:\n%s", n, w.Index())
	}
}
