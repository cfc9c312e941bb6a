package fetch_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/crawler/pace"
)

// arrivals notes when requests come in.
type arrivals struct {
	mu    sync.Mutex
	paths []string
	times []time.Time
	conns map[string]bool
}

func (a *arrivals) note(r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.paths = append(a.paths, r.URL.RequestURI())
	a.times = append(a.times, time.Now())
	if a.conns == nil {
		a.conns = map[string]bool{}
	}
	a.conns[r.RemoteAddr] = true
}

func (a *arrivals) wrap(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.note(r)
		h.ServeHTTP(w, r)
	})
}

func (a *arrivals) list() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return strings.Join(a.paths, " ")
}

// gaps checks that no two requests came closer than least.
func (a *arrivals) gaps(t *testing.T, least time.Duration) {
	t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	for i := 1; i < len(a.times); i++ {
		if gap := a.times[i].Sub(a.times[i-1]); gap < least {
			t.Errorf("%s came %v after %s, want at least %v", a.paths[i], gap, a.paths[i-1], least)
		}
	}
}

// kept checks that connections were used again: not that it was one alone,
// because net/http gives one up when its own goroutines are 50 ms late.
func (a *arrivals) kept(t *testing.T) {
	t.Helper()
	if n := len(a.conns); n > len(a.paths)/3 {
		t.Errorf("%d connections for %d requests", n, len(a.paths))
	}
}

// served starts a server whose requests are noted.
func served(t *testing.T, routes map[string]http.HandlerFunc) (string, *arrivals) {
	t.Helper()
	a := &arrivals{}
	s := httptest.NewServer(a.wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if f, ok := routes[r.URL.Path]; ok {
			f(w, r)
			return
		}
		http.NotFound(w, r)
	})))
	t.Cleanup(s.Close)
	return s.URL, a
}

func to(location string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", location)
		w.WriteHeader(http.StatusFound)
	}
}

// named makes every name one of loopback.
func named(o *fetch.Options) {
	o.Resolve = func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
	}
}

func spaced(d time.Duration) func(*fetch.Options) {
	return func(o *fetch.Options) {
		o.Pacer = pace.New(pace.Options{Floor: d, Backoff: d, Jitter: func() float64 { return 0 }})
	}
}

func TestRecordOverOneConnection(t *testing.T) {
	page := strings.Repeat("0123456789", 3000)
	url, seen := served(t, map[string]http.HandlerFunc{
		"/chunked": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, page[:100])
			_ = http.NewResponseController(w).Flush()
			_, _ = io.WriteString(w, page[100:])
		},
		"/hints": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Link", "</style.css>; rel=preload")
			w.WriteHeader(http.StatusEarlyHints)
			w.Header().Del("Link")
			_, _ = io.WriteString(w, "hinted")
		},
		"/gzip": encoded("gzip", zipped(page)),
	})
	c := client(t)
	get := func(path string) *fetch.Response {
		r, err := c.Get(t.Context(), fetch.Request{URL: url + path, Record: true})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hops) != 1 {
			t.Fatalf("%d hops", len(r.Hops))
		}
		return r
	}
	for range 3 {
		for path, want := range map[string]string{"/chunked": page, "/hints": "hinted", "/gzip": string(zipped(page)), "/none": "404 page not found\n"} {
			hop := get(path).Hops[0]
			if string(hop.ResponseBody) != want {
				t.Errorf("%s: recorded body has %d bytes, want %d", path, len(hop.ResponseBody), len(want))
			}
			req, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(hop.RequestHead)))
			if err != nil || req.RequestURI != path || "http://"+req.Host != url || req.Header.Get("Accept-Encoding") != "gzip" {
				t.Errorf("%s: request head %q: %v", path, hop.RequestHead, err)
			}
			resp, err := http.ReadResponse(bufio.NewReader(io.MultiReader(bytes.NewReader(hop.ResponseHead), bytes.NewReader(hop.ResponseBody))), nil)
			if err != nil {
				t.Fatalf("%s: response head %q: %v", path, hop.ResponseHead, err)
			}
			body, err := io.ReadAll(resp.Body)
			if err != nil || string(body) != want {
				t.Errorf("%s: head %q and body do not go together: %v", path, hop.ResponseHead, err)
			}
			if !bytes.HasSuffix(hop.ResponseHead, []byte("\r\n\r\n")) || !bytes.HasSuffix(hop.RequestHead, []byte("\r\n\r\n")) {
				t.Errorf("%s: heads %q %q", path, hop.RequestHead, hop.ResponseHead)
			}
			if hop.IP != "127.0.0.1" || hop.Started.IsZero() || hop.URL != url+path {
				t.Errorf("%s: %+v", path, hop)
			}
		}
	}
	seen.kept(t)
}

