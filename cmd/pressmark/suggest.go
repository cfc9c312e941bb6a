package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/fetch"
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
			g := newGetter(get, a)
			defer g.close()
			pages, err := a.pages(cmd.Context(), args, g, nil)
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
	contact      string
}

func (f *getFlags) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.allowPrivate, "allow-private", false, "fetch from addresses that are not public")
	cmd.Flags().Var(&f.delay, "delay", "time between two requests to one host (default 1s; robots.txt may ask for more)")
	cmd.Flags().StringVar(&f.contact, "contact", "", contactUsage)
}

// contactUsage describes --contact, which all commands take that fetch pages.
const contactUsage = "how site owners reach you, a URL or mailto: address, sent in the User-Agent (or $PRESSMARK_CONTACT)"

// pages reads URLs and files, one after another. A page of one of the sites is
// fetched as its configuration says.
func (a *app) pages(ctx context.Context, from []string, get *getter, sites []configs.Site) ([]article.Page, error) {
	pages := make([]article.Page, len(from))
	for i, arg := range from {
		var err error
		if isURL(arg) {
			pages[i], err = get.page(ctx, arg, siteOf(sites, arg))
		} else {
			pages[i], err = a.loadPage(ctx, arg, extractFlags{})
		}
		if err != nil {
			return nil, err
		}
	}
	return pages, nil
}

func isURL(s string) bool { return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") }

// getter fetches several pages over one network, so that the pace is kept. It is
// made for the first page: who reads only files needs none.
type getter struct {
	open func() *crawler.Network
	net  *crawler.Network // nil before the first page
}

func newGetter(f getFlags, a *app) *getter {
	return &getter{open: func() *crawler.Network {
		return crawler.NewNetwork(crawler.NetworkOptions{AllowPrivate: f.allowPrivate, Delay: time.Duration(f.delay), Contact: f.contact, Version: version,
			Logger: a.logger(crawlFlags{}), Now: a.now})
	}}
}

func (g *getter) close() {
	if g.net != nil {
		g.net.Close()
	}
}

// page fetches one page, of a configured site with the site's delay and the
// private hosts that it allows. site may be nil.
func (g *getter) page(ctx context.Context, raw string, site *configs.Site) (article.Page, error) {
	target, err := weburl.Normalize(raw)
	if err != nil {
		return article.Page{}, misuse("%w", err)
	}
	if g.net == nil {
		g.net = g.open()
	}
	req := fetch.Request{URL: target, Kind: fetch.Page}
	if site != nil {
		req.AllowHosts = site.AllowPrivate
		if site.Delay > 0 {
			g.net.SetDelay(weburl.HostOf(target), site.Delay)
		}
	}
	resp, err := g.net.Client().Get(ctx, req)
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

// siteOf is the configured site that a URL belongs to, or nil.
func siteOf(sites []configs.Site, raw string) *configs.Site {
	target, err := weburl.Normalize(raw)
	if err != nil {
		return nil
	}
	return configs.Find(sites, weburl.HostOf(target))
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
	text, err := configs.Encode(p.Site)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}
