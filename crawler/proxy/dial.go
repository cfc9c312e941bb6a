package proxy

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/proxy"
)

// Error is a failure of the proxy itself: it cannot be reached, or wants other
// credentials. It says nothing about the host that was to be asked.
type Error struct {
	Server string // without password
	Err    error
}

func (e *Error) Error() string { return "proxy " + e.Server + ": " + e.Err.Error() }

func (e *Error) Unwrap() error { return e.Err }

// UnreachableError says that the proxy answered, and has no connection to the host.
type UnreachableError struct {
	Server string // without password
	Reason string // as the proxy gives it
}

func (e *UnreachableError) Error() string { return "behind the proxy " + e.Server + ": " + e.Reason }

// Dialer connects through one proxy.
type Dialer struct {
	Server  *url.URL // of Setting.For
	Connect func(ctx context.Context, network, address string) (net.Conn, error)
	TLS     *tls.Config   // for a proxy that is spoken to under TLS
	Timeout time.Duration // of what the proxy is asked; 0: that of the context
}

// Tunnel returns a connection through the proxy to a "host:port", over which bytes pass
// as they are.
func (d *Dialer) Tunnel(ctx context.Context, address string) (net.Conn, error) {
	ctx, cancel := d.within(ctx)
	defer cancel()
	if strings.HasPrefix(d.Server.Scheme, "socks5") {
		return d.socks(ctx, address)
	}
	c, err := d.reach(ctx)
	if err != nil {
		return nil, err
	}
	if err := d.connect(ctx, c, address); err != nil {
		_ = c.Close() // the error says what matters
		return nil, err
	}
	return c, nil
}

// Plain returns a connection for requests of http: URLs to a "host:port". HTTP proxies
// take such requests themselves, many of them refuse a tunnel to port 80.
func (d *Dialer) Plain(ctx context.Context, address string) (net.Conn, error) {
	if strings.HasPrefix(d.Server.Scheme, "socks5") {
		return d.Tunnel(ctx, address)
	}
	ctx, cancel := d.within(ctx)
	defer cancel()
	c, err := d.reach(ctx)
	if err != nil {
		return nil, err
	}
	return &forward{Conn: c, origin: "http://" + strings.TrimSuffix(address, ":80"), credentials: d.credentials()}, nil
}

func (d *Dialer) within(ctx context.Context) (context.Context, context.CancelFunc) {
	if d.Timeout <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, d.Timeout)
}

// fail makes an error one of the proxy.
func (d *Dialer) fail(err error) error { return &Error{Server: d.Server.Redacted(), Err: err} }

// reach connects to the proxy.
func (d *Dialer) reach(ctx context.Context) (net.Conn, error) {
	c, err := d.Connect(ctx, "tcp", d.Server.Host)
	if err != nil {
		return nil, d.fail(err)
	}
	if d.Server.Scheme != "https" {
		return c, nil
	}
	config := d.TLS.Clone()
	config.ServerName, config.NextProtos = d.Server.Hostname(), []string{"http/1.1"}
	secured := tls.Client(c, config)
	if err := secured.HandshakeContext(ctx); err != nil {
		_ = c.Close() // the handshake's error says what matters
		return nil, d.fail(err)
	}
	return secured, nil
}

// credentials is the value of Proxy-Authorization, "" for none.
func (d *Dialer) credentials() string {
	if d.Server.User == nil {
		return ""
	}
	password, _ := d.Server.User.Password()
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(d.Server.User.Username()+":"+password))
}

// mostOfAnswer bounds the head of a proxy's answer in bytes.
const mostOfAnswer = 64 << 10

// connect asks an HTTP proxy for a tunnel.
func (d *Dialer) connect(ctx context.Context, c net.Conn, address string) error {
	stop := context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	ask := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address, Header: http.Header{"User-Agent": {""}}}
	if s := d.credentials(); s != "" {
		ask.Header.Set("Proxy-Authorization", s)
	}
	if err := ask.Write(c); err != nil {
		return d.fail(err)
	}
	head, err := readHead(c)
	if err != nil {
		return d.fail(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(strings.NewReader(head)), ask)
	if err != nil {
		return d.fail(err)
	}
	_ = answer.Body.Close() // not read: the connection is given up unless it is a tunnel
	if !stop() {
		return context.Cause(ctx)
	}
	return d.verdict(answer)
}

// verdict is what the answer to CONNECT means.
func (d *Dialer) verdict(answer *http.Response) error {
	switch status := answer.StatusCode; {
	case status/100 == 2:
		return nil
	case status == http.StatusProxyAuthRequired:
		return d.fail(errCredentials)
	case status == http.StatusForbidden || status == http.StatusMethodNotAllowed:
		return d.fail(fmt.Errorf("it refuses this host or port: %s", answer.Status))
	}
	return &UnreachableError{Server: d.Server.Redacted(), Reason: answer.Status}
}

var errCredentials = errors.New("it wants a user and a password, or others: write them into its address, http://user:password@host:port")

// WantsCredentials is the error of a proxy that answers a forwarded request with status
// 407.
func WantsCredentials(server *url.URL) error {
	return &Error{Server: server.Redacted(), Err: errCredentials}
}

// readHead reads up to the empty line of an answer and no byte more: what follows belongs
// to the tunnel.
func readHead(c net.Conn) (string, error) {
	var head strings.Builder
	one := make([]byte, 1)
	for !strings.HasSuffix(head.String(), "\r\n\r\n") && !strings.HasSuffix(head.String(), "\n\n") {
		if head.Len() >= mostOfAnswer {
			return "", errors.New("the head of its answer is too long")
		}
		if _, err := c.Read(one); err != nil {
			return "", err
		}
		head.WriteByte(one[0])
	}
	return head.String(), nil
}

// socks connects through a SOCKS5 proxy.
func (d *Dialer) socks(ctx context.Context, address string) (net.Conn, error) {
	var auth *proxy.Auth
	if u := d.Server.User; u != nil {
		password, _ := u.Password()
		auth = &proxy.Auth{User: u.Username(), Password: password}
	}
	reached := false
	through, err := proxy.SOCKS5("tcp", d.Server.Host, auth, connector(func(ctx context.Context, network, server string) (net.Conn, error) {
		c, err := d.Connect(ctx, network, server)
		reached = err == nil
		return c, err
	}))
	if err != nil {
		return nil, d.fail(err)
	}
	dial, ok := through.(proxy.ContextDialer)
	if !ok {
		return nil, d.fail(errors.New("the SOCKS5 client knows no context"))
	}
	c, err := dial.DialContext(ctx, "tcp", address)
	if err == nil {
		return c, nil
	}
	cause := err
	if op := new(net.OpError); errors.As(err, &op) {
		cause = op.Err
	}
	// The library has no type for a reply that refuses: its text begins so.
	if refusal, refused := strings.CutPrefix(cause.Error(), "unknown error "); reached && refused {
		return nil, &UnreachableError{Server: d.Server.Redacted(), Reason: refusal}
	}
	return nil, d.fail(cause)
}

// connector is a function as a dialer of the SOCKS5 library.
type connector func(ctx context.Context, network, address string) (net.Conn, error)

// DialContext implements proxy.ContextDialer.
func (c connector) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	return c(ctx, network, address)
}

// Dial implements proxy.Dialer.
func (c connector) Dial(network, address string) (net.Conn, error) {
	return c(context.Background(), network, address)
}
