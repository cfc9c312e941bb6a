package main

import (
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
