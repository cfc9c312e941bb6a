// Package selection finds the articles that an export, or another pass over many, is
// about: by site, day of publication and query, with earlier revisions or without.
package selection

import (
	"context"
	"fmt"
	"iter"
	"time"

	"pressmark/storage"
	"pressmark/storage/corpus"
	"pressmark/storage/export"
	"pressmark/storage/search"
)

// Selection says which articles. The zero value selects none: it has no site.
type Selection struct {
	Sites        []string     // in the order in which they come
	Query        search.Query // the zero value finds all
	Since, Until string       // first and last day of publication ("2024-01-31"); "" for no bound
	Revisions    bool         // earlier revisions, too
}

// CheckDay returns an error if the text is neither a day (2024-01-31) nor "".
func CheckDay(day string) error {
	if day == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return fmt.Errorf("%q is not a day: write it as 2024-01-31", day)
	}
	return nil
}

// Items yields the articles by site, time and id, each followed by its earlier
// revisions if they are selected. An article that cannot be read is yielded with its
// error; the others follow.
func (s *Selection) Items(ctx context.Context, c *corpus.Corpus, x *search.Index) iter.Seq2[export.Item, error] {
	return func(yield func(export.Item, error) bool) {
		for _, site := range s.Sites {
			q := s.Query
			q.Terms = append(q.Terms[:len(q.Terms):len(q.Terms)], search.Term{Field: "site", Text: site})
			for h, err := range x.Each(ctx, q, search.Oldest) {
				if err == nil && !s.within(h.Published) {
					continue
				}
				if !s.revisions(ctx, c, x, h, err, yield) {
					return
				}
			}
		}
	}
}

// within reports whether an article was published between the days. One without a
// day is within no bounds.
func (s *Selection) within(published string) bool {
	if s.Since == "" && s.Until == "" {
		return true
	}
	if len(published) < len(time.DateOnly) {
		return false
	}
	day := published[:len(time.DateOnly)]
	return day >= s.Since && (s.Until == "" || day <= s.Until)
}

func (s *Selection) revisions(ctx context.Context, c *corpus.Corpus, x *search.Index, h search.Hit, err error, yield func(export.Item, error) bool) bool {
	if err != nil {
		return yield(export.Item{}, err)
	}
	rec, err := x.Record(ctx, h)
	if err != nil {
		return yield(export.Item{}, err)
	}
	first := h.Revision
	if s.Revisions {
		first = 1
	}
	for n := h.Revision; n >= first; n-- {
		key := storage.ArticleKey(h.Site, h.ID)
		if n < h.Revision {
			key = storage.RevisionKey(h.Site, h.ID, n)
		}
		data, a, err := c.Article(ctx, key)
		if !yield(export.Item{Site: h.Site, Record: rec, Article: a, JSON: data, Key: key, Story: h.Story}, err) {
			return false
		}
	}
	return true
}
