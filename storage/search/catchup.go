package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"pressmark/storage"
	"pressmark/storage/corpus"
	"pressmark/storage/ledger"
)

// batchSize is the number of log records that are indexed in one transaction.
const batchSize = 1000

// Progress is called after each transaction.
type Progress struct {
	Site     string
	Seq      int64 // of the last record read
	Articles int   // indexed by this call so far
}

// CatchUp indexes the records of the sites' logs that are new to the index, and
// drops sites that the archive no longer has. Articles that cannot be read are
// skipped; an UnreadError for each is joined and returned at the end, after all
// others are indexed. Any other error ends CatchUp; what was indexed before stays.
func (x *Index) CatchUp(ctx context.Context, c *corpus.Corpus, progress func(Progress)) error {
	sites, err := c.Sites(ctx)
	if err != nil {
		return err
	}
	if err := x.forgetOthers(ctx, sites); err != nil {
		return fmt.Errorf("index %s: %w", x.path, err)
	}
	u := updater{index: x, corpus: c, progress: progress}
	for _, site := range sites {
		err := u.site(ctx, site)
		u.settle()
		if err != nil {
			return errors.Join(append(u.unread, fmt.Errorf("index %s: %w", site, err))...)
		}
	}
	return errors.Join(u.unread...)
}

// UnreadError is an article that could not be indexed.
type UnreadError struct {
	Site, ID string
	Err      error
}

// Error names the article and the cause.
func (e *UnreadError) Error() string { return fmt.Sprintf("%s %s: %v", e.Site, e.ID, e.Err) }

// Unwrap returns the cause.
func (e *UnreadError) Unwrap() error { return e.Err }

// Unread returns the articles that could not be indexed, if err of [Index.CatchUp]
// is about single articles alone: the index is up to date otherwise. For another
// error it returns nil.
func Unread(err error) []*UnreadError {
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		return nil
	}
	var out []*UnreadError
	for _, one := range joined.Unwrap() {
		var u *UnreadError
		if !errors.As(one, &u) {
			return nil
		}
		out = append(out, u)
	}
	return out
}

type updater struct {
	index    *Index
	corpus   *corpus.Corpus
	progress func(Progress)
	articles int
	unread   []error        // articles that could not be read
	missing  []*UnreadError // of the site in hand: articles that are not there, and were not removed so far
}

// settle ends the work on a site. An article that is still missing was not removed,
// so its error is reported.
func (u *updater) settle() {
	for _, err := range u.missing {
		u.unread = append(u.unread, err)
	}
	u.missing = nil
}

// removed records the takedown of an article: that its file is missing is not an
// error.
func (u *updater) removed(id string) {
	u.missing = slices.DeleteFunc(u.missing, func(e *UnreadError) bool { return e.ID == id })
}

func (u *updater) site(ctx context.Context, site string) error {
	var after int64
	err := u.index.db.QueryRowContext(ctx, `select seq from cursor where site = ?`, site).Scan(&after)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	for batch, err := range batches(storage.Feed(ctx, u.corpus.Store(), site, storage.FeedOptions{After: after})) {
		if err != nil {
			return err
		}
		if err := u.batch(ctx, site, batch); err != nil {
			return err
		}
		if u.progress != nil {
			u.progress(Progress{Site: site, Seq: batch[len(batch)-1].Seq, Articles: u.articles})
		}
	}
	return nil
}

// batches cuts a feed into slices of at most batchSize records.
func batches(feed iter.Seq2[ledger.Record, error]) iter.Seq2[[]ledger.Record, error] {
	return func(yield func([]ledger.Record, error) bool) {
		var batch []ledger.Record
		for rec, err := range feed {
			if err != nil {
				yield(nil, err)
				return
			}
			if batch = append(batch, rec); len(batch) == batchSize {
				if !yield(batch, nil) {
					return
				}
				batch = batch[:0]
			}
		}
		if len(batch) > 0 {
			yield(batch, nil)
		}
	}
}

