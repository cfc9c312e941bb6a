package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"pressmark/crawler"
	"pressmark/crawler/urllist"
)

func newArchive(a *app) *cobra.Command {
	var f crawlFlags
	var list listFlags
	cmd := &cobra.Command{
		Use:   "archive URL...",
		Short: "Archive an article, a section or a whole site, without configuration",
		Long: "Archive finds out what each URL is (an article, a section, a front page, a feed or a sitemap), discovers\n" +
			"the site's articles from there and archives them. Run it again to go on where it stopped.\n\n" +
			"--urls takes the addresses from a file: one a line, or a table (CSV, TSV) with a column of them. Its rows are written\n" +
			"back with what became of each: outcome, reason and the article's id.",
		Example: "  pressmark archive https://news.example/ --limit 100\n  pressmark archive https://news.example/a/1.html --to s3://bucket/news\n" +
			"  pressmark archive --urls links.csv --url-column link --rows done.csv",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			if list.from != "" {
				return list.run(cmd.Context(), a, f)
			}
			plans, err := urlPlans(args, f.config)
			if err != nil {
				return err
			}
			return a.crawl(cmd.Context(), f, plans, a.stdout)
		},
		Args: func(_ *cobra.Command, args []string) error { return list.needURLs(args) },
	}
	f.register(cmd)
	cmd.Flags().StringVar(&list.from, "urls", "", "file of addresses to archive, a text or a table; - is standard input")
	cmd.Flags().StringVar(&list.column, "url-column", "", "column of the table that has the addresses (default \"url\")")
	cmd.Flags().StringVar(&list.rows, "rows", "-", "file for the rows of --urls with outcome, reason and id; - is standard output")
	return cmd
}

// listFlags are the flags of archive --urls.
type listFlags struct{ from, column, rows string }

func (f *listFlags) needURLs(args []string) error {
	switch {
	case f.from == "" && len(args) == 0:
		return errors.New("name at least one URL to archive, such as https://news.example/, or a file of them with --urls")
	case f.from != "" && len(args) > 0:
		return errors.New("give either URLs or --urls")
	case f.from == "" && f.column != "":
		return errors.New("--url-column is of use with --urls")
	}
	return nil
}

// run archives the addresses of a list and writes its rows back, however the crawl ended.
func (f *listFlags) run(ctx context.Context, a *app, crawl crawlFlags) error {
	list, err := f.read(a)
	if err != nil {
		return err
	}
	if n := list.Wrong(); n > 0 {
		fmt.Fprintf(a.stderr, "pressmark: %d rows of %s have no readable address\n", n, f.from)
	}
	plans, err := urlPlans(list.Addresses(), crawl.config)
	if err != nil {
		return err
	}
	summary := a.stdout
	if f.rows == "-" {
		summary = a.stderr
	}
	crawlErr := a.crawl(ctx, crawl, plans, summary)
	if exitCode(crawlErr) == exitMisuse {
		return crawlErr
	}
	return errors.Join(crawlErr, f.write(context.WithoutCancel(ctx), a, crawl, list, plans))
}

func (f *listFlags) read(a *app) (*urllist.List, error) {
	in, name := a.stdin, "standard input"
	if f.from != "-" {
		file, err := os.Open(f.from)
		if err != nil {
			return nil, misuse("--urls: %w", err)
		}
		defer file.Close()
		in, name = file, f.from
	}
	list, err := urllist.Read(in, urllist.Options{Name: name, Column: f.column})
	if err != nil {
		return nil, misuse("--urls: %w", err)
	}
	return list, nil
}

func (f *listFlags) write(ctx context.Context, a *app, crawl crawlFlags, list *urllist.List, plans []crawler.Plan) error {
	archive, err := openArchive(ctx, crawl.to, storeOptions{PathStyle: crawl.pathStyle, Logger: a.logger(true)})
	if err != nil {
		return err
	}
	fates, err := crawler.Fates(ctx, archive.Archive, plans)
	if err != nil {
		return err
	}
	return writeTo(a, f.rows, func(w io.Writer) error {
		return list.Write(w, func(url string) urllist.Fate { return fates[url] })
	})
}

// writeTo writes into a file, or to standard output for "-".
func writeTo(a *app, name string, write func(io.Writer) error) error {
	if name == "-" {
		return write(a.stdout)
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}

// urlPlans returns the plans for the URLs of a call. The name of a file among them
// is reported as a mistake before any request is made.
func urlPlans(urls []string, config string) ([]crawler.Plan, error) {
	for _, url := range urls {
		if err := urllist.NameOfFile(url, isFile); err != nil {
			return nil, misuse("%w; if it is a list of addresses, give it with --urls", err)
		}
	}
	configured, err := loadSites(config)
	if err != nil {
		return nil, err
	}
	plans, err := crawler.PlanURLs(urls, configured)
	if err != nil {
		return nil, misuse("%w", err)
	}
	return plans, nil
}
