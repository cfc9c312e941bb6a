package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"sync"
	"time"

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
	raw, err := c.readWire(ctx, cancel, resp, wireCap)
	h.keep(raw, err, success)
	if h.record {
		h.raw = raw
	}
	c.decode(ctx, h, raw, decodedCap, j.req.Kind, success)
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
	case errors.Is(err, errTotalTime) || errors.Is(err, errIdle):
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
var errCap = errors.New("larger than its cap")

// scratch are buffers in which bodies of unknown length grow.
var scratch = sync.Pool{New: func() any { return bytes.NewBuffer(make([]byte, 0, 64<<10)) }}

// maxScratch is the largest buffer that goes back to the pool.
const maxScratch = 4 << 20

// trustedLength is how large an announced body may be for room to be made for
// it before it has come.
const trustedLength = 1 << 20

// readWire reads a body, of at most limit bytes, within the idle limit. What
// had come is returned beside an error.
func (c *Client) readWire(ctx context.Context, cancel context.CancelCauseFunc, resp *http.Response, limit int64) ([]byte, error) {
	idle := time.AfterFunc(c.opts.Limits.Idle, func() { cancel(errIdle) })
	defer idle.Stop()
	body := &watched{r: resp.Body, timer: idle, limit: c.opts.Limits.Idle}

	var data []byte
	var err error
	if n := resp.ContentLength; n >= 0 && n <= limit {
		data, err = readKnown(body, n)
	} else {
		data, err = readGrowing(body, limit)
	}
	if err == io.EOF {
		err = nil
	}
	if cause := context.Cause(ctx); err != nil && cause != nil && !errors.Is(err, errCap) {
		err = cause
	}
	return data, err
}

// readKnown reads a body of n announced bytes. Room is made in two steps: the
// announcement of a large body is believed once trustedLength bytes of it have
// come.
func readKnown(r io.Reader, n int64) ([]byte, error) {
	data := make([]byte, min(n, trustedLength))
	got, err := io.ReadFull(r, data)
	if err == nil && n > trustedLength {
		rest := data
		data = make([]byte, n)
		copy(data, rest)
		var more int
		more, err = io.ReadFull(r, data[got:])
		got += more
	}
	return data[:got], err
}

// readGrowing reads up to limit bytes, and errCap where there are more.
func readGrowing(r io.Reader, limit int64) ([]byte, error) {
	b, _ := scratch.Get().(*bytes.Buffer)
	_, err := b.ReadFrom(io.LimitReader(r, limit+1))
	data := b.Bytes()
	if int64(len(data)) > limit {
		data, err = data[:limit], errCap
	}
	if b.Cap() > maxScratch {
		return data, err // too large for the pool, and for another copy
	}
	data = append(make([]byte, 0, len(data)), data...)
	b.Reset()
	scratch.Put(b)
	return data, err
}

// watched is a body whose every piece sets back the idle timer.
type watched struct {
	r     io.Reader
	timer *time.Timer
	limit time.Duration
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if n > 0 {
		w.timer.Reset(w.limit)
	}
	return n, err
}

// undeclared is how many gzip layers are undone without being announced. A
// compressed sitemap is a file, not a coding, but its readers want the text and the
// caps are here; some servers compress such a file once more, and some compress
// pages without saying so.
const undeclared = 2

// decode undoes the content codings into h.body. A body that cannot be decoded
// stays as it came, with a fault. Of a stream that is cut or damaged, the text
// before the damage is used, as browsers show it.
func (c *Client) decode(ctx context.Context, h *hop, raw []byte, limit int64, kind Kind, success bool) {
	h.body = raw
	o := coding.Options{Names: coding.Names(h.header.Values("Content-Encoding")), Size: limit, Ratio: c.opts.Limits.Ratio}
	if success && kind != Image {
		o.Undeclared = undeclared
	}
	r, err := coding.NewReader(ctx, raw, o)
	if err != nil {
		if success {
			h.fail(CodeBadEncoding, err)
		}
		return
	}
	defer r.Close()
	if r.Plain() {
		return
	}
	data, err := readGrowing(r, limit)
	if len(data) > 0 || err == nil {
		h.body = data
	}
	h.decoded(err, success, len(data) > 0 && kind != Image)
}

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
	case errors.Is(err, errTotalTime):
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
