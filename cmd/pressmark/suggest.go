package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"pressmark/configs"
	"pressmark/crawler/fetch"
	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/extract/suggest"
	"pressmark/extract/weburl"
)

func newSitesSuggest(a *app) *cobra.Command {
	var name string
	var get getFlags
	cmd := &cobra.Command{
		Use:   "suggest URL|FILE...",
		Short: "Propose the YAML of a new site from a few of its article pages",
		Long: "Suggest reads a few article pages of one site (three or more of different kinds; URLs, fetched politely, or saved\n" +
			"files) and prints a configuration: hosts, sources, and selectors for title, time, body and credits that agree on\n" +
			"all of the pages. Read it before you use it.",
		Example: "  pressmark sites suggest https://www.example.com/a.html https://www.example.com/b.html > sites/example.yaml",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			pages, err := a.pages(cmd.Context(), args, get)
			if err != nil {
				return err
			}
			p, err := suggest.Propose(cmd.Context(), pages)
			if err != nil {
				return err
			}
			if name != "" {
				p.Site.Name = name
			}
			if get.allowPrivate {
				p.Site.AllowPrivate = p.Site.Hosts
			}
			return printProposal(a.stdout, p)
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "the site's name (default: made from its host)")
	get.register(cmd)
	return cmd
}

// getFlags are what commands need that fetch a few pages.
type getFlags struct {
	allowPrivate bool
	delay        configs.Duration
}

func (f *getFlags) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.allowPrivate, "allow-private", false, "fetch from addresses that are not public")
	cmd.Flags().Var(&f.delay, "delay", "time between two requests to one host (default 1s; robots.txt may ask for more)")
}

