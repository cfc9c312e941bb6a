package tally_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pressmark/crawler/tally"
	"pressmark/storage/ledger"
)

// manyFailures are 500 sites: 300 with a source that cannot be had, 150 with a failed page, 50 that stopped.
func manyFailures() []tally.Summary {
	var sums []tally.Summary
	for i := range 500 {
		s := tally.Summary{Site: fmt.Sprintf("site-%03d", i)}
		switch {
		case i < 300:
			s.Sources, s.SourcesFailed, s.Problems = 1, 1, []tally.SourceProblem{{URL: "https://a.example/", Reason: "dns"}}
		case i < 450:
			s.Discovered, s.Failed, s.Reasons = 2, 2, []tally.ReasonCount{{Outcome: ledger.Failed, Reason: "timeout", Count: 2}}
		default:
			s.Err = errors.New("commit batch 1 of " + s.Site + ": no room")
		}
		sums = append(sums, s)
	}
	return sums
}

func TestTroubles(t *testing.T) {
	want := []tally.Trouble{
		{Kind: tally.SourceTrouble, Reason: "dns", Sites: 300, Count: 300, Examples: []string{"site-000", "site-001", "site-002"}},
		{Kind: "failed", Reason: "timeout", Sites: 150, Count: 300, Examples: []string{"site-300", "site-301", "site-302"}},
		{Kind: tally.SiteTrouble, Reason: "no article found", Sites: 150, Count: 150, Examples: []string{"site-300", "site-301", "site-302"}},
		{Kind: tally.SiteTrouble, Reason: "commit batch 1 of SITE: no room", Sites: 50, Count: 50, Examples: []string{"site-450", "site-451", "site-452"}},
	}
	sums := manyFailures()
	for i := 300; i < 450; i++ {
		sums[i].Sources = 1 // it answered
	}
	if d := cmp.Diff(want, tally.Troubles(sums)); d != "" {
		t.Error(d)
	}
	if w := tally.Worst(sums, 60); len(w) != 60 || w[0].Site != "site-450" || w[49].Site != "site-499" || w[50].Site != "site-300" {
		t.Errorf("worst: %d, %s, %s, %s", len(w), w[0].Site, w[49].Site, w[50].Site)
	}
	err := tally.Failed(sums, nil)
	if !errors.Is(err, tally.ErrFailures) || strings.Count(err.Error(), "\n") > 0 || len(err.Error()) > 300 ||
		!strings.Contains(err.Error(), "failures: 450 of 500 sites (site-000, site-001, site-002 and 447 more)") || !strings.Contains(err.Error(), "stopped: 50 of 500 sites") {
		t.Errorf("failed: %v", err)
	}
}
