package storage

import (
	"bytes"
	"context"
	"errors"
	"path"
	"strings"

	"pressmark/storage/warc"
)

// blankCaptures takes the capture records of the articles out of the site's files.
// See [warc.Blank]: all other records stay where they are, so that no JSON, no index
// and no reader has a wrong place at any moment.
func (r *remover) blankCaptures(ctx context.Context) error {
	files, err := r.findCaptures(ctx)
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := r.archive.blankCapture(ctx, file, r.traces); err != nil {
			return err
		}
	}
	return nil
}

// findCaptures decides which pictures go, traces the captures of all that goes, and
// returns the site's files that may hold them.
func (r *remover) findCaptures(ctx context.Context) ([]string, error) {
	used, err := r.usedElsewhere(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range r.targets {
		t.share(used)
	}
	r.tracePictures()
	return r.captureFiles(ctx)
}

// captureFiles lists the site's files whose index names a capture of the articles,
// and those without an index, as a killed crawl leaves them.
func (r *remover) captureFiles(ctx context.Context) ([]string, error) {
	var files []string
	indexed := map[string]bool{}
	var indexes []string
	for info, err := range r.archive.store.List(ctx, "warc/"+r.site+"/", "") {
		switch {
		case err != nil:
			return nil, err
		case strings.HasSuffix(info.Key, cdxjEnd):
			indexes = append(indexes, info.Key)
		case strings.HasSuffix(info.Key, warcEnd):
			files = append(files, info.Key)
		}
	}
	named := map[string]bool{}
	for index, err := range readAhead(ctx, 0, len(indexes)-1, r.archive.opt.Parallel, func(ctx context.Context, i int) (named bool, err error) {
		body, _, err := ReadObject(ctx, r.archive.store, indexes[i])
		if errors.Is(err, ErrNotFound) {
			return false, nil
		}
		return r.indexNames(indexes[i], body), err
	}) {
		if err != nil {
			return nil, err
		}
		named[indexes[len(indexed)]] = index
		indexed[indexes[len(indexed)]] = true
	}
	var list []string
	for _, file := range files {
		if key := CDXJKey(file); named[key] || !indexed[key] {
			list = append(list, file)
		}
	}
	return list, nil
}

// indexNames reports whether an index has a capture of the articles. One that cannot
// be read may have.
func (r *remover) indexNames(key string, body []byte) bool {
	file := strings.TrimSuffix(path.Base(key), cdxjEnd) + warcEnd
	for e, err := range warc.ReadIndex(bytes.NewReader(body)) {
		if err != nil || r.traces.of(e.URL, e.Digest, place{file, e.Offset}) != nil {
			return true
		}
	}
	return false
}

// blanked is a capture file without the records of removed articles.
type blanked struct {
	body  []byte
	stay  map[int64]bool    // where captures are that stay
	taken map[*Takedown]int // records that were taken out
	err   error
}

// blank blanks the records that the traces name in a capture file.
func (t *traces) blank(key string, body []byte) blanked {
	b := blanked{stay: map[int64]bool{}, taken: map[*Takedown]int{}}
	answers := map[string]*Takedown{}
	b.body, _, b.err = warc.Blank(body, func(rec *warc.Record) bool {
		if of := t.ofRecord(key, rec, answers); of != nil {
			b.taken[of]++
			return true
		}
		if kind := rec.Type(); kind == "response" || kind == "revisit" {
			b.stay[rec.Location.Offset] = true
		}
		return false
	})
	return b
}

// note adds the blanked records of a file to the articles.
func (b *blanked) note(key string) {
	for t, n := range b.taken {
		t.Captures += n
		t.Files = append(t.Files, key)
	}
}

// blankCapture takes the records that the traces name out of a capture file, and
// their lines out of its index: the file first, so that a line is there as long as
// the record is.
func (a *Archive) blankCapture(ctx context.Context, key string, t *traces) error {
	var b blanked
	err := a.rewrite(ctx, key, TypeWARC, func(body []byte) ([]byte, error) {
		b = t.blank(key, body)
		return b.body, b.err
	})
	if err != nil {
		return err
	}
	b.note(key)
	if b.body == nil {
		return nil // taken away meanwhile
	}
	return a.rewrite(ctx, CDXJKey(key), TypeCDXJ, func(body []byte) ([]byte, error) {
		var out bytes.Buffer
		for line := range bytes.Lines(body) {
			keep := true
			for e, err := range warc.ReadIndex(bytes.NewReader(line)) {
				keep = err != nil || b.stay[e.Offset]
			}
			if keep {
				out.Write(line)
			}
		}
		return out.Bytes(), nil
	})
}

// rewrite changes an object in place: whole, and only if it is still the one that was
// read. One that is not there, or that change returns as it is, is left alone.
func (a *Archive) rewrite(ctx context.Context, key, mediaType string, change func([]byte) ([]byte, error)) error {
	for n := 1; ; n++ {
		body, info, err := ReadObject(ctx, a.store, key)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		changed, err := change(body)
		if err != nil {
			return &CorruptError{Key: key, Err: err}
		}
		if bytes.Equal(changed, body) {
			return nil
		}
		err = ErrChanged
		if info.Tag != "" && n < maxLooks {
			err = a.store.PutIf(ctx, key, changed, mediaType, info.Tag)
		}
		if info.Tag == "" || errors.Is(err, errors.ErrUnsupported) || n == maxLooks {
			return a.store.Put(ctx, key, changed, mediaType)
		}
		if !errors.Is(err, ErrChanged) {
			return err
		}
	}
}
