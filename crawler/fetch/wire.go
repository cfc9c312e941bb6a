package fetch

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// dialer opens the connections of one transport.
type dialer struct {
	net      net.Dialer
	resolve  func(ctx context.Context, host string) ([]netip.Addr, error)
	override func(ctx context.Context, network, address string) (net.Conn, error)
	strict   bool // public addresses only
	tls      *tls.Config
	timeout  time.Duration
}

// newTransport makes the bottom of the chain.
func newTransport(o *Options, strict bool) *http.Transport {
	d := &dialer{
		net:      net.Dialer{Timeout: o.Limits.Connect, KeepAlive: 30 * time.Second},
		resolve:  o.Resolve,
		override: o.Dial,
		strict:   strict,
		tls:      tlsConfig(o.RootCAs),
		timeout:  o.Limits.Connect,
	}
	if strict {
		d.net.ControlContext = control
	}
	return &http.Transport{
		// No proxy, not even the environment's: behind one the guard would see
		// nothing but the proxy's address.
		Proxy:                  nil,
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

func tlsConfig(roots *x509.CertPool) *tls.Config {
	return &tls.Config{RootCAs: roots, NextProtos: []string{"http/1.1"}, MinVersion: tls.VersionTLS12}
}

func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	raw, err := d.open(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &conn{Conn: raw}, nil
}

// dialTLS shakes hands here rather than in net/http, because the recorder
// stands above TLS, and because a connection that net/http does not know to be
// TLS stays at HTTP/1.1.
func (d *dialer) dialTLS(ctx context.Context, network, address string) (net.Conn, error) {
	raw, err := d.open(ctx, network, address)
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
	if _, isIP := netip.ParseAddr(host); isIP == nil || d.resolve == nil {
		return d.net.DialContext(ctx, network, address)
	}
	addrs, err := d.resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	err = &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	for _, addr := range addrs {
		var c net.Conn
		if c, err = d.net.DialContext(ctx, network, net.JoinHostPort(addr.String(), port)); err == nil {
			return c, nil
		}
	}
	return nil, err
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

// conn is a connection with a tape that takes down the heads of the exchange
// under way. net/http writes, reads and hands it out from different goroutines.
type conn struct {
	net.Conn
	mu     sync.Mutex
	tape   *tape
	refuse bool
}

// begin is called when the connection is handed out for a request.
func (c *conn) begin(t *tape) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tape = t
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
	if c.tape != nil {
		c.tape.wrote(p)
	}
	c.mu.Unlock()
	return c.Conn.Write(p)
}

func (c *conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 {
		c.mu.Lock()
		if c.tape != nil {
			c.tape.read(p[:n])
		}
		c.mu.Unlock()
	}
	return n, err
}

// tape holds the heads of one exchange, as they went over the wire. Heads of
// 1xx responses are not kept: they announce the response, and are not it.
type tape struct {
	request  []byte
	response []byte
	done     bool // the response's head is complete
	limit    int
}

func (t *tape) wrote(p []byte) { t.request = append(t.request, p...) }

// tapePiece is how much of a read is taken down at a time. A head has seldom more,
// and a read goes on far into the body, which is not the tape's matter.
const tapePiece = 1 << 10

func (t *tape) read(p []byte) {
	for len(p) > 0 && !t.done && len(t.response) <= t.limit {
		piece := p[:min(len(p), tapePiece)]
		p = p[len(piece):]
		t.add(piece)
	}
}

func (t *tape) add(p []byte) {
	from := len(t.response)
	t.response = append(t.response, p...)
	for {
		end := headEnd(t.response, from)
		if end < 0 {
			return
		}
		if !informational(t.response) {
			t.response, t.done = t.response[:end:end], true
			return
		}
		t.response, from = append(t.response[:0], t.response[end:]...), 0
	}
}

// headEnd finds the end of a head, past its empty line, which is CRLF or a bare
// LF; -1 where it is not there yet. Bytes before from were looked at before.
func headEnd(b []byte, from int) int {
	for i := max(from-3, 0); i < len(b); i++ {
		if b[i] != '\n' {
			continue
		}
		switch rest := b[i+1:]; {
		case bytes.HasPrefix(rest, []byte("\n")):
			return i + 2
		case bytes.HasPrefix(rest, []byte("\r\n")):
			return i + 3
		}
	}
	return -1
}

// informational says whether a head is that of a 1xx response. 101 is not
// among them: it is final, and nobody asks for it here.
func informational(head []byte) bool {
	_, status, ok := bytes.Cut(head, []byte(" "))
	return ok && len(status) >= 3 && status[0] == '1' && !bytes.HasPrefix(status, []byte("101"))
}

// take returns copies of both heads.
func (c *conn) take() (request, response []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.tape
	c.tape = nil
	if t == nil {
		return nil, nil
	}
	return t.request, t.response
}
