package crawler_test

import (
	"errors"
	"fmt"
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

// config writes the site's configuration and returns its file.
func (p newspaper) config(t *testing.T, sources string) string {
	t.Helper()
	u, err := url.Parse(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("name: paper\nhosts: ['%[1]s', 'localhost:%[2]s']\nlanguage: en\ntimezone: Europe/London\ndelay: 1ms\nallow_private: ['%[1]s', 'localhost:%[2]s']\nsources:\n%[3]s", u.Host, u.Port(),
		strings.ReplaceAll(sources, "URL", p.URL))
	file := filepath.Join(t.TempDir(), "paper.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// crawl runs the configured site at a time and returns the summary. failed says
// whether one of the conditions, or any failure, is expected.
func (p newspaper) crawl(t *testing.T, at time.Time, failed bool, config, dir string, failOn ...string) crawler.Summary {
	t.Helper()
	s := p.visit(t, at, config, dir)
	if sum := s.Archived + s.Revised + s.Unchanged + s.Gone + s.Skipped + s.Failed + s.Queued; sum != s.Discovered {
		t.Errorf("%d pages discovered, outcomes of %d: %+v", s.Discovered, sum, s)
	}
	err := tally.Failed([]crawler.Summary{s}, failOn)
	if err != nil && !errors.Is(err, tally.ErrFailures) {
		t.Fatal(err)
	}
	if (err != nil) != failed {
		t.Fatalf("at %s: %v, failure wanted: %v\n%+v", at, err, failed, s)
	}
	return s
}

// visit is crawl, whatever the outcome.
func (p newspaper) visit(t *testing.T, at time.Time, config, dir string) crawler.Summary {
	t.Helper()
	sites, err := configs.Load(config)
	if err != nil || len(sites) != 1 {
		t.Fatal(err, len(sites))
	}
	return p.RunPlan(t, at, dir, crawler.PlanSite(sites[0]), crawler.Terms{Depth: -1})
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