func TestRecordOverTLS(t *testing.T) {
	s := httptest.NewUnstartedServer(text("secret"))
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	c := client(t, func(o *fetch.Options) { o.RootCAs = roots })
	r, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/", Record: true})
	if err != nil {
		t.Fatal(err)
	}
	if hop := r.Hops[0]; !bytes.HasPrefix(hop.RequestHead, []byte("GET / HTTP/1.1\r\n")) || !bytes.HasPrefix(hop.ResponseHead, []byte("HTTP/1.1 200 OK\r\n")) || string(hop.ResponseBody) != "secret" {
		t.Errorf("recorded %q %q %q", hop.RequestHead, hop.ResponseHead, hop.ResponseBody)
	}
	untrusting := client(t)
	if _, err := untrusting.Get(t.Context(), fetch.Request{URL: s.URL + "/"}); fetch.Code(errors.Unwrap(err)) != fetch.CodeTLS {
		t.Errorf("unknown authority: %v, want tls", err)
	}
}

// TestRSAKeyExchange: some old servers know nothing newer than RSA key exchange.
func TestRSAKeyExchange(t *testing.T) {
	for _, suite := range []uint16{tls.TLS_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_RSA_WITH_AES_256_CBC_SHA} {
		s := httptest.NewUnstartedServer(text("old"))
		s.TLS = &tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{suite}}
		s.StartTLS()
		defer s.Close()
		roots := x509.NewCertPool()
		roots.AddCert(s.Certificate())
		c := client(t, func(o *fetch.Options) { o.RootCAs = roots })
		if r, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/"}); err != nil || string(r.Body) != "old" {
			t.Errorf("%s: %v", tls.CipherSuiteName(suite), err)
		}
	}
}

// TestOddHeads: one odd line in the head of a page, or of robots.txt, loses neither
// the page nor the site; the capture has the head as it came.
func TestOddHeads(t *testing.T) {
	const page, hints = "<p>text</p>", "HTTP/1.1 103 Early Hints\r\nno colon\r\n\r\n"
	for name, head := range map[string]string{
		"no colon":            "HTTP/1.1 200 OK\r\nX-Powered-By PHP\r\nContent-Length: 11\r\n\r\n",
		"status line twice":   "HTTP/1.1 200 OK\r\nHTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n",
		"NUL":                 "HTTP/1.1 200 OK\r\nX: a\x00b\r\nContent-Length: 11\r\n\r\n",
		"length twice":        "HTTP/1.1 200 OK\r\nContent-Length: 11, 11\r\n\r\n",
		"identity":            "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 11\r\n\r\n",
		"another protocol":    "HTTP/2 200 OK\r\nContent-Length: 11\r\n\r\n",
		"lower case":          "http/1.1 200 ok\r\nContent-Length: 11\r\n\r\n",
		"behind early hints":  hints + "HTTP/1.1 200 OK\r\n(x): y\r\nContent-Length: 11\r\n\r\n",
		"after an empty line": "\r\nHTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			allow := strings.Replace(head, "11", "13", -1) + "User-agent: *"
			url, _ := served(t, map[string]http.HandlerFunc{"/robots.txt": raw(allow), "/x": raw(head + page)})
			r := must(t, client(t), fetch.Request{URL: url + "/x", Record: true})
			want := strings.TrimPrefix(head, hints)
			if string(r.Body) != page || string(r.Hops[0].ResponseHead) != want {
				t.Errorf("body %q, captured head %q", r.Body, r.Hops[0].ResponseHead)
			}
		})
	}
}

