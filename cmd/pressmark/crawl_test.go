package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/testweb/newsroom"
	"pressmark/extract/article"
)

// TestTwoCrawlers runs two and three crawls of one site at once: the log has no
// fork, and who loses says so.
func TestTwoCrawlers(t *testing.T) {
	room, config := startRoom(t, newsroom.Options{Delay: -1})
	for _, n := range []int{2, 3} {
		dir := t.TempDir()
		codes, outs := make([]int, n), make([]string, n)
		var wg sync.WaitGroup
		for i := range n {
			wg.Go(func() {
				var out, errs bytes.Buffer
				a := &app{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, now: time.Now}
				codes[i] = a.run(t.Context(), []string{"crawl", "demo-county", "--config", config, "--to", dir, "--quiet", "--batch-articles", "2"})
				outs[i] = out.String() + errs.String()
			})
		}
		wg.Wait()
		won := 0
		for i, code := range codes {
			switch code {
			case exitDone:
				won++
			case exitFailures:
				if !strings.Contains(outs[i], "another") {
					t.Errorf("the loser does not say why:\n%s", outs[i])
				}
			default:
				t.Errorf("exit status %d\n%s", code, outs[i])
			}
		}
		if won > 1 {
			// The second began when the first was done: legal, if all is there once.
			t.Logf("%d of %d crawls committed one after the other", won, n)
		}
		if code, out, errs := pressmark(t, "crawl", "demo-county", "--config", config, "--to", dir, "--quiet"); code != exitDone {
			t.Fatalf("the crawl after: exit status %d\n%s%s", code, out, errs)
		}
		k := &killer{}
		outcomes := map[string]string{}
		a := &app{now: time.Now}
		arch, err := openArchive(t.Context(), dir, storeOptions{Logger: a.logger(true)})
		if err != nil {
			t.Fatal(err)
		}
		k.outcomes(t, arch, "demo-county", outcomes)
		if got := readArticles(t, dir); len(got) != len(room.Site("demo-county").Truth()) {
			t.Errorf("%d articles, want %d", len(got), len(room.Site("demo-county").Truth()))
		}
	}
}

// TestInterrupt stops a crawl with a signal: it ends soon, with exit status 130
// and everything done committed, and the next run completes the archive.
func TestInterrupt(t *testing.T) {
	t.Parallel() // it mostly waits
	room, config := startRoom(t, newsroom.Options{Delay: 100 * time.Millisecond})
	exe, dir := buildProgram(t), t.TempDir()
	cmd := exec.CommandContext(t.Context(), exe, "crawl", "demo-client", "--config", config, "--to", dir)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waitForRequests(t, room.Site("demo-client"), 12)
	for range 500 { // as one: timeout(1) signals the process and then its group
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
		t.Fatalf("after SIGTERM: %v\n%s", err, out.String())
	}
	if !strings.Contains(out.String(), "queued") {
		t.Errorf("the summary does not say what is queued:\n%s", out.String())
	}
	if code, out, errs := pressmark(t, "crawl", "demo-client", "--config", config, "--to", dir, "--quiet"); code != exitDone {
		t.Fatalf("the crawl after: exit status %d\n%s%s", code, out, errs)
	}
	if got, want := len(readArticles(t, dir)), len(room.Site("demo-client").Truth()); got != want {
		t.Errorf("%d articles, want %d", got, want)
	}
	if code, out, _ := pressmark(t, "verify", dir); code != exitDone {
		t.Errorf("verify: exit status %d\n%s", code, out)
	}
}

func waitForRequests(t *testing.T, s *newsroom.Site, n int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for len(s.Requests()) < n {
		select {
		case <-ctx.Done():
			t.Fatalf("%d requests, waited for %d", len(s.Requests()), n)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// TestArchive archives without configuration: one article, a section, a feed,
// a sitemap, a whole site; with limits of number and date.
func TestArchive(t *testing.T) {
	room, _ := startRoom(t, newsroom.Options{Delay: -1})
	county := room.Site("demo-county")
	truth := county.Truth()
	section, err := sectionOf(truth[0].URL)
	if err != nil {
		t.Fatal(err)
	}
	year := 0
	for _, a := range truth {
		if *a.Published >= "2024-07-01" && *a.Published < "2024-08-01" {
			year++
		}
	}
	for _, c := range []struct {
		name string
		args []string
		want int
	}{
		{"article", []string{truth[3].URL}, 1},
		{"two articles", []string{truth[3].URL, truth[5].URL}, 2},
		{"section", []string{section, "--depth", "0"}, -1},
		{"feed", []string{county.URL() + "/feed.xml"}, -1},
		{"sitemap", []string{county.URL() + "/sitemap.xml"}, len(truth) - 1}, // one story stands in the feed alone
		{"site", []string{county.URL() + "/"}, len(truth)},
		{"limit", []string{county.URL() + "/", "--limit", "4"}, 4},
		{"month", []string{county.URL() + "/", "--since", "2024-07-01", "--until", "2024-07-31"}, year},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "a")
			args := append([]string{"archive", "--to", dir, "--allow-private", "--delay", "0", "--json", "--quiet"}, c.args...)
			code, out, errs := pressmark(t, args...)
			if code != exitDone {
				t.Fatalf("exit status %d\n%s%s", code, out, errs)
			}
			checkSums(t, out)
			got := readArticles(t, dir)
			if c.want >= 0 && len(got) != c.want || len(got) == 0 {
				t.Errorf("%d articles, want %d\n%s", len(got), c.want, out)
			}
			again, out2, _ := pressmark(t, args...)
			var sums []crawler.Summary
			if err := json.Unmarshal([]byte(out2), &sums); err != nil || again != exitDone {
				t.Fatal(err, again)
			}
			if c.name != "limit" && sums[0].Archived+sums[0].Revised != 0 {
				t.Errorf("run again: %s", out2)
			}
		})
	}
	if v := room.Violations(); len(v) > 0 {
		t.Errorf("requests against robots.txt: %v", v)
	}
}

