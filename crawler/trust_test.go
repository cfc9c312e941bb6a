package crawler_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// stubborn answers 304 to every conditional request, whatever has changed.
func stubborn(etag func() string, body func() string) sheet {
	return sheet{Serve: func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", etag())
		w.Header().Set("Last-Modified", "Sat, 16 Nov 2041 19:11:00 GMT")
		if r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(body()))
	}}
}

// TestNotModifiedForEver: a source that says "not modified" for ever is read anew
// once a day, and by --refetch at once.
func TestNotModifiedForEver(t *testing.T) {
	path := func(n int) string { return fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n) }
	p, dir := startPaper(t), t.TempDir()
	links := []string{path(1)}
	for n := range 5 {
		p.Set(path(n), story(n, "", ""))
	}
	p.Set("/", stubborn(func() string { return `"1"` }, func() string { return list("", links...).Body }))
	config := p.config(t, "  - {url: 'URL/', type: page}\nrevisit: []\n")
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	look := func(after time.Duration, more ...option) []string {
		p.Requests()
		p.crawl(t, began.Add(after), false, config, dir, more...)
		return p.Requests()
	}
	look(0)
	links = append(links, path(2))
	for _, step := range []struct {
		after time.Duration
		found bool
	}{{time.Hour, false}, {23 * time.Hour, false}, {25 * time.Hour, true}} {
		if got := look(step.after); slices.Contains(got, path(2)) != step.found {
			t.Errorf("after %v: asked for %q", step.after, got)
		}
	}
	links = append(links, path(3))
	if got := look(26 * time.Hour); slices.Contains(got, path(3)) {
		t.Errorf("an hour after it was read: %q", got)
	}
	if got := look(27*time.Hour, refetch); !slices.Contains(got, path(3)) {
		t.Errorf("--refetch believes a 304: %q", got)
	}
	// Unchanged for days: a record a day and no more.
	for day := 2; day < 5; day++ {
		batches := 0
		for hour := range 3 {
			s := p.crawl(t, began.Add(time.Duration(day)*25*time.Hour+time.Duration(hour)*time.Hour), false, config, dir)
			batches += s.Batches
		}
		if batches > 1 {
			t.Errorf("day %d: %d batches of an unchanged source", day, batches)
		}
	}
}

// TestNewETagOfA304: the validator that a 304 brings replaces the one before.
func TestNewETagOfA304(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	path, n := "/2024/0301/council-takes-up-the-bridge-1.html", 0
	p.Set(path, story(1, "", ""))
	var sent []string
	p.Set("/", sheet{Serve: func(w http.ResponseWriter, r *http.Request) {
		n++
		sent = append(sent, r.Header.Get("If-None-Match"))
		w.Header().Set("ETag", fmt.Sprintf(`"%d"`, n))
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(list("", path).Body))
	}})
	config := p.config(t, "  - {url: 'URL/', type: page}\nrevisit: []\n")
	for hour := range 3 {
		p.crawl(t, time.Date(2026, 3, 2, 8+hour, 0, 0, 0, time.UTC), false, config, dir)
	}
	if got := strings.Join(sent, " "); got != ` "1" "2"` {
		t.Errorf("validators sent: %s", got)
	}
}

// TestArticleNotModifiedForEver: an article is fetched without validators at every
// third look, so that a correction is seen.
func TestArticleNotModifiedForEver(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	path, page := "/2024/0301/council-takes-up-the-bridge-1.html", story(1, "", "").Body
	p.Set("/", list("", path))
	p.Set(path, stubborn(func() string { return `"1"` }, func() string { return page }))
	config := p.config(t, "  - {url: 'URL/', type: page}\nrevisit: [1h, 2h, 3h, 4h]\n")
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	var revised []int
	for look := range 5 {
		if p.crawl(t, began.Add(time.Duration(look)*61*time.Minute), false, config, dir).Revised > 0 {
			revised = append(revised, look)
		}
		page = strings.ReplaceAll(story(1, "", "").Body, "heavy lorries", "all lorries and buses")
	}
	if fmt.Sprint(revised) != "[3]" {
		t.Errorf("the correction was seen at look %v, want the third after the first", revised)
	}
}

// TestDamagedPage: a page whose compression is damaged is archived with a warning and
// looked at once more; then the whole text replaces it.
func TestDamagedPage(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	path, whole := "/2024/0301/council-takes-up-the-bridge-1.html", story(1, "", "").Body
	cut := len(whole)
	p.Set("/", list("", path))
	p.Set(path, sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write([]byte(whole[:cut]))
		_ = z.Close()
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", "gzip")
		if cut < len(whole) {
			b.Truncate(b.Len() - 8)
		}
		_, _ = w.Write(b.Bytes())
	}})
	cut = strings.LastIndex(whole, "Members of the county")
	config := p.config(t, "  - {url: 'URL/', type: page}\nrevisit: [100h]\n")
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	look := func(minutes int) []string {
		p.Requests()
		p.crawl(t, began.Add(time.Duration(minutes)*time.Minute), false, config, dir)
		return p.Requests()
	}
	look(0)
	for _, a := range p.articles(t, dir) {
		if !slices.ContainsFunc(a.Warnings, func(w string) bool { return strings.HasPrefix(w, "truncated") }) {
			t.Errorf("no warning: %q", a.Warnings)
		}
	}
	if got := look(40); !slices.Contains(got, path) {
		t.Errorf("it is not looked at once more: %q", got)
	}
	if got := look(90); slices.Contains(got, path) {
		t.Errorf("it is looked at for ever: %q", got)
	}
	cut = len(whole)
	look(101 * 60)
	for _, a := range p.articles(t, dir) {
		if a.Revision != 2 || len(a.Warnings) != 0 {
			t.Errorf("revision %d, %q, want the whole text", a.Revision, a.Warnings)
		}
	}
}
