package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"sync/atomic"
	"syscall"
	"testing"

	"pressmark/crawler/pace"
)

func TestIsPublic(t *testing.T) {
	public := []string{
		"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1", "169.253.1.1",
		"192.167.1.1", "198.17.1.1", "223.255.255.255", "::ffff:8.8.8.8", "2001:4860:4860::8888", "2400:cb00::1", "2a00:1450::1",
	}
	private := []string{
		"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.1.2",
		"169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1",
		"198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
		"::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::ffff:0:127.0.0.1",
		"64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::7f00:1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1",
		"2002:7f00:1::", "2002:808:808::1", "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
		"2400:cb00::1%eth0",
	}
	for _, s := range public {
		if !isPublic(netip.MustParseAddr(s)) {
			t.Errorf("%s is refused", s)
		}
	}
	for _, s := range private {
		if isPublic(netip.MustParseAddr(s)) {
			t.Errorf("%s is let through", s)
		}
	}
	if isPublic(netip.Addr{}) {
		t.Error("the zero address is let through")
	}
	for _, s := range []string{"", "news.example:80", "127.0.0.1", "127.0.0.1:80", "[::1]:80", "/run/docker.sock", "@abstract"} {
		var blocked *blockedError
		if err := judge(s); !errors.As(err, &blocked) {
			t.Errorf("judge(%q) = %v", s, err)
		}
	}
}

// lab is a server on loopback that counts, and a resolver that maps every name
// to a loopback address.
func lab(t *testing.T, h http.HandlerFunc) (port string, hits *atomic.Int32, resolve func(context.Context, string) ([]netip.Addr, error)) {
	t.Helper()
	hits = &atomic.Int32{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hits.Add(1)
		h(w, r)
	}))
	t.Cleanup(s.Close)
	_, port, err := net.SplitHostPort(s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port, hits, func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("::ffff:127.0.0.1"), netip.MustParseAddr("127.0.0.1")}, nil
	}
}

func quick() *pace.Pacer { return pace.New(pace.Options{Floor: -1}) }

// TestNamesThatLeadInside: the guard judges what a name resolves to, on the
// first hop and behind a redirect, and only the hosts that are named may be
// private.
func TestNamesThatLeadInside(t *testing.T) {
	port, hits, resolve := lab(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case r.URL.Path == "/out":
			http.Redirect(w, r, "http://"+r.URL.Query().Get("to"), http.StatusFound)
		}
	})
	inside := "inside.example:" + port
	tests := []struct {
		name  string
		url   string
		allow []string
		code  string
		hits  int32
	}{
		{"name", inside + "/", nil, CodePrivateAddress, 0},
		{"mapped literal", "[::ffff:127.0.0.1]:" + port + "/", nil, CodePrivateAddress, 0},
		{"trailing dot", "inside.example.:" + port + "/", nil, CodePrivateAddress, 0},
		{"allowed by name", inside + "/", []string{"Inside.Example"}, "", 2},
		{"allowed by name and port", inside + "/", []string{inside}, "", 2},
		{"allowed by domain", inside + "/", []string{"*.example"}, "", 2},
		{"other port", inside + "/", []string{"inside.example:1"}, CodePrivateAddress, 0},
		{"other name", inside + "/", []string{"side.example", "example", "*.inside.example"}, CodePrivateAddress, 0},
		{"redirect from an allowed host", inside + "/out?to=other.example:" + port, []string{"inside.example"}, CodePrivateAddress, 2},
		{"redirect to an address", inside + "/out?to=127.0.0.1:" + port, []string{"inside.example"}, CodePrivateAddress, 2},
		{"redirect to the metadata service", inside + "/out?to=169.254.169.254/latest", []string{"inside.example"}, CodePrivateAddress, 2},
		{"redirect among allowed hosts", inside + "/out?to=other.example:" + port, []string{"inside.example", "other.example"}, "", 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			hits.Store(0)
			c := New(Options{Pacer: quick(), Resolve: resolve})
			defer c.Close()
			_, err := c.Get(t.Context(), Request{URL: "http://" + tt.url, AllowHosts: tt.allow})
			if Code(err) != tt.code || tt.code == "" && err != nil {
				t.Errorf("code %q (%v), want %q", Code(err), err, tt.code)
			}
			if hits.Load() != tt.hits {
				t.Errorf("%d requests arrived, want %d", hits.Load(), tt.hits)
			}
		})
	}
}

