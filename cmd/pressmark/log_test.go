package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"pressmark/storage/ledger"
)

// TestLogFollow: a pipeline that follows a site from before its first crawl
// gets every record whole and in order, and goes on where it stopped.
func TestLogFollow(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	now := time.Now()
	for n := range 6 {
		p.Set(fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n), story(n, "", ""))
	}
	front := func(n int) {
		var links []string
		for i := range n {
			links = append(links, fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", i))
		}
		p.Set("/", list("", links...))
	}
	config := p.Config(t, "  - {url: 'URL/', type: page}\n")
	crawl := func(after time.Duration) {
		p.crawl(t, now.Add(after), exitDone, "crawl", "paper", "--config", config, "--to", dir, "--batch-articles", "1")
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	in, out := io.Pipe()
	code := make(chan int, 1)
	var errs bytes.Buffer
	go func() {
		a := &app{stdin: strings.NewReader(""), stdout: out, stderr: &errs, now: time.Now}
		code <- a.run(ctx, []string{"log", "--to", dir, "--follow", "--all", "--poll", "5ms"})
		out.Close()
	}()
	front(3)
	crawled := make(chan struct{})
	go func() {
		crawlAny(t, p, now, config, dir)
		close(crawled)
	}()
	var last int64
	stored := 0
	for lines := bufio.NewScanner(in); stored < 3 && lines.Scan(); {
		var rec ledger.Record
		if err := json.Unmarshal(lines.Bytes(), &rec); err != nil || rec.Seq != last+1 {
			t.Fatalf("after record %d: %v: %s", last, err, lines.Bytes())
		}
		last = rec.Seq
		if rec.Article != "" {
			stored++
		}
	}
	cancel()
	go io.Copy(io.Discard, in) // nobody reads any more
	if got := <-code; got != exitInterrupted || errs.String() != "pressmark: stopped by a signal\n" {
		t.Errorf("stopped: exit status %d, %q", got, &errs)
	}
	<-crawled
	front(6)
	crawl(10 * time.Minute)
	_, rest, _ := pressmark(t, "log", "paper", "--all", "--to", dir, "--since", fmt.Sprint(last))
	_, all, _ := pressmark(t, "log", "paper", "--all", "--to", dir)
	if n := bytes.Count([]byte(all), []byte("\n")) - bytes.Count([]byte(rest), []byte("\n")); int64(n) != last || !strings.HasSuffix(all, rest) {
		t.Errorf("--since %d leaves out %d records", last, n)
	}
	_, late, _ := pressmark(t, "log", "paper", "--to", dir, "--since", now.Add(5*time.Minute).UTC().Format(time.RFC3339))
	if strings.Count(late, `"outcome":"archived"`) != 3 {
		t.Errorf("--since a time:\n%s", late)
	}
	if code, out, errs := pressmark(t, "compact", "paper", "--to", dir); code != exitDone || !strings.Contains(out, "state after segment") {
		t.Errorf("compact: exit status %d\n%s%s", code, out, errs)
	}
	if _, again, _ := pressmark(t, "log", "paper", "--all", "--to", dir); again != all {
		t.Error("compact changed the feed")
	}
	if code, out, _ := pressmark(t, "verify", dir); code != exitDone {
		t.Errorf("verify: exit status %d\n%s", code, out)
	}
}

// TestLogOfTwoSites: records of several sites say whose they are, a record number
// is one site's, and what compact did can be read by machines.
func TestLogOfTwoSites(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		p := startPaper(t)
		p.Set("/a.html", story(1, "", ""))
		p.crawl(t, time.Now(), exitDone, "archive", p.URL+"/a.html", "--to", dir, "--allow-private", "--delay", "0")
	}
	_, out, _ := pressmark(t, "log", "--all", "--to", dir)
	seqs := map[string]int64{}
	for lines := bufio.NewScanner(strings.NewReader(out)); lines.Scan(); {
		var rec struct {
			Site string
			ledger.Record
		}
		if err := json.Unmarshal(lines.Bytes(), &rec); err != nil || rec.Seq != seqs[rec.Site]+1 || rec.URL == "" {
			t.Fatalf("%v: %s", err, lines.Bytes())
		}
		seqs[rec.Site] = rec.Seq
	}
	if len(seqs) != 2 || seqs[""] != 0 {
		t.Errorf("the records are of the sites %v", seqs)
	}
	for site, last := range seqs {
		if code, out, errs := pressmark(t, "log", site, "--all", "--to", dir, "--since", fmt.Sprint(last-1)); code != exitDone || strings.Count(out, "\n") != 1 {
			t.Errorf("exit status %d\n%s%s", code, out, errs)
		}
	}
	if code, _, errs := pressmark(t, "log", "--to", dir, "--since", "1"); code != exitMisuse || !strings.Contains(errs, "one site") {
		t.Errorf("--since a number, of two sites: exit status %d: %s", code, errs)
	}
	code, out, errs := pressmark(t, "compact", "--to", dir, "--json")
	var all []compacted
	if err := json.Unmarshal([]byte(out), &all); code != exitDone || err != nil || len(all) != 2 || all[0].URLs == 0 {
		t.Errorf("exit status %d, %v\n%s%s", code, err, out, errs)
	}
}
