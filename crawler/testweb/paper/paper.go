// Package paper serves a small invented news site of which a test sets every page,
// and crawls it: for what the sites of newsroom and simulator do not have.
package paper

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/ledger"
)

// Paper is a site under way. Make one with Start.
type Paper struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]Sheet // by path and query
	asked []string         // what was asked for, but robots.txt
}

// Sheet is one answer; Status 0 is 200.
type Sheet struct {
	Status int
	Body   string
	ETag   string
	Serve  http.HandlerFunc // nil: the answer is made from the rest
}

// Start serves a site without pages until the test ends. listen may wrap the
// server's listener; nil: as it is.
func Start(t testing.TB, listen func(net.Listener) net.Listener) *Paper {
	t.Helper()
	p := &Paper{pages: map[string]Sheet{}}
	p.Server = httptest.NewUnstartedServer(p)
	if listen != nil {
		p.Listener = listen(p.Listener)
	}
	p.Start()
	t.Cleanup(p.Close)
	return p
}

// ServeHTTP implements http.Handler.
func (p *Paper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
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
	case s.Serve != nil:
		s.Serve(w, r)
		return
	case s.ETag != "" && r.Header.Get("If-None-Match") == s.ETag:
		w.WriteHeader(http.StatusNotModified)
		return
	case s.ETag != "":
		w.Header().Set("ETag", s.ETag)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if strings.HasPrefix(s.Body, "<?xml") {
		w.Header().Set("Content-Type", "application/xml")
	}
	if s.Status != 0 {
		w.WriteHeader(s.Status)
	}
	fmt.Fprint(w, s.Body)
}

// Set serves a page at a path, with its query.
func (p *Paper) Set(path string, s Sheet) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages[path] = s
}

// Remove takes a page away: its path answers 404.
func (p *Paper) Remove(path string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.pages, path)
}

// Requests returns what was asked for since the last call, sorted.
func (p *Paper) Requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	asked := p.asked
	p.asked = nil
	slices.Sort(asked)
	return asked
}

// Run crawls the paper from one of its paths at a time into a folder, and returns
// the summary. whole is that of a plan.
func (p *Paper) Run(t testing.TB, at time.Time, dir, from string, whole bool) crawler.Summary {
	t.Helper()
	u, err := url.Parse(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	site := configs.Site{Name: "paper", Hosts: []string{u.Host}, Language: "en", Timezone: time.UTC, AllowPrivate: []string{u.Host}, Delay: time.Millisecond}
	return p.RunPlan(t, at, dir, crawler.Plan{Site: site, Seeds: []configs.Source{{URL: p.URL + from}}, Whole: whole}, crawler.Terms{Depth: -1})
}

// RunPlan runs a plan at a time into a folder, and returns the summary.
func (p *Paper) RunPlan(t testing.TB, at time.Time, dir string, plan crawler.Plan, terms crawler.Terms) crawler.Summary {
	t.Helper()
	return p.RunCaptures(t, at, dir, plan, terms, func(*crawler.Options) {})
}

// RunCaptures is RunPlan with other options of the crawler.
func (p *Paper) RunCaptures(t testing.TB, at time.Time, dir string, plan crawler.Plan, terms crawler.Terms, set func(*crawler.Options)) crawler.Summary {
	t.Helper()
	store, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return at }
	net := crawler.NewNetwork(crawler.NetworkOptions{DelaySet: true, Contact: "mailto:desk@example.org", Now: now})
	defer net.Close()
	captures := crawler.CaptureFiles(crawler.CaptureOptions{Version: "test", Now: now})
	setup := crawler.Setup{Archive: storage.NewArchive(store, storage.Options{}), Network: net, Version: "test", Now: now, Captures: captures}
	jobs, damaged, err := setup.Jobs(t.Context(), []crawler.Plan{plan}, terms)
	if err != nil || len(damaged) > 0 {
		t.Fatal(err, damaged)
	}
	options := net.Options()
	options.Now, options.Captures.Open = now, captures
	set(&options)
	sums, err := crawler.New(options).Run(t.Context(), jobs)
	if err != nil || sums[0].Err != nil {
		t.Fatal(err, sums)
	}
	return sums[0]
}

// Log returns the current record of every URL of the paper's log, by path and query.
func (p *Paper) Log(t testing.TB, dir string) map[string]ledger.Record {
	t.Helper()
	out := map[string]ledger.Record{}
	for rec := range p.open(t, dir).State().All() {
		out[strings.TrimPrefix(rec.URL, p.URL)] = rec
	}
	return out
}

// Archived returns the paths of the articles in the archive, sorted.
func (p *Paper) Archived(t testing.TB, dir string) []string {
	t.Helper()
	articles := map[string]bool{}
	for path, rec := range p.Log(t, dir) {
		if rec.Kind == ledger.KindPage && rec.Article != "" {
			articles[path] = true
		}
	}
	return slices.Sorted(maps.Keys(articles))
}

// Article reads the archived article of a path.
func (p *Paper) Article(t testing.TB, dir, path string) *article.Article {
	t.Helper()
	a, err := p.open(t, dir).Article(context.Background(), article.ID(p.URL+path))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (p *Paper) open(t testing.TB, dir string) *storage.Log {
	t.Helper()
	store, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	log, err := storage.NewArchive(store, storage.Options{}).OpenSite(context.Background(), "paper")
	if err != nil {
		t.Fatal(err)
	}
	return log
}
