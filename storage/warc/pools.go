package warc

import (
	"bytes"
	"io"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// compressors are kept between records, by level, and not with a Writer: each takes
// 800 KB, and a crawl of thousands of sites has as many files open.
var compressors [gzip.BestCompression + 1]sync.Pool

func compressor(level int) *gzip.Writer {
	if gz, ok := compressors[level].Get().(*gzip.Writer); ok {
		return gz
	}
	gz, err := gzip.NewWriterLevel(io.Discard, level)
	if err != nil { // the level was checked when the Writer was made
		return gzip.NewWriter(io.Discard)
	}
	return gz
}

func release(gz *gzip.Writer, level int) {
	gz.Reset(io.Discard) // let go of the file
	compressors[level].Put(gz)
}

// buffers hold records between compression and writing.
var buffers sync.Pool

func buffer() *bytes.Buffer {
	if b, ok := buffers.Get().(*bytes.Buffer); ok {
		b.Reset()
		return b
	}
	return new(bytes.Buffer)
}
