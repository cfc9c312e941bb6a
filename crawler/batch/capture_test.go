package batch

import (
	"fmt"
	"io"
	"testing"
	"time"

	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// namer names capture files.
type namer struct{ Archive }

func (namer) WARCKey(_ string, n int) string { return fmt.Sprintf("%d.warc.gz", n) }

// interruptible is a capture file that lets something happen while records are
// prepared for it.
type interruptible struct {
	*warc.Writer
	meanwhile func()
}

func (c *interruptible) Prepare(x *warc.Exchange) *warc.Prepared {
	p := c.Writer.Prepare(x)
	c.meanwhile()
	return p
}

func (c *interruptible) Close() ([]ledger.Object, error) { return nil, nil }

// TestCaptureOutlivesItsBatch has a batch committed while records are prepared
// for its capture file: they must go into the next batch's file, once.
func TestCaptureOutlivesItsBatch(t *testing.T) {
	var r *Batches
	commits := 0
	meanwhile := func() { // what commit does first
		if commits++; commits <= 2 {
			r.mu.Lock()
			r.hand = newBatch(r.hand.number + 1)
			r.mu.Unlock()
		}
	}
	var opened []*warc.Writer
	open := func(file string) (Writer, error) {
		w, err := warc.NewWriter(io.Discard, warc.Options{File: file})
		opened = append(opened, w)
		return &interruptible{w, meanwhile}, err
	}
	r = New(Options{Site: "herald", NewCapture: open, Archive: namer{}, Now: time.Now})
	at, err := r.Capture([]warc.Exchange{{URL: "https://news.example/1.html", Started: time.Unix(0, 0), RequestHead: []byte("GET /1.html HTTP/1.1\r\n\r\n"), ResponseHead: []byte("HTTP/1.1 200 OK\r\n\r\n"), ResponseBody: []byte("Hello")}})
	if err != nil {
		t.Fatal(err)
	}
	if at.File != "3.warc.gz" || at.Length == 0 {
		t.Errorf("captured at %+v, want in 3.warc.gz", at)
	}
	if len(opened) != 3 || !opened[0].Empty() || !opened[1].Empty() || opened[2].Empty() {
		t.Errorf("%d files, want three and records in the last alone", len(opened))
	}
}
