package crawler

import (
	"bytes"
	"time"

	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// CaptureOptions describe the program in the warcinfo record of a capture file.
type CaptureOptions struct {
	Operator, UserAgent string
	Version             string // of the program
	Now                 func() time.Time
}

// CaptureFiles opens capture files in memory. The captures of a batch are a few
// megabytes, and are stored with the batch or not at all.
func CaptureFiles(o CaptureOptions) func(file string) (CaptureWriter, error) {
	return func(file string) (CaptureWriter, error) {
		c := &captureFile{key: file}
		w, err := warc.NewWriter(&c.buf, warc.Options{File: file, Date: o.Now(), Info: warc.Info{
			Software: "pressmark " + o.Version, Operator: o.Operator, UserAgent: o.UserAgent, Robots: "RFC 9309"}})
		if err != nil {
			return nil, err
		}
		c.Writer = w
		return c, nil
	}
}

// captureFile is one WARC file under way; it implements CaptureWriter.
type captureFile struct {
	*warc.Writer
	key string
	buf bytes.Buffer
}

// Append implements CaptureWriter.
func (c *captureFile) Append(p *warc.Prepared) (warc.Location, error) {
	at, err := c.Writer.Append(p)
	at.File = c.key
	return at, err
}

// Close implements CaptureWriter.
func (c *captureFile) Close() ([]ledger.Object, error) {
	if c.Empty() {
		return nil, nil
	}
	return []ledger.Object{
		{Key: c.key, Body: c.buf.Bytes(), MediaType: storage.TypeWARC},
		{Key: storage.CDXJKey(c.key), Body: c.Index(), MediaType: storage.TypeCDXJ},
	}, nil
}
