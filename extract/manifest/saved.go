package manifest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"pressmark/extract/article"
)

// maxLine bounds one line of a manifest, in bytes.
const maxLine = 1 << 20

var errBadLine = errors.New("not a manifest line")

// badLine is an error of a manifest's line.
type badLine struct {
	number int // from 1
	err    error
}

func (e badLine) Error() string   { return fmt.Sprintf("line %d: %v", e.number, e.err) }
func (e badLine) Unwrap() []error { return []error{errBadLine, e.err} }

// entry is a line of a manifest.
type entry struct {
	ID   string `json:"id"`
	URL  string `json:"url"`
	Path string `json:"path"`
}

// label names a saved page in the output.
type label struct {
	ID string `json:"id"`
}

// Open reads a saved page by the path that the manifest gives; decompressed.
type Open func(path string) ([]byte, error)

// Saved yields the saved pages that a manifest lists: JSON lines {"id","url","path"}.
// Lines are labelled {"id"}. Empty lines are skipped, a line that is not JSON gives a
// page with the error bad_line and the line's number.
func Saved(manifest io.Reader, open Open) iter.Seq2[*Page, error] {
	return func(yield func(*Page, error) bool) {
		for e, err := range entries(manifest) {
			var bad badLine
			if err != nil && !errors.As(err, &bad) {
				yield(nil, err)
				return
			}
			p := &Page{Label: label{e.ID}, URL: e.URL, Load: func(context.Context) (Content, error) {
				if err != nil {
					return Content{}, err
				}
				body, err := open(e.Path)
				return Content{Page: article.Page{URL: e.URL, Body: body}}, err
			}}
			if !yield(p, nil) {
				return
			}
		}
	}
}

// entries reads the lines of a manifest. A line that is not JSON has an error of type
// badLine; another error is the last.
func entries(manifest io.Reader) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		lines := bufio.NewScanner(manifest)
		lines.Buffer(make([]byte, 0, 1<<16), maxLine)
		for n := 1; lines.Scan(); n++ {
			raw := bytes.TrimSpace(lines.Bytes())
			if len(raw) == 0 {
				continue
			}
			var e entry
			var err error
			if json.Unmarshal(raw, &e) != nil {
				e, err = entry{}, badLine{n, json.Unmarshal(raw, new(entry))}
			}
			if !yield(e, err) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(entry{}, fmt.Errorf("read manifest: %w", err))
		}
	}
}
