package crawler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestQuietSitemaps: of the sitemaps that an index names, those that have not
// changed for days, as the index says, are asked for once a day and not by every
// crawl. An index whose times stand still is not believed, and one that is wrong
// about a sitemap costs a day.
func TestQuietSitemaps(t *testing.T) {
	const months = 8
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name, etag string
		newest     time.Time // lastmod of the newest sitemap; the others are a month apart
		zero       bool      // no lastmod at all
		quiet      bool
	}{
		{"alive", "", began.Add(-time.Hour), false, true},
		{"alive, and not modified", `"1"`, began.Add(-time.Hour), false, true},
		{"standing still", "", began.AddDate(-1, 0, 0), false, false},
		{"without times", "", began, true, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, dir := startPaper(t), t.TempDir()
			path := func(n int) string { return fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n) }
			write := func(month int, stories ...int) {
				var b strings.Builder
				b.WriteString(`<?xml version="1.0"?><urlset>`)
				for _, n := range stories {
					fmt.Fprintf(&b, "<url><loc>%s%s</loc></url>", p.URL, path(n))
					p.Set(path(n), story(n, "", ""))
				}
				p.Set(fmt.Sprintf("/map-%d.xml", month), sheet{Body: b.String() + "</urlset>"})
			}
			lastmod := make([]time.Time, months)
			index := func(etag string) {
				var b strings.Builder
				b.WriteString(`<?xml version="1.0"?><sitemapindex>`)
				for m, at := range lastmod {
					fmt.Fprintf(&b, "<sitemap><loc>%s/map-%d.xml</loc>", p.URL, m)
					if !tt.zero {
						fmt.Fprintf(&b, "<lastmod>%s</lastmod>", at.Format(time.RFC3339))
					}
					b.WriteString("</sitemap>")
				}
				p.Set("/sitemap.xml", sheet{Body: b.String() + "</sitemapindex>", ETag: etag})
			}
			for m := range lastmod {
				lastmod[m] = tt.newest.AddDate(0, -m, 0)
				write(m, m)
			}
			index(tt.etag)
			config := p.config(t, "  - {url: 'URL/sitemap.xml', type: sitemap}\nrevisit: []\n")
			crawl := func(after time.Duration) []string {
				p.Requests()
				s := p.crawl(t, began.Add(after), false, config, dir, failOn("failures", "discovered<100%"))
				if s.Listed < months || s.Listed > months+2 {
					t.Errorf("after %v: %d articles are listed", after, s.Listed)
				}
				return p.Requests()
			}
			crawl(0)
			for _, after := range []time.Duration{10 * time.Minute, 5 * time.Hour, 23 * time.Hour} {
				want := []string{"/map-0.xml", "/sitemap.xml"}
				if !tt.quiet {
					want = []string{"/map-0.xml", "/map-1.xml", "/map-2.xml", "/map-3.xml", "/map-4.xml", "/map-5.xml", "/map-6.xml", "/map-7.xml", "/sitemap.xml"}
				}
				if got := crawl(after); !slices.Equal(got, want) {
					t.Errorf("after %v asked for %q", after, got)
				}
			}
			write(3, 3, 30) // and the index does not tell
			if got := crawl(25 * time.Hour); len(got) != months+2 || !slices.Contains(got, path(30)) {
				t.Errorf("a day later asked for %q", got)
			}
			if got := crawl(26 * time.Hour); tt.quiet && len(got) != 2 {
				t.Errorf("and an hour after that for %q", got)
			}
			write(5, 5, 50)
			lastmod[5] = began.Add(26 * time.Hour)
			index(`"2"`)
			if got := crawl(27 * time.Hour); !slices.Contains(got, path(50)) || tt.quiet && slices.Contains(got, "/map-6.xml") {
				t.Errorf("after the index told of a change: %q", got)
			}
		})
	}
}

// TestQuietSeed: a sitemap that is configured is asked for by every run, whatever an
// index says of it; what it lists counts once, and no run of an unchanged site writes.
func TestQuietSeed(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	p.Set("/map.xml", p.Map("sitemapindex", "<sitemap><loc>URL/map-1.xml</loc><lastmod>2025-11-01</lastmod></sitemap>",
		"<sitemap><loc>URL/map-2.xml</loc><lastmod>2026-03-02</lastmod></sitemap>"))
	for n := range 3 {
		p.Set(fmt.Sprintf("/map-%d.xml", n), p.Map("urlset", fmt.Sprintf("<url><loc>URL/2024/0301/bridge-%d.html</loc></url>", n)))
		p.Set(fmt.Sprintf("/2024/0301/bridge-%d.html", n), story(n, "", ""))
	}
	config := p.config(t, "  - {url: 'URL/map.xml', type: sitemap}\n  - {url: 'URL/map-1.xml', type: sitemap}\nrevisit: []\n")
	for hour := range 4 {
		p.Requests()
		s := p.crawl(t, began.Add(time.Duration(hour)*time.Hour), false, config, dir)
		if s.Listed != 2 || hour > 0 && s.Batches != 0 {
			t.Errorf("after %d hours: %d articles listed, %d batches", hour, s.Listed, s.Batches)
		}
		if got := p.Requests(); !slices.Contains(got, "/map-1.xml") {
			t.Errorf("after %d hours: asked for %q", hour, got)
		}
	}
}

// TestQuietIndexStandsStill: an index that is not modified for days is not believed,
// whatever it said of its sitemaps when it was read first.
func TestQuietIndexStandsStill(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	began := time.Date(2026, 3, 3, 8, 0, 0, 0, time.UTC)
	index := p.Map("sitemapindex", "<sitemap><loc>URL/map-1.xml</loc><lastmod>2026-03-01</lastmod></sitemap>",
		"<sitemap><loc>URL/map-2.xml</loc><lastmod>2026-02-01</lastmod></sitemap>")
	p.Set("/map.xml", index)
	for n := 1; n <= 2; n++ {
		p.Set(fmt.Sprintf("/map-%d.xml", n), p.Map("urlset", fmt.Sprintf("<url><loc>URL/2024/0301/bridge-%d.html</loc></url>", n)))
		p.Set(fmt.Sprintf("/2024/0301/bridge-%d.html", n), story(n, "", ""))
	}
	config := p.config(t, "  - {url: 'URL/map.xml', type: sitemap}\nrevisit: []\n")
	for _, c := range []struct {
		after   time.Duration
		asked   bool // for the sitemaps
		batches int
	}{
		{0, true, 1}, {time.Hour, false, 0}, {25 * time.Hour, true, 1}, {26 * time.Hour, true, 0}, // read anew after a day, it is too old
		{73 * time.Hour, true, 1}, {74 * time.Hour, true, 0}, {75 * time.Hour, true, 0},
	} {
		p.Requests()
		s := p.crawl(t, began.Add(c.after), false, config, dir)
		if got := p.Requests(); slices.Contains(got, "/map-1.xml") != c.asked || s.Batches != c.batches || s.Listed != 2 {
			t.Errorf("after %v: asked for %q, %d batches, %d listed", c.after, got, s.Batches, s.Listed)
		}
	}
}
