package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"pressmark/storage/ledger"
)

// articleWriter writes articles, whose keys other writers share. It remembers the
// articles it has overwritten until the batch is committed or given up.
type articleWriter struct {
	log *Log

	mu      sync.Mutex
	written map[string]overwritten // by key
}

// overwritten is an article that was written, or may have been, and all that was
// seen in its place before.
type overwritten struct {
	object Object
	url    string
	before [][]byte
}

// articleHead holds the fields of a stored article that a writer compares.
type articleHead struct {
	ID          string `json:"id"`
	URL         string `json:"url"`
	Revision    int    `json:"revision"`
	ContentHash string `json:"content_hash"`
}

// readHead returns the zero head if body is not an article.
func readHead(body []byte) articleHead {
	var h articleHead
	if json.Unmarshal(body, &h) != nil {
		return articleHead{}
	}
	return h
}

func (h articleHead) agrees(r ledger.Record) bool {
	return h.Revision > 0 && h.Revision == r.Revision && h.ContentHash == r.ContentHash
}

// stored is the state of an article in the store.
type stored struct {
	articleHead
	body []byte // nil where there is none
	tag  string
}

func (s stored) same(other stored) bool {
	return s.tag == other.tag && bytes.Equal(s.body, other.body) && (s.body == nil) == (other.body == nil)
}

func (l *Log) look(ctx context.Context, key string) (stored, error) {
	body, info, err := ReadObject(ctx, l.archive.store, key)
	if errors.Is(err, ErrNotFound) {
		return stored{}, nil
	}
	return stored{readHead(body), body, info.Tag}, err
}

// putOver overwrites an article if it is still the one that was read (else
// ErrChanged). In a store without tags it overwrites unconditionally.
func (l *Log) putOver(ctx context.Context, o Object, old stored) error {
	if l.blind.Load() || old.body != nil && old.tag == "" {
		return l.put(ctx, o)
	}
	err := l.archive.store.PutIf(ctx, o.Key, o.Body, o.MediaType, old.tag)
	if errors.Is(err, errors.ErrUnsupported) {
		l.blind.Store(true)
		return l.put(ctx, o)
	}
	return err
}

func (w *articleWriter) write(ctx context.Context, b *Batch) error {
	if len(b.Articles) == 0 {
		return nil
	}
	if err := w.fence(ctx); err != nil {
		return err
	}
	records := map[string]*ledger.Record{}
	for i := range b.Records {
		r := &b.Records[i]
		if old := records[r.Article]; old == nil || r.Revision >= old.Revision {
			records[r.Article] = r
		}
	}
	// A repeated call comes late: the winner may have committed meanwhile. In a store
	// without conditional writes, a write now could overwrite newer articles.
	ctx = beforeRepeat(ctx, w.fence)
	return w.log.each(ctx, b.Articles, func(ctx context.Context, o Object) error {
		return w.writeOne(ctx, o, records[o.Key])
	})
}

// fence stops a writer that has lost already from writing over articles.
func (w *articleWriter) fence(ctx context.Context) error {
	_, err := w.log.archive.store.Stat(ctx, SegmentKey(w.log.site, w.log.next))
	if err == nil {
		return &ConflictError{Site: w.log.site, Segment: w.log.next}
	}
	if !errors.Is(err, ErrNotFound) {
		return err
	}
	return nil
}

const (
	maxLooks    = 20 // at one article in one commit; each after the first takes another writer's write
	maxRefusals = 3  // in a row although nothing has changed: the store does not keep its condition
)

// writeOne writes one article. An article that it overwrites is kept first. If the log
// does not have the article, writeOne assumes that it is new until the store says
// otherwise, which saves a request for nearly every article of a first crawl. It only
// overwrites an article that it has read, and never one that a winner has committed since
// the log was loaded: the article it has read is either the one that the log names, or
// was stored before the winner's segment.
func (w *articleWriter) writeOne(ctx context.Context, o Object, r *ledger.Record) error {
	known, _ := w.log.state.Get(r.URL)
	if known.Article == "" && !w.log.blind.Load() {
		if done, err := w.writeNew(ctx, o, r.URL); done {
			return err
		}
	}
	for look := (looks{}); ; {
		old, err := w.log.look(ctx, o.Key)
		if err != nil || old.body != nil && bytes.Equal(old.body, o.Body) {
			return err
		}
		if look.count(old); look.refused() {
			w.log.blind.Store(true)
		}
		foreign := old.body != nil && !old.agrees(known)
		if foreign || look.n > 1 {
			if err := w.fence(ctx); err != nil {
				return err
			}
		}
		if err := w.keep(ctx, o.Key, old, r, known); err != nil {
			return err
		}
		w.note(o, r.URL, old) // a write whose answer is lost counts
		err = w.log.putOver(ctx, o, old)
		if !errors.Is(err, ErrChanged) || look.n == maxLooks {
			return err
		}
	}
}

