package main

import (
	"bytes"
	"time"

	"pressmark/crawler"
	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// captureOptions say what the captures tell about themselves.
type captureOptions struct {
	Operator, UserAgent string
	Now                 func() time.Time
}

// captureFiles opens capture files in memory: a batch's captures are some
// megabytes, and are stored with it or not at all.
func captureFiles(o captureOptions) func(file string) (crawler.CaptureWriter, error) {
	return func(file string) (crawler.CaptureWriter, error) {
		c := &captureFile{key: file}
		w, err := warc.NewWriter(&c.buf, warc.Options{File: file, Date: o.Now(), Info: warc.Info{
			Software: "pressmark " + version, Operator: o.Operator, UserAgent: o.UserAgent, Robots: "RFC 9309"}})
		if err != nil {
			return nil, err
		}
		c.Writer = w
		return c, nil
	}
}

// captureFile is one WARC file under way; it implements crawler.CaptureWriter.
type captureFile struct {
	*warc.Writer
	key string
	buf bytes.Buffer
}

// Append implements crawler.CaptureWriter.
func (c *captureFile) Append(p *warc.Prepared) (warc.Location, error) {
	at, err := c.Writer.Append(p)
	at.File = c.key
	return at, err
}

// Close implements crawler.CaptureWriter.
func (c *captureFile) Close() ([]ledger.Object, error) {
	if c.Empty() {
		return nil, nil
	}
	return []ledger.Object{
		{Key: c.key, Body: c.buf.Bytes(), MediaType: storage.TypeWARC},
		{Key: storage.CDXJKey(c.key), Body: c.Index(), MediaType: storage.TypeCDXJ},
	}, nil
}
