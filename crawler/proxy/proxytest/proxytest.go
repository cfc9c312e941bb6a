// Package proxytest starts proxies on loopback for tests: HTTP, HTTP over TLS, and SOCKS5.
package proxytest

import (
	"bufio"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Options of a proxy. The zero value asks for no credentials and knows no names.
type Options struct {
	User, Password string            // "": nobody is asked
	Hosts          map[string]string // where a host, or a "host:port", is: an address "host:port"
	TLS            bool              // of an HTTP proxy: it is spoken to under TLS
	NoTunnel       bool              // of an HTTP proxy: CONNECT is refused but to port 443
}

// Proxy is one that runs until the test ends.
type Proxy struct {
	URL    string           // without credentials
	Server *httptest.Server // of an HTTP proxy; its certificate, if it has one

	o     Options
	mu    sync.Mutex
	asked []string
}

// Asked returns what the proxy was asked for: "CONNECT host:port", "GET http://host/path",
// "SOCKS host:port", refused requests included.
func (p *Proxy) Asked() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked)
}

func (p *Proxy) note(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, what)
}

// place is where a "host:port" is.
func (p *Proxy) place(address string) string {
	if at := p.o.Hosts[address]; at != "" {
		return at
	}
	host, _, _ := net.SplitHostPort(address) // an address without port is no key
	if at := p.o.Hosts[host]; at != "" {
		return at
	}
	return address
}

// HTTP starts an HTTP proxy.
func HTTP(t testing.TB, o Options) *Proxy {
	t.Helper()
	p := &Proxy{o: o}
	p.Server = httptest.NewUnstartedServer(p)
	if o.TLS {
		p.Server.StartTLS()
	} else {
		p.Server.Start()
	}
	t.Cleanup(p.Server.Close)
	p.URL = p.Server.URL
	return p
}

// ServeHTTP implements http.Handler: a request with a whole URL is passed on, CONNECT
// opens a tunnel.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.note(r.Method + " " + r.RequestURI)
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte(p.o.User+":"+p.o.Password))
	if p.o.User != "" && r.Header.Get("Proxy-Authorization") != want {
		w.Header().Set("Proxy-Authenticate", "Basic")
		w.WriteHeader(http.StatusProxyAuthRequired)
		return
	}
	switch {
	case r.Method == http.MethodConnect && p.o.NoTunnel && !strings.HasSuffix(r.Host, ":443"):
		w.WriteHeader(http.StatusForbidden)
	case r.Method == http.MethodConnect:
		p.tunnel(w, r)
	case r.URL.Host == "":
		http.Error(w, "this is a proxy", http.StatusBadRequest)
	default:
		p.pass(w, r)
	}
}

// pass passes a request on, as to the host itself.
func (p *Proxy) pass(w http.ResponseWriter, r *http.Request) {
	address := r.URL.Host
	if r.URL.Port() == "" {
		address = net.JoinHostPort(r.URL.Hostname(), "80")
	}
	out := r.Clone(r.Context())
	out.RequestURI, out.URL.Host = "", p.place(address)
	out.Header.Del("Proxy-Authorization")
	answer, err := http.DefaultTransport.RoundTrip(out)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer func() { _ = answer.Body.Close() }() // read to its end
	for name, values := range answer.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.StatusCode)
	_, _ = io.Copy(w, answer.Body) // the client sees a cut body
}

func (p *Proxy) tunnel(w http.ResponseWriter, r *http.Request) {
	to, err := net.Dial("tcp", p.place(r.Host))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	from, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		_ = to.Close()
		return
	}
	fmt.Fprint(from, "HTTP/1.1 200 Connection established\r\n\r\n")
	join(from, buffered.Reader, to)
}

// join copies in both directions until one ends.
func join(a net.Conn, fromA io.Reader, b net.Conn) {
	var wg sync.WaitGroup
	for _, way := range []struct {
		to   net.Conn
		from io.Reader
	}{{b, fromA}, {a, b}} {
		wg.Go(func() {
			_, _ = io.Copy(way.to, way.from)
			_, _ = a.Close(), b.Close()
		})
	}
	wg.Wait()
}

// SOCKS5 starts a SOCKS5 proxy. Its URL has the scheme socks5.
func SOCKS5(t testing.TB, o Options) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{o: o, URL: "socks5://" + l.Addr().String()}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				if err := p.socks(c); err != nil {
					_ = c.Close()
				}
			}()
		}
	})
	t.Cleanup(func() { _ = l.Close(); wg.Wait() })
	return p
}

// socks serves one connection (RFC 1928).
func (p *Proxy) socks(c net.Conn) error {
	in := bufio.NewReader(c)
	head := make([]byte, 2)
	if _, err := io.ReadFull(in, head); err != nil {
		return err
	}
	methods := make([]byte, head[1])
	if _, err := io.ReadFull(in, methods); err != nil {
		return err
	}
	if err := p.admit(c, in, methods); err != nil {
		return err
	}
	address, err := destination(in)
	if err != nil {
		return err
	}
	p.note("SOCKS " + address)
	to, err := net.Dial("tcp", p.place(address))
	if err != nil {
		_, _ = c.Write([]byte{5, 5, 0, 1, 0, 0, 0, 0, 0, 0}) // connection refused
		return err
	}
	if _, err := c.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0}); err != nil {
		return err
	}
	join(c, in, to)
	return nil
}

// admit asks for user and password (RFC 1929) where there are any.
func (p *Proxy) admit(c net.Conn, in *bufio.Reader, methods []byte) error {
	if p.o.User == "" {
		_, err := c.Write([]byte{5, 0})
		return err
	}
	if !slices.Contains(methods, 2) {
		_, _ = c.Write([]byte{5, 0xff})
		return io.ErrUnexpectedEOF
	}
	if _, err := c.Write([]byte{5, 2}); err != nil {
		return err
	}
	if _, err := in.ReadByte(); err != nil {
		return err
	}
	var said [2]string
	for i := range said {
		text, err := short(in)
		if err != nil {
			return err
		}
		said[i] = text
	}
	if said != [2]string{p.o.User, p.o.Password} {
		_, _ = c.Write([]byte{1, 1})
		return io.ErrUnexpectedEOF
	}
	_, err := c.Write([]byte{1, 0})
	return err
}

// short reads a text behind a byte of its length.
func short(in *bufio.Reader) (string, error) {
	n, err := in.ReadByte()
	if err != nil {
		return "", err
	}
	text := make([]byte, n)
	_, err = io.ReadFull(in, text)
	return string(text), err
}

// destination reads a request's "host:port".
func destination(in *bufio.Reader) (string, error) {
	head := make([]byte, 4)
	if _, err := io.ReadFull(in, head); err != nil {
		return "", err
	}
	host := ""
	switch head[3] {
	case 3:
		name, err := short(in)
		if err != nil {
			return "", err
		}
		host = name
	default:
		addr := make([]byte, map[byte]int{1: net.IPv4len, 4: net.IPv6len}[head[3]])
		if _, err := io.ReadFull(in, addr); err != nil {
			return "", err
		}
		host = net.IP(addr).String()
	}
	port := make([]byte, 2)
	_, err := io.ReadFull(in, port)
	return net.JoinHostPort(host, strconv.Itoa(int(binary.BigEndian.Uint16(port)))), err
}
