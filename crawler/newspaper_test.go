package crawler_test

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/tally"
	"pressmark/crawler/testweb/paper"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// newspaper is a paper that is crawled as its configuration says.
type newspaper struct{ *paper.Paper }

type sheet = paper.Sheet

var story, list = paper.Story, paper.List

func startPaper(t *testing.T) newspaper {
	t.Helper()
	return newspaper{paper.Start(t, nil)}
}

func (p newspaper) config(t *testing.T, sources string) string {
	t.Helper()
	return p.Config(t, sources)
}

// option changes a run of the configured site.
type option func(*call)

type call struct {
	paper.Call
	failOn []string
}

// only has the run begin at paths of the paper, as if somebody named them, and not
// wake the whole site.
func (p newspaper) only(paths ...string) option {
	return func(c *call) {
		c.Plan.Whole, c.Plan.Seeds = false, nil
		for _, path := range paths {
			c.Plan.Seeds = append(c.Plan.Seeds, configs.Source{URL: p.URL + path})
		}
	}
}

// days asks for the days from since up to and with until; "" is open.
func days(since, until string) option {
	return func(c *call) {
		c.Terms.Period = func(*time.Location) (from, to time.Time, err error) {
			if since != "" {
				if from, err = time.Parse(time.DateOnly, since); err != nil {
					return from, to, err
				}
			}
			if until != "" {
				to, err = time.Parse(time.DateOnly, until)
				to = to.AddDate(0, 0, 1)
			}
			return from, to, err
		}
	}
}

func limit(articles int) option            { return func(c *call) { c.Terms.Limit = articles } }
func refetch(c *call)                      { c.Terms.Refetch = true }
func anyAddress(c *call)                   { c.AllowPrivate = true }
func capturing(what paper.Captures) option { return func(c *call) { c.Captures = what } }
func failOn(conditions ...string) option   { return func(c *call) { c.failOn = conditions } }

// crawl runs the configured site at a time and returns the summary. failed says
// whether a failure is expected, or that one of the conditions of failOn holds.
func (p newspaper) crawl(t *testing.T, at time.Time, failed bool, config, dir string, options ...option) crawler.Summary {
	t.Helper()
	s, conditions := p.visit(t, at, config, dir, options...)
	if sum := s.Archived + s.Revised + s.Unchanged + s.Gone + s.Skipped + s.Failed + s.Queued; sum != s.Discovered {
		t.Errorf("%d pages discovered, outcomes of %d: %+v", s.Discovered, sum, s)
	}
	err := tally.Failed([]crawler.Summary{s}, conditions)
	if err != nil && !errors.Is(err, tally.ErrFailures) {
		t.Fatal(err)
	}
	if (err != nil) != failed {
		t.Fatalf("at %s: %v, failure wanted: %v\n%+v", at, err, failed, s)
	}
	return s
}

// visit is crawl, whatever the outcome. It returns the conditions of failOn, too.
func (p newspaper) visit(t *testing.T, at time.Time, config, dir string, options ...option) (crawler.Summary, []string) {
	t.Helper()
	c := p.call(t, func() time.Time { return at }, config, dir, options...)
	sum, err := c.Run(t)
	if err != nil || sum.Err != nil {
		t.Fatal(err, sum)
	}
	return sum, c.failOn
}

// call is a run that is to be made.
func (p newspaper) call(t *testing.T, now func() time.Time, config, dir string, options ...option) call {
	t.Helper()
	sites, err := configs.Load(config)
	if err != nil || len(sites) != 1 {
		t.Fatal(err, len(sites))
	}
	c := call{Call: paper.Call{Now: now, Dir: dir, Plan: crawler.PlanSite(sites[0]), Terms: crawler.Terms{Depth: -1}, Operator: "County Library"}}
	for _, o := range options {
		o(&c)
	}
	return c
}

// record returns the current record of a URL; the zero record if the log has none.
func (p newspaper) record(t *testing.T, dir, url string) ledger.Record {
	t.Helper()
	return p.Log(t, dir)[strings.TrimPrefix(url, p.URL)]
}

// articles returns the archived articles by URL.
func (p newspaper) articles(t *testing.T, dir string) map[string]*article.Article {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "articles", "*", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*article.Article{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		a, err := article.Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		out[a.URL] = a
	}
	return out
}

// paths returns the paths of the archived articles, sorted.
func (p newspaper) paths(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	for raw := range p.articles(t, dir) {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, u.RequestURI())
	}
	slices.Sort(out)
	return out
}

// segments returns the number of segments in the paper's log.
func (p newspaper) segments(t *testing.T, dir string) int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "log", "paper", "0*"))
	if err != nil {
		t.Fatal(err)
	}
	return len(files)
}
