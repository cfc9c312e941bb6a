package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pressmark/crawler"
	"pressmark/crawler/testweb/newsroom"
	"pressmark/extract/article"
)

// TestTruth crawls the demo's sites and compares the archive with the truth
// that their pages were made from: every field, every image, every place.
func TestTruth(t *testing.T) {
	room, config := startRoom(t, newsroom.Options{Delay: -1})
	dir := t.TempDir()
	code, out, errs := pressmark(t, "crawl", "--config", config, "--to", dir, "--json")
	if code != exitDone {
		t.Fatalf("exit status %d\n%s\n%s", code, out, errs)
	}
	got := readArticles(t, dir)
	total := 0
	for _, site := range room.Sites() {
		for _, want := range site.Truth() {
			total++
			have := got[want.URL]
			if have == nil {
				t.Errorf("%s: not archived: %s %s", site.Name(), want.URL, want.Title)
				continue
			}
			compareArticle(t, dir, want, have)
			delete(got, want.URL)
		}
	}
	for url := range got {
		t.Errorf("archived, but no article: %s", url)
	}
	if v := room.Violations(); len(v) > 0 {
		t.Errorf("requests against robots.txt: %v", v)
	}
	if total < 45 {
		t.Errorf("%d articles in the newsroom, want 45 or more", total)
	}
	checkSums(t, out)
	if code, out, errs := pressmark(t, "verify", dir); code != exitDone { // every article against the stored schema, among others
		t.Errorf("verify: exit status %d\n%s%s", code, out, errs)
	}
}

// compareArticle compares what a page tells with the truth, and the images with their files.
func compareArticle(t *testing.T, dir string, want, have *article.Article) {
	t.Helper()
	crawled := cmpopts.IgnoreFields(article.Article{}, "Evidence", "Warnings", "Capture", "Extractor", "Revision", "ContentHash")
	unsaid := cmpopts.IgnoreFields(article.Article{}, // the truth has no word on what stands in the head and the frame
		"Headlines", "Description", "Publisher", "Section", "Keywords", "Links", "Access", "Rights", "OptOuts")
	image := cmpopts.IgnoreFields(article.Image{}, "Key", "Status", "Alt", "Role", "PHash")
	block := cmpopts.IgnoreFields(article.Block{}, "HeaderRows") // not every style marks header cells
	for _, a := range []*article.Article{want, have} {
		for i := range a.Images {
			slices.Sort(a.Images[i].Alternates) // an offer; its order says nothing
		}
	}
	if d := cmp.Diff(want, have, crawled, unsaid, image, block, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s (- truth, + archive):\n%s", want.URL, d)
	}
	for i := range have.Images {
		img := &have.Images[i]
		if img.Status != article.ImageArchived {
			t.Errorf("%s: image %s is %s", want.URL, img.URL, img.Status)
			continue
		}
		if info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(img.Key))); err != nil || info.Size() != img.Bytes {
			t.Errorf("%s: image %s: %v", want.URL, img.Key, err)
		}
	}
}

// checkSums checks that a summary's numbers add up.
func checkSums(t *testing.T, out string) {
	t.Helper()
	var sums []crawler.Summary
	if err := json.Unmarshal([]byte(out), &sums); err != nil {
		t.Fatalf("summary: %v\n%s", err, out)
	}
	for _, s := range sums {
		if n := s.Archived + s.Revised + s.Unchanged + s.Gone + s.Skipped + s.Failed + s.Queued; n != s.Discovered {
			t.Errorf("%s: %d discovered, but the outcomes add up to %d", s.Site, s.Discovered, n)
		}
	}
}
