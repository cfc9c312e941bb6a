package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/extract/weburl"
	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// captured is one page in a capture file.
type captured struct {
	file           string
	url            string
	date           time.Time
	offset, length int64
	cut            bool         // the capture is not whole
	whole          *warc.Record // where the file is compressed as a whole, so that a record has no place of its own
}

// captureSource is a WARC file, of the file system or of an archive.
type captureSource struct {
	name string
	site string // of the archive; "" for a file
	read func(ctx context.Context) ([]byte, error)
}

// extractCaptures reads pages out of captures instead of the web and prints a
// line each, {"url","warc","offset","article"} or {…,"error":{"code","message"}},
// in the order of the files. The same captures give the same bytes. What cannot
// be read keeps nothing else from being printed, and is told at the end.
func (a *app) extractCaptures(ctx context.Context, from string, f extractFlags) error {
	sources, arch, err := captureSources(ctx, from, f, a)
	if err != nil {
		return err
	}
	configured, err := loadSites(f.config)
	if err != nil {
		return err
	}
	r := &reextraction{out: a.stdout, arch: arch, memory: f.memory, configured: configured, extractors: map[string]*extract.Extractor{}, parts: map[captured]bool{}}
	for i := range sources {
		if err := r.file(ctx, sources[i:]); err != nil {
			return fmt.Errorf("extract %s: %w", sources[i].name, err)
		}
	}
	if len(r.damaged) > 0 {
		return fmt.Errorf("%w: captures that cannot be read: %s", errFailures, strings.Join(r.damaged, "; "))
	}
	return nil
}

