package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/extract/article"
	"pressmark/extract/weburl"
)

// getFlags are the flags of commands that fetch a few pages.
type getFlags struct {
	allowPrivate bool
	delay        configs.Duration
	proxy        proxyFlag
	contact      string
}

func (f *getFlags) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.allowPrivate, "allow-private", false, "fetch from addresses that are not public")
	cmd.Flags().Var(&f.delay, "delay", "time between two requests to one host (default 1s; robots.txt may ask for more)")
	cmd.Flags().Var(&f.proxy, "proxy", proxyUsage)
	cmd.Flags().StringVar(&f.contact, "contact", "", contactUsage)
}

// contactUsage describes --contact, which all commands take that fetch pages.
const contactUsage = "how site owners reach you, a URL or mailto: address, sent in the User-Agent (or $PRESSMARK_CONTACT)"

// pages reads URLs and files one after another. A page of one of the sites is
// fetched with that site's configuration.
func (a *app) pages(ctx context.Context, from []string, get *crawler.Getter, sites []configs.Site) ([]article.Page, error) {
	pages := make([]article.Page, len(from))
	for i, arg := range from {
		var err error
		if isURL(arg) {
			pages[i], err = getPage(ctx, get, arg, siteOf(sites, arg))
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

func (f *getFlags) getter(a *app) (*crawler.Getter, error) {
	if err := f.proxy.check(); err != nil {
		return nil, err
	}
	return crawler.NewGetter(crawler.NetworkOptions{AllowPrivate: f.allowPrivate, Proxy: f.proxy.read, Delay: time.Duration(f.delay), Contact: f.contact, Version: version,
		Logger: a.logger(false), Now: a.now}), nil
}

// getPage fetches a page. A malformed URL is a usage error.
func getPage(ctx context.Context, get *crawler.Getter, url string, site *configs.Site) (article.Page, error) {
	if _, err := weburl.Normalize(url); err != nil {
		return article.Page{}, misuse("%w", err)
	}
	return get.Page(ctx, url, site)
}

// siteOf is the configured site that a URL belongs to, or nil.
func siteOf(sites []configs.Site, raw string) *configs.Site {
	target, err := weburl.Normalize(raw)
	if err != nil {
		return nil
	}
	return configs.Find(sites, weburl.HostOf(target))
}
