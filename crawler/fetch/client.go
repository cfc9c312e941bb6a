package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/gocolly/colly/v2"

	"pressmark/crawler/pace"
	"pressmark/crawler/robots"
)

// Client gets URLs. It is safe for concurrent use; one serves a process.
type Client struct {
	opts      Options
	userAgent string
	pacer     *pace.Pacer
	gate      *robots.Gate
	engines   *engines
	wires     *wires
	refused   refusals

	chain  http.RoundTripper // of pages and images
	direct http.RoundTripper // of robots.txt: the same without the gate
}

// New returns a client.
func New(o Options) *Client {
	o.Limits.setDefaults()
	setDefault(&o.Engines, 2000)
	if o.Now == nil {
		o.Now = time.Now
	}
	c := &Client{opts: o, userAgent: userAgent(&o), pacer: o.Pacer}
	if c.pacer == nil {
		c.pacer = pace.New(pace.Options{})
	}
	o.Robots.Fetch = c.fetchRobots
	if o.Robots.Clock == nil {
		o.Robots.Clock = o.Now
	}
	c.gate = robots.NewGate(o.Robots)
	c.engines = newEngines(c, o.Engines)

	c.wires = &wires{opts: &c.opts}
	c.direct = &paced{client: c, next: &capture{client: c, next: &guard{client: c}}}
	c.chain = &gate{client: c, next: c.direct}
	return c
}

func userAgent(o *Options) string {
	if o.UserAgent != "" {
		return o.UserAgent
	}
	version, contact := cmpOr(o.Version, "0.1"), ""
	if o.Contact != "" {
		contact = " (+" + o.Contact + ")"
	}
	return "pressmark/" + version + contact
}

// Pacer is the pace that the client keeps.
func (c *Client) Pacer() *pace.Pacer { return c.pacer }

// Gate is the robots.txt gate that the client's requests pass.
func (c *Client) Gate() *robots.Gate { return c.gate }

// Sitemaps returns the Sitemap lines of the robots.txt that governs req.URL,
// asking for it if need be, with the permissions of req.
func (c *Client) Sitemaps(ctx context.Context, req Request) ([]string, error) {
	u, err := url.Parse(req.URL)
	if err != nil {
		return nil, &Error{URL: clip(req.URL), Code: CodeBadURL, Err: err}
	}
	j := c.newJob(&req)
	if err := c.checkURL(j, u); err != nil {
		return nil, err
	}
	return c.gate.Sitemaps(context.WithValue(ctx, jobKey{}, j), u)
}

// Close ends requests for robots.txt under way and closes idle connections.
// Every Get must have returned, or is about to fail.
func (c *Client) Close() {
	c.gate.Close()
	c.wires.close()
}

// Get requests a URL and follows redirects. Any status of the final hop is an
// answer, not an error: 304 for a conditional request, 404, 500. Where there is
// no answer, or it is not whole, the error is an *Error. The Response beside it
// is then that of the last hop that was answered, nil where there is none: the
// redirect to what may not be fetched, a body that was cut or is too large, all
// of them still worth a capture.
//
// A site that redirects in a circle until its cookie comes back is asked once
// more with cookies; further requests to it then have them from the start.
func (c *Client) Get(ctx context.Context, req Request) (*Response, error) {
	if len(req.URL) > c.opts.Limits.URL {
		return nil, &Error{URL: clip(req.URL), Code: CodeURLTooLong, Err: fmt.Errorf("%d bytes", len(req.URL))}
	}
	req.URL = plainURL(req.URL)
	host := ""
	if u, err := url.Parse(req.URL); err == nil { // Colly reads more than net/url does, and has the last word
		host = pace.Host(u)
	}
	req.Cookies = req.Cookies || c.engines.hasCookies(host)
	j, err := c.run(ctx, &req, host)
	if Code(err) == CodeRedirectLoop && !req.Cookies && j.wantsCookies() {
		j.lease.Release()
		req.Cookies = true
		j, err = c.run(ctx, &req, host)
	}
	r := j.response()
	if r == nil {
		j.lease.Release()
	}
	return r, err
}

// run sends a request through Colly.
func (c *Client) run(ctx context.Context, req *Request, host string) (*job, error) {
	j := c.newJob(req)
	en, collector := c.engines.take(host, req.Cookies)
	defer c.engines.give(en, collector)
	collector.Context = context.WithValue(ctx, jobKey{}, j)
	callbacks := colly.NewContext()
	callbacks.Put("job", j)
	err := collector.Request(http.MethodGet, req.URL, nil, callbacks, c.header(req))
	return j, c.conclude(ctx, j, err)
}

