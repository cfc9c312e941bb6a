package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/configs"
	"pressmark/storage"
	"pressmark/storage/events"
)

type logFlags struct {
	readFlags
	since, cursor  string
	follow, all    bool
	poll           configs.Duration
	notify, secret string
}

func newLog(a *app) *cobra.Command {
	f := logFlags{poll: configs.Duration(5 * time.Second)}
	cmd := &cobra.Command{
		Use:   "log [SITE...]",
		Short: "Print the change feed: one JSON line an event, in order, resumable",
		Long: "Log prints what happened to the articles of an archive, or of the named sites, as JSON lines: \"event\" says what (new,\n" +
			"revised, unchanged, gone, restored, removed, alias, and what did not become an article), \"site\" and \"seq\" name the\n" +
			"record, \"revision_key\" the revision that it is about. With --cursor FILE it goes on where it stopped, with --follow it\n" +
			"waits for what comes, new sites included, also through an outage of the store.",
		Example: "  pressmark log --cursor feed.json --follow | consumer\n  pressmark log county-gazette --since 1200\n  pressmark log --follow --cursor hook.json --notify https://hooks.example/news",
		RunE:    func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), a, args) },
	}
	f.register(cmd)
	s := cmd.Flags()
	s.StringVar(&f.since, "since", "", "begin after this record number, or at this time (2024-01-31T08:00:00+02:00, or 2024-01-31, which begins at 00:00 UTC)")
	s.StringVar(&f.cursor, "cursor", "", "continue after the events that this file records as printed, and update it; it is created if it does not exist")
	s.BoolVar(&f.follow, "follow", false, "wait for new events, of new sites too")
	s.BoolVar(&f.all, "all", false, "print the records of robots.txt and site memory too, which only crawls need: then \"seq\" has no gap")
	s.Var(&f.poll, "poll", "interval at which the archive is polled for new records")
	s.StringVar(&f.notify, "notify", "", "post the events to this URL as CloudEvents batches instead of printing them")
	s.StringVar(&f.secret, "notify-secret", "", "key of the batches' HMAC signature; better given as $PRESSMARK_NOTIFY_SECRET")
	return cmd
}

func (f *logFlags) run(ctx context.Context, a *app, names []string) error {
	opt, err := f.options()
	if err != nil {
		return err
	}
	arch, err := f.open(ctx, a)
	if err != nil {
		return err
	}
	opt.Sites = names
	if !f.follow { // what is followed may come later
		if names, err = sitesIn(ctx, arch, names); err != nil {
			return err
		}
	}
	if err := f.begin(&opt, names); err != nil {
		return err
	}
	var damaged []string
	opt.Lost = func(_ string, err error) { damaged = append(damaged, err.Error()) }
	log := a.logger(false)
	opt.Away = func(err error) {
		if err == nil {
			log.Warn("the store is back")
			return
		}
		log.Warn("the store does not answer; waiting for it", "error", err)
	}
	reader, err := events.NewReader(ctx, arch.store, opt)
	if err == nil {
		err = reader.Run(ctx, f.consumer(ctx, a))
	}
	switch {
	case errors.Is(err, events.ErrNoSite), errors.Is(err, storage.ErrBeyond):
		return misuse("%w", err)
	case err != nil:
		return err
	case len(damaged) > 0:
		return fmt.Errorf("%w: %s", errFailures, strings.Join(damaged, "; "))
	}
	return nil
}

// options reads the flags that set where the feed begins.
func (f *logFlags) options() (events.Options, error) {
	opt := events.Options{Follow: f.follow, Poll: time.Duration(f.poll), All: f.all, Cursor: events.Cursor{}}
	if f.notify != "" {
		u, err := url.Parse(f.notify)
		isWeb := err == nil && u.Host != "" && slices.Contains([]string{"http", "https"}, u.Scheme)
		if !isWeb {
			return opt, misuse("--notify %q: give an http or https URL", f.notify)
		}
	}
	if f.cursor != "" {
		if f.since != "" {
			return opt, misuse("give --since or --cursor")
		}
		c, err := events.ReadCursor(f.cursor)
		if errors.Is(err, events.ErrCursor) {
			return opt, misuse("--cursor %w", err)
		}
		opt.Cursor = c
		return opt, err
	}
	if f.since == "" || f.sinceNumber() >= 0 {
		return opt, nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, f.since); err == nil {
			opt.Since = t
			return opt, nil
		}
	}
	return opt, misuse("--since %q: give a record number, a day (2024-01-31) or a time (2024-01-31T08:00:00Z)", f.since)
}

// sinceNumber returns --since as a record number, -1 if it is not one.
func (f *logFlags) sinceNumber() int64 {
	n, err := strconv.ParseUint(f.since, 10, 63)
	if err != nil {
		return -1
	}
	return int64(n)
}

// begin sets the cursor according to --since.
func (f *logFlags) begin(opt *events.Options, names []string) error {
	n := f.sinceNumber()
	if n <= 0 {
		return nil
	}
	if len(names) != 1 {
		return misuse("--since %s counts the records of one site; name it, of: %s", f.since, strings.Join(names, ", "))
	}
	opt.Cursor[names[0]] = n
	return nil
}

// consumer prints or posts events, and keeps the cursor behind them.
func (f *logFlags) consumer(ctx context.Context, a *app) func([]events.Event, events.Cursor) error {
	give := func(list []events.Event) error { return printEvents(a, list) }
	if f.notify != "" {
		log := a.logger(false)
		n := &events.Notifier{URL: f.notify, Archive: f.from, Secret: []byte(f.secret), Client: &http.Client{}, Now: a.now,
			Failed: func(err error, wait time.Duration) {
				log.Warn("events not delivered; trying again", "error", err, "wait", wait)
			}}
		give = func(list []events.Event) error { return n.Post(ctx, list) }
	}
	return func(list []events.Event, behind events.Cursor) error {
		if err := give(list); err != nil || f.cursor == "" {
			return err
		}
		return behind.Write(f.cursor)
	}
}

func printEvents(a *app, list []events.Event) error {
	var line []byte
	for i := range list {
		line = list[i].AppendJSON(line[:0])
		// In JSON the escapes mean the same: what reads the lines gets every character.
		if _, err := fmt.Fprintln(a.stdout, clean(string(line))); err != nil {
			return err
		}
	}
	return nil
}
