package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"pressmark/configs"
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

// sitesIn are the named sites, or all that the archive has.
func sitesIn(ctx context.Context, arch *archive, names []string) ([]string, error) {
	var all []string
	for name, err := range arch.Sites(ctx) {
		if err != nil {
			return nil, err
		}
		all = append(all, name)
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

// siteStatus is what a site's log says, for people and for machines.
type siteStatus struct {
	Site     string         `json:"site"`
	URLs     int            `json:"urls"`
	Records  int64          `json:"records"`
	Outcomes map[string]int `json:"outcomes"`
	Reasons  []reasonStatus `json:"reasons"`
	Days     []groupStatus  `json:"days"`
	Sources  []groupStatus  `json:"sources"`
	NextDue  *time.Time     `json:"next_due"`
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
			var all []siteStatus
			for _, n := range names {
				log, err := arch.OpenSite(cmd.Context(), n)
				if err != nil {
					return err
				}
				all = append(all, statusOf(n, log.State()))
			}
			if f.json {
				return writeJSON(a.stdout, all)
			}
			for _, s := range all {
				printStatus(a.stdout, s, days)
			}
			return nil
		},
	}
	f.register(cmd)
	cmd.Flags().IntVar(&days, "days", 14, "days to show, the last ones")
	return cmd
}

func statusOf(site string, st *ledger.State) siteStatus {
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

func newLog(a *app) *cobra.Command {
	var f readFlags
	var since string
	var follow bool
	poll := configs.Duration(5 * time.Second)
	cmd := &cobra.Command{
		Use:   "log [SITE...]",
		Short: "Print the change feed: one JSON line a record, in order, without a gap",
		Long: "Log prints the records of a site's log as JSON lines. A pipeline that keeps the last \"seq\" it has seen goes on\n" +
			"with --since SEQ and misses nothing. With --follow it waits for what comes (one site only).",
		RunE: func(cmd *cobra.Command, args []string) error {
			opt, err := feedOptions(since, follow, poll)
			if err != nil {
				return err
			}
			arch, names, err := f.openSites(cmd.Context(), a, args)
			if err != nil {
				return err
			}
			if follow && len(names) != 1 {
				return misuse("--follow takes one site; the archive has: %s", strings.Join(names, ", "))
			}
			for _, n := range names {
				if err := a.printFeed(cmd.Context(), arch.store, n, opt); err != nil {
					return err
				}
			}
			return nil
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&since, "since", "", "begin after this record number, or at this time (2024-01-31 or 2024-01-31T08:00:00Z)")
	cmd.Flags().BoolVar(&follow, "follow", false, "wait for new records")
	cmd.Flags().Var(&poll, "poll", "time between two looks for new records")
	return cmd
}

func feedOptions(since string, follow bool, poll configs.Duration) (storage.FeedOptions, error) {
	opt := storage.FeedOptions{Follow: follow, Poll: time.Duration(poll)}
	if since == "" {
		return opt, nil
	}
	if _, err := fmt.Sscanf(since, "%d", &opt.After); err == nil && fmt.Sprint(opt.After) == since {
		return opt, nil
	}
	opt.After = 0
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, since); err == nil {
			opt.Since = t
			return opt, nil
		}
	}
	return opt, misuse("--since %q: give a record number, a day (2024-01-31) or a time (2024-01-31T08:00:00Z)", since)
}

func (a *app) printFeed(ctx context.Context, store storage.Store, site string, opt storage.FeedOptions) error {
	var line []byte
	for rec, err := range storage.Feed(ctx, store, site, opt) {
		if err != nil {
			return err
		}
		line = append(rec.AppendJSON(line[:0]), '\n')
		if _, err := a.stdout.Write(line); err != nil {
			return err
		}
	}
	return nil
}

func newCompact(a *app) *cobra.Command {
	var f readFlags
	cmd := &cobra.Command{
		Use:   "compact [SITE...]",
		Short: "Write snapshots, so that opening a long log is quick",
		RunE: func(cmd *cobra.Command, args []string) error {
			arch, names, err := f.openSites(cmd.Context(), a, args)
			if err != nil {
				return err
			}
			for _, n := range names {
				log, err := arch.OpenSite(cmd.Context(), n)
				if err == nil {
					err = log.Snapshot(cmd.Context())
				}
				if err != nil {
					return err
				}
				fmt.Fprintf(a.stdout, "%s: state after segment %d, %d URLs\n", n, log.Next()-1, log.State().Len())
			}
			return nil
		},
	}
	f.register(cmd)
	return cmd
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
