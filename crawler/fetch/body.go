package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"sync"

	"pressmark/storage/coding"
)

// otherCap bounds the body of whatever is not a success: redirects, error pages.
const otherCap = 1 << 20

// readBody reads a response's body into the hop, on the wire and decoded, and
// closes it. Its caps make faults or truncations, never errors of the hop: the
// head has come, and is worth keeping.
func (c *Client) readBody(ctx context.Context, cancel context.CancelCauseFunc, j *job, h *hop, resp *http.Response) {
	defer func() { _ = resp.Body.Close() }() // read to its end, or given up
	success := h.status >= 200 && h.status < 300
	wireCap, decodedCap := j.wire, j.decoded
	if !success {
		wireCap, decodedCap = min(wireCap, otherCap), min(decodedCap, otherCap)
	}
	if success && j.req.Kind.refuses(h.header.Get("Content-Type")) {
		h.truncated = truncatedLength
		h.fail(CodeUnwantedType, errors.New(clip(h.header.Get("Content-Type"))))
		return
	}
	if success && resp.ContentLength > wireCap && j.req.Kind != robotsTxt {
		h.truncated = truncatedLength
		h.fail(CodeTooLarge, fmt.Errorf("announced as %d bytes", resp.ContentLength))
		return
	}
	raw, err := c.readWire(ctx, cancel, j, resp, wireCap)
	h.keep(raw, err, success)
	if h.record {
		h.raw = raw
	}
	whole := c.decode(ctx, j, h, raw, decodedCap, success)
	if success && j.req.Kind != Image && (whole || coding.ShowsEnd(h.body)) {
		h.pardonCut()
	}
}

// pardonCut takes back the fault of a body that ended before its announced end although
// it is whole: some servers announce the length of another form of it, or never send the
// last chunk.
func (h *hop) pardonCut() {
	if h.fault != nil && h.fault.Code == CodeCutBody && h.undecoded == "" {
		h.fault, h.ended = nil, true
	}
}

// keep notes why a body ended early.
func (h *hop) keep(raw []byte, err error, success bool) {
	switch {
	case err == nil:
	case errors.Is(err, errCap):
		h.truncated = truncatedLength
		if success {
			h.fail(CodeTooLarge, fmt.Errorf("more than %d bytes", len(raw)))
		}
	case isTimeLimit(err):
		h.truncated = truncatedTime
		h.fail(CodeTimeout, err)
	case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded): // the caller's
		h.truncated = truncatedDisconnect
		h.fail(CodeCanceled, err)
	default:
		h.truncated = truncatedDisconnect
		h.fail(CodeCutBody, err)
	}
}

func (h *hop) fail(code string, err error) {
	if h.fault == nil {
		h.fault = &Error{URL: h.url, Code: code, Status: h.status, Err: err}
	}
}

// errCap says that a cap was reached.
var errCap = errors.New("larger than its size limit")

// scratch are buffers in which bodies begin: most fit, and are copied out.
var scratch = sync.Pool{New: func() any { return new(make([]byte, firstRoom)) }}

// firstRoom is the room made for a body before any of it has come.
const firstRoom = 256 << 10

// readWire reads a body, of at most limit bytes, within the limits of time. What had
// come is returned beside an error.
func (c *Client) readWire(ctx context.Context, cancel context.CancelCauseFunc, j *job, resp *http.Response, limit int64) ([]byte, error) {
	w := c.watch(resp.Body, cancel, j)
	defer w.stop()
	g := gathering{in: w, limit: limit, room: func(ctx context.Context, size int64) error { return w.pause(ctx, size) }}
	if n := resp.ContentLength; n >= 0 && n <= limit {
		g.limit, g.known = n, true
	}
	data, err := g.read(ctx)
	j.lease.Shrink(int64(len(data)))
	interrupted := err != nil && !errors.Is(err, errCap)
	if cause := context.Cause(ctx); interrupted && cause != nil {
		err = cause
	}
	return data, err
}

// gathering reads a stream into memory. Room is made as bytes come, and asked for
// before: what a server announces takes none.
type gathering struct {
	in    io.Reader
	limit int64 // bytes
	known bool  // limit is the stream's announced length: what comes behind is not read
	room  func(ctx context.Context, size int64) error
}

// read returns the bytes of the stream, and errCap if there are more than the limit.
// The error of a stream that ends before its announced length is io.ErrUnexpectedEOF.
func (g *gathering) read(ctx context.Context) ([]byte, error) {
	first, _ := scratch.Get().(*[]byte)
	defer scratch.Put(first)
	most := g.limit // one byte more shows that there are more
	if !g.known {
		most++
	}
	buf, n := (*first)[:min(firstRoom, most)], 0
	if g.room == nil {
		g.room = func(context.Context, int64) error { return nil }
	}
	for {
		got, err := g.in.Read(buf[n:])
		n += got
		switch {
		case err == io.EOF && g.known && int64(n) < g.limit:
			return g.take(buf[:n]), io.ErrUnexpectedEOF
		case err == io.EOF, g.known && int64(n) == g.limit:
			return g.take(buf[:n]), nil
		case err != nil:
			return g.take(buf[:n]), err
		case int64(n) > g.limit:
			return g.take(buf[:g.limit]), errCap
		case n < len(buf):
			continue
		}
		size := min(int64(len(buf))*2, most)
		if err := g.room(ctx, size); err != nil {
			return g.take(buf[:n]), err
		}
		buf = append(make([]byte, 0, size), buf...)[:size]
	}
}

