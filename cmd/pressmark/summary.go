package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/tally"
)

// manySites is the number of sites from which the end of a run is reported by reason
// instead of by site.
const manySites = 30

// printSummaries prints the results of the sites' runs, as tables or as JSON.
func printSummaries(w io.Writer, sums []crawler.Summary, run runHead, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(run.objects(sums))
	}
	shown := sums
	if len(sums) > manySites {
		shown = tally.Worst(sums, manySites)
	}
	t := newTable(w)
	t.AppendHeader(table.Row{"Site", "Discovered", "Archived", "Revised", "Unchanged", "Gone", "Skipped", "Failed", "Queued", "Images", "Requests", "Time"})
	for _, s := range shown {
		t.AppendRow(summaryRow(s))
	}
	if len(shown) < len(sums) {
		t.AppendRow(table.Row{fmt.Sprintf("… and %d more", len(sums)-len(shown))})
	}
	if len(sums) > 1 {
		all := tally.Total(sums)
		all.Site = "all"
		t.AppendFooter(summaryRow(all))
	}
	t.SetColumnConfigs(rightAligned(2, 12))
	t.Render()
	for _, s := range sums {
		printDrift(w, s.Site, s.Drift)
	}
	if len(sums) > manySites {
		printManyTroubles(w, sums)
		return nil
	}
	return printReasons(w, sums)
}

// runHead is the common part of the summaries of a run.
type runHead struct {
	Run     string    `json:"run"`
	Started time.Time `json:"started"`
	Version string    `json:"version"`
}

// siteObject is a site's summary as programs read it.
type siteObject struct {
	runHead
	crawler.Summary
	Seconds float64      `json:"elapsed_seconds"`
	Error   *errorObject `json:"error,omitempty"`
}

func (h runHead) objects(sums []crawler.Summary) []siteObject {
	out := make([]siteObject, len(sums)) // in JSON no null
	for i, s := range sums {
		out[i] = siteObject{h, s, s.Elapsed.Seconds(), objectOf(s.Err)}
	}
	return out
}

// printManyTroubles prints why sites, pages, sources and images of a run of many sites were
// not archived.
func printManyTroubles(w io.Writer, sums []crawler.Summary) {
	t := newTable(w)
	t.AppendHeader(table.Row{"What", "Reason", "Sites", "Count", "For example"})
	troubles := tally.Troubles(sums)
	if len(troubles) == 0 {
		return
	}
	for _, tr := range troubles {
		names := strings.Join(tr.Examples, ", ")
		if tr.Sites > len(tr.Examples) {
			names += ", …"
		}
		t.AppendRow(table.Row{tr.Kind, tr.Reason, tr.Sites, tr.Count, names})
	}
	fmt.Fprintln(w)
	t.SetColumnConfigs(rightAligned(3, 4))
	t.Render()
	fmt.Fprintln(w, "'pressmark status SITE' has each site's own reasons; --json has all of them.")
}

func summaryRow(s crawler.Summary) table.Row {
	return table.Row{s.Site, s.Discovered, s.Archived, s.Revised, s.Unchanged, s.Gone, s.Skipped, s.Failed, s.Queued, s.Images, s.Requests,
		s.Elapsed.Round(100 * time.Millisecond)}
}

// printReasons prints why pages were not archived, and other failures.
func printReasons(w io.Writer, sums []crawler.Summary) error {
	t := newTable(w)
	t.AppendHeader(table.Row{"Site", "Outcome", "Reason", "Pages"})
	rows := 0
	for _, s := range sums {
		for _, r := range s.Reasons {
			t.AppendRow(table.Row{s.Site, r.Outcome, r.Reason, r.Count})
			rows++
		}
	}
	if rows > 0 {
		fmt.Fprintln(w)
		t.SetColumnConfigs(rightAligned(4, 4))
		t.Render()
	}
	for _, s := range sums {
		if s.SourcesFailed > 0 {
			fmt.Fprintf(w, "%s: %d of %d sources (feeds, sitemaps, lists) could not be read\n", s.Site, s.SourcesFailed, s.Sources)
			printProblems(w, s.Problems)
		}
		if s.SourcesWarned > 0 {
			fmt.Fprintf(w, "%s: %d of %d sources were read with warnings, and may list more\n", s.Site, s.SourcesWarned, s.Sources)
			printProblems(w, s.Warnings)
		}
		if s.SourcesShrunk > 0 {
			fmt.Fprintf(w, "%s: %d of %d sources list less than half of what they usually do\n", s.Site, s.SourcesShrunk, s.Sources)
			printProblems(w, s.Shrunk)
		}
		if s.ImagesFailed > 0 {
			fmt.Fprintf(w, "%s: %d images are not archived; each article's JSON says which and why\n", s.Site, s.ImagesFailed)
			printMissing(w, s.MissingImages)
		}
		if s.Err != nil {
			fmt.Fprintf(w, "%s: stopped: %s\n", s.Site, clean(s.Err.Error()))
		}
	}
	return nil
}

// printMissing says where images are missing, and why.
func printMissing(w io.Writer, list []tally.MissingImages) {
	const most = 10
	for _, m := range list[:min(len(list), most)] {
		fmt.Fprintf(w, "  %s: %s: %d\n", clean(m.Host), clean(m.Reason), m.Count)
	}
}

// printProblems prints the problems of sources, with advice if there is any.
func printProblems(w io.Writer, problems []crawler.SourceProblem) {
	for _, p := range problems {
		fmt.Fprintf(w, "  %s: %s", clean(p.URL), clean(p.Reason))
		switch {
		case p.Reason == fetch.CodePrivateAddress:
			fmt.Fprint(w, ": not a public address; --allow-private lets it through")
		case p.Reason == fetch.CodeRobotsDisallowed:
			fmt.Fprint(w, ": the site's robots.txt forbids it")
		case p.Detail != "":
			fmt.Fprintf(w, ": %s", clean(strings.TrimPrefix(p.Detail, fmt.Sprintf("get %s: %s: ", p.URL, p.Reason))))
		}
		fmt.Fprintln(w)
	}
}

// printNothingNew explains a run that archived nothing.
func printNothingNew(w io.Writer, sums []crawler.Summary) {
	if len(sums) > manySites { // the table of reasons has those without an article
		return
	}
	for i := range sums {
		switch s := &sums[i]; {
		case s.Barren():
			fmt.Fprintf(w, "%s: no article found: %d links of the site were seen on %d sources (feeds, sitemaps, lists)\n", s.Site, s.Links, s.Sources)
			printWhyNot(w, s)
		case s.Discovered > 0 || !s.Complete():
		case s.Known > 0:
			fmt.Fprintf(w, "%s: nothing new, and none of its %d archived articles is due for another look\n", s.Site, s.Known)
		default:
			fmt.Fprintf(w, "%s: no article found\n", s.Site)
		}
	}
}

// printWhyNot prints why no link of a site led to an article.
func printWhyNot(w io.Writer, s *crawler.Summary) {
	for _, r := range s.Reasons {
		fmt.Fprintf(w, "  %d pages: %s (%s)\n", r.Count, clean(r.Reason), r.Outcome)
	}
	if s.Discovered == 0 {
		fmt.Fprintln(w, "  none of them looks like an article; name a section, a feed or a sitemap of the site instead")
	}
}
