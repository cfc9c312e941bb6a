package main

import (
	"encoding/json"
	"testing"
	"time"

	"pressmark/crawler"
	testpaper "pressmark/crawler/testweb/paper"
)

// paper is a small site of which a test sets every page, crawled by the program.
type paper struct{ *testpaper.Paper }

type sheet = testpaper.Sheet

var story, list = testpaper.Story, testpaper.List

func startPaper(t *testing.T) paper {
	t.Helper()
	return paper{testpaper.Start(t, nil)}
}

// crawl runs a command on the site at a time and returns the summary.
func (p paper) crawl(t *testing.T, at time.Time, want int, args ...string) crawler.Summary {
	t.Helper()
	code, out, errs := pressmarkAt(t, func() time.Time { return at }, append(args, "--json", "--quiet")...)
	if code != want {
		t.Fatalf("%v: exit status %d, want %d\n%s\n%s", args, code, want, out, errs)
	}
	checkSums(t, out)
	var sums []crawler.Summary
	if err := json.Unmarshal([]byte(out), &sums); err != nil || len(sums) != 1 {
		t.Fatalf("%v: %s", err, out)
	}
	return sums[0]
}
