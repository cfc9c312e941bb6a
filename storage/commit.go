package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"
	"time"

	"pressmark/storage/ledger"
)

// settleTime is how long a commit goes on after its context has ended to find
// out what became of it, and to put back what it wrote over.
const settleTime = 5 * time.Second

func settleContext(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), settleTime)
}

// checkBatch refuses batches that would make the archive contradict itself.
func (l *Log) checkBatch(b *Batch) error {
	if b.Empty() && len(b.Images)+len(b.Captures)+len(b.Robots)+len(b.Articles) > 0 {
		return fmt.Errorf("%w of %s: objects, but no record that names them", ErrBatch, l.site)
	}
	named := map[string]bool{}
	for i := range b.Records {
		r := &b.Records[i]
		if r.URL == "" || r.Outcome == "" || r.Time.IsZero() {
			return fmt.Errorf("%w of %s: record %d (%s) lacks URL, outcome or time", ErrBatch, l.site, i, r.URL)
		}
		named[r.Article] = true
	}
	lists := []struct {
		prefix  string
		objects []Object
	}{
		{"images/", b.Images}, {"warc/" + l.site + "/", b.Captures},
		{"robots/" + l.site + "/", b.Robots}, {"articles/" + l.site + "/", b.Articles},
	}
	for _, list := range lists {
		for _, o := range list.objects {
			if err := CheckKey(o.Key); err != nil {
				return fmt.Errorf("%w of %s: %w", ErrBatch, l.site, err)
			}
			if !strings.HasPrefix(o.Key, list.prefix) {
				return fmt.Errorf("%w of %s: key %s does not begin with %s", ErrBatch, l.site, o.Key, list.prefix)
			}
		}
	}
	for _, o := range b.Articles {
		if err := CheckID(articleID(o.Key)); err != nil {
			return fmt.Errorf("%w of %s: %w", ErrBatch, l.site, err)
		}
		if !named[o.Key] {
			return fmt.Errorf("%w of %s: no record names %s", ErrBatch, l.site, o.Key)
		}
	}
	return nil
}

// articleID is the inverse of ArticleKey.
func articleID(key string) string { return strings.TrimSuffix(path.Base(key), ".json") }

// writeObjects writes what is named by its content or by the run, so that two
// writers cannot clash: first the images, then captures and robots.txt.
func (l *Log) writeObjects(ctx context.Context, b *Batch) error {
	err := l.each(ctx, b.Images, l.putOnce)
	if err == nil {
		err = l.each(ctx, b.Captures, l.put)
	}
	if err == nil {
		err = l.each(ctx, b.Robots, l.putOnce)
	}
	return err
}

func (l *Log) put(ctx context.Context, o Object) error {
	return l.archive.store.Put(ctx, o.Key, o.Body, o.MediaType)
}

// putOnce writes an object whose key tells its content, unless it is there.
func (l *Log) putOnce(ctx context.Context, o Object) error {
	info, err := l.archive.store.Stat(ctx, o.Key)
	if err == nil && info.Size == int64(len(o.Body)) {
		return nil
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	return l.put(ctx, o)
}

// each runs do on the objects, some at a time, and returns the first error.
func (l *Log) each(ctx context.Context, objects []Object, do func(context.Context, Object) error) error {
	for _, err := range readAhead(ctx, 0, len(objects)-1, l.archive.opt.Parallel, func(ctx context.Context, i int) (struct{}, error) {
		return struct{}{}, do(ctx, objects[i])
	}) {
		if err != nil {
			return err
		}
	}
	return nil
}

// articleWriter writes a batch's articles, which share their keys with other
// writers, and remembers what it wrote over.
type articleWriter struct {
	log   *Log
	batch *Batch

	mu      sync.Mutex
	written []overwritten
}

// overwritten is an article that was written, and what stood there before.
type overwritten struct {
	object Object
	url    string
	before []byte // nil where nothing stood there
}

// articleHead is what has to be known of a stored article.
type articleHead struct {
	ID          string `json:"id"`
	URL         string `json:"url"`
	Revision    int    `json:"revision"`
	ContentHash string `json:"content_hash"`
}

func (h articleHead) agrees(r ledger.Record) bool {
	return h.Revision == r.Revision && h.ContentHash == r.ContentHash
}

func (w *articleWriter) write(ctx context.Context) error {
	if len(w.batch.Articles) == 0 {
		return nil
	}
	if err := w.fence(ctx); err != nil {
		return err
	}
	records := map[string]*ledger.Record{}
	for i := range w.batch.Records {
		r := &w.batch.Records[i]
		if old := records[r.Article]; old == nil || r.Revision >= old.Revision {
			records[r.Article] = r
		}
	}
	// A repeated call comes late: the winner may have committed meanwhile, and more
	// than once, and what is written now would go over articles newer by revisions.
	ctx = beforeRepeat(ctx, w.fence)
	return w.log.each(ctx, w.batch.Articles, func(ctx context.Context, o Object) error {
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

// writeOne writes one article; what it is about to write over is kept under
// revisions/ if it is an earlier revision.
func (w *articleWriter) writeOne(ctx context.Context, o Object, r *ledger.Record) error {
	store := w.log.archive.store
	before, _, err := ReadObject(ctx, store, o.Key)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if err == nil {
		if bytes.Equal(before, o.Body) {
			return nil
		}
		var head articleHead
		if json.Unmarshal(before, &head) == nil && head.Revision > 0 && head.Revision < r.Revision {
			key := RevisionKey(w.log.site, articleID(o.Key), head.Revision)
			if err := w.log.putOnce(ctx, Object{Key: key, Body: before, MediaType: TypeJSON}); err != nil {
				return err
			}
		}
	}
	// Noted before it is written: a write whose answer is lost counts.
	w.mu.Lock()
	w.written = append(w.written, overwritten{o, r.URL, before})
	w.mu.Unlock()
	return w.log.put(ctx, o)
}

// giveWay puts back the articles that a lost batch wrote over, where the log,
// as the winner has made it, names what stood there before. Where the log
// agrees with what was written (both writers saw the same page) or does not
// know the article, nothing is to be done. Where the winner wrote its article
// in the moment between this writer's look and its write, there is nothing to
// put back: that is an error. The page's next revision mends it.
func (w *articleWriter) giveWay(ctx context.Context) error {
	if len(w.written) == 0 {
		return nil
	}
	ctx, cancel := settleContext(ctx)
	defer cancel()
	now, err := w.log.archive.load(ctx, w.log.site)
	if err != nil {
		return err
	}
	var errs []error
	for _, o := range w.written {
		if r, _ := now.state.Get(o.url); r.Article != "" {
			errs = append(errs, w.putBack(ctx, o, r))
		}
	}
	return errors.Join(errs...)
}

// putBack does what giveWay says for one article, of which r is the record now.
func (w *articleWriter) putBack(ctx context.Context, o overwritten, r ledger.Record) error {
	var mine articleHead
	if json.Unmarshal(o.object.Body, &mine) == nil && mine.agrees(r) {
		return nil
	}
	stored, _, err := ReadObject(ctx, w.log.archive.store, o.object.Key)
	if err != nil || !bytes.Equal(stored, o.object.Body) {
		return err // the winner has written after us
	}
	var before articleHead
	if o.before == nil || json.Unmarshal(o.before, &before) != nil || !before.agrees(r) {
		return fmt.Errorf("%s is not what the log says", o.object.Key)
	}
	return w.log.put(ctx, Object{Key: o.object.Key, Body: o.before, MediaType: TypeJSON})
}
