package fetch

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"

	"pressmark/crawler/proxy"
)

// wires are the transports of a client, made when they are first used: the direct one and
// one for each proxy, each once for requests that may reach private addresses and once
// for those that may not.
type wires struct {
	opts *Options
	mu   sync.Mutex
	made map[wireKey]*http.Transport
}

type wireKey struct {
	proxy  string // its address; "": none
	strict bool
}

func (w *wires) take(server *url.URL, strict bool) *http.Transport {
	key := wireKey{strict: strict}
	if server != nil {
		key.proxy = server.String()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.made[key]
	if t == nil {
		if w.made == nil {
			w.made = map[wireKey]*http.Transport{}
		}
		t = newTransport(w.opts, server, strict)
		w.made[key] = t
	}
	return t
}

func (w *wires) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, t := range w.made {
		t.CloseIdleConnections()
	}
}

// through returns the way to a proxy. Its own address is resolved and dialled as the
// system does, or by Options.Dial.
func (d *dialer) through(server *url.URL) *proxy.Dialer {
	connect := d.override
	if connect == nil {
		connect = d.net.DialContext
	}
	return &proxy.Dialer{Server: server, Connect: func(ctx context.Context, network, address string) (net.Conn, error) {
		return connect(ctx, network, address)
	}, TLS: d.tls, Timeout: 2 * d.timeout}
}

func (d *dialer) openPlain(ctx context.Context, _, address string) (net.Conn, error) {
	return d.behind(ctx, address, d.proxy.Plain)
}

func (d *dialer) openTunnel(ctx context.Context, _, address string) (net.Conn, error) {
	return d.behind(ctx, address, d.proxy.Tunnel)
}

// behind opens a connection through the proxy. With socks5 the proxy gets an address,
// which is judged before; others get the name.
func (d *dialer) behind(ctx context.Context, address string, open func(ctx context.Context, address string) (net.Conn, error)) (net.Conn, error) {
	if d.proxy.Server.Scheme != "socks5" {
		c, err := open(ctx, address)
		return behindProxy(c, hiddenAddr(address)), err
	}
	addrs, err := d.addresses(ctx, address)
	for _, at := range addrs {
		var c net.Conn
		if c, err = open(ctx, at.String()); err == nil {
			return behindProxy(c, net.TCPAddrFromAddrPort(at)), nil
		}
	}
	return nil, err
}

// addresses resolves a "host:port" to the addresses that may be asked for. If there are
// none, the error says why.
func (d *dialer) addresses(ctx context.Context, address string) ([]netip.AddrPort, error) {
	host, portText, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	port, err := net.DefaultResolver.LookupPort(ctx, "tcp", portText)
	if err != nil {
		return nil, err
	}
	found, err := d.lookUp(ctx, host)
	if err != nil {
		return nil, err
	}
	var out []netip.AddrPort
	err = &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	for _, addr := range found {
		at := netip.AddrPortFrom(addr.Unmap(), uint16(port)) //nolint:gosec // LookupPort returns ports
		if d.strict && !isPublic(at.Addr()) {
			err = &blockedError{addr: at.String()}
			continue
		}
		out = append(out, at)
	}
	return out, err
}

func (d *dialer) lookUp(ctx context.Context, host string) ([]netip.Addr, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{addr}, nil
	}
	if d.resolve != nil {
		return d.resolve(ctx, host)
	}
	return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
}

// behindProxy gives a connection the address of the host behind the proxy, so that
// captures do not have the proxy's for the host's. nil stays nil.
func behindProxy(c net.Conn, origin net.Addr) net.Conn {
	if c == nil {
		return nil
	}
	return &proxied{Conn: c, origin: origin}
}

// proxied is a connection through a proxy.
type proxied struct {
	net.Conn
	origin net.Addr
}

// RemoteAddr implements net.Conn: the address of the host, or its name where the proxy
// alone knows the address.
func (p *proxied) RemoteAddr() net.Addr { return p.origin }

// hiddenAddr is a "host:port" whose address is not known here.
type hiddenAddr string

// Network implements net.Addr.
func (hiddenAddr) Network() string { return "tcp" }

// String implements net.Addr.
func (a hiddenAddr) String() string { return string(a) }
