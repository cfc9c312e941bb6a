package coding

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// most is the number of codings up to which a body is decoded. Two happen, where a
// server compresses a compressed file; each further one only costs its reader time.
const most = 6

// What can be wrong with a body. Test for them with errors.Is.
var (
	ErrUnknown  = errors.New("unknown content coding")
	ErrTooMany  = errors.New("too many content codings")
	ErrTooLarge = errors.New("decoded body over its limit")
	ErrBomb     = errors.New("compression ratio over its limit")
	// ErrBroken reports bytes that do not match their coding; nothing was decoded.
	ErrBroken = errors.New("content coding is broken")
	// ErrCut: the stream breaks off or its checksum is wrong. The bytes read before
	// the error are the decoded text before the damage.
	ErrCut = errors.New("encoded body is cut or damaged")
)

// Options describe the encoding of a body and the limits of decoding.
type Options struct {
	Names []string // codings in the order in which they were applied, see [Names]
	// Undeclared is the number of gzip layers that are undone without being named:
	// files that are compressed themselves, and servers that do not say it.
	Undeclared int
	Size       int64 // decoded bytes at most, in each layer; 0: no limit
	Ratio      int64 // decoded to encoded bytes at most, once more than 1 MiB is decoded; 0: no limit
}

// freeOfRatio is the number of decoded bytes up to which the ratio is not checked.
const freeOfRatio = 1 << 20

// Reader decodes a body as it is read. It is not safe for concurrent use.
type Reader struct {
	in     io.Reader
	done   []func()
	last   string
	mixed  bool // codings of several kinds
	read   int64
	failed error
}

// NewReader returns a reader of a body's decoded bytes. Its Read fails with an error
// that wraps ErrCut, ErrBroken, ErrTooLarge or ErrBomb, or with the cause of ctx's
// end. The error of NewReader wraps ErrUnknown, ErrTooMany or ErrBroken. Close must
// be called.
func NewReader(ctx context.Context, body []byte, o Options) (*Reader, error) {
	if len(o.Names) > most {
		return nil, fmt.Errorf("%w: %d, at most %d", ErrTooMany, len(o.Names), most)
	}
	r := &Reader{}
	c := chain{ctx: ctx, limits: limitsOf(o, int64(len(body))), in: inputOf(body), reader: r}
	if len(body) > 0 {
		if err := c.build(o); err != nil {
			r.Close()
			return nil, err
		}
	}
	r.in = c.in.Reader
	return r, nil
}

// Plain reports whether no coding had to be undone: the decoded body is the body.
func (r *Reader) Plain() bool { return r.last == "" }

// OnlyGzip reports whether the codings that have to be undone are gzip, at most so
// many times.
func (r *Reader) OnlyGzip(most int) bool { return r.last == "gzip" && !r.mixed && len(r.done) <= most }

// Read implements io.Reader.
func (r *Reader) Read(p []byte) (int, error) {
	if r.failed != nil {
		return 0, r.failed
	}
	n, err := r.in.Read(p)
	r.read += int64(n)
	if err != nil && err != io.EOF {
		err = r.judge(err)
	}
	r.failed = err
	return n, err
}

// judge gives an error of a layer its sentinel.
func (r *Reader) judge(err error) error {
	var l *limitError
	switch {
	case errors.As(err, &l):
		return l.error
	case r.read > 0 || errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: %s: %w", ErrCut, r.last, err)
	}
	return fmt.Errorf("%w: %s: %w", ErrBroken, r.last, err)
}

// Close gives the decoders' memory back. The Reader must not be used afterwards.
func (r *Reader) Close() {
	for _, done := range r.done {
		done()
	}
	r.done, r.in = nil, bytes.NewReader(nil)
}

