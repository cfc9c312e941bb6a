package crawler

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"pressmark/configs"
	"pressmark/crawler/replay"
	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/extract/manifest"
	"pressmark/storage"
	"pressmark/storage/ledger"
)

// Reextraction extracts the articles of an archive again from their captures,
// without a request, and reports the changes or commits them.
type Reextraction struct {
	Archive *storage.Archive
	Sites   []configs.Site // configured; others are read without rules
	Version string         // of the program
	Write   bool           // commit what comes out differently
	Now     func() time.Time
}

// Verdict is the result of re-extraction for an article.
type Verdict string

// The verdicts.
const (
	Same      Verdict = "same"       // nothing changes
	Revise    Verdict = "revise"     // its content changes: a revision
	Update    Verdict = "update"     // something else of it changes: the revision is written anew
	Refused   Verdict = "refused"    // by these rules its page is not an article; it stays unchanged
	Unread    Verdict = "unreadable" // its capture cannot be read
	NoCapture Verdict = "no_capture" // none was kept
)

// Reextracted is the result of re-extraction for one article.
type Reextracted struct {
	Site    string           `json:"site"`
	ID      string           `json:"id"`
	URL     string           `json:"url"`
	Title   string           `json:"title"` // as archived
	Verdict Verdict          `json:"verdict"`
	Detail  string           `json:"detail,omitempty"` // of what was refused or cannot be read
	Changes []FieldChange    `json:"changes,omitempty"`
	Old     *article.Article `json:"-"`
	New     *article.Article `json:"-"` // nil without one
}

// FieldChange is one changed field of the article's JSON, before and after; null
// means that the field is missing. Nested fields are joined with dots, and list
// items are numbered from 1: "credits.authors", "images.2.caption". body and links
// are compared as a whole.
type FieldChange struct {
	Field string          `json:"field"`
	Old   json.RawMessage `json:"old"`
	New   json.RawMessage `json:"new"`
}

// Site re-extracts the articles of a site, in the order of their captures, and calls
// report with the result of each. With Write, changes are committed in batches. A
// concurrent crawl of the site makes Site fail with [storage.ErrConflict]; batches
// committed before stay.
func (x *Reextraction) Site(ctx context.Context, site string, report func(Reextracted) error) error {
	log, err := x.Archive.OpenSite(ctx, site)
	if err != nil {
		return err
	}
	s := &siteReextraction{Reextraction: x, log: log, report: report}
	if err := s.prepare(ctx); err != nil {
		return err
	}
	files, err := CapturesIn(ctx, x.Archive.Store(), site)
	if err != nil {
		return err
	}
	captures := replay.New(files)
	if err := manifest.Each(ctx, s.articles(Captured(ctx, captures)), s.extractors.For, func(p *manifest.Page, o manifest.Outcome) error {
		return s.take(ctx, p, o)
	}); err != nil {
		return err
	}
	for _, rec := range s.records { // those that no readable capture has
		old, err := log.Article(ctx, rec.ID)
		if err != nil {
			return err
		}
		r := resultOf(site, old, Unread)
		if r.Detail = old.Capture.WARC + " has no such page"; old.Capture.WARC == "" {
			r.Verdict, r.Detail = NoCapture, ""
		}
		if err := report(r); err != nil {
			return err
		}
	}
	return s.commit(ctx)
}

// siteReextraction is the re-extraction of one site.
type siteReextraction struct {
	*Reextraction
	log        *storage.Log
	report     func(Reextracted) error
	records    map[capturePlace]ledger.Record // of the articles that did not come yet
	extractors manifest.Sites
	alone      manifest.Sites // without what the site's pages taught
	batch      storage.Batch
}

// capturePlace is where an article's capture is. Articles without one have a place
// of their own: their id.
type capturePlace struct {
	file   string
	offset int64
}

// prepare finds the places of the articles' captures, and makes the extractors.
func (s *siteReextraction) prepare(ctx context.Context) error {
	memory, err := Memory(s.log)
	if err != nil {
		return err
	}
	options := func(m *extract.Memory) func(context.Context, *configs.Site) (extract.Options, error) {
		return func(_ context.Context, site *configs.Site) (extract.Options, error) {
			return ExtractOptions(site, m, s.Version), nil
		}
	}
	s.extractors = manifest.Sites{Configured: s.Sites, Options: options(memory)}
	s.alone = manifest.Sites{Configured: s.Sites, Options: options(nil)}
	s.records = map[capturePlace]ledger.Record{}
	for rec := range s.log.Records {
		if !rec.HasArticle() {
			continue
		}
		a, err := s.log.Article(ctx, rec.ID)
		if err != nil {
			return fmt.Errorf("read %s: %w", rec.Article, err)
		}
		at := capturePlace{a.Capture.WARC, a.Capture.Offset}
		if at.file == "" {
			at.file = a.ID
		}
		s.records[at] = rec
	}
	return nil
}

