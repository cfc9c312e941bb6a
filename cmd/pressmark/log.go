package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/configs"
	"pressmark/storage"
)

func newLog(a *app) *cobra.Command {
	var f readFlags
	var since string
	var follow bool
	poll := configs.Duration(5 * time.Second)
	cmd := &cobra.Command{
		Use:   "log [SITE...]",
		Short: "Print the change feed: one JSON line a record, in order, without a gap",
		Long: "Log prints the records of the sites' logs as JSON lines, one site after the other; \"site\" and \"seq\" name a record.\n" +
			"A pipeline that keeps the last \"seq\" of a site goes on with SITE --since SEQ and misses nothing. With --follow it\n" +
			"waits for what comes (one site only).",
		RunE: func(cmd *cobra.Command, args []string) error {
			opt, err := feedOptions(since, follow, poll)
			if err != nil {
				return err
			}
			arch, names, err := f.openFeeds(cmd.Context(), a, args, follow)
			if err != nil {
				return err
			}
			if follow && len(names) != 1 {
				return misuse("--follow takes one site; the archive has: %s", strings.Join(names, ", "))
			}
			if opt.After > 0 && len(names) != 1 {
				return misuse("--since %s counts the records of one site; name it, of: %s", since, strings.Join(names, ", "))
			}
			damaged, err := eachSite(names, func(n string) error {
				return a.printFeed(cmd.Context(), arch.store, n, opt)
			})
			return errors.Join(err, damaged)
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&since, "since", "", "begin after this record number, or at this time (2024-01-31T08:00:00+02:00, or 2024-01-31, which begins at 00:00 UTC)")
	cmd.Flags().BoolVar(&follow, "follow", false, "wait for new records")
	cmd.Flags().Var(&poll, "poll", "time between two looks for new records")
	return cmd
}

// openFeeds is openSites, but a site that is followed need not be there yet.
func (f *readFlags) openFeeds(ctx context.Context, a *app, names []string, follow bool) (*archive, []string, error) {
	if !follow || len(names) != 1 {
		return f.openSites(ctx, a, names)
	}
	arch, err := f.open(ctx, a)
	return arch, names, err
}

func feedOptions(since string, follow bool, poll configs.Duration) (storage.FeedOptions, error) {
	opt := storage.FeedOptions{Follow: follow, Poll: time.Duration(poll)}
	if since == "" {
		return opt, nil
	}
	if _, err := fmt.Sscanf(since, "%d", &opt.After); err == nil && opt.After >= 0 && fmt.Sprint(opt.After) == since {
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

// printFeed prints a site's records, each with the site's name in front: its log
// need not repeat it, but a reader of several sites' records needs it.
func (a *app) printFeed(ctx context.Context, store storage.Store, site string, opt storage.FeedOptions) error {
	line := []byte(`{"site":` + strconv.Quote(site) + `,`)
	prefix := len(line)
	for rec, err := range storage.Feed(ctx, store, site, opt) {
		if err != nil {
			return err
		}
		line = rec.AppendJSON(line[:prefix-1])
		line[prefix-1] = ',' // instead of the record's brace
		// In JSON the escapes mean the same: what reads the lines gets every character.
		if _, err := io.WriteString(a.stdout, clean(string(line))+"\n"); err != nil {
			return err
		}
	}
	return nil
}
