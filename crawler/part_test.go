package crawler_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestTruncatedPart: an article whose second part came cut says so, and is looked at
// again; when the part comes whole, the warning is gone.
func TestTruncatedPart(t *testing.T) {
	begin := time.Date(2024, 3, 10, 8, 0, 0, 0, time.UTC)
	p, dir := startPaper(t), t.TempDir()
	p.Set("/", list("", "/2024/0301/council-1.html"))
	p.Set("/2024/0301/council-1.html", story(1, "", "<a class=next rel=next href=/2024/0301/council-1_2.html>Next page</a>"))
	second := []byte(strings.ReplaceAll(story(2, "", "").Body, "bridge number 2", "bridge number 1"))
	serve := func(cut int) {
		p.Set("/2024/0301/council-1_2.html", sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
			var body bytes.Buffer
			z := gzip.NewWriter(&body)
			_, _ = z.Write(second)
			_ = z.Close()
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = io.Copy(w, bytes.NewReader(body.Bytes()[:body.Len()-cut]))
		}})
	}
	serve(12)
	config := p.config(t, "  - {url: URL/, type: page}\n")
	p.crawl(t, begin, false, config, dir)
	warned := func() bool {
		return slices.ContainsFunc(p.Article(t, dir, "/2024/0301/council-1.html").Warnings, func(w string) bool {
			return strings.HasPrefix(w, "truncated: ") && strings.Contains(w, "part "+p.URL+"/2024/0301/council-1_2.html")
		})
	}
	rec := p.record(t, dir, p.URL+"/2024/0301/council-1.html")
	if !warned() || rec.Warning == "" || rec.Due.IsZero() {
		t.Fatalf("warnings %q, record %+v", p.Article(t, dir, "/2024/0301/council-1.html").Warnings, rec)
	}
	serve(0)
	p.crawl(t, rec.Due.Add(time.Minute), false, config, dir)
	if rec = p.record(t, dir, p.URL+"/2024/0301/council-1.html"); rec.Warning != "" {
		t.Errorf("after the whole part: %+v", rec)
	}
}
