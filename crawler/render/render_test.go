package render_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"pressmark/crawler/render"
	"pressmark/crawler/render/rendertest"
)

// site is a web server that records what it is asked for.
type site struct {
	*httptest.Server
	mu   sync.Mutex
	seen []string
}

// asked returns what was asked for since the last call, sorted.
func (s *site) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := s.seen
	s.seen = nil
	slices.Sort(seen)
	return seen
}

func newSite(t *testing.T, pages map[string]string) *site {
	t.Helper()
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.seen = append(s.seen, r.Method+" "+r.URL.Path)
		s.mu.Unlock()
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		switch {
		case strings.HasSuffix(r.URL.Path, ".js"):
			w.Header().Set("Content-Type", "text/javascript")
		case strings.HasSuffix(r.URL.Path, ".json"):
			w.Header().Set("Content-Type", "application/json")
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		}
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return s
}

// client fetches without manners, and records.
type client struct {
	mu      sync.Mutex
	made    []string
	refuses string // host that it does not ask
}

// madeAt returns the requests made to a server.
func (c *client) madeAt(url string) (out []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range c.made {
		if strings.Contains(m, url) {
			out = append(out, m)
		}
	}
	return out
}

func (c *client) Fetch(ctx context.Context, r render.Request) (*render.Answer, error) {
	c.mu.Lock()
	c.made = append(c.made, string(r.Kind)+" "+r.URL)
	c.mu.Unlock()
	if c.refuses != "" && strings.Contains(r.URL, c.refuses) {
		return nil, errors.New("not asked")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.URL, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return &render.Answer{URL: resp.Request.URL.String(), Status: resp.StatusCode, Header: resp.Header, Body: body}, err
}

func open(t *testing.T, c *client, url string) render.Page {
	t.Helper()
	a, err := c.Fetch(t.Context(), render.Request{URL: url, Kind: render.Document})
	if err != nil {
		t.Fatal(err)
	}
	return render.Page{URL: a.URL, Status: a.Status, Header: a.Header, Body: a.Body, Fetcher: c}
}

// TestRenderShell: the page comes as its scripts left it, and what the server was asked
// for is what the fetcher was.
func TestRenderShell(t *testing.T) {
	s := newSite(t, map[string]string{
		"/a.html":   `<!doctype html><title>x</title><div id=root></div><noscript>No scripts</noscript><script src=/app.js></script><img src=/p.jpg>`,
		"/app.js":   `fetch('/api.json').then(r => r.json()).then(a => { document.title = a.title; root.innerHTML = '<h1>' + a.title + '</h1><p>' + a.text })`,
		"/api.json": `{"title":"Harbour reopens","text":"The harbour opened again."}`,
	})
	r := render.New(render.Options{Path: rendertest.Chromium(t)})
	defer r.Close()
	for range 2 { // two pages of one process
		c := &client{}
		res, err := r.Render(t.Context(), open(t, c, s.URL+"/a.html"))
		if err != nil {
			t.Fatal(err)
		}
		html := string(res.HTML)
		if !strings.Contains(html, "<h1>Harbour reopens</h1><p>The harbour opened again.</p>") || strings.Contains(html, "No scripts") || !strings.HasPrefix(html, "<!DOCTYPE html>\n<html") {
			t.Errorf("DOM: %s", html)
		}
		if !res.Settled || res.URL != s.URL+"/a.html" || res.Requests != 2 || !strings.HasPrefix(res.Browser, "Chrom") {
			t.Errorf("%+v", res)
		}
		want := []string{"GET /a.html", "GET /api.json", "GET /app.js"}
		if got := s.asked(); !slices.Equal(got, want) || len(c.made) != len(want) {
			t.Errorf("the server was asked for %q, by the fetcher %q, want %q", got, c.made, want)
		}
	}
}
