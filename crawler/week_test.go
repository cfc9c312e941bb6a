package crawler_test

import (
	"context"
	"flag"
	"fmt"
	"net"
	"path/filepath"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/testweb/simulator"
	"pressmark/crawler/visit"
	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/ledger"
)

// A week of twenty sites takes minutes:
//
//	go test ./crawler -run TestSimulatedDays -simulate.sites 20 -simulate.days 7
//
// With -simulate.keep DIR the archives stay in DIR, so that the logs of two
// versions of the program can be compared byte by byte.
var (
	simulatedKeep  = flag.String("simulate.keep", "", "folder that keeps the archives of TestSimulatedDays")
	simulatedSites = flag.Int("simulate.sites", 3, "sites of TestSimulatedDays")
	simulatedDays  = flag.Int("simulate.days", 2, "days of TestSimulatedDays")
)

// TestSimulatedDays crawls simulated sites every hour under a fake clock, and
// compares the log and the articles with what a perfect crawler would have
// archived.
func TestSimulatedDays(t *testing.T) {
	day := func(n int) time.Time { return bubbleStart.AddDate(0, 0, n) }
	for _, tt := range []struct {
		name   string
		faults []simulator.Fault
	}{
		{"calm", nil},
		{"storm", simulator.Storm()},
		{"redesign", []simulator.Fault{{Kind: simulator.Redesign, From: day(1)}}},
		{"traps", []simulator.Fault{
			{Kind: simulator.Calendar, Host: "site00.test"}, {Kind: simulator.EndlessPages, Host: "site01.test"},
			{Kind: simulator.Mirrors, Host: "site01.test"}, {Kind: simulator.Sessions, Host: "site02.test"},
		}},
		{"outage", []simulator.Fault{
			{Kind: simulator.ServerError, Host: "site00.test", From: day(0).Add(20 * time.Hour), Until: day(0).Add(21*time.Hour + 10*time.Minute)},
			{Kind: simulator.Hang, Host: "site01.test", From: day(0).Add(20 * time.Hour), Until: day(0).Add(20*time.Hour + 20*time.Minute)},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if *simulatedKeep != "" {
				dir = filepath.Join(*simulatedKeep, tt.name)
			}
			synctest.Test(t, func(t *testing.T) { simulateDays(t, dir, tt.faults) })
		})
	}
}

// bubbleStart is when the fake clock of testing/synctest starts.
var bubbleStart = time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)

// revisits are the looks that the simulated crawl takes at each article. They
// fall between the hourly crawls, so that it does not matter how long one takes.
func revisits() []time.Duration {
	var out []time.Duration
	for h := 1; h < 24*30; h *= 2 {
		out = append(out, time.Duration(h)*time.Hour-30*time.Minute)
	}
	return out
}

