package crawler

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"pressmark/configs"
	"pressmark/crawler/drift"
	"pressmark/crawler/visit"
	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/ledger"
)

// blocksURL names the record that holds a site's memory of repeated blocks. It
// is not an address, so that no page can have it.
const blocksURL = "memory:blocks"

// formsURL is the key of the record that holds a site's URL patterns.
const formsURL = "memory:forms"

// forms returns a site's URL patterns as earlier runs learned them.
func forms(log *storage.Log) (*visit.Forms, error) {
	f := new(visit.Forms)
	if rec, ok := log.Lookup(formsURL); ok {
		if err := json.Unmarshal(rec.Memory, f); err != nil {
			return nil, fmt.Errorf("read memory of %s: %w", log.Site(), err)
		}
	}
	return f, nil
}

// readingsURL is the key of the record that holds how a site's pages read.
const readingsURL = "memory:readings"

// readings returns the watch over how a site's pages read, with what earlier runs saw.
func readings(log *storage.Log, site *configs.Site, now time.Time) (*drift.Watch, error) {
	rec, _ := log.Lookup(readingsURL)
	version := ""
	if r := site.RulesFor(now); r != nil {
		version = r.Name
	}
	w, err := drift.Open(rec.Memory, version)
	if err != nil {
		return nil, fmt.Errorf("read memory of %s: %w", log.Site(), err)
	}
	return w, nil
}

// Drift returns how a site's pages read otherwise than they used to, nil if they do not.
func Drift(log *storage.Log) *drift.Finding {
	rec, _ := log.Lookup(readingsURL)
	return drift.FindingIn(rec.Memory)
}

// rememberRun commits the URL patterns that a run learned, if they would change a guess,
// and how the pages read that it read.
func rememberRun(ctx context.Context, log *storage.Log, f *visit.Forms, w *drift.Watch, now time.Time) error {
	var b storage.Batch
	if f.Changed() {
		data, err := json.Marshal(f)
		if err != nil {
			return err
		}
		b.Records = append(b.Records, memoryRecord(formsURL, data, now))
	}
	data, err := w.Save(now)
	if err != nil {
		return err
	}
	if data != nil {
		b.Records = append(b.Records, memoryRecord(readingsURL, data, now))
	}
	if len(b.Records) == 0 {
		return nil
	}
	return log.Commit(ctx, b)
}

func memoryRecord(url string, data []byte, now time.Time) ledger.Record {
	return ledger.Record{Time: now.UTC().Truncate(time.Millisecond), URL: url, ID: article.ID(url), Kind: ledger.KindMemory,
		Outcome: ledger.Archived, Memory: data}
}

// siteExtractor reads one site's pages with the memory that earlier runs
// learned, and learns for the next: what one run extracts must not depend on
// the order in which its pages come. It implements Extractor.
type siteExtractor struct {
	*extract.Extractor
	alone   *extract.Extractor // without memory
	learned *extract.Memory

	observe func(site string, took time.Duration, a *article.Article) // nil: no call
	site    string
}

// Extract implements Extractor.
func (x siteExtractor) Extract(ctx context.Context, page article.Page) (article.Result, error) {
	began := time.Now()
	res, err := x.Extractor.Extract(ctx, page)
	if x.observe != nil {
		x.observe(x.site, time.Since(began), res.Article)
	}
	if err == nil && res.Article != nil {
		x.learned.Add(res.Canonical, res.Marks)
	}
	return res, err
}

// Alone implements Extractor.
func (x siteExtractor) Alone(ctx context.Context, page article.Page) (article.Result, error) {
	return x.alone.Extract(ctx, page)
}

// Join implements Extractor.
func (siteExtractor) Join(first article.Result, rest ...article.Result) article.Result {
	return extract.Join(first, rest...)
}

// Memory returns a site's repeated blocks as earlier runs learned them; an empty
// memory if there is none.
func Memory(log *storage.Log) (*extract.Memory, error) {
	m := new(extract.Memory)
	rec, ok := log.Lookup(blocksURL)
	if !ok {
		return m, nil
	}
	if err := m.UnmarshalBinary(rec.Memory); err != nil {
		return nil, fmt.Errorf("read memory of %s: %w", log.Site(), err)
	}
	return m, nil
}

// remember commits the blocks that a run learned, each time that the sample of pages
// has doubled: a handful of records in a site's life.
func remember(ctx context.Context, log *storage.Log, learned *extract.Memory, now time.Time) error {
	known, err := Memory(log)
	if err != nil {
		return err
	}
	learned.Merge(known)
	if learned.Pages() < 4 || learned.Pages() < 2*known.Pages() {
		return nil
	}
	data, err := learned.MarshalBinary()
	if err != nil {
		return err
	}
	return log.Commit(ctx, storage.Batch{Records: []ledger.Record{memoryRecord(blocksURL, data, now)}})
}