func sectionOf(url string) (string, error) {
	i := strings.Index(url, "//")
	parts := strings.SplitN(url[i+2:], "/", 3)
	if len(parts) < 3 {
		return "", errors.New("no section in " + url)
	}
	return url[:i+2] + parts[0] + "/" + parts[1] + "/", nil
}

// TestManifestWithMemory extracts saved pages of one site, which prints the same
// appeal under every article, with and without what repeats on them.
func TestManifestWithMemory(t *testing.T) {
	dir := t.TempDir()
	var list strings.Builder
	for n := range 4 {
		page := fmt.Sprintf("<title>Story %d</title><h1>Story %d</h1><div>", n, n)
		for i := range 4 {
			page += fmt.Sprintf("<p>In the village of %c%d they mended %d roofs, and the school, before the rain came back.</p>", 'A'+n, n*7+i, n+i)
		}
		page += "<p>The Echo is written by people who live here, and paid for by those who read it every day.</p></div>"
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(n)), []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&list, `{"id":"%d","url":"https://echo.example/a/%d.html","path":"%d"}`+"\n", n, n, n)
	}
	manifest := filepath.Join(dir, "pages.jsonl")
	if err := os.WriteFile(manifest, []byte(list.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for flag, want := range map[string]int{"--memory=false": 4, "--memory": 0} {
		code, out, errs := pressmark(t, "extract", "--manifest", manifest, flag)
		if got := strings.Count(out, `"text":"The Echo is written`); code != exitDone || got != want || strings.Count(out, `"article":`) != 4 {
			t.Errorf("%s: exit status %d, the appeal in %d articles, want %d\n%s%s", flag, code, got, want, out, errs)
		}
	}
}

// TestCapturesGiveTheSame extracts the captures of a crawl anew: the same
// articles, and the same bytes each time.
func TestCapturesGiveTheSame(t *testing.T) {
	_, config := startRoom(t, newsroom.Options{Delay: -1})
	for _, batch := range []string{"0", "1"} { // the default; or as small as can be, with the parts of an article in several files
		t.Run("batches of "+batch, func(t *testing.T) { capturesGiveTheSame(t, config, batch) })
	}
}

func capturesGiveTheSame(t *testing.T, config, batch string) {
	dir := t.TempDir()
	if code, out, errs := pressmark(t, "crawl", "--config", config, "--to", dir, "--quiet", "--batch-bytes", batch); code != exitDone {
		t.Fatalf("exit status %d\n%s%s", code, out, errs)
	}
	code, first, errs := pressmark(t, "extract", "--warc", dir, "--config", config)
	if code != exitDone {
		t.Fatalf("exit status %d\n%s", code, errs)
	}
	if _, second, _ := pressmark(t, "extract", "--warc", dir, "--config", config); second != first {
		t.Error("the same captures gave other bytes")
	}
	stored := readArticles(t, dir)
	for _, line := range strings.Split(strings.TrimSpace(first), "\n") {
		var got struct {
			Article *article.Article `json:"article"`
		}
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatal(err)
		}
		if got.Article == nil {
			continue
		}
		for _, a := range stored {
			if a.Capture.WARC == got.Article.Capture.WARC && a.Capture.Offset == got.Article.Capture.Offset {
				if d := article.Diff(a, got.Article); d != nil {
					t.Errorf("%s: extracted anew it differs in %v", a.URL, d)
				}
				delete(stored, a.URL)
			}
		}
	}
	for url := range stored {
		t.Errorf("not in the captures: %s", url)
	}
}
