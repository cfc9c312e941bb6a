package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"pressmark/crawler"
	"pressmark/storage/ledger"
)

// TestArticleMoves: an article that gets another address stays one article under
// its first one: what changed meanwhile is a revision of it, and the new address is
// its alias, whether the page or a list tells of it first.
func TestArticleMoves(t *testing.T) {
	const before, after = "/2024/0301/council-takes-up-the-bridge-7.html", "/news/2024/03/01/council-takes-up-bridge-seven.html"
	corrected := func(s sheet) sheet {
		s.body = strings.Replace(s.body, "</div>", "<p>Correction: an earlier version of this report gave the wrong number of hours that the council had spent.</p></div>", 1)
		return s
	}
	for _, tt := range []struct {
		name    string
		changed bool // the text, too
		listed  bool // the front page has the new address before the old one is looked at
		old     func(p *paper, now sheet) sheet
	}{
		{"redirect", false, false, redirected(after)},
		{"redirect, with a correction", true, false, redirected(after)},
		{"redirect, listed at once", false, true, redirected(after)},
		{"canonical address", false, false, asTheNew},
		{"canonical address, with a correction", true, false, asTheNew},
		{"canonical address, listed at once", false, true, asTheNew},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, dir := startPaper(t), t.TempDir()
			p.set("/", list("", before))
			p.set(before, story(7, "", ""))
			config := p.config(t, "  - {url: 'URL/', type: page}\n")
			began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
			crawl := func(at time.Duration) {
				p.crawl(t, began.Add(at), exitDone, "crawl", "paper", "--config", config, "--to", dir)
			}
			crawl(0)
			now := story(7, "<link rel=canonical href="+p.URL+after+">", "")
			if tt.changed {
				now = corrected(now)
			}
			p.set(after, now)
			p.set(before, tt.old(p, now))
			if tt.listed {
				p.set("/", list("", after))
				crawl(10 * time.Minute)
			}
			crawl(2 * time.Hour)
			p.set("/", list("", after))
			crawl(3 * time.Hour)
			crawl(30 * time.Hour)

			rec := lastRecord(t, dir, "paper", p.URL+before)
			want := 1
			if tt.changed {
				want = 2
			}
			if rec.Outcome != ledger.Unchanged || rec.Alias != "" || rec.Revision != want || !rec.Due.Equal(began.AddDate(0, 0, 7)) {
				t.Errorf("the article: %+v", rec)
			}
			if rec := lastRecord(t, dir, "paper", p.URL+after); rec.Reason != ledger.ReasonAlias || rec.Alias != p.URL+before {
				t.Errorf("its new address: %+v", rec)
			}
			if got := archivedPaths(t, dir); len(got) != 1 {
				t.Errorf("archived %q", got)
			}
		})
	}
}

// TestCopyOfArticleThatMoved: a page that names the new address of an article as its
// own is an alias of the article, even where its text is newer than the archive's.
func TestCopyOfArticleThatMoved(t *testing.T) {
	const before, after, printed = "/2024/0301/council-takes-up-the-bridge-7.html", "/news/2024/03/01/council-takes-up-bridge-seven.html", "/news/2024/03/01/print/council-takes-up-bridge-seven.html"
	p, dir := startPaper(t), t.TempDir()
	p.set("/", list("", before))
	p.set(before, story(7, "", ""))
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	crawl := func(hours int) crawler.Summary {
		return p.crawl(t, began.Add(time.Duration(hours)*time.Hour), exitDone, "crawl", "paper", "--config", config, "--to", dir)
	}
	crawl(0)
	now := story(7, "<link rel=canonical href="+p.URL+after+">", "")
	p.set(after, now)
	p.set(before, redirected(after)(p, now))
	crawl(2)
	now.body = strings.Replace(now.body, "</div>", "<p>Correction: an earlier version of this report gave the wrong number of hours that the council had spent.</p></div>", 1)
	p.set(after, now)
	p.set(printed, now)
	p.set("/", list("", after, printed))
	crawl(3)
	if rec := lastRecord(t, dir, "paper", p.URL+printed); rec.Alias != p.URL+before {
		t.Errorf("the copy: %+v", rec)
	}
	if s := crawl(7); s.Revised != 1 || len(archivedPaths(t, dir)) != 1 {
		t.Errorf("archived %q, %+v", archivedPaths(t, dir), s)
	}
}

// TestArticlesThatLeadToANotice: what two articles redirect to is none of them where
// it is another text: neither gets a revision of it, nor is one the alias of the other.
func TestArticlesThatLeadToANotice(t *testing.T) {
	const one, two, notice = "/2024/0301/council-takes-up-the-bridge-7.html", "/2024/0301/council-takes-up-the-bridge-8.html", "/notices/2024/03/15/what-we-took-down.html"
	p, dir := startPaper(t), t.TempDir()
	p.set("/", list("", one, two))
	p.set(one, story(7, "", ""))
	p.set(two, story(8, "", ""))
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	crawl := func(hours int) {
		p.crawl(t, began.Add(time.Duration(hours)*time.Hour), exitDone, "crawl", "paper", "--config", config, "--to", dir)
	}
	crawl(0)
	p.set(notice, story(50, "", ""))
	p.set(one, redirected(notice)(p, sheet{}))
	p.set(two, redirected(notice)(p, sheet{}))
	crawl(2)
	for _, path := range []string{one, two} {
		rec, a := lastRecord(t, dir, "paper", p.URL+path), readArticles(t, dir)[p.URL+path]
		if rec.Alias != "" && rec.Alias != p.URL+notice || a == nil || a.Revision != 1 {
			t.Errorf("%s: %+v", path, rec)
		}
	}
}

func redirected(to string) func(*paper, sheet) sheet {
	return func(p *paper, _ sheet) sheet {
		return sheet{serve: http.RedirectHandler(p.URL+to, http.StatusMovedPermanently).ServeHTTP}
	}
}

func asTheNew(_ *paper, now sheet) sheet { return now }
