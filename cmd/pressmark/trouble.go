package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"pressmark/storage/ledger"
)

// troubles are the pages that failed, by reason, and the sources that could not be read.
func troubles(st *ledger.State) ([]failureStatus, []sourceStatus) {
	reasons := map[string]*failureStatus{}
	count := func(reason string, givenUp int) {
		f := reasons[reason]
		if f == nil {
			f = &failureStatus{Reason: reason}
			reasons[reason] = f
		}
		f.Pages, f.GivenUp = f.Pages+1, f.GivenUp+givenUp
	}
	broken := []sourceStatus{}
	for r := range st.All() {
		switch {
		case r.Kind == ledger.KindPage && r.Outcome == ledger.Failed:
			count(r.Reason, 0)
		case r.Kind == ledger.KindPage && r.Reason == ledger.ReasonGaveUp:
			count(r.Detail, 1)
		case isBroken(r):
			s := sourceStatus{URL: r.URL, Reason: r.Reason, Tries: r.Tries}
			if !r.Due.IsZero() {
				s.Due = &r.Due
			}
			broken = append(broken, s)
		}
	}
	failures := []failureStatus{}
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		failures = append(failures, *reasons[reason])
	}
	slices.SortStableFunc(failures, func(a, b failureStatus) int { return cmp.Compare(b.Pages, a.Pages) })
	return failures, broken
}

// isBroken tells whether a record is that of a source that could not be read.
func isBroken(r ledger.Record) bool {
	switch r.Kind {
	case ledger.KindList, ledger.KindFeed, ledger.KindMap:
		return r.Outcome == ledger.Failed || r.Outcome == ledger.Skipped && r.Tries > 0
	}
	return false
}

// warnings are the sources that were read with warnings.
func warnings(st *ledger.State) []warningStatus {
	out := []warningStatus{}
	for r := range st.All() {
		if r.Warning != "" {
			out = append(out, warningStatus{URL: r.URL, Warning: r.Warning})
		}
	}
	return out
}

// gaps are the days between the first and the last article on which none was
// published: of a backfill, what may be missing.
func gaps(st *ledger.State) []gapStatus {
	days := map[string]bool{}
	for r := range st.All() {
		if r.Kind == ledger.KindPage && r.Article != "" && r.Alias == "" && len(r.Published) >= len(time.DateOnly) {
			days[r.Published[:len(time.DateOnly)]] = true
		}
	}
	out := []gapStatus{}
	var last time.Time
	for _, name := range slices.Sorted(maps.Keys(days)) {
		day, err := time.Parse(time.DateOnly, name)
		if err != nil {
			continue
		}
		if n := int(day.Sub(last).Hours())/24 - 1; !last.IsZero() && n > 0 {
			out = append(out, gapStatus{last.AddDate(0, 0, 1).Format(time.DateOnly), day.AddDate(0, 0, -1).Format(time.DateOnly), n})
		}
		last = day
	}
	return out
}

func printTroubles(w io.Writer, s siteStatus) {
	if len(s.Failures) > 0 {
		fmt.Fprintln(w)
		t := newTable(w)
		t.AppendHeader(table.Row{"Failure", "Pages", "Given up"})
		for _, f := range s.Failures {
			t.AppendRow(table.Row{f.Reason, f.Pages, f.GivenUp})
		}
		t.SetColumnConfigs(rightAligned(2, 3))
		t.Render()
	}
	if len(s.Broken) > 0 {
		fmt.Fprintln(w)
		t := newTable(w)
		t.AppendHeader(table.Row{"Source that fails", "Reason", "Tries", "Next try"})
		for _, b := range s.Broken {
			next := "never"
			if b.Due != nil {
				next = b.Due.Local().Format("2006-01-02 15:04")
			}
			t.AppendRow(table.Row{b.URL, b.Reason, b.Tries, next})
		}
		t.SetColumnConfigs(rightAligned(3, 3))
		t.Render()
	}
}

// printWarnings prints the sources that were read with warnings.
func printWarnings(w io.Writer, list []warningStatus) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintln(w)
	t := newTable(w)
	t.AppendHeader(table.Row{"Source that may list more", "Warning"})
	for _, s := range list {
		t.AppendRow(table.Row{s.URL, s.Warning})
	}
	t.Render()
}

// mostGaps is how many gaps are printed; --json has all.
const mostGaps = 10

// printGaps prints the longest gaps, in the order of days.
func printGaps(w io.Writer, list []gapStatus) {
	if len(list) == 0 {
		return
	}
	longest := slices.Clone(list)
	slices.SortStableFunc(longest, func(a, b gapStatus) int { return cmp.Compare(b.Days, a.Days) })
	longest = longest[:min(len(longest), mostGaps)]
	slices.SortFunc(longest, func(a, b gapStatus) int { return cmp.Compare(a.From, b.From) })
	fmt.Fprintln(w)
	t := newTable(w)
	t.AppendHeader(table.Row{"Nothing published", "To", "Days"})
	for _, g := range longest {
		t.AppendRow(table.Row{g.From, g.To, g.Days})
	}
	t.SetColumnConfigs(rightAligned(3, 3))
	t.Render()
	if n := len(list) - len(longest); n > 0 {
		fmt.Fprintf(w, "and %d shorter gaps\n", n)
	}
}
