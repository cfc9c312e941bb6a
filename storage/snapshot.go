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

func (l *Log) writeSnapshot(ctx context.Context, key string) error {
	var w lineWriter // not l.lines, whose memory would stay as large as a snapshot
	w.begin("")      // the bytes depend on the state alone
	for r := range l.state.All() {
		w.write(&r)
	}
	body, err := w.finish()
	if err != nil {
		return err
	}
	store := l.archive.store
	if err = store.Create(ctx, key, body, TypeLog); !errors.Is(err, ErrExists) {
		return err
	}
	// Another process has written it: the state after a segment is the same
	// whoever folds it. But it may be damaged, and then nobody needs it.
	stored, _, err := ReadObject(ctx, store, key)
	if err != nil || bytes.Equal(stored, body) {
		return err
	}
	return store.Put(ctx, key, body, TypeLog)
}
