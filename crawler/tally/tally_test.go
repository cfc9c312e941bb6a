package tally_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pressmark/crawler/tally"
	"pressmark/storage/ledger"
)

// TestPages: every page counts once, with its newest outcome.
func TestPages(t *testing.T) {
	var events []string
	x := tally.New("herald", func(e tally.Event) {
		events = append(events, fmt.Sprintf("%s %s %d/%d", e.URL, e.Outcome, e.Done, e.Discovered))
	})
	for _, url := range []string{"a", "b", "c"} {
		if !x.Claim(url) {
			t.Errorf("%s was claimed before", url)
		}
	}
	if x.Claim("b") || !x.Seen("b") || x.Seen("d") {
		t.Error("b was claimed, d was not")
	}
	x.Page("a", ledger.Archived, "")
	x.Page("b", ledger.Failed, "timeout")
	x.Page("b", ledger.Skipped, ledger.ReasonAlias)
	s := x.Summary()
	if s.Discovered != 3 || s.Archived != 1 || s.Skipped != 1 || s.Queued != 1 || s.Failed != 0 {
		t.Errorf("%+v", s)
	}
	want := []tally.ReasonCount{{Outcome: ledger.Queued, Reason: ledger.ReasonSeen, Count: 1}, {Outcome: ledger.Skipped, Reason: ledger.ReasonAlias, Count: 1}}
	if d := cmp.Diff(want, s.Reasons); d != "" {
		t.Errorf("reasons (- want):\n%s", d)
	}
	if d := cmp.Diff([]string{"a archived 1/3", "b failed 2/3", "b skipped 2/3"}, events); d != "" {
		t.Errorf("events (- want):\n%s", d)
	}
}

// TestNotCommitted: pages whose records are lost are queued again; sources and
// pages that nobody claimed do not count.
func TestNotCommitted(t *testing.T) {
	x := tally.New("herald", nil)
	x.Claim("a")
	x.Page("a", ledger.Archived, "")
	x.NotCommitted([]ledger.Record{{URL: "a"}, {URL: "front", Kind: ledger.KindList}, {URL: "other"}})
	if s := x.Summary(); s.Discovered != 1 || s.Queued != 1 || s.Reasons[0].Reason != ledger.ReasonNotCommitted {
		t.Errorf("%+v", s)
	}
}

// TestLists: what is missing from a source counts, what another one has more does
// not make up for it.
func TestLists(t *testing.T) {
	x := tally.New("herald", nil)
	x.Listed("a", 2, 10)
	x.Listed("b", 30, 10)
	for n := range tally.MaxProblems + 2 {
		x.SourceFailed(tally.SourceProblem{URL: fmt.Sprint(n)})
	}
	if s := x.Summary(); s.Listed != 32 || s.Usual != 20 || s.Missed != 8 || s.SourcesFailed != 12 || len(s.Problems) != tally.MaxProblems {
		t.Errorf("%+v", s)
	}
}

// TestClaimOnce: of many that find a page at once, one has it.
func TestClaimOnce(t *testing.T) {
	x := tally.New("herald", nil)
	var wg sync.WaitGroup
	var mu sync.Mutex
	won := 0
	for range 50 {
		wg.Go(func() {
			if x.Claim("a") {
				mu.Lock()
				won++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if won != 1 {
		t.Errorf("%d have it", won)
	}
}
