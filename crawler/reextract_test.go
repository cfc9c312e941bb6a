package crawler_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/ledger"
)

// TestReextract: what other rules make of the captured pages is told field by field,
// and committed as revisions, without a request; a second time nothing changes.
func TestReextract(t *testing.T) {
	const path, other = "/2024/0301/council-takes-up-the-bridge-7.html", "/2024/0301/council-takes-up-the-bridge-8.html"
	p, dir := startPaper(t), t.TempDir()
	now := time.Now()
	p.Set("/", list("", path, other))
	for n, at := range map[int]string{7: path, 8: other} {
		s := story(n, "", "")
		if n == 7 {
			s.Body = strings.Replace(s.Body, "<h1>", "<h2 class=headline>The bridge, again</h2><h1>", 1)
		}
		p.Set(at, s)
	}
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	p.crawl(t, now, false, config, dir)
	p.Requests()

	store, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	run := func(write bool) map[string]crawler.Reextracted {
		t.Helper()
		sites, err := configs.Load(config)
		if err != nil {
			t.Fatal(err)
		}
		x := crawler.Reextraction{Archive: storage.NewArchive(store, storage.Options{}), Sites: sites, Version: "test", Write: write,
			Now: func() time.Time { return now.Add(time.Hour) }}
		got := map[string]crawler.Reextracted{}
		if err := x.Site(t.Context(), "paper", func(r crawler.Reextracted) error {
			got[strings.TrimPrefix(r.URL, p.URL)] = r
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return got
	}
	for at, r := range run(false) {
		if r.Verdict != crawler.Same || len(r.Changes) > 0 {
			t.Errorf("%s with the same rules: %s %s", at, r.Verdict, r.Changes)
		}
	}
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, append(text, "rules:\n  - title: .headline\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	before := p.Log(t, dir)[path]
	for _, write := range []bool{false, true} {
		got := run(write)
		r := got[path]
		if len(got) != 2 || r.Verdict != crawler.Revise || got[other].Verdict != crawler.Update { // a warning: the rule finds nothing there
			t.Fatalf("write %v: %+v", write, got)
		}
		var title string
		for _, c := range r.Changes {
			if c.Field == "title" {
				title = fmt.Sprintf("%s -> %s", c.Old, c.New)
			}
		}
		if title != `"Council takes up bridge number 7" -> "The bridge, again"` {
			t.Errorf("the title's change is %s", title)
		}
		if rec := p.Log(t, dir)[path]; !write && rec.Seq != before.Seq {
			t.Errorf("a diff wrote %+v", rec)
		}
	}
	a, rec := p.Article(t, dir, path), p.Log(t, dir)[path]
	if a.Title != "The bridge, again" || a.Revision != 2 || rec.Outcome != ledger.Revised || rec.Reason != ledger.ReasonReextracted ||
		fmt.Sprint(rec.Changed) != "[title]" || rec.ContentHash != a.ContentHash || !rec.Due.Equal(before.Due) {
		t.Errorf("written %+v\n%+v", a, rec)
	}
	if a.Capture != mustRevision(t, store, path, p.URL).Capture {
		t.Error("a revision made anew names another capture")
	}
	for at, r := range run(true) {
		if r.Verdict != crawler.Same {
			t.Errorf("a second time %s: %s %s", at, r.Verdict, r.Changes)
		}
	}
	if asked := p.Requests(); len(asked) > 0 {
		t.Errorf("asked for %q", asked)
	}
	checks := storage.Thorough(nil)
	checks.SchemaFile = nil // the program stores it, not the crawl
	report, err := storage.Verify(t.Context(), store, checks)
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("%v %v", report.Problems, err)
	}
}

// mustRevision is the first revision of the article at a path.
func mustRevision(t *testing.T, store storage.Store, path, paper string) *article.Article {
	t.Helper()
	data, _, err := storage.ReadObject(t.Context(), store, storage.RevisionKey("paper", article.ID(paper+path), 1))
	if err != nil {
		t.Fatal(err)
	}
	a, err := article.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
