package main

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestSitemapsBelowSitemaps: an index that names an index that names an index without
// end is left after a few.
func TestSitemapsBelowSitemaps(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	const path = "/2024/0301/council-takes-up-the-bridge-7.html"
	p.Set(path, story(7, "", ""))
	for n := range 200 {
		p.Set(fmt.Sprintf("/map-%d.xml", n), sheet{Serve: func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(strings.Trim(r.URL.Path, "/map-.xl"))
			fmt.Fprintf(w, "<sitemapindex><sitemap><loc>/map-%d.xml</loc></sitemap></sitemapindex><urlset><url><loc>%s</loc></url></urlset>", n+1, path)
		}})
	}
	config := p.Config(t, "  - {url: 'URL/map-0.xml', type: sitemap}\n")
	s := p.crawl(t, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), exitDone, "crawl", "paper", "--config", config, "--to", dir)
	if s.Sources < 4 || s.Sources > 10 || s.Archived != 1 {
		t.Errorf("%d sources, %d articles", s.Sources, s.Archived)
	}
}
