package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/storage/ledger"
)

// TestBackfillGoesOn: a section's next pages are followed; where one fails, the
// same command goes on from there, and tries failed articles again when they are due.
func TestBackfillGoesOn(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	now := time.Now()
	for page := 1; page <= 4; page++ {
		var links []string
		for i := range 6 {
			path := fmt.Sprintf("/news/2024/council-takes-up-bridge-%d.html", 10*page+i)
			links = append(links, path)
			p.set(path, story(10*page+i, "", ""))
		}
		next := ""
		if page < 4 {
			next = fmt.Sprintf("/news/?page=%d", page+1)
		}
		path := fmt.Sprintf("/news/?page=%d", page)
		if page == 1 {
			path = "/news/"
		}
		p.set(path, list(next, links...))
	}
	broken, third := p.pages["/news/2024/council-takes-up-bridge-15.html"], p.pages["/news/?page=3"]
	p.set("/news/2024/council-takes-up-bridge-15.html", sheet{status: 403})
	p.set("/news/?page=3", sheet{status: 403})
	args := []string{"archive", p.URL + "/news/", "--to", dir, "--allow-private", "--delay", "0"}
	first := p.crawl(t, now, exitFailures, args...)
	if first.Archived != 11 || first.Failed != 1 || first.SourcesFailed != 1 {
		t.Fatalf("with two failures: %+v", first)
	}
	p.set("/news/2024/council-takes-up-bridge-15.html", broken)
	p.set("/news/?page=3", third)
	p.requests()
	if again := p.crawl(t, now.Add(time.Minute), exitDone, args...); again.Archived != 0 {
		t.Errorf("before the next try is due: %+v", again)
	}
	if asked := p.requests(); slices.Contains(asked, "/news/2024/council-takes-up-bridge-15.html") || slices.Contains(asked, "/news/?page=3") {
		t.Errorf("asked before the time: %q", asked)
	}
	second := p.crawl(t, now.Add(time.Hour), exitDone, args...)
	if got := archivedPaths(t, dir); len(got) != 24 || second.Archived != 13 {
		t.Errorf("archived %d, in all %q", second.Archived, got)
	}
	if asked := p.requests(); slices.Contains(asked, "/news/?page=2") {
		t.Errorf("a further page was read again: %q", asked)
	}
}

// TestDatedArchive: the pages of a dated archive are visited for the days that
// are asked for, each until its day is over, and never by the crawls that follow.
func TestDatedArchive(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	day := time.Date(2024, 3, 10, 13, 0, 0, 0, time.UTC)
	p.set("/", list("", "/news/2024/council-meets-over-bridge-1.html"))
	for d := range 10 {
		paths := []string{fmt.Sprintf("/2024/03/%02d/a-bridge-is-closed.html", d+1), fmt.Sprintf("/2024/03/%02d/a-bridge-is-open.html", d+1)}
		for i, path := range paths {
			p.set(path, story(2*d+i+20, "", ""))
		}
		p.set(fmt.Sprintf("/archive/2024/03/%02d/", d+1), list("", paths...))
	}
	config := p.config(t, "  - {url: 'URL/', type: page}\n  - {url: 'URL/archive/{yyyy}/{mm}/{dd}/', type: archive}\n")
	lists := func() (out []string) {
		for _, path := range p.requests() {
			if strings.HasPrefix(path, "/archive/") {
				out = append(out, strings.TrimSuffix(strings.TrimPrefix(path, "/archive/2024/03/"), "/"))
			}
		}
		return out
	}
	crawl := []string{"crawl", "paper", "--config", config, "--to", dir}
	backfill := append(slices.Clone(crawl), "--since", "2024-03-01")
	p.crawl(t, day, exitDone, append(backfill, "--limit", "5")...)
	if got := fmt.Sprint(lists()); got != "[01 02 03 04 05 06 07 08 09 10]" {
		t.Errorf("the backfill visited %s", got)
	}
	if got := archivedPaths(t, dir); len(got) != 5 {
		t.Fatalf("archived %q", got)
	}
	p.crawl(t, day.Add(10*time.Minute), exitDone, backfill...)
	if got := fmt.Sprint(lists()); got != "[09 10]" { // the others had ended when they were read
		t.Errorf("the backfill that goes on visited %s", got)
	}
	if got := archivedPaths(t, dir); len(got) != 20 {
		t.Errorf("archived %d: %q", len(got), got)
	}
	p.crawl(t, day.Add(20*time.Minute), exitDone, crawl...)
	if got := fmt.Sprint(lists()); got != "[09 10]" {
		t.Errorf("the crawl after visited %s", got)
	}
	p.crawl(t, day.AddDate(0, 0, 3), exitDone, crawl...)
	if got := fmt.Sprint(lists()); got != "[12 13]" {
		t.Errorf("the crawl three days later visited %s", got)
	}
}

