package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pressmark/crawler"
)

// paper is a small site of which a test sets every page: what newsroom's three
// sites do not have.
type paper struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]sheet // by path and query
	asked []string         // what was asked for, but robots.txt
}

// sheet is one answer; status 0 is 200.
type sheet struct {
	status int
	body   string
	etag   string
	serve  http.HandlerFunc // nil: the answer is made from the rest
}

func startPaper(t *testing.T) *paper {
	t.Helper()
	p, _ := startTappedPaper(t)
	return p
}

// startTappedPaper also takes down what goes over the wire.
func startTappedPaper(t *testing.T) (*paper, *tap) {
	t.Helper()
	p := &paper{pages: map[string]sheet{}}
	p.Server = httptest.NewUnstartedServer(p)
	wire := &tap{Listener: p.Listener}
	p.Listener = wire
	p.Start()
	t.Cleanup(p.Close)
	return p, wire
}

// ServeHTTP implements http.Handler.
func (p *paper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.RequestURI()
	p.mu.Lock()
	s, ok := p.pages[path]
	if path != "/robots.txt" {
		p.asked = append(p.asked, path)
	}
	p.mu.Unlock()
	switch {
	case !ok:
		http.NotFound(w, r)
		return
	case s.serve != nil:
		s.serve(w, r)
		return
	case s.etag != "" && r.Header.Get("If-None-Match") == s.etag:
		w.WriteHeader(http.StatusNotModified)
		return
	case s.etag != "":
		w.Header().Set("ETag", s.etag)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if strings.HasPrefix(s.body, "<?xml") {
		w.Header().Set("Content-Type", "application/xml")
	}
	if s.status != 0 {
		w.WriteHeader(s.status)
	}
	fmt.Fprint(w, s.body)
}

func (p *paper) set(path string, s sheet) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages[path] = s
}

// requests returns what was asked for since the last call, sorted.
func (p *paper) requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	asked := p.asked
	p.asked = nil
	slices.Sort(asked)
	return asked
}

// story is an article page. The same n gives the same story; head and foot stand
// around it.
func story(n int, head, foot string) sheet {
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html><html lang=en><head><title>Council takes up bridge number %d - The Paper</title>%s</head><body><h1>Council takes up bridge number %d</h1>"+
		"<p class=meta>Published <time datetime=2024-03-%02dT08:%02d:00Z>%d March 2024 08:%02d</time></p><div class=article>", n, head, n, n%28+1, n%60, n%28+1, n%60)
	for i := range 4 {
		fmt.Fprintf(&b, "<p>Members of the county council spent %d hours on the state of bridge number %d, which the engineers had closed to heavy lorries, and heard %d residents who use it every day.</p>", i+2, n, 10*n+i)
	}
	b.WriteString("</div>" + foot + "</body></html>")
	return sheet{body: b.String()}
}

// list is a section page with links to articles, and to the next page where there is one.
func list(next string, links ...string) sheet {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html lang=en><head><title>County news</title></head><body><h1>County news</h1><ul>")
	for _, l := range links {
		fmt.Fprintf(&b, "<li><a href=%q>Council takes up the bridge of %s once more</a></li>", l, l)
	}
	b.WriteString("</ul>")
	if next != "" {
		fmt.Fprintf(&b, "<a rel=next href=%q>Next page</a>", next)
	}
	b.WriteString("</body></html>")
	return sheet{body: b.String()}
}

// config writes the site's configuration and returns its file.
func (p *paper) config(t *testing.T, sources string) string {
	t.Helper()
	u, err := url.Parse(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("name: paper\nhosts: ['%[1]s', 'localhost:%[2]s']\nlanguage: en\ntimezone: Europe/London\ndelay: 1ms\nallow_private: ['%[1]s', 'localhost:%[2]s']\nsources:\n%[3]s", u.Host, u.Port(),
		strings.ReplaceAll(sources, "URL", p.URL))
	file := filepath.Join(t.TempDir(), "paper.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// crawl runs a command on the site at a time and returns the summary.
func (p *paper) crawl(t *testing.T, at time.Time, want int, args ...string) crawler.Summary {
	t.Helper()
	code, out, errs := pressmarkAt(t, func() time.Time { return at }, append(args, "--json", "--quiet")...)
	if code != want {
		t.Fatalf("%v: exit status %d, want %d\n%s\n%s", args, code, want, out, errs)
	}
	checkSums(t, out)
	var sums []crawler.Summary
	if err := json.Unmarshal([]byte(out), &sums); err != nil || len(sums) != 1 {
		t.Fatalf("%v: %s", err, out)
	}
	return sums[0]
}

// archived are the paths of the archived articles.
func archivedPaths(t *testing.T, dir string) []string {
	t.Helper()
	var paths []string
	for _, raw := range slices.Sorted(maps.Keys(readArticles(t, dir))) {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, u.RequestURI())
	}
	return paths
}