// writeNew writes an article that the log does not know, if nothing is there. done is
// false if something is, or if the store cannot make a write depend on that.
func (w *articleWriter) writeNew(ctx context.Context, o Object, url string) (done bool, err error) {
	w.note(o, url, stored{})
	err = w.log.archive.store.PutIf(ctx, o.Key, o.Body, o.MediaType, "")
	if errors.Is(err, errors.ErrUnsupported) {
		w.log.blind.Store(true)
		return false, nil
	}
	return !errors.Is(err, ErrChanged), err
}

// looks counts the looks at an article that is to be written over.
type looks struct {
	n    int
	last stored
	same int // looks in a row that found the very same: its writes are refused all the same
}

func (l *looks) count(found stored) {
	l.n++
	if l.n > 1 && found.same(l.last) {
		l.same++
	} else {
		l.same = 0
	}
	l.last = found
}

// refused reports whether the store refuses to overwrite the object that it returns.
func (l *looks) refused() bool { return l.same == maxRefusals }

// note remembers the object that is about to be overwritten. The note is kept if the
// write is refused: an earlier try may have succeeded although its response was
// lost.
func (w *articleWriter) note(o Object, url string, old stored) {
	w.mu.Lock()
	defer w.mu.Unlock()
	before := w.written[o.Key].before
	if old.body != nil {
		before = append(before, old.body)
	}
	if w.written == nil {
		w.written = map[string]overwritten{}
	}
	w.written[o.Key] = overwritten{o, url, before}
}

// keep copies the article that is about to be overwritten to revisions/. An earlier
// revision that the log names is always copied. Any other article was written by a writer
// that has not committed it, and may or may not still do so. It is copied if its text
// differs from the new one and its place under revisions/ is free.
func (w *articleWriter) keep(ctx context.Context, key string, old stored, r *ledger.Record, known ledger.Record) error {
	if old.Revision <= 0 || old.Revision > r.Revision || old.agrees(*r) {
		return nil
	}
	o := Object{Key: RevisionKey(w.log.site, articleID(key), old.Revision), Body: old.body, MediaType: TypeJSON}
	if old.agrees(known) {
		if old.Revision == r.Revision { // a revision written anew takes the place of the old one
			return nil
		}
		return w.log.put(ctx, o)
	}
	_, err := w.log.archive.store.Stat(ctx, o.Key)
	if errors.Is(err, ErrNotFound) {
		err = w.log.putOver(ctx, o, stored{})
	}
	if errors.Is(err, ErrChanged) { // by another writer, who saw the same
		return nil
	}
	return err
}

// giveWay restores the articles that a lost batch overwrote, if the log, with the
// winner's records, names the earlier content. If the log agrees with the new
// content (both writers saw the same page) or does not have the article, nothing is
// done. If the log names an article that no longer exists anywhere, that is an
// error; the page's next revision repairs it.
func (w *articleWriter) giveWay(ctx context.Context, b *Batch) error {
	if len(w.written) == 0 && len(b.Captures) == 0 {
		return nil
	}
	ctx, cancel := settleContext(ctx)
	defer cancel()
	now, err := w.log.archive.load(ctx, w.log.site)
	if err != nil {
		return err
	}
	if err := w.dropRemoved(ctx, b, now.state); err != nil {
		return err
	}
	since, err := w.since(ctx, now.last)
	if err != nil {
		return err
	}
	var errs []error
	for key, o := range w.written {
		if r, _ := now.state.Get(o.url); r.Article != "" {
			errs = append(errs, w.putBack(ctx, o, r, since[key]))
		}
	}
	return errors.Join(errs...)
}

