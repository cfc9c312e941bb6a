package manifest

import (
	"bytes"
	"encoding/json"
	"errors"

	"pressmark/extract"
	"pressmark/extract/article"
)

// Codes of pages that give neither an article nor a refusal.
const (
	codeBadLine    = "bad_line"
	codeUnreadable = "unreadable"
	codeCut        = "cut_body"
	codeParts      = "parts_missing"
	codeTooLarge   = "too_large"
	codeTooDeep    = "too_deep"
	codeNotHTML    = "not_html"
	codeInternal   = "internal"
)

// errorCode returns the code of an error of Extract.
func errorCode(err error) string {
	switch {
	case errors.Is(err, extract.ErrTooLarge):
		return codeTooLarge
	case errors.Is(err, extract.ErrTooDeep):
		return codeTooDeep
	case errors.Is(err, extract.ErrNotHTML):
		return codeNotHTML
	}
	return codeInternal
}

// Format says how lines are written. The zero value writes label and article or
// error, with <, > and & as they are.
type Format struct {
	// Links adds "article_links":[{"url","text"}] to the error of a list or front
	// page: the links to what looks like articles, in the page's order.
	Links bool
	// EscapeHTML writes <, > and & outside articles as \u003c, \u003e and \u0026.
	EscapeHTML bool
}

// failure is the part of a line that stands in place of an article.
type failure struct {
	Error struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
	Links []link `json:"article_links,omitempty"`
}

// link is a link to an article on a list page.
type link struct {
	URL  string `json:"url"`
	Text string `json:"text"`
}

// line writes the line of a page.
func (f Format) line(label any, o *outcome) ([]byte, error) {
	if o.err == nil && o.Article != nil {
		data, err := article.Encode(o.Article)
		if err == nil {
			head, err := f.marshal(label)
			return splice(head, `"article":`, bytes.TrimSuffix(data, []byte("\n")), "}"), err
		}
		o.code, o.err = codeInternal, err
	}
	var why failure
	if o.err != nil {
		why.Error.Code, why.Error.Message = o.code, o.err.Error()
	} else {
		why.Error.Code, why.Error.Message = string(o.Refusal.Code), o.Refusal.Message
		if f.Links {
			why.Links = listed(&o.Result)
		}
	}
	head, err := f.marshal(label)
	if err != nil {
		return nil, err
	}
	tail, err := f.marshal(why)
	if err != nil {
		return nil, err
	}
	return splice(head, "", tail[1:], ""), nil
}

// splice appends fields to those of the JSON object head, and a line end.
func splice(head []byte, name string, value []byte, end string) []byte {
	if len(head) == 0 {
		return nil
	}
	line := make([]byte, 0, len(head)+len(name)+len(value)+len(end)+2)
	line = append(line, head[:len(head)-1]...)
	if len(head) > len("{}") {
		line = append(line, ',')
	}
	line = append(append(append(line, name...), value...), end...)
	return append(line, '\n')
}

// marshal encodes v without the line end that json.Encoder adds.
func (f Format) marshal(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(f.EscapeHTML)
	err := enc.Encode(v)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}

// listed returns the links to articles of a list or front page, in the page's order;
// nil for pages of other kinds.
func listed(res *article.Result) []link {
	if res.Kind != article.KindList && res.Kind != article.KindHome {
		return nil
	}
	var list []link
	for _, l := range res.Links {
		if l.Article {
			list = append(list, link{l.URL, l.Text})
		}
	}
	return list
}