// conclude returns the error of a Get, nil if it succeeded.
func (c *Client) conclude(ctx context.Context, j *job, err error) error {
	h := j.last()
	unsent := err != nil && h == nil
	switch {
	case err != nil && redirectError(j, err) != nil:
		return redirectError(j, err)
	case unsent && !isCoded(err):
		return &Error{URL: clip(j.req.URL), Code: badURLCode(ctx), Err: err}
	case err != nil:
		return classify(ctx, clip(j.req.URL), err)
	case !j.responded:
		return &Error{URL: clip(j.req.URL), Code: CodeBadResponse, Err: errors.New("no callback")}
	case h.fault != nil:
		return h.fault
	case h.redirects():
		return &Error{URL: h.url, Code: CodeBadRedirect, Status: h.status, Err: errors.New("no Location")}
	case h.status == http.StatusNotModified && !j.conditional():
		return &Error{URL: h.url, Code: CodeBadResponse, Status: h.status, Err: errors.New("304 in response to a request without validators")}
	}
	return nil
}

func (j *job) conditional() bool { return j.req.ETag != "" || j.req.LastModified != "" }

func isCoded(err error) bool { return Code(err) != "" }

// badURLCode is the code of an error that came before any hop: Colly could not
// read the URL, unless the context had ended.
func badURLCode(ctx context.Context) string {
	if ctx.Err() != nil {
		return CodeCanceled
	}
	return CodeBadURL
}

var accepts = map[Kind]string{
	Page:      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
	Image:     "image/*,*/*;q=0.8",
	Source:    "application/rss+xml,application/atom+xml,application/xml;q=0.9,text/xml;q=0.9,text/html;q=0.8,*/*;q=0.7",
	Asset:     "*/*",
	robotsTxt: "text/plain,*/*;q=0.8",
}

// header makes the fields of a request.
func (c *Client) header(req *Request) http.Header {
	h := make(http.Header, 6+len(req.Header))
	for name, values := range req.Header {
		h[http.CanonicalHeaderKey(name)] = values
	}
	h.Del("Host") // Colly would send it as the request's host
	h.Set("User-Agent", c.userAgentOf(req))
	accept, ok := accepts[req.Kind]
	if !ok {
		accept = accepts[Page]
	}
	h.Set("Accept", accept)
	// Nothing else, because a record in br or zstd is beyond many readers.
	h.Set("Accept-Encoding", "gzip")
	if req.ETag != "" {
		h.Set("If-None-Match", req.ETag)
	}
	if req.LastModified != "" {
		h.Set("If-Modified-Since", req.LastModified)
	}
	return h
}

// fetchRobots is the gate's way to the network: one hop, in its host's turn,
// under the guard and the caps, with the permissions of the request that it is
// for. A file that is too large comes cut.
func (c *Client) fetchRobots(ctx context.Context, u *url.URL) (*robots.Answer, error) {
	r := Request{URL: u.String(), Kind: robotsTxt, AllowHosts: jobOf(ctx).req.AllowHosts, Access: jobOf(ctx).req.Access, Record: jobOf(ctx).req.Record}
	j := c.newJob(&r)
	defer j.lease.Release()
	if err := c.checkURL(j, u); err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(context.WithValue(ctx, jobKey{}, j), http.MethodGet, r.URL, nil)
	if err != nil {
		return nil, &Error{URL: clip(r.URL), Code: CodeBadURL, Err: err}
	}
	req.Header = c.header(&r)
	resp, err := c.direct.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	_, _ = io.Copy(io.Discard, resp.Body) // empty: the chain has read it
	h := j.last()
	if h.fault != nil && !isCut(h.fault) {
		return nil, h.fault
	}
	if h.undecoded != "" { // the last line may be half a rule: "/" of "/archive/"
		h.body = h.body[:bytes.LastIndexAny(h.body, "\r\n")+1]
	}
	answer := &robots.Answer{Status: h.status, Header: resp.Header, Body: h.body}
	if h.record {
		x := h.exchange()
		answer.Exchange = &x
	}
	return answer, nil
}

// isCut reports whether a response was only too long. The rules up to the cut hold.
func isCut(fault *Error) bool { return fault.Code == CodeTooLarge || fault.Code == CodeBomb }

// UserAgent is the User-Agent field of the client's requests.
func (c *Client) UserAgent() string { return c.userAgent }
