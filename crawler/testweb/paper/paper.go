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
	"os"
	"path/filepath"
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

// Sheet returns the page at a path, with its query; the zero value if there is none.
func (p *Paper) Sheet(path string) Sheet {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pages[path]
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

// Config writes the site's configuration and returns its file. sources are the YAML of
// its sources, and more keys behind them; URL in them is the paper's address. The site
// has the host "localhost", too.
func (p *Paper) Config(t testing.TB, sources string) string {
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
	return p.RunCaptures(t, at, dir, plan, terms, nil)
}

// RunCaptures is RunPlan with other options of the crawler; set may be nil.
func (p *Paper) RunCaptures(t testing.TB, at time.Time, dir string, plan crawler.Plan, terms crawler.Terms, set func(*crawler.Options)) crawler.Summary {
	t.Helper()
	sum, err := Call{Now: func() time.Time { return at }, Dir: dir, Plan: plan, Terms: terms, Set: set}.Run(t)
	if err != nil || sum.Err != nil {
		t.Fatal(err, sum)
	}
	return sum
}

// Call is one run of a crawler over one site. Now, Dir and Plan are required.
type Call struct {
	Context      context.Context // ends the run early; nil: the test's
	Now          func() time.Time
	Dir          string // the archive
	Plan         crawler.Plan
	Terms        crawler.Terms
	Captures     Captures
	Operator     string // in the capture files
	AllowPrivate bool   // addresses that are not public, whatever the site allows

	Set   func(*crawler.Options)                  // changes other options of the crawler; nil: none
	Store func(sound storage.Store) storage.Store // stands before the archive's folder; nil: nothing does
}

// Captures says what a run captures.
type Captures int

// The captures of a run.
const (
	Pages Captures = iota // and sources
	All                   // images, too
	Nothing
)

// Run runs a call. The error is that of the crawler, such as crawler.ErrInterrupted.
func (c Call) Run(t testing.TB) (crawler.Summary, error) {
	t.Helper()
	ctx := c.Context
	if ctx == nil {
		ctx = t.Context()
	}
	folder, err := dirstore.Open(c.Dir)
	if err != nil {
		t.Fatal(err)
	}
	var store storage.Store = folder
	if c.Store != nil {
		store = c.Store(folder)
	}
	net := crawler.NewNetwork(crawler.NetworkOptions{DelaySet: true, AllowPrivate: c.AllowPrivate, Contact: "mailto:desk@example.org", Now: c.Now})
	defer net.Close()
	options := net.Options()
	options.Now = c.Now
	if c.Captures != Nothing {
		options.Captures.Images = c.Captures == All
		options.Captures.Open = crawler.CaptureFiles(crawler.CaptureOptions{Operator: c.Operator, UserAgent: net.Client().UserAgent(), Version: "test", Now: c.Now})
	}
	setup := crawler.Setup{Archive: storage.NewArchive(store, storage.Options{}), Network: net, Version: "test", Now: c.Now, Captures: options.Captures.Open}
	jobs, damaged, err := setup.Jobs(ctx, []crawler.Plan{c.Plan}, c.Terms)
	if err != nil || len(damaged) > 0 {
		t.Fatal(err, damaged)
	}
	if c.Set != nil {
		c.Set(&options)
	}
	sums, err := crawler.New(options).Run(ctx, jobs)
	return sums[0], err
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
