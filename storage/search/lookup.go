package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// ErrNoArticle: the index has no such article.
var ErrNoArticle = errors.New("no such article in the archive")

// Article returns the article with this id.
func (x *Index) Article(ctx context.Context, site, id string) (Hit, error) {
	return x.one(ctx, `site = ? and id = ?`, site, id)
}

// Resolve returns the article that a person names: by id, the beginning of an id
// (eight digits or more), or an address: canonical, alias or as fetched. The
// error is ErrNoArticle, or says that several articles begin so.
func (x *Index) Resolve(ctx context.Context, name string) (Hit, error) {
	if isID(name) {
		hits, err := x.list(ctx, `id >= ? and id < ? order by doc desc limit 2`, name, name+"g")
		switch {
		case err != nil:
			return Hit{}, err
		case len(hits) > 1 && hits[0].ID != hits[1].ID:
			return Hit{}, fmt.Errorf("%w: %s begins the ids of several articles (%s, %s, …): give more digits", ErrNoArticle, name, hits[0].ID, hits[1].ID)
		case len(hits) > 0:
			return hits[0], nil
		}
		return Hit{}, x.noArticle(ctx, name)
	}
	if h, err := x.one(ctx, `id = ?`, article.ID(name)); !errors.Is(err, ErrNoArticle) {
		return h, err
	}
	var site, id, alias string
	err := x.db.QueryRowContext(ctx, `select site, id, alias from url where site in (select site from cursor) and url = ?
		order by alias = '' limit 1`, name).Scan(&site, &id, &alias)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Hit{}, fmt.Errorf("%w: %s was never seen", ErrNoArticle, name)
	case err != nil:
		return Hit{}, err
	case alias != "":
		id = article.ID(alias)
	}
	h, err := x.Article(ctx, site, id)
	if errors.Is(err, ErrNoArticle) {
		return Hit{}, x.noArticle(ctx, name)
	}
	return h, err
}

// noArticle returns the error for a name that no article has. If there is a
// tombstone, the error has its reason.
func (x *Index) noArticle(ctx context.Context, name string) error {
	site, id, err := x.tombstone(ctx, name)
	if err != nil {
		return err
	}
	var at, why string
	if err := x.db.QueryRowContext(ctx, `select time, detail from url where site = ? and id = ? and alias = '' and outcome = 'removed'`, site, id).Scan(&at, &why); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	return fmt.Errorf("%w: %s was removed on %.10s: %s", ErrNoArticle, name, at, why)
}

// tombstone returns site and id of an article that was taken down. name is its id, the
// beginning of the id, or one of its URLs. The error is ErrNoArticle if the archive
// has no such tombstone.
func (x *Index) tombstone(ctx context.Context, name string) (site, id string, err error) {
	query, args := `url = ?`, []any{name}
	if isID(name) {
		query, args = `alias = '' and id >= ? and id < ?`, []any{name, name + "g"}
	}
	var alias string
	err = x.db.QueryRowContext(ctx, `select site, id, alias from url where outcome = 'removed' and `+query+` limit 1`, args...).Scan(&site, &id, &alias)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", "", fmt.Errorf("%w: %s", ErrNoArticle, name)
	case err != nil:
		return "", "", fmt.Errorf("index: %w", err)
	case alias != "":
		id = article.ID(alias)
	}
	return site, id, nil
}

// Asset returns the place of an asset's capture: the capture file's key, offset and
// length with spaces between them; "" if it was not captured.
func (x *Index) Asset(ctx context.Context, site, url string) (place string, err error) {
	err = x.db.QueryRowContext(ctx, `select detail from url where site = ? and url = ? and kind = 'asset' and outcome <> 'skipped'`, site, url).Scan(&place)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return place, err
}

func isID(name string) bool {
	return len(name) >= 8 && strings.Trim(name, "0123456789abcdef") == ""
}

func (x *Index) one(ctx context.Context, where string, args ...any) (Hit, error) {
	hits, err := x.list(ctx, where+` order by doc desc limit 1`, args...)
	if err != nil {
		return Hit{}, err
	}
	if len(hits) == 0 {
		return Hit{}, fmt.Errorf("%w: %v", ErrNoArticle, args[len(args)-1])
	}
	return hits[0], nil
}

func (x *Index) list(ctx context.Context, where string, args ...any) ([]Hit, error) {
	rows, err := x.db.QueryContext(ctx, `select `+hitColumns+` from article where `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return x.withStories(ctx, rows)
}

// Story returns the articles that have nearly the same text as this one, itself
// included, oldest first.
func (x *Index) Story(ctx context.Context, h Hit) ([]Hit, error) {
	return x.list(ctx, `story = ? order by doc limit 200`, h.story)
}

// Neighbours returns the articles of the same site before and after this one by
// publication. A zero Hit means that there is none.
func (x *Index) Neighbours(ctx context.Context, h Hit) (before, after Hit, err error) {
	site := "tag : " + tag("site", h.Site)
	earlier, err := x.list(ctx, `doc in (select rowid from words where words match ? and rowid < ? order by rowid desc limit 1)`, site, h.doc)
	if err != nil {
		return before, after, err
	}
	later, err := x.list(ctx, `doc in (select rowid from words where words match ? and rowid > ? order by rowid limit 1)`, site, h.doc)
	if err != nil {
		return before, after, err
	}
	if len(earlier) > 0 {
		before = earlier[0]
	}
	if len(later) > 0 {
		after = later[0]
	}
	return before, after, nil
}

// Look is one look at an article.
type Look struct {
	Seq      int64    `json:"seq"`
	Time     string   `json:"time"` // UTC
	URL      string   `json:"url"`
	Outcome  string   `json:"outcome"`
	Reason   string   `json:"reason,omitempty"`
	Revision int      `json:"revision,omitempty"`
	Changed  []string `json:"changed,omitempty"`
	Title    string   `json:"title,omitempty"`
}

// Looks returns the looks at an article, oldest first.
func (x *Index) Looks(ctx context.Context, site, id string) ([]Look, error) {
	rows, err := x.db.QueryContext(ctx, `select seq, time, url, outcome, reason, revision, changed, title from look where site = ? and id = ? order by seq`, site, id)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return scanLooks(rows)
}

func scanLooks(rows *sql.Rows) ([]Look, error) {
	defer rows.Close()
	out := []Look{}
	for rows.Next() {
		var l Look
		var changed string
		if err := rows.Scan(&l.Seq, &l.Time, &l.URL, &l.Outcome, &l.Reason, &l.Revision, &changed, &l.Title); err != nil {
			return nil, fmt.Errorf("index: %w", err)
		}
		if changed != "" {
			l.Changed = strings.Split(changed, ",")
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// Record returns the current record of an article, as far as the index keeps it:
// number, times, outcome and revision.
func (x *Index) Record(ctx context.Context, h Hit) (ledger.Record, error) {
	r := ledger.Record{URL: h.URL, ID: h.ID, Outcome: ledger.Archived, Revision: h.Revision, Title: h.Title, Published: h.Published}
	if h.Revision > 1 {
		r.Outcome = ledger.Revised
	}
	if h.Gone {
		r.Outcome = ledger.Gone
	}
	err := x.db.QueryRowContext(ctx, `select seq from article where doc = ?`, h.doc).Scan(&r.Seq)
	if err != nil {
		return r, fmt.Errorf("index: %w", err)
	}
	r.First, err = time.Parse(time.RFC3339, h.First)
	if err != nil {
		return r, fmt.Errorf("index: article %s: %w", h.ID, err)
	}
	return r, nil
}