// TestLostKeepAliveIsRepeatedInItsTurn: a server may close a kept connection
// while a request is on its way. net/http would send it again at once; here it
// is sent again, once, when the host may be asked.
func TestLostKeepAliveIsRepeatedInItsTurn(t *testing.T) {
	const gap = 60 * time.Millisecond
	var mu sync.Mutex
	perConn := map[string]int{}
	url, seen := served(t, map[string]http.HandlerFunc{"/x": func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		perConn[r.RemoteAddr]++
		second := perConn[r.RemoteAddr] > 1
		mu.Unlock()
		if second {
			raw("")(w, r)
			return
		}
		_, _ = io.WriteString(w, "fine")
	}})
	c := client(t, spaced(gap))
	for i := range 3 {
		r, err := c.Get(t.Context(), fetch.Request{URL: url + "/x", Record: true})
		if err != nil || string(r.Body) != "fine" || len(r.Chain) != 1 || len(r.Hops) != 1 {
			t.Fatalf("request %d: %+v, %v", i, r, err)
		}
	}
	if got, want := seen.list(), "/robots.txt /x /x /x /x /x"; got != want {
		t.Errorf("requests %s, want %s", got, want)
	}
	seen.gaps(t, gap)
}

func TestRedirects(t *testing.T) {
	routes := map[string]http.HandlerFunc{
		"/end":       text("end"),
		"/one":       to("end"),
		"/loop":      to("/loop2"),
		"/loop2":     to("/loop#again"),
		"/self":      to("/self"),
		"/nowhere":   to(""),
		"/broken":    to("http://[broken"),
		"/ftp":       to("ftp://files.example/x"),
		"/long":      to("/" + strings.Repeat("x", 9000)),
		"/spaces":    to("/en d"),
		"/en d":      text("spaces"),
		"/backslash": to(`\end`),
		"/choices":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusMultipleChoices) },
		"/choice": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "/end")
			w.WriteHeader(http.StatusMultipleChoices)
		},
		"/choiceloop": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "/choiceloop")
			w.WriteHeader(http.StatusMultipleChoices)
		},
		"/304": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) },
		"/user": func(w http.ResponseWriter, r *http.Request) {
			to("http://user:secret@"+r.Host+"/auth")(w, r)
		},
		"/auth": func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.Header.Get("Authorization")) },
		"/never": func(w http.ResponseWriter, _ *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
			to("/never")(w, nil)
		},
		"/cookie": func(w http.ResponseWriter, r *http.Request) {
			if _, err := r.Cookie("seen"); err == nil {
				_, _ = io.WriteString(w, "welcome")
				return
			}
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
			to("/cookie")(w, r)
		},
	}
	for i := range 15 {
		routes[fmt.Sprintf("/c%d", i)] = to(fmt.Sprintf("/c%d", i+1))
	}
	routes["/c15"] = text("far")
	tests := []struct {
		path    string
		cookies bool
		code    string
		status  int
		body    string
		hops    int
	}{
		{path: "/one", status: 200, body: "end", hops: 2},
		{path: "/c5", status: 200, body: "far", hops: 11},
		{path: "/c4", code: fetch.CodeTooManyRedirects, status: 302, hops: 11},
		{path: "/loop", code: fetch.CodeRedirectLoop, status: 302, hops: 2},
		{path: "/self", code: fetch.CodeRedirectLoop, status: 302, hops: 1},
		{path: "/nowhere", code: fetch.CodeBadRedirect, status: 302, hops: 1},
		{path: "/broken", code: fetch.CodeBadRedirect, status: 302, hops: 1},
		{path: "/ftp", code: fetch.CodeBadURL, status: 302, hops: 1},
		{path: "/long", code: fetch.CodeURLTooLong, status: 302, hops: 1},
		{path: "/spaces", status: 200, body: "spaces", hops: 2},
		{path: "/backslash", status: 200, body: "end", hops: 2},
		{path: "/choices", status: 300, hops: 1},
		{path: "/choice", status: 200, body: "end", hops: 2},
		{path: "/choiceloop", code: fetch.CodeRedirectLoop, status: 300, hops: 1},
		{path: "/304", code: fetch.CodeBadResponse, status: 304, hops: 1},
		{path: "/user", status: 200, body: "", hops: 2},
		{path: "/cookie", status: 200, body: "welcome", hops: 2},
		{path: "/never", code: fetch.CodeRedirectLoop, status: 302, hops: 2},
		{path: "/cookie", cookies: true, status: 200, body: "welcome", hops: 2},
	}
	url, _ := served(t, routes)
	for _, tt := range tests {
		t.Run(strings.TrimPrefix(tt.path, "/"), func(t *testing.T) {
			r, err := client(t).Get(t.Context(), fetch.Request{URL: url + tt.path, Cookies: tt.cookies, Record: true})
			if fetch.Code(err) != tt.code || tt.code == "" && err != nil {
				t.Fatalf("code %q (%v), want %q", fetch.Code(err), err, tt.code)
			}
			if r == nil || r.Status != tt.status || len(r.Chain) != tt.hops || len(r.Hops) != tt.hops {
				t.Fatalf("response %+v, want status %d after %d hops", r, tt.status, tt.hops)
			}
			if tt.code == "" && string(r.Body) != tt.body {
				t.Errorf("body %q, want %q", r.Body, tt.body)
			}
			if !strings.HasPrefix(r.URL, url+tt.path) || strings.Contains(r.FinalURL, "#") {
				t.Errorf("URL %s, final %s", r.URL, r.FinalURL)
			}
		})
	}
}

