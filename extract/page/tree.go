package page

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"pressmark/extract/article"
	"pressmark/extract/charset"
)

// Limits that keep a hostile page from costing more than its share.
const (
	maxBytes = 16 << 20 // bytes of HTML that are read
)

// Errors for pages that were not read. A page that was read and is no article is not an
// error: its Result has a Refusal.
var (
	ErrTooLarge = errors.New("page too large")
	ErrTooDeep  = errors.New("page nested too deeply")
	ErrNotHTML  = errors.New("not a page: binary data")
)

// Tree is a page that is parsed and not yet laid flat.
type Tree struct {
	In    article.Page
	Doc   *goquery.Document
	trace *Trace // nil unless an explanation is wanted

	charset string // name of the encoding that the page was decoded from
	size    int    // bytes of the decoded page
	tags    int    // about twice the number of its elements
}

// Parse decodes and parses a page.
func Parse(in article.Page) (*Tree, error) {
	if len(in.Body) > maxBytes {
		return nil, fmt.Errorf("%d bytes: %w", len(in.Body), ErrTooLarge)
	}
	if isBinary(in.Body) {
		return nil, ErrNotHTML
	}
	body, encoding := charset.Decode(in.Body, in.ContentType)
	doc, err := parseTree(body)
	if err != nil { // the parser gives up at 512 open elements
		doc, err = html.Parse(bytes.NewReader(flatten(body)))
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrTooDeep, err)
	}
	return &Tree{In: in, Doc: goquery.NewDocumentFromNode(doc), charset: encoding, size: len(body), tags: bytes.Count(body, []byte("<"))}, nil
}

// Explain makes the page's steps add the candidates that they weigh to trace. A nil trace
// collects nothing.
func (t *Tree) Explain(trace *Trace) { t.trace = trace }

// Lay lays a page flat, in memory that it borrows until giveBack; language, as a
// BCP 47 tag, is that of a page which does not declare one.
func (t *Tree) Lay(memory *Scratch, language string) (*Page, *Roles) {
	p := &Page{In: t.In, doc: t.Doc, Charset: t.charset, Trace: t.trace, Base: baseURL(t.In.URL)}
	p.walk(memory, t.size, t.tags)
	p.language(language)
	p.address()
	return p, &Roles{p}
}

// isBinary reports whether data is a picture, an archive or noise and not a page. A page
// may hold NULs and broken characters, but it has tags or is plain text: no binary data
// bytes among the first (MIME Sniffing Standard, section 3), or a byte order mark of
// UTF-16.
func isBinary(body []byte) bool {
	head := body[:min(len(body), 1445)]
	if bytes.HasPrefix(head, []byte("\xfe\xff")) || bytes.HasPrefix(head, []byte("\xff\xfe")) || !slices.ContainsFunc(head, isBinaryByte) {
		return false
	}
	body = bytes.ToLower(body) // this far come few
	for _, tag := range [...]string{"<!doctype", "<html", "<head", "<body", "<meta", "<div", "<title", "<p>", "<h1", "<a ", "<table", "<script"} {
		if bytes.Contains(body, []byte(tag)) {
			return false
		}
	}
	return true
}

// isBinaryByte reports whether c is a control that no text holds.
func isBinaryByte(c byte) bool {
	return c < ' ' && c != '\t' && c != '\n' && c != '\f' && c != '\r' && c != '\x1b'
}

// baseURL parses a page's address; an empty or broken one gives an empty URL.
func baseURL(s string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return &url.URL{}
	}
	return u
}
