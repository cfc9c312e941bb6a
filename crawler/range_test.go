package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pressmark/crawler"
	"pressmark/storage/ledger"
)

// of is a story published on a day of 2024.
func of(n int, month time.Month, day int) sheet {
	s := story(n, "", "")
	published := fmt.Sprintf("2024-03-%02dT%02d:%02d", n%28+1, 8, n%60)
	shown := fmt.Sprintf("%d March 2024 08:%02d", n%28+1, n%60)
	at := time.Date(2024, month, day, 8, n%60, 0, 0, time.UTC)
	s.Body = strings.ReplaceAll(s.Body, published, at.Format("2006-01-02T15:04"))
	s.Body = strings.ReplaceAll(s.Body, shown, at.Format("2 January 2006 15:04"))
	return s
}

// TestRangeOfASitemap: of a site's sitemaps only what may be of the days that are
// asked for is visited, by the date in an address, the date of the news and the last
// modification. Another range later finds what the first left out, though the
// sitemaps answer that they have not changed, and asks for nothing again.
func TestRangeOfASitemap(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	now := time.Date(2024, 7, 1, 9, 0, 0, 0, time.UTC)
	p.Set("/sitemap.xml", p.Map("sitemapindex",
		"<sitemap><loc>URL/sitemap-2024-02.xml</loc></sitemap>", "<sitemap><loc>URL/sitemap-2024-03.xml</loc></sitemap>",
		"<sitemap><loc>URL/sitemap-news.xml</loc></sitemap>", "<sitemap><loc>URL/sitemap-old.xml</loc><lastmod>2024-01-05</lastmod></sitemap>"))
	p.Set("/sitemap-2024-02.xml", p.Map("urlset", "<url><loc>URL/2024/02/11/a-bridge-is-shut.html</loc></url>"))
	p.Set("/sitemap-2024-03.xml", p.Map("urlset",
		"<url><loc>URL/2024/03/01/a-bridge-is-old.html</loc></url>", "<url><loc>URL/2024/03/11/a-bridge-is-closed.html</loc></url>",
		"<url><loc>URL/2024/03/30/a-bridge-is-open.html</loc></url>"))
	news := func(n int, date string) string {
		return fmt.Sprintf("<url><loc>URL/news/council-takes-up-bridge-%d.html</loc><news:news><news:publication_date>%s</news:publication_date><news:title>Bridge</news:title></news:news></url>", n, date)
	}
	modified := func(n int, date string) string {
		return fmt.Sprintf("<url><loc>URL/news/council-takes-up-bridge-%d.html</loc><lastmod>%s</lastmod></url>", n, date)
	}
	p.Set("/sitemap-news.xml", p.Map("urlset", news(31, "2024-03-11T08:31:00Z"), news(32, "2024-02-12T08:32:00Z"),
		modified(41, "2024-03-12"), modified(42, "2024-01-09"), modified(43, "2024-06-01")))
	p.Set("/sitemap-old.xml", p.Map("urlset", "<url><loc>URL/news/council-takes-up-bridge-51.html</loc></url>"))
	p.Set("/2024/02/11/a-bridge-is-shut.html", of(20, time.February, 11))
	p.Set("/2024/03/01/a-bridge-is-old.html", of(21, time.March, 1))
	p.Set("/2024/03/11/a-bridge-is-closed.html", of(22, time.March, 11))
	p.Set("/2024/03/30/a-bridge-is-open.html", of(23, time.March, 30))
	for n, day := range map[int]time.Time{31: time.Date(2024, 3, 11, 0, 0, 0, 0, time.UTC), 32: time.Date(2024, 2, 12, 0, 0, 0, 0, time.UTC),
		41: time.Date(2024, 3, 12, 0, 0, 0, 0, time.UTC), 42: time.Date(2024, 1, 9, 0, 0, 0, 0, time.UTC),
		43: time.Date(2024, 2, 13, 0, 0, 0, 0, time.UTC), 51: time.Date(2024, 1, 5, 0, 0, 0, 0, time.UTC)} {
		p.Set(fmt.Sprintf("/news/council-takes-up-bridge-%d.html", n), of(n, day.Month(), day.Day()))
	}
	config := p.config(t, "  - {url: 'URL/sitemap.xml', type: sitemap}\n")
	asked := func(at time.Duration, options ...option) []string {
		t.Helper()
		p.Requests()
		p.crawl(t, now.Add(at), false, config, dir, options...)
		return p.Requests()
	}
	wantSame := func(what string, got, want []string) {
		t.Helper()
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s\n%q, want\n%q", what, got, want)
		}
	}
	bridge := func(n int) string { return fmt.Sprintf("/news/council-takes-up-bridge-%d.html", n) }
	march := []string{"/2024/03/11/a-bridge-is-closed.html", bridge(31), bridge(41)}
	wantSame("three days of March asked for", asked(0, days("2024-03-10", "2024-03-12")),
		append([]string{"/sitemap.xml", "/sitemap-2024-03.xml", "/sitemap-news.xml", bridge(43)}, march...)) // 43 says no more than when it was changed
	wantSame("archived of March", p.paths(t, dir), march)
	wantSame("again", asked(10*time.Minute, days("2024-03-10", "2024-03-12")), []string{"/sitemap.xml", "/sitemap-2024-03.xml", "/sitemap-news.xml"})

	february := []string{"/2024/02/11/a-bridge-is-shut.html", bridge(32), bridge(43)}
	got := asked(20*time.Minute, days("2024-02-10", "2024-02-20"))
	for _, path := range february {
		if !slices.Contains(got, path) {
			t.Errorf("of February, %s was not asked for: %q", path, got)
		}
	}
	for _, path := range march {
		if slices.Contains(got, path) {
			t.Errorf("%s was asked for again", path)
		}
	}
	wantSame("archived of both", p.paths(t, dir), append(march, february...))
	asked(30 * time.Minute) // all that there is
	if n := len(p.paths(t, dir)); n != 10 {
		t.Errorf("%d articles archived without a range: %q", n, p.paths(t, dir))
	}
}

