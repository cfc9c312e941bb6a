package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// endlessly answers every request at once with a page.
type endlessly struct{}

func (endlessly) Get(_ context.Context, req fetch.Request) (*fetch.Response, error) {
	return &fetch.Response{URL: req.URL, FinalURL: req.URL, Status: http.StatusOK, Started: time.Now(),
		Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte("<!DOCTYPE html><html><body>" + req.URL + "</body></html>")}, nil
}

// reader takes every page but a front page for an article, and finds ten of
// them on a front page.
type reader struct{}

func (reader) Extract(_ context.Context, p article.Page) (article.Result, error) {
	r := article.Result{Canonical: p.URL}
	if p.URL[len(p.URL)-1] == '/' {
		r.Kind, r.Refusal = article.KindHome, &article.Refusal{Code: article.KindHome}
		for i := range 10 {
			r.Links = append(r.Links, article.Link{URL: fmt.Sprint(p.URL, i), Text: fmt.Sprint("story ", i), Article: true})
		}
		return r, nil
	}
	r.Kind, r.Article = article.KindArticle, &article.Article{Title: p.URL, ContentHash: p.URL}
	return r, nil
}

func (r reader) Alone(ctx context.Context, p article.Page) (article.Result, error) {
	return r.Extract(ctx, p)
}
func (reader) Join(first article.Result, _ ...article.Result) article.Result { return first }

// shelf is an archive that is told of each commit before it takes place.
type shelf struct {
	commit func(ctx context.Context) error

	mu      sync.Mutex
	records []ledger.Record
}

func (*shelf) Lookup(string) (ledger.Record, bool) { return ledger.Record{}, false }
func (*shelf) Records(func(ledger.Record) bool)    {}
func (*shelf) Articles() (named, removed int)      { return 0, 0 }
func (*shelf) Article(context.Context, string) (*article.Article, error) {
	return nil, errors.New("none")
}
func (*shelf) WARCKey(string, int) string  { return "" }
func (*shelf) ArticleKey(id string) string { return id }
func (*shelf) RobotsKey(string) string     { return "" }
func (*shelf) Asked(string)                {}
func (*shelf) CapturedDigest(context.Context, article.Capture) (string, error) {
	return "", errors.New("none")
}
func (*shelf) PutImage(context.Context, string, string, string, []byte) (string, error) {
	return "", errors.New("none")
}

func (s *shelf) Commit(ctx context.Context, b ledger.Batch) error {
	if err := s.commit(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.records = append(s.records, b.Records...)
	return nil
}

func (s *shelf) archived() (n int) {
	for _, rec := range s.records {
		if rec.Outcome == ledger.Archived {
			n++
		}
	}
	return n
}

func jobFor(name string, s *shelf) crawler.Job {
	return crawler.Job{Site: &configs.Site{Name: name, Hosts: []string{name + ".example"}}, Archive: s, Extractor: reader{}, Depth: -1,
		Seeds: []crawler.Seed{{Source: configs.Source{URL: "http://" + name + ".example/", Type: configs.Page}}}}
}

// TestStopAmidACommit: a run that is stopped while a batch is being committed
// commits it, and what came after it.
func TestStopAmidACommit(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := &shelf{commit: func(ctx context.Context) error { cancel(); return ctx.Err() }}
	sums, err := crawler.New(crawler.Options{Fetcher: endlessly{}, Workers: 1, Batch: crawler.BatchLimits{Articles: 3}}).Run(ctx, []crawler.Job{jobFor("a", s)})
	if !errors.Is(err, crawler.ErrInterrupted) {
		t.Fatalf("%v, want ErrInterrupted", err)
	}
	if sums[0].Err != nil || s.archived() < 3 || sums[0].Archived != s.archived() {
		t.Errorf("%d articles committed; summary %+v", s.archived(), sums[0])
	}
}

// TestStoppedByTheStore: what was in a batch that could not be committed, and in
// the one after it, is not counted as archived.
func TestStoppedByTheStore(t *testing.T) {
	commits := 0
	s := &shelf{commit: func(context.Context) error {
		if commits++; commits > 1 {
			return errors.New("no space left")
		}
		return nil
	}}
	sums, err := crawler.New(crawler.Options{Fetcher: endlessly{}, Workers: 1, Batch: crawler.BatchLimits{Articles: 3}}).Run(t.Context(), []crawler.Job{jobFor("a", s)})
	sum := sums[0]
	if err != nil || sum.Err == nil {
		t.Fatalf("%v, %+v", err, sum)
	}
	if sum.Archived != s.archived() || sum.Archived != 3 || sum.Queued != 7 || sum.Discovered != 10 {
		t.Errorf("%d articles committed; summary %+v", s.archived(), sum)
	}
}

// stopped is a reader that is stopped while it reads.
type stopped struct {
	reader
	stop context.CancelFunc
}

func (s stopped) Extract(ctx context.Context, _ article.Page) (article.Result, error) {
	s.stop()
	return article.Result{}, ctx.Err()
}

// TestStopAmidAList: a list, or a page, that was being read when the run was
// stopped has not failed.
func TestStopAmidAList(t *testing.T) {
	for _, source := range []configs.SourceType{configs.Page, ""} {
		ctx, cancel := context.WithCancel(t.Context())
		s := &shelf{commit: func(context.Context) error { return nil }}
		job := jobFor("a", s)
		job.Extractor, job.Seeds[0].Type = stopped{stop: cancel}, source
		sums, err := crawler.New(crawler.Options{Fetcher: endlessly{}, Workers: 1}).Run(ctx, []crawler.Job{job})
		if !errors.Is(err, crawler.ErrInterrupted) || sums[0].SourcesFailed != 0 || len(s.records) != 0 {
			t.Errorf("%v, %+v, %+v", err, sums[0], s.records)
		}
	}
}

// TestStopWhileTheStoreHangs: a run of many sites that is stopped ends within
// ten seconds, whatever the store does.
func TestStopWhileTheStoreHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		s := &shelf{commit: func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }}
		var jobs []crawler.Job
		for i := range 50 {
			jobs = append(jobs, jobFor(fmt.Sprint("s", i), s))
		}
		time.AfterFunc(time.Minute, cancel)
		sums, err := crawler.New(crawler.Options{Fetcher: endlessly{}, Workers: 1, Batch: crawler.BatchLimits{Articles: 3}}).Run(ctx, jobs)
		if !errors.Is(err, crawler.ErrInterrupted) || sums[0].Err == nil {
			t.Errorf("%v, %v", err, sums[0].Err)
		}
		if took := time.Since(time.Date(2000, 1, 1, 0, 1, 0, 0, time.UTC)); took > 10*time.Second {
			t.Errorf("it ended %v after the stop", took)
		}
	})
}
