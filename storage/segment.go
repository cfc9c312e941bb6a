package storage

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/gzip"

	"pressmark/storage/ledger"
)

// maxLine bounds the memory that one line of a damaged log can take; a record
// with site memory has some hundred KiB.
const maxLine = 64 << 20

// lineWriter makes gzip files of records, one after the other.
type lineWriter struct {
	out  bytes.Buffer
	gz   *gzip.Writer // while a file is made
	line []byte
	err  error
}

// begin starts a file. The writer's name goes into the gzip header as the name of the
// file (RFC 1952, FNAME): it makes this writer's segment differ from any other, even
// from one with equal records. Readers such as DuckDB refuse a comment there, which
// segments of earlier versions have.
func (w *lineWriter) begin(writer string) {
	w.out.Reset()
	w.beginTo(&w.out, writer)
}

// beginTo starts a file that goes to out.
func (w *lineWriter) beginTo(out io.Writer, writer string) {
	if w.gz == nil {
		w.gz = compressor()
	}
	w.gz.Reset(out)
	w.gz.Name = writer
	w.err = nil
}

func (w *lineWriter) write(r *ledger.Record) {
	w.line = append(r.AppendJSON(w.line[:0]), '\n')
	if w.err == nil {
		_, w.err = w.gz.Write(w.line)
	}
}

// raw writes a line as it was read.
func (w *lineWriter) raw(line []byte) {
	w.line = append(append(w.line[:0], line...), '\n')
	if w.err == nil {
		_, w.err = w.gz.Write(w.line)
	}
}

// finish returns the file.
func (w *lineWriter) finish() ([]byte, error) {
	err := w.end()
	return bytes.Clone(w.out.Bytes()), err
}

// end ends the file.
func (w *lineWriter) end() error {
	if err := w.gz.Close(); w.err == nil {
		w.err = err
	}
	w.gz.Reset(io.Discard) // let go of the log
	compressors.Put(w.gz)
	w.gz = nil
	return w.err
}

// compressors are kept between files and not with a log: each takes a megabyte, and
// a crawl of thousands of sites has as many logs open.
var compressors sync.Pool

func compressor() *gzip.Writer {
	if gz, ok := compressors.Get().(*gzip.Writer); ok {
		return gz
	}
	return gzip.NewWriter(io.Discard)
}

// decodeSegment calls do for each record of the segment or snapshot body, in
// order, and stops at its first error. Damage is a CorruptError.
func decodeSegment(key string, body []byte, do func(ledger.Record) error) error {
	return decodeRecords(key, bytes.NewReader(body), do)
}

// decodeRecords is decodeSegment for an object that is not in memory. An error of in is
// returned as it is.
//
// A record costs about as much to read as to fold into a state, so the two run
// side by side: a snapshot of 200,000 URLs is loaded in little more than half
// the time.
func decodeRecords(key string, in io.Reader, do func(ledger.Record) error) error {
	blocks := make(chan block, 4)
	stop := make(chan struct{})
	defer func() {
		close(stop)
		for range blocks { // wait for the end of the reader
		}
	}()
	source := &failing{r: in}
	go readBlocks(source, blocks, stop)
	line := 0
	for b := range blocks {
		for _, r := range b.records {
			line++
			if err := do(r); err != nil {
				return &CorruptError{Key: key, Line: line, Err: err}
			}
		}
		switch {
		case b.source != nil:
			return b.source
		case b.err != nil:
			return &CorruptError{Key: key, Line: b.line, Err: b.err}
		}
	}
	return nil
}

// failing keeps the error of a reader, which decoders wrap in errors of their own.
type failing struct {
	r   io.Reader
	err error
}

func (f *failing) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

// block is a number of records, and what ended the reading, if anything.
type block struct {
	records []ledger.Record
	line    int
	err     error
	source  error // of reading the object
}

const blockSize = 128

// readBlocks decodes records and closes blocks at their end, or soon after stop.
func readBlocks(in *failing, blocks chan<- block, stop <-chan struct{}) {
	defer close(blocks)
	gz, err := gzip.NewReader(in)
	if err != nil {
		blocks <- block{err: fmt.Errorf("not a gzip file: %w", err), source: in.err}
		return
	}
	lines := lineReader{r: bufio.NewReaderSize(gz, 32<<10)}
	for n := 0; err == nil; {
		b := block{records: make([]ledger.Record, 0, blockSize)}
		for len(b.records) < blockSize && err == nil {
			var line []byte
			if line, err = lines.next(); err == io.EOF {
				break
			}
			n++
			b.records = append(b.records, ledger.Record{})
			last := len(b.records) - 1
			if err == nil {
				err = b.records[last].Decode(line)
			}
			if err != nil {
				b.records, b.line, b.err, b.source = b.records[:last], n, err, in.err
				break
			}
		}
		select {
		case blocks <- b:
		case <-stop:
			return
		}
	}
}

// eachLine calls do for each line of a segment. The error is that of the gzip file, of a
// line that is too long or of a last one without an end.
func eachLine(body []byte, do func(line []byte)) error {
	gz, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("not a gzip file: %w", err)
	}
	lines := lineReader{r: bufio.NewReaderSize(gz, 32<<10)}
	for {
		line, err := lines.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		do(line)
	}
}

var (
	errHalfLine = errors.New("the last line has no end")
	errLongLine = errors.New("line too long")
)

// lineReader reads lines of up to maxLine bytes.
type lineReader struct {
	r    *bufio.Reader
	long []byte
}

// next returns the next line without its end; it is valid until the next call.
func (l *lineReader) next() ([]byte, error) {
	l.long = l.long[:0]
	for {
		part, err := l.r.ReadSlice('\n')
		if err == nil && len(l.long) == 0 {
			return part[:len(part)-1], nil
		}
		if len(l.long)+len(part) > maxLine {
			return nil, errLongLine
		}
		l.long = append(l.long, part...)
		switch {
		case err == nil:
			return l.long[:len(l.long)-1], nil
		case err == io.EOF && len(l.long) > 0:
			return nil, errHalfLine
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		}
	}
}
