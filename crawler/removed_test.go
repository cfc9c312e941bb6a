package crawler_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/ledger"
)

// TestRemovedStaysAway: an article that was taken down is not asked for again, whoever
// names it; and what shows it at another address is neither archived nor captured.
func TestRemovedStaysAway(t *testing.T) {
	const path, other = "/2024/0301/council-takes-up-the-bridge-7.html", "/2024/0301/council-takes-up-the-bridge-8.html"
	const again, moved = "/2024/0302/council-takes-up-the-bridge-7-full.html", "/2024/0302/council-and-its-bridge-77.html"
	p, dir := startPaper(t), t.TempDir()
	now := time.Now()
	p.Set("/", list("", path, other))
	p.Set(path, story(7, "", ""))
	p.Set(other, story(8, "", ""))
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	p.crawl(t, now, false, config, dir)

	store, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := storage.NewArchive(store, storage.Options{}).Remove(t.Context(), "paper", []string{article.ID(p.URL + path)},
		storage.RemoveOptions{Reason: "asked for", Now: func() time.Time { return now }}); err != nil {
		t.Fatal(err)
	}
	p.Set(again, story(7, "<link rel=canonical href="+p.URL+path+">", ""))
	p.Set(moved, sheet{Serve: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, path, http.StatusFound) }})
	p.Set("/", list("", path, other, again, moved))
	p.Requests()
	p.crawl(t, now.Add(40*24*time.Hour), false, config, dir)
	p.crawl(t, now.Add(41*24*time.Hour), false, config, dir)

	if got := p.paths(t, dir); len(got) != 1 || got[0] != other {
		t.Errorf("archived %q, want %s alone", got, other)
	}
	if rec := p.record(t, dir, p.URL+path); rec.Outcome != ledger.Removed || rec.Detail != "asked for" {
		t.Errorf("the tombstone became %+v", rec)
	}
	for _, url := range []string{again, moved} {
		if rec := p.record(t, dir, p.URL+url); rec.Outcome != ledger.Skipped || rec.Reason != ledger.ReasonTakedown {
			t.Errorf("%s is %+v", url, rec)
		}
	}
	asked := p.Requests()
	if n := count(asked, path); n != 1 { // behind the redirect
		t.Errorf("asked %d times for the article: %q", n, asked)
	}
	wantNowhere(t, dir, "state of bridge number 7,")
}

func count(list []string, s string) (n int) {
	for _, x := range list {
		if x == s {
			n++
		}
	}
	return n
}

// wantNowhere: no file of the archive has the text, packed or not.
func wantNowhere(t *testing.T, dir, text string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(dir + "/" + name)
		if err != nil {
			return err
		}
		if gz, err := gzip.NewReader(bytes.NewReader(body)); err == nil {
			if body, err = io.ReadAll(gz); err != nil {
				return err
			}
		}
		if strings.Contains(string(body), text) {
			t.Errorf("%s has %q", name, text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
