package events

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pressmark/storage"
)

// ErrNoSite: a site that a reader names, or has a cursor of, is not in the archive.
var ErrNoSite = errors.New("the archive has no such site")

// Options select the events and the position to begin at. The zero value reads
// everything once.
type Options struct {
	Sites  []string  // empty: all, those that come later included
	Cursor Cursor    // sites that it does not have are read from their beginning
	Since  time.Time // leaves out records of an earlier time
	All    bool      // robots.txt and site memory too
	Follow bool      // waits for more; ends with ctx
	Poll   time.Duration
	// Away is called when the store does not answer while it is followed, and again with
	// nil when it is back. nil: no call.
	Away func(err error)
	// Lost is called for a site whose log is damaged; reading continues with the others.
	// nil: the error ends the reading.
	Lost func(site string, err error)
}

// Reader reads events. Make one with NewReader.
type Reader struct {
	store storage.Store
	opt   Options
	tails []*storage.Tail
	lost  map[string]bool
	away  bool
}

// NewReader returns a reader of the archive in store. Errors are ErrNoSite, and the store's.
func NewReader(ctx context.Context, store storage.Store, opt Options) (*Reader, error) {
	if opt.Poll <= 0 {
		opt.Poll = 5 * time.Second
	}
	r := &Reader{store: store, opt: opt, lost: map[string]bool{}}
	if err := r.discover(ctx); err != nil {
		return nil, err
	}
	wanted := slices.Clone(opt.Sites)
	for site := range opt.Cursor {
		wanted = append(wanted, site)
	}
	for _, site := range wanted {
		if !slices.ContainsFunc(r.tails, func(t *storage.Tail) bool { return t.Site() == site }) && r.wants(site) {
			return nil, fmt.Errorf("%w: %q; it has: %s", ErrNoSite, site, strings.Join(r.names(), ", "))
		}
	}
	return r, nil
}

func (r *Reader) wants(site string) bool {
	return len(r.opt.Sites) == 0 || slices.Contains(r.opt.Sites, site)
}

func (r *Reader) names() []string {
	var out []string
	for site, err := range storage.Sites(context.Background(), r.store) {
		if err != nil {
			break
		}
		out = append(out, site)
	}
	return out
}

// discover adds new sites.
func (r *Reader) discover(ctx context.Context) error {
	for site, err := range storage.Sites(ctx, r.store) {
		if err != nil {
			return err
		}
		known := slices.ContainsFunc(r.tails, func(t *storage.Tail) bool { return t.Site() == site })
		if !known && r.wants(site) {
			r.tails = append(r.tails, storage.NewTail(r.store, site, storage.FeedOptions{After: r.opt.Cursor[site], Since: r.opt.Since}))
		}
	}
	return nil
}

// maxEvents bounds the number of events per call of give.
const maxEvents = 500

// Run passes events to give until there are no more; with Follow, until ctx ends.
// The events come in batches, in the order of each site's log, each batch with the
// cursor after it. If give returns an error, Run stops and returns it.
func (r *Reader) Run(ctx context.Context, give func(list []Event, behind Cursor) error) error {
	cursor := r.opt.Cursor.clone()
	wait := r.opt.Poll
	for {
		err := r.pass(ctx, cursor, give)
		goesOn := r.opt.Follow && isOutage(err)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && !goesOn:
			return err
		case err != nil:
			r.tell(err)
			wait = min(2*wait, time.Minute)
		case !r.opt.Follow:
			return nil
		default:
			r.tell(nil)
			wait = r.opt.Poll
		}
		if err := storage.Sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// isOutage reports whether an error may be temporary.
func isOutage(err error) bool {
	var trouble *storage.Trouble
	return errors.Is(err, storage.ErrUnavailable) || errors.As(err, &trouble)
}

func (r *Reader) tell(err error) {
	if changed := r.away != (err != nil); changed && r.opt.Away != nil {
		r.opt.Away(err)
	}
	r.away = err != nil
}

// pass reads each site's log to its end.
func (r *Reader) pass(ctx context.Context, cursor Cursor, give func([]Event, Cursor) error) error {
	if err := r.discover(ctx); err != nil {
		return err
	}
	for _, t := range r.tails {
		if r.lost[t.Site()] {
			continue
		}
		err := r.site(ctx, t, cursor, give)
		if errors.Is(err, storage.ErrCorrupt) && r.opt.Lost != nil {
			r.lost[t.Site()] = true
			r.opt.Lost(t.Site(), err)
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) site(ctx context.Context, t *storage.Tail, cursor Cursor, give func([]Event, Cursor) error) error {
	var list []Event
	flush := func(seq int64) error {
		cursor[t.Site()] = seq
		err := give(list, cursor)
		list = nil
		return err
	}
	last := cursor[t.Site()]
	seq := last
	for rec, err := range t.More(ctx) {
		if err != nil {
			if seq > last {
				err = errors.Join(err, flush(seq))
			}
			return err
		}
		seq = rec.Seq
		e := Event{Site: t.Site(), Record: rec}
		if r.opt.All || e.Type() != Internal {
			list = append(list, e)
		}
		if len(list) == maxEvents {
			if err := flush(seq); err != nil {
				return err
			}
			last = seq
		}
	}
	if seq == last {
		return nil
	}
	return flush(seq)
}