// take returns a body that is not in the scratch buffer.
func (g *gathering) take(data []byte) []byte {
	if cap(data) <= firstRoom || len(data) < cap(data)/4*3 {
		return append(make([]byte, 0, len(data)), data...)
	}
	return data
}

// undeclared is how many gzip layers are undone without being announced. A
// compressed sitemap is a file, not a coding, but its readers want the text and the
// caps are here; some servers compress such a file once more, and some compress
// pages without saying so.
const undeclared = 2

// decode undoes the content codings into h.body. A body that cannot be decoded
// stays as it came, with a fault. Of a stream that is cut or damaged, the text
// before the damage is used, as browsers show it. whole reports that a coding was undone
// up to its own end.
func (c *Client) decode(ctx context.Context, j *job, h *hop, raw []byte, limit int64, success bool) (whole bool) {
	h.body = raw
	kind := j.req.Kind
	o := coding.Options{Names: coding.Names(h.header.Values("Content-Encoding")), Size: limit, Ratio: c.opts.Limits.Ratio}
	if success && kind != Image {
		o.Undeclared = undeclared
	}
	r, err := coding.NewReader(ctx, raw, o)
	if err != nil {
		if success {
			h.fail(CodeBadEncoding, err)
		}
		return false
	}
	defer r.Close()
	if r.Plain() {
		return false
	}
	if kind == Source && r.OnlyGzip(undeclared) {
		return c.decodeSource(ctx, h, r, limit)
	}
	g := gathering{in: r, limit: limit, room: func(ctx context.Context, size int64) error { return j.lease.Grow(ctx, int64(len(raw))+size) }}
	data, err := g.read(ctx)
	j.lease.Shrink(int64(len(raw) + len(data)))
	if len(data) > 0 || err == nil {
		h.body = data
	}
	h.decoded(err, success, len(data) > 0 && kind != Image)
	return err == nil
}

// unpackedSource is the size up to which a source is kept decoded.
const unpackedSource = 1 << 20

// decodeSource leaves a large source under gzip, because its reader decodes it as it
// reads: a sitemap of 50 MiB is a file of 3. All of it is decoded once all the same,
// for its faults.
func (c *Client) decodeSource(ctx context.Context, h *hop, r *coding.Reader, limit int64) (whole bool) {
	g := gathering{in: r, limit: unpackedSource}
	data, err := g.read(ctx)
	n := int64(len(data))
	if errors.Is(err, errCap) {
		var more int64
		more, err = io.Copy(io.Discard, r)
		if n += 1 + more; err == nil || usable(err) {
			data, h.packed = h.body, true
		}
	}
	if len(data) > 0 || err == nil {
		h.body = data
	}
	h.decoded(err, h.status/100 == 2, n > 0)
	return err == nil
}

// usable reports whether what was decoded before an error will do.
func usable(err error) bool { return errors.Is(err, coding.ErrCut) }

// decoded notes why decoding ended early. usable says that a part will do.
func (h *hop) decoded(err error, success, usable bool) {
	code := ""
	switch {
	case err == nil:
		return
	case errors.Is(err, coding.ErrTooLarge):
		h.undecoded, code = truncatedLength, CodeTooLarge
	case errors.Is(err, coding.ErrBomb):
		h.undecoded, code = truncatedLength, CodeBomb
	case isTimeLimit(err):
		h.undecoded, code = truncatedTime, CodeTimeout
	case errors.Is(err, coding.ErrCut):
		h.undecoded = truncatedDisconnect
		if !h.chunked && h.header.Get("Content-Length") == "" { // the only sign that the connection broke
			h.truncated = truncatedDisconnect
		}
		if !usable {
			code = CodeCutBody
		}
	case errors.Is(err, coding.ErrBroken):
		code = CodeBadEncoding
	default: // the caller's deadline
		h.undecoded, code = truncatedTime, CodeCanceled
	}
	if success && code != "" {
		h.fail(code, err)
	}
}

// refuses reports whether a kind of request has no use for a media type, so that
// its body need not be read. Only what is certainly something else counts.
func (k Kind) refuses(contentType string) bool {
	if k != Page && k != "" {
		return false
	}
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return false
	}
	major, _, _ := strings.Cut(media, "/")
	switch major {
	case "video", "audio", "font", "image":
		return media != "image/svg+xml"
	}
	switch media {
	case "application/pdf", "application/zip", "application/x-rar-compressed", "application/msword",
		"application/vnd.android.package-archive", "application/x-msdownload", "application/vnd.ms-excel":
		return true
	}
	return false
}
