package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/jedib0t/go-pretty/v6/table"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/extract/article"
	"pressmark/extract/suggest"
	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// comparer shows what a site's rules find on pages of today beside what they found on
// captured ones.
type comparer struct {
	out  io.Writer
	arch *archive
}

// oldPages is how many captured pages of a site are looked at.
const oldPages = 5

// compare prints both for a site, and proposes selectors for rules that find less.
func (c *comparer) compare(ctx context.Context, s *configs.Site, today []article.Page) error {
	if len(today) == 0 || len(s.Rules) == 0 {
		return nil
	}
	old, err := c.captured(ctx, s.Name)
	if err != nil || len(old) == 0 {
		return err
	}
	before, err := foundOn(s, old)
	if err != nil {
		return err
	}
	now, err := foundOn(s, today)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "\n%s: %d captured pages beside %d of today\n", s.Name, len(old), len(today))
	t := newTable(c.out)
	t.AppendHeader(table.Row{"Rule", "Selector", "Found before", "Found today"})
	var lost []string
	for _, key := range now.keys {
		b, n := before.pages[key], now.pages[key]
		t.AppendRow(table.Row{key, now.selector[key], fmt.Sprintf("%d of %d", b, len(old)), fmt.Sprintf("%d of %d", n, len(today))})
		if n*len(old) < b*len(today) {
			lost = append(lost, key)
		}
	}
	t.SetColumnConfigs(rightAligned(3, 4))
	t.Render()
	if len(lost) == 0 {
		return nil
	}
	return c.propose(ctx, today, lost)
}

// propose prints selectors that agree on the pages of today.
func (c *comparer) propose(ctx context.Context, today []article.Page, lost []string) error {
	p, err := suggest.Propose(ctx, today)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "selectors that agree on the pages of today ('pressmark sites suggest' makes a whole file of them):\n")
	for _, f := range p.Fields {
		if slices.Contains(lost, f.Key) && f.Selector != "" {
			fmt.Fprintf(c.out, "  %s: %s\n", f.Key, clean(f.Selector))
		} else if slices.Contains(lost, f.Key) {
			fmt.Fprintf(c.out, "  # %s: none; the extractor finds it by itself where it is\n", f.Key)
		}
	}
	return nil
}

// foundRules counts the pages on which each rule finds something.
type foundRules struct {
	keys     []string
	selector map[string]string
	pages    map[string]int
}

func foundOn(s *configs.Site, pages []article.Page) (foundRules, error) {
	f := foundRules{selector: map[string]string{}, pages: map[string]int{}}
	for _, page := range pages {
		_, list, err := suggest.ProbeSite(s, page)
		if err != nil {
			return f, err
		}
		for _, x := range list {
			if _, known := f.selector[x.Key]; !known {
				f.keys = append(f.keys, x.Key)
			}
			f.selector[x.Key] = x.Selector
			if x.Matches > 0 {
				f.pages[x.Key]++
			}
		}
	}
	return f, nil
}

// captured reads some captured pages of a site: the last ones before its pages changed, if
// they did.
func (c *comparer) captured(ctx context.Context, site string) (pages []article.Page, err error) {
	log, err := c.arch.OpenSite(ctx, site)
	if err != nil {
		return nil, err
	}
	var records []ledger.Record
	change := crawler.Drift(log)
	for r := range log.State().All() {
		if r.HasArticle() && !r.Captured.IsZero() && (change == nil || r.Captured.Before(change.Since)) {
			records = append(records, r)
		}
	}
	slices.SortFunc(records, func(a, b ledger.Record) int { return b.Captured.Compare(a.Captured) })
	for _, r := range records {
		if len(pages) == oldPages {
			break
		}
		page, err := c.page(ctx, log, r)
		if err != nil {
			return pages, err
		}
		if page.Body != nil {
			pages = append(pages, page)
		}
	}
	return pages, nil
}

// page reads an article's page out of its capture; it has no body if there is none.
func (c *comparer) page(ctx context.Context, log *storage.Log, r ledger.Record) (article.Page, error) {
	a, err := log.Article(ctx, r.ID)
	if err != nil {
		return article.Page{}, fmt.Errorf("read %s: %w", r.Article, err)
	}
	at := a.Capture
	if at.WARC == "" {
		return article.Page{}, nil
	}
	data, err := storage.ReadRange(ctx, c.arch.store, at.WARC, at.Offset, at.Length)
	if err != nil {
		return article.Page{}, fmt.Errorf("read %s: %w", at.WARC, err)
	}
	rec, err := warc.ReadBytes(data)
	if err != nil {
		return article.Page{}, fmt.Errorf("%s: %w", at.WARC, err)
	}
	resp, err := rec.Response()
	if err != nil {
		return article.Page{}, fmt.Errorf("%s: %w", at.WARC, err)
	}
	return article.Page{URL: r.URL, Body: resp.Body, ContentType: resp.Header.Get("Content-Type"), Header: resp.Header, Fetched: resp.Date, Status: resp.Status}, nil
}
