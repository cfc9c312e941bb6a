package search

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// withStories reads hits and says of which story each is. Articles are in a
// story of their own until a second one is like them.
func (x *Index) withStories(ctx context.Context, rows *sql.Rows) ([]Hit, error) {
	hits, err := scanHits(rows)
	if err != nil || len(hits) == 0 {
		return hits, err
	}
	args := make([]any, len(hits))
	for i := range hits {
		args[i] = hits[i].story
	}
	rows, err = x.db.QueryContext(ctx, `select a.story, a.id, s.n from (select story, min(doc) as doc, count(*) as n from article where story in (?`+
		strings.Repeat(",?", len(hits)-1)+`) group by story having n > 1) s join article a on a.doc = s.doc`, args...)
	type story struct {
		number int64
		first  string
		size   int
	}
	stories, err := collect(rows, err, func(s *story) []any { return []any{&s.number, &s.first, &s.size} })
	if err != nil {
		return nil, fmt.Errorf("stories: %w", err)
	}
	for i := range hits {
		for _, s := range stories {
			if s.number == hits[i].story {
				hits[i].Story, hits[i].StorySize = s.first, s.size
			}
		}
	}
	return hits, nil
}

// Story is a text that several articles have, or nearly so.
type Story struct {
	ID       string `json:"id"`       // of the first article
	Articles []Hit  `json:"articles"` // oldest first
}

// Stories lists stories; those whose newest article is the newest come first.
func (x *Index) Stories(ctx context.Context, limit, offset int) ([]Story, error) {
	rows, err := x.db.QueryContext(ctx, `select story from article where story <> doc group by story order by max(doc) desc limit ? offset ?`, limit, offset)
	numbers, err := collect(rows, err, func(n *int64) []any { return []any{n} })
	if err != nil {
		return nil, err
	}
	out := []Story{}
	for _, n := range numbers {
		hits, err := x.Story(ctx, Hit{story: n})
		if err != nil {
			return nil, err
		}
		if len(hits) > 1 { // the others may have been taken down
			out = append(out, Story{hits[0].ID, hits})
		}
	}
	return out, nil
}
