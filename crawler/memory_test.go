package crawler_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/extract/article"
)

// wordy takes every page for an article whose title is cut from a long text, as a
// real extractor's are, with pictures that cannot be had. A front page lists n of them.
type wordy struct {
	reader
	n int
}

func (w wordy) Extract(ctx context.Context, p article.Page) (article.Result, error) {
	res, err := w.reader.Extract(ctx, p)
	if a := res.Article; a != nil {
		text := p.URL + strings.Repeat(" word", 20_000)
		a.Title, a.Text = text[:len(p.URL)], text
		a.Images = []article.Image{{URL: p.URL + ".png"}, {URL: "data:,"}, {URL: p.URL + ".jpg"}}
		return res, err
	}
	for i := range w.n {
		res.Links = append(res.Links, article.Link{URL: fmt.Sprint(p.URL, "news/", i), Text: fmt.Sprint("story ", i), Article: true})
	}
	return res, err
}

// TestTextsAreNotKept: an article that was committed leaves what a run has to know of
// it, not its text.
func TestTextsAreNotKept(t *testing.T) {
	const n, most = 1000, 5 << 10 // bytes an article; its text has 100 KB
	var first, last runtime.MemStats
	commits := 0
	s := &shelf{}
	s.commit = func(context.Context) error {
		s.mu.Lock()
		s.records = nil
		s.mu.Unlock()
		if commits++; commits == 2 {
			runtime.GC()
			runtime.ReadMemStats(&first)
		}
		runtime.GC()
		runtime.ReadMemStats(&last)
		return nil
	}
	job := crawler.Job{Site: &configs.Site{Name: "a", Hosts: []string{"a.example"}}, Archive: s, Extractor: wordy{n: n}, Depth: -1,
		Seeds: []crawler.Seed{{Source: configs.Source{URL: "http://a.example/", Type: configs.Page}}}}
	sums, err := crawler.New(crawler.Options{Fetcher: endlessly{}, Workers: 2, Batch: crawler.BatchLimits{Articles: 20}}).Run(t.Context(), []crawler.Job{job})
	if err != nil || sums[0].Err != nil || sums[0].Archived < n {
		t.Fatalf("%v, %+v", err, sums[0])
	}
	if grown := int64(last.HeapAlloc) - int64(first.HeapAlloc); grown > n*most {
		t.Errorf("the heap has grown by %d KB while %d articles were archived", grown>>10, n)
	}
}
