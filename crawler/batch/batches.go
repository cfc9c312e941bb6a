package batch

import (
	"context"
	"fmt"
	"sync"
	"time"

	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// Archive is what Batches need of a site's archive. Commit is called for one
// batch at a time.
type Archive interface {
	// ArticleKey is the key of an article's newest revision.
	ArticleKey(id string) string
	// WARCKey is the key of the n-th capture file of a run.
	WARCKey(run string, n int) string
	// Commit makes a batch visible in one step.
	Commit(ctx context.Context, b ledger.Batch) error
}

// Options set up Batches. Archive and Now are required.
type Options struct {
	Site, Run string // names
	Archive   Archive
	Limits    Limits
	// NewCapture opens a capture file; nil: captures are off.
	NewCapture func(file string) (Writer, error)
	Now        func() time.Time
}

// Batches are the batches of one site's run: the open one, and the results of the
// others. They are safe for concurrent use; make them with New.
type Batches struct {
	opts Options

	committing sync.Mutex // held while a batch is committed

	mu        sync.Mutex // guards all below
	hand      *batch
	lost      []*batch // closed, and not committed
	committed int
	stopped   bool
}

// New returns the batches of a run that begins.
func New(o Options) *Batches {
	o.Limits = o.Limits.withDefaults()
	return &Batches{opts: o, hand: newBatch(1)}
}

// Add puts entries into the batch in hand, all into the same one, and dates
// their records.
func (b *Batches) Add(entries ...Entry) {
	now := b.opts.Now().UTC().Truncate(time.Millisecond)
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range entries {
		e.Record.Time = now
		b.hand.add(e)
	}
}

// Capture writes exchanges into the batch's capture file and returns where the
// last one stands; the zero Location if captures are off. Records are prepared
// without a lock: compressing them under one had the workers of a crawl without
// pauses wait for each other. A batch that is committed meanwhile takes its
// file along, and the next one's is used.
func (b *Batches) Capture(hops []warc.Exchange) (warc.Location, error) {
	if len(hops) == 0 {
		return warc.Location{}, nil
	}
	places, err := b.capture(hops[0].URL, func(w Writer) []*warc.Prepared { return prepared(w, hops) })
	if len(places) == 0 {
		return warc.Location{}, err
	}
	return places[len(places)-1], err
}

// Rendered is a page that a browser showed, to be captured: what was fetched for it,
// and the DOM that its scripts left.
type Rendered struct {
	Page  []warc.Exchange // the page's, redirects first
	Parts []warc.Exchange // scripts and data, in the order in which they came
	DOM   warc.Conversion // RefersTo is set by the capture
}

// RenderedPlaces says where a rendered page was captured; zero if captures are off.
type RenderedPlaces struct {
	Page, DOM warc.Location
	Parts     []warc.Location // one for each of Rendered.Parts
}

// CaptureRendered writes a rendered page into the batch's capture file, all of it into
// the same one.
func (b *Batches) CaptureRendered(r *Rendered) (at RenderedPlaces, err error) {
	at.Parts = make([]warc.Location, len(r.Parts))
	if len(r.Page) == 0 {
		return at, nil
	}
	places, err := b.capture(r.DOM.URL, func(w Writer) []*warc.Prepared {
		records := prepared(w, r.Page)
		dom := r.DOM
		dom.RefersTo = records[len(records)-1].ID()
		return append(append(records, prepared(w, r.Parts)...), w.PrepareConversion(&dom))
	})
	if len(places) == 0 || err != nil {
		return at, err
	}
	n := len(r.Page)
	at.Page, at.DOM = places[n-1], places[len(places)-1]
	copy(at.Parts, places[n:])
	return at, nil
}

func prepared(w Writer, hops []warc.Exchange) []*warc.Prepared {
	records := make([]*warc.Prepared, len(hops))
	for i := range hops {
		records[i] = w.Prepare(&hops[i])
	}
	return records
}

// capture writes what prepare makes for a capture file, and returns the places; none if
// captures are off. prepare is called again if its file is committed meanwhile.
func (b *Batches) capture(url string, prepare func(Writer) []*warc.Prepared) ([]warc.Location, error) {
	if b.opts.NewCapture == nil {
		return nil, nil
	}
	for {
		w, err := b.writer()
		if err != nil {
			return nil, err
		}
		if places, ok, err := b.appendTo(w, prepare(w)); ok {
			if err != nil {
				return nil, fmt.Errorf("capture %s: %w", url, err)
			}
			return places, nil
		}
	}
}

// writer returns the capture file of the batch in hand, opened if need be.
func (b *Batches) writer() (Writer, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.hand.capture == nil {
		w, err := b.opts.NewCapture(b.opts.Archive.WARCKey(b.opts.Run, b.hand.number))
		if err != nil {
			return nil, fmt.Errorf("open capture of %s: %w", b.opts.Site, err)
		}
		b.hand.capture = w
	}
	return b.hand.capture, nil
}

// appendTo appends records to a capture file and returns their places, provided that
// the file is still that of the open batch.
func (b *Batches) appendTo(w Writer, records []*warc.Prepared) (places []warc.Location, ok bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.hand.capture != w {
		return nil, false, nil
	}
	for _, p := range records {
		at, err := w.Append(p)
		if err != nil {
			return nil, true, err
		}
		places = append(places, at)
	}
	return places, true, nil
}

// overfull is how many times its limit a batch may grow while the one before it
// is being committed: then the site's workers wait for the store.
const overfull = 2

// Commit closes the batch in hand if it is full, or in any case when forced,
// and makes it visible. Only one batch of a site is committed at a time, in
// order. Meanwhile the other workers go on with their pages: a profile of a
// crawl without pauses had them wait for the disk for a fifth of its time.
// After an error, or Stop, nothing is committed any more.
func (b *Batches) Commit(ctx context.Context, force bool) error {
	switch {
	case force || b.full(overfull):
		b.committing.Lock()
	case !b.full(1) || !b.committing.TryLock():
		return nil
	}
	defer b.committing.Unlock()
	closed := b.take(force)
	if closed == nil {
		return nil
	}
	err := b.save(ctx, closed)
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil {
		b.lost, b.stopped = append(b.lost, closed), true
		return err
	}
	b.committed++
	return nil
}

// full reports whether the batch in hand has grown to so many times its limits.
func (b *Batches) full(times int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.hand.full(b.opts.Limits.times(times), b.opts.Now())
}

// take closes the batch in hand and begins the next one; nil if there is
// nothing to commit.
func (b *Batches) take(force bool) *batch {
	b.mu.Lock()
	defer b.mu.Unlock()
	closed := b.hand
	if len(closed.records) == 0 || b.stopped {
		return nil
	}
	if !force && !closed.full(b.opts.Limits, b.opts.Now()) {
		return nil
	}
	b.hand = newBatch(closed.number + 1)
	return closed
}

// save makes a closed batch visible.
func (b *Batches) save(ctx context.Context, closed *batch) error {
	out, err := closed.encode(b.opts.Archive.ArticleKey)
	if err == nil {
		err = b.opts.Archive.Commit(ctx, out)
	}
	if err != nil {
		return fmt.Errorf("commit batch %d of %s: %w", closed.number, b.opts.Site, err)
	}
	return nil
}

// Stop drops the open batch: nothing is committed any more.
func (b *Batches) Stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stopped = true
}

// Committed returns how many batches are visible, and the records of a stopped
// run that are not.
func (b *Batches) Committed() (batches int, lost []ledger.Record) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stopped {
		for _, l := range append(b.lost, b.hand) {
			lost = append(lost, l.records...)
		}
	}
	return b.committed, lost
}
