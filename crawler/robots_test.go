package crawler_test

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/replay"
	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// TestRobotsAreCaptured follows a site's robots.txt over four days: its response is
// captured when it changes, the record says where, and it is no page of the captures.
func TestRobotsAreCaptured(t *testing.T) {
	begin := time.Date(2024, 3, 10, 8, 0, 0, 0, time.UTC)
	p, dir := startPaper(t), t.TempDir()
	p.Set("/", list("", "/2024/03/05/bridge-7.html"))
	p.Set("/2024/03/05/bridge-7.html", story(7, "", ""))
	page := story(8, "", "").Body // a soft error that reads like an article
	var before ledger.Record
	for day, tt := range []struct {
		status  int // 0: no robots.txt
		body    string
		changed bool
	}{{200, "User-agent: *\nDisallow: /intern/\n", true}, {200, "User-agent: *\nDisallow: /intern/\n", false}, {200, page, true}, {0, "", true}} {
		p.Set("/robots.txt", sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
			if tt.status == 0 {
				w.WriteHeader(http.StatusNotFound)
			}
			fmt.Fprint(w, tt.body)
		}})
		p.crawl(t, begin.AddDate(0, 0, day), false, p.config(t, "  - {url: URL/, type: page}\n"), dir)
		rec := p.record(t, dir, p.URL+"/robots.txt")
		if !rec.Time.After(before.Time) {
			t.Fatalf("day %d: not recorded: %+v", day, rec)
		}
		if changed := rec.Capture != before.Capture; changed != tt.changed {
			t.Errorf("day %d: captured at %q, before at %q", day, rec.Capture, before.Capture)
		}
		if got := readRobots(t, dir, rec); tt.status != 0 && got != tt.body || tt.status == 0 && got != "404" {
			t.Errorf("day %d: the capture holds %q", day, got)
		}
		before = rec
	}
	verified(t, dir)
	for _, url := range replayed(t, dir) {
		if strings.HasSuffix(url, "/robots.txt") {
			t.Errorf("%s is replayed as a page", url)
		}
	}
}

// readRobots reads the response that a record names, "404" if that is its status.
func readRobots(t *testing.T, dir string, rec ledger.Record) string {
	t.Helper()
	at, err := ledger.ParsePlace(rec.Capture)
	if err != nil {
		t.Fatal(err)
	}
	body := readObject(t, dir, at.Key)
	captured, err := warc.ReadBytes(body[at.Offset : at.Offset+at.Length])
	if err != nil {
		t.Fatal(err)
	}
	resp, err := captured.Response()
	if err != nil || captured.URL() != rec.URL {
		t.Fatal(err, captured.URL())
	}
	if resp.Status == http.StatusNotFound {
		return "404"
	}
	return string(resp.Body)
}

// openFolder opens an archive's folder.
func openFolder(t *testing.T, dir string) storage.Store {
	t.Helper()
	store, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func readObject(t *testing.T, dir, key string) []byte {
	t.Helper()
	body, _, err := storage.ReadObject(t.Context(), openFolder(t, dir), key)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// verified fails unless everything in an archive is as it says.
func verified(t *testing.T, dir string) {
	t.Helper()
	store, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	report, err := storage.Verify(t.Context(), store, storage.Thorough(nil))
	problems := slices.DeleteFunc(report.Problems, func(p storage.Problem) bool { return p.Key == storage.SchemaKey }) // the program writes it
	if err != nil || len(problems) > 0 {
		t.Errorf("verify: %v, %v", err, problems)
	}
}

// replayed returns the addresses of the pages in an archive's captures.
func replayed(t *testing.T, dir string) (urls []string) {
	t.Helper()
	store, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	var files []replay.File
	for file, err := range storage.Captures(t.Context(), store) {
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, crawler.FileOf(store, file))
	}
	captures := replay.New(files)
	for page, err := range captures.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		urls = append(urls, page.URL)
	}
	if damage := captures.Damage(); len(damage) > 0 {
		t.Errorf("damaged: %v", damage)
	}
	if !slices.ContainsFunc(urls, func(u string) bool { return strings.HasSuffix(u, ".html") }) {
		t.Error("no article is replayed")
	}
	return urls
}

// TestRobotsCaptureIsVerified: verify names a capture of a robots.txt that is not what
// the log says, or is not there.
func TestRobotsCaptureIsVerified(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	p.Set("/", list("", "/2024/03/05/bridge-7.html"))
	p.Set("/2024/03/05/bridge-7.html", story(7, "", ""))
	p.Set("/robots.txt", sheet{Body: "User-agent: *\nDisallow:\n"})
	p.crawl(t, time.Date(2024, 3, 10, 8, 0, 0, 0, time.UTC), false, p.config(t, "  - {url: URL/, type: page}\n"), dir)
	rec := p.record(t, dir, p.URL+"/robots.txt")
	at, err := ledger.ParsePlace(rec.Capture)
	if err != nil {
		t.Fatal(err)
	}
	store, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	whole := readObject(t, dir, at.Key)
	var other bytes.Buffer
	w, err := warc.NewWriter(&other, warc.Options{File: at.Key})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = w.Write(&warc.Exchange{URL: rec.URL, Started: rec.Time, RequestHead: []byte("GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"),
		ResponseHead: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"), ResponseBody: []byte("User-agent: *\nDisallow: /\n")}); err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string][]byte{"cut": whole[:at.Offset+at.Length/2], "another": other.Bytes(), "taken away": nil} {
		if body == nil {
			err = store.Delete(t.Context(), at.Key)
		} else {
			err = store.Put(t.Context(), at.Key, body, storage.TypeWARC)
		}
		if err != nil {
			t.Fatal(err)
		}
		report, err := storage.Verify(t.Context(), store, storage.Thorough(nil))
		if err != nil || !slices.ContainsFunc(report.Problems, func(p storage.Problem) bool { return p.Key == at.Key && p.URL == rec.URL }) {
			t.Errorf("%s: %v, %v", name, err, report.Problems)
		}
	}
}
