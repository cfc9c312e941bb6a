package fetch

import (
	"bytes"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"pressmark/crawler/proxy"
	"pressmark/storage/warc"
)

// Access is how a site's requests are made. The zero value, and nil: as the client's
// others.
type Access struct {
	Proxy       *proxy.Setting // nil: the client's
	UserAgent   string         // added to the client's User-Agent, behind a space
	Credentials *Credentials   // nil: none
}

// Credentials are request fields that the owner of a site gave. They go to the site's own
// hosts and nowhere else: each hop of a redirect is judged by itself. Captures have
// "masked" in place of their values. Make them with NewCredentials.
type Credentials struct {
	header  http.Header
	covers  func(host string) bool
	plain   bool
	secrets [][]byte // that no answer may repeat
}

// secretLeast is the length in bytes from which a value is looked for in answers: shorter
// ones stand in any page by chance.
const secretLeast = 8

// NewCredentials returns credentials. covers reports whether a host (a URL's Host) belongs
// to the site; plain says that they also go over http, without TLS.
func NewCredentials(header http.Header, covers func(host string) bool, plain bool) *Credentials {
	c := &Credentials{header: header, covers: covers, plain: plain}
	for name, values := range header {
		for _, v := range values {
			for _, s := range secretsOf(name, v) {
				if len(s) >= secretLeast {
					c.secrets = append(c.secrets, []byte(s))
				}
			}
		}
	}
	return c
}

// secretsOf returns the parts of a field's value that are secret by themselves.
func secretsOf(name, value string) []string {
	switch name {
	case "Authorization":
		_, token, _ := strings.Cut(value, " ")
		out := []string{token}
		if pair, err := base64.StdEncoding.DecodeString(token); err == nil {
			_, password, _ := strings.Cut(string(pair), ":")
			out = append(out, password)
		}
		return out
	case "Cookie":
		var out []string
		for pair := range strings.SplitSeq(value, ";") {
			_, v, _ := strings.Cut(pair, "=")
			out = append(out, strings.TrimSpace(v))
		}
		return out
	}
	return []string{value}
}

// credentials returns those that go with a request to a URL, nil if none do.
func (a *Access) credentials(u *url.URL) *Credentials {
	if a == nil || a.Credentials == nil {
		return nil
	}
	c := a.Credentials
	if u.Scheme != "https" && !c.plain || !c.covers(u.Host) {
		return nil
	}
	return c
}

// put returns a request with the credentials. nil leaves it as it is.
func (c *Credentials) put(req *http.Request) *http.Request {
	if c == nil {
		return req
	}
	out := req.Clone(req.Context())
	for name, values := range c.header {
		if name == "Cookie" { // behind those that the site has set
			values = []string{strings.Join(append(slices.Clone(out.Header[name]), values...), "; ")}
		}
		out.Header[name] = values
	}
	return out
}

// mask hides what a capture must not have in the heads of an exchange: the credentials,
// and the sessions that the server opens for them.
func (c *Credentials) mask(h *hop) {
	if c == nil {
		return
	}
	names := []string{"cookie"}
	for name := range c.header {
		names = append(names, strings.ToLower(name))
	}
	h.reqHead = warc.MaskFields(h.reqHead, names...)
	h.respHead = warc.MaskFields(h.respHead, "set-cookie", "set-cookie2")
}

// errEchoed is the reason of CodeCredentialEchoed.
var errEchoed = errors.New("the answer repeats a credential that it was asked with; it is not kept")

// withhold fails a hop whose answer repeats a secret, and drops the answer.
func (c *Credentials) withhold(h *hop) *Error {
	if c == nil || !c.repeated(h) {
		return nil
	}
	h.body, h.raw, h.packed = nil, nil, false
	h.header, h.respHead = http.Header{}, nil
	h.withheld = true
	h.fault = &Error{URL: h.url, Code: CodeCredentialEchoed, Status: h.status, Err: errEchoed}
	return h.fault
}

func (c *Credentials) repeated(h *hop) bool {
	for _, secret := range c.secrets {
		if bytes.Contains(h.body, secret) {
			return true
		}
		for name, values := range h.header {
			if name != "Set-Cookie" && slices.ContainsFunc(values, func(v string) bool { return strings.Contains(v, string(secret)) }) {
				return true
			}
		}
	}
	return false
}

// userAgent is the User-Agent field of a request.
func (c *Client) userAgentOf(req *Request) string {
	if req.Access == nil || req.Access.UserAgent == "" {
		return c.userAgent
	}
	return c.userAgent + " " + req.Access.UserAgent
}

// proxyOf is the setting that holds for a request.
func (c *Client) proxyOf(j *job) proxy.Setting {
	if a := j.req.Access; a != nil && a.Proxy != nil {
		return *a.Proxy
	}
	return c.opts.Proxy
}
