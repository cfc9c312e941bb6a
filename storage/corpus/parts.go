package corpus

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/warc"
)

// Part is the capture of a further part of an article: its second page, its third.
type Part struct {
	URL            string
	Number         int       // of the part in the article, from 2 on
	Time           time.Time // of the capture, UTC
	WARC           string    // key of the capture file
	Offset, Length int64
}

// Parts returns the captures of an article's further parts, in their order. An article
// names the capture of its first part only; those of the others are the captures of
// their addresses that are nearest in time. A part without a capture is left out.
//
// Parts are captured in the run that captured the first part, so the files of that run
// are read first: the index of one of them, as a rule.
func (c *Corpus) Parts(ctx context.Context, site string, a *article.Article) ([]Part, error) {
	if a.Capture.WARC == "" || len(a.Pages) < 2 {
		return nil, nil
	}
	s := partSearch{store: c.store, wanted: map[string]*Part{}}
	s.at, _ = time.Parse(time.RFC3339Nano, a.Capture.Fetched) // unknown: the oldest captures
	for i, url := range a.Pages {
		if i > 0 && url != a.Capture.FinalURL {
			s.wanted[url] = &Part{URL: url, Number: i + 1}
		}
	}
	if err := s.files(ctx, site, a.Capture.WARC); err != nil {
		return nil, fmt.Errorf("parts of %s: %w", a.URL, err)
	}
	var parts []Part
	for _, url := range a.Pages {
		if p := s.wanted[url]; p != nil && p.WARC != "" {
			parts = append(parts, *p)
			delete(s.wanted, url)
		}
	}
	return parts, nil
}

// partSearch looks for captures in the indexes of a site.
type partSearch struct {
	store  storage.Store
	wanted map[string]*Part // by address
	at     time.Time        // of the first part's capture
}

// files reads indexes until all parts are found: of the first part's file, of its run,
// and last of all others.
func (s *partSearch) files(ctx context.Context, site, first string) error {
	run := first[:max(strings.LastIndexByte(first, '-'), 0)]
	seen := map[string]bool{}
	for _, prefix := range []string{first, run + "-", "warc/" + site + "/"} {
		keys := []string{first}
		if prefix != first {
			var err error
			if keys, err = s.captures(ctx, prefix); err != nil {
				return err
			}
		}
		for _, key := range keys {
			if seen[key] {
				continue
			}
			seen[key] = true
			if err := s.file(ctx, key); err != nil {
				return err
			}
		}
		if s.complete() {
			return nil
		}
	}
	return nil
}

func (s *partSearch) captures(ctx context.Context, prefix string) (keys []string, err error) {
	for info, err := range s.store.List(ctx, prefix, "") {
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(info.Key, ".warc.gz") {
			keys = append(keys, info.Key)
		}
	}
	return keys, nil
}

func (s *partSearch) complete() bool {
	for _, p := range s.wanted {
		if p.WARC == "" {
			return false
		}
	}
	return true
}

// file reads the index of one capture file.
func (s *partSearch) file(ctx context.Context, key string) error {
	index, _, err := storage.ReadObject(ctx, s.store, storage.CDXJKey(key))
	if errors.Is(err, storage.ErrNotFound) {
		return nil // a killed crawl left the file without one, and named nothing in it
	}
	if err != nil {
		return err
	}
	for _, p := range s.wanted {
		start := []byte(warc.SURT(p.URL) + " ")
		for line := range bytes.Lines(index) {
			if bytes.HasPrefix(line, start) {
				s.line(p, key, line)
			}
		}
	}
	return nil
}

// line takes the capture of an index line if it is of the part, and nearer in time
// than the one before.
func (s *partSearch) line(p *Part, key string, line []byte) {
	for e, err := range warc.ReadIndex(bytes.NewReader(line)) {
		if err != nil || e.URL != p.URL || e.MIME == "warc/revisit" || e.Status != 200 {
			continue
		}
		if p.WARC == "" || e.Time.Sub(s.at).Abs() < p.Time.Sub(s.at).Abs() {
			p.WARC, p.Time, p.Offset, p.Length = key, e.Time, e.Offset, e.Length
		}
	}
}
