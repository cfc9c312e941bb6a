package fetch

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"pressmark/crawler/proxy"
	"pressmark/extract/text"
)

// notPublic are the special-purpose blocks (IANA registries for IPv4 and IPv6)
// that no public web server lives in. Of IPv6 only 2000::/3 is in use at all;
// what is listed here are the exceptions within it. Addresses that carry an
// IPv4 address (6to4, Teredo, NAT64) are refused whatever they carry.
var notPublic = parsePrefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
	"172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
	"192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
)

var globalUnicast = netip.MustParsePrefix("2000::/3")

func parsePrefixes(texts ...string) []netip.Prefix {
	prefixes := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		prefixes[i] = netip.MustParsePrefix(text)
	}
	return prefixes
}

// isPublic reports whether an address may be dialled. A mapped address
// (::ffff:0:0/96) is judged as the IPv4 address that it is.
func isPublic(addr netip.Addr) bool {
	addr = addr.Unmap()
	reserved6 := addr.Is6() && !globalUnicast.Contains(addr)
	if !addr.IsValid() || addr.Zone() != "" || reserved6 {
		return false
	}
	for _, prefix := range notPublic {
		if prefix.Contains(addr) {
			return false
		}
	}
	return true
}

// judge refuses a "host:port" of a connection whose host is not public.
func judge(address string) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil || !isPublic(ap.Addr()) {
		return &blockedError{addr: address}
	}
	return nil
}

// control is the guard proper: net.Dialer calls it with the address that it is
// about to connect to, after DNS, so that no name and no redirect leads past it.
func control(_ context.Context, _, address string, _ syscall.RawConn) error {
	return judge(address)
}

// guard sends a request over the transport that refuses addresses that are not
// public, unless the request's site, or the client, allows its host. The two
// have connections of their own: one that a lenient request opened must not
// serve a strict one. So has each proxy.
type guard struct{ client *Client }

func (g *guard) RoundTrip(req *http.Request) (*http.Response, error) {
	c, j := g.client, jobOf(req.Context())
	server, err := c.proxyOf(j).For(req.URL)
	if err != nil {
		return nil, &proxy.Error{Server: "of the environment", Err: err}
	}
	strict := !c.opts.AllowPrivate && !j.allows(req.URL, c.opts.AllowHosts)
	resp, err := c.wires.take(server, strict).RoundTrip(req)
	if err == nil && server != nil && resp.StatusCode == http.StatusProxyAuthRequired {
		_ = resp.Body.Close() // it is the proxy's, not the host's
		return nil, proxy.WantsCredentials(server)
	}
	return resp, err
}

// allows reports whether a URL's host is one of those that may be private.
func (j *job) allows(u *url.URL, more []string) bool {
	return listed(u, j.req.AllowHosts) || listed(u, more)
}

func listed(u *url.URL, hosts []string) bool {
	if len(hosts) == 0 {
		return false
	}
	name := strings.ToLower(u.Hostname())
	withPort := net.JoinHostPort(name, portOf(u))
	for _, host := range hosts {
		host = strings.ToLower(host)
		if host == name || host == withPort {
			return true
		}
		if domain, ok := strings.CutPrefix(host, "*"); ok && strings.HasPrefix(domain, ".") && strings.HasSuffix(name, domain) {
			return true
		}
	}
	return false
}

// refusals remembers the hosts that the guard refused of late, so that not each
// of their URLs takes a turn and a look-up. It holds for requests that may not
// go to private addresses; the others are not asked.
type refusals struct {
	mu    sync.Mutex
	hosts map[string]refused
}

type refused struct {
	until time.Time
	err   error
}

const (
	refusedFor  = time.Minute
	refusedMost = 4096
)

func (r *refusals) add(host string, err error, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.hosts == nil || len(r.hosts) >= refusedMost {
		r.hosts = map[string]refused{}
	}
	r.hosts[host] = refused{now.Add(refusedFor), err}
}

func (r *refusals) find(host string, now time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if known, ok := r.hosts[host]; ok && now.Before(known.until) {
		return known.err
	}
	return nil
}

// portOf returns the port of a URL as a plain number, whatever zeroes it is spelled
// with; "" if it is none.
func portOf(u *url.URL) string {
	switch port := u.Port(); {
	case port != "":
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil {
			return ""
		}
		return strconv.FormatUint(n, 10)
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}

// checkURL refuses what is never requested. The address in a URL is looked at
// here only so that nothing is done for it in vain; the guard's word is control.
func (c *Client) checkURL(j *job, u *url.URL) error {
	refuse := func(code, format string, args ...any) error {
		return &Error{URL: clip(u.String()), Code: code, Err: fmt.Errorf(format, args...)}
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return refuse(CodeBadURL, "scheme %q", u.Scheme)
	}
	if u.Hostname() == "" {
		return refuse(CodeBadURL, "no host")
	}
	if n := len(u.String()); n > c.opts.Limits.URL {
		return refuse(CodeURLTooLong, "%d bytes", n)
	}
	if c.opts.AllowPrivate || j.allows(u, c.opts.AllowHosts) {
		return nil
	}
	if !goodPort(portOf(u)) {
		return refuse(CodeBadPort, "port %s", u.Port())
	}
	if addr, err := netip.ParseAddr(u.Hostname()); err == nil && !isPublic(addr) {
		return refuse(CodePrivateAddress, "%w", &blockedError{addr: addr.String()})
	}
	if localName(u.Hostname()) && !c.proxyOf(j).ResolvesHere() {
		return refuse(CodePrivateAddress, "%w", &blockedError{addr: u.Hostname()})
	}
	if err := c.refused.find(u.Host, c.opts.Now()); err != nil {
		return refuse(CodePrivateAddress, "%w", err)
	}
	return nil
}

// localDomains are those of names that mean a machine near the one that resolves them:
// RFC 6761, RFC 6762, RFC 8375, ICANN's reservation of .internal, and customary ones.
var localDomains = []string{"localhost", "local", "internal", "intranet", "private", "corp", "home", "lan", "home.arpa"}

// localName reports whether a name leads to the proxy's own network by its form. Behind a
// proxy that resolves names itself, that and an address in the URL are all that can be
// judged here.
func localName(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if _, err := netip.ParseAddr(host); err == nil {
		return false // judged as what it is
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == host || last != "" && last[0] >= '0' && last[0] <= '9' { // "intranet"; "127.1", which resolvers take for an address
		return true
	}
	return slices.ContainsFunc(localDomains, func(d string) bool { return host == d || strings.HasSuffix(host, "."+d) })
}

// refusedPorts are those above 1023 that browsers refuse (Fetch standard, 2.9, "bad
// port").
var refusedPorts = []int{1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080}

// goodPort reports whether a port is one of web servers: 80, 443, or one above 1023
// that browsers do not refuse.
func goodPort(port string) bool {
	n, err := strconv.Atoi(port)
	if err != nil || n > 65535 {
		return false
	}
	return n == 80 || n == 443 || n >= 1024 && !slices.Contains(refusedPorts, n)
}

// clip keeps foreign texts in messages short.
func clip(s string) string { return text.Clip(s, 300) }
