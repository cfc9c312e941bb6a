package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/storage/export"
	"pressmark/storage/search"
	"pressmark/storage/selection"
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
	sel := selection.Selection{Since: f.since, Until: f.until, Revisions: f.revisions}
	for flag, day := range map[string]string{"--since": f.since, "--until": f.until} {
		if err := selection.CheckDay(day); err != nil {
			return misuse("%s %w", flag, err)
		}
	}
	var err error
	if sel.Query, err = search.Parse(f.query); err != nil {
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
	if sel.Sites, err = sitesIn(ctx, s.archive, f.sites); err != nil {
		return err
	}
	f.opt.Version = "pressmark " + version
	m, err := export.Run(ctx, s.store, form, sel.Items(ctx, s.corpus, s.index), sink, f.opt)
	if err != nil && m.Files == nil {
		return err
	}
	if f.out != "-" {
		fmt.Fprintf(a.stderr, "%s of %s to %s\n", counted(m.Articles, "article"), counted(len(m.Sites), "site"), f.out)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errFailures, err)
	}
	return nil
}
