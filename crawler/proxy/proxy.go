// Package proxy sends connections through a proxy: HTTP (RFC 9110, CONNECT), HTTP over
// TLS, or SOCKS5 (RFC 1928, RFC 1929).
//
// A proxy is used where somebody named it. The proxy variables of the environment count
// only for the Setting "environment".
package proxy

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// Setting says through which proxy requests go. The zero value: directly.
type Setting struct {
	server *url.URL
	lookUp func(*url.URL) (*url.URL, error) // the environment's rule; nil: server
}

// ErrSetting is the error of a text that names no proxy. Messages do not repeat the
// text, because it may hold a password.
var ErrSetting = errors.New("write none, environment, or the address of a proxy: http://host:port, https://host:port, socks5://host:port or socks5h://host:port")

// standardPorts are the ports of addresses that name none.
var standardPorts = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}

// Parse reads a setting:
//
//	"", "none"           directly
//	"environment"        HTTP_PROXY, HTTPS_PROXY, NO_PROXY, in capitals or not
//	http://[user:password@]host[:port]      also https://: the connection to the proxy is under TLS
//	socks5://[user:password@]host[:port]    names are resolved here, and the proxy gets addresses
//	socks5h://[user:password@]host[:port]   names are resolved by the proxy
func Parse(text string) (Setting, error) {
	switch text {
	case "", "none":
		return Setting{}, nil
	case "environment":
		rule := httpproxy.FromEnvironment().ProxyFunc()
		return Setting{lookUp: rule}, nil
	}
	server, err := parseServer(text)
	return Setting{server: server}, err
}

func parseServer(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || standardPorts[u.Scheme] == "" || u.Hostname() == "" {
		return nil, ErrSetting
	}
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("the address has a path, query or fragment: %w", ErrSetting)
	}
	port := u.Port()
	if port == "" {
		port = standardPorts[u.Scheme]
	}
	return &url.URL{Scheme: u.Scheme, User: u.User, Host: net.JoinHostPort(u.Hostname(), port)}, nil
}

// For returns the address of the proxy for a URL, nil if it is asked directly.
func (s Setting) For(target *url.URL) (*url.URL, error) {
	if s.lookUp == nil {
		return s.server, nil
	}
	found, err := s.lookUp(target)
	if err != nil || found == nil {
		return nil, err
	}
	return parseServer(found.String())
}

// Set reports whether the setting names a proxy, or asks the environment.
func (s Setting) Set() bool { return s.server != nil || s.lookUp != nil }

// ResolvesHere reports whether all names are resolved on this side, so that addresses
// can be judged before anything is asked for.
func (s Setting) ResolvesHere() bool {
	return !s.Set() || s.server != nil && s.server.Scheme == "socks5"
}

// String returns the setting without its password.
func (s Setting) String() string {
	switch {
	case s.lookUp != nil:
		return "environment"
	case s.server == nil:
		return "none"
	}
	return s.server.Redacted()
}

// Redact returns a text that Parse reads without its password. What it does not read
// becomes "xxxxx" if it may hold one.
func Redact(text string) string {
	s, err := Parse(text)
	switch {
	case err == nil && s.server != nil:
		return s.String()
	case err != nil && strings.Contains(text, "@"):
		return "xxxxx"
	}
	return text
}
