package crawler

import (
	"context"
	"fmt"
	"time"

	"pressmark/extract/article"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// BatchLimits say when a batch is closed: at the first limit that is reached.
// 0 means the default.
type BatchLimits struct {
	Articles int           // default 50
	Bytes    int64         // of captures and articles; default 32 MiB
	Records  int           // default 5,000
	Age      time.Duration // since its first record; default 1 min
}

func (l BatchLimits) withDefaults() BatchLimits {
	if l.Articles == 0 {
		l.Articles = 50
	}
	if l.Bytes == 0 {
		l.Bytes = 32 << 20
	}
	if l.Records == 0 {
		l.Records = 5000
	}
	if l.Age == 0 {
		l.Age = time.Minute
	}
	return l
}

// batch collects what will be committed together. It is guarded by siteRun.mu.
type batch struct {
	number   int // of the run, from 1
	began    time.Time
	articles []*article.Article
	records  []ledger.Record
	place    map[string]int // URL -> index in records: the newest record of a URL is kept
	capture  CaptureWriter  // nil until something is captured
	text     int64
}

func newBatch(number int) *batch { return &batch{number: number, place: map[string]int{}} }

func (b *batch) add(rec ledger.Record) {
	if len(b.records) == 0 {
		b.began = rec.Time
	}
	if i, ok := b.place[rec.URL]; ok {
		// What the log would have handed down had the older record been committed.
		if old := &b.records[i]; rec.Source == "" {
			rec.Source = old.Source
		}
		b.records[i] = rec
		return
	}
	b.place[rec.URL] = len(b.records)
	b.records = append(b.records, rec)
}

func (b *batch) full(l BatchLimits, now time.Time) bool {
	size := b.text
	if b.capture != nil {
		size += b.capture.Size()
	}
	return len(b.articles) >= l.Articles || size >= l.Bytes || len(b.records) >= l.Records ||
		len(b.records) > 0 && now.Sub(b.began) >= l.Age
}

// full tells whether the batch in hand has grown to so many times its limits.
func (r *siteRun) full(times int) bool {
	l := r.c.opts.Batch
	l.Articles, l.Bytes, l.Records, l.Age = l.Articles*times, l.Bytes*int64(times), l.Records*times, l.Age*time.Duration(times)
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.batch.full(l, r.c.now())
}

// record puts an outcome into the batch in hand.
func (r *siteRun) record(rec ledger.Record) {
	rec.Time = r.c.now().UTC().Truncate(time.Millisecond)
	r.mu.Lock()
	r.batch.add(rec)
	r.mu.Unlock()
}

// capture writes exchanges into the batch's capture file and returns where the
// last one stands; the zero Location where captures are off. Records are prepared
// while others go on: compressing them under the run's lock had the workers of a
// crawl without pauses wait for each other. A batch that is committed meanwhile
// takes its file along, and the next one's is used.
func (r *siteRun) capture(hops []warc.Exchange) (warc.Location, error) {
	if r.c.opts.NewCapture == nil || len(hops) == 0 {
		return warc.Location{}, nil
	}
	for {
		w, err := r.captureWriter()
		if err != nil {
			return warc.Location{}, err
		}
		records := make([]*warc.Prepared, len(hops))
		for i := range hops {
			records[i] = w.Prepare(&hops[i])
		}
		if at, ok, err := r.appendTo(w, records); ok {
			if err != nil {
				return warc.Location{}, fmt.Errorf("capture %s: %w", hops[0].URL, err)
			}
			return at, nil
		}
	}
}

// captureWriter returns the capture file of the batch in hand, which it opens
// where there is none.
func (r *siteRun) captureWriter() (CaptureWriter, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.batch.capture == nil {
		w, err := r.c.opts.NewCapture(r.job.Archive.WARCKey(r.id, r.batch.number))
		if err != nil {
			return nil, fmt.Errorf("open capture of %s: %w", r.site.Name, err)
		}
		r.batch.capture = w
	}
	return r.batch.capture, nil
}

// appendTo puts records into a capture file and returns where the last exchange
// stands, if the file is still that of the batch in hand.
func (r *siteRun) appendTo(w CaptureWriter, records []*warc.Prepared) (at warc.Location, ok bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.batch.capture != w {
		return warc.Location{}, false, nil
	}
	for _, p := range records {
		if at, err = w.Append(p); err != nil {
			break
		}
	}
	return at, true, err
}

// overfull is how many times its limit a batch may grow while the one before it
// is being committed: then the site's workers wait for the store.
const overfull = 2

// commit closes the batch in hand if it is full, or in any case when forced,
// and makes it visible. Only one batch of a site is committed at a time, in
// order. Meanwhile the other workers go on with their pages: a profile of a
// crawl without pauses had them wait for the disk for a fifth of its time.
func (r *siteRun) commit(ctx context.Context, force bool) error {
	switch {
	case force || r.full(overfull):
		r.committing.Lock()
	case !r.full(1) || !r.committing.TryLock():
		return nil
	}
	defer r.committing.Unlock()
	r.mu.Lock()
	b := r.batch
	if len(b.records) == 0 || r.stopped != nil || !force && !b.full(r.c.opts.Batch, r.c.now()) {
		r.mu.Unlock()
		return nil
	}
	r.batch = newBatch(b.number + 1)
	r.mu.Unlock()
	err := r.save(ctx, b)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		r.lost = append(r.lost, b)
		return err
	}
	r.batches++
	return nil
}

// save makes a closed batch visible.
func (r *siteRun) save(ctx context.Context, b *batch) error {
	out := ledger.Batch{Records: b.records}
	for _, a := range b.articles {
		data, err := article.Encode(a)
		if err != nil {
			return err
		}
		key := r.job.Archive.ArticleKey(a.ID)
		out.Articles = append(out.Articles, ledger.Object{Key: key, Body: data, MediaType: "application/json"})
		if i, ok := b.place[a.URL]; ok && b.records[i].Kind == ledger.KindPage {
			b.records[i].Article = key
		}
	}
	if b.capture != nil {
		objects, err := b.capture.Close()
		if err != nil {
			return fmt.Errorf("close capture of %s: %w", r.site.Name, err)
		}
		out.Captures = objects
	}
	if err := r.job.Archive.Commit(ctx, out); err != nil {
		return fmt.Errorf("commit batch %d of %s: %w", b.number, r.site.Name, err)
	}
	return nil
}

// uncount counts the pages of batches that were not committed as queued: no log
// tells what became of them, so that the next run does it again. r.mu is held.
func (r *siteRun) uncount(batches ...*batch) {
	for _, b := range batches {
		for i := range b.records {
			rec := &b.records[i]
			h := r.hash(rec.URL)
			if _, seen := r.seen[h]; seen && rec.Kind == ledger.KindPage {
				r.countLocked(h, ledger.Queued, ledger.ReasonNotCommitted)
			}
		}
	}
}
