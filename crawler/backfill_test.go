package crawler_test

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
	now := time.Date(2024, 3, 10, 13, 0, 0, 0, time.UTC)
	for page := 1; page <= 4; page++ {
		var links []string
		for i := range 6 {
			path := fmt.Sprintf("/news/2024/council-takes-up-bridge-%d.html", 10*page+i)
			links = append(links, path)
			p.Set(path, story(10*page+i, "", ""))
		}
		next := ""
		if page < 4 {
			next = fmt.Sprintf("/news/?page=%d", page+1)
		}
		path := fmt.Sprintf("/news/?page=%d", page)
		if page == 1 {
			path = "/news/"
		}
		p.Set(path, list(next, links...))
	}
	broken, third := p.Sheet("/news/2024/council-takes-up-bridge-15.html"), p.Sheet("/news/?page=3")
	p.Set("/news/2024/council-takes-up-bridge-15.html", sheet{Status: 403})
	p.Set("/news/?page=3", sheet{Status: 403})
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	first := p.crawl(t, now, true, config, dir, p.only("/news/"))
	if first.Archived != 11 || first.Failed != 1 || first.SourcesFailed != 1 {
		t.Fatalf("with two failures: %+v", first)
	}
	p.Set("/news/2024/council-takes-up-bridge-15.html", broken)
	p.Set("/news/?page=3", third)
	p.Requests()
	if again := p.crawl(t, now.Add(time.Minute), false, config, dir, p.only("/news/")); again.Archived != 0 {
		t.Errorf("before the next try is due: %+v", again)
	}
	if asked := p.Requests(); slices.Contains(asked, "/news/2024/council-takes-up-bridge-15.html") || slices.Contains(asked, "/news/?page=3") {
		t.Errorf("asked before the time: %q", asked)
	}
	second := p.crawl(t, now.Add(time.Hour), false, config, dir, p.only("/news/"))
	if got := p.paths(t, dir); len(got) != 24 || second.Archived != 13 {
		t.Errorf("archived %d, in all %q", second.Archived, got)
	}
	if asked := p.Requests(); slices.Contains(asked, "/news/?page=2") {
		t.Errorf("a further page was read again: %q", asked)
	}
}

// TestDatedArchive: the pages of a dated archive are visited for the days that
// are asked for, each until its day is over, and never by the crawls that follow.
func TestDatedArchive(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	day := time.Date(2024, 3, 10, 13, 0, 0, 0, time.UTC)
	p.Set("/", list("", "/news/2024/council-meets-over-bridge-1.html"))
	for d := range 10 {
		paths := []string{fmt.Sprintf("/2024/03/%02d/a-bridge-is-closed.html", d+1), fmt.Sprintf("/2024/03/%02d/a-bridge-is-open.html", d+1)}
		for i, path := range paths {
			p.Set(path, story(2*d+i+20, "", ""))
		}
		p.Set(fmt.Sprintf("/archive/2024/03/%02d/", d+1), list("", paths...))
	}
	config := p.config(t, "  - {url: 'URL/', type: page}\n  - {url: 'URL/archive/{yyyy}/{mm}/{dd}/', type: archive}\n")
	lists := func() (out []string) {
		for _, path := range p.Requests() {
			if strings.HasPrefix(path, "/archive/") {
				out = append(out, strings.TrimSuffix(strings.TrimPrefix(path, "/archive/2024/03/"), "/"))
			}
		}
		return out
	}
	backfill := days("2024-03-01", "")
	p.crawl(t, day, false, config, dir, backfill, limit(5))
	if got := fmt.Sprint(lists()); got != "[01 02 03 04 05 06 07 08 09 10]" {
		t.Errorf("the backfill visited %s", got)
	}
	if got := p.paths(t, dir); len(got) != 5 {
		t.Fatalf("archived %q", got)
	}
	p.crawl(t, day.Add(10*time.Minute), false, config, dir, backfill)
	if got := fmt.Sprint(lists()); got != "[09 10]" { // the others had ended when they were read
		t.Errorf("the backfill that goes on visited %s", got)
	}
	if got := p.paths(t, dir); len(got) != 20 {
		t.Errorf("archived %d: %q", len(got), got)
	}
	p.crawl(t, day.Add(20*time.Minute), false, config, dir)
	if got := fmt.Sprint(lists()); got != "[09 10]" {
		t.Errorf("the crawl after visited %s", got)
	}
	p.crawl(t, day.AddDate(0, 0, 3), false, config, dir)
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
				p.Set(a, story(2*page, "", ""))
				p.Set(b, story(2*page+1, "", ""))
				p.Set(strings.TrimSuffix(fmt.Sprintf("/news/?page=%d", page), "?page=0"), list(fmt.Sprintf("/news/?page=%d", page+1), a, b))
			}
			config := p.config(t, "  - {url: 'URL/news/', type: page}\nlimits: "+tt.limits+"\n")
			s := p.crawl(t, time.Date(2024, 3, 10, 13, 0, 0, 0, time.UTC), false, config, dir)
			if asked := p.Requests(); len(asked) != tt.requests || (s.Queued > 0) != tt.leaves {
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
			p.Set(tt.first, sheet{Body: strings.ReplaceAll(tt.source, "URL", p.URL), ETag: `"1"`})
			p.Set("/s1.xml", sheet{Body: `<?xml version="1.0"?><urlset><url><loc>` + p.URL + path + `</loc></url></urlset>`})
			p.Set("/feed2.xml", sheet{Body: `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title>Council takes up the bridge</title><link href="` + path + `"/></entry></feed>`})
			p.Set(path, story(7, "", ""))
			config := p.config(t, "  - {url: 'URL"+tt.first+"', type: "+tt.typ+"}\n")
			began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
			p.crawl(t, began, false, p.config(t, "  - {url: 'URL"+tt.first+"', type: "+tt.typ+"}\nlimits: {urls: 1}\n"), dir)
			if rec := p.record(t, dir, p.URL+tt.below); rec.Outcome != ledger.Queued || rec.Source != p.URL+tt.first {
				t.Errorf("after the first run: %+v", rec)
			}
			p.crawl(t, began.Add(10*time.Minute), false, config, dir)
			if got := p.paths(t, dir); len(got) != 1 {
				t.Errorf("archived %q, asked for %q", got, p.Requests())
			}
		})
	}
}
