package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// ErrTooMany reports a search that finds more articles than it may.
var ErrTooMany = errors.New("too many articles")

// Named returns the ids of articles by site. A name is as for [Index.Resolve]; it may
// also be that of an article whose removal was begun: its tombstone is there already.
func (x *Index) Named(ctx context.Context, names []string) (map[string][]string, error) {
	ids := idsBySite{}
	for _, name := range names {
		h, err := x.Resolve(ctx, name)
		site, id := h.Site, h.ID
		if errors.Is(err, ErrNoArticle) {
			if of, removed, notRemoved := x.tombstone(ctx, name); notRemoved == nil {
				site, id, err = of, removed, nil
			}
		}
		if err != nil {
			return nil, err
		}
		ids.add(site, id)
	}
	return ids, nil
}

// Found returns the ids of the articles that q finds, by site. The error wraps
// ErrTooMany if there are more than most.
func (x *Index) Found(ctx context.Context, q Query, most int) (map[string][]string, error) {
	ids, n := idsBySite{}, 0
	for h, err := range x.Each(ctx, q, Oldest) {
		if err != nil {
			return nil, err
		}
		if n++; n > most {
			return nil, fmt.Errorf("%w: more than %d", ErrTooMany, most)
		}
		ids.add(h.Site, h.ID)
	}
	return ids, nil
}

// idsBySite are ids of articles by site, each once.
type idsBySite map[string][]string

func (l idsBySite) add(site, id string) {
	if !slices.Contains(l[site], id) {
		l[site] = append(l[site], id)
	}
}
