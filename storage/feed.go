package storage

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sort"
	"time"

	"pressmark/storage/ledger"
)

// FeedOptions set where a feed begins and whether it ends. The zero value reads the
// whole log once.
type FeedOptions struct {
	// After is the number of the last record that the reader has; it gets those after it.
	After int64
	// Since leaves out records of an earlier time.
	Since time.Time
	// Follow waits at the end of the log for new records.
	Follow bool
	// Poll is the interval between two checks for a new segment. 0 means 5 s.
	Poll time.Duration
}

// clockSkew is how far the clocks of crawlers and store may be apart for
// FeedOptions.Since to miss nothing.
const clockSkew = 24 * time.Hour

// Feed yields the records of a site's log in order, each once, without a gap. To
// resume, set After to the last Seq that was seen. Feed may run beside any number of
// writers. An error is yielded last; with Follow, only an error ends the sequence. A
// site without a log has no records.
//
// To find record After+1, Feed reads a number of segments that grows with the
// logarithm of the log. While following, it makes one request per poll.
func Feed(ctx context.Context, store Store, site string, opt FeedOptions) iter.Seq2[ledger.Record, error] {
	return func(yield func(ledger.Record, error) bool) {
		f := feed{archive: NewArchive(store, Options{}), site: site, opt: opt, yield: yield}
		if err := f.run(ctx); err != nil && !errors.Is(err, errStop) {
			yield(ledger.Record{}, fmt.Errorf("feed of %s: %w", site, err))
		}
	}
}

// errStop: the consumer ended the iteration.
var errStop = errors.New("stop")

type feed struct {
	archive *Archive
	site    string
	opt     FeedOptions
	yield   func(ledger.Record, error) bool
	seq     int64 // of the last record read, if known
	known   bool
}

func (f *feed) run(ctx context.Context) error {
	if err := CheckSite(f.site); err != nil {
		return err
	}
	first, last, err := f.bounds(ctx)
	if err != nil {
		return err
	}
	f.known = first == 1 // then it is 0
	for s, err := range f.archive.segments(ctx, f.site, first, last) {
		if err == nil {
			err = f.segment(s.key, s.body)
		}
		if err != nil {
			return err
		}
	}
	if !f.opt.Follow {
		return nil
	}
	return f.follow(ctx, max(last+1, first))
}

// follow yields the segments from next on as they appear. A segment is created as a
// whole, so the next one is either readable or does not exist yet.
func (f *feed) follow(ctx context.Context, next int) error {
	poll := f.opt.Poll
	if poll <= 0 {
		poll = 5 * time.Second
	}
	timer := time.NewTicker(poll)
	defer timer.Stop()
	for {
		key := SegmentKey(f.site, next)
		body, _, err := ReadObject(ctx, f.archive.store, key)
		switch {
		case err == nil:
			if err := f.segment(key, body); err != nil {
				return err
			}
			next++
			continue
		case !errors.Is(err, ErrNotFound):
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
	}
}

// segment yields what the reader wants of one segment.
func (f *feed) segment(key string, body []byte) error {
	var stopped bool
	err := decodeSegment(key, body, func(r ledger.Record) error {
		if f.known && r.Seq != f.seq+1 {
			return fmt.Errorf("seq %d where %d should be", r.Seq, f.seq+1)
		}
		f.seq, f.known = r.Seq, true
		if r.Seq <= f.opt.After || r.Time.Before(f.opt.Since) {
			return nil
		}
		if !f.yield(r, nil) {
			stopped = true
			return errStop
		}
		return nil
	})
	if stopped {
		return errStop
	}
	return err
}

// bounds returns the numbers of the first segment that can hold the wanted records
// and of the last existing one. If no segment can, first is last+1.
func (f *feed) bounds(ctx context.Context) (first, last int, err error) {
	first = 1
	for info, err := range f.archive.store.List(ctx, logPrefix(f.site), "") {
		if err != nil {
			return 0, 0, err
		}
		n, snapshot, ok := parseSegmentKey(f.site, info.Key)
		if snapshot {
			break
		}
		if !ok {
			continue
		}
		last = max(last, n)
		if n >= first && info.Modified.Add(clockSkew).Before(f.opt.Since) {
			first = n + 1
		}
	}
	if f.opt.After <= 0 || first > last {
		return first, last, nil
	}
	at, err := f.find(ctx, first, last)
	return at, last, err
}

// find returns the number of the segment with record After+1, or the last one if
// that record is still to come. It is a binary search, because the record numbers
// rise from segment to segment.
func (f *feed) find(ctx context.Context, first, last int) (int, error) {
	var failed error
	n := sort.Search(last-first, func(i int) bool {
		if failed != nil {
			return true
		}
		seq, err := f.firstSeq(ctx, first+i+1)
		failed = err
		return err != nil || seq > f.opt.After+1
	})
	return first + n, failed
}

func (f *feed) firstSeq(ctx context.Context, number int) (int64, error) {
	key := SegmentKey(f.site, number)
	body, _, err := ReadObject(ctx, f.archive.store, key)
	if errors.Is(err, ErrNotFound) {
		err = &CorruptError{Key: key, Err: errGap}
	}
	if err != nil {
		return 0, err
	}
	var seq int64
	err = decodeSegment(key, body, func(r ledger.Record) error {
		seq = r.Seq
		return errStop
	})
	if errors.Is(err, errStop) {
		err = nil
	}
	return seq, err
}
