package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"pressmark/configs"
	"pressmark/extract/article"
	"pressmark/extract/charset"
)

// Limits that keep a hostile page from costing more than its share.
const (
	maxBytes = 16 << 20 // bytes of HTML that are read
)

// Errors that tell why a page was not looked at. A page that was read and is
// no article is not an error: its Result carries a Refusal.
var (
	ErrTooLarge = errors.New("page too large")
	ErrTooDeep  = errors.New("page nested too deeply")
	ErrNotHTML  = errors.New("not a page: binary data")
)

// Options say what is known of a site. The zero value works: everything is
// then found out from the page.
type Options struct {
	Site     string             // name for Article.Site; "" makes one from the host
	Language string             // BCP 47, used where the page does not say
	Timezone *time.Location     // zone of printed times; nil: guessed from page and language, with a warning
	Rules    []configs.Rules    // newest first
	Memory   *Memory            // blocks known to repeat on this site; nil: none
	Sites    map[string]*Memory // the same by registrable domain, for pages of several sites; used where Memory is nil
	Version  string             // Article.Extractor; "" means "pressmark"
}

// Extractor makes articles of pages. It is immutable and safe for concurrent use.
type Extractor struct {
	opts    Options
	scratch scratchPool
}

// New returns an Extractor.
func New(o Options) *Extractor {
	if o.Version == "" {
		o.Version = "pressmark"
	}
	return &Extractor{opts: o, scratch: newScratchPool()}
}

// For returns an Extractor of other options that keeps its memory between pages
// together with x: a crawl of many sites needs no more than that of one.
func (x *Extractor) For(o Options) *Extractor {
	other := New(o)
	other.scratch = x.scratch
	return other
}

// WithSites returns an Extractor that also knows these sites' repeated blocks.
func (x *Extractor) WithSites(sites map[string]*Memory) *Extractor {
	o := x.opts
	o.Sites = sites
	return x.For(o)
}

// Extract reads one page. The error is for pages that were not read at all:
// ErrTooLarge, ErrTooDeep, ErrNotHTML, or the context's. What is no article has a
// Result.Refusal instead. The same page gives the same Result.
func (x *Extractor) Extract(ctx context.Context, in article.Page) (article.Result, error) {
	if err := ctx.Err(); err != nil {
		return article.Result{}, fmt.Errorf("extract %s: %w", in.URL, err)
	}
	memory := x.scratch.get()
	p, err := x.parse(in, memory)
	if err != nil {
		return article.Result{}, fmt.Errorf("extract %s: %w", in.URL, err)
	}
	for _, s := range steps {
		if err := ctx.Err(); err != nil {
			return article.Result{}, fmt.Errorf("extract %s: %w", in.URL, err)
		}
		s.run(p)
	}
	memory.giveBack(p)
	x.scratch.put(memory)
	return p.result, nil
}

// parse makes the model of a page, in the memory that it is lent.
func (x *Extractor) parse(in article.Page, memory *scratch) (*page, error) {
	if len(in.Body) > maxBytes {
		return nil, fmt.Errorf("%d bytes: %w", len(in.Body), ErrTooLarge)
	}
	if isBinary(in.Body) {
		return nil, ErrNotHTML
	}
	p := &page{in: in, opts: &x.opts, titleLine: -1, main: -1, firstBody: -1, lastBody: -1}
	body, encoding := charset.Decode(in.Body, in.ContentType)
	p.result.Charset = encoding
	doc, err := parseTree(body)
	if err != nil { // the parser gives up at 512 open elements
		doc, err = html.Parse(bytes.NewReader(flatten(body)))
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrTooDeep, err)
	}
	p.doc = doc
	p.base = baseURL(in.URL)
	if len(p.opts.Rules) > 0 {
		p.selectRule()
	}
	if p.rule != nil {
		p.removeByRule()
	}
	p.out.Evidence = make(map[string]string, 8)
	p.out.Warnings = []string{}
	p.walk(memory, len(body), bytes.Count(body, []byte("<")))
	return p, nil
}

// isBinary tells a picture, an archive or noise from a page, which may hold NULs
// and broken characters but has tags, or is plain text: no binary data bytes
// among the first (MIME Sniffing Standard, section 3), or a mark of UTF-16.
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

func isBinaryByte(c byte) bool {
	return c < ' ' && (c <= 0x08 || c == 0x0B || c >= 0x0E && c <= 0x1A || c >= 0x1C)
}

// baseURL parses a page's address; an empty or broken one gives an empty URL.
func baseURL(s string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return &url.URL{}
	}
	return u
}