// TestRangeIsNotForWhatIsArchived: an article that is due for another look gets it
// in a run for other days too, and has not failed because of them.
func TestRangeIsNotForWhatIsArchived(t *testing.T) {
	const path = "/2024/0301/council-takes-up-the-bridge-7.html"
	p, dir := startPaper(t), t.TempDir()
	p.Set("/", list("", path))
	p.Set(path, story(7, "", "<p class=views>Read 17 times</p>"))
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	p.crawl(t, now, false, config, dir)
	p.Set(path, story(7, "", "<p class=views>Read 18 times</p>"))
	p.crawl(t, now.Add(2*time.Hour), false, config, dir, days("2026-01-01", ""))
	if rec := p.record(t, dir, p.URL+path); rec.Outcome != ledger.Unchanged || rec.Visits != 2 {
		t.Errorf("after the second look: %+v", rec)
	}
}

// TestBackfillIsStoppedAndGoesOn stops a backfill over next pages at several points.
// Each run goes on where the one before stopped: nothing that was finished is asked
// for again, and in the end all is there.
func TestBackfillIsStoppedAndGoesOn(t *testing.T) {
	p, dir, now := startPaper(t), t.TempDir(), time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	stop := func() {}
	after := 0 // requests until the run is stopped
	served := func(s sheet) sheet {
		return sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
			mu.Lock()
			if after--; after == 0 {
				stop()
			}
			mu.Unlock()
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte(s.Body))
		}}
	}
	for page := 1; page <= 4; page++ {
		var links []string
		for i := range 6 {
			path := fmt.Sprintf("/news/2024/council-takes-up-bridge-%d.html", 10*page+i)
			links = append(links, path)
			p.Set(path, served(story(10*page+i, "", "")))
		}
		next := ""
		if page < 4 {
			next = fmt.Sprintf("/news/?page=%d", page+1)
		}
		p.Set(strings.TrimSuffix(fmt.Sprintf("/news/?page=%d", page), "?page=1"), served(list(next, links...)))
	}
	var all []string
	runs := 0
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	for err := crawler.ErrInterrupted; err != nil; runs++ {
		if runs > 20 {
			t.Fatal("it never ends")
		}
		ctx, cancel := context.WithCancel(t.Context())
		mu.Lock()
		stop, after = cancel, 7
		mu.Unlock()
		finished := p.paths(t, dir)
		c := p.call(t, func() time.Time { return now }, config, dir, p.only("/news/"))
		c.Context = ctx
		var sum crawler.Summary
		sum, err = c.Run(t)
		cancel()
		if err != nil && !errors.Is(err, crawler.ErrInterrupted) || sum.Err != nil {
			t.Fatal(err, sum)
		}
		asked := p.Requests()
		for _, path := range asked {
			if slices.Contains(finished, path) {
				t.Errorf("run %d asked again for %s", runs+1, path)
			}
		}
		all = append(all, asked...)
	}
	if got := p.paths(t, dir); len(got) != 24 || runs < 4 {
		t.Errorf("%d articles after %d runs: %q", len(got), runs, got)
	}
	// The articles, the next pages, and in each run the first page and what is in hand at
	// the stop: one page that is fetched and two that are read.
	if most := 24 + 3 + 4*runs; len(all) > most {
		t.Errorf("%d requests, want at most %d: %q", len(all), most, all)
	}
	t.Logf("%d requests in %d runs", len(all), runs)
}
