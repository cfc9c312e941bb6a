package storage

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"pressmark/storage/ledger"
)

// ErrBeyond: a reader says that it has read more records than the log holds. Its cursor
// is that of another archive, or the log was put back from an older copy.
var ErrBeyond = errors.New("the cursor is beyond the end of the log")

// Tail reads a site's log repeatedly, each time the new records. Make one with
// NewTail; it must not be used concurrently.
type Tail struct {
	feed feed
	next int // number of the segment to read next; 0 before the first call of More
}

// NewTail returns the tail of a site's log behind opt.After. Follow and Poll of opt are
// not used.
func NewTail(store Store, site string, opt FeedOptions) *Tail {
	return &Tail{feed: feed{archive: NewArchive(store, Options{}), site: site, opt: opt}}
}

// Site returns the site's name.
func (t *Tail) Site() string { return t.feed.site }

// More yields the records since the last call, in order. An error is yielded last;
// the next call continues after the records that were yielded. The error is
// ErrBeyond if the log ends before opt.After. A call without news costs one request.
func (t *Tail) More(ctx context.Context) iter.Seq2[ledger.Record, error] {
	return func(yield func(ledger.Record, error) bool) {
		last := t.feed.opt.After
		t.feed.yield = func(r ledger.Record, err error) bool {
			t.feed.opt.After = max(t.feed.opt.After, r.Seq)
			return yield(r, err)
		}
		err := t.more(ctx)
		if err == nil && t.feed.known && t.feed.seq < last {
			err = fmt.Errorf("%w: record %d, and the last is %d", ErrBeyond, last, t.feed.seq)
		}
		if err != nil && !errors.Is(err, errStop) {
			yield(ledger.Record{}, fmt.Errorf("feed of %s: %w", t.feed.site, err))
		}
	}
}

func (t *Tail) more(ctx context.Context) error {
	if t.next == 0 {
		return t.begin(ctx)
	}
	for {
		key := SegmentKey(t.feed.site, t.next)
		body, _, err := ReadObject(ctx, t.feed.archive.store, key)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err == nil {
			err = t.feed.segment(key, body)
		}
		if err != nil {
			t.feed.known = false // a segment that was read in part is read again
			return err
		}
		t.next++
	}
}

// begin reads the log from the current position to its end.
func (t *Tail) begin(ctx context.Context) error {
	if err := CheckSite(t.feed.site); err != nil {
		return err
	}
	first, last, err := t.feed.bounds(ctx)
	if err != nil {
		return err
	}
	t.feed.known, t.feed.seq = first == 1, 0
	for s, err := range t.feed.archive.segments(ctx, t.feed.site, first, last) {
		if err == nil {
			err = t.feed.segment(s.key, s.body)
		}
		if err != nil {
			t.feed.known = false
			return err
		}
	}
	t.next = max(last+1, first)
	return nil
}
