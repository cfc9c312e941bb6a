package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/jedib0t/go-pretty/v6/table"

	"pressmark/crawler/drift"
	"pressmark/storage/report"
)

func printStatus(w io.Writer, s siteStatus, days int) {
	fmt.Fprintf(w, "%s: %d pages, %d log records", s.Site.Site, s.URLs, s.Records)
	if s.NextDue != nil {
		fmt.Fprintf(w, ", next due %s", s.NextDue.Local().Format("2006-01-02 15:04"))
	}
	if s.Due > 0 {
		fmt.Fprintf(w, ", %d due by now", s.Due)
	}
	fmt.Fprintln(w)
	printDrift(w, s.Site.Site, s.Drift)
	outcomes := newTable(w)
	outcomes.AppendHeader(table.Row{"Outcome", "Reason", "Pages"})
	for _, o := range slices.Sorted(maps.Keys(s.Outcomes)) {
		outcomes.AppendRow(table.Row{o, "", s.Outcomes[o]})
		for _, r := range s.Reasons {
			if r.Outcome == o {
				outcomes.AppendRow(table.Row{"", r.Reason, r.Pages})
			}
		}
	}
	outcomes.SetColumnConfigs(rightAligned(3, 3))
	outcomes.Render()
	printGroups(w, "Day first seen", s.Days[max(0, len(s.Days)-days):])
	printGroups(w, "Source", s.Sources)
	printTroubles(w, s.Site)
	printWarnings(w, s.Warned)
	printImages(w, s.Missing)
	printGaps(w, s.Gaps)
	fmt.Fprintln(w)
}

// printDrift prints how a site's pages read otherwise than they used to.
func printDrift(w io.Writer, site string, f *drift.Finding) {
	if f == nil {
		return
	}
	what := "has another template, and reads as before"
	if f.Degraded {
		what = "is degraded: its pages read worse than they used to; see 'pressmark sites check' and 'pressmark sites suggest'"
	}
	fmt.Fprintf(w, "%s %s, since %s\n", clean(site), what, f.Since.Local().Format("2006-01-02 15:04"))
	for _, s := range f.Signals {
		fmt.Fprintf(w, "  %s\n", clean(s.String()))
	}
}

func printGroups(w io.Writer, name string, list []report.Group) {
	fmt.Fprintln(w)
	t := newTable(w)
	t.AppendHeader(table.Row{name, "Discovered", "Archived", "Open"})
	for _, g := range list {
		if g.Name == "" {
			g.Name = "(seeds)"
		}
		t.AppendRow(table.Row{g.Name, g.Discovered, g.Archived, g.Open})
	}
	t.SetColumnConfigs(rightAligned(2, 4))
	t.Render()
}

func printTroubles(w io.Writer, s report.Site) {
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
func printWarnings(w io.Writer, list []report.Warning) {
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

// printImages prints where images are not archived, and why.
func printImages(w io.Writer, list []report.Images) {
	if len(list) == 0 {
		return
	}
	const most = 20
	fmt.Fprintln(w)
	t := newTable(w)
	t.AppendHeader(table.Row{"Images not archived", "Reason", "Images"})
	for _, m := range list[:min(len(list), most)] {
		t.AppendRow(table.Row{m.Host, m.Reason, m.Images})
	}
	t.SetColumnConfigs(rightAligned(3, 3))
	t.Render()
}

// mostGaps is how many gaps are printed; --json has all.
const mostGaps = 10

// printGaps prints the longest gaps, in the order of days.
func printGaps(w io.Writer, list []report.Gap) {
	if len(list) == 0 {
		return
	}
	longest := slices.Clone(list)
	slices.SortStableFunc(longest, func(a, b report.Gap) int { return cmp.Compare(b.Days, a.Days) })
	longest = longest[:min(len(longest), mostGaps)]
	slices.SortFunc(longest, func(a, b report.Gap) int { return cmp.Compare(a.From, b.From) })
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
