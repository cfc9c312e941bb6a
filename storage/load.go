package storage

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"

	"pressmark/storage/ledger"
)

// errGap: a segment is missing although a later one is there.
var errGap = errors.New("the segment is missing, but later ones are there")

// loaded is a site's log as read from the store.
type loaded struct {
	state     *ledger.State
	last      int   // number of the last segment, 0 where there is none
	snapshots []int // numbers of the snapshots up to the one that was read, rising
	base      int   // number of the snapshot that was read, 0 for none
	folded    int64 // highest seq in it
}

// load reads the newest sound snapshot and the segments after it. A snapshot is
// sound if it is whole and agrees with the segment that it was taken after. The fold
// of all segments would prove it, but a snapshot exists to save that work. Verify
// compares the two, and [Archive.Compact] makes snapshots from the segments only.
func (a *Archive) load(ctx context.Context, site string) (loaded, error) {
	snapshots, err := listSnapshots(ctx, a.store, site)
	if err != nil {
		return loaded{}, err
	}
	var l loaded
	for sound := false; !sound; {
		if l.base, l.state, err = a.loadSnapshot(ctx, site, snapshots); err != nil {
			return loaded{}, err
		}
		l.last, sound, err = lastSegment(ctx, a.store, site, l.base)
		if err != nil {
			return loaded{}, err
		}
		why := "it is numbered beyond the last segment"
		if sound {
			if why, err = a.contradicts(ctx, site, l); err != nil {
				return loaded{}, err
			}
			sound = why == ""
		}
		snapshots = slices.DeleteFunc(snapshots, func(n int) bool {
			refused := n == l.base && !sound
			return refused || n > l.base
		})
		if !sound {
			a.opt.Logger.Warn("snapshot refused: "+why+"; compact writes another", "site", site, "snapshot", l.base)
		}
	}
	l.folded, l.snapshots = l.state.Seq(), snapshots
	for s, err := range a.segments(ctx, site, l.base+1, l.last) {
		if err == nil {
			err = applySegment(l.state, s.key, s.body)
		}
		if err != nil {
			return loaded{}, err
		}
	}
	return l, nil
}

// contradicts returns where the snapshot contradicts the segment of its number, ""
// if it agrees.
func (a *Archive) contradicts(ctx context.Context, site string, l loaded) (string, error) {
	if l.base == 0 {
		return "", nil
	}
	key := SegmentKey(site, l.base)
	body, _, err := ReadObject(ctx, a.store, key)
	if errors.Is(err, ErrNotFound) {
		return "", nil // verify names the gap
	}
	if err != nil {
		return "", err
	}
	newest := map[string]int64{}
	last := int64(0)
	if err := decodeSegment(key, body, func(r ledger.Record) error {
		newest[r.URL], last = r.Seq, r.Seq
		return nil
	}); err != nil {
		return "", err
	}
	if last != l.state.Seq() {
		return fmt.Sprintf("it ends at record %d, its segment at %d", l.state.Seq(), last), nil
	}
	for url, seq := range newest {
		if r, _ := l.state.Get(url); r.Seq != seq {
			return fmt.Sprintf("it has record %d of %s, its segment record %d", r.Seq, url, seq), nil
		}
	}
	return "", nil
}

// loadSnapshot reads the newest of the snapshots. A corrupt or missing one is
// skipped, because the segments hold everything.
func (a *Archive) loadSnapshot(ctx context.Context, site string, numbers []int) (int, *ledger.State, error) {
	for i := len(numbers) - 1; i >= 0; i-- {
		state, err := a.readSnapshot(ctx, SnapshotKey(site, numbers[i]))
		switch {
		case err == nil:
			return numbers[i], state, nil
		case errors.Is(err, ErrCorrupt), errors.Is(err, ErrNotFound):
			a.opt.Logger.Warn("snapshot skipped", "site", site, "error", err)
		default:
			return 0, nil, err
		}
	}
	return 0, newState(), nil
}

func (a *Archive) readSnapshot(ctx context.Context, key string) (*ledger.State, error) {
	body, info, err := Stream(ctx, a.store, key)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	state := newState()
	state.Grow(int(info.Size / urlInSnapshot))
	err = decodeRecords(key, body, func(r ledger.Record) error {
		state.Apply(r)
		return nil
	})
	return state, err
}

// urlInSnapshot is about the size of a URL's record in a snapshot, compressed, rather
// too much than too little: it is a hint for allocation only.
const urlInSnapshot = 200

// newState returns an empty state, which uses a temporary file when it has become large.
func newState() *ledger.State { return ledger.NewState(scratchFile) }

// scratchFile makes a file without a name, which is gone when nothing uses it any more.
// Systems that cannot remove the name of an open file have none.
func scratchFile() (ledger.Spill, error) {
	f, err := os.CreateTemp("", "pressmark-state-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	return f, nil
}

// applySegment folds a segment into the state, which has to be that before it.
func applySegment(state *ledger.State, key string, body []byte) error {
	return decodeSegment(key, body, func(r ledger.Record) error {
		if want := state.Seq() + 1; r.Seq != want {
			return fmt.Errorf("seq %d where %d should be", r.Seq, want)
		}
		state.Apply(r)
		return nil
	})
}

func listSnapshots(ctx context.Context, store Store, site string) ([]int, error) {
	var numbers []int
	for info, err := range store.List(ctx, logPrefix(site)+snapshotPrefix, "") {
		if err != nil {
			return nil, err
		}
		if n, snapshot, ok := parseSegmentKey(site, info.Key); ok && snapshot {
			numbers = append(numbers, n)
		}
	}
	return numbers, nil
}

// lastSegment returns the highest segment number, at least after, and whether
// segment after exists. A list may miss segments that are created while it runs, in
// any order. So all segments below the highest number exist, even if the list does
// not name them.
func lastSegment(ctx context.Context, store Store, site string, after int) (last int, found bool, err error) {
	from := ""
	if after > 1 {
		from = SegmentKey(site, after-1)
	}
	last, found = after, after == 0
	for info, err := range store.List(ctx, logPrefix(site), from) {
		if err != nil {
			return 0, false, err
		}
		n, snapshot, ok := parseSegmentKey(site, info.Key)
		if snapshot {
			break // snapshots sort after all segments
		}
		if ok {
			last, found = max(last, n), found || n >= after
		}
	}
	return last, found, nil
}

// segment is one segment as stored.
type segment struct {
	number int
	key    string
	body   []byte
}

// segments yields the segments first to last in order, reading ahead. One that
// is missing is a CorruptError.
func (a *Archive) segments(ctx context.Context, site string, first, last int) iter.Seq2[segment, error] {
	return readAhead(ctx, first, last, a.opt.Parallel, func(ctx context.Context, n int) (segment, error) {
		s := segment{number: n, key: SegmentKey(site, n)}
		body, _, err := ReadObject(ctx, a.store, s.key)
		if errors.Is(err, ErrNotFound) {
			err = &CorruptError{Key: s.key, Err: errGap}
		}
		s.body = body
		return s, err
	})
}

// readAhead yields read(first) to read(last) in order, running up to parallel
// of them at one time. It stops after the first error.
func readAhead[T any](ctx context.Context, first, last, parallel int, read func(context.Context, int) (T, error)) iter.Seq2[T, error] {
	return inOrder(ctx, parallel, func(yield func(int) bool) {
		for n := first; n <= last && yield(n); n++ { //nolint:revive // yield does the work
		}
	}, read)
}