// TestBackfillIsBounded: a section whose next pages go on for ever is followed as
// far as the site's limits say, and the run says what it left for the next.
func TestBackfillIsBounded(t *testing.T) {
	for _, tt := range []struct {
		limits   string
		requests int // for pages and articles
		leaves   bool
	}{
		{"{pages: 3}", 4 + 8, false}, // the first page, three next ones, and their articles
		{"{urls: 7}", 7, true},
	} {
		t.Run(tt.limits, func(t *testing.T) {
			p, dir := startPaper(t), t.TempDir()
			for page := range 40 {
				a, b := fmt.Sprintf("/news/2024/council-takes-up-bridge-%d.html", 2*page), fmt.Sprintf("/news/2024/council-takes-up-bridge-%d.html", 2*page+1)
				p.set(a, story(2*page, "", ""))
				p.set(b, story(2*page+1, "", ""))
				p.set(strings.TrimSuffix(fmt.Sprintf("/news/?page=%d", page), "?page=0"), list(fmt.Sprintf("/news/?page=%d", page+1), a, b))
			}
			config := p.config(t, "  - {url: 'URL/news/', type: page}\nlimits: "+tt.limits+"\n")
			s := p.crawl(t, time.Now(), exitDone, "crawl", "paper", "--config", config, "--to", dir)
			if asked := p.requests(); len(asked) != tt.requests || (s.Queued > 0) != tt.leaves {
				t.Errorf("%d requests, %d pages left: %q", len(asked), s.Queued, asked)
			}
		})
	}
}

// TestSourcesFoundAreVisited: what a source led to is visited by a later run where
// this one ended first, even if the source answers "not modified" from then on.
func TestSourcesFoundAreVisited(t *testing.T) {
	for _, tt := range []struct {
		name, first, typ, source, below string
	}{
		{"sitemap of an index", "/sitemap.xml", "sitemap", `<?xml version="1.0"?><sitemapindex><sitemap><loc>URL/s1.xml</loc></sitemap></sitemapindex>`, "/s1.xml"},
		{"next page of a feed", "/feed.xml", "feed", `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><link rel="next" href="/feed2.xml"/></feed>`, "/feed2.xml"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, dir := startPaper(t), t.TempDir()
			const path = "/2024/0301/council-takes-up-the-bridge-7.html"
			p.set(tt.first, sheet{body: strings.ReplaceAll(tt.source, "URL", p.URL), etag: `"1"`})
			p.set("/s1.xml", sheet{body: `<?xml version="1.0"?><urlset><url><loc>` + p.URL + path + `</loc></url></urlset>`})
			p.set("/feed2.xml", sheet{body: `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title>Council takes up the bridge</title><link href="` + path + `"/></entry></feed>`})
			p.set(path, story(7, "", ""))
			config := p.config(t, "  - {url: 'URL"+tt.first+"', type: "+tt.typ+"}\n")
			began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
			p.crawl(t, began, exitDone, "crawl", "paper", "--config", p.config(t, "  - {url: 'URL"+tt.first+"', type: "+tt.typ+"}\nlimits: {urls: 1}\n"), "--to", dir)
			if rec := lastRecord(t, dir, "paper", p.URL+tt.below); rec.Outcome != ledger.Queued || rec.Source != p.URL+tt.first {
				t.Errorf("after the first run: %+v", rec)
			}
			p.crawl(t, began.Add(10*time.Minute), exitDone, "crawl", "paper", "--config", config, "--to", dir)
			if got := archivedPaths(t, dir); len(got) != 1 {
				t.Errorf("archived %q, asked for %q", got, p.requests())
			}
		})
	}
}
