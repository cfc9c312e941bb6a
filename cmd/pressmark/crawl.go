package main

import (
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/crawler"
)

func newCrawl(a *app) *cobra.Command {
	var f crawlFlags
	cmd := &cobra.Command{
		Use:   "crawl [SITE...]",
		Short: "Crawl the configured sites: what is new, and what is due for another look",
		Long: "Crawl visits the sources of the configured sites (all of them, or those that are named), archives what is new,\n" +
			"looks again at articles that are due, and leaves alone what the log knows. Made to be run every few minutes.",
		Example: "  pressmark crawl --config sites/ --to s3://bucket/news\n  pressmark crawl county-gazette --config sites/",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			plans, err := sitePlans(args, f.config)
			if err != nil {
				return err
			}
			return a.crawl(cmd.Context(), f, plans, a.stdout)
		},
	}
	f.register(cmd)
	cmd.Flags().StringSliceVar(&f.failOn, "fail-on", []string{"failures"}, "what makes the exit status 1: never, failures, degraded (pages read worse than they used to), failed>SHARE% (failed>5%), discovered<N (discovered<1), discovered<SHARE% of what the sources usually list (discovered<50%)")
	return cmd
}

// sitePlans returns the plans of the configured sites with the given names, or of
// all sites if there are no names.
func sitePlans(names []string, config string) ([]crawler.Plan, error) {
	configured, err := loadSites(config)
	if err != nil {
		return nil, err
	}
	var out []crawler.Plan
	for _, s := range configured {
		if len(names) == 0 && config == "" && strings.HasPrefix(s.Name, demoPrefix) {
			continue // their servers run only inside `pressmark demo`
		}
		if len(names) == 0 || slices.Contains(names, s.Name) {
			out = append(out, crawler.PlanSite(s))
		}
	}
	for _, n := range names {
		if !slices.ContainsFunc(out, func(p crawler.Plan) bool { return p.Site.Name == n }) {
			return nil, noSite(n, config)
		}
	}
	if len(out) == 0 {
		return nil, misuse("no site is configured: write one (see configs/README.md) and name its file or folder with --config")
	}
	return out, nil
}

// noSite says that no site of a name is configured, and where to look.
func noSite(name, config string) error {
	if _, err := os.Stat(name); err == nil {
		return misuse("no site %q is configured; name files and folders with --config", name)
	}
	if config != "" {
		config = " --config " + config
	}
	return misuse("no site %q is configured; 'pressmark sites list%s' shows which are", name, config)
}
