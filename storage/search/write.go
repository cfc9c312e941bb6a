package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"pressmark/storage/ledger"
)

// writer adds one batch of a site to the index, in one transaction.
type writer struct {
	ctx      context.Context // of the transaction
	site     string
	prepared map[string]*sql.Stmt
	tx       *sql.Tx
	totals   map[value]int      // changes of the numbers of articles by value
	outcomes map[outcomeKey]int // changes of the numbers of URLs and pictures
	listed   map[listedKey]int  // changes of the numbers of URLs by source and day
	motifs   map[string]bool    // motifs whose pictures changed
	counter  map[int64]int64
	newest   string // time of the newest record
}

func newWriter(ctx context.Context, tx *sql.Tx, site string) (*writer, error) {
	if site == "" {
		return nil, errors.New("a site without a name")
	}
	return &writer{ctx: ctx, site: site, tx: tx, prepared: map[string]*sql.Stmt{}, totals: map[value]int{}, outcomes: map[outcomeKey]int{},
		listed: map[listedKey]int{}, motifs: map[string]bool{}, counter: map[int64]int64{}}, nil
}

// exec runs a statement, which is prepared once a transaction.
func (w *writer) exec(query string, args ...any) error {
	s, err := w.statement(query)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(w.ctx, args...)
	return err
}

func (w *writer) statement(query string) (*sql.Stmt, error) {
	if s := w.prepared[query]; s != nil {
		return s, nil
	}
	s, err := w.tx.PrepareContext(w.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", strings.TrimSpace(query), err)
	}
	w.prepared[query] = s
	return s, nil
}

