package robots

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"pressmark/storage/warc"
)

// maxHops is how many redirects are followed (RFC 9309, 2.3.1.2).
const maxHops = 5

// result is the outcome of a request for a robots.txt: a file; no file (found and
// err unset); or an error.
type result struct {
	found  bool
	body   []byte
	header http.Header
	err    error

	exchanges []warc.Exchange
}

// fetch asks for a robots.txt and follows its redirects. The rules of the last
// hop's file apply to the origin that was asked first (RFC 9309, 2.3.1.2).
func (g *Gate) fetch(ctx context.Context, u *url.URL) (got result) {
	var exchanges []warc.Exchange
	defer func() { got.exchanges = exchanges }()
	for hop := range maxHops + 1 {
		a, err := g.opts.Fetch(ctx, u)
		switch {
		case err != nil && hop > 0 && local(err):
			// The origin sent us where we do not go: its fault, and remembered, or
			// each of its URLs would ask for the robots.txt again.
			return result{err: fmt.Errorf("redirected to %s: %v", u, err)}
		case err != nil:
			return result{err: fmt.Errorf("fetch %s: %w", u, err)}
		}
		if a.Exchange != nil {
			exchanges = append(exchanges, *a.Exchange)
		}
		switch {
		case a.Status >= 200 && a.Status < 300:
			return result{found: true, body: whole(a.Body), header: a.Header}
		case a.Status >= 300 && a.Status < 400:
			next, err := u.Parse(a.Header.Get("Location"))
			if err != nil || a.Header.Get("Location") == "" {
				return result{header: a.Header} // leads nowhere: unavailable
			}
			next.Fragment, next.User = "", nil
			u = next
		case a.Status/100 == 4 && a.Status != http.StatusTooManyRequests:
			return result{header: a.Header}
		default:
			return result{err: fmt.Errorf("fetch %s: status %d", u, a.Status)}
		}
	}
	return result{} // more than five redirects: unavailable
}

// lifetime is how long an answer is used: most, or less if its Cache-Control
// says so (RFC 9309, 2.4; RFC 9111, 5.2.2), but not less than least, so that
// "no-cache" does not double the requests to a site.
func lifetime(h http.Header, least, most time.Duration) time.Duration {
	ttl := most
	for _, directive := range strings.Split(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(directive)), "=")
		switch name {
		case "no-store", "no-cache":
			ttl = 0
		case "max-age":
			seconds, err := strconv.ParseInt(strings.Trim(value, `"`), 10, 32)
			if err == nil {
				ttl = min(ttl, time.Duration(max(seconds, 0))*time.Second)
			}
		}
	}
	return min(max(ttl, least), most)
}

// retryAt returns the earliest time of the next try, if the error names one.
func retryAt(err error) (time.Time, bool) {
	var timed interface{ RetryAt() time.Time }
	if errors.As(err, &timed) {
		return timed.RetryAt(), true
	}
	return time.Time{}, false
}

// local reports whether an error is our own refusal to send the request.
func local(err error) bool {
	var side interface{ Local() bool }
	return errors.As(err, &side) && side.Local()
}
