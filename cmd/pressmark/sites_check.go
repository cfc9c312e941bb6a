package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"pressmark/configs"
	"pressmark/extract/article"
)

func newSitesCheck(a *app) *cobra.Command {
	var f probeFlags
	cmd := &cobra.Command{
		Use:   "check [FILE-OR-FOLDER...]",
		Short: "Check site configurations: every mistake with file and line, and what each rule finds",
		RunE: func(cmd *cobra.Command, args []string) error {
			sites, err := checkSites(args)
			if err != nil {
				return err
			}
			if _, err = fmt.Fprintf(a.stdout, "%d sites, no mistakes\n", len(sites)); err != nil {
				return err
			}
			for _, line := range warnOfSecrets(sites) {
				if _, err := fmt.Fprintln(a.stdout, "warning:", clean(line)); err != nil {
					return err
				}
			}
			if len(f.pages) == 0 && !f.live {
				return nil
			}
			return a.probe(cmd.Context(), sites, f)
		},
	}
	f.register(cmd)
	return cmd
}

func checkSites(paths []string) ([]configs.Site, error) {
	if len(paths) == 0 {
		return configs.Builtin()
	}
	return configs.Load(paths...)
}

// probeFlags are the flags of `sites check` for fetching pages.
type probeFlags struct {
	pages []string
	live  bool
	site  string
	get   getFlags

	against readFlags // the archive whose captures are shown beside pages of today; from is "" for none
}

func (f *probeFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.pages, "page", nil, "also print what each rule finds on this page (a URL or a saved file; may be repeated)")
	cmd.Flags().BoolVar(&f.live, "live", false, "also fetch some articles of each site and print what each rule finds on them")
	cmd.Flags().StringVar(&f.site, "site", "", "the site whose rules apply to --page, if more than one is configured; with --live: only this site")
	cmd.Flags().StringVar(&f.against.from, "against", "", "also show what each rule found on captured pages in this archive, and propose selectors for rules that find less today")
	cmd.Flags().BoolVar(&f.against.pathStyle, "s3-path-style", false, "address buckets by path, as most S3-compatible stores want")
	f.get.register(cmd)
}

// probe prints what the rules of the sites find on pages. It fails if a rule for
// title or body finds nothing on one of them, or if no article of a site can be fetched.
func (a *app) probe(ctx context.Context, sites []configs.Site, f probeFlags) error {
	of, err := sitesToProbe(sites, f)
	if err != nil {
		return err
	}
	get, err := f.get.getter(a)
	if err != nil {
		return err
	}
	defer get.Close()
	pages, err := a.pages(ctx, f.pages, get, sites)
	if err != nil {
		return err
	}
	p := prober{out: a.stdout, get: get}
	if f.against.from != "" {
		arch, err := f.against.open(ctx, a)
		if err != nil {
			return err
		}
		p.old = &comparer{a.stdout, arch}
	}
	given := map[*configs.Site][]article.Page{}
	for i, page := range pages {
		if err := p.look(of[i], f.pages[i], page); err != nil {
			return err
		}
		given[of[i]] = append(given[of[i]], page)
	}
	for i := range sites {
		if err := p.compare(ctx, &sites[i], given[&sites[i]]); err != nil {
			return err
		}
	}
	for i := range sites {
		if f.live && (f.site == "" || f.site == sites[i].Name) {
			if err := p.live(ctx, &sites[i]); err != nil {
				return err
			}
		}
	}
	return p.verdict()
}

// sitesToProbe returns the site whose rules are for each --page: the one that --site
// names, the one with the URL's host, or the only one that is configured.
func sitesToProbe(sites []configs.Site, f probeFlags) ([]*configs.Site, error) {
	var named *configs.Site
	if f.site != "" {
		i := slices.IndexFunc(sites, func(s configs.Site) bool { return s.Name == f.site })
		if i < 0 {
			return nil, misuse("--site %q: these files have no such site", f.site)
		}
		named = &sites[i]
	} else if len(sites) == 1 {
		named = &sites[0]
	}
	out := make([]*configs.Site, len(f.pages))
	for i, page := range f.pages {
		out[i] = named
		if isURL(page) && f.site == "" {
			out[i] = siteOf(sites, page)
		}
		switch {
		case out[i] == nil:
			return nil, misuse("--page %s: name with --site the site whose rules apply", page)
		case len(out[i].Rules) == 0:
			return nil, misuse("--page %s: the site %s has no rules", page, out[i].Name)
		}
	}
	return out, nil
}
