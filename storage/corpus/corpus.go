// Package corpus reads the articles of an archive: which there are, in which
// revisions, with the records of the log that name them. Search, export, the
// reader and the commands that show an article all read through it.
//
// It only reads. Articles come in the order of the log, several are fetched at
// one time, and memory does not grow with their number.
package corpus

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/ledger"
)

// parallel is the number of objects that are fetched at one time.
const parallel = 16

// Entry is one article of an archive.
type Entry struct {
	Site    string
	Record  ledger.Record    // the record that named the article
	Article *article.Article // the revision that Record names, or a later one
	JSON    []byte           // Article as it is stored
}

// Corpus is the articles of an archive. Make one with [Open]. It may be used
// concurrently.
type Corpus struct{ store storage.Store }

// Open returns the articles in store.
func Open(store storage.Store) *Corpus { return &Corpus{store: store} }

// Store returns the store below.
func (c *Corpus) Store() storage.Store { return c.store }

// Sites returns the names of the sites that have a log, in order.
func (c *Corpus) Sites(ctx context.Context) ([]string, error) {
	var names []string
	for name, err := range storage.Sites(ctx, c.store) {
		if err != nil {
			return names, fmt.Errorf("list sites: %w", err)
		}
		names = append(names, name)
	}
	return names, nil
}

// Read fetches the articles that records name, several at one time, and yields
// them in the order of records. A record that names no article is passed over. If
// one cannot be read, its entry has no Article and comes with the error; the
// rest follows.
func (c *Corpus) Read(ctx context.Context, site string, records iter.Seq[ledger.Record]) iter.Seq2[Entry, error] {
	type result struct {
		entry Entry
		err   error
	}
	return func(yield func(Entry, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		queue := make(chan chan result, parallel)
		go func() {
			defer close(queue)
			for rec := range records {
				if rec.Article == "" {
					continue
				}
				one := make(chan result, 1)
				select {
				case queue <- one:
				case <-ctx.Done():
					return
				}
				go func() {
					e, err := c.read(ctx, site, rec)
					one <- result{e, err}
				}()
			}
		}()
		for one := range queue {
			r := <-one
			if !yield(r.entry, r.err) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(Entry{Site: site}, err)
		}
	}
}

func (c *Corpus) read(ctx context.Context, site string, rec ledger.Record) (Entry, error) {
	e := Entry{Site: site, Record: rec}
	data, a, err := c.Article(ctx, rec.Article)
	e.JSON, e.Article = data, a
	return e, err
}

// Article reads the article under key, as stored and decoded. An article that is
// not there is [storage.ErrNotFound].
func (c *Corpus) Article(ctx context.Context, key string) ([]byte, *article.Article, error) {
	data, _, err := storage.ReadObject(ctx, c.store, key)
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", key, err)
	}
	a, err := article.Decode(data)
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", key, err)
	}
	return data, a, nil
}

// Revision reads revision n of an article; 0 means the newest one. The error is
// [storage.ErrNotFound] if the revision does not exist.
func (c *Corpus) Revision(ctx context.Context, site, id string, n int) ([]byte, *article.Article, error) {
	data, a, err := c.Article(ctx, storage.ArticleKey(site, id))
	newest := err == nil && (n == 0 || a.Revision == n)
	switch {
	case newest:
		return data, a, nil
	case err == nil || n != 0 && errors.Is(err, storage.ErrNotFound):
		return c.Article(ctx, storage.RevisionKey(site, id, n))
	}
	return nil, nil, err
}