// pages reads URLs and files, one after another.
func (a *app) pages(ctx context.Context, from []string, f getFlags) ([]article.Page, error) {
	pages := make([]article.Page, len(from))
	var urls []int
	for i, arg := range from {
		if isURL(arg) {
			urls = append(urls, i)
			continue
		}
		var err error
		if pages[i], err = a.loadPage(ctx, arg, extractFlags{}); err != nil {
			return nil, err
		}
	}
	if len(urls) == 0 {
		return pages, nil
	}
	get := newGetter(f, a)
	defer get.net.close()
	for _, i := range urls {
		var err error
		if pages[i], err = get.page(ctx, from[i]); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

func isURL(s string) bool { return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") }

// getter fetches several pages over one network, so that the pace is kept.
type getter struct{ net *network }

func newGetter(f getFlags, a *app) getter {
	return getter{newNetwork(networkOptions{AllowPrivate: f.allowPrivate, Delay: time.Duration(f.delay), Now: a.now})}
}

func (g getter) page(ctx context.Context, raw string) (article.Page, error) {
	target, err := weburl.Normalize(raw)
	if err != nil {
		return article.Page{}, misuse("%w", err)
	}
	resp, err := g.net.client.Get(ctx, fetch.Request{URL: target, Kind: fetch.Page})
	if fetch.Code(err) == fetch.CodePrivateAddress {
		return article.Page{}, fmt.Errorf("%w; --allow-private lets it through", err)
	}
	if err != nil {
		return article.Page{}, err
	}
	if resp.Status != 200 {
		return article.Page{}, fmt.Errorf("get %s: status %d", target, resp.Status)
	}
	return article.Page{URL: resp.FinalURL, Body: resp.Body, ContentType: resp.Header.Get("Content-Type"), Fetched: resp.Started, Status: resp.Status}, nil
}

func printProposal(w io.Writer, p suggest.Proposal) error {
	fmt.Fprintf(w, "# Proposed from %d pages. Check it: pressmark sites check FILE --page URL\n", p.Pages)
	if p.Pages < 3 {
		fmt.Fprintln(w, "# Few pages: give three or more of different kinds for a better proposal.")
	}
	if p.Site.Timezone == nil {
		fmt.Fprintln(w, "# Add the site's time zone: timezone: Asia/Shanghai")
	}
	for _, f := range p.Fields {
		switch {
		case f.Selector != "":
			fmt.Fprintf(w, "# %-10s the same on all %d pages that have it\n", f.Key, f.Known)
		case f.Known > 0:
			fmt.Fprintf(w, "# %-10s no selector agrees on all %d pages that have it; the extractor finds it by itself\n", f.Key, f.Known)
		default:
			fmt.Fprintf(w, "# %-10s not found on any page\n", f.Key)
		}
	}
	for _, why := range p.Passed {
		fmt.Fprintf(w, "# left out: %s\n", strings.ReplaceAll(why, "\n", " "))
	}
	_, err := w.Write(configs.Encode(p.Site))
	return err
}

// probeFlags are what `sites check` needs to look at pages.
type probeFlags struct {
	pages []string
	live  bool
	site  string
	get   getFlags
}

func (f *probeFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&f.pages, "page", nil, "also tell what each rule finds on this page (a URL or a saved file; may be repeated)")
	cmd.Flags().BoolVar(&f.live, "live", false, "also fetch some articles of each site and tell what each rule finds on them")
	cmd.Flags().StringVar(&f.site, "site", "", "the site whose rules are for --page, where more than one is configured; only this one with --live")
	f.get.register(cmd)
}

// probe tells what the rules of the sites find on pages. It fails when a rule
// for title or body finds nothing on one of them.
func (a *app) probe(ctx context.Context, sites []configs.Site, f probeFlags) error {
	var bad []string
	for i := range sites {
		s := &sites[i]
		if f.site != "" && s.Name != f.site || len(s.Rules) == 0 {
			continue
		}
		pages, err := a.probePages(ctx, s, f)
		if err != nil {
			return err
		}
		for _, page := range pages {
			if isURL(page.URL) && !s.HasHost(weburl.HostOf(page.URL)) && f.site == "" {
				continue
			}
			missed, err := printFindings(a.stdout, s, page)
			if err != nil {
				return err
			}
			bad = append(bad, missed...)
		}
	}
	if len(bad) > 0 {
		return fmt.Errorf("%w: rules that find nothing: %s", errFailures, strings.Join(bad, ", "))
	}
	return nil
}

// liveArticles is how many articles of a site --live looks at.
const liveArticles = 3

func (a *app) probePages(ctx context.Context, s *configs.Site, f probeFlags) ([]article.Page, error) {
	pages, err := a.pages(ctx, f.pages, f.get)
	if err != nil || !f.live {
		return pages, err
	}
	get := newGetter(f.get, a)
	defer get.net.close()
	front := "https://" + s.Hosts[0] + "/"
	for _, source := range s.Sources {
		if source.Type == configs.Page || source.Type == "" {
			front = source.URL
			break
		}
	}
	list, err := get.page(ctx, front)
	if err != nil {
		return nil, err
	}
	res, err := extract.New(extract.Options{}).Extract(ctx, list)
	if err != nil {
		return nil, err
	}
	for _, link := range res.Links {
		if len(pages) >= len(f.pages)+liveArticles {
			break
		}
		if !link.Article || !s.HasHost(weburl.HostOf(link.URL)) || s.Excludes(link.URL) || len(s.Include) > 0 && !s.Includes(link.URL) {
			continue
		}
		page, err := get.page(ctx, link.URL)
		if err != nil {
			fmt.Fprintf(a.stdout, "%s: %v\n", s.Name, err)
			continue
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// printFindings shows what the rules that hold for a page find on it, and
// returns the rules for title and body that find nothing.
func printFindings(w io.Writer, s *configs.Site, page article.Page) (missed []string, err error) {
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
	fmt.Fprintf(w, "\n%s: %s on %s\n", s.File, rules.Name, page.URL)
	t := newTable(w)
	t.AppendHeader(table.Row{"Rule", "Selector", "Matches", "First"})
	for _, f := range found {
		t.AppendRow(table.Row{f.Key, f.Selector, f.Matches, f.Text})
		if f.Matches == 0 && (f.Key == "title" || f.Key == "body") {
			missed = append(missed, fmt.Sprintf("%s of %s on %s", f.Key, rules.Name, page.URL))
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
