package manifest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"maps"
	"runtime"
	"sync"

	"pressmark/extract/article"
)

// Run extracts the pages of a source on all cores and writes a line for each, in
// the order of the source. A page that another one of the source joins as a part of
// its article gets no line of its own. A few pages a core are in memory at a time,
// and the lines of one file of a source with parts. A page that cannot be read does
// not end the run; an error of the source, of w or of ctx does.
func Run(ctx context.Context, pages iter.Seq2[*Page, error], choose Extractors, w io.Writer, f Format) error {
	known := &places{pages: map[Place]*Page{}}
	out := &output{w: bufio.NewWriterSize(w, 1<<16), parts: map[Place]bool{}, done: known.forget}
	err := inOrder(ctx, pages, func(ctx context.Context, p *Page) (written, error) {
		p = known.at(p)
		o, parts, err := p.join(ctx, choose, known)
		if err != nil {
			return written{}, err
		}
		if err := ctx.Err(); err != nil { // what was extracted is the context's error
			return written{}, err
		}
		line, err := f.line(p.Label, &o)
		return written{page: p, line: line, parts: parts}, err
	}, out.add)
	if err == nil {
		err = out.flush()
	}
	if err != nil {
		return err
	}
	if err := out.w.Flush(); err != nil {
		return writeError(err)
	}
	return nil
}

// Outcome is the result of a page, or an error and its code.
type Outcome struct {
	article.Result
	Code string // of Err, as in the lines of Run
	Err  error
}

// Each extracts the pages of a source on all cores, joins the parts of articles, and
// calls take with the outcome of each page, in the order of the source. Pages that were
// joined to another are included. An error of the source, of take or of ctx ends it.
func Each(ctx context.Context, pages iter.Seq2[*Page, error], choose Extractors, take func(*Page, Outcome) error) error {
	known := &places{pages: map[Place]*Page{}}
	type given struct {
		page *Page
		out  Outcome
	}
	file := ""
	return inOrder(ctx, pages, func(ctx context.Context, p *Page) (given, error) {
		p = known.at(p)
		o, _, err := p.join(ctx, choose, known)
		if err == nil {
			err = ctx.Err()
		}
		return given{p, Outcome{o.Result, o.code, o.err}}, err
	}, func(g given) error {
		if g.page.Place.File != file {
			known.forget(file)
			file = g.page.Place.File
		}
		return take(g.page, g.out)
	})
}

func writeError(err error) error { return fmt.Errorf("write results: %w", err) }

// written is the line of a page.
type written struct {
	page  *Page
	line  []byte
	parts []Place // of the pages that were joined to it
}

// output puts lines in order and drops those of joined pages. The lines of a file
// are held until all its pages are known, because a part may come before the page
// that it belongs to.
type output struct {
	w     *bufio.Writer
	parts map[Place]bool
	held  []written
	done  func(file string) // called when the lines of a file are written
}

func (o *output) add(l written) error {
	if l.page.Part == nil {
		return o.write(l.line)
	}
	if len(o.held) > 0 && o.held[0].page.Place.File != l.page.Place.File {
		if err := o.flush(); err != nil {
			return err
		}
	}
	if o.parts[l.page.Place] {
		return nil
	}
	for _, p := range l.parts {
		o.parts[p] = true
	}
	o.held = append(o.held, l)
	return nil
}

// flush writes the lines that are held.
func (o *output) flush() error {
	for _, l := range o.held {
		if o.parts[l.page.Place] {
			continue
		}
		if err := o.write(l.line); err != nil {
			return err
		}
	}
	if len(o.held) > 0 {
		o.done(o.held[0].page.Place.File)
	}
	clear(o.held)
	o.held = o.held[:0]
	return nil
}

func (o *output) write(line []byte) error {
	if _, err := o.w.Write(line); err != nil {
		return writeError(err)
	}
	return nil
}

// places are the pages of a source with parts that were met, so that a page that is
// joined to another is extracted once.
type places struct {
	mu    sync.Mutex
	pages map[Place]*Page
}

// at returns the page that was met first at the place of p.
func (k *places) at(p *Page) *Page {
	if p.Part == nil {
		return p
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if known := k.pages[p.Place]; known != nil {
		return known
	}
	k.pages[p.Place] = p
	return p
}

// forget drops the pages of a file.
func (k *places) forget(file string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	maps.DeleteFunc(k.pages, func(at Place, _ *Page) bool { return at.File == file })
}

// inOrder calls work for each page on all cores, and take with the results in the
// order of the pages. The first error, also one of the source or ctx, ends it.
func inOrder[T any](ctx context.Context, pages iter.Seq2[*Page, error], work func(context.Context, *Page) (T, error), take func(T) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	type result struct {
		value T
		err   error
	}
	type job struct {
		page *Page
		done chan result
	}
	workers := runtime.GOMAXPROCS(0)
	jobs, order := make(chan *job), make(chan *job, 4*workers)
	for range workers {
		go func() {
			for j := range jobs {
				value, err := work(ctx, j.page)
				j.done <- result{value, err}
			}
		}()
	}
	go func() {
		defer close(order)
		defer close(jobs)
		for p, err := range pages {
			if err != nil {
				cancel(err)
				return
			}
			j := &job{page: p, done: make(chan result, 1)}
			select {
			case order <- j:
				jobs <- j
			case <-ctx.Done():
				return
			}
		}
	}()
	for j := range order {
		r := <-j.done
		if r.err == nil && ctx.Err() == nil {
			r.err = take(r.value)
		}
		if r.err != nil {
			cancel(r.err) // the first cause stays; the rest is drained
		}
	}
	return context.Cause(ctx)
}
