package crawler

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"pressmark/configs"
	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/extract/weburl"
)

// Getter fetches single pages over one network, so that the pace is kept. The network
// is made for the first page. Make one with NewGetter; not safe for concurrent use.
type Getter struct {
	options NetworkOptions
	net     *Network // nil before the first page
}

// NewGetter returns a Getter.
func NewGetter(o NetworkOptions) *Getter { return &Getter{options: o} }

// Close closes idle connections.
func (g *Getter) Close() {
	if g.net != nil {
		g.net.Close()
	}
}

// Page fetches a page; that of a configured site with the site's delay and the private
// hosts that it allows. site may be nil. A status other than 200 is an error.
func (g *Getter) Page(ctx context.Context, raw string, site *configs.Site) (article.Page, error) {
	target, err := weburl.Normalize(raw)
	if err != nil {
		return article.Page{}, err
	}
	if g.net == nil {
		g.net = NewNetwork(g.options)
	}
	req := fetch.Request{URL: target, Kind: fetch.Page}
	if site != nil {
		req.AllowHosts = site.AllowPrivate
		if req.Access, err = g.net.accessOf(site); err != nil {
			return article.Page{}, err
		}
		if site.Delay > 0 {
			g.net.setDelay(weburl.HostOf(target), site.Delay)
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
	return article.Page{URL: resp.FinalURL, Body: resp.Body, ContentType: resp.Header.Get("Content-Type"), Header: resp.Header, Fetched: resp.Started, Status: resp.Status}, nil
}

// Articles fetches up to n articles that a site's front page, or its first list
// page, links to. It tries up to 2n links. The error gives the reason if no article
// was found.
func (g *Getter) Articles(ctx context.Context, s *configs.Site, n int) ([]article.Page, error) {
	front := "https://" + strings.TrimPrefix(s.Hosts[0], "*.") + "/"
	for _, source := range s.Sources {
		if source.Type == configs.Page || source.Type == "" {
			front = source.URL
			break
		}
	}
	links, err := g.links(ctx, front, s)
	if err != nil {
		return nil, err
	}
	err = errors.New(front + " links to no article")
	var pages []article.Page
	for _, link := range links[:min(len(links), 2*n)] {
		if len(pages) == n {
			break
		}
		page, problem := g.Page(ctx, link, s)
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

// links returns the links to the site's articles on a list page or in a feed.
func (g *Getter) links(ctx context.Context, from string, s *configs.Site) ([]string, error) {
	list, err := g.Page(ctx, from, s)
	if err != nil {
		return nil, err
	}
	var links []string
	add := func(url string) {
		included := len(s.Include) == 0 || s.Includes(url)
		if included && !s.Excludes(url) && s.HasHost(weburl.HostOf(url)) {
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
	if err == nil && res.Kind == article.KindShell {
		return nil, fmt.Errorf("%s shows nothing without scripts: it needs a browser (crawl with --browser auto)", from)
	}
	for _, l := range res.Links {
		if l.Article {
			add(l.URL)
		}
	}
	return links, err
}