// TestMixedAddresses: of a name with public and private addresses only the public ones
// are dialled, whatever their order; if they do not answer, the name may be tried again.
func TestMixedAddresses(t *testing.T) {
	for name, tt := range map[string]struct {
		addrs []string
		code  string
	}{
		"private alone":          {[]string{"127.0.0.1", "10.0.0.1", "::1"}, CodePrivateAddress},
		"private, then public":   {[]string{"127.0.0.1", "8.8.8.8"}, CodeConnect},
		"public, then private":   {[]string{"8.8.8.8", "127.0.0.1"}, CodeConnect},
		"mapped, then public":    {[]string{"::ffff:127.0.0.1", "2001:4860:4860::8888"}, CodeConnect},
		"many private, one late": {[]string{"10.0.0.1", "169.254.169.254", "127.0.0.1", "8.8.8.8"}, CodeConnect},
	} {
		t.Run(name, func(t *testing.T) {
			d := &dialer{strict: true, resolve: func(context.Context, string) ([]netip.Addr, error) {
				var addrs []netip.Addr
				for _, a := range tt.addrs {
					addrs = append(addrs, netip.MustParseAddr(a))
				}
				return addrs, nil
			}}
			d.net.ControlContext = func(ctx context.Context, network, address string, raw syscall.RawConn) error {
				if err := control(ctx, network, address, raw); err != nil {
					return err
				}
				return syscall.ECONNREFUSED // there is no network in this test
			}
			_, err := d.open(t.Context(), "tcp", "mixed.example:80")
			if got := codeOf(t.Context(), err); got != tt.code {
				t.Errorf("code %q (%v), want %q", got, err, tt.code)
			}
		})
	}
}

// TestLenientConnectionDoesNotServeStrictRequest: a kept connection to a
// private host is for those who may go there.
func TestLenientConnectionDoesNotServeStrictRequest(t *testing.T) {
	port, hits, resolve := lab(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	c := New(Options{Pacer: quick(), Resolve: resolve})
	defer c.Close()
	target := "http://inside.example:" + port + "/"
	if _, err := c.Get(t.Context(), Request{URL: target, AllowHosts: []string{"inside.example"}}); err != nil {
		t.Fatal(err)
	}
	before := hits.Load()
	if _, err := c.Get(t.Context(), Request{URL: target}); Code(err) != CodePrivateAddress || hits.Load() != before {
		t.Errorf("error %v, %d more requests", err, hits.Load()-before)
	}
}

// TestRefusalIsForThoseWhoMayNot: a strict request, refused, leaves no trace for
// a lenient one, whichever comes first, and asks only once.
func TestRefusalIsForThoseWhoMayNot(t *testing.T) {
	port, hits, resolve := lab(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "Sitemap: http://inside.example/s.xml")
	})
	var lookups atomic.Int32
	c := New(Options{Pacer: pace.New(pace.Options{}), Resolve: func(ctx context.Context, host string) ([]netip.Addr, error) {
		lookups.Add(1)
		return resolve(ctx, host)
	}})
	defer c.Close()
	strict := Request{URL: "http://inside.example:" + port + "/"}
	for range 20 { // with a second of spacing, were there a turn for each
		if _, err := c.Get(t.Context(), strict); Code(err) != CodePrivateAddress {
			t.Fatal(err)
		}
	}
	if lookups.Load() != 1 || hits.Load() != 0 {
		t.Errorf("%d look-ups, %d requests", lookups.Load(), hits.Load())
	}
	if _, err := c.Sitemaps(t.Context(), strict); Code(err) != CodePrivateAddress {
		t.Errorf("sitemaps of a private host: %v", err)
	}
	lenient := strict
	lenient.AllowHosts = []string{"inside.example"}
	if list, err := c.Sitemaps(t.Context(), lenient); err != nil || len(list) != 1 {
		t.Errorf("sitemaps where allowed: %v, %v", list, err)
	}
	if _, err := c.Get(t.Context(), lenient); err != nil || hits.Load() != 2 {
		t.Errorf("lenient request: %v, %d requests", err, hits.Load())
	}
	if _, err := c.Get(t.Context(), strict); Code(err) != CodePrivateAddress || hits.Load() != 2 {
		t.Errorf("strict request: %v, %d requests", err, hits.Load())
	}
}

