package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/storage"
	"pressmark/storage/search"
)

type removeFlags struct {
	indexFlags
	query, reason string
	most          int
	dryRun        bool
}

func newRemove(a *app) *cobra.Command {
	var f removeFlags
	cmd := &cobra.Command{
		Use:   "remove ID|URL... --reason TEXT",
		Short: "Take articles out of the archive for good",
		Long: "Remove takes articles down: their JSON with all revisions, pictures that no other article uses, capture records, and\n" +
			"their titles in the log. A tombstone with time and reason stays: readers of the feed see it, and crawls do not archive the\n" +
			"article again. It cannot be undone; --dry-run shows what would go. It may run beside a crawl of the site, which then stops\n" +
			"and is to be run again. If it is interrupted, the same call finishes it.",
		Example: "  pressmark remove https://news.example/a/1.html --reason 'court order of 2026-11-20'\n" +
			"  pressmark remove --query 'author:\"Ann Lee\" year:2019' --reason 'asked for by the author' --dry-run",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(args); err != nil {
				return err
			}
			return f.run(cmd.Context(), a, args)
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.reason, "reason", "", "the reason, which the tombstones keep")
	cmd.Flags().StringVar(&f.query, "query", "", "remove the articles that this search finds")
	cmd.Flags().IntVar(&f.most, "most", 100, "refuse a --query that finds more articles than this")
	cmd.Flags().BoolVarP(&f.dryRun, "dry-run", "n", false, "show what would be removed, and change nothing")
	return cmd
}

func (f *removeFlags) check(names []string) error {
	switch {
	case len(names) == 0 && f.query == "":
		return misuse("name the articles to remove by id or address, or give --query")
	case len(names) > 0 && f.query != "":
		return misuse("give either articles or --query")
	case strings.TrimSpace(f.reason) == "" && !f.dryRun:
		return misuse("--reason: say why, for those who will find the tombstone; --dry-run shows what would go without one")
	}
	return nil
}

func (f *removeFlags) run(ctx context.Context, a *app, names []string) error {
	s, err := f.open(ctx, a)
	if err != nil {
		return err
	}
	defer s.close()
	found, err := f.find(ctx, s, names)
	if err != nil {
		return err
	}
	archive := s.archive
	if !f.dryRun {
		a.writing.Store(true)
		if archive, err = openArchive(ctx, f.from, storeOptions{PathStyle: f.pathStyle, Create: true, Logger: a.logger(true)}); err != nil {
			return err
		}
	}
	opt := storage.RemoveOptions{Reason: strings.TrimSpace(f.reason), Now: a.now, DryRun: f.dryRun}
	var done []storage.Takedown
	for _, site := range slices.Sorted(maps.Keys(found)) {
		list, err := archive.Remove(ctx, site, found[site], opt)
		if err != nil {
			return errors.Join(err, f.print(a.stdout, done))
		}
		done = append(done, list...)
	}
	if !f.dryRun {
		err := s.catchUp(ctx, a)
		if err == nil {
			err = s.index.Erase(ctx)
		}
		if err != nil {
			return errors.Join(err, f.print(a.stdout, done))
		}
	}
	return f.print(a.stdout, done)
}

// find returns the ids of the articles to remove, by site.
func (f *removeFlags) find(ctx context.Context, s *shelf, names []string) (map[string][]string, error) {
	if f.query == "" {
		ids, err := s.index.Named(ctx, names)
		return ids, notFound(err)
	}
	q, err := search.Parse(f.query)
	if err != nil {
		return nil, misuse("%w", err)
	}
	ids, err := s.index.Found(ctx, q, f.most)
	if errors.Is(err, search.ErrTooMany) {
		return nil, misuse("--query %q finds more than %d articles: narrow it, or allow more with --most", f.query, f.most)
	}
	return ids, err
}

// whatStays names what a removal does not reach, for whoever has to answer for it.
const whatStays = "stays: captures of lists and feeds, which may show the headline; the tombstone's URL; versions that a bucket keeps; copies and exports made before\n"

func (f *removeFlags) print(w io.Writer, done []storage.Takedown) error {
	if f.json {
		if done == nil {
			done = []storage.Takedown{}
		}
		return writeJSON(w, done)
	}
	for i := range done {
		t := &done[i]
		title := t.Title
		if title == "" {
			title = "(removed before)"
		}
		fmt.Fprintf(w, "%s  %s  %s\n    %s\n", clean(t.Site), t.ID, clean(title), clean(t.URL))
		for _, url := range t.Addresses {
			fmt.Fprintf(w, "    also at %s\n", clean(url))
		}
		fmt.Fprintf(w, "    revisions: %d, pictures: %d, capture records: %d in %d files, log records blanked: %d\n",
			t.Revisions, len(t.Images), t.Captures, len(t.Files), t.Records)
		if len(t.Shared) > 0 {
			fmt.Fprintf(w, "    pictures that other articles use, which stay: %d\n", len(t.Shared))
		}
	}
	if len(done) > 0 {
		fmt.Fprint(w, whatStays)
	}
	if f.dryRun {
		_, err := fmt.Fprintf(w, "%s would be removed; nothing was changed\n", counted(len(done), "article"))
		return err
	}
	_, err := fmt.Fprintf(w, "%s removed\n", counted(len(done), "article"))
	return err
}