func (u *updater) batch(ctx context.Context, site string, batch []ledger.Record) error {
	docs, err := u.documents(ctx, site, batch)
	if err != nil {
		return err
	}
	err = u.index.write(ctx, func(tx *sql.Tx) error {
		w, err := newWriter(ctx, tx, site)
		if err != nil {
			return err
		}
		for i := range batch {
			if err := w.record(&batch[i]); err != nil {
				return err
			}
		}
		if err := w.documents(docs); err != nil {
			return err
		}
		return w.finish(batch[len(batch)-1].Seq)
	})
	if err != nil {
		return err
	}
	u.articles += len(docs)
	return nil
}

// documents reads the articles that a batch names, the newest record of each.
func (u *updater) documents(ctx context.Context, site string, batch []ledger.Record) ([]document, error) {
	newest := map[string]int{}
	for i := range batch {
		switch {
		case changesArticle(&batch[i]):
			newest[batch[i].ID] = i
		case batch[i].Outcome == ledger.Removed:
			delete(newest, batch[i].ID)
			u.removed(batch[i].ID)
		}
	}
	records := func(yield func(ledger.Record) bool) {
		for i := range batch {
			rec := batch[i]
			if n, ok := newest[rec.ID]; !ok || n != i {
				continue
			}
			if rec.Article == "" {
				rec.Article = storage.ArticleKey(site, rec.ID)
			}
			if !yield(rec) {
				return
			}
		}
	}
	docs := make([]document, 0, len(newest))
	for e, err := range u.corpus.Read(ctx, site, records) {
		switch {
		case err != nil && ctx.Err() != nil:
			return nil, err
		case errors.Is(err, storage.ErrNotFound):
			u.missing = append(u.missing, &UnreadError{Site: site, ID: e.Record.ID, Err: err})
		case err != nil:
			u.unread = append(u.unread, &UnreadError{Site: site, ID: e.Record.ID, Err: err})
		default:
			docs = append(docs, newDocument(e))
		}
	}
	return docs, nil
}

// changesArticle reports whether the article of a record has to be indexed anew.
func changesArticle(rec *ledger.Record) bool {
	if rec.Kind != ledger.KindPage || rec.Alias != "" {
		return false
	}
	switch rec.Outcome {
	case ledger.Archived, ledger.Revised, ledger.Gone:
		return true
	case ledger.Unchanged:
		return rec.Reason == ledger.ReasonImages || rec.Reason == ledger.ReasonReextracted
	default:
		return false
	}
}

// forgetOthers removes the sites that are not in the list.
func (x *Index) forgetOthers(ctx context.Context, sites []string) error {
	rows, err := x.db.QueryContext(ctx, `select site from cursor`)
	if err != nil {
		return err
	}
	have, err := texts(rows)
	if err != nil {
		return err
	}
	for _, site := range have {
		if slices.Contains(sites, site) {
			continue
		}
		if err := x.write(ctx, func(tx *sql.Tx) error { return forget(ctx, tx, site) }); err != nil {
			return err
		}
	}
	return nil
}

func forget(ctx context.Context, tx *sql.Tx, site string) error {
	for _, statement := range []string{
		`delete from words where rowid in (select doc from article where site = ?)`,
		`delete from image where doc in (select doc from article where site = ?)`,
		`delete from band where doc in (select doc from article where site = ?)`,
		`delete from article where site = ?`,
		`delete from total where site = ?`,
		`delete from outcome where site = ?`,
		`delete from listed where site = ?`,
		`delete from url where site = ?`,
		`delete from look where site = ?`,
		`delete from cursor where site = ?`,
	} {
		if _, err := tx.ExecContext(ctx, statement, site); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `delete from motif; insert into motif select motif, min(doc), max(doc), count(distinct doc) from image where motif <> '' group by motif`)
	return err
}

// texts reads rows of one text.
func texts(rows *sql.Rows) ([]string, error) {
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// stamp writes a time as the index does; the zero time is "".
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}
