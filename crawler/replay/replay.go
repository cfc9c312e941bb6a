// Package replay reads pages out of captures instead of the web: the HTML responses
// with status 200 in WARC files, of Pressmark and of others, compressed by record, as
// a whole or not at all. A page whose DOM was captured behind it is read of that.
package replay

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/textproto"
	"slices"
	"strings"
	"sync"
	"time"

	"pressmark/crawler/discover"
	"pressmark/extract/article"
	"pressmark/extract/weburl"
	"pressmark/storage/warc"
)

// ErrNoRecords reports a file without a WARC record.
var ErrNoRecords = errors.New("no WARC record in it")

// File is a WARC file.
type File struct {
	Name string
	Site string // that the captures are of; "" if not known
	// Open opens the file at its beginning.
	Open func(ctx context.Context) (io.ReadSeekCloser, error)
	// Range reads a part of the file.
	Range func(ctx context.Context, offset, length int64) ([]byte, error)
}

// Captures reads WARC files in order, record by record. Make one with New. Safe for
// concurrent use.
type Captures struct {
	files []File

	mu      sync.Mutex
	loaded  []*content // the last two files that were listed
	damaged []string
}

// New returns the captures in files. Files of one site should be in the order in
// which they were written.
func New(files []File) *Captures { return &Captures{files: files} }

// Page is a captured page.
type Page struct {
	File, Site     string
	Number         int // in the file, from 0
	URL            string
	Date           time.Time
	Offset, Length int64 // of the record; Length is 0 where it shares its gzip member

	index  int // of the file
	cut    bool
	in     *content
	header textproto.MIMEHeader // of a record that has no place of its own
	block  stretch              // and its block
	id     string               // of the record
	dom    *dom                 // nil: the page is its response
}

// content is a capture file of which the pages are known.
type content struct {
	File
	size   int64
	pages  []*Page
	byURL  map[string]*Page
	blocks scratch // of records without a place of their own
	damage error   // of what could not be read, or nil
}

// Pages yields the pages of all files, in the order of the files. A damaged record
// does not end it: [Captures.Damage] lists damage at the end. The error is that of a
// file that could not be read, or ErrNoRecords for a file that is of no archive.
func (c *Captures) Pages(ctx context.Context) iter.Seq2[*Page, error] {
	return func(yield func(*Page, error) bool) {
		for i, f := range c.files {
			in, err := c.load(ctx, i)
			if err != nil {
				yield(nil, fmt.Errorf("extract %s: %w", f.Name, err))
				return
			}
			if in.damage != nil {
				c.mu.Lock()
				c.damaged = append(c.damaged, in.Name+": "+in.damage.Error())
				c.mu.Unlock()
			}
			for _, p := range in.pages {
				if !yield(p, nil) {
					return
				}
			}
		}
	}
}

// Damage returns the files of which something could not be read, each with the first
// reason, in the order of the files.
func (c *Captures) Damage() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.damaged)
}

// partsWithin is how many bytes of capture files after an article's page are searched
// for its next part. A batch ends where it is full; where batches are small, files
// with other pages may lie between.
const partsWithin = 8 << 20

// Part returns the page at url that continues p. It looks in the capture file of p,
// then in the following files of the same site; the first of these is read whatever
// its size. It returns nil if no file has the page. An incomplete capture is
// returned only if there is no complete one, because a crawl that got half a page
// tries again.
func (c *Captures) Part(ctx context.Context, p *Page, url string) (*Page, error) {
	size := int64(0)
	var cut *Page
	for i, f := range c.files[p.index:] {
		if tooFar := i > 1 && size > partsWithin; f.Site != p.Site || tooFar {
			break
		}
		in, err := c.load(ctx, p.index+i)
		if err != nil {
			return nil, fmt.Errorf("extract %s: %w", f.Name, err)
		}
		part := in.byURL[url]
		if part != nil && !part.cut {
			return part, nil
		}
		cut = cmp.Or(cut, part)
		size += in.size
	}
	return cut, nil
}

