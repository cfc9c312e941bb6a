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
	"strings"

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
	ID      string  `json:"id"`
	URL     string  `json:"url"`
	Path    string  `json:"path"`
	Headers headers `json:"headers"`
}

// headers are those of the response that a page was saved from: a value a name, or a
// list of values.
type headers map[string][]string

// UnmarshalJSON reads an object whose values are strings or lists of strings.
func (h *headers) UnmarshalJSON(data []byte) error {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil {
		return fmt.Errorf("headers: %w", err)
	}
	*h = make(headers, len(values))
	for name, raw := range values {
		var list []string
		var one string
		if json.Unmarshal(raw, &one) == nil {
			list = []string{one}
		} else if err := json.Unmarshal(raw, &list); err != nil {
			return fmt.Errorf("headers: %s: neither a text nor a list of texts: %w", name, err)
		}
		(*h)[name] = list
	}
	return nil
}

// contentType returns the value of the Content-Type header, "" where there is none.
func (h headers) contentType() string {
	for name, values := range h {
		if strings.EqualFold(name, "Content-Type") && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// label names a saved page in the output.
type label struct {
	ID string `json:"id"`
}

// Open reads a saved page by the path that the manifest gives; decompressed.
type Open func(path string) ([]byte, error)

// Saved yields the saved pages that a manifest lists: JSON lines {"id","url","path"},
// and "headers" with those of the response, by name, if they were kept.
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
				return Content{Page: article.Page{URL: e.URL, Body: body, ContentType: e.Headers.contentType(), Header: e.Headers}}, err
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