// row reads one row into dest. It reports whether there is one.
func (w *writer) row(query string, args []any, dest ...any) (bool, error) {
	s, err := w.statement(query)
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(w.ctx, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// record keeps the current outcome of a URL, and the looks at an article.
func (w *writer) record(rec *ledger.Record) error {
	if err := w.recount(rec); err != nil {
		return err
	}
	if at := stamp(rec.Time); at > w.newest {
		w.newest = at
	}
	if err := w.exec(`insert into url (site, url, kind, outcome, reason, detail, status, source, alias, id, first, time, due, tries)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (site, url) do update set kind = excluded.kind, outcome = excluded.outcome, reason = excluded.reason,
			detail = excluded.detail, status = excluded.status, alias = excluded.alias, time = excluded.time, due = excluded.due,
			tries = excluded.tries, source = iif(source = '', excluded.source, source)`,
		w.site, rec.URL, string(rec.Kind), string(rec.Outcome), rec.Reason, rec.Detail, rec.Status, rec.Source, rec.Alias, rec.ID,
		stamp(firstSeen(rec)), stamp(rec.Time), stamp(rec.Due), rec.Tries); err != nil {
		return err
	}
	if rec.Outcome == ledger.Removed && rec.Alias == "" {
		return w.takeDown(rec.ID)
	}
	if !isLook(rec) {
		return nil
	}
	return w.exec(`insert or replace into look (site, id, seq, time, url, outcome, reason, revision, changed, title)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		w.site, rec.ID, rec.Seq, stamp(rec.Time), rec.URL, string(rec.Outcome), rec.Reason, rec.Revision, strings.Join(rec.Changed, ","), rec.Title)
}

// takeDown removes an article from the index that was removed from the archive, and
// its titles from the recorded looks. What SQLite still has of it in its file is left to
// [Index.Erase].
func (w *writer) takeDown(id string) error {
	if err := w.exec(`update look set title = '' where site = ? and id = ?`, w.site, id); err != nil {
		return err
	}
	if err := w.exec(`insert or replace into meta (name, value) values (?, '')`, metaErase); err != nil {
		return err
	}
	return w.remove(id)
}

// isLook reports whether a record is of a look at an archived article.
func isLook(rec *ledger.Record) bool {
	if rec.Kind != ledger.KindPage || rec.Alias != "" {
		return false
	}
	switch rec.Outcome {
	case ledger.Archived, ledger.Revised, ledger.Unchanged, ledger.Gone:
		return true
	default:
		return false
	}
}

// documents indexes articles in the order of their numbers, which the full-text
// index takes in one piece.
func (w *writer) documents(docs []document) error {
	for i := range docs {
		if err := w.remove(docs[i].record.ID); err != nil {
			return err
		}
	}
	for i := range docs {
		if err := w.number(&docs[i]); err != nil {
			return err
		}
	}
	sort.Slice(docs, func(i, j int) bool { return docs[i].doc < docs[j].doc })
	for i := range docs {
		if err := w.add(&docs[i]); err != nil {
			return err
		}
	}
	return nil
}

// number gives a document the next free number of its minute.
func (w *writer) number(d *document) error {
	minute := minuteOf(d.at)
	next, ok := w.counter[minute]
	if !ok {
		var last sql.NullInt64
		if _, err := w.row(`select max(doc) from article where doc >= ? and doc < ?`,
			[]any{minute << counterBits, (minute + 1) << counterBits}, &last); err != nil {
			return err
		}
		next = minute << counterBits
		if last.Valid {
			next = last.Int64 + 1
		}
	}
	d.doc = next
	w.counter[minute] = next + 1
	return nil
}

// remove removes an article from the index, if it is there.
func (w *writer) remove(id string) error {
	var doc int64
	found, err := w.row(`select doc from article where site = ? and id = ?`, []any{w.site, id}, &doc)
	if err != nil || !found {
		return err
	}
	if err := w.uncount(doc); err != nil {
		return err
	}
	if err := w.dropImages(doc); err != nil {
		return err
	}
	for _, statement := range []string{
		`delete from words where rowid = ?`,
		`delete from band where doc = ?`, `delete from article where doc = ?`,
	} {
		if err := w.exec(statement, doc); err != nil {
			return err
		}
	}
	return nil
}

// uncount subtracts an article from the counts by value.
func (w *writer) uncount(doc int64) error {
	var packed string
	if _, err := w.row(`select facets from article where doc = ?`, []any{doc}, &packed); err != nil {
		return err
	}
	for v := range unpackValues(packed) {
		w.totals[v]--
	}
	return nil
}

func (w *writer) add(d *document) error {
	a, t := d.article, d.words
	if err := w.exec(`insert into words (rowid, title, body, caption, author, source, section, tag) values (?, ?, ?, ?, ?, ?, ?, ?)`,
		d.doc, t.title, t.body, t.caption, t.author, t.source, t.section, t.tag); err != nil {
		return err
	}
	story, err := w.story(d)
	if err != nil {
		return err
	}
	published := ""
	if a.Published != nil {
		published = *a.Published
	}
	if err := w.exec(`insert into article (doc, site, id, url, title, published, precision, language, source, authors, section, access,
		revision, gone, seq, first, captured, chars, images, missing, lead, simhash, story, facets)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		d.doc, w.site, d.record.ID, a.URL, a.Title, published, string(a.PublishedPrecision), a.Language, a.Credits.Source,
		strings.Join(a.Credits.Authors, "\n"), a.Section, string(a.Access), a.Revision, d.gone, d.record.Seq, stamp(firstSeen(&d.record)),
		a.Capture.Fetched, utf8.RuneCountInString(a.Text), len(a.Images), d.missing(), d.lead(), int64(d.hash), story, packValues(d.values)); err != nil {
		return err
	}
	for _, v := range d.values {
		w.totals[v]++
	}
	for i := range a.Images {
		if err := w.image(d, i); err != nil {
			return err
		}
	}
	return nil
}

// fewLooks bounds the articles that a new one is compared with.
const fewLooks = 256

// story returns the number of the oldest known article with nearly the same text,
// or the document's own.
func (w *writer) story(d *document) (int64, error) {
	if d.hash == 0 {
		return d.doc, nil
	}
	story := d.doc
	for n := range bands {
		found, err := w.alike(d.hash, n)
		if err != nil {
			return 0, err
		}
		older := story == d.doc || found < story
		if older && found != 0 {
			story = found
		}
	}
	for n := range bands {
		if err := w.exec(`insert or ignore into band (band, value, doc, simhash) values (?, ?, ?, ?)`, n, band(d.hash, n), d.doc, int64(d.hash)); err != nil {
			return 0, err
		}
	}
	return story, nil
}

// alike returns the number of the oldest known story with nearly this hash, 0 if there
// is none. Only articles with the same band are looked at, and of most of them only
// the hash, which is in the table of bands.
func (w *writer) alike(hash uint64, n int) (int64, error) {
	docs, err := w.sameBand(hash, n)
	if err != nil {
		return 0, err
	}
	var found int64
	for _, doc := range docs {
		var story int64
		if ok, err := w.row(`select story from article where doc = ?`, []any{doc}, &story); err != nil {
			return 0, err
		} else if ok && (found == 0 || story < found) {
			found = story
		}
	}
	return found, nil
}

// sameBand returns the articles with nearly the same hash that share its band n.
func (w *writer) sameBand(hash uint64, n int) (docs []int64, err error) {
	s, err := w.statement(`select doc, simhash from band where band = ? and value = ? limit ?`)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(w.ctx, n, band(hash, n), fewLooks)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var doc, other int64
		if err := rows.Scan(&doc, &other); err != nil {
			return nil, err
		}
		if alike(hash, uint64(other)) {
			docs = append(docs, doc)
		}
	}
	return docs, rows.Err()
}

// finish writes the changed numbers and how far the site's log has been read.
func (w *writer) finish(seq int64) error {
	for v, n := range w.totals {
		if n == 0 {
			continue
		}
		if err := w.exec(`insert into total (site, name, value, n) values (?, ?, ?, ?)
			on conflict (name, value, site) do update set n = n + excluded.n`, w.site, v.name, v.value, n); err != nil {
			return err
		}
	}
	if err := w.finishCounts(); err != nil {
		return err
	}
	if err := w.finishMotifs(); err != nil {
		return err
	}
	if err := w.exec(`insert into meta (name, value) values (?, ?) on conflict (name) do update set value = max(value, excluded.value)`, metaNewest, w.newest); err != nil {
		return err
	}
	return w.exec(`insert into cursor (site, seq) values (?, ?) on conflict (site) do update set seq = excluded.seq`, w.site, seq)
}

func firstSeen(rec *ledger.Record) time.Time {
	if rec.First.IsZero() {
		return rec.Time
	}
	return rec.First
}
