package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"pressmark/configs"
	"pressmark/crawler/discover"
	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/extract/suggest"
	"pressmark/extract/weburl"
)

// probeFlags are what `sites check` needs to look at pages.
type probeFlags struct {
	pages []string
	live  bool
	site  string
	get   getFlags
}

func (f *probeFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.pages, "page", nil, "also tell what each rule finds on this page (a URL or a saved file; may be repeated)")
	cmd.Flags().BoolVar(&f.live, "live", false, "also fetch some articles of each site and tell what each rule finds on them")
	cmd.Flags().StringVar(&f.site, "site", "", "the site whose rules are for --page, where more than one is configured; only this one with --live")
	f.get.register(cmd)
}

// probe tells what the rules of the sites find on pages. It fails when a rule
// for title or body finds nothing on one of them, and when no article of a site
// can be looked at.
func (a *app) probe(ctx context.Context, sites []configs.Site, f probeFlags) error {
	of, err := sitesToProbe(sites, f)
	if err != nil {
		return err
	}
	get := newGetter(f.get, a)
	defer get.close()
	pages, err := a.pages(ctx, f.pages, get, sites)
	if err != nil {
		return err
	}
	p := prober{out: a.stdout, get: get}
	for i, page := range pages {
		if err := p.look(of[i], f.pages[i], page); err != nil {
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

// sitesToProbe are the sites whose rules are for each --page: the one that --site
// names, the one with the URL's host, or the only one that is configured.
func sitesToProbe(sites []configs.Site, f probeFlags) ([]*configs.Site, error) {
	var named *configs.Site
	if f.site != "" {
		i := slices.IndexFunc(sites, func(s configs.Site) bool { return s.Name == f.site })
		if i < 0 {
			return nil, misuse("--site %q: no such site in these files", f.site)
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
			return nil, misuse("--page %s: say with --site whose rules are for it", page)
		case len(out[i].Rules) == 0:
			return nil, misuse("--page %s: the site %s has no rules", page, out[i].Name)
		}
	}
	return out, nil
}

// prober looks at pages with sites' rules and remembers what was wrong.
type prober struct {
	out      io.Writer
	get      *getter
	missed   []string // rules that found nothing
	unlooked []string // sites of which no article could be had
}

func (p *prober) look(s *configs.Site, name string, page article.Page) error {
	missed, err := printFindings(p.out, s, name, page)
	p.missed = append(p.missed, missed...)
	return err
}

// live looks at some articles of a site. A site that cannot be looked at does
// not keep the others from it.
func (p *prober) live(ctx context.Context, s *configs.Site) error {
	if len(s.Rules) == 0 {
		fmt.Fprintf(p.out, "%s: no rules to look for\n", s.Name)
		return nil
	}
	pages, err := p.articles(ctx, s)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		fmt.Fprintf(p.out, "%s: %v\n", s.Name, err)
		p.unlooked = append(p.unlooked, s.Name)
	}
	for _, page := range pages {
		if err := p.look(s, page.URL, page); err != nil {
			return err
		}
	}
	return nil
}

func (p *prober) verdict() error {
	var bad []string
	if len(p.missed) > 0 {
		bad = append(bad, "rules that find nothing: "+strings.Join(p.missed, ", "))
	}
	if len(p.unlooked) > 0 {
		bad = append(bad, "no article to look at: "+strings.Join(p.unlooked, ", "))
	}
	if len(bad) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s", errFailures, strings.Join(bad, "; "))
}

// liveArticles is how many articles of a site --live looks at.
const liveArticles = 3

// articles fetches some articles that a site's front page, or its first list
// page, links to.
func (p *prober) articles(ctx context.Context, s *configs.Site) ([]article.Page, error) {
	front := "https://" + strings.TrimPrefix(s.Hosts[0], "*.") + "/"
	for _, source := range s.Sources {
		if source.Type == configs.Page || source.Type == "" {
			front = source.URL
			break
		}
	}
	links, err := p.links(ctx, front, s)
	if err != nil {
		return nil, err
	}
	err = errors.New(front + " links to no article")
	var pages []article.Page
	for i, link := range links {
		if len(pages) == liveArticles || i == 2*liveArticles {
			break
		}
		page, problem := p.get.page(ctx, link, s)
		if problem != nil {
			err = problem
			continue
		}
		pages = append(pages, page)
	}
	if len(pages) > 0 {
		err = nil
	}
	return pages, err
}

// links are those to the site's articles on a list page or in a feed.
func (p *prober) links(ctx context.Context, from string, s *configs.Site) ([]string, error) {
	list, err := p.get.page(ctx, from, s)
	if err != nil {
		return nil, err
	}
	var links []string
	add := func(url string) {
		if s.HasHost(weburl.HostOf(url)) && !s.Excludes(url) && (len(s.Include) == 0 || s.Includes(url)) {
			links = append(links, url)
		}
	}
	if discover.Sniff(list.Body, list.ContentType) == discover.KindFeed {
		feed, err := discover.Feed(list.Body, list.URL)
		for _, it := range feed.Items {
			add(it.URL)
		}
		return links, err
	}
	res, err := extract.New(extract.Options{}).Extract(ctx, list)
	for _, l := range res.Links {
		if l.Article {
			add(l.URL)
		}
	}
	return links, err
}

// printFindings shows what the rules that hold for a page find on it, and
// returns the rules for title and body that find nothing.
func printFindings(w io.Writer, s *configs.Site, name string, page article.Page) (missed []string, err error) {
	var rules *configs.Rules
	var found []suggest.Finding
	for i := range s.Rules { // as the extractor does: the newest whose body is there
		if found, err = suggest.Probe(&s.Rules[i], page); err != nil {
			return nil, err
		}
		if rules = &s.Rules[i]; !missesBody(found) {
			break
		}
	}
	fmt.Fprintf(w, "\n%s: %s on %s\n", s.File, rules.Name, name)
	t := newTable(w)
	t.AppendHeader(table.Row{"Rule", "Selector", "Matches", "First"})
	for _, f := range found {
		t.AppendRow(table.Row{f.Key, f.Selector, f.Matches, f.Text})
		if f.Matches == 0 && (f.Key == "title" || f.Key == "body") {
			missed = append(missed, fmt.Sprintf("%s of %s on %s", f.Key, rules.Name, name))
		}
	}
	t.SetColumnConfigs(rightAligned(3, 3))
	t.Render()
	return missed, nil
}

func missesBody(found []suggest.Finding) bool {
	for _, f := range found {
		if f.Key == "body" {
			return f.Matches == 0
		}
	}
	return false
}
