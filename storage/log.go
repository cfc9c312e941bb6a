package storage

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"pressmark/storage/ledger"
)

// Object and Batch are the arguments of Commit. They are defined in the ledger, so
// that a crawler can make them without importing stores.
type (
	Object = ledger.Object
	Batch  = ledger.Batch
)

// Log is one site's log, opened for adding to it. Make one with
// [Archive.OpenSite]. Its methods may be called concurrently; commits take
// turns.
type Log struct {
	archive *Archive
	site    string
	writer  string // in the gzip header of this writer's segments

	reading   sync.RWMutex // held for writing while a commit's records go into the state
	mu        sync.Mutex
	state     *ledger.State
	next      int   // number of the next segment
	snapshots []int // numbers, rising
	folded    int64 // highest seq in the newest snapshot
	lines     lineWriter
	articles  articleWriter
	failed    error // why nothing can be committed any more

	// blind: the store cannot overwrite conditionally, and is not asked to any more.
	blind atomic.Bool
}

// OpenSite loads the site's log. A site without a log is a new one.
func (a *Archive) OpenSite(ctx context.Context, site string) (*Log, error) {
	if err := CheckSite(site); err != nil {
		return nil, err
	}
	l, err := a.load(ctx, site)
	if err != nil {
		return nil, fmt.Errorf("open log of %s: %w", site, err)
	}
	log := &Log{
		archive:   a,
		site:      site,
		writer:    "pressmark writer " + rand.Text(),
		state:     l.state,
		next:      l.last + 1,
		snapshots: l.snapshots,
		folded:    l.folded,
	}
	log.articles.log = log
	return log, nil
}

// Site returns the site's name.
func (l *Log) Site() string { return l.site }

// State returns the state after the last commit. It may be read until the next
// Commit, which changes it.
func (l *Log) State() *ledger.State { return l.state }

// Lookup returns the current record of a URL. Unlike State, it may be called
// while a commit is under way.
func (l *Log) Lookup(url string) (ledger.Record, bool) {
	l.reading.RLock()
	defer l.reading.RUnlock()
	return l.state.Get(url)
}

// Articles returns the number of pages that name an article, and of URLs that were
// removed. It is much cheaper than Records.
func (l *Log) Articles() (named, removed int) {
	l.reading.RLock()
	defer l.reading.RUnlock()
	return l.state.Articles()
}

// Records yields every URL's current record, in the order in which the URLs
// came into the log. It may run while a commit is under way, which then waits.
func (l *Log) Records(yield func(ledger.Record) bool) {
	l.reading.RLock()
	defer l.reading.RUnlock()
	for r := range l.state.All() {
		if !yield(r) {
			return
		}
	}
}

// Next returns the number of the segment that the next commit will create.
func (l *Log) Next() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.next
}

// ArticleKey, imageKey, WARCKey and RobotsKey give the keys of this site's
// objects; see the functions of the same names.
func (l *Log) ArticleKey(id string) string { return ArticleKey(l.site, id) }

// imageKey is the function ImageKey; images are common to all sites.
func (l *Log) imageKey(sha256, ext string) string { return ImageKey(sha256, ext) }

// WARCKey is the key of the n-th capture file of a run.
func (l *Log) WARCKey(run string, n int) string { return WARCKey(l.site, run, n) }

// RobotsKey is the key of a copy of robots.txt.
func (l *Log) RobotsKey(sha256 string) string { return RobotsKey(l.site, sha256) }

// Commit writes the batch: images, captures and robots.txt, then articles, then the
// segment with the records. It numbers the records (b.Records[i].Seq). An image or
// robots.txt that is stored already is not written again. Before an article of a higher
// revision overwrites the stored one, the stored one is copied to revisions/. If the
// store supports it, an article only overwrites the bytes that were read before
// ([Store.PutIf]). A batch without records writes nothing.
//
// If Commit returns nil, the batch is visible and durable. Otherwise it is not visible,
// except as stated below. Its objects may exist without a record that names them;
// committing the same batch again, by this or a later process, writes the same keys.
//
//   - ErrBatch: the batch is contradictory; nothing was written.
//   - ErrConflict: another writer has committed since the log was loaded. Articles that
//     this batch overwrote are restored if the log names them; articles that were
//     removed meanwhile are removed again. This Log cannot be used any more.
//   - Any other error comes from the store or ctx. If it came while the segment was
//     being created and the store could not be asked for the outcome, only opening the
//     log again shows whether the batch is in it, and this Log cannot be used any more.
//     Otherwise the commit may be retried.
func (l *Log) Commit(ctx context.Context, b Batch) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failed != nil {
		return l.failed
	}
	if err := l.checkBatch(&b); err != nil {
		return err
	}
	if b.Empty() {
		return nil
	}
	for i := range b.Records {
		b.Records[i].Seq = l.state.Seq() + int64(i) + 1
		b.Records[i].Time = b.Records[i].Time.UTC()
	}
	l.lines.begin(l.writer)
	for i := range b.Records {
		l.lines.write(&b.Records[i])
	}
	body, err := l.lines.finish()
	if err != nil {
		return l.commitError(err)
	}
	if err := l.writeObjects(ctx, &b); err != nil {
		return l.commitError(err)
	}
	if err = l.articles.write(ctx, &b); err == nil {
		err = l.createSegment(ctx, body)
	}
	if errors.Is(err, ErrConflict) {
		l.failed = err
		if undoErr := l.articles.giveWay(ctx, &b); undoErr != nil {
			l.archive.opt.Logger.Warn("articles overwritten in a conflict were not restored; pressmark verify names them",
				"site", l.site, "error", undoErr)
		}
		return err
	}
	if err != nil {
		return l.commitError(err)
	}
	l.committed(ctx, &b)
	return nil
}

func (l *Log) commitError(err error) error {
	return fmt.Errorf("commit segment %d of %s: %w", l.next, l.site, err)
}

// committed adds the batch to the state.
func (l *Log) committed(ctx context.Context, b *Batch) {
	l.reading.Lock()
	for _, r := range b.Records {
		l.state.Apply(r)
	}
	l.reading.Unlock()
	l.next++
	clear(l.articles.written)
	if l.snapshotDue() {
		if err := l.snapshot(ctx); err != nil { // the next commit tries again
			l.archive.opt.Logger.Warn("no snapshot written", "site", l.site, "error", err)
		}
	}
}

// createSegment makes the batch visible. If the response is lost, or says that the
// segment exists (an earlier try may have made it), the stored segment shows which
// writer made it.
func (l *Log) createSegment(ctx context.Context, body []byte) error {
	key := SegmentKey(l.site, l.next)
	err := l.archive.store.Create(ctx, key, body, TypeLog)
	if err == nil {
		return nil
	}
	// The question who has won must be answered even if ctx has just ended.
	ctx, cancel := settleContext(ctx)
	defer cancel()
	stored, _, readErr := ReadObject(ctx, l.archive.store, key)
	switch {
	case readErr == nil && bytes.Equal(stored, body):
		return nil
	case readErr == nil || errors.Is(err, ErrExists):
		return &ConflictError{Site: l.site, Segment: l.next}
	}
	// Not found does not prove a failure: the request may still be on its way.
	l.failed = l.commitError(fmt.Errorf("outcome unknown: %w", err))
	return err
}
