package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"time"

	"pressmark/crawler/pace"
	"pressmark/crawler/robots"
)

// gate passes on a hop if the URL rules and its origin's robots.txt allow it.
type gate struct {
	client *Client
	next   http.RoundTripper
}

func (g *gate) RoundTrip(req *http.Request) (*http.Response, error) {
	c, j := g.client, jobOf(req.Context())
	if err := c.checkURL(j, req.URL); err != nil {
		return nil, err
	}
	host, raw := pace.Host(req.URL), req.URL.String()
	if err := c.mayWait(j, host, raw); err != nil {
		return nil, err
	}
	v, err := g.check(req, j, host)
	if err != nil {
		return nil, err
	}
	if !v.Allowed {
		return nil, c.refusal(req.URL, v)
	}
	j.robotsKey = v.Key
	c.pacer.SetCrawlDelay(host, max(v.Delay, c.gate.Delay(req.URL)))
	// The robots.txt may just have been fetched, from this host.
	if err := c.mayWait(j, host, raw); err != nil {
		return nil, err
	}
	return g.next.RoundTrip(req)
}

// check asks for the verdict of the origin's robots.txt. A redirect's next hop waits
// for that file as it does for its turn; the request for it goes on, for the next try.
func (g *gate) check(req *http.Request, j *job, host string) (robots.Verdict, error) {
	c := g.client
	ctx, cancel := c.withinTurn(req.Context(), j, host)
	defer cancel()
	v, err := c.gate.Check(ctx, req.URL)
	switch {
	case err != nil && outOfTurn(req.Context(), ctx):
		return v, &Error{URL: req.URL.String(), Code: CodeNotReady, Err: errTurn, RetryAt: c.pacer.Ready(host)}
	case err != nil:
		return v, &Error{URL: req.URL.String(), Code: CodeCanceled, Err: err}
	}
	return v, nil
}

// withinTurn returns a context that ends, for a redirect's next hop, when its wait for
// a host has taken too long.
func (c *Client) withinTurn(ctx context.Context, j *job, host string) (context.Context, context.CancelFunc) {
	if len(j.hops) == 0 {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, c.turn(host), errTurn)
}

// outOfTurn reports whether a context of withinTurn has ended by itself, and not with
// the request's.
func outOfTurn(request, turn context.Context) bool {
	return request.Err() == nil && errors.Is(context.Cause(turn), errTurn)
}

// mayWait fails where the host is parked, or where the job cannot wait for it.
func (c *Client) mayWait(j *job, host, raw string) error {
	if parked := c.pacer.Parked(host); parked != nil {
		return &Error{URL: raw, Code: CodeHostParked, Err: parked, RetryAt: parked.Until}
	}
	most := max(j.req.MaxWait, 0)
	switch {
	case len(j.hops) > 0:
		most = c.turn(host)
	case j.req.MaxWait == 0:
		return nil
	}
	if wait := c.pacer.Wait(host); wait > most {
		return &Error{URL: raw, Code: CodeNotReady, Err: fmt.Errorf("ready in %v", wait), RetryAt: c.pacer.Ready(host)}
	}
	return nil
}

// turn is how long a redirect's next hop waits for a host: its worker holds the answer
// of the host before, and may be missed elsewhere. A host with a long spacing gets its
// time, or what redirects to it would never be fetched.
func (c *Client) turn(host string) time.Duration {
	return max(c.opts.Limits.Turn, 2*c.pacer.Spacing(host))
}

func (c *Client) refusal(u *url.URL, v robots.Verdict) *Error {
	raw := u.String()
	if v.Reason == robots.Disallowed {
		return &Error{URL: raw, Code: CodeRobotsDisallowed, Err: errors.New(v.Rule)}
	}
	if Code(v.Err) == CodePrivateAddress { // robots.txt is only where it showed first
		c.refused.add(u.Host, v.Err, c.opts.Now())
		return &Error{URL: raw, Code: CodePrivateAddress, Err: v.Err}
	}
	return &Error{URL: raw, Code: CodeRobotsUnreachable, Err: v.Err, RetryAt: v.RetryAt}
}

// paced sends a hop when its host's turn has come, and reports to the pacer what came
// of it.
type paced struct {
	client *Client
	next   http.RoundTripper
}

func (p *paced) RoundTrip(req *http.Request) (*http.Response, error) {
	began := time.Now()
	resp, err := p.once(req)
	if errors.Is(err, errStale) { // nothing has been answered: once more, in its turn
		j := jobOf(req.Context())
		j.hops = j.hops[:len(j.hops)-1]
		resp, err = p.once(req)
	}
	p.client.observe(req, began, err)
	return resp, err
}

