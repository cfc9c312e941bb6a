package storage

import (
	"bytes"
	"cmp"
	"context"

	"github.com/klauspost/compress/gzip"

	"pressmark/storage/ledger"
)

// The one exception to "a segment is never changed": a removal blanks the texts of
// the removed article's records. Numbers, times, addresses, outcomes and hashes stay,
// in the same lines of the same objects, so a reader who resumes by number misses
// nothing, whichever of the two it reads.

// blankLog replaces the snapshots that have the texts of the articles' records, and
// blanks these in all segments.
func (r *remover) blankLog(ctx context.Context) error {
	last := r.log.Next() - 1
	if err := r.dropSnapshots(ctx, last); err != nil {
		return err
	}
	for _, t := range r.targets {
		t.Records = 0
	}
	for s, err := range r.archive.segments(ctx, r.site, 1, last) {
		if err != nil {
			return err
		}
		changed, err := r.blankSegment(s.body, true)
		if err != nil {
			return &CorruptError{Key: s.key, Err: err}
		}
		if bytes.Equal(changed, s.body) {
			continue
		}
		if err := r.archive.rewrite(ctx, s.key, TypeLog, func(body []byte) ([]byte, error) { return r.blankSegment(body, false) }); err != nil {
			return err
		}
	}
	return nil
}

// dropSnapshots writes a snapshot after the tombstones and deletes the older ones.
func (r *remover) dropSnapshots(ctx context.Context, last int) error {
	snapshots, err := listSnapshots(ctx, r.archive.store, r.site)
	if err != nil || len(snapshots) == 0 {
		return err
	}
	if err := r.log.Snapshot(ctx); err != nil {
		return err
	}
	for _, n := range snapshots {
		if n >= last {
			continue
		}
		if err := r.archive.store.Delete(ctx, SnapshotKey(r.site, n)); err != nil {
			return err
		}
	}
	return nil
}

// blankSegment returns a segment with the texts of the articles' records blanked, or
// the same slice if there are none. Other lines are unchanged.
func (r *remover) blankSegment(body []byte, count bool) ([]byte, error) {
	gz, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	writer := gz.Name + gz.Comment // see lineWriter.begin
	var w lineWriter
	w.begin(writer)
	some := false
	err = eachLine(body, func(line []byte) {
		rec, err := ledger.Decode(line)
		t := r.targetOf(&rec)
		if toRemove := t != nil && rec.Outcome != ledger.Removed; err != nil || !toRemove {
			w.raw(line)
			return
		}
		if count {
			t.Records++
		}
		some = blankTexts(&rec) || some
		w.write(&rec)
	})
	if err != nil {
		return nil, err
	}
	changed, err := w.finish()
	if err != nil || !some {
		return body, err
	}
	return changed, nil
}

// targetOf returns the removed article that a record is about.
func (r *remover) targetOf(rec *ledger.Record) *Takedown {
	if t := r.byURL[rec.URL]; t != nil || rec.Kind != ledger.KindPage {
		return t
	}
	if t := cmp.Or(r.byID[rec.ID], r.byURL[rec.Alias]); t != nil {
		return t
	}
	if rec.Article == "" {
		return nil
	}
	return r.byID[articleID(rec.Article)]
}

// blankTexts removes the fields of a record that show the article's content, and
// reports whether there were any.
func blankTexts(r *ledger.Record) bool {
	some := r.Title != "" || r.Detail != "" || r.Published != "" || len(r.Missing) > 0 || r.Suspect != ""
	r.Title, r.Detail, r.Published, r.Missing, r.Suspect = "", "", "", nil, ""
	return some
}
