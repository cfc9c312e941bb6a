package storage

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"pressmark/storage/ledger"
)

// checkLog reads the whole log into s.state, and compares each snapshot with
// the state at its place.
func (s *siteVerifier) checkLog(ctx context.Context) error {
	s.state, s.obeyed, s.robotsAt, s.whole = newState(), map[string]bool{}, map[string]ledger.Record{}, true
	files, err := s.list(ctx, "log/")
	if err != nil {
		return err
	}
	var segments []int
	snapshots := map[int]bool{}
	for _, key := range slices.Sorted(maps.Keys(files)) {
		n, snapshot, ok := parseSegmentKey(s.site, key)
		switch {
		case !ok:
			s.found(Extra, key, "", "neither a segment nor a snapshot")
		case snapshot:
			snapshots[n] = true
		default:
			segments = append(segments, n)
		}
	}
	for _, n := range segments { // in order, as their keys are
		if err := s.checkUpTo(ctx, n, snapshots); err != nil {
			return err
		}
	}
	for n := range snapshots {
		s.whole = false
		s.found(Extra, SnapshotKey(s.site, n), "", "a snapshot after segment %d, which is not in the log; it ends at %d", n, s.last)
	}
	s.report.Records += s.state.Seq()
	return nil
}

// longestGap is the number of segments missing from a list that are requested one by
// one.
const longestGap = 100

// checkUpTo checks the segments after the last checked one, up to n, each with its
// snapshot. A list may miss a segment that was written while it ran.
func (s *siteVerifier) checkUpTo(ctx context.Context, n int, snapshots map[int]bool) error {
	if missing := n - s.last - 1; missing > longestGap {
		s.whole, s.gap = false, true
		s.found(Missing, SegmentKey(s.site, s.last+1), "", "%d segments are missing before %d", missing, n)
		s.last = n - 1
	}
	for s.last < n {
		s.last++
		if err := s.checkSegment(ctx, s.last); err != nil {
			return err
		}
		if !snapshots[s.last] {
			continue
		}
		delete(snapshots, s.last)
		if err := s.checkSnapshot(ctx, s.last); err != nil {
			return err
		}
	}
	return nil
}

// checkSegment folds a segment into s.state. Each damaged record is a problem of its
// own; the records after it still count, because they may be sound.
func (s *siteVerifier) checkSegment(ctx context.Context, n int) error {
	key := SegmentKey(s.site, n)
	body, err := s.object(ctx, key)
	if errors.Is(err, ErrNotFound) {
		s.whole, s.gap = false, true
		s.found(Missing, key, "", "%v", errGap)
		return nil
	}
	if fault := s.faultOf(err); fault != "" {
		s.whole, s.gap = false, true
		s.found(fault, key, "", "%v", err)
		return nil
	}
	if err != nil {
		return err
	}
	line := 0
	err = eachLine(body, func(text []byte) {
		line++
		if err := s.fold(text); err != nil {
			s.whole = false
			s.found(Altered, key, "", "line %d: %v", line, err)
		}
	})
	if err != nil {
		s.whole, s.gap = false, true
		s.found(Altered, key, "", "after line %d: %v", line, err)
	}
	return nil
}

// fold applies a line of the log to s.state, if it can, and reports its faults.
func (s *siteVerifier) fold(line []byte) error {
	r, err := ledger.Decode(line)
	if err != nil {
		s.gap = true
		return err
	}
	err = s.fits(&r)
	if r.Seq > s.state.Seq() {
		s.state.Apply(r)
		s.gap = false
	}
	if r.Kind == ledger.KindRobots {
		s.obeyed[r.Article] = true
		if r.Capture != "" {
			s.robotsAt[r.Capture] = r
		}
	}
	return err
}

// fits compares a record with its place in the log, and its values with the possible
// ones.
func (s *siteVerifier) fits(r *ledger.Record) error {
	want := s.state.Seq() + 1
	if skipped := r.Seq > want && !s.gap; skipped || r.Seq < want {
		return fmt.Errorf("seq %d where %d should be", r.Seq, want)
	}
	if r.Article != "" {
		if err := CheckKey(r.Article); err != nil {
			return err
		}
	}
	if r.Capture != "" {
		if at, err := ledger.ParsePlace(r.Capture); err != nil || CheckKey(at.Key) != nil {
			return cmp.Or(err, CheckKey(at.Key))
		}
	}
	if r.Revision < 0 || int64(r.Revision) > r.Seq {
		return fmt.Errorf("revision %d in record %d", r.Revision, r.Seq)
	}
	return nil
}

func (s *siteVerifier) checkSnapshot(ctx context.Context, n int) error {
	key := SnapshotKey(s.site, n)
	snapshot, err := s.archive.readSnapshot(ctx, key)
	s.answered(ctx, err)
	if errors.Is(err, ErrNotFound) {
		return nil // replaced by a newer one meanwhile
	}
	var corrupt *CorruptError
	switch {
	case errors.As(err, &corrupt) && corrupt.Line > 0:
		s.found(Altered, key, "", "line %d: %v", corrupt.Line, corrupt.Err)
		return nil
	case s.faultOf(err) != "":
		s.found(s.faultOf(err), key, "", "%v", err)
		return nil
	case err != nil:
		return err
	}
	if diff := difference(snapshot, s.state); diff != "" {
		s.found(Altered, key, "", "not the state after segment %d: %s", n, diff)
	}
	return nil
}

// difference says where two states differ, "" if they do not.
func difference(a, b *ledger.State) string {
	if a.Len() != b.Len() {
		return fmt.Sprintf("%d URLs where the segments have %d", a.Len(), b.Len())
	}
	var x, y []byte
	for r := range b.All() {
		other, _ := a.Get(r.URL)
		if x, y = r.AppendJSON(x[:0]), other.AppendJSON(y[:0]); !bytes.Equal(x, y) {
			return "record of " + r.URL
		}
	}
	return ""
}

// catchUp reads the segments that were written since the log was read, and reports
// whether there are any.
func (s *siteVerifier) catchUp(ctx context.Context) (grown bool, err error) {
	for {
		_, _, err := ReadObject(ctx, s.archive.store, SegmentKey(s.site, s.last+1))
		if errors.Is(err, ErrNotFound) {
			return grown, nil
		}
		if err != nil {
			return grown, err
		}
		s.last++
		if err := s.checkSegment(ctx, s.last); err != nil {
			return grown, err
		}
		grown = true
	}
}
