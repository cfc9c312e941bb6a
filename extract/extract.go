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
	"pressmark/extract/weburl"
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
	res, err := x.read(ctx, p)
	memory.giveBack(p.page)
	x.scratch.put(memory)
	if err != nil {
		return article.Result{}, fmt.Errorf("extract %s: %w", in.URL, err)
	}
	return res, nil
}

// read takes a page along the whole path.
func (x *Extractor) read(ctx context.Context, in parsed) (article.Result, error) {
	p, roles, found := in.page, &pageRoles{in.page}, &answers{}
	found.said = readFacts(p)
	found.ruled = applyRules(p, in.rules)
	found.head = findTitle(p, found.said, found.ruled)
	found.text = findBody(p, roles, found.head, found.ruled, x.memoryOf(p.in.URL))
	found.head = aboveBody(p, roles, found.head, found.ruled, found.text)
	found.text = declaredBody(p, found.head, found.ruled, found.text)
	if err := ctx.Err(); err != nil {
		return article.Result{}, err
	}
	found.when = findPublished(p, roles, found.said, found.ruled, found.head, found.text, x.opts.Timezone)
	found.who = findByline(p, roles, found.said, found.ruled, found.head, found.text)
	found.pics = findPictures(p, roles, found.ruled, found.head, found.text, found.when, found.who)
	found.blocks = makeBlocks(p, roles, found.text, found.pics)
	found.links = findLinks(p, found.text)
	found.kind = decideKind(p, found.head, found.text, found.when, found.blocks, found.links)
	return compose(p, found, x.opts.Site, x.opts.Version), nil
}

// memoryOf returns what is known of the blocks that repeat on a page's site, nil where nothing is.
func (x *Extractor) memoryOf(url string) *Memory {
	if x.opts.Memory != nil {
		return x.opts.Memory
	}
	return x.opts.Sites[weburl.RegistrableDomain(weburl.HostOf(url))]
}

// parsed is a page with the site's rules that hold for it.
type parsed struct {
	page  *page
	rules siteRules
}

// parse makes the model of a page, in the memory that it is lent.
func (x *Extractor) parse(in article.Page, memory *scratch) (parsed, error) {
	if len(in.Body) > maxBytes {
		return parsed{}, fmt.Errorf("%d bytes: %w", len(in.Body), ErrTooLarge)
	}
	if isBinary(in.Body) {
		return parsed{}, ErrNotHTML
	}
	p := &page{in: in}
	body, encoding := charset.Decode(in.Body, in.ContentType)
	p.charset = encoding
	doc, err := parseTree(body)
	if err != nil { // the parser gives up at 512 open elements
		doc, err = html.Parse(bytes.NewReader(flatten(body)))
	}
	if err != nil {
		return parsed{}, fmt.Errorf("%w: %v", ErrTooDeep, err)
	}
	p.doc = doc
	p.base = baseURL(in.URL)
	captured := in.Fetched
	if !captured.IsZero() && x.opts.Timezone != nil {
		captured = captured.In(x.opts.Timezone)
	}
	rules := chooseRules(doc, x.opts.Rules, captured)
	rules.remove()
	p.walk(memory, len(body), bytes.Count(body, []byte("<")))
	p.language(x.opts.Language)
	p.address()
	return parsed{p, rules}, nil
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
