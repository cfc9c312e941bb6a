package coding

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// input is the encoded side of a layer: the body itself, or the output of the layer
// below. peek returns up to n bytes without consuming them.
type input struct {
	io.Reader
	peek func(n int) []byte
}

func inputOf(data []byte) input {
	r := bytes.NewReader(data)
	return input{r, func(n int) []byte {
		rest := data[len(data)-r.Len():]
		return rest[:min(n, len(rest))]
	}}
}

func inputFrom(r io.Reader) input {
	b := bufio.NewReader(r)
	return input{b, func(n int) []byte {
		ahead, _ := b.Peek(n) // an error comes again with the next Read
		return ahead
	}}
}

var (
	gzipMagic = []byte{0x1f, 0x8b, 8}              // RFC 1952, 2.3.1
	zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}     // RFC 8878, 3.1.1
	zstdSkip  = []byte{0x2a, 0x4d, 0x18}           // behind a first byte 0x5X: a skippable frame
	maxWindow = zstd.WithDecoderMaxWindow(8 << 20) // RFC 9659, 3
)

// open returns a reader that decodes one coding of in, and a function that releases
// its memory. The reader is nil if the bytes are plainly not encoded so: some
// servers announce a coding that they do not apply, and some archives store decoded
// bodies beside the original header.
func open(name string, in input) (r io.Reader, done func(), err error) {
	switch name {
	case "gzip":
		if zlibBegins(in.peek(2)) { // the other one
			r, err = inflater(in)
			return r, func() {}, err
		}
		if !bytes.HasPrefix(in.peek(len(gzipMagic)), gzipMagic[:2]) {
			return nil, nil, nil
		}
		r, done = gunzipper(in)
		return r, done, nil
	case "deflate":
		if bytes.Equal(in.peek(len(gzipMagic)), gzipMagic) { // the other one
			r, done = gunzipper(in)
			return r, done, nil
		}
		r, err = inflater(in)
		return r, func() {}, err
	case "br":
		return brotli.NewReader(in.Reader), func() {}, nil
	case "zstd":
		ahead := in.peek(len(zstdMagic))
		skippable := len(ahead) > 0 && bytes.Equal(ahead[1:], zstdSkip)
		if !bytes.Equal(ahead, zstdMagic) && !skippable {
			return nil, nil, nil
		}
		d, err := zstd.NewReader(in.Reader, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), maxWindow)
		if err != nil {
			return nil, nil, err
		}
		return d, d.Close, nil
	}
	return nil, nil, fmt.Errorf("%w %.40q", ErrUnknown, name)
}

// zlibBegins reports whether bytes begin as deflate in zlib's format does at the usual
// levels, and as no text does.
func zlibBegins(b []byte) bool {
	return len(b) == 2 && b[0] == 0x78 && (b[1] == 0x01 || b[1] == 0x9c || b[1] == 0xda)
}

func gunzipper(in input) (r io.Reader, done func()) {
	z, _ := gzipReaders.Get().(*gzip.Reader)
	return &members{z: z, in: in}, func() { gzipReaders.Put(z) }
}

var gzipReaders = sync.Pool{New: func() any { return new(gzip.Reader) }}

// members reads the members of a gzip file one after the other. Like browsers, it
// ignores bytes after the last member (a line end, padding).
type members struct {
	z     *gzip.Reader
	in    input
	begun bool
}

func (m *members) Read(p []byte) (int, error) {
	if !m.begun {
		m.begun = true
		if err := m.next(); err != nil {
			return 0, err
		}
	}
	n, err := m.z.Read(p)
	if err != io.EOF || !bytes.Equal(m.in.peek(len(gzipMagic)), gzipMagic) {
		return n, err
	}
	return n, m.next()
}

// next begins the member that the input stands at.
func (m *members) next() error {
	err := m.z.Reset(m.in.Reader)
	if errors.Is(err, io.EOF) { // within its header
		return io.ErrUnexpectedEOF
	}
	m.z.Multistream(false)
	return err
}

// inflater reads "deflate" in zlib's format, as RFC 9110 defines it, or raw, as
// some servers send it.
func inflater(in input) (io.Reader, error) {
	h := in.peek(2)
	const presetDictionary = 1 << 5
	isZlib := len(h) == 2 && h[0]&0x0f == 8 && (int(h[0])<<8|int(h[1]))%31 == 0 // RFC 1950, 2.2
	if isZlib && h[1]&presetDictionary == 0 {
		return zlib.NewReader(in.Reader)
	}
	return flate.NewReader(in.Reader), nil
}