func simulateDays(t *testing.T, dir string, faults []simulator.Fault) {
	days := *simulatedDays
	sim, err := simulator.New(simulator.Options{Seed: 11, Sites: *simulatedSites, Days: days, Faults: faults, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	sim.Start(t.Context())
	defer sim.Close()
	w := newWeek(t, dir, sim)
	var heap []uint64
	for hour := range days * 24 {
		time.Sleep(time.Until(sim.StartTime().Add(time.Duration(hour) * time.Hour)))
		w.crawl()
		if hour%24 == 23 {
			heap = append(heap, liveHeap())
		}
	}
	w.compare()
	stats := sim.Stats()
	t.Logf("%d requests, %d of them answered 304; faults met: %v; heap after each day in MB: %v", stats.Requests, stats.NotChanged, stats.Faults, heap)
	if stats.Private > 0 {
		t.Errorf("%d requests against robots.txt", stats.Private)
	}
	if first, last := heap[0], heap[len(heap)-1]; last > first+first/2+4 {
		t.Errorf("the heap grew from %d to %d MB", first, last)
	}
	if perCrawl := stats.Requests / (days * 24 * *simulatedSites); perCrawl > 60 {
		t.Errorf("%d requests a site and crawl", perCrawl)
	}
}

func liveHeap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc >> 20
}

// week is a simulation under way.
type week struct {
	t       *testing.T
	sim     *simulator.Simulator
	archive *storage.Archive
	revisit []time.Duration
	dial    func(ctx context.Context, network, address string) (net.Conn, error) // nil: the simulator's
	adapt   func(*configs.Site)                                                  // changes the sites' configuration; nil: not
	capture func(file string) (crawler.CaptureWriter, error)                     // nil: captures are off
	sums    []crawler.Summary                                                    // of the last crawl
}

func newWeek(t *testing.T, dir string, sim *simulator.Simulator) *week {
	t.Helper()
	store, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return &week{t: t, sim: sim, revisit: revisits(), archive: storage.NewArchive(store, storage.Options{})}
}

func (w *week) plan(s simulator.Site) crawler.Plan {
	site := s.Config()
	site.Revisit = w.revisit
	if w.adapt != nil {
		w.adapt(&site)
	}
	return crawler.PlanSite(site)
}

// crawl is one hourly run, with everything new but the archive.
func (w *week) crawl() {
	w.t.Helper()
	ctx := w.t.Context()
	dial := w.dial
	if dial == nil {
		dial = w.sim.Dial
	}
	web := crawler.NewNetwork(crawler.NetworkOptions{Contact: "mailto:crawl@example.org", Dial: dial})
	defer web.Close()
	var plans []crawler.Plan
	for _, s := range w.sim.Sites() {
		plans = append(plans, w.plan(s))
	}
	setup := crawler.Setup{Archive: w.archive, Network: web, Version: "test", Captures: w.capture, Now: time.Now}
	jobs, _, err := setup.Jobs(ctx, plans, crawler.Terms{Depth: -1})
	if err != nil {
		w.t.Fatal(err)
	}
	options := web.Options()
	options.Captures = visit.Captures{Open: w.capture, Images: true}
	sums, err := crawler.New(options).Run(ctx, jobs)
	if err != nil {
		w.t.Fatal(err)
	}
	w.sums = sums
	for _, s := range sums {
		if s.Err != nil {
			w.t.Fatalf("%s: %v", s.Site, s.Err)
		}
	}
}

// compare holds the logs, the articles and their revisions against the truth.
func (w *week) compare() {
	w.t.Helper()
	truth, err := w.sim.Truth(time.Now(), simulator.Schedule{Revisit: w.revisit})
	if err != nil {
		w.t.Fatal(err)
	}
	want, got := map[string]string{}, map[string]string{}
	for _, s := range truth {
		want[s.URL] = tallied(s.Count(simulator.Archived)+s.Count(simulator.Restored), s.Count(simulator.Revised), s.Count(simulator.Gone))
	}
	for _, s := range w.sim.Sites() {
		w.tallySite(s.Name, got)
	}
	if d := cmp.Diff(want, got); d != "" {
		w.t.Errorf("archived, revised and gone (- truth, + log):\n%s", d)
	}
	revisions := 0
	for _, s := range truth {
		w.compareArticle(s)
		revisions += len(versions(s)) - 1
	}
	if n, m := w.count("articles/"), w.count("revisions/"); n != len(truth) || m != revisions {
		w.t.Errorf("%d articles and %d earlier revisions, want %d and %d", n, m, len(truth), revisions)
	}
	w.t.Logf("%d articles, %d earlier revisions", len(truth), revisions)
}

func tallied(archived, revised, gone int) string {
	return fmt.Sprintf("archived %d, revised %d, gone %d", archived, revised, gone)
}

func (w *week) tallySite(name string, got map[string]string) {
	w.t.Helper()
	type counts struct {
		archived, revised, gone int
		away                    bool // a look at what is away is recorded as gone again
	}
	all := map[string]*counts{}
	for rec, err := range storage.Feed(context.Background(), w.archive.Store(), name, storage.FeedOptions{}) {
		if err != nil {
			w.t.Fatal(err)
		}
		if rec.Kind != ledger.KindPage || rec.Article == "" && rec.Outcome != ledger.Gone {
			continue
		}
		c := all[rec.URL]
		if c == nil {
			c = &counts{}
			all[rec.URL] = c
		}
		switch rec.Outcome {
		case ledger.Archived:
			c.archived++
		case ledger.Revised:
			if c.away { // it is back, and changed
				c.archived++
			} else {
				c.revised++
			}
		case ledger.Gone:
			if !c.away {
				c.gone++
			}
		}
		c.away = rec.Outcome == ledger.Gone
	}
	for url, c := range all {
		got[url] = tallied(c.archived, c.revised, c.gone)
	}
}

// compareArticle compares every revision in the archive with the truth's: the
// newest among the articles, the earlier ones among the revisions, and no other.
func (w *week) compareArticle(s simulator.Story) {
	w.t.Helper()
	id, versions := article.ID(s.URL), versions(s)
	for i, want := range versions {
		key := storage.RevisionKey(s.Site, id, i+1)
		if i == len(versions)-1 {
			key = storage.ArticleKey(s.Site, id)
		}
		data, _, err := storage.ReadObject(context.Background(), w.archive.Store(), key)
		if err != nil {
			w.t.Errorf("%s: %v", s.URL, err)
			continue
		}
		have, err := article.Decode(data)
		if err != nil {
			w.t.Fatal(err)
		}
		if have.Revision != i+1 {
			w.t.Errorf("%s: %s is revision %d", s.URL, key, have.Revision)
		}
		if parts := article.Diff(want, have); len(parts) > 0 {
			w.t.Errorf("%s, revision %d: %v differ (- truth, + archive):\n%s", s.URL, i+1, parts, cmp.Diff(want.Text+"\n"+fmt.Sprint(want.Title, want.Credits), have.Text+"\n"+fmt.Sprint(have.Title, have.Credits)))
		}
	}
}

// versions are what a perfect crawler has stored of a story, oldest first.
func versions(s simulator.Story) []*article.Article {
	var all []*article.Article
	for _, e := range s.Events {
		if e.Article == nil || len(all) > 0 && article.ContentHash(all[len(all)-1]) == article.ContentHash(e.Article) {
			continue // away, or back as it was
		}
		all = append(all, e.Article)
	}
	return all
}

// count counts the objects in a folder of the archive.
func (w *week) count(prefix string) int {
	w.t.Helper()
	n := 0
	for _, err := range w.archive.Store().List(context.Background(), prefix, "") {
		if err != nil {
			w.t.Fatal(err)
		}
		n++
	}
	return n
}