// TestCookieWall: a wall costs one request more, once; no cookie goes to a host
// that did not insist.
func TestCookieWall(t *testing.T) {
	var plain int
	url, seen := served(t, map[string]http.HandlerFunc{
		"/a": func(w http.ResponseWriter, r *http.Request) {
			if _, err := r.Cookie("seen"); err != nil {
				http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
				to("/a")(w, r)
			}
		},
		"/b": func(_ http.ResponseWriter, r *http.Request) {
			if len(r.Cookies()) != 1 {
				plain++
			}
		},
	})
	other, _ := served(t, map[string]http.HandlerFunc{"/x": func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "track", Value: "1", Path: "/"})
		if len(r.Cookies()) != 0 {
			t.Errorf("sent %v unasked", r.Cookies())
		}
	}})
	c := client(t)
	for _, target := range []string{url + "/a", url + "/b", url + "/a", other + "/x", other + "/x"} {
		if r, err := c.Get(t.Context(), fetch.Request{URL: target}); err != nil || r.Status != 200 {
			t.Errorf("%s: %+v, %v", target, r, err)
		}
	}
	if got, want := seen.list(), "/robots.txt /a /a /a /b /a"; got != want || plain != 0 {
		t.Errorf("requests %s, want %s; %d without cookie", got, want, plain)
	}
}

// TestEndlessCookies: a site that sets sixty cookies with each page gets back what the
// bounds allow, and those that it set last.
func TestEndlessCookies(t *testing.T) {
	n, longest := 0, 0
	var last, got string
	set := func(w http.ResponseWriter, size int) {
		for range 60 {
			n++
			last = fmt.Sprintf("c%d", n)
			http.SetCookie(w, &http.Cookie{Name: last, Value: strings.Repeat("v", size), Path: "/"})
		}
	}
	url, _ := served(t, map[string]http.HandlerFunc{
		"/large": func(w http.ResponseWriter, r *http.Request) {
			longest, got = max(longest, len(r.Header.Get("Cookie"))), r.Header.Get("Cookie")
			set(w, 1900)
		},
		"/small": func(w http.ResponseWriter, r *http.Request) {
			if len(r.Cookies()) > 50 {
				t.Errorf("%d cookies sent", len(r.Cookies()))
			}
			set(w, 5)
		},
		"/huge": func(w http.ResponseWriter, _ *http.Request) { set(w, 4100) },
	})
	c := client(t)
	for range 5 {
		for _, path := range []string{"/small", "/huge", "/large", "/large"} {
			before := last
			r := must(t, c, fetch.Request{URL: url + path, Cookies: true, Record: true})
			if size := len(r.Hops[0].RequestHead); size > 10<<10 {
				t.Errorf("a request head of %d bytes in the capture", size)
			}
			if path == "/large" && strings.Contains(before, "c") && longest > 0 && got == "" {
				t.Error("no cookie comes back")
			}
		}
	}
	if longest > 8<<10 || longest < 2000 {
		t.Errorf("a Cookie field of %d bytes", longest)
	}
}

