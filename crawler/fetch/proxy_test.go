package fetch_test

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/crawler/proxy"
	"pressmark/crawler/proxy/proxytest"
)

func setting(t *testing.T, text string) proxy.Setting {
	t.Helper()
	s, err := proxy.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// withUser puts credentials into a proxy's address.
func withUser(raw, user, password string) string {
	u, _ := url.Parse(raw)
	u.User = url.UserPassword(user, password)
	return u.String()
}

// unresolved fails every name: what is reached is reached by the proxy.
func unresolved(o *fetch.Options) {
	o.Resolve = func(_ context.Context, host string) ([]netip.Addr, error) {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
}

// TestProxy fetches http and https pages through each kind of proxy: robots.txt is asked
// for, the pace is kept, and captures are those of the host.
func TestProxy(t *testing.T) {
	for name, kind := range map[string]struct {
		start  func(testing.TB, proxytest.Options) *proxytest.Proxy
		o      proxytest.Options
		scheme string // in place of the proxy's
		want   []string
	}{
		"HTTP": {start: proxytest.HTTP, o: proxytest.Options{NoTunnel: true},
			want: []string{"GET http://paper.example/robots.txt", "GET http://paper.example/a", "CONNECT secure.example:443"}},
		"HTTP with a password": {start: proxytest.HTTP, o: proxytest.Options{User: "archive", Password: "pass word/7"},
			want: []string{"GET http://paper.example/robots.txt", "GET http://paper.example/a", "CONNECT secure.example:443"}},
		"HTTPS": {start: proxytest.HTTP, o: proxytest.Options{TLS: true, User: "archive", Password: "pass word/7"},
			want: []string{"GET http://paper.example/robots.txt", "GET http://paper.example/a", "CONNECT secure.example:443"}},
		"SOCKS5, the proxy resolves": {start: proxytest.SOCKS5, scheme: "socks5h", want: []string{"SOCKS paper.example:80", "SOCKS secure.example:443"}},
		"SOCKS5 with a password":     {start: proxytest.SOCKS5, scheme: "socks5h", o: proxytest.Options{User: "archive", Password: "pass word/7"}, want: []string{"SOCKS paper.example:80", "SOCKS secure.example:443"}},
	} {
		t.Run(name, func(t *testing.T) {
			seen := &arrivals{}
			page := seen.wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					http.NotFound(w, r)
					return
				}
				_, _ = w.Write([]byte("the page " + r.URL.Path + r.Header.Get("Proxy-Authorization")))
			}))
			plain, secure := httptest.NewServer(page), httptest.NewTLSServer(page)
			t.Cleanup(plain.Close)
			t.Cleanup(secure.Close)
			kind.o.Hosts = map[string]string{"paper.example": plain.Listener.Addr().String(), "secure.example": secure.Listener.Addr().String()}
			p := kind.start(t, kind.o)
			at := p.URL
			if kind.o.User != "" {
				at = withUser(at, kind.o.User, kind.o.Password)
			}
			if kind.scheme != "" {
				at = strings.Replace(at, "socks5:", kind.scheme+":", 1)
			}
			c := client(t, unresolved, spaced(150*time.Millisecond), func(o *fetch.Options) {
				o.Proxy, o.RootCAs, o.AllowPrivate = setting(t, at), x509.NewCertPool(), false
				o.RootCAs.AddCert(secure.Certificate())
				if p.Server != nil && p.Server.Certificate() != nil {
					o.RootCAs.AddCert(p.Server.Certificate())
				}
			})
			for _, path := range []string{"/a", "/b", "/c"} {
				r := must(t, c, fetch.Request{URL: "http://paper.example" + path, Record: true})
				head := string(r.Hops[0].RequestHead)
				if string(r.Body) != "the page "+path || !strings.HasPrefix(head, "GET "+path+" HTTP/1.1\r\nHost: paper.example\r\n") || strings.Contains(head, "Proxy") || r.Hops[0].IP != "" {
					t.Errorf("got %q, captured as from %q:\n%s", r.Body, r.Hops[0].IP, head)
				}
			}
			seen.gaps(t, 150*time.Millisecond)
			// The certificate is for example.com and 127.0.0.1.
			r, err := c.Get(t.Context(), fetch.Request{URL: "https://secure.example/"})
			if fetch.Code(err) != fetch.CodeRobotsUnreachable {
				t.Errorf("a certificate for another name: %v, %v", r, err)
			}
			asked := slices.Compact(p.Asked())
			for _, want := range kind.want {
				if !slices.Contains(asked, want) {
					t.Errorf("the proxy was asked for %q, not for %s", asked, want)
				}
			}
		})
	}
}

