package extract

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"

	"pressmark/extract/article"
)

// maxManifestLine bounds one line of a manifest, in bytes.
const maxManifestLine = 1 << 20

// Codes of pages that a manifest run could not read; refusals carry their kind.
const (
	codeBadLine  = "bad_line"
	codeRead     = "unreadable"
	codeTooLarge = "too_large"
	codeTooDeep  = "too_deep"
	codeNotHTML  = "not_html"
	codeInternal = "internal"
)

type manifestLine struct {
	ID   string `json:"id"`
	URL  string `json:"url"`
	Path string `json:"path"`
}

type manifestError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

type manifestJob struct {
	raw  []byte
	line int // number in the manifest, from 1
	done chan []byte
}

// listedLink is a link to an article that a list page shows.
type listedLink struct {
	URL  string `json:"url"`
	Text string `json:"text"`
}

// RunManifest extracts many saved pages: r holds JSON lines {"id","url","path"},
// open reads a page's bytes by its path (decompressed), w gets one line a page in
// the same order, {"id","article"} or {"id","error":{"code","message"}}; where the
// page is a list or a front page, "article_links" has what it links to. It uses
// all cores, holds a few pages a core in memory, and does not stop at a bad page.
// The error is that of r, w or ctx.
func RunManifest(ctx context.Context, x *Extractor, r io.Reader, open func(path string) ([]byte, error), w io.Writer) error {
	return runManifest(ctx, r, w, func(ctx context.Context, n int, raw []byte) []byte { return x.manifestPage(ctx, n, raw, open) })
}

// runManifest makes one output line of each line of r, on all cores, in order;
// page gets the line and its number, from 1.
func runManifest(ctx context.Context, r io.Reader, w io.Writer, page func(ctx context.Context, n int, raw []byte) []byte) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := runtime.GOMAXPROCS(0)
	jobs := make(chan *manifestJob)
	order := make(chan *manifestJob, 4*workers)
	for range workers {
		go func() {
			for j := range jobs {
				j.done <- page(ctx, j.line, j.raw)
			}
		}()
	}
	var readErr error
	go func() {
		defer close(order)
		defer close(jobs)
		readErr = feedManifest(ctx, r, jobs, order)
	}()
	out := bufio.NewWriterSize(w, 1<<16)
	var writeErr error
	for j := range order {
		line := <-j.done
		if writeErr != nil {
			continue // drain
		}
		if _, writeErr = out.Write(line); writeErr != nil {
			cancel()
		}
	}
	if writeErr == nil {
		writeErr = out.Flush()
	}
	switch {
	case writeErr != nil:
		return fmt.Errorf("write manifest results: %w", writeErr)
	case readErr != nil:
		return fmt.Errorf("read manifest: %w", readErr)
	}
	return nil
}

// feedManifest gives each line to a worker and to the writer's queue.
func feedManifest(ctx context.Context, r io.Reader, jobs, order chan<- *manifestJob) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 1<<16), maxManifestLine)
	for n := 1; lines.Scan(); n++ {
		raw := bytes.TrimSpace(lines.Bytes())
		if len(raw) == 0 {
			continue
		}
		j := &manifestJob{raw: bytes.Clone(raw), line: n, done: make(chan []byte, 1)}
		select {
		case order <- j:
			jobs <- j
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return lines.Err()
}

// manifestPage makes the output line of one page, which line n of the manifest names.
func (x *Extractor) manifestPage(ctx context.Context, n int, raw []byte, open func(string) ([]byte, error)) []byte {
	var m manifestLine
	if err := json.Unmarshal(raw, &m); err != nil {
		return manifestFailure("", codeBadLine, fmt.Errorf("line %d: %w", n, err), nil)
	}
	body, err := open(m.Path)
	if err != nil {
		return manifestFailure(m.ID, codeRead, err, nil)
	}
	res, err := x.Extract(ctx, article.Page{URL: m.URL, Body: body})
	if err != nil {
		return manifestFailure(m.ID, errorCode(err), err, nil)
	}
	if res.Article == nil {
		return manifestFailure(m.ID, string(res.Refusal.Code), errors.New(res.Refusal.Message), listedLinks(&res))
	}
	encoded, err := article.Encode(res.Article)
	if err != nil {
		return manifestFailure(m.ID, codeInternal, err, nil)
	}
	id, _ := json.Marshal(m.ID)
	line := make([]byte, 0, len(encoded)+len(id)+24)
	line = append(append(append(line, `{"id":`...), id...), `,"article":`...)
	line = append(line, bytes.TrimSuffix(encoded, []byte("\n"))...)
	return append(line, '}', '\n')
}

// errorCode names an error of Extract.
func errorCode(err error) string {
	switch {
	case errors.Is(err, ErrTooLarge):
		return codeTooLarge
	case errors.Is(err, ErrTooDeep):
		return codeTooDeep
	case errors.Is(err, ErrNotHTML):
		return codeNotHTML
	}
	return codeInternal
}

// listedLinks returns what a list or front page links to and looks like an
// article, in the page's order; nil for pages of other kinds.
func listedLinks(res *article.Result) []listedLink {
	if res.Kind != article.KindList && res.Kind != article.KindHome {
		return nil
	}
	var list []listedLink
	for _, l := range res.Links {
		if l.Article {
			list = append(list, listedLink{l.URL, l.Text})
		}
	}
	return list
}

func manifestFailure(id, code string, err error, links []listedLink) []byte {
	line, _ := json.Marshal(struct {
		ID    string        `json:"id"`
		Error manifestError `json:"error"`
		Links []listedLink  `json:"article_links,omitempty"`
	}{id, manifestError{code, err.Error()}, links})
	return append(line, '\n')
}