func TestUserInURLIsNotSent(t *testing.T) {
	url, _ := served(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Header.Get("Authorization"))
	}})
	r, err := client(t).Get(t.Context(), fetch.Request{URL: strings.Replace(url, "://", "://user:secret@", 1) + "/"})
	if err != nil || len(r.Body) != 0 || strings.Contains(r.URL, "secret") {
		t.Errorf("sent %q, %+v, %v", r.Body, r, err)
	}
}

func TestRobotsOnEveryHopAndKind(t *testing.T) {
	const rules = "User-agent: pressmark\nDisallow: /private\nUser-agent: *\nDisallow:"
	routes := map[string]http.HandlerFunc{
		"/robots.txt":  text(rules),
		"/private":     text("private"),
		"/private.png": typed("image/png", []byte("\x89PNG")),
		"/to":          to("/hop"),
		"/hop":         to("/private?x"),
		"/page":        text("page"),
	}
	url, seen := served(t, routes)
	elsewhere, away := served(t, map[string]http.HandlerFunc{"/away": to(url + "/private")})
	c := client(t)
	for _, target := range []string{url + "/private", url + "/to", url + "/%70rivate/x", url + "/private.png", elsewhere + "/away"} {
		for _, kind := range []fetch.Kind{fetch.Page, fetch.Image, fetch.Source} {
			_, err := c.Get(t.Context(), fetch.Request{URL: target, Kind: kind})
			var e *fetch.Error
			if !errors.As(err, &e) || e.Code != fetch.CodeRobotsDisallowed || e.Temporary() {
				t.Errorf("%s as %s: %v, want robots_disallowed", target, kind, err)
			}
		}
	}
	if strings.Contains(seen.list(), "private") {
		t.Errorf("a disallowed URL was asked for: %s", seen.list())
	}
	if n := strings.Count(seen.list(), "/robots.txt") + strings.Count(away.list(), "/robots.txt"); n != 2 {
		t.Errorf("%d requests for robots.txt, want one a host", n)
	}
	r, err := c.Get(t.Context(), fetch.Request{URL: url + "/page"})
	if err != nil || len(r.RobotsKey) != 64 {
		t.Fatalf("%+v, %v", r, err)
	}
	none, err := c.Get(t.Context(), fetch.Request{URL: elsewhere + "/"})
	if err != nil || none.RobotsKey != "" {
		t.Errorf("key %q of a robots.txt that is not there, %v", none.RobotsKey, err)
	}
}

