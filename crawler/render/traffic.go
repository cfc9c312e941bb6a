package render

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/fetch"
)

// traffic is the requests of one page. It outlives a process that ends under the
// page: what was fetched is not fetched again.
type traffic struct {
	page   Page
	limits Limits

	mu        sync.Mutex
	calls     map[string]*call // by address and Accept
	requests  int
	bytes     int64
	documents int // in the page's own frame
	refused   map[string]int
	open      map[Kind]int // not answered yet
	since     time.Time    // when the first of these began
	waited    time.Duration
	last      time.Time // when the last one ended
}

// call is one request, made once however often the page makes it.
type call struct {
	done   chan struct{}
	answer *Answer // nil: there is none
}

func newTraffic(p Page, l Limits) *traffic {
	return &traffic{page: p, limits: l, calls: map[string]*call{}, refused: map[string]int{}, open: map[Kind]int{}}
}

// redirectsMost bounds how often a page may send itself elsewhere.
const redirectsMost = 3

// errRefused is the answer to a request that is not made.
var errRefused = errors.New("not fetched")

// document answers a request for a document in the page's own frame: the first is the
// page, which has been fetched.
func (t *traffic) document(ctx context.Context, r Request) (*Answer, error) {
	t.mu.Lock()
	t.documents++
	n := t.documents
	t.mu.Unlock()
	switch {
	case r.URL == withoutFragment(t.page.URL):
		if n > 1+redirectsMost {
			return nil, t.refuse(RefusedRedirects)
		}
		return &Answer{URL: r.URL, Status: t.page.Status, Header: t.page.Header, Body: t.page.Body}, nil
	case n > 1+redirectsMost:
		return nil, t.refuse(RefusedRedirects)
	}
	return t.fetch(ctx, r)
}

func withoutFragment(raw string) string {
	before, _, _ := strings.Cut(raw, "#")
	return before
}

// refuse counts a request that is not made.
func (t *traffic) refuse(reason string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.refused[reason]++
	return errRefused
}

// fetch makes a request, or waits for the same one.
func (t *traffic) fetch(ctx context.Context, r Request) (*Answer, error) {
	key := r.URL + " " + r.Header.Get("Accept")
	t.mu.Lock()
	c, known := t.calls[key]
	full := !known && (t.requests >= t.limits.Requests || t.bytes >= t.limits.Bytes)
	reason := RefusedTooMany
	if t.bytes >= t.limits.Bytes {
		reason = RefusedTooLarge
	}
	if !known && !full {
		c = &call{done: make(chan struct{})}
		t.calls[key] = c
		t.requests++
	}
	t.mu.Unlock()
	switch {
	case full:
		return nil, t.refuse(reason)
	case !known:
		t.make(ctx, r, c)
	}
	select {
	case <-c.done:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if c.answer == nil {
		return nil, t.refuse(RefusedFetch)
	}
	return c.answer, nil
}

func (t *traffic) make(ctx context.Context, r Request, c *call) {
	defer close(c.done)
	t.began(r.Kind)
	defer t.ended(r.Kind)
	answer, err := t.page.Fetch(ctx, r)
	if err != nil || answer == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bytes += int64(len(answer.Body))
	c.answer = answer
	if answer.URL != "" && answer.URL != r.URL { // the page is redirected there, and then asks for it
		c.answer = &Answer{Status: http.StatusFound, Header: http.Header{"Location": {answer.URL}}}
		there := &call{done: make(chan struct{}), answer: answer}
		close(there.done)
		t.calls[answer.URL+" "+r.Header.Get("Accept")] = there
	}
}

func (t *traffic) began(k Kind) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.pending() == 0 {
		t.since = time.Now()
	}
	t.open[k]++
}

func (t *traffic) ended(k Kind) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.open[k]--
	t.last = time.Now()
	if t.pending() == 0 {
		t.waited += t.last.Sub(t.since)
	}
}

// pending is the number of requests without an answer. t.mu is held.
func (t *traffic) pending() int {
	n := 0
	for _, open := range t.open {
		n += open
	}
	return n
}

// quiet is the state of the traffic.
type quiet struct {
	pending int           // requests without an answer
	data    bool          // all of them for data
	last    time.Time     // when the last answer came; zero: none was asked for
	waited  time.Duration // during which at least one request was pending
}

func (t *traffic) quiet() quiet {
	t.mu.Lock()
	defer t.mu.Unlock()
	q := quiet{pending: t.pending(), data: t.pending() == t.open[Data], last: t.last, waited: t.waited}
	if q.pending > 0 {
		q.waited += time.Since(t.since)
	}
	return q
}

// fill writes what the traffic came to into a result.
func (t *traffic) fill(r *Result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r.Requests, r.Bytes, r.Refused = t.requests, t.bytes, maps.Clone(t.refused)
}

// headers that a request keeps out of those that Chromium made for it: what the
// page's scripts set, and what servers of data look at. Those of Chromium itself
// (User-Agent, Sec-…) would speak for a browser that does not make the request.
func requestHeader(from map[string]any) http.Header {
	h := http.Header{}
	for name, value := range from {
		text, ok := value.(string)
		if ok && !ownHeader(strings.ToLower(name)) {
			h.Set(name, text)
		}
	}
	return h
}

// ownHeader reports whether a request header is the client's own affair.
func ownHeader(name string) bool {
	if strings.HasPrefix(name, "sec-") || strings.HasPrefix(name, "if-") {
		return true
	}
	switch name {
	case "user-agent", "accept-encoding", "cookie", "host", "connection", "range", "cache-control", "pragma", "purpose",
		"upgrade-insecure-requests", "dnt", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "content-length", "proxy-authorization":
		return true
	}
	return false
}

// responseHeader returns the headers with which a request is answered in the page.
func responseHeader(a *Answer, r Request) []*fetch.HeaderEntry {
	var list []*fetch.HeaderEntry
	for name, values := range a.Header {
		if droppedHeader(strings.ToLower(name)) {
			continue
		}
		for _, v := range values {
			list = append(list, &fetch.HeaderEntry{Name: name, Value: v})
		}
	}
	// The request was made without cookies and credentials, so that a page reads
	// nothing of another site that anybody could not.
	origin := r.Header.Get("Origin")
	if origin == "" {
		origin = originOf(r.Header.Get("Referer"))
	}
	if origin != "" {
		list = append(list, &fetch.HeaderEntry{Name: "Access-Control-Allow-Origin", Value: origin},
			&fetch.HeaderEntry{Name: "Access-Control-Allow-Credentials", Value: "true"},
			&fetch.HeaderEntry{Name: "Access-Control-Expose-Headers", Value: "*"})
	}
	return list
}

func originOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// droppedHeader reports whether a response header is kept from the page: framing that
// does not hold any more, cookies, and what has the browser make requests of its own.
func droppedHeader(name string) bool {
	if strings.HasPrefix(name, "access-control-") || strings.HasPrefix(name, "cross-origin-") {
		return true
	}
	switch name {
	case "content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "set-cookie", "alt-svc", "link",
		"report-to", "reporting-endpoints", "nel", "content-security-policy-report-only", "content-disposition", "accept-ch",
		"strict-transport-security", "clear-site-data", "refresh", "speculation-rules", "www-authenticate", "proxy-authenticate":
		return true
	}
	return false
}