// captureSources are the file at a path, or the captures of an archive.
func captureSources(ctx context.Context, from string, f extractFlags, a *app) ([]captureSource, *archive, error) {
	if info, err := os.Stat(from); err == nil && !info.IsDir() {
		return []captureSource{{name: from, read: func(context.Context) ([]byte, error) { return os.ReadFile(from) }}}, nil, nil
	} else if err != nil && !strings.HasPrefix(from, "s3://") {
		return nil, nil, misuse("%w", err)
	}
	read := readFlags{from: from, pathStyle: f.pathStyle}
	arch, err := read.open(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	var out []captureSource
	for info, err := range arch.store.List(ctx, "warc/", "") {
		if err != nil {
			return nil, nil, err
		}
		key := info.Key
		if !strings.HasSuffix(key, ".warc.gz") {
			continue
		}
		out = append(out, captureSource{name: key, site: strings.Split(key, "/")[1], read: func(ctx context.Context) ([]byte, error) {
			data, _, err := storage.ReadObject(ctx, arch.store, key)
			return data, err
		}})
	}
	if len(out) == 0 {
		return nil, nil, misuse("%s holds no captures (warc/…)", from)
	}
	return out, arch, nil
}

// reextraction reads capture files one after the other.
type reextraction struct {
	out        io.Writer
	arch       *archive // nil for a file
	memory     bool     // use what the archive's crawls learned of the site
	configured []configs.Site
	extractors map[string]*extract.Extractor // by host
	parts      map[captured]bool             // pages that were joined to an earlier one
	loaded     []*captureFilePages           // the file in hand and the one behind it
	damaged    []string                      // what of the files that were printed could not be read
}

// captureFilePages is a capture file that was read.
type captureFilePages struct {
	captureSource
	data   []byte
	pages  []captured
	byURL  map[string]captured
	damage error // what could not be read of it, or nil
}

// load reads a capture file. An article's parts may be in a file behind that of
// its first page, mostly in the next one; so two are kept.
func (r *reextraction) load(ctx context.Context, s captureSource) (*captureFilePages, error) {
	for _, f := range r.loaded {
		if f.name == s.name {
			return f, nil
		}
	}
	f := &captureFilePages{captureSource: s, byURL: map[string]captured{}}
	var err error
	if f.data, err = s.read(ctx); err != nil {
		return nil, err
	}
	records := 0
	if f.pages, records, f.damage = capturedPages(s.name, f.data); records == 0 {
		if s.site == "" { // an archive's damaged file does not keep the others from being read
			return nil, errNoRecords
		}
		f.damage = errNoRecords
	}
	for _, p := range f.pages {
		if _, ok := f.byURL[p.url]; !ok || !p.cut {
			f.byURL[p.url] = p
		}
	}
	r.loaded = append(r.loaded[max(0, len(r.loaded)-1):], f)
	return f, nil
}

// file prints the pages of the first of the capture files. Parts of a
// multi-page article that it or a file near behind it holds are joined to its first page.
func (r *reextraction) file(ctx context.Context, files []captureSource) error {
	s, err := r.load(ctx, files[0])
	if err != nil {
		return err
	}
	if s.damage != nil {
		r.damaged = append(r.damaged, s.name+": "+s.damage.Error())
	}
	type line struct {
		page captured
		res  article.Result
		err  error
	}
	var lines []line
	for _, p := range s.pages {
		if r.parts[p] {
			continue
		}
		res, err := r.page(ctx, s, p)
		l := line{page: p, res: res, err: err}
		if err == nil && res.Article != nil && res.NextPart != "" {
			l.res, l.err = r.join(ctx, files, p, res)
			if l.err != nil && !errors.Is(l.err, errPartsMissing) {
				return l.err
			}
		}
		lines = append(lines, l)
	}
	for _, l := range lines {
		if r.parts[l.page] {
			continue
		}
		if err := r.print(s.captureSource, l.page, l.res, l.err); err != nil {
			return err
		}
	}
	return nil
}

// join follows the next parts of an article through its file and those behind it.
// As in a crawl, half an article is none: the error wraps errPartsMissing where the
// capture of a part is not whole.
func (r *reextraction) join(ctx context.Context, files []captureSource, p captured, first article.Result) (article.Result, error) {
	seen := map[string]bool{p.url: true}
	var rest []article.Result
	for next := first.NextPart; next != "" && !seen[next]; {
		seen[next] = true
		file, page, err := r.find(ctx, &files, next)
		if err != nil {
			return first, err
		}
		if file == nil {
			break
		}
		res, err := r.page(ctx, file, page)
		if errors.Is(err, errCutBody) {
			return first, fmt.Errorf("%w: part %s: %w", errPartsMissing, next, err)
		}
		if err != nil || res.Article == nil {
			break
		}
		r.parts[page] = true
		rest = append(rest, res)
		next = res.NextPart
	}
	return extract.Join(first, rest...), nil
}

// partsWithin is how many bytes of capture files behind an article's first page
// are searched for its parts: a batch ends where it is full, and where batches
// are small other pages' files may lie between.
const partsWithin = 8 << 20

// find looks for a page in the first of the files and in those of the same site
// behind it, the next one whatever its size, and goes on there; nil where none has it.
// A capture that is not whole is taken where there is no other: a crawl tries again.
func (r *reextraction) find(ctx context.Context, files *[]captureSource, url string) (*captureFilePages, captured, error) {
	size := 0
	var cut *captureFilePages
	for i, s := range *files {
		if s.site != (*files)[0].site || i > 1 && size > partsWithin {
			break
		}
		f, err := r.load(ctx, s)
		if err != nil {
			return nil, captured{}, err
		}
		if page, ok := f.byURL[url]; ok && !page.cut {
			*files = (*files)[i:]
			return f, page, nil
		} else if ok {
			cut = cmp.Or(cut, f)
		}
		size += len(f.data)
	}
	if cut != nil {
		return cut, cut.byURL[url], nil
	}
	return nil, captured{}, nil
}

// page extracts one captured page.
func (r *reextraction) page(ctx context.Context, s *captureFilePages, p captured) (article.Result, error) {
	rec := p.whole
	if rec == nil {
		var err error
		if rec, err = warc.ReadBytes(s.data[p.offset : p.offset+p.length]); err != nil {
			return article.Result{}, err
		}
	}
	resp, err := rec.Response()
	if err != nil {
		return article.Result{}, err
	}
	if resp.Truncated != "" {
		return article.Result{}, fmt.Errorf("%w: %s", errCutBody, resp.Truncated)
	}
	x, err := r.extractor(ctx, s.site, weburl.HostOf(p.url))
	if err != nil {
		return article.Result{}, err
	}
	res, err := x.Extract(ctx, article.Page{URL: p.url, Body: resp.Body, ContentType: resp.Header.Get("Content-Type"), Fetched: p.date, Status: resp.Status})
	if err == nil && res.Article != nil {
		sum := sha256.Sum256(resp.Body)
		res.Article.Capture = article.Capture{Fetched: p.date.UTC().Format(time.RFC3339), Status: resp.Status, FinalURL: p.url,
			SHA256: hex.EncodeToString(sum[:]), WARC: s.name, Offset: p.offset, Length: p.length}
		res.Article.Revision = 1
	}
	return res, err
}

// extractor is that of the site: configured, or made for the host; with the
// archive's memory of it.
func (r *reextraction) extractor(ctx context.Context, name, host string) (*extract.Extractor, error) {
	key := name + " " + host
	if x, ok := r.extractors[key]; ok {
		return x, nil
	}
	site := configs.Find(r.configured, host)
	if site == nil {
		made := configs.ForHost(host)
		site = &made
	}
	if name != "" {
		site.Name = name
	}
	var memory *extract.Memory
	if r.arch != nil && r.memory {
		log, err := r.arch.OpenSite(ctx, site.Name)
		if err == nil {
			memory, err = crawler.Memory(log)
		}
		if err != nil {
			return nil, err
		}
	}
	x := extract.New(optionsFor(site, memory))
	r.extractors[key] = x
	return x, nil
}

func (r *reextraction) print(s captureSource, p captured, res article.Result, err error) error {
	type failure struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	line := struct {
		URL     string          `json:"url"`
		WARC    string          `json:"warc"`
		Offset  int64           `json:"offset"`
		Article json.RawMessage `json:"article,omitempty"`
		Error   *failure        `json:"error,omitempty"`
	}{URL: p.url, WARC: s.name, Offset: p.offset}
	switch {
	case err != nil:
		line.Error = &failure{unreadable(err), err.Error()}
	case res.Article == nil:
		line.Error = &failure{string(res.Kind), ""}
		if res.Refusal != nil {
			line.Error = &failure{string(res.Refusal.Code), res.Refusal.Message}
		}
	default:
		data, err := article.Encode(res.Article)
		if err != nil {
			return err
		}
		line.Article = bytes.TrimSpace(data)
	}
	enc := json.NewEncoder(r.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(line)
}

var (
	errNoRecords    = errors.New("no WARC record in it")
	errCutBody      = errors.New("the capture is not whole")
	errPartsMissing = errors.New("not all of the article's parts are captured")
)

// unreadable is the code of why a captured page has no article, by the name that
// the log has for it where a crawl met the same.
func unreadable(err error) string {
	switch {
	case errors.Is(err, errPartsMissing):
		return ledger.ReasonPartial
	case errors.Is(err, errCutBody):
		return fetch.CodeCutBody
	}
	return "unreadable"
}

// capturedPages lists the pages of a capture file: the responses with status
// 200 that are HTML, in the order of the file; and tells how many records it has.
// Damage ends the reading of what it hit, not of the file: it is told beside the rest.
func capturedPages(file string, data []byte) (out []captured, records int, damage error) {
	in := warc.NewReader(bytes.NewReader(data))
	for {
		rec, err := in.Next()
		switch {
		case errors.Is(err, io.EOF):
			slices.SortStableFunc(out, func(a, b captured) int { return cmp.Compare(a.offset, b.offset) })
			return out, records, damage
		case err != nil: // behind it the reader goes on, or says that it is at its end
			if damage == nil {
				damage = err
			}
			continue
		}
		if records++; rec.Type() != "response" {
			continue
		}
		resp, err := rec.Response()
		if errors.Is(err, warc.ErrNotHTTP) || resp.Status != 200 || !isPage(resp, err) {
			continue
		}
		page, err := weburl.Normalize(resp.URL)
		if err != nil {
			continue
		}
		p := captured{file: file, url: page, date: resp.Date, offset: rec.Location.Offset, length: rec.Location.Length, cut: resp.Truncated != ""}
		if p.length == 0 {
			p.whole = rec
		}
		out = append(out, p)
	}
}

// isPage tells whether a captured response is HTML; where its body cannot be
// decoded, so that there is nothing to look at, whether it says so.
func isPage(resp warc.Response, err error) bool {
	declared := resp.Header.Get("Content-Type")
	if err != nil {
		return strings.Contains(strings.ToLower(declared), "html")
	}
	return discover.Sniff(resp.Body, declared) == discover.KindHTML
}