// TestEveryRequestHasItsTurn: pages, hops, images and robots.txt of a host,
// asked for at once, arrive one after the other with the spacing between.
func TestEveryRequestHasItsTurn(t *testing.T) {
	const gap = 40 * time.Millisecond
	routes := map[string]http.HandlerFunc{"/a": to("/b"), "/b": to("/c"), "/c": text("c"), "/i.png": text("i")}
	url, seen := served(t, routes)
	c := client(t, spaced(gap))
	var wg sync.WaitGroup
	for _, path := range []string{"/a", "/i.png", "/c"} {
		wg.Go(func() {
			if _, err := c.Get(t.Context(), fetch.Request{URL: url + path, Kind: fetch.Image}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(seen.times); n != 6 {
		t.Errorf("%d requests (%s), want 6", n, seen.list())
	}
	seen.gaps(t, gap)
}

func TestCrawlDelayAndRetryAfter(t *testing.T) {
	const crawlDelay = 80 * time.Millisecond
	limited := 0
	url, seen := served(t, map[string]http.HandlerFunc{
		"/robots.txt": text("User-agent: *\nCrawl-delay: 0.08"),
		"/limited": func(w http.ResponseWriter, _ *http.Request) {
			if limited++; limited == 1 {
				w.Header().Set("Retry-After", "0.3")
				w.WriteHeader(http.StatusTooManyRequests)
			}
		},
	})
	c := client(t, spaced(time.Millisecond))
	for range 2 {
		if _, err := c.Get(t.Context(), fetch.Request{URL: url + "/limited"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.Get(t.Context(), fetch.Request{URL: url + "/x"}); err != nil {
		t.Fatal(err)
	}
	seen.gaps(t, crawlDelay)
	if gap := seen.times[2].Sub(seen.times[1]); gap < 300*time.Millisecond {
		t.Errorf("asked again %v after a Retry-After of 0.3 s", gap)
	}
}

// TestCrawlDelayOfTheOtherScheme: http and https of a host have one pace, and
// keep the Crawl-delay that only one of them has a robots.txt for.
func TestCrawlDelayOfTheOtherScheme(t *testing.T) {
	const crawlDelay = 80 * time.Millisecond
	seen := &arrivals{}
	secured := httptest.NewTLSServer(seen.wrap(text("User-agent: *\nCrawl-delay: 0.08")))
	defer secured.Close()
	plain := httptest.NewServer(seen.wrap(http.NotFoundHandler()))
	defer plain.Close()
	roots := x509.NewCertPool()
	roots.AddCert(secured.Certificate())
	c := client(t, spaced(time.Millisecond), func(o *fetch.Options) {
		o.RootCAs = roots
		o.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			s := plain
			if strings.HasSuffix(address, ":443") {
				s = secured
			}
			return new(net.Dialer).DialContext(ctx, network, s.Listener.Addr().String())
		}
	})
	for _, target := range []string{"https://example.com/a", "http://example.com/b", "http://example.com/c", "https://example.com/d"} {
		if _, err := c.Get(t.Context(), fetch.Request{URL: target}); err != nil {
			t.Fatal(err)
		}
	}
	seen.gaps(t, crawlDelay)
}

func TestMaxWait(t *testing.T) {
	const gap = 500 * time.Millisecond
	url, seen := served(t, map[string]http.HandlerFunc{"/a": text("a"), "/to": to("/a")})
	c := client(t, spaced(gap))
	get := func(path string, wait time.Duration) error {
		_, err := c.Get(t.Context(), fetch.Request{URL: url + path, MaxWait: wait})
		return err
	}
	// robots.txt takes the first turn.
	var e *fetch.Error
	if err := get("/a", -1); !errors.As(err, &e) || e.Code != fetch.CodeNotReady || !e.Temporary() || time.Until(e.RetryAt) > gap {
		t.Fatalf("right after robots.txt: %v", err)
	}
	time.Sleep(time.Until(e.RetryAt))
	if err := get("/to", -1); err != nil { // the second hop waits all the same
		t.Errorf("at the time that was named: %v", err)
	}
	if err := get("/a", time.Millisecond); fetch.Code(err) != fetch.CodeNotReady {
		t.Errorf("too short a wait: %v", err)
	}
	if err := get("/a", time.Minute); err != nil {
		t.Errorf("long enough a wait: %v", err)
	}
	if got, want := seen.list(), "/robots.txt /to /a /a"; got != want {
		t.Errorf("requests %s, want %s", got, want)
	}
	seen.gaps(t, gap)
}

// TestSilenceCountsAgainstTheHost: no answer, or one that dries up, makes the
// pace back off; an answer that only we dislike does not.
func TestSilenceCountsAgainstTheHost(t *testing.T) {
	tests := []struct {
		name    string
		handler http.HandlerFunc
		code    string
		backoff bool
	}{
		{"closed", raw(""), fetch.CodeConnect, true},
		{"not HTTP", raw("SSH-2.0-x\r\n"), fetch.CodeBadResponse, true},
		{"dries up", func(w http.ResponseWriter, r *http.Request) {
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, fetch.CodeTimeout, true},
		{"too large", typed("text/html", make([]byte, 100)), fetch.CodeTooLarge, false},
		{"redirect loop", to("/x"), fetch.CodeRedirectLoop, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			url, _ := served(t, map[string]http.HandlerFunc{"/x": tt.handler})
			c := client(t, func(o *fetch.Options) {
				o.Pacer = pace.New(pace.Options{Floor: -1, Backoff: time.Hour})
				o.Limits.Idle = 50 * time.Millisecond
			})
			if _, err := c.Get(t.Context(), fetch.Request{URL: url + "/x", MaxBody: 50}); fetch.Code(err) != tt.code {
				t.Fatalf("error %v, want %s", err, tt.code)
			}
			_, err := c.Get(t.Context(), fetch.Request{URL: url + "/", MaxWait: -1})
			if got := fetch.Code(err) == fetch.CodeNotReady; got != tt.backoff {
				t.Errorf("next request: %v, want back-off %v", err, tt.backoff)
			}
		})
	}
}

func TestParkedHost(t *testing.T) {
	url, seen := served(t, map[string]http.HandlerFunc{"/x": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }})
	c := client(t, func(o *fetch.Options) {
		o.Pacer = pace.New(pace.Options{Floor: -1, Backoff: time.Millisecond, MaxBackoff: time.Millisecond, ParkAfter: 3})
	})
	for range 3 {
		if r, err := c.Get(t.Context(), fetch.Request{URL: url + "/x"}); err != nil || r.Status != http.StatusBadGateway {
			t.Fatal(r, err)
		}
	}
	before := seen.list()
	_, err := c.Get(t.Context(), fetch.Request{URL: url + "/y"})
	var e *fetch.Error
	if !errors.As(err, &e) || e.Code != fetch.CodeHostParked || time.Until(e.RetryAt) < 14*time.Minute || !strings.Contains(err.Error(), pace.ServerError) {
		t.Errorf("error %v, want host_parked for a quarter of an hour", err)
	}
	if seen.list() != before {
		t.Error("a parked host was asked")
	}
}

func TestValidators(t *testing.T) {
	modified := "Sun, 30 Oct 2022 09:35:03 GMT"
	url, _ := served(t, map[string]http.HandlerFunc{"/x": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Last-Modified", modified)
		if r.Header.Get("If-Modified-Since") == modified {
			w.WriteHeader(http.StatusNotModified)
		}
	}, "/to": to("/x")})
	c := client(t)
	first, err := c.Get(t.Context(), fetch.Request{URL: url + "/to"})
	if err != nil || first.LastModified != modified || first.NotModified() {
		t.Fatal(first, err)
	}
	again, err := c.Get(t.Context(), fetch.Request{URL: url + "/to", ETag: `"kept"`, LastModified: modified, Record: true})
	if err != nil || !again.NotModified() || again.ETag != `"kept"` || len(again.Body) != 0 || len(again.Hops) != 2 {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestUserAgent(t *testing.T) {
	for want, o := range map[string]fetch.Options{
		"pressmark/0.1": {},
		"pressmark/0.1 (+mailto:crawl@archive.example)": {Contact: "mailto:crawl@archive.example"},
		"pressmark/2.0 (+https://archive.example)":      {Contact: "https://archive.example", Version: "2.0"},
		"Other/1": {UserAgent: "Other/1", Contact: "x"},
	} {
		url, _ := served(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, r.UserAgent())
			if r.Host == "forged.example" {
				t.Errorf("asked for host %s", r.Host)
			}
		}})
		o.AllowPrivate, o.Pacer = true, pace.New(pace.Options{Floor: -1})
		c := fetch.New(o)
		r, err := c.Get(t.Context(), fetch.Request{URL: url + "/", Header: http.Header{"User-Agent": {"forged"}, "Host": {"forged.example"}}})
		c.Close()
		if err != nil || string(r.Body) != want {
			t.Errorf("User-Agent %q, %v; want %q", r.Body, err, want)
		}
	}
}

// TestNothingIsLeftBehind: many hosts, many kinds of ends, and no goroutine
// more than before once the client is closed.
func TestNothingIsLeftBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	func() {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/cut":
				raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx")(w, r)
			case "/large":
				_, _ = w.Write(make([]byte, 1<<20))
			case "/hang":
				<-r.Context().Done()
			}
		}))
		defer s.Close()
		port := s.URL[strings.LastIndex(s.URL, ":"):]
		c := client(t, named)
		defer c.Close()
		var wg sync.WaitGroup
		for i := range 100 {
			wg.Go(func() {
				for _, path := range []string{"/", "/cut", "/large", "/hang"} {
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					if path == "/hang" {
						time.AfterFunc(20*time.Millisecond, cancel)
					}
					r, err := c.Get(ctx, fetch.Request{URL: fmt.Sprintf("http://h%d.example%s%s", i, port, path), MaxBody: 1000})
					if path == "/" && err != nil || path != "/" && err == nil {
						t.Errorf("%s: %+v, %v", path, r, err)
					}
				}
			})
		}
		wg.Wait()
	}()
	deadline := time.Now().Add(10 * time.Second)
	for runtime.NumGoroutine() > before+2 && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	if after := runtime.NumGoroutine(); after > before+2 {
		buf := make([]byte, 1<<16)
		t.Errorf("%d goroutines, %d before\n%s", after, before, buf[:runtime.Stack(buf, true)])
	}
}

