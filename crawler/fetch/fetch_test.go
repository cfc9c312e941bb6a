package fetch_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/crawler/pace"
	"pressmark/crawler/robots"
)

// site is a server on loopback. /robots.txt is 404 unless a handler says otherwise.
func site(t *testing.T, routes map[string]http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if f, ok := routes[r.URL.Path]; ok {
			f(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// client is one without spacing that may dial loopback, unless o says otherwise.
func client(t testing.TB, change ...func(*fetch.Options)) *fetch.Client {
	t.Helper()
	o := fetch.Options{
		Contact:      "https://archive.example/bot",
		AllowPrivate: true,
		Pacer:        pace.New(pace.Options{Floor: -1, Backoff: time.Millisecond, MaxBackoff: time.Millisecond, ParkAfter: 100}),
		Robots:       robots.Options{Retry: time.Millisecond},
	}
	for _, f := range change {
		f(&o)
	}
	c := fetch.New(o)
	t.Cleanup(c.Close)
	return c
}

func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(body))
	}
}

func zipped(s string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.Bytes()
}

func TestGet(t *testing.T) {
	page := strings.Repeat("<p>text</p>", 5000)
	s := site(t, map[string]http.HandlerFunc{
		"/a": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"v1"`)
			w.Header().Set("Content-Type", "text/html; charset=gb2312")
			if r.Header.Get("If-None-Match") == `"v1"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(zipped(page))
		},
		"/old": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/a#top", http.StatusMovedPermanently)
		},
	})
	c := client(t)
	r, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/old", Record: true})
	if err != nil {
		t.Fatal(err)
	}
	if string(r.Body) != page || r.Status != 200 || r.FinalURL != s.URL+"/a" || r.ETag != `"v1"` || r.Hops[1].IP != "127.0.0.1" {
		t.Errorf("response: %d bytes, %+v", len(r.Body), r)
	}
	if len(r.Hops) != 2 || len(r.Chain) != 2 || !strings.HasPrefix(string(r.Hops[0].ResponseHead), "HTTP/1.1 301") {
		t.Fatalf("hops: %+v", r.Hops)
	}
	final := r.Hops[1]
	if !bytes.Equal(final.ResponseBody, zipped(page)) {
		t.Errorf("recorded body has %d bytes, want the %d of the wire", len(final.ResponseBody), len(zipped(page)))
	}
	t.Logf("%s%s", final.RequestHead, final.ResponseHead)
	r, err = c.Get(t.Context(), fetch.Request{URL: s.URL + "/a", ETag: `"v1"`})
	if err != nil || !r.NotModified() || r.ETag != `"v1"` {
		t.Errorf("conditional: %+v, %v", r, err)
	}
}
