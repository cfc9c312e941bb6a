package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"pressmark/crawler/due"
	"pressmark/storage"
	"pressmark/storage/ledger"
)

// readFlags are what the commands share that read an archive.
type readFlags struct {
	from      string
	pathStyle bool
	json      bool
}

func (f *readFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.from, "to", "./archive", "where the archive is: a folder, or s3://bucket/prefix")
	cmd.Flags().BoolVar(&f.pathStyle, "s3-path-style", false, "address buckets by path, as most S3-compatible stores want")
	cmd.Flags().BoolVar(&f.json, "json", false, "print JSON")
}

func (f *readFlags) open(ctx context.Context, a *app) (*archive, error) {
	return openArchive(ctx, f.from, storeOptions{PathStyle: f.pathStyle, Logger: a.logger(crawlFlags{quiet: true})})
}

// openSites opens the archive and finds the named sites in it, or all.
func (f *readFlags) openSites(ctx context.Context, a *app, names []string) (*archive, []string, error) {
	arch, err := f.open(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	names, err = sitesIn(ctx, arch, names)
	return arch, names, err
}

// sitesIn are the named sites, or all that the archive has. A place without any
// is a mistake: a folder that is not mounted or whose name is mistyped must not
// pass for an archive in which all is well.
func sitesIn(ctx context.Context, arch *archive, names []string) ([]string, error) {
	var all []string
	for name, err := range arch.Sites(ctx) {
		if err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	if len(all) == 0 {
		return nil, misuse("%s holds no site's log: it is no archive, or nothing was archived there yet", arch.name)
	}
	if len(names) == 0 {
		return all, nil
	}
	for _, n := range names {
		if !slices.Contains(all, n) {
			return nil, misuse("the archive has no site %q; it has: %s", n, strings.Join(all, ", "))
		}
	}
	return names, nil
}

// eachSite does something with the log of each site. A site whose log is damaged does
// not keep it from the others: damaged tells of all of these, when the rest is done.
func eachSite(names []string, do func(site string) error) (damaged, err error) {
	var why []string
	for _, n := range names {
		switch err := do(n); {
		case errors.Is(err, storage.ErrCorrupt):
			why = append(why, err.Error())
		case err != nil:
			return nil, err
		}
	}
	if len(why) > 0 {
		damaged = fmt.Errorf("%w: %s", errFailures, strings.Join(why, "; "))
	}
	return damaged, nil
}

// siteStatus is what a site's log says, for people and for machines.
type siteStatus struct {
	Site     string         `json:"site"`
	URLs     int            `json:"urls"`
	Records  int64          `json:"records"`
	Outcomes map[string]int `json:"outcomes"`
	Reasons  []reasonStatus `json:"reasons"`
	Days     []groupStatus  `json:"days"`
	Sources  []groupStatus  `json:"sources"`
	Due      int            `json:"due"` // pages and sources that a crawl visits now because they are queued or due; not what every crawl looks at
	NextDue  *time.Time     `json:"next_due"`

	Failures []failureStatus `json:"failures"`        // pages that failed, tried again or given up, by reason
	Broken   []sourceStatus  `json:"broken_sources"`  // sources that could not be read when they were last looked at
	Warned   []warningStatus `json:"source_warnings"` // sources that were read with warnings when they were last looked at
	Gaps     []gapStatus     `json:"gaps"`            // days between the first and the last article on which none was published
}

type failureStatus struct {
	Reason  string `json:"reason"`
	Pages   int    `json:"pages"`
	GivenUp int    `json:"given_up"` // of these, not tried again
}

type sourceStatus struct {
	URL    string     `json:"url"`
	Reason string     `json:"reason"`
	Tries  int        `json:"tries"`
	Due    *time.Time `json:"due"` // null: not tried again by itself
}

type warningStatus struct {
	URL     string `json:"url"`
	Warning string `json:"warning"` // "code: detail; …"
}

type gapStatus struct {
	From string `json:"from"` // first day
	To   string `json:"to"`   // last day
	Days int    `json:"days"`
}

type reasonStatus struct {
	Outcome string `json:"outcome"`
	Reason  string `json:"reason"`
	Pages   int    `json:"pages"`
}

type groupStatus struct {
	Name       string `json:"name"`
	Discovered int    `json:"discovered"`
	Archived   int    `json:"archived"`
	Open       int    `json:"open"` // queued or failed: neither archived nor refused yet
}

func newStatus(a *app) *cobra.Command {
	var f readFlags
	var days int
	cmd := &cobra.Command{
		Use:   "status [SITE...]",
		Short: "Show what the archive holds against what was discovered",
		RunE: func(cmd *cobra.Command, args []string) error {
			if days < 1 {
				return misuse("--days %d: give 1 or more", days)
			}
			arch, names, err := f.openSites(cmd.Context(), a, args)
			if err != nil {
				return err
			}
			all := []siteStatus{} // in JSON no null
			damaged, err := eachSite(names, func(n string) error {
				log, err := arch.OpenSite(cmd.Context(), n)
				if err != nil {
					return err
				}
				all = append(all, statusOf(n, log.State(), a.now()))
				return nil
			})
			if err != nil {
				return err
			}
			if f.json {
				return errors.Join(writeJSON(a.stdout, all), damaged)
			}
			for _, s := range all {
				printStatus(a.stdout, s, days)
			}
			return damaged
		},
	}
	f.register(cmd)
	cmd.Flags().IntVar(&days, "days", 14, "days to show, the last ones")
	return cmd
}

func statusOf(site string, st *ledger.State, now time.Time) siteStatus {
	s := siteStatus{Site: site, Records: st.Seq(), Outcomes: map[string]int{}}
	for _, c := range st.Counts() {
		s.URLs += c.URLs
		s.Outcomes[string(c.Outcome)] += c.URLs
		if c.Reason != "" {
			s.Reasons = append(s.Reasons, reasonStatus{string(c.Outcome), c.Reason, c.URLs})
		}
	}
	s.Days, s.Sources = groups(st.ByDay()), groups(st.BySource())
	if due := st.NextDue(); !due.IsZero() {
		s.NextDue = &due
	}
	for rec := range st.All() {
		if due.Waiting(rec, now) {
			s.Due++
		}
	}
	s.Failures, s.Broken = troubles(st)
	s.Warned = warnings(st)
	s.Gaps = gaps(st)
	return s
}

func groups(in []ledger.Group) []groupStatus {
	out := make([]groupStatus, len(in))
	for i, g := range in {
		out[i] = groupStatus{g.Name, g.Discovered, g.Stored, g.Outcomes[ledger.Queued] + g.Outcomes[ledger.Failed]}
	}
	return out
}

func printStatus(w io.Writer, s siteStatus, days int) {
	fmt.Fprintf(w, "%s: %d pages, %d log records", s.Site, s.URLs, s.Records)
	if s.NextDue != nil {
		fmt.Fprintf(w, ", next due %s", s.NextDue.Local().Format("2006-01-02 15:04"))
	}
	if s.Due > 0 {
		fmt.Fprintf(w, ", %d due by now", s.Due)
	}
	fmt.Fprintln(w)
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
	printTroubles(w, s)
	printWarnings(w, s.Warned)
	printGaps(w, s.Gaps)
	fmt.Fprintln(w)
}

func printGroups(w io.Writer, name string, list []groupStatus) {
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

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// indent makes canonical JSON readable.
func indent(data []byte) []byte {
	var out strings.Builder
	var v json.RawMessage = data
	if err := writeJSON(&out, v); err != nil {
		return data
	}
	return []byte(out.String())
}
