package main

import (
	"context"
	"fmt"
	"time"

	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/ledger"
)

// memoryURL names the record in which a site's memory is kept; it is no
// address, so that no page can have it.
const memoryURL = "memory:blocks"

// siteExtractor reads one site's pages with the memory that earlier runs
// learned, and learns for the next: what one run extracts must not depend on
// the order in which its pages come.
type siteExtractor struct {
	*extract.Extractor
	alone   *extract.Extractor // without memory
	learned *extract.Memory
}

// Extract implements crawler.Extractor.
func (x siteExtractor) Extract(ctx context.Context, page article.Page) (article.Result, error) {
	res, err := x.Extractor.Extract(ctx, page)
	if err == nil && res.Article != nil {
		x.learned.Add(res.Canonical, res.Marks)
	}
	return res, err
}

// Alone implements crawler.Extractor.
func (x siteExtractor) Alone(ctx context.Context, page article.Page) (article.Result, error) {
	return x.alone.Extract(ctx, page)
}

// Join implements crawler.Extractor.
func (siteExtractor) Join(first article.Result, rest ...article.Result) article.Result {
	return extract.Join(first, rest...)
}

// memory reads the site memory that earlier runs learned: empty where there is none.
func (s *siteArchive) memory() (*extract.Memory, error) {
	m := new(extract.Memory)
	rec, ok := s.Lookup(memoryURL)
	if !ok {
		return m, nil
	}
	if err := m.UnmarshalBinary(rec.Memory); err != nil {
		return nil, fmt.Errorf("read memory of %s: %w", s.site.Name, err)
	}
	return m, nil
}

// remember writes what was learned, each time that the sample of pages has
// doubled: a handful of records in a site's life.
func (s *siteArchive) remember(ctx context.Context, learned *extract.Memory, now time.Time) error {
	known, err := s.memory()
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
	return s.log.Commit(ctx, storage.Batch{Records: []ledger.Record{{Time: now.UTC().Truncate(time.Millisecond), URL: memoryURL,
		ID: article.ID(memoryURL), Kind: ledger.KindMemory, Outcome: ledger.Archived, Memory: data}}})
}
