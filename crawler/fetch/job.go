package fetch

import (
	"context"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"time"

	"pressmark/crawler/inflight"
	"pressmark/storage/warc"
)

// job is one Get, from hop to hop. It travels in the request's context, and is
// used by one goroutine at a time, but for the trace of a hop.
type job struct {
	req       *Request
	wire      int64 // cap of a body on the wire
	decoded   int64 // and decoded
	hops      []*hop
	robotsKey string
	responded bool // Colly has called back with the response
	lease     *inflight.Lease
}

type jobKey struct{}

// jobOf returns the job that a context carries; every request of the chain has one.
func jobOf(ctx context.Context) *job {
	j, _ := ctx.Value(jobKey{}).(*job)
	if j == nil {
		j = &job{req: &Request{}}
	}
	return j
}

func (c *Client) newJob(req *Request) *job {
	j := &job{req: req, lease: c.opts.Memory.Lease()}
	j.wire, j.decoded = c.opts.Limits.body(req.Kind)
	if req.MaxBody > 0 {
		j.wire, j.decoded = req.MaxBody, req.MaxBody
	}
	return j
}

func (j *job) last() *hop {
	if len(j.hops) == 0 {
		return nil
	}
	return j.hops[len(j.hops)-1]
}

// hop is one request and what came back.
type hop struct {
	url       string
	started   time.Time
	elapsed   time.Duration
	status    int // 0: no response
	header    http.Header
	body      []byte // decoded
	raw       []byte // as on the wire less transfer coding; nil unless recorded
	truncated string // why it ended early on the wire
	ended     bool   // though it ended early, it shows its own end
	packed    bool   // body is left under gzip
	undecoded string // why it did when it was decoded, though it had come whole
	chunked   bool
	fault     *Error // what is wrong with the body

	conn     *conn
	remote   net.Addr
	attempts int
	record   bool
	limit    int // of the head
	reqHead  []byte
	respHead []byte
	secret   *Credentials // with which it was asked; nil: none
	withheld bool         // the answer is not kept
}

// trace takes note of the connection that net/http picks for the hop. A second
// one means that the first broke before an answer and that net/http is about to
// send the request again, behind the back of the pace: it is kept from it, and
// the pace does it instead.
func (h *hop) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		c, ok := info.Conn.(*conn)
		if !ok {
			return
		}
		h.attempts++
		if h.attempts > 1 {
			c.poison()
			return
		}
		h.conn, h.remote = c, c.RemoteAddr()
		c.begin(&exchange{keep: h.record, limit: h.limit})
	}}
}

// finish takes the heads from the connection.
func (h *hop) finish() {
	if h.conn != nil && h.record {
		h.reqHead, h.respHead = h.conn.take()
		if h.chunked {
			h.respHead = hideChunking(h.respHead)
		}
		h.secret.mask(h)
	}
	h.conn = nil
}

// hideChunking renames the fields that frame a body in chunks: the body that is kept
// beside the head is dechunked, and readers of the capture would try that again. The
// bytes are otherwise those of the wire.
func hideChunking(head []byte) []byte { return warc.RenameFields(head, "X-Orig-", framingNames...) }

func (h *hop) ip() string {
	if h.remote == nil {
		return ""
	}
	if ap, err := netip.ParseAddrPort(h.remote.String()); err == nil {
		return ap.Addr().Unmap().String()
	}
	return ""
}

func (h *hop) exchange() warc.Exchange {
	return warc.Exchange{
		URL: h.url, Started: h.started, IP: h.ip(),
		RequestHead: h.reqHead, ResponseHead: h.respHead, ResponseBody: h.raw,
		Truncated: h.truncated,
	}
}

// redirects reports whether the answer sends the client elsewhere. 300 does so if it
// names a preferred choice (RFC 9110, 15.4.1).
func (h *hop) redirects() bool {
	switch h.status {
	case http.StatusMultipleChoices:
		return h.header.Get("Location") != ""
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// wantsCookies reports whether a hop set a cookie.
func (j *job) wantsCookies() bool {
	for _, h := range j.hops {
		if h.header.Get("Set-Cookie") != "" {
			return true
		}
	}
	return false
}

// response returns what a job has come to, nil if no hop was answered.
func (j *job) response() *Response {
	h := j.last()
	if h == nil || h.status == 0 {
		return nil
	}
	r := &Response{
		URL: j.hops[0].url, FinalURL: h.url,
		Status: h.status, Header: h.header, Body: h.body,
		Started: h.started, RobotsKey: j.robotsKey, lease: j.lease, Packed: h.packed,
		ETag: h.header.Get("Etag"), LastModified: h.header.Get("Last-Modified"),
	}
	if !h.ended {
		r.Truncated = cmpOr(h.truncated, h.undecoded)
	}
	if r.NotModified() { // what a 304 does not repeat still holds
		r.ETag = cmpOr(r.ETag, j.req.ETag)
		r.LastModified = cmpOr(r.LastModified, j.req.LastModified)
	}
	for _, h := range j.hops {
		r.Elapsed += h.elapsed
		r.Chain = append(r.Chain, h.url)
		if j.req.Record && h.status != 0 && !h.withheld {
			r.Hops = append(r.Hops, h.exchange())
		}
	}
	return r
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
