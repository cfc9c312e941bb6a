package warc_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"pressmark/storage/warc"
)

// captured is a file of exchanges whose bodies have these sizes and do not compress.
func captured(t *testing.T, sizes ...int) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := warc.NewWriter(&out, warc.Options{File: "warc/s/s-run-0001.warc.gz", Date: time.Unix(1e9, 0)})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for i, n := range sizes {
		body := make([]byte, n)
		for j := range body {
			body[j] = byte(rng.Uint32())
		}
		if _, err := w.Write(&warc.Exchange{URL: fmt.Sprintf("https://a.example/%d", i), Started: time.Unix(1e9, 0),
			RequestHead: []byte("GET / HTTP/1.1\r\n\r\n"), ResponseHead: []byte("HTTP/1.1 200 OK\r\n\r\n"), ResponseBody: body}); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// places is where the records of a file stand, with what they are.
func places(t *testing.T, file []byte) map[string]warc.Location {
	t.Helper()
	found := map[string]warc.Location{}
	in := warc.NewReader(bytes.NewReader(file))
	for {
		rec, err := in.Next()
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := rec.Verify(); err != nil {
			t.Error(err)
		}
		found[fmt.Sprint(rec.Type(), " ", rec.URL(), " ", rec.ID())] = rec.Location
	}
}

// TestBlank: of each of the records in turn nothing is left, and all others stand
// where they stood.
func TestBlank(t *testing.T) {
	sizes := []int{0, 1, 40, 300, 65_000, 65_535, 65_536, 131_080, 200_000}
	for n := 65_100; n < 65_600; n += 29 { // about the longest stored block
		sizes = append(sizes, n)
	}
	file := captured(t, sizes...)
	before := places(t, file)
	for i := range sizes {
		url := fmt.Sprintf("https://a.example/%d", i)
		got, dropped, err := warc.Blank(file, func(r *warc.Record) bool { return r.URL() == url })
		if err != nil {
			t.Fatalf("body of %d bytes: %v", sizes[i], err)
		}
		if len(dropped) != 2 || len(got) != len(file) {
			t.Fatalf("body of %d bytes: %d records dropped, %d bytes where %d were", sizes[i], len(dropped), len(got), len(file))
		}
		if bytes.Contains(got, []byte(url+"\r")) {
			t.Errorf("%s is still there", url)
		}
		after := places(t, got)
		if len(after) != len(before) {
			t.Errorf("body of %d bytes: %d records, were %d", sizes[i], len(after), len(before))
		}
		kept := 0
		for name, at := range before {
			if after[name] == at {
				kept++
			}
		}
		if kept != len(before)-2 {
			t.Errorf("body of %d bytes: %d of %d records are where they were", sizes[i], kept, len(before)-2)
		}
		again, more, err := warc.Blank(got, func(r *warc.Record) bool { return r.URL() == url || r.URL() == "" })
		if err != nil || len(more) != 0 || !bytes.Equal(again, got) {
			t.Errorf("body of %d bytes, a second time: %d records, %v", sizes[i], len(more), err)
		}
	}
}

// TestBlankShared: a record that shares its gzip member, or has none, is not taken out.
func TestBlankShared(t *testing.T) {
	plain := "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: u\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"
	if _, _, err := warc.Blank([]byte(plain), func(*warc.Record) bool { return true }); !errors.Is(err, warc.ErrShared) {
		t.Errorf("%v, want ErrShared", err)
	}
}
