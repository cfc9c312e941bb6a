package main

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pressmark/storage/ledger"
)

// TestEach: a source is not looked at more often than its configuration says,
// whether or not it has changed, and as often as that.
func TestEach(t *testing.T) {
	for _, tt := range []struct {
		name string
		etag string
	}{
		{"unchanged", ""},
		{"not modified", `"1"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			const path = "/2024/0301/council-takes-up-the-bridge-7.html"
			p, dir := startPaper(t), t.TempDir()
			front := list("", path)
			front.etag = tt.etag
			p.set("/", front)
			p.set(path, story(7, "", ""))
			config := p.config(t, "  - {url: 'URL/', type: page, each: 1h}\n")
			began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
			var looks []int
			for minute := 0; minute < 4*60; minute += 10 {
				p.requests()
				p.crawl(t, began.Add(time.Duration(minute)*time.Minute), exitDone, "crawl", "paper", "--config", config, "--to", dir, "--fail-on", "discovered<1,failures")
				if slices.Contains(p.requests(), "/") {
					looks = append(looks, minute)
				}
			}
			if fmt.Sprint(looks) != "[0 60 120 180]" {
				t.Errorf("looked at after %v minutes", looks)
			}
		})
	}
}

// TestSourceRecovers: a source that failed and then answers as before is well again
// in the log, whether it would say "not modified" or not.
func TestSourceRecovers(t *testing.T) {
	for _, status := range []int{403, 404} {
		const path = "/2024/0301/council-takes-up-the-bridge-7.html"
		p, dir := startPaper(t), t.TempDir()
		front := list("", path)
		front.etag = `"1"`
		p.set("/", front)
		p.set(path, story(7, "", ""))
		config := p.config(t, "  - {url: 'URL/', type: page}\n")
		began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
		crawl := func(after time.Duration, want int) ledger.Record {
			p.crawl(t, began.Add(after), want, "crawl", "paper", "--config", config, "--to", dir)
			return lastRecord(t, dir, "paper", p.URL+"/")
		}
		well := crawl(0, exitDone)
		p.set("/", sheet{status: status})
		if rec := crawl(10*time.Minute, exitFailures); rec.Tries != 1 {
			t.Errorf("%d: %+v", status, rec)
		}
		p.set("/", front)
		if rec := crawl(20*time.Minute, exitDone); rec.Outcome != well.Outcome || rec.Reason != well.Reason || rec.Tries != 0 || !rec.Due.IsZero() || rec.ETag != `"1"` {
			t.Errorf("%d, and well again: %+v", status, rec)
		}
		if s := p.crawl(t, began.Add(30*time.Minute), exitDone, "crawl", "paper", "--config", config, "--to", dir); s.Batches != 0 || s.Bytes != 0 {
			t.Errorf("%d, and unchanged: %+v", status, s)
		}
	}
}
