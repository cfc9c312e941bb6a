package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/extract/article"
	"pressmark/extract/suggest"
)

// prober looks at pages with sites' rules and remembers what was wrong.
type prober struct {
	out      io.Writer
	get      *crawler.Getter
	old      *comparer // nil: nothing is compared with
	missed   []string  // rules that found nothing
	unlooked []string  // sites of which no article could be fetched
}

func (p *prober) look(s *configs.Site, name string, page article.Page) error {
	missed, err := printFindings(p.out, s, name, page)
	p.missed = append(p.missed, missed...)
	return err
}

// live looks at some articles of a site. A site that cannot be looked at does
// not keep the others from it.
func (p *prober) live(ctx context.Context, s *configs.Site) error {
	pages, err := p.get.Articles(ctx, s, liveArticles)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		fmt.Fprintf(p.out, "%s: %s\n", s.Name, clean(err.Error()))
		p.unlooked = append(p.unlooked, s.Name)
	}
	need, err := needOf(ctx, s, pages)
	if err != nil {
		return err
	}
	need.print(p.out, s.Name)
	if len(s.Rules) == 0 {
		fmt.Fprintf(p.out, "%s: no rules to look for\n", s.Name)
		return nil
	}
	for _, page := range pages {
		if err := p.look(s, page.URL, page); err != nil {
			return err
		}
	}
	return p.compare(ctx, s, pages)
}

// compare shows captured pages of a site beside those of today, if an archive was named.
func (p *prober) compare(ctx context.Context, s *configs.Site, today []article.Page) error {
	if p.old == nil {
		return nil
	}
	return p.old.compare(ctx, s, today)
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

// printFindings prints what the rules for a page find on it, and returns the rules for
// title and body that find nothing.
func printFindings(w io.Writer, s *configs.Site, name string, page article.Page) (missed []string, err error) {
	rules, found, err := suggest.ProbeSite(s, page)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(w, "\n%s: %s on %s\n", s.File, rules.Name, clean(name))
	t := newTable(w)
	t.AppendHeader(table.Row{"Rule", "Selector", "Matches", "First"})
	for _, f := range found {
		t.AppendRow(table.Row{f.Key, f.Selector, f.Matches, f.Text})
		if required := f.Key == "title" || f.Key == "body"; required && f.Matches == 0 {
			missed = append(missed, fmt.Sprintf("%s of %s on %s", f.Key, rules.Name, name))
		}
	}
	t.SetColumnConfigs(rightAligned(3, 3))
	t.Render()
	return missed, nil
}