// TestRedirectWaitsWithinABound: a redirect to a host whose turn does not come gives its
// worker back, and says when to ask again.
func TestRedirectWaitsWithinABound(t *testing.T) {
	p := pace.New(pace.Options{Floor: -1})
	busy, _ := served(t, map[string]http.HandlerFunc{"/end": text("end")})
	url, _ := served(t, map[string]http.HandlerFunc{"/a": to(busy + "/end")})
	c := client(t, func(o *fetch.Options) { o.Pacer, o.Limits.Turn = p, 20*time.Millisecond })
	must(t, c, fetch.Request{URL: busy + "/end"}) // its robots.txt is at hand
	release, err := p.Acquire(t.Context(), strings.TrimPrefix(busy, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.Get(t.Context(), fetch.Request{URL: url + "/a"})
	var e *fetch.Error
	if !errors.As(err, &e) || e.Code != fetch.CodeNotReady || !e.Temporary() || r == nil || len(r.Chain) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	release(pace.Outcome{Status: http.StatusOK})
	if r := must(t, c, fetch.Request{URL: url + "/a"}); string(r.Body) != "end" {
		t.Errorf("%q", r.Body)
	}
	p.SetDelay(strings.TrimPrefix(busy, "http://"), time.Second) // a host that is slow by rule gets its time
	if r := must(t, c, fetch.Request{URL: url + "/a"}); string(r.Body) != "end" {
		t.Errorf("%q", r.Body)
	}
}

// TestRedirectWaitsForRobotsWithinABound: a redirect to a host whose robots.txt does not
// come gives its worker back, too; what that request comes to is there for the next try.
func TestRedirectWaitsForRobotsWithinABound(t *testing.T) {
	let := make(chan struct{})
	var askedRobots atomic.Int32
	slow, _ := served(t, map[string]http.HandlerFunc{"/end": text("end"), "/robots.txt": func(w http.ResponseWriter, r *http.Request) {
		askedRobots.Add(1)
		select {
		case <-let:
		case <-r.Context().Done():
		}
		http.NotFound(w, r)
	}})
	url, _ := served(t, map[string]http.HandlerFunc{"/a": to(slow + "/end")})
	c := client(t, func(o *fetch.Options) {
		o.Pacer, o.Limits.Turn = pace.New(pace.Options{Floor: -1}), 200*time.Millisecond
	})
	r, err := c.Get(t.Context(), fetch.Request{URL: url + "/a"})
	var e *fetch.Error
	if !errors.As(err, &e) || e.Code != fetch.CodeNotReady || !e.Temporary() || r == nil || len(r.Chain) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	close(let)
	must(t, c, fetch.Request{URL: slow + "/end"}) // which is no redirect, and waits as long as it takes
	if r := must(t, c, fetch.Request{URL: url + "/a"}); string(r.Body) != "end" {
		t.Errorf("%q", r.Body)
	}
	if n := askedRobots.Load(); n != 1 {
		t.Errorf("robots.txt was asked for %d times", n)
	}
}

// TestRedirectIsCanceledAtRobots: whoever gives up while a robots.txt is waited for is
// not told that the host had no turn.
func TestRedirectIsCanceledAtRobots(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	slow, _ := served(t, map[string]http.HandlerFunc{"/robots.txt": func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}})
	url, _ := served(t, map[string]http.HandlerFunc{"/a": to(slow + "/end")})
	c := client(t, func(o *fetch.Options) { o.Pacer = pace.New(pace.Options{Floor: -1}) })
	if _, err := c.Get(ctx, fetch.Request{URL: url + "/a"}); fetch.Code(err) != fetch.CodeCanceled {
		t.Errorf("%v, want %s", err, fetch.CodeCanceled)
	}
}