// articles leaves out the captured pages that no archived article was made of.
func (s *siteReextraction) articles(pages iter.Seq2[*manifest.Page, error]) iter.Seq2[*manifest.Page, error] {
	wanted := maps.Clone(s.records) // take, which runs beside it, deletes from records
	return func(yield func(*manifest.Page, error) bool) {
		for p, err := range pages {
			if err == nil {
				if _, ok := wanted[placeOf(p)]; !ok {
					continue
				}
			}
			if !yield(p, err) {
				return
			}
		}
	}
}

func placeOf(p *manifest.Page) capturePlace {
	label, _ := p.Label.(capturedLabel)
	return capturePlace{label.WARC, label.Offset}
}

// take decides the result of one article.
func (s *siteReextraction) take(ctx context.Context, p *manifest.Page, o manifest.Outcome) error {
	rec := s.records[placeOf(p)]
	delete(s.records, placeOf(p))
	old, err := s.log.Article(ctx, rec.ID)
	if err != nil {
		return err
	}
	switch {
	case o.Err != nil:
		r := resultOf(s.log.Site(), old, Unread)
		r.Detail = o.Code + ": " + o.Err.Error()
		return s.report(r)
	case o.Article == nil:
		r := resultOf(s.log.Site(), old, Refused)
		r.Detail = o.Refusal.Error()
		return s.report(r)
	}
	now := o.Article
	if now.ContentHash != old.ContentHash && len(old.Pages) < 2 {
		if a := s.withoutMemory(ctx, p); a != nil && a.ContentHash == old.ContentHash {
			now = a // the memory has grown, and the article has not changed
		}
	}
	s.carryOver(now, old)
	r := resultOf(s.log.Site(), old, Same)
	r.New = now
	if r.Changes, err = changesOf(old, now); err != nil {
		return err
	}
	switch {
	case now.ContentHash != old.ContentHash:
		r.Verdict = Revise
	case len(r.Changes) > 0:
		r.Verdict = Update
	}
	if err := s.report(r); err != nil {
		return err
	}
	if !s.Write || r.Verdict == Same {
		return nil
	}
	return s.store(ctx, rec, r)
}

func resultOf(site string, old *article.Article, v Verdict) Reextracted {
	return Reextracted{Site: site, ID: old.ID, URL: old.URL, Title: old.Title, Verdict: v, Old: old}
}

// withoutMemory extracts a page without the site's memory; nil if that gives no
// article.
func (s *siteReextraction) withoutMemory(ctx context.Context, p *manifest.Page) *article.Article {
	x, err := s.alone.For(ctx, p)
	if err != nil {
		return nil
	}
	content, err := p.Load(ctx)
	if err != nil {
		return nil
	}
	res, err := x.Extract(ctx, content.Page)
	if err != nil {
		return nil
	}
	return res.Article
}

// crawlWarnings begin the warnings that are the crawl's, not the extraction's.
var crawlWarnings = []string{"canonical_refused:", "truncated:"}

// carryOver copies to a re-extracted article the results of the crawl: its URL, its
// capture and its stored pictures. A picture that the archive does not have is left
// to the next crawl.
func (s *siteReextraction) carryOver(now, old *article.Article) {
	now.URL, now.ID, now.Site, now.Capture = old.URL, old.ID, old.Site, old.Capture
	now.Revision = old.Revision
	for _, w := range old.Warnings {
		if slices.ContainsFunc(crawlWarnings, func(p string) bool { return strings.HasPrefix(w, p) }) && !slices.Contains(now.Warnings, w) {
			now.Warnings = append(now.Warnings, w)
		}
	}
	if len(now.Pages) == 1 && len(old.Pages) == 1 {
		now.Pages = old.Pages // as it was found, not as it answered
	}
	for i := range now.Images {
		img := &now.Images[i]
		known := slices.IndexFunc(old.Images, func(o article.Image) bool { return o.URL == img.URL })
		if known < 0 {
			img.Status, img.Reason = article.ImageFailed, ledger.ReasonReextracted
			continue
		}
		o := old.Images[known]
		o.ID, o.Placeholder, o.Alternates, o.Caption, o.Credit, o.Alt, o.Role = img.ID, img.Placeholder, img.Alternates, img.Caption, img.Credit, img.Alt, img.Role
		*img = o
	}
}

