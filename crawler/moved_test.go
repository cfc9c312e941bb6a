package crawler_test

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
		s.Body = strings.Replace(s.Body, "</div>", "<p>Correction: an earlier version of this report gave the wrong number of hours that the council had spent.</p></div>", 1)
		return s
	}
	for _, tt := range []struct {
		name    string
		changed bool // the text, too
		listed  bool // the front page has the new address before the old one is looked at
		old     func(p newspaper, now sheet) sheet
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
			p.Set("/", list("", before))
			p.Set(before, story(7, "", ""))
			config := p.config(t, "  - {url: 'URL/', type: page}\n")
			began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
			crawl := func(at time.Duration) {
				p.crawl(t, began.Add(at), false, config, dir)
			}
			crawl(0)
			now := story(7, "<link rel=canonical href="+p.URL+after+">", "")
			if tt.changed {
				now = corrected(now)
			}
			p.Set(after, now)
			p.Set(before, tt.old(p, now))
			if tt.listed {
				p.Set("/", list("", after))
				crawl(10 * time.Minute)
			}
			crawl(2 * time.Hour)
			p.Set("/", list("", after))
			crawl(3 * time.Hour)
			crawl(30 * time.Hour)

			rec := p.record(t, dir, p.URL+before)
			want := 1
			if tt.changed {
				want = 2
			}
			if rec.Outcome != ledger.Unchanged || rec.Alias != "" || rec.Revision != want || !rec.Due.Equal(began.AddDate(0, 0, 7)) {
				t.Errorf("the article: %+v", rec)
			}
			if rec := p.record(t, dir, p.URL+after); rec.Reason != ledger.ReasonAlias || rec.Alias != p.URL+before {
				t.Errorf("its new address: %+v", rec)
			}
			if got := p.paths(t, dir); len(got) != 1 {
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
	p.Set("/", list("", before))
	p.Set(before, story(7, "", ""))
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	crawl := func(hours int) crawler.Summary {
		return p.crawl(t, began.Add(time.Duration(hours)*time.Hour), false, config, dir)
	}
	crawl(0)
	now := story(7, "<link rel=canonical href="+p.URL+after+">", "")
	p.Set(after, now)
	p.Set(before, redirected(after)(p, now))
	crawl(2)
	now.Body = strings.Replace(now.Body, "</div>", "<p>Correction: an earlier version of this report gave the wrong number of hours that the council had spent.</p></div>", 1)
	p.Set(after, now)
	p.Set(printed, now)
	p.Set("/", list("", after, printed))
	crawl(3)
	if rec := p.record(t, dir, p.URL+printed); rec.Alias != p.URL+before {
		t.Errorf("the copy: %+v", rec)
	}
	if s := crawl(7); s.Revised != 1 || len(p.paths(t, dir)) != 1 {
		t.Errorf("archived %q, %+v", p.paths(t, dir), s)
	}
}

// TestArticlesThatLeadToANotice: what two articles redirect to is none of them where
// it is another text: neither gets a revision of it, nor is one the alias of the other.
func TestArticlesThatLeadToANotice(t *testing.T) {
	const one, two, notice = "/2024/0301/council-takes-up-the-bridge-7.html", "/2024/0301/council-takes-up-the-bridge-8.html", "/notices/2024/03/15/what-we-took-down.html"
	p, dir := startPaper(t), t.TempDir()
	p.Set("/", list("", one, two))
	p.Set(one, story(7, "", ""))
	p.Set(two, story(8, "", ""))
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	crawl := func(hours int) {
		p.crawl(t, began.Add(time.Duration(hours)*time.Hour), false, config, dir)
	}
	crawl(0)
	p.Set(notice, story(50, "", ""))
	p.Set(one, redirected(notice)(p, sheet{}))
	p.Set(two, redirected(notice)(p, sheet{}))
	crawl(2)
	for _, path := range []string{one, two} {
		rec, a := p.record(t, dir, p.URL+path), p.articles(t, dir)[p.URL+path]
		if rec.Alias != "" && rec.Alias != p.URL+notice || a == nil || a.Revision != 1 {
			t.Errorf("%s: %+v", path, rec)
		}
	}
}

func redirected(to string) func(newspaper, sheet) sheet {
	return func(p newspaper, _ sheet) sheet {
		return sheet{Serve: http.RedirectHandler(p.URL+to, http.StatusMovedPermanently).ServeHTTP}
	}
}

func asTheNew(_ newspaper, now sheet) sheet { return now }