// Decode returns the decoded bytes of a body, and body itself if no coding had to
// be undone. The errors are those of [NewReader]; with ErrCut, ErrTooLarge and
// ErrBomb the bytes before the damage or limit come too.
func Decode(ctx context.Context, body []byte, o Options) ([]byte, error) {
	r, err := NewReader(ctx, body, o)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	if r.Plain() {
		return body, nil
	}
	var b bytes.Buffer
	_, err = b.ReadFrom(r)
	return b.Bytes(), err
}

// chain is a Reader under construction.
type chain struct {
	ctx    context.Context
	limits limits
	in     input
	reader *Reader
}

func (c *chain) build(o Options) error {
	for i := len(o.Names) - 1; i >= 0; i-- {
		if err := c.add(o.Names[i]); err != nil {
			return err
		}
	}
	for range o.Undeclared {
		if !bytes.Equal(c.in.peek(len(gzipMagic)), gzipMagic) {
			return nil
		}
		if err := c.add("gzip"); err != nil {
			return err
		}
	}
	return nil
}

// add puts the decoder of a coding on top, unless the bytes are not so encoded.
func (c *chain) add(name string) error {
	if unmarked(name) && c.looksPlain(name) {
		return nil
	}
	decoded, done, err := open(name, c.in)
	switch {
	case errors.Is(err, ErrUnknown):
		return err
	case err != nil:
		return fmt.Errorf("%w: %s: %w", ErrBroken, name, err)
	case decoded == nil:
		return nil
	}
	r := c.reader
	r.done = append(r.done, done)
	r.mixed = r.mixed || r.last != "" && r.last != name
	r.last = name
	c.in = inputFrom(&bounded{ctx: c.ctx, in: decoded, limits: c.limits})
	return nil
}

// unmarked reports whether a coding's streams have no mark at their beginning.
func unmarked(name string) bool { return name == "deflate" || name == "br" }

// looksPlain reports whether input that names a coding without a magic number is
// plain text. Some archives store decoded bodies beside a header that names the
// coding.
func (c *chain) looksPlain(name string) bool {
	start := c.in.peek(1 << 10)
	text := start
	for cut := 1; cut < min(utf8.UTFMax, len(start)) && !utf8.Valid(text); cut++ {
		text = start[:len(start)-cut] // in the middle of a character
	}
	if !utf8.Valid(text) || bytes.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }) {
		return false
	}
	r, done, err := open(name, inputOf(start))
	if err != nil {
		return true
	}
	defer done()
	n, err := io.Copy(io.Discard, io.LimitReader(r, 1))
	return n == 0 && err != nil && !errors.Is(err, io.ErrUnexpectedEOF)
}

// limits bound the output of each layer.
type limits struct {
	size  int64
	ratio int64 // bytes that the ratio allows
}

func limitsOf(o Options, encoded int64) limits {
	const none = 1<<63 - 1
	l := limits{none, none}
	if o.Size > 0 {
		l.size = o.Size
	}
	if o.Ratio > 0 {
		l.ratio = max(o.Ratio*encoded, freeOfRatio)
	}
	return l
}

// bounded is the output of a layer, held to its limits and to the time of ctx.
type bounded struct {
	ctx    context.Context
	in     io.Reader
	limits limits
	n      int64
}

// limitError marks an error of ours, which passes through the layers above.
type limitError struct{ error }

func (e *limitError) Unwrap() error { return e.error }

func (b *bounded) Read(p []byte) (int, error) {
	if b.ctx.Err() != nil {
		return 0, &limitError{context.Cause(b.ctx)}
	}
	most := min(b.limits.size, b.limits.ratio)
	left := most - b.n
	if left < int64(len(p)) {
		p = p[:left+1] // one more shows that there is more
	}
	n, err := b.in.Read(p)
	if int64(n) <= left {
		b.n += int64(n)
		return n, err
	}
	b.n = most
	if b.limits.ratio < b.limits.size {
		return int(left), &limitError{fmt.Errorf("%w: more than %d bytes", ErrBomb, most)}
	}
	return int(left), &limitError{fmt.Errorf("%w: more than %d bytes", ErrTooLarge, most)}
}
