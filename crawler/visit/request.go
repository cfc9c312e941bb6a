package visit

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"pressmark/extract/text"

	"pressmark/crawler/fetch"
	"pressmark/crawler/pace"
	"pressmark/extract/weburl"
)

// request is a task that is worked on.
type request struct {
	Task
	url    string
	free   func() // gives the host back
	hold   bool   // it is given back later than with the answer
	commit func() // commits the batch in hand if it is full
	got    *answer
}

// answer is the response that a task was given. Its memory is given back when the
// task ends.
type answer struct{ resp *fetch.Response }

func (a *answer) release() { a.resp.Release() }

func hostOf(url string) string { return weburl.HostOf(url) }

// fetch makes one request for the site and counts it. An error status of the
// response is not an error.
func (v *Visit) fetch(ctx context.Context, q request, req fetch.Request) (*fetch.Response, error) {
	req = v.permitted(req)
	req.URL = q.url
	withImages := v.env.Captures.Images || v.env.Captures.Replay
	req.Record = v.env.Captures.Open != nil && (withImages || req.Kind != fetch.Image)
	if v.job.Within != nil {
		ctx = v.job.Within(ctx)
	}
	resp, err := v.env.Fetcher.Get(ctx, req)
	q.got.resp = resp
	if !q.hold {
		q.free()
		runtime.Gosched() // the host's next request goes out before this page is read, which takes longer than the answer
	}
	return v.counted(req.URL, resp, err)
}

// counted counts a request. It returns no error for an answer with an error status.
func (v *Visit) counted(url string, resp *fetch.Response, err error) (*fetch.Response, error) {
	size := 0
	if resp != nil {
		size = len(resp.Body)
		for _, hop := range resp.Chain {
			v.job.Archive.Asked(hop)
			v.setDelay(hostOf(hop)) // one that "*.example.com" covers may show here first
		}
	}
	var fe *fetch.Error
	if resp != nil && errors.As(err, &fe) && fe.Code == fmt.Sprintf("http_%d", resp.Status) {
		err = nil // an answer, if not a welcome one
	}
	v.tally.Request(!held(url, err), size)
	return resp, err
}

// permitted returns a request with the permissions of the site.
func (v *Visit) permitted(req fetch.Request) fetch.Request {
	req.AllowHosts, req.Access = v.job.Site.AllowPrivate, v.job.Access
	return req
}

// held reports whether a request was not sent: a rule of ours, of the site's
// robots.txt or of its pace forbade it. Of a request that was redirected, the
// first part was sent.
func held(url string, err error) bool {
	var fe *fetch.Error
	if !errors.As(err, &fe) || fe.URL != url {
		return false
	}
	switch fe.Code {
	case fetch.CodeRobotsDisallowed, fetch.CodeRobotsUnreachable, fetch.CodePrivateAddress, fetch.CodeHostParked, fetch.CodeNotReady,
		fetch.CodeBadURL, fetch.CodeURLTooLong, fetch.CodeBadPort:
		return true
	}
	return false
}

// again decides whether a request that failed is repeated in this run; false if
// it is not.
func (v *Visit) again(q request, resp *fetch.Response, err error) (Outcome, bool) {
	var fe *fetch.Error
	if !errors.As(asError(resp, err), &fe) || !fe.Temporary() {
		return Outcome{}, false
	}
	q.failures++
	at := v.env.Now().Add(time.Duration(q.failures) * v.env.Retry.Wait)
	if int(q.failures) > v.env.Retry.Times || fe.RetryAt.After(at.Add(time.Minute)) {
		return Outcome{}, false
	}
	if fe.RetryAt.After(at) {
		at = fe.RetryAt
	}
	if resp != nil { // it shows for how long the server wanted to be left alone
		if _, err := v.capture(resp); err != nil {
			return stop(err), true
		}
	}
	return Outcome{Next: []Next{{URL: q.url, Task: q.Task, NotBefore: at}}}, true
}

// setDelays sets the delay for all hosts of the site, because a redirect may lead to
// one that has nothing in the queue.
func (v *Visit) setDelays() {
	for _, host := range v.job.Site.Hosts {
		if !strings.HasPrefix(host, "*") {
			v.setDelay(host)
		}
	}
}

// setDelay sets the spacing that the site asks for on one of its hosts, once.
func (v *Visit) setDelay(host string) {
	if v.job.Site.Delay <= 0 || v.env.Hosts.SetDelay == nil {
		return
	}
	if v.budget.newHost(host) && v.job.Site.HasHost(host) {
		v.env.Hosts.SetDelay(host, v.job.Site.Delay)
	}
}

// spacing returns the time between two requests to the host of a URL.
func (v *Visit) spacing(url string) time.Duration {
	if v.env.Hosts.Spacing == nil {
		return 0
	}
	return v.env.Hosts.Spacing(hostOf(url))
}

// failure names what went wrong with a request, and when it may be tried again
// at the earliest, if the server said so.
func failure(resp *fetch.Response, err error) (reason string, notBefore time.Time) {
	var fe *fetch.Error
	switch {
	case errors.As(err, &fe):
		return fe.Code, fe.RetryAt
	case err != nil:
		return "error", time.Time{}
	}
	return fmt.Sprintf("http_%d", resp.Status), retryAfter(resp)
}

// asError gives an answer with a bad status the shape of an error, so that one
// rule decides about trying again.
func asError(resp *fetch.Response, err error) error {
	if err != nil || resp == nil {
		return err
	}
	return &fetch.Error{URL: resp.FinalURL, Code: fmt.Sprintf("http_%d", resp.Status), Status: resp.Status, RetryAt: retryAfter(resp)}
}

// retryAfter returns when the server wants to be asked again; zero if it does not say.
func retryAfter(resp *fetch.Response) time.Time {
	d := pace.RetryAfter(resp.Header, resp.Started)
	if d == 0 {
		return time.Time{}
	}
	return resp.Started.Add(d)
}

// final reports whether a failed request need not be repeated: its cause is a
// rule, not a mishap.
func final(reason string) bool {
	switch reason {
	case fetch.CodeRobotsDisallowed, fetch.CodePrivateAddress, fetch.CodeBadURL, fetch.CodeTooLarge, fetch.CodeBomb, fetch.CodeTooManyRedirects,
		fetch.CodeRedirectLoop, fetch.CodeBadRedirect, fetch.CodeCredentialEchoed, fetch.CodeBadPort, fetch.CodeURLTooLong, fetch.CodeUnwantedType, fetch.CodeBadEncoding:
		return true
	}
	return false
}

// hostFailed reports whether a reason is one of the host, not of the page, what
// it answers included.
func hostFailed(reason string) bool {
	return fetch.HostFailed(reason) || reason == fetch.CodeRobotsUnreachable || reason == "http_429" || strings.HasPrefix(reason, "http_5")
}

// clip keeps details in the log short.
func clip(s string) string { return text.Clip(s, 300) }
