package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"pressmark/extract/article"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// traces identify the capture records of removed articles, with the article of each.
type traces struct {
	pages    map[string]*Takedown // by addresses of the articles' pages
	pictures map[string]*Takedown // by addresses of pictures that go
	digests  map[string]*Takedown // by SHA-256 of these pictures
	places   map[place]*Takedown  // responses that the articles name
	data     map[string]*Takedown // by addresses of what their scripts asked for
}

func newTraces() *traces {
	return &traces{map[string]*Takedown{}, map[string]*Takedown{}, map[string]*Takedown{}, map[place]*Takedown{}, map[string]*Takedown{}}
}

// place is the place of a record: the name of the capture file and the offset.
type place struct {
	file   string
	offset int64
}

// find looks up the articles, and all that belongs to them.
func (r *remover) find(ctx context.Context) error {
	if r.targets == nil {
		for _, id := range r.ids {
			r.targets = append(r.targets, &Takedown{Site: r.site, ID: id, Addresses: []string{}, Images: []string{}, Shared: []string{}, Files: []string{}})
		}
	}
	for _, t := range r.targets {
		if err := r.read(ctx, t); err != nil {
			return err
		}
	}
	r.findRecords()
	for _, t := range r.targets {
		if t.URL == "" {
			return fmt.Errorf("article %s of %s: %w", t.ID, r.site, ErrNotFound)
		}
	}
	r.trace()
	return nil
}

// read reads the stored objects of an article. The results of earlier rounds are
// kept.
func (r *remover) read(ctx context.Context, t *Takedown) error {
	if err := CheckID(t.ID); err != nil {
		return err
	}
	if len(t.json) > 0 {
		return nil
	}
	keys, err := r.archive.revisionKeys(ctx, r.site, t.ID)
	if err != nil {
		return err
	}
	for _, key := range append(keys, ArticleKey(r.site, t.ID)) {
		body, _, err := ReadObject(ctx, r.archive.store, key)
		switch {
		case errors.Is(err, ErrNotFound) || damageOf(err) != nil:
			continue
		case err != nil:
			return err
		}
		t.json = append(t.json, body)
	}
	t.Revisions = len(t.json)
	return nil
}

// findRecords finds the articles' records in the log, and their other addresses.
func (r *remover) findRecords() {
	r.byID, r.byURL = map[string]*Takedown{}, map[string]*Takedown{}
	for _, t := range r.targets {
		r.byID[t.ID], t.Addresses = t, []string{}
	}
	for rec := range r.log.State().All() {
		if t := r.listedTarget(rec); t != nil && rec.Kind == ledger.KindPage {
			t.describe(rec)
		}
	}
	parts := map[string]*Takedown{}
	for _, t := range r.targets {
		if t.URL != "" {
			r.byURL[t.URL] = t
		}
		for _, url := range r.partsOf(t) {
			parts[url] = t
		}
	}
	for rec := range r.log.State().All() {
		t := r.byURL[rec.Alias]
		if t == nil {
			t = parts[rec.URL]
		}
		if t == nil || r.byURL[rec.URL] != nil || r.standsAlone(rec) {
			continue
		}
		t.Addresses = append(t.Addresses, rec.URL)
		r.byURL[rec.URL] = t
	}
}

// describe takes URL and title from a page's record. A record of the article's own id
// gives the URL, whatever others have said.
func (t *Takedown) describe(rec ledger.Record) {
	own := rec.ID == t.ID
	if rec.Alias != "" && !own {
		return
	}
	if t.URL == "" || own {
		t.URL = rec.URL
	}
	if rec.Title != "" {
		t.Title = rec.Title
	}
}

// listedTarget returns the article that a record is about, by its own id or by that of
// the article that it names; nil if that article stays.
func (r *remover) listedTarget(rec ledger.Record) *Takedown {
	if t := r.byID[rec.ID]; t != nil || rec.Article == "" {
		return t
	}
	return r.byID[articleID(rec.Article)]
}

// standsAlone reports whether a record is that of another article, which stays, or of a source.
func (r *remover) standsAlone(rec ledger.Record) bool {
	if rec.Kind != ledger.KindPage {
		return true
	}
	return rec.HasArticle() && r.byID[articleID(rec.Article)] == nil
}