// load reads a file. The last two are kept: parts of an article are mostly in the file
// of its first page or in the next.
func (c *Captures) load(ctx context.Context, index int) (*content, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f := c.files[index]
	for _, in := range c.loaded {
		if in.Name == f.Name {
			return in, nil
		}
	}
	in := &content{File: f, byURL: map[string]*Page{}}
	records, err := in.list(ctx)
	if err != nil {
		return nil, err
	}
	if records == 0 {
		if f.Site == "" { // a damaged file of an archive does not keep the others from being read
			return nil, ErrNoRecords
		}
		in.damage = ErrNoRecords
	}
	for n, p := range in.pages {
		p.File, p.Site, p.Number, p.index, p.in = f.Name, f.Site, n, index, in
		if known := in.byURL[p.URL]; known == nil || !p.cut {
			in.byURL[p.URL] = p
		}
	}
	c.loaded = append(c.loaded[max(0, len(c.loaded)-1):], in)
	return in, nil
}

// list finds the pages of the file and returns the number of its records. Damage ends
// the reading of the record that it is in, not of the file.
func (in *content) list(ctx context.Context) (records int, err error) {
	file, err := in.Open(ctx)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	if in.size, err = sizeOf(file); err != nil {
		return 0, err
	}
	watched := &watched{ReadSeeker: file}
	r := warc.NewReader(watched)
	for {
		rec, err := r.Next()
		switch {
		case watched.err != nil: // the file cannot be read; it is not damaged
			return records, watched.err
		case errors.Is(err, io.EOF):
			slices.SortStableFunc(in.pages, func(a, b *Page) int { return cmp.Compare(a.Offset, b.Offset) })
			return records, nil
		case err != nil: // after it the reader goes on, or returns io.EOF
			in.damage = cmp.Or(in.damage, err)
			continue
		}
		records++
		if p := pageOf(rec); p != nil {
			if p.Length == 0 {
				p.header, p.block = rec.Header, in.blocks.keep(rec.Block)
			}
			in.pages = append(in.pages, p)
		}
		in.addDOM(rec)
	}
}

func sizeOf(file io.Seeker) (int64, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	return size, err
}

// watched keeps the error of reading a file.
type watched struct {
	io.ReadSeeker
	err error
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.ReadSeeker.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}

// pageOf returns the page that a record captured, nil if it is another response, or
// another record.
func pageOf(rec *warc.Record) *Page {
	if rec.Type() != "response" {
		return nil
	}
	resp, err := rec.Response()
	if errors.Is(err, warc.ErrNotHTTP) || resp.Status != 200 || !isHTML(&resp, err) {
		return nil
	}
	url, err := weburl.Normalize(resp.URL)
	if err != nil || strings.HasSuffix(url, "/robots.txt") && strings.Count(url, "/") == 3 { // some servers answer with a page
		return nil
	}
	return &Page{id: rec.ID(), URL: url, Date: resp.Date, Offset: rec.Location.Offset, Length: rec.Location.Length, cut: resp.Truncated != ""}
}

// isHTML reports whether a captured response is HTML: by its body, or by its media
// type if the body cannot be decoded.
func isHTML(resp *warc.Response, err error) bool {
	declared := resp.Header.Get("Content-Type")
	if err != nil {
		return strings.Contains(strings.ToLower(declared), "html")
	}
	return discover.Sniff(resp.Body, declared) == discover.KindHTML
}

// Read reads the page out of its capture. cut says why the body is incomplete, "" if
// it is complete.
func (p *Page) Read(ctx context.Context) (page article.Page, cut string, err error) {
	rec, err := p.read(ctx)
	if err != nil {
		return article.Page{}, "", err
	}
	resp, err := rec.Response()
	if err != nil {
		return article.Page{}, "", err
	}
	page = article.Page{URL: p.URL, Body: resp.Body, ContentType: resp.Header.Get("Content-Type"), Header: resp.Header, Fetched: p.Date, Status: resp.Status}
	if p.dom != nil {
		err = p.dom.show(ctx, &page)
	}
	return page, resp.Truncated, err
}

func (p *Page) read(ctx context.Context) (*warc.Record, error) {
	if p.Length == 0 {
		block, err := p.in.blocks.read(p.block)
		return &warc.Record{Header: p.header, Block: block}, err
	}
	return p.in.record(ctx, p.Offset, p.Length)
}

// record reads a record that has a place of its own.
func (in *content) record(ctx context.Context, offset, length int64) (*warc.Record, error) {
	data, err := in.Range(ctx, offset, length)
	if err != nil {
		return nil, err
	}
	return warc.ReadBytes(data)
}
