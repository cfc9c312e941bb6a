package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/crawler"
	"pressmark/crawler/audit"
	"pressmark/crawler/replay"
	"pressmark/storage"
	"pressmark/storage/warc"
)

// reportFlags are the flags of `report`.
type reportFlags struct {
	readFlags
	host, since, out string
	delay            time.Duration
}

func newReport(a *app) *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use:   "report --host HOST",
		Short: "Show what was asked of a host, under which robots.txt, delay and Retry-After",
		Long: "Report reads logs and captures and shows all requests to a host: when, under which robots.txt and delay, and whether\n" +
			"each Retry-After was waited for. With -o it writes one HTML page to send to the host's owner. The exit status is 1\n" +
			"if a request was sent that should not have been.",
		Example: "  pressmark report --host www.example.com --since 2026-11-01 -o report.html",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.report(cmd.Context(), f) },
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.host, "host", "", "the host, with its port unless it is the usual one")
	cmd.Flags().StringVar(&f.since, "since", "", "only requests since this day (2026-11-01) or time (RFC 3339)")
	cmd.Flags().StringVarP(&f.out, "output", "o", "", "write an HTML page into this file")
	cmd.Flags().DurationVar(&f.delay, "delay", time.Second, "interval between requests that the crawls were to keep where the host asks for none")
	return cmd
}

func (a *app) report(ctx context.Context, f reportFlags) error {
	if f.host == "" {
		return misuse("--host is missing: name the host to report on")
	}
	since, err := sinceOf(f.since)
	if err != nil {
		return err
	}
	arch, sites, err := f.openSites(ctx, a, nil)
	if err != nil {
		return err
	}
	report, err := auditOf(ctx, arch, sites, audit.Options{Host: strings.ToLower(f.host), Since: since, Now: a.now(), Least: f.delay})
	if err != nil {
		return err
	}
	if len(report.Sites) == 0 {
		return misuse("no log and no capture of %s names the host %s", f.from, f.host)
	}
	if f.out != "" {
		var page bytes.Buffer
		if err := report.WriteHTML(&page); err != nil {
			return err
		}
		if err := os.WriteFile(f.out, page.Bytes(), 0o644); err != nil { //nolint:gosec // to be sent to somebody
			return misuse("-o: %w", err)
		}
	}
	if f.json {
		err = writeJSON(a.stdout, report)
	} else if f.out == "" {
		printAudit(a.stdout, &report)
	}
	if err == nil && !report.Sound() {
		err = fmt.Errorf("%w: requests to %s that should not have been sent", errFailures, f.host)
	}
	return err
}

// sinceOf reads a day or a time; zero for "".
func sinceOf(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, misuse("--since %q: write 2026-11-01 or 2026-11-01T08:00:00Z", text)
}

// auditOf reads what the sites' logs and captures hold of a host.
func auditOf(ctx context.Context, arch *archive, sites []string, o audit.Options) (audit.Report, error) {
	found := audit.New(o)
	for _, site := range sites {
		for rec, err := range storage.Feed(ctx, arch.store, site, storage.FeedOptions{}) {
			if err != nil {
				return audit.Report{}, err
			}
			found.Record(site, rec)
		}
	}
	files, err := crawler.CapturesIn(ctx, arch.store, "")
	if err != nil {
		return audit.Report{}, err
	}
	for _, file := range files {
		if err := readCaptures(ctx, found, file); err != nil {
			return audit.Report{}, err
		}
	}
	return found.Report(func(key string) ([]byte, error) {
		body, _, err := storage.ReadObject(ctx, arch.store, key)
		return body, err
	})
}

// readCaptures gives the records of a capture file to an audit.
func readCaptures(ctx context.Context, found *audit.Audit, file replay.File) error {
	body, err := file.Open(ctx)
	if err != nil {
		return err
	}
	defer body.Close()
	for r := warc.NewReader(body); ; {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file.Name, err)
		}
		found.Capture(file.Site, rec)
	}
}

func printAudit(w io.Writer, r *audit.Report) {
	fmt.Fprintf(w, "%s: %d requests", clean(r.Host), r.Requests)
	if r.Requests > 0 {
		fmt.Fprintf(w, " from %s to %s", r.First.Format(time.RFC3339), r.Last.Format(time.RFC3339))
	}
	fmt.Fprintf(w, " (sites: %s)\n", strings.Join(r.Sites, ", "))
	for _, agent := range r.UserAgents {
		fmt.Fprintf(w, "as %s: %d\n", clean(agent.Name), agent.Count)
	}
	printCounts(w, "status", r.Statuses)
	printCounts(w, "not asked for", r.Held)
	for i := range r.Robots {
		x := &r.Robots[i]
		what := "none"
		if x.SHA256 != "" {
			what = "sha256 " + x.SHA256
		}
		if x.Delay > 0 {
			what += ", Crawl-delay " + audit.Span(x.Delay)
		}
		fmt.Fprintf(w, "robots.txt of %s from %s: %s\n", clean(x.Origin), x.From.Format(time.RFC3339), what)
	}
	fmt.Fprintf(w, "requests that robots.txt forbids: %d\n", len(r.Forbidden))
	for i := range r.Forbidden {
		fmt.Fprintf(w, "  %s %s (%s)\n", r.Forbidden[i].Start.Format(time.RFC3339), clean(r.Forbidden[i].URL), clean(r.Forbidden[i].Rule))
	}
	for i := range r.Pace {
		p := &r.Pace[i]
		fmt.Fprintf(w, "%s or more between requests (%s): %d intervals, shortest %s, median %s, %d too short\n",
			audit.Span(p.Required), clean(p.Source), p.Intervals, audit.Span(p.Shortest), audit.Span(p.Median), len(p.Shorter))
	}
	kept := 0
	for i := range r.Waits {
		if r.Waits[i].Kept {
			kept++
		}
	}
	fmt.Fprintf(w, "Retry-After: %d responses, %d waits kept\n", len(r.Waits), kept)
}

func printCounts(w io.Writer, name string, list []audit.Count) {
	if len(list) == 0 {
		return
	}
	var parts []string
	for _, c := range list {
		parts = append(parts, fmt.Sprintf("%s %d", c.Name, c.Count))
	}
	fmt.Fprintf(w, "%s: %s\n", name, clean(strings.Join(parts, ", ")))
}