// dropRemoved deletes the lost batch's articles that were removed meanwhile.
func (w *articleWriter) dropRemoved(ctx context.Context, b *Batch, now *ledger.State) error {
	traces := newTraces()
	for i := range b.Records {
		rec := &b.Records[i]
		if r, _ := now.Get(rec.URL); r.Outcome == ledger.Removed {
			traces.pages[rec.URL] = &Takedown{ID: rec.ID}
		}
	}
	if len(traces.pages) == 0 {
		return nil
	}
	for key, o := range w.written {
		if traces.pages[o.url] == nil {
			continue
		}
		copies, err := w.log.archive.revisionKeys(ctx, w.log.site, articleID(key))
		if err != nil {
			return err
		}
		for _, key := range append(copies, key) {
			if err := w.log.archive.store.Delete(ctx, key); err != nil {
				return err
			}
		}
	}
	for _, o := range b.Captures {
		if o.MediaType != TypeWARC {
			continue
		}
		if err := w.log.archive.blankCapture(ctx, o.Key, traces); err != nil {
			return err
		}
	}
	return nil
}

// since returns the records of the written articles from the lost segment on.
func (w *articleWriter) since(ctx context.Context, last int) (map[string][]ledger.Record, error) {
	since := map[string][]ledger.Record{}
	for s, err := range w.log.archive.segments(ctx, w.log.site, w.log.next, last) {
		if err == nil {
			err = decodeSegment(s.key, s.body, func(r ledger.Record) error {
				if _, ok := w.written[r.Article]; ok {
					since[r.Article] = append(since[r.Article], r)
				}
				return nil
			})
		}
		if err != nil {
			return nil, err
		}
	}
	return since, nil
}

// putBack restores one article as giveWay describes. r is its current record, and
// since are all revisions that the winners have written.
func (w *articleWriter) putBack(ctx context.Context, o overwritten, r ledger.Record, since []ledger.Record) error {
	current, err := w.sortOut(ctx, o, r, since)
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		old, err := w.log.look(ctx, o.object.Key)
		mine := bytes.Equal(old.body, o.object.Body)
		switch {
		case err != nil || old.agrees(r):
			return err
		case !mine && current == nil:
			return nil // the writer after us repairs it
		case !mine && old.Revision > r.Revision:
			return w.keepAgain(ctx, o.object.Key, current)
		}
		if current == nil {
			if current, err = w.keptOf(ctx, o.object.Key, r); err != nil {
				return err
			}
		}
		err = w.log.putOver(ctx, Object{Key: o.object.Key, Body: current, MediaType: TypeJSON}, old)
		if !errors.Is(err, ErrChanged) || n == maxLooks {
			return err
		}
	}
}

// sortOut looks through what was written over: it returns what the log says is current,
// nil if that is not among it, and keeps what the winners have written as revisions.
func (w *articleWriter) sortOut(ctx context.Context, o overwritten, r ledger.Record, since []ledger.Record) (current []byte, err error) {
	for _, before := range o.before {
		head := readHead(before)
		switch {
		case head.agrees(r):
			current = before
		case slices.ContainsFunc(since, head.agrees):
			if err := w.keepAgain(ctx, o.object.Key, before); err != nil {
				return nil, err
			}
		}
	}
	return current, nil
}

// keptOf returns the kept copy of the revision that a record names.
func (w *articleWriter) keptOf(ctx context.Context, key string, r ledger.Record) ([]byte, error) {
	body, err := w.log.archive.kept(ctx, w.log.site, r)
	if err == nil && body == nil {
		err = fmt.Errorf("%s is not as the log has it", key)
	}
	return body, err
}

// keepAgain stores an article that the log names under revisions/, if it is missing
// there: the writer of the next revision may not have seen it.
func (w *articleWriter) keepAgain(ctx context.Context, key string, body []byte) error {
	head := readHead(body)
	o := Object{Key: RevisionKey(w.log.site, articleID(key), head.Revision), Body: body, MediaType: TypeJSON}
	there, err := w.log.look(ctx, o.Key)
	if stored := there.Revision == head.Revision && there.ContentHash == head.ContentHash; err != nil || stored {
		return err
	}
	return w.log.put(ctx, o)
}

// kept returns the copy under revisions/ of the article that the record names, nil
// if there is none.
func (a *Archive) kept(ctx context.Context, site string, r ledger.Record) ([]byte, error) {
	body, _, err := ReadObject(ctx, a.store, RevisionKey(site, articleID(r.Article), r.Revision))
	if errors.Is(err, ErrNotFound) || err == nil && !readHead(body).agrees(r) {
		return nil, nil
	}
	return body, err
}
