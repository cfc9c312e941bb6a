// Package faultproxy stands between a client and an S3 server and does to their
// talk what networks and busy servers do.
package faultproxy

import (
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Fault is what happens to a request.
type Fault int

// The faults.
const (
	None     Fault = iota
	SlowDown       // 503 with the code SlowDown; the server does not see the request
	Reset          // the connection is reset; the server does not see the request
	Lost           // the server answers, but the connection is reset before the answer comes through
	Cut            // the connection is reset amid the answer's body (of an answer without one: before it)
	Hang           // no answer; the server does not see the request
	LostHang       // the server has answered, but nothing comes through
	Slow           // the answer's body comes in small pieces, with pauses of a few milliseconds

	faults // their number
)

// All are all faults but None.
func All() []Fault {
	var all []Fault
	for f := None + 1; f < faults; f++ {
		all = append(all, f)
	}
	return all
}

var names = [...]string{"none", "slow_down", "reset", "lost", "cut", "hang", "lost_hang", "slow"}

// String names the fault.
func (f Fault) String() string { return names[f] }

// Proxy is a running proxy.
type Proxy struct {
	URL string // to be used in place of the server's

	plan   func(n int, r *http.Request) Fault
	target http.Handler

	mu     sync.Mutex
	counts [faults]int
	n      int
}

// Start starts a proxy before the http server at target; it ends with the test.
// plan says what happens to the n-th request (from 1); it is not called
// concurrently.
func Start(t testing.TB, target string, plan func(n int, r *http.Request) Fault) *Proxy {
	t.Helper()
	to, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{plan: plan, target: &httputil.ReverseProxy{
		ErrorLog:  log.New(io.Discard, "", 0), // clients that leave are the purpose
		Transport: &http.Transport{MaxIdleConnsPerHost: 32, DisableCompression: true},
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(to)
			r.Out.Host = r.In.Host // it is part of what the client has signed
		},
	}}
	server := httptest.NewServer(p)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	p.URL = server.URL
	return p
}

// Requests returns the number of requests so far.
func (p *Proxy) Requests() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.n
}

// Count returns how often the fault has happened so far.
func (p *Proxy) Count(f Fault) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.counts[f]
}

func (p *Proxy) next(r *http.Request) Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n++
	f := p.plan(p.n, r)
	p.counts[f]++
	return f
}

// ServeHTTP implements http.Handler.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch f := p.next(r); f {
	case None:
		p.target.ServeHTTP(w, r)
	case SlowDown:
		slowDown(w, r)
	case Reset:
		reset(w)
	case Hang:
		hang(r)
	case Slow:
		p.slow(w, r)
	default:
		p.spoil(w, r, f)
	}
}

func slowDown(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // an error is of no use to a client that has left
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(http.StatusServiceUnavailable)
	if r.Method != http.MethodHead {
		_, _ = io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>`)
	}
}

// reset drops the connection so that the client sees a reset, not an end.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	conn.Close()
}

func hang(r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // only then is the client's leaving noticed
	<-r.Context().Done()
}

// spoil has the server answer and keeps the answer back, all or a part of it.
func (p *Proxy) spoil(w http.ResponseWriter, r *http.Request, f Fault) {
	answer := httptest.NewRecorder()
	p.target.ServeHTTP(answer, r)
	body := answer.Body.Bytes()
	switch {
	case f == LostHang:
		<-r.Context().Done()
	case f == Cut && len(body) > 1:
		head(w, answer, len(body))
		_, _ = w.Write(body[:len(body)/2])
		_ = http.NewResponseController(w).Flush()
		reset(w)
	default:
		reset(w)
	}
}

func head(w http.ResponseWriter, answer *httptest.ResponseRecorder, length int) {
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(length))
	w.WriteHeader(answer.Code)
}

// slow passes the answer on in at most 20 pieces.
func (p *Proxy) slow(w http.ResponseWriter, r *http.Request) {
	answer := httptest.NewRecorder()
	p.target.ServeHTTP(answer, r)
	body := answer.Body.Bytes()
	if len(body) == 0 {
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		return
	}
	head(w, answer, len(body))
	piece := len(body)/20 + 1
	for len(body) > 0 && r.Context().Err() == nil {
		n := min(piece, len(body))
		if _, err := w.Write(body[:n]); err != nil {
			return
		}
		_ = http.NewResponseController(w).Flush()
		body = body[n:]
		time.Sleep(2 * time.Millisecond)
	}
}
