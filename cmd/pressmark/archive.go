package main

import (
	"errors"

	"github.com/spf13/cobra"

	"pressmark/crawler"
)

func newArchive(a *app) *cobra.Command {
	var f crawlFlags
	cmd := &cobra.Command{
		Use:   "archive URL...",
		Short: "Archive an article, a section or a whole site, without configuration",
		Long: "Archive finds out what each URL is (an article, a section, a front page, a feed or a sitemap), discovers\n" +
			"the site's articles from there and archives them. Run it again to go on where it stopped.",
		Example: "  pressmark archive https://news.example/ --limit 100\n  pressmark archive https://news.example/a/1.html --to s3://bucket/news",
		Args:    needURLs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			plans, err := urlPlans(args, f.config)
			if err != nil {
				return err
			}
			return a.crawl(cmd.Context(), f, plans)
		},
	}
	f.register(cmd)
	return cmd
}

func needURLs(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("name at least one URL to archive, such as https://news.example/")
	}
	return nil
}

// urlPlans are what the URLs of a call ask for.
func urlPlans(urls []string, config string) ([]crawler.Plan, error) {
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
