package crawler_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/testweb/newsroom"
	"pressmark/crawler/testweb/paper"
	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/ledger"
)

// startRoom serves the demo's sites on free ports, and returns their configurations.
func startRoom(t *testing.T, o newsroom.Options) (*newsroom.Newsroom, []configs.Site) {
	t.Helper()
	o.AnyPort = true
	room, err := newsroom.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { room.Close() })
	builtin, err := configs.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, s := range builtin {
		text, err := configs.Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		fast := strings.ReplaceAll(room.Rewrite(string(text)), "delay: 200ms\n", "delay: 1ms\n") // the Crawl-delay alone sets the pace
		if err := os.WriteFile(filepath.Join(dir, s.Name+".yaml"), []byte(fast), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sites, err := configs.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return room, sites
}

// crawlAt crawls a configured site at a time of the test's choice.
func crawlAt(t *testing.T, at time.Time, sites []configs.Site, name, dir string) crawler.Summary {
	t.Helper()
	i := slices.IndexFunc(sites, func(s configs.Site) bool { return s.Name == name })
	sum, err := paper.Call{Now: func() time.Time { return at }, Dir: dir, Plan: crawler.PlanSite(sites[i]), Terms: crawler.Terms{Depth: -1}}.Run(t)
	if err != nil || sum.Err != nil {
		t.Fatal(err, sum)
	}
	return sum
}

// files lists an archive's files with their modification times.
func files(t *testing.T, dir string) map[string]time.Time {
	t.Helper()
	out := map[string]time.Time{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			out[path] = info.ModTime()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// lastRecord is the newest record of a URL.
func lastRecord(t *testing.T, dir, site, url string) ledger.Record {
	t.Helper()
	store, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	var last ledger.Record
	for rec, err := range storage.Feed(t.Context(), store, site, storage.FeedOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		if rec.URL == url {
			last = rec
		}
	}
	return last
}

// TestRevisits follows one site over simulated days: nothing new, a corrected
// article, one that is taken down and comes back.
func TestRevisits(t *testing.T) {
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	room, sites := startRoom(t, newsroom.Options{Delay: -1, Now: func() time.Time { return now }})
	const name = "demo-county"
	site, dir := room.Site(name), t.TempDir()
	first := crawlAt(t, now, sites, name, dir)
	total := len(site.Truth())
	if first.Archived != total {
		t.Fatalf("archived %d, want %d", first.Archived, total)
	}

	if rec := lastRecord(t, dir, name, site.Truth()[0].URL); !strings.HasPrefix(rec.Source, site.URL()+"/") {
		t.Errorf("the record does not say where the article was found: %+v", rec)
	}
	before := files(t, dir)
	site.Forget()
	again := crawlAt(t, now.Add(10*time.Minute), sites, name, dir)
	if again.Archived+again.Revised+again.Failed != 0 {
		t.Errorf("a crawl of an unchanged site: %+v", again)
	}
	for path, at := range files(t, dir) {
		if !at.Equal(before[path]) {
			t.Errorf("a crawl of an unchanged site wrote %s", path)
		}
	}
	if again.Requests != again.Sources || len(site.Requests()) != again.Requests {
		t.Errorf("a crawl of an unchanged site made %d requests for %d sources: %v", len(site.Requests()), again.Sources, site.Requests())
	}

	for _, r := range site.Requests() {
		if r.Status != 304 {
			t.Errorf("a crawl of an unchanged site: %s was answered %d: the request was not conditional", r.Path, r.Status)
		}
	}

	stories := site.Stories()
	edited, deleted := stories[2], stories[3]
	editedURL, deletedURL := site.TruthOf(edited.ID).URL, site.TruthOf(deleted.ID).URL
	now = now.Add(2 * time.Hour)
	if err := site.Edit(edited.ID, func(s *newsroom.Story) {
		s.Body = append(s.Body, article.Block{Type: article.Paragraph, Text: "Correction: an earlier version of this report gave the wrong day for the public meeting."})
	}); err != nil {
		t.Fatal(err)
	}
	if err := site.Delete(deleted.ID); err != nil {
		t.Fatal(err)
	}
	second := crawlAt(t, now, sites, name, dir)
	if second.Revised != 1 || second.Gone != 1 || second.Unchanged != total-2 {
		t.Errorf("after an edit and a deletion: %+v", second)
	}
	rec := lastRecord(t, dir, name, editedURL)
	if rec.Outcome != ledger.Revised || rec.Revision != 2 || !slices.Contains(rec.Changed, "body") {
		t.Errorf("the edited article's record: %+v", rec)
	}
	got := newspaper{}.articles(t, dir)[editedURL]
	if got.Revision != 2 || !strings.Contains(got.Text, "Correction: an earlier version") {
		t.Errorf("the edited article: revision %d\n%s", got.Revision, got.Text)
	}
	old, err := os.ReadFile(filepath.Join(dir, "revisions", name, got.ID, "1.json"))
	if err != nil || strings.Contains(string(old), "Correction: an earlier version") {
		t.Errorf("the first revision: %v\n%s", err, old)
	}
	if rec := lastRecord(t, dir, name, deletedURL); rec.Outcome != ledger.Gone || rec.Due.IsZero() {
		t.Errorf("the deleted article's record: %+v", rec)
	}
	if (newspaper{}).articles(t, dir)[deletedURL] == nil {
		t.Error("the deleted article left the archive")
	}

	now = now.Add(26 * time.Hour)
	if err := site.Restore(deleted.ID); err != nil {
		t.Fatal(err)
	}
	third := crawlAt(t, now, sites, name, dir)
	if third.Archived != 1 || third.Gone != 0 || third.Revised != 0 {
		t.Errorf("after the restoration: %+v", third)
	}
	if rec := lastRecord(t, dir, name, deletedURL); rec.Reason != ledger.ReasonRestored || rec.Revision != 1 {
		t.Errorf("the restored article's record: %+v", rec)
	}
}
