package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// redirect judges a redirect before it is followed; via are the requests made.
// The URL itself is judged by the gate, like every other.
func (c *Client) redirect(req *http.Request, via []*http.Request) error {
	j := jobOf(req.Context())
	req.URL.User = nil // net/http would send it as a password to any target
	target := targetOf(req.URL)
	seen := 0
	for _, earlier := range via {
		if targetOf(earlier.URL) == target {
			seen++
		}
	}
	// With cookies, a page may redirect to itself once it has set them.
	again := 0
	if j.req.Cookies {
		again = 1
	}
	if seen > again {
		return &Error{URL: clip(target), Code: CodeRedirectLoop, Err: fmt.Errorf("after %d redirects", len(via))}
	}
	if len(via) > c.opts.Limits.Redirects {
		return &Error{URL: clip(target), Code: CodeTooManyRedirects, Err: fmt.Errorf("more than %d", c.opts.Limits.Redirects)}
	}
	return nil
}

// webURLs reads URLs as browsers do, like Colly's parser.
var webURLs = whatwg.NewParser(whatwg.WithPercentEncodeSinglePercentSign())

// readableLocation rewrites a Location as browsers understand it: backslashes,
// spaces, stray percent signs, raw bytes of a legacy encoding. It returns it
// unchanged where nobody could.
func readableLocation(base, location string) string {
	if !utf8.ValidString(location) {
		location = escapeBytes(location)
	}
	u, err := webURLs.ParseRef(base, location)
	if err != nil {
		return location
	}
	return u.Href(false)
}

func escapeBytes(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] < utf8.RuneSelf {
			b.WriteByte(s[i])
		} else {
			fmt.Fprintf(&b, "%%%02X", s[i])
		}
	}
	return b.String()
}

// plainURL takes user and password out of a URL; they are never sent.
func plainURL(raw string) string {
	if !strings.Contains(raw, "@") {
		return raw
	}
	u, err := url.Parse(raw)
	if err != nil || u.User == nil {
		return raw
	}
	u.User = nil
	return u.String()
}

// redirectError gives what net/http says about a redirect its code: it has no
// types for a Location that it cannot read.
func redirectError(j *job, err error) *Error {
	h := j.last()
	var known *Error
	if errors.As(err, &known) || h == nil || !h.redirects() {
		return nil
	}
	return &Error{URL: h.url, Code: CodeBadRedirect, Status: h.status, Err: err}
}