// observe reports a hop.
func (c *Client) observe(req *http.Request, began time.Time, err error) {
	if c.opts.Observe == nil {
		return
	}
	j := jobOf(req.Context())
	a := Asked{Kind: j.req.Kind, Host: pace.Host(req.URL), Code: Code(err)}
	a.Waited = time.Since(began)
	h := j.last()
	if sent := h != nil && h.url == targetOf(req.URL); sent && a.Code != CodeHostParked {
		a.Sent, a.Status, a.Bytes, a.Elapsed = true, h.status, int64(len(h.body)), h.elapsed
		a.Waited = max(a.Waited-h.elapsed, 0)
	}
	c.opts.Observe(a)
}

func (p *paced) once(req *http.Request) (*http.Response, error) {
	c, j, host := p.client, jobOf(req.Context()), pace.Host(req.URL)
	ctx, cancel := c.withinTurn(req.Context(), j, host)
	release, err := c.pacer.Acquire(ctx, host)
	cancel()
	var parked *pace.ParkedError
	switch {
	case err != nil && outOfTurn(req.Context(), ctx):
		return nil, &Error{URL: req.URL.String(), Code: CodeNotReady, Err: errTurn, RetryAt: c.pacer.Ready(host)}
	case errors.As(err, &parked):
		return nil, &Error{URL: req.URL.String(), Code: CodeHostParked, Err: err, RetryAt: parked.Until}
	case err != nil:
		return nil, classify(req.Context(), req.URL.String(), err)
	}
	if c.opts.Lease == nil {
		resp, err := p.next.RoundTrip(req)
		release(c.outcome(j.last(), err))
		return resp, err
	}
	under, giveBack, err := c.opts.Lease(req.Context(), host)
	if err != nil {
		release(pace.Outcome{})
		return nil, classify(req.Context(), req.URL.String(), err)
	}
	resp, err := p.next.RoundTrip(req.WithContext(under))
	release(c.outcome(j.last(), err))
	giveBack(c.pacer.Wait(host))
	return resp, err
}

// outcome is what a hop says about its host.
func (c *Client) outcome(h *hop, err error) pace.Outcome {
	var failure *Error
	if errors.Is(err, errStale) {
		return pace.Outcome{}
	}
	if errors.As(err, &failure) {
		if HostFailed(failure.Code) {
			return pace.Outcome{Err: failure}
		}
		return pace.Outcome{}
	}
	o := pace.Outcome{Status: h.status, RetryAfter: pace.RetryAfter(h.header, c.opts.Now())}
	if h.fault != nil && h.fault.Code == CodeTimeout {
		o.Err = h.fault
	}
	return o
}

// capture holds a hop to its time limits, reads its body and keeps all of it in
// the job. What it returns has no body any more.
type capture struct {
	client *Client
	next   http.RoundTripper
}

func (t *capture) RoundTrip(req *http.Request) (*http.Response, error) {
	c, j := t.client, jobOf(req.Context())
	h := &hop{url: targetOf(req.URL), started: c.opts.Now(), record: j.req.Record, limit: int(c.opts.Limits.Header) + 4096}
	j.hops = append(j.hops, h)
	began := time.Now()
	defer func() { h.elapsed = time.Since(began) }()
	defer h.finish()

	ctx, cancel := context.WithCancelCause(httptrace.WithClientTrace(req.Context(), h.trace()))
	defer cancel(nil)
	total := time.AfterFunc(c.opts.Limits.Total, func() { cancel(errTotalTime) })
	defer total.Stop()

	h.secret = j.req.Access.credentials(req.URL)
	resp, err := t.next.RoundTrip(h.secret.put(req.WithContext(ctx)))
	if err != nil {
		if h.attempts > 1 {
			err = errStale
		}
		return nil, classify(ctx, h.url, err)
	}
	if resp.StatusCode < 100 { // net/http reads "000" too; a hop of status 0 would be one without an answer
		_ = resp.Body.Close() // not read
		return nil, &Error{URL: h.url, Code: CodeBadResponse, Err: fmt.Errorf("status %03d", resp.StatusCode)}
	}
	h.status, h.header = resp.StatusCode, resp.Header
	h.chunked = len(resp.TransferEncoding) > 0
	c.readBody(ctx, cancel, j, h, resp)
	if failed := h.secret.withhold(h); failed != nil {
		return nil, failed
	}
	return bare(req, resp, h), nil
}

// targetOf is a URL as it is asked for: without fragment.
func targetOf(u *url.URL) string {
	if u.Fragment == "" {
		return u.String()
	}
	bare := *u
	bare.Fragment, bare.RawFragment = "", ""
	return bare.String()
}

// bare is the response for those above: its status and fields, a Location that
// net/http can read, and no body, which is in the job. A 300 that redirects becomes a
// 302, which net/http follows.
func bare(req *http.Request, resp *http.Response, h *hop) *http.Response {
	out := *resp
	out.Request, out.Body, out.ContentLength, out.Uncompressed = req, http.NoBody, 0, true
	if h.redirects() && resp.Header.Get("Location") != "" {
		out.Header = resp.Header.Clone()
		out.Header.Set("Location", readableLocation(h.url, resp.Header.Get("Location")))
		if h.status == http.StatusMultipleChoices {
			out.StatusCode = http.StatusFound
		}
	}
	return &out
}