func TestOverriddenDialIsJudged(t *testing.T) {
	port, hits, _ := lab(t, func(http.ResponseWriter, *http.Request) {})
	var d net.Dialer
	c := New(Options{Pacer: quick(), Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return d.DialContext(ctx, network, "127.0.0.1:"+port)
	}})
	defer c.Close()
	if _, err := c.Get(t.Context(), Request{URL: "http://news.example/"}); Code(err) != CodePrivateAddress || hits.Load() != 0 {
		t.Errorf("error %v, %d requests", err, hits.Load())
	}
}

func TestGoodPort(t *testing.T) {
	for port, want := range map[string]bool{
		"80": true, "443": true, "8080": true, "1024": true, "65535": true, "8443": true,
		"0": false, "1": false, "22": false, "25": false, "81": false, "999": false, "6000": false, "6667": false, "10080": false,
	} {
		if got := goodPort(port); got != want {
			t.Errorf("goodPort(%s) = %v", port, got)
		}
	}
}

func TestHideChunking(t *testing.T) {
	got := hideChunking([]byte("HTTP/1.1 200 OK\r\nX: Transfer-Encoding: no\r\nContent-Length: 9\r\ntransfer-encoding : chunked\r\n\r\n"))
	want := "HTTP/1.1 200 OK\r\nX: Transfer-Encoding: no\r\nX-Orig-Content-Length: 9\r\nX-Orig-transfer-encoding : chunked\r\n\r\n"
	if string(got) != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestReadableLocation(t *testing.T) {
	const base = "http://news.example/a/b"
	tests := map[string]string{
		"/x":                       "http://news.example/x",
		"c":                        "http://news.example/a/c",
		"//other.example/x":        "http://other.example/x",
		`\x\y`:                     "http://news.example/x/y",
		"/a b":                     "http://news.example/a%20b",
		"/100%":                    "http://news.example/100%25",
		"/%u4e2d":                  "http://news.example/%25u4e2d",
		"/\xd6\xd0":                "http://news.example/%D6%D0",
		"/中":                       "http://news.example/%E4%B8%AD",
		"http:/x":                  "http://news.example/x",
		" /x\t ":                   "http://news.example/x",
		"http://[bad":              "http://[bad",
		"https://NEWS.example:443": "https://news.example/",
	}
	for location, want := range tests {
		got := readableLocation(base, location)
		if got != want {
			t.Errorf("readableLocation(%q) = %q, want %q", location, got, want)
		}
		if _, err := url.Parse(got); err != nil && location != "http://[bad" {
			t.Errorf("net/url cannot read it: %v", err)
		}
	}
}

// FuzzLocation: whatever a server sends, what net/http is given stays a URL
// that the gate can judge, and reading does not fail.
func FuzzLocation(f *testing.F) {
	f.Add("/x")
	f.Add("http://user:pw@h/%zz?\xff#\\")
	f.Fuzz(func(t *testing.T, location string) {
		got := readableLocation("http://news.example/a", location)
		if got == location {
			return
		}
		if _, err := url.Parse(got); err != nil {
			t.Errorf("rewrote %q to %q, which net/url cannot read: %v", location, got, err)
		}
	})
}

func TestEnginesAreEvicted(t *testing.T) {
	c := New(Options{Engines: 10})
	defer c.Close()
	for i := range 1000 {
		en, collector := c.engines.take(fmt.Sprintf("h%d.example", i), i%2 == 0)
		c.engines.give(en, collector)
	}
	if n := len(c.engines.hosts); n != 10 || c.engines.recent.Len() != 10 {
		t.Errorf("%d engines kept, want 10", n)
	}
	en, first := c.engines.take("x.example", false)
	other, second := c.engines.take("x.example", false)
	if first == second || en != other {
		t.Error("one collector for two requests at a time")
	}
	c.engines.give(en, first)
	c.engines.give(other, second)
	if len(en.idle) != 1 {
		t.Errorf("%d idle collectors kept, want 1", len(en.idle))
	}
}
