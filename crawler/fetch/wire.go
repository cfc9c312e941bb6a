package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"sync"
	"time"

	"pressmark/crawler/proxy"
)

// dialer opens the connections of one transport.
type dialer struct {
	net      net.Dialer
	resolve  func(ctx context.Context, host string) ([]netip.Addr, error)
	override func(ctx context.Context, network, address string) (net.Conn, error)
	strict   bool          // public addresses only
	proxy    *proxy.Dialer // nil: none
	tls      *tls.Config
	timeout  time.Duration
}

// newTransport makes the bottom of the chain: the way through a proxy, or the direct one.
func newTransport(o *Options, server *url.URL, strict bool) *http.Transport {
	d := &dialer{
		net:      net.Dialer{Timeout: o.Limits.Connect, KeepAlive: 30 * time.Second},
		resolve:  o.Resolve,
		override: o.Dial,
		strict:   strict,
		tls:      tlsConfig(o.RootCAs),
		timeout:  o.Limits.Connect,
	}
	if server != nil {
		d.proxy = d.through(server)
	}
	if strict && server == nil { // a proxy may be anywhere: somebody named it
		d.net.ControlContext = control
	}
	return &http.Transport{
		Proxy:                  nil, // not the environment's, and the dialer knows the others
		DialContext:            d.dial,
		DialTLSContext:         d.dialTLS,
		MaxIdleConns:           1000,
		MaxIdleConnsPerHost:    2,
		MaxConnsPerHost:        4, // the pace allows one; a backstop
		IdleConnTimeout:        90 * time.Second,
		ResponseHeaderTimeout:  o.Limits.HeaderWait,
		MaxResponseHeaderBytes: o.Limits.Header,
		DisableCompression:     true, // Accept-Encoding and decoding are ours
		ReadBufferSize:         16 << 10,
	}
}

// suites are those of TLS 1.2 that are offered: Go's own and, behind them, RSA key
// exchange with AES, which Go offers no longer, browsers do, and some old servers of
// small papers know nothing else. It lacks forward secrecy; pages that everybody may
// read do not need it.
var suites = []uint16{
	tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
	tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
	tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
	tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
	tls.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, tls.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
	tls.TLS_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_RSA_WITH_AES_256_GCM_SHA384,
	tls.TLS_RSA_WITH_AES_128_CBC_SHA, tls.TLS_RSA_WITH_AES_256_CBC_SHA,
}

func tlsConfig(roots *x509.CertPool) *tls.Config {
	return &tls.Config{RootCAs: roots, NextProtos: []string{"http/1.1"}, MinVersion: tls.VersionTLS12, CipherSuites: suites}
}

func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	open := d.open
	if d.proxy != nil {
		open = d.openPlain
	}
	raw, err := open(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &conn{Conn: raw}, nil
}

// dialTLS shakes hands here rather than in net/http, because the recorder
// stands above TLS, and because a connection that net/http does not know to be
// TLS stays at HTTP/1.1.
func (d *dialer) dialTLS(ctx context.Context, network, address string) (net.Conn, error) {
	open := d.open
	if d.proxy != nil {
		open = d.openTunnel
	}
	raw, err := open(ctx, network, address)
	if err != nil {
		return nil, err
	}
	config := d.tls.Clone()
	config.ServerName, _, err = net.SplitHostPort(address)
	if err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	ctx, cancel := context.WithTimeout(ctx, d.timeout)
	defer cancel()
	secured := tls.Client(raw, config)
	if err := secured.HandshakeContext(ctx); err != nil {
		_ = raw.Close() // the handshake's error says what matters
		return nil, tlsError{err}
	}
	return &conn{Conn: secured}, nil
}

func (d *dialer) open(ctx context.Context, network, address string) (net.Conn, error) {
	if d.override != nil {
		return d.openOverride(ctx, network, address)
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	_, notIP := netip.ParseAddr(host)
	if notIP == nil || d.resolve == nil {
		c, err := d.net.DialContext(ctx, network, address)
		var blocked *blockedError
		if notIP != nil && errors.As(err, &blocked) {
			err = d.mixed(ctx, host, err)
		}
		return c, err
	}
	addrs, err := d.resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	err = &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	for _, addr := range addrs {
		c, failed := d.net.DialContext(ctx, network, net.JoinHostPort(addr.String(), port))
		if failed == nil {
			return c, nil
		}
		var blocked *blockedError
		if errors.As(failed, &blocked) && slices.ContainsFunc(addrs, isPublic) {
			continue // the others say why there is no connection
		}
		err = failed
	}
	return nil, err
}

// errMixed is the failure of a name of which some addresses are public.
var errMixed = errors.New("its public addresses do not answer, and others are not dialled")

// mixed returns the error of a name whose first address was refused: if another one is
// public, the failure is temporary and does not refuse the name.
func (d *dialer) mixed(ctx context.Context, host string, refused error) error {
	addrs, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil || !slices.ContainsFunc(addrs, isPublic) {
		return refused
	}
	return fmt.Errorf("connect to %s: %w", host, errMixed)
}

func (d *dialer) openOverride(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := d.override(ctx, network, address)
	if err != nil || !d.strict {
		return c, err
	}
	if err := judge(c.RemoteAddr().String()); err != nil {
		_ = c.Close() // nothing was sent
		return nil, err
	}
	return c, nil
}

// conn is a connection that takes note of the exchange under way and tidies the heads
// of its responses. net/http writes, reads and hands it out from different goroutines.
type conn struct {
	net.Conn
	mu     sync.Mutex
	x      *exchange
	failed error // of a read, to be returned once x has handed out what came before it
	refuse bool
}

// begin is called when the connection is handed out for a request. Bytes that came
// behind the response before are no response to this one: the connection is not used.
func (c *conn) begin(x *exchange) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refuse = c.refuse || c.x.pending()
	c.x = x
}

// poison makes the next write fail before anything is sent.
func (c *conn) poison() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refuse = true
}

func (c *conn) Write(p []byte) (int, error) {
	c.mu.Lock()
	if c.refuse {
		c.mu.Unlock()
		return 0, errStale
	}
	c.x.wrote(p)
	c.mu.Unlock()
	return c.Conn.Write(p)
}

// Read hands out heads when they are complete, and bodies as they come.
func (c *conn) Read(p []byte) (int, error) {
	for {
		if n, err, ok := c.handOut(p); ok {
			return n, err
		}
		n, err := c.Conn.Read(p)
		if c.pass(p[:n], err) {
			return n, err
		}
	}
}

// handOut copies what waits to be read; ok is false if nothing does.
func (c *conn) handOut(p []byte) (n int, err error, ok bool) { //nolint:revive // the error is the read's
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.x.pending() {
		return c.x.handOut(p), nil, true
	}
	return 0, c.failed, c.failed != nil
}

// pass reports whether bytes that were read may go on as they are. Those of a head
// are taken in instead.
func (c *conn) pass(p []byte, err error) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.x == nil || c.x.final {
		return true
	}
	c.x.read(p)
	if err != nil {
		c.x.give()
		c.failed = err
	}
	return false
}

// take returns both heads of the exchange under way, and ends it.
func (c *conn) take() (request, response []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	x := c.x
	if x == nil {
		return nil, nil
	}
	c.refuse = c.refuse || x.pending()
	c.x = nil
	return x.request, x.response
}