// TestProxyTLS fetches an https page through tunnels.
func TestProxyTLS(t *testing.T) {
	secure := httptest.NewTLSServer(text("the secure page"))
	t.Cleanup(secure.Close)
	o := proxytest.Options{Hosts: map[string]string{"example.com": secure.Listener.Addr().String()}}
	for _, p := range []*proxytest.Proxy{proxytest.HTTP(t, o), proxytest.SOCKS5(t, o)} {
		c := client(t, unresolved, func(o *fetch.Options) {
			o.Proxy, o.RootCAs = setting(t, strings.Replace(p.URL, "socks5:", "socks5h:", 1)), x509.NewCertPool()
			o.RootCAs.AddCert(secure.Certificate())
		})
		r := must(t, c, fetch.Request{URL: "https://example.com/x", Record: true})
		if string(r.Body) != "the secure page" || !strings.HasPrefix(string(r.Hops[0].RequestHead), "GET /x HTTP/1.1\r\nHost: example.com\r\n") {
			t.Errorf("%s: %q, %s", p.URL, r.Body, r.Hops[0].RequestHead)
		}
	}
}

// TestProxyGuard: what the guard still promises behind each kind of proxy.
func TestProxyGuard(t *testing.T) {
	url, seen := served(t, map[string]http.HandlerFunc{"/": text("inside")})
	inside := strings.TrimPrefix(url, "http://")
	o := proxytest.Options{Hosts: map[string]string{"news.example:80": inside, "intranet:80": inside, "printer.local:80": inside, "127.0.0.1:80": inside}}
	web, socks := proxytest.HTTP(t, o), proxytest.SOCKS5(t, o)
	for _, tt := range []struct {
		proxy, url string
		code       string // "": it is fetched
	}{
		{socks.URL, "http://news.example/", fetch.CodePrivateAddress}, // its address is known here
		{strings.Replace(socks.URL, "socks5", "socks5h", 1), "http://news.example/", ""},
		{web.URL, "http://news.example/", ""},
		{web.URL, "http://intranet/", fetch.CodePrivateAddress},
		{web.URL, "http://printer.local./", fetch.CodePrivateAddress},
		{web.URL, "http://127.0.0.1/", fetch.CodePrivateAddress},
		{web.URL, "http://2130706433/", fetch.CodePrivateAddress},
		{web.URL, "http://news.example:22/", fetch.CodeBadPort},
	} {
		c := client(t, named, func(o *fetch.Options) { o.Proxy, o.AllowPrivate = setting(t, tt.proxy), false })
		if _, err := c.Get(t.Context(), fetch.Request{URL: tt.url}); fetch.Code(err) != tt.code {
			t.Errorf("%s through %s: %v, want %q", tt.url, tt.proxy, err, tt.code)
		}
	}
	if want := "/robots.txt / /robots.txt /"; seen.list() != want {
		t.Errorf("the server inside was asked for %q, want %q", seen.list(), want)
	}
}

// TestProxyFails: a proxy that cannot be used is told from a host that does not answer,
// and its password stands nowhere.
func TestProxyFails(t *testing.T) {
	nobody := proxytest.HTTP(t, proxytest.Options{})
	nobody.Server.Close()
	guarded := proxytest.Options{User: "archive", Password: "right"}
	for name, tt := range map[string]struct{ proxy, code string }{
		"not there":             {withUser(nobody.URL, "archive", "wrong-secret"), fetch.CodeProxy},
		"HTTP, wrong password":  {withUser(proxytest.HTTP(t, guarded).URL, "archive", "wrong-secret"), fetch.CodeProxy},
		"SOCKS, wrong password": {withUser(proxytest.SOCKS5(t, guarded).URL, "archive", "wrong-secret"), fetch.CodeProxy},
		"SOCKS, no such host":   {proxytest.SOCKS5(t, proxytest.Options{Hosts: map[string]string{"paper.example": "127.0.0.1:1"}}).URL, fetch.CodeConnect},
	} {
		t.Run(name, func(t *testing.T) {
			c := client(t, func(o *fetch.Options) {
				o.Proxy = setting(t, strings.Replace(tt.proxy, "socks5:", "socks5h:", 1))
			})
			_, err := c.Get(t.Context(), fetch.Request{URL: "http://paper.example/"})
			said := err.Error()
			if fetch.Code(err) != fetch.CodeRobotsUnreachable || !strings.Contains(said, ": "+tt.code+": ") || strings.Contains(said, "wrong-secret") {
				t.Errorf("%v, want %s", err, tt.code)
			}
		})
	}
}

// TestProxyOfSite: a site's own proxy wins, and "none" asks directly.
func TestProxyOfSite(t *testing.T) {
	url, _ := served(t, map[string]http.HandlerFunc{"/": text("page")})
	one, two := proxytest.HTTP(t, proxytest.Options{}), proxytest.HTTP(t, proxytest.Options{})
	t.Setenv("HTTP_PROXY", two.URL) // never used, as nobody said so
	c := client(t, func(o *fetch.Options) { o.Proxy = setting(t, one.URL) })
	other, none := setting(t, two.URL), setting(t, "none")
	for _, access := range []*fetch.Access{nil, {Proxy: &other}, {Proxy: &none}} {
		must(t, c, fetch.Request{URL: url + "/", Access: access})
	}
	if len(one.Asked()) != 2 || len(two.Asked()) != 1 { // robots.txt was asked for once
		t.Errorf("asked for %q and %q", one.Asked(), two.Asked())
	}
}
