package report_test

import (
	"fmt"
	"testing"
	"time"

	"pressmark/storage/ledger"
	"pressmark/storage/report"
)

func TestOf(t *testing.T) {
	noon := time.Date(2024, 4, 1, 12, 0, 0, 0, time.UTC)
	var st ledger.State
	for i, r := range []ledger.Record{
		{URL: "a", Outcome: ledger.Archived, Article: "articles/s/a.json", Published: "2024-03-01T10:00:00Z", Source: "feed", Missing: []string{"http_404 img.example 3", "timeout img.example 1"}},
		{URL: "b", Outcome: ledger.Archived, Article: "articles/s/b.json", Published: "2024-03-05", Source: "feed", Missing: []string{"http_404 img.example 2"}},
		{URL: "b2", Outcome: ledger.Unchanged, Article: "articles/s/b.json", Published: "2024-03-03", Alias: "b"},
		{URL: "c", Outcome: ledger.Failed, Reason: "timeout", Due: noon.Add(time.Hour), Source: "feed"},
		{URL: "d", Outcome: ledger.Skipped, Reason: ledger.ReasonGaveUp, Detail: "timeout"},
		{URL: "e", Outcome: ledger.Queued, Due: noon},
		{URL: "feed", Kind: ledger.KindFeed, Outcome: ledger.Failed, Reason: "http_403", Tries: 2, Due: noon.Add(2 * time.Hour)},
		{URL: "list", Kind: ledger.KindList, Outcome: ledger.Unchanged, Warning: "cut: at 16 MiB"},
	} {
		r.Seq, r.Time = int64(i+1), noon
		st.Apply(r)
	}
	s := report.Of("s", &st, func(r ledger.Record) bool { return r.URL == "e" })
	for want, got := range map[string]any{
		"s 6 8 1": fmt.Sprint(s.Site, " ", s.URLs, " ", s.Records, " ", s.Due),
		"map[archived:2 failed:1 queued:1 skipped:1 unchanged:1]": s.Outcomes,
		"[{failed timeout 1} {skipped gave_up 1}]":                s.Reasons,
		"[{2024-04-01 6 2 2}]":                                    s.Days,
		"[{ 3 0 1} {feed 3 2 1}]":                                 s.Sources,
		"[{timeout 2 1}]":                                         s.Failures,
		"[{2024-03-02 2024-03-04 3 0}]":                           s.Gaps,
		"[{img.example http_404 5} {img.example timeout 1}]":      s.Missing,
		"{2 6}":                                         s.Totals,
		"[{2024-03-01 1} {2024-03-05 1}]":               s.Published,
		"last 2024-04-01 12:00:00 +0000 UTC":            fmt.Sprint("last ", s.LastRun),
		"[{list cut: at 16 MiB}]":                       s.Warned,
		"feed http_403 2 2024-04-01 14:00:00 +0000 UTC": fmt.Sprint(s.Broken[0].URL, " ", s.Broken[0].Reason, " ", s.Broken[0].Tries, " ", s.Broken[0].Due),
		"2024-04-01 12:00:00 +0000 UTC":                 s.NextDue,
	} {
		if fmt.Sprint(got) != want {
			t.Errorf("got  %v\nwant %s", got, want)
		}
	}
}
