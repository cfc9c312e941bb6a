package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
)

// keepSnapshots is the number of snapshots that stay: the newest, and one for
// readers who have just found it in a list.
const keepSnapshots = 2

// Snapshot writes the state after the last segment, so that opening the log
// need not read the segments up to it, and removes old snapshots. It writes
// nothing if such a snapshot exists. The segments stay: they are the feed
// of changes.
func (l *Log) Snapshot(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.snapshot(ctx)
}

// snapshotDue reports whether reading the segments since the newest snapshot has
// become expensive. A snapshot costs as much as the site has URLs, so it has to save
// the reading of a share of that, or of very many segments: then all snapshots
// of a growing site together cost little more than a few times the last one.
func (l *Log) snapshotDue() bool {
	every := l.archive.opt.SnapshotEvery
	if every < 0 {
		return false
	}
	segments := l.next - 1 - l.lastSnapshot()
	records := l.state.Seq() - l.folded
	return segments >= every && 4*records >= int64(l.state.Len()) || segments >= 4*every
}

// longTail is the number of segments behind the newest snapshot from which a crawl that
// ends writes another one. Opening a log takes a request for each of them, and a few
// more: two lists, the snapshot and its own segment.
const longTail = 12

// Settle writes a snapshot if many segments have come since the newest one, so that
// opening the log again takes few requests. A crawl calls it when it has ended.
func (l *Log) Settle(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.archive.opt.SnapshotEvery < 0 || l.next-1-l.lastSnapshot() <= longTail {
		return nil
	}
	return l.snapshot(ctx)
}

// lastSnapshot returns the number of the newest snapshot, 0 if there is none.
func (l *Log) lastSnapshot() int {
	if len(l.snapshots) == 0 {
		return 0
	}
	return l.snapshots[len(l.snapshots)-1]
}

func (l *Log) snapshot(ctx context.Context) error {
	last := l.next - 1
	if last == l.lastSnapshot() {
		return nil
	}
	if err := l.writeSnapshot(ctx, SnapshotKey(l.site, last)); err != nil {
		return fmt.Errorf("snapshot of %s after segment %d: %w", l.site, last, err)
	}
	l.snapshots = append(l.snapshots, last)
	l.folded = l.state.Seq()
	for len(l.snapshots) > keepSnapshots {
		if err := l.archive.store.Delete(ctx, SnapshotKey(l.site, l.snapshots[0])); err != nil {
			return fmt.Errorf("remove old snapshot of %s: %w", l.site, err)
		}
		l.snapshots = l.snapshots[1:]
	}
	return nil
}

// writeSnapshot writes the state under key. A large one goes to the store in parts.
func (l *Log) writeSnapshot(ctx context.Context, key string) error {
	store := l.archive.store
	out := Write(ctx, store, key, TypeLog)
	var w lineWriter   // not l.lines, whose memory would stay as large as a snapshot
	w.beginTo(out, "") // the bytes depend on the state alone
	for r := range l.state.All() {
		w.write(&r)
	}
	err := w.end()
	body, small := out.Small()
	switch {
	case err != nil:
		return errors.Join(err, out.Discard())
	case !small: // of two writers of a snapshot it does not matter whose it is
		return out.Close()
	}
	if err = store.Create(ctx, key, body, TypeLog); !errors.Is(err, ErrExists) {
		return err
	}
	// Another process has written it: the state after a segment is the same for every
	// writer. If that snapshot is damaged, readers ignore it.
	stored, _, err := ReadObject(ctx, store, key)
	if err != nil || bytes.Equal(stored, body) {
		return err
	}
	return store.Put(ctx, key, body, TypeLog)
}

// Compacted is the result of [Archive.Compact] for one site.
type Compacted struct {
	Segment int // the last one that is in the snapshot; 0 if the site has no log
	URLs    int
	Removed int // snapshots of other segments, such as ones that were refused
}

// Compact folds all segments of a site, whatever its snapshots say, writes the
// snapshot after the last one, over a damaged one if need be, and removes all others.
// It is how a snapshot that is refused, or that verify names, is repaired.
func (a *Archive) Compact(ctx context.Context, site string) (Compacted, error) {
	if err := CheckSite(site); err != nil {
		return Compacted{}, err
	}
	l, err := a.fold(ctx, site)
	if err != nil {
		return Compacted{}, fmt.Errorf("compact log of %s: %w", site, err)
	}
	done := Compacted{Segment: l.next - 1, URLs: l.state.Len()}
	if done.Segment > 0 {
		if err := l.writeSnapshot(ctx, SnapshotKey(site, done.Segment)); err != nil {
			return done, fmt.Errorf("snapshot of %s after segment %d: %w", site, done.Segment, err)
		}
	}
	for _, n := range l.snapshots {
		if n == done.Segment {
			continue
		}
		if n > done.Segment { // a crawl may have gone on meanwhile
			if _, found, err := lastSegment(ctx, a.store, site, n); err != nil || found {
				continue
			}
		}
		if err := a.store.Delete(ctx, SnapshotKey(site, n)); err != nil {
			return done, fmt.Errorf("remove old snapshot of %s: %w", site, err)
		}
		done.Removed++
	}
	return done, nil
}

// fold reads a site's log from its segments alone. The result names all snapshots.
func (a *Archive) fold(ctx context.Context, site string) (*Log, error) {
	snapshots, err := listSnapshots(ctx, a.store, site)
	if err != nil {
		return nil, err
	}
	last, _, err := lastSegment(ctx, a.store, site, 0)
	if err != nil {
		return nil, err
	}
	l := &Log{archive: a, site: site, state: newState(), next: last + 1, snapshots: snapshots}
	for s, err := range a.segments(ctx, site, 1, last) {
		if err == nil {
			err = applySegment(l.state, s.key, s.body)
		}
		if err != nil {
			return nil, err
		}
	}
	return l, nil
}