// partsOf are the addresses that an article and its revisions name as their own: of
// its parts, and those that their captures ended at.
func (r *remover) partsOf(t *Takedown) []string {
	var urls []string
	for _, a := range t.decoded() {
		urls = append(append(urls, a.URL, a.Capture.FinalURL), a.Pages...)
	}
	return urls
}

// decoded are the revisions that can be read.
func (t *Takedown) decoded() []*article.Article {
	var list []*article.Article
	for _, body := range t.json {
		if a, err := article.Decode(body); err == nil {
			list = append(list, a)
		}
	}
	return list
}

// trace gathers how the articles' captures are known.
func (r *remover) trace() {
	r.traces = newTraces()
	for _, t := range r.targets {
		var keys []string
		for _, url := range slices.Concat([]string{t.URL}, t.Addresses, r.partsOf(t)) {
			if rec, _ := r.log.State().Get(url); url != "" && !r.standsAlone(rec) {
				r.traces.pages[url] = t
			}
		}
		for _, a := range t.decoded() {
			for i := range a.Images {
				if img := &a.Images[i]; img.Key != "" {
					keys = append(keys, img.Key)
				}
			}
		}
		slices.Sort(keys)
		t.Images, t.Shared = slices.Compact(keys), []string{}
	}
	r.traceData()
}

// traceData adds what the scripts of the articles' pages asked for to show them: it has
// their text.
func (r *remover) traceData() {
	for rec := range r.log.State().All() {
		if t := r.traces.pages[rec.Source]; rec.Kind == ledger.KindData && t != nil {
			r.traces.data[rec.URL] = t
		}
	}
}

// tracePictures adds the pictures that go. Whether others use them must be known.
func (r *remover) tracePictures() {
	for _, t := range r.targets {
		for _, a := range t.decoded() {
			if c := a.Capture; c.WARC != "" {
				r.traces.places[place{path.Base(c.WARC), c.Offset}] = t
			}
			for i := range a.Images {
				img := &a.Images[i]
				if !slices.Contains(t.Images, img.Key) {
					continue
				}
				r.traces.digests[img.SHA256] = t
				for _, url := range append([]string{img.URL, img.FetchedURL}, img.Alternates...) {
					r.traces.pictures[url] = t
				}
				if img.WARC != "" {
					r.traces.places[place{path.Base(img.WARC), img.Offset}] = t
				}
			}
		}
	}
}

// of returns the removed article that a capture belongs to, nil if there is none.
func (t *traces) of(url, digest string, at place) *Takedown {
	if of := cmp.Or(t.pages[url], t.data[url], t.places[at]); of != nil {
		return of
	}
	_, sum, labelled := strings.Cut(digest, ":")
	if !labelled {
		sum = digest
	}
	if t.pictures[url] != nil {
		return t.digests[sum]
	}
	return nil
}

// ofRecord returns the removed article that a record is a capture of, or a revisit,
// or the request for one; nil if it is of none. answers are the responses so far:
// requests and conversions come behind them.
func (t *traces) ofRecord(file string, rec *warc.Record, answers map[string]*Takedown) (of *Takedown) {
	switch rec.Type() {
	case "request":
		return cmp.Or(t.pages[rec.URL()], t.data[rec.URL()], answers[rec.Header.Get("WARC-Concurrent-To")])
	case "conversion":
		of = answers[rec.Header.Get("WARC-Refers-To")]
	case "revisit":
		of = t.pages[rec.Header.Get("WARC-Refers-To-Target-URI")]
	}
	if of == nil {
		of = t.of(rec.URL(), rec.Header.Get("WARC-Payload-Digest"), place{path.Base(file), rec.Location.Offset})
	}
	if of != nil {
		answers[rec.ID()] = of
	}
	return of
}

// count fills in what a removal would delete, and changes nothing.
func (r *remover) count(ctx context.Context) error {
	files, err := r.findCaptures(ctx)
	if err != nil {
		return err
	}
	for _, key := range files {
		body, _, err := ReadObject(ctx, r.archive.store, key)
		if err == nil {
			b := r.traces.blank(key, body)
			b.note(key)
			err = b.err
		}
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	for s, err := range r.archive.segments(ctx, r.site, 1, r.log.Next()-1) {
		if err == nil {
			_, err = r.blankSegment(s.body, true)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
