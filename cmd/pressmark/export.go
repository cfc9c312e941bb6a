package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/storage"
	"pressmark/storage/export"
	"pressmark/storage/search"
)

type exportFlags struct {
	indexFlags
	format, out         string
	sites               []string
	since, until, query string
	revisions           bool
	opt                 export.Options
}

func newExport(a *app) *cobra.Command {
	var f exportFlags
	var about strings.Builder
	for _, form := range export.Formats() {
		fmt.Fprintf(&about, "  %-9s %s\n", form.Name, form.Title)
	}
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write articles for other tools: JSON, CSV, Parquet, WACZ, citations and more",
		Long: "Export writes the articles of an archive, sorted by site and time, in one of these formats:\n\n" + about.String() +
			"\nThe output is standard output, a file (-o name, gzipped with .gz), a folder (-o name/) or an s3:// address. A folder gets\n" +
			"export.json, too, with the SHA-256 of every file.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), a) },
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.format, "format", "jsonl", "one of "+strings.Join(export.Names(), ", "))
	cmd.Flags().StringVarP(&f.out, "output", "o", "-", "file, folder/ or s3://bucket/prefix/; - is standard output")
	cmd.Flags().StringSliceVar(&f.sites, "site", nil, "only these sites")
	cmd.Flags().StringVar(&f.since, "since", "", "only articles published on this day or later (2024-01-31)")
	cmd.Flags().StringVar(&f.until, "until", "", "only articles published on this day or earlier")
	cmd.Flags().StringVar(&f.query, "query", "", "only articles that this search finds")
	cmd.Flags().BoolVar(&f.revisions, "revisions", false, "earlier revisions, too")
	cmd.Flags().BoolVar(&f.opt.BOM, "bom", false, "csv: begin with a byte order mark, for Excel")
	cmd.Flags().BoolVar(&f.opt.Excel, "excel", false, "csv: no cell is a formula")
	cmd.Flags().StringVar(&f.opt.Title, "title", "", "wacz: name of the collection")
	return cmd
}

func (f *exportFlags) run(ctx context.Context, a *app) error {
	form, ok := export.Find(f.format)
	if !ok {
		return misuse("--format %q: give one of %s", f.format, strings.Join(export.Names(), ", "))
	}
	days, err := f.days()
	if err != nil {
		return err
	}
	q, err := search.Parse(f.query)
	if err != nil {
		return misuse("%w", err)
	}
	sink, err := f.sink(ctx, a, form)
	if err != nil {
		return err
	}
	s, err := f.open(ctx, a)
	if err != nil {
		return err
	}
	defer s.close()
	sites, err := sitesIn(ctx, s.archive, f.sites)
	if err != nil {
		return err
	}
	f.opt.Version = "pressmark " + version
	m, err := export.Run(ctx, s.store, form, f.items(ctx, s, sites, q, days), sink, f.opt)
	if err != nil && m.Files == nil {
		return err
	}
	if f.out != "-" {
		fmt.Fprintf(a.stderr, "%d articles of %d sites to %s\n", m.Articles, len(m.Sites), f.out)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errFailures, err)
	}
	return nil
}

// days are the first and the last day of publication, "" for no bound.
func (f *exportFlags) days() (days [2]string, err error) {
	for i, flag := range []struct{ name, value string }{{"--since", f.since}, {"--until", f.until}} {
		if flag.value == "" {
			continue
		}
		if _, err := time.Parse(time.DateOnly, flag.value); err != nil {
			return days, misuse("%s %q: give a day (2024-01-31)", flag.name, flag.value)
		}
		days[i] = flag.value
	}
	return days, nil
}

// sink opens the place of the output. An archive's own folder is refused: its keys
// are not to be mixed with others.
func (f *exportFlags) sink(ctx context.Context, a *app, form export.Format) (export.Sink, error) {
	many := strings.HasSuffix(f.out, "/") || form.Folder() && f.out != "-" && !strings.HasSuffix(f.out, ".gz") && !hasExtension(f.out)
	switch {
	case form.Name == "html" && !many:
		return nil, misuse("html is a folder of pages: name it with -o, with a / at its end")
	case f.out == "-":
		if isTerminal(a.stdout) && form.Name == "wacz" {
			return nil, misuse("a WACZ is no text: name a file with -o")
		}
		return export.Stdout(a.stdout), nil
	case strings.Contains(f.out, "://"):
		place, name := f.out, ""
		if !many {
			i := strings.LastIndexByte(place, '/')
			place, name = place[:i], place[i+1:]
		}
		store, err := openStore(ctx, strings.TrimSuffix(place, "/"), storeOptions{PathStyle: f.pathStyle, Logger: a.logger(true)})
		if err != nil {
			return nil, err
		}
		return export.ToStore(ctx, store, name, many), nil
	case many:
		if same, err := samePlace(f.out, f.from); err != nil || same {
			return nil, errors.Join(err, misuse("-o %s is the archive itself: name another folder", f.out))
		}
		return export.ToFolder(f.out), nil
	}
	return export.ToFile(f.out), nil
}

// hasExtension reports whether a name looks like that of a file.
func hasExtension(name string) bool {
	base := name[strings.LastIndexByte(name, '/')+1:]
	return strings.LastIndexByte(base, '.') > 0
}

func samePlace(a, b string) (bool, error) {
	x, err := os.Stat(a)
	if err != nil {
		return false, nil //nolint:nilerr // what is not there is no archive
	}
	y, err := os.Stat(b)
	if err != nil {
		return false, nil //nolint:nilerr // the archive is in a bucket
	}
	return os.SameFile(x, y), nil
}

// items yields the articles sorted by site, time and id, each followed by its
// earlier revisions if they are asked for.
func (f *exportFlags) items(ctx context.Context, s *shelf, sites []string, q search.Query, days [2]string) iter.Seq2[export.Item, error] {
	return func(yield func(export.Item, error) bool) {
		for _, site := range sites {
			one := q
			one.Terms = append(one.Terms[:len(one.Terms):len(one.Terms)], search.Term{Field: "site", Text: site})
			for h, err := range s.index.Each(ctx, one, search.Oldest) {
				if err == nil && !within(h.Published, days) {
					continue
				}
				if !f.revisionsOf(ctx, s, h, err, yield) {
					return
				}
			}
		}
	}
}

// within reports whether an article was published between two days. One without
// a day is within no bounds.
func within(published string, days [2]string) bool {
	if days[0] == "" && days[1] == "" {
		return true
	}
	if len(published) < len(time.DateOnly) {
		return false
	}
	d := published[:len(time.DateOnly)]
	return d >= days[0] && (days[1] == "" || d <= days[1])
}

func (f *exportFlags) revisionsOf(ctx context.Context, s *shelf, h search.Hit, err error, yield func(export.Item, error) bool) bool {
	if err != nil {
		return yield(export.Item{}, err)
	}
	rec, err := s.index.Record(ctx, h)
	if err != nil {
		return yield(export.Item{}, err)
	}
	first := h.Revision
	if f.revisions {
		first = 1
	}
	for n := h.Revision; n >= first; n-- {
		key := storage.ArticleKey(h.Site, h.ID)
		if n < h.Revision {
			key = storage.RevisionKey(h.Site, h.ID, n)
		}
		data, art, err := s.corpus.Article(ctx, key)
		if !yield(export.Item{Site: h.Site, Record: rec, Article: art, JSON: data, Key: key}, err) {
			return false
		}
	}
	return true
}