// unlike are the fields of the JSON that two extractions of one page may differ in
// without a change of the article, or that follow from others.
var unlike = []string{"capture", "extractor", "revision", "content_hash", "text", "schema", "evidence"}

// changesOf compares two articles field by field, in the order of their names.
func changesOf(old, now *article.Article) ([]FieldChange, error) {
	a, err := fieldsOf(old)
	if err != nil {
		return nil, err
	}
	b, err := fieldsOf(now)
	if err != nil {
		return nil, err
	}
	names := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.Sort(names)
	var list []FieldChange
	for _, name := range slices.Compact(names) {
		top, _, _ := strings.Cut(name, ".")
		if !slices.Contains(unlike, top) && !bytes.Equal(a[name], b[name]) {
			list = append(list, FieldChange{name, a[name], b[name]})
		}
	}
	return list, nil
}

func fieldsOf(a *article.Article) (map[string]json.RawMessage, error) {
	data, err := article.Encode(a)
	if err != nil {
		return nil, err
	}
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &fields); err != nil {
		return nil, err
	}
	out := map[string]json.RawMessage{}
	for name, value := range fields {
		if name == "body" || name == "links" {
			out[name] = value
		} else {
			flatten(out, name, value)
		}
	}
	return out, nil
}

// flatten adds the fields of an object, or of the objects of a list, under their
// paths; any other value under its own.
func flatten(out map[string]json.RawMessage, path string, value json.RawMessage) {
	var object map[string]json.RawMessage
	if json.Unmarshal(value, &object) == nil && object != nil {
		for name, v := range object {
			flatten(out, path+"."+name, v)
		}
		return
	}
	var list []map[string]json.RawMessage
	if json.Unmarshal(value, &list) != nil || len(list) == 0 {
		out[path] = value
		return
	}
	for i, item := range list {
		for name, v := range item {
			flatten(out, fmt.Sprintf("%s.%d.%s", path, i+1, name), v)
		}
	}
}

// articlesPerCommit is the number of articles of a batch.
const articlesPerCommit = 50

// store puts a changed article into the batch, and commits a full one.
func (s *siteReextraction) store(ctx context.Context, prev ledger.Record, r Reextracted) error {
	a, rec, now := r.New, prev, s.Now().UTC()
	rec.Time, rec.Outcome, rec.Reason, rec.Changed, rec.Detail = now, ledger.Unchanged, ledger.ReasonReextracted, nil, ""
	if r.Verdict == Revise {
		a.Revision++
		rec.Outcome = ledger.Revised
		for _, part := range article.Diff(r.Old, a) {
			rec.Changed = append(rec.Changed, string(part))
		}
	}
	if prev.Outcome == ledger.Gone { // it still is
		rec.Outcome, rec.Reason = ledger.Gone, prev.Reason
	}
	rec.Revision, rec.ContentHash, rec.Title, rec.Images, rec.Published = a.Revision, a.ContentHash, a.Title, len(a.Images), article.Value(a.Published)
	rec.Pending = 0
	for i := range a.Images {
		if a.Images[i].Status == article.ImageFailed {
			rec.Pending++
		}
	}
	newlyPending := rec.Pending > 0 && prev.Pending == 0
	if newlyPending && prev.Outcome != ledger.Gone {
		rec.Due = now.Truncate(time.Second)
	}
	data, err := article.Encode(a)
	if err != nil {
		return err
	}
	s.batch.Articles = append(s.batch.Articles, storage.Object{Key: rec.Article, Body: data, MediaType: storage.TypeJSON})
	s.batch.Records = append(s.batch.Records, rec)
	if len(s.batch.Articles) < articlesPerCommit {
		return nil
	}
	return s.commit(ctx)
}

func (s *siteReextraction) commit(ctx context.Context) error {
	b := s.batch
	s.batch = storage.Batch{}
	return s.log.Commit(ctx, b)
}
