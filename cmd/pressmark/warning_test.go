package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestListCutOff: a sitemap that breaks off is named in the log, the summary and the
// status, and is read whole at the next look, whatever its validators are: "not
// modified" would hide the rest for ever. Then it is well again.
func TestListCutOff(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	path := func(n int) string { return fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n) }
	for n := range 3 {
		p.Set(path(n), story(n, "", ""))
	}
	entry := func(n int) string { return "<url><loc>" + p.URL + path(n) + "</loc></url>" }
	p.Set("/map.xml", sheet{Body: "<urlset>" + entry(0) + "<url><loc>" + p.URL, ETag: `"1"`})
	config := p.Config(t, "  - {url: 'URL/map.xml', type: sitemap}\n")
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	at := func(after time.Duration) func() time.Time { return func() time.Time { return began.Add(after) } }

	code, out, errs := pressmarkAt(t, at(0), "crawl", "paper", "--config", config, "--to", dir, "--quiet")
	if want := "1 of 1 sources were read with warnings"; code != exitDone || !strings.Contains(out, want) || !strings.Contains(out, "/map.xml: cut: 1 entries do not end") {
		t.Fatalf("exit status %d, want %q in\n%s%s", code, want, out, errs)
	}
	if rec := p.Log(t, dir)["/map.xml"]; !strings.HasPrefix(rec.Warning, "cut: 1 ") || rec.ETag != "" || rec.Links != 1 {
		t.Errorf("%+v", rec)
	}
	status := func() string {
		_, out, _ := pressmarkAt(t, at(time.Hour), "status", "paper", "--to", dir)
		_, asJSON, _ := pressmarkAt(t, at(time.Hour), "status", "paper", "--to", dir, "--json")
		return out + asJSON
	}
	if out := status(); !strings.Contains(out, "Source that may list more") || !strings.Contains(out, `"warning": "cut: 1 `) {
		t.Errorf("status says nothing of it:\n%s", out)
	}

	p.Set("/map.xml", sheet{Body: "<urlset>" + entry(0) + entry(1) + entry(2) + "</urlset>", ETag: `"1"`})
	s := p.crawl(t, began.Add(10*time.Minute), exitDone, "crawl", "paper", "--config", config, "--to", dir)
	if s.Archived != 2 || s.SourcesWarned != 0 {
		t.Errorf("the rest of the list is not found: %+v", s)
	}
	if out := status(); strings.Contains(out, "Source that may list more") {
		t.Errorf("a source that is well again:\n%s", out)
	}
}

// TestListWithUnusableEntries: entries that lead nowhere are reported by every run, also
// by those in which the source was not modified.
func TestListWithUnusableEntries(t *testing.T) {
	for _, kind := range []string{"sitemap", "feed"} {
		p, dir := startPaper(t), t.TempDir()
		const path = "/2024/0301/council-takes-up-the-bridge-7.html"
		p.Set(path, story(7, "", ""))
		body := "<urlset><url><loc>" + path + "</loc></url><url><loc>mailto:desk@example.org</loc></url></urlset>"
		if kind == "feed" {
			body = "<rss version='2.0'><channel><item><link>" + path + "</link></item><item><link>mailto:desk@example.org</link></item></channel></rss>"
		}
		p.Set("/list.xml", sheet{Body: body, ETag: `"1"`})
		config := p.Config(t, "  - {url: 'URL/list.xml', type: "+kind+"}\n")
		for run := range 2 {
			p.Requests()
			s := p.crawl(t, time.Date(2026, 3, 2, 8, 10*run, 0, 0, time.UTC), exitDone, "crawl", "paper", "--config", config, "--to", dir)
			if s.SourcesWarned != 1 || len(s.Warnings) != 1 || s.Warnings[0].Reason != "bad_url" || !strings.Contains(s.Warnings[0].Detail, "mailto:desk@example.org") {
				t.Errorf("%s, run %d: %+v", kind, run, s)
			}
			if asked := p.Requests(); !slices.Contains(asked, "/list.xml") {
				t.Errorf("%s, run %d: asked for %q", kind, run, asked)
			}
		}
		if rec := p.Log(t, dir)["/list.xml"]; rec.ETag != `"1"` || !strings.HasPrefix(rec.Warning, "bad_url: 1 ") {
			t.Errorf("%s: %+v", kind, rec)
		}
	}
}
