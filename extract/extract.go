package extract

import (
	"context"
	"fmt"
	"time"

	"pressmark/configs"
	"pressmark/extract/article"
	"pressmark/extract/body"
	"pressmark/extract/byline"
	"pressmark/extract/compose"
	"pressmark/extract/declared"
	"pressmark/extract/kind"
	"pressmark/extract/link"
	"pressmark/extract/memory"
	"pressmark/extract/page"
	"pressmark/extract/picture"
	"pressmark/extract/published"
	"pressmark/extract/rule"
	"pressmark/extract/title"
	"pressmark/extract/weburl"
)

// Errors that say why a page was not read. A page that was read and is no article
// is not an error: its Result carries a Refusal.
var (
	ErrTooLarge = page.ErrTooLarge
	ErrTooDeep  = page.ErrTooDeep
	ErrNotHTML  = page.ErrNotHTML
)

// Memory knows which blocks repeat across the pages of one site; see [memory.Memory].
type Memory = memory.Memory

// MemoryPages is the number of pages that a [Memory] keeps: those with the smallest
// hashes of their IDs.
const MemoryPages = memory.SamplePages

// Join makes one article of the parts of a multi-page article, see [compose.Join].
func Join(first article.Result, rest ...article.Result) article.Result {
	return compose.Join(first, rest...)
}

// Options is what the caller knows about a site. The zero value works: everything is then
// derived from the page.
type Options struct {
	Site     string                    // name for Article.Site; "" makes one from the host
	Language string                    // BCP 47, used where the page does not say
	Timezone *time.Location            // zone of printed times; nil: guessed from page and language, with a warning
	Rules    []configs.Rules           // newest first
	Memory   *memory.Memory            // blocks known to repeat on this site; nil: none
	Sites    map[string]*memory.Memory // the same by registrable domain, for pages of several sites; used where Memory is nil
	Version  string                    // Article.Extractor; "" means "pressmark"
}

// Extractor makes articles from pages. It is immutable and safe for concurrent use.
type Extractor struct {
	opts    Options
	scratch page.Pool
}

// New returns an Extractor.
func New(o Options) *Extractor {
	if o.Version == "" {
		o.Version = "pressmark"
	}
	return &Extractor{opts: o, scratch: page.NewPool()}
}

// For returns an Extractor with other options that shares working memory with x, so that
// a crawl of many sites needs no more of it than a crawl of one.
func (x *Extractor) For(o Options) *Extractor {
	other := New(o)
	other.scratch = x.scratch
	return other
}

// WithSites returns a copy of x that also knows the repeated blocks of these sites, by
// registrable domain.
func (x *Extractor) WithSites(sites map[string]*memory.Memory) *Extractor {
	o := x.opts
	o.Sites = sites
	return x.For(o)
}

// Extract reads one page. An error means that the page was not read at all: ErrTooLarge,
// ErrTooDeep, ErrNotHTML, or the context's. A page that was read but is no article has a
// Result.Refusal instead. The same page gives the same Result.
func (x *Extractor) Extract(ctx context.Context, in article.Page) (article.Result, error) {
	var res article.Result
	err := x.read(ctx, in, nil, func(p *page.Page, found *compose.Found) {
		res = compose.Article(p, found, x.opts.Site, x.opts.Version)
	})
	return res, err
}

// read takes a page through all steps. Each step gets what it needs and returns its
// result; roles of lines are the only state that steps share. done is called with the
// page before its working memory is reused.
func (x *Extractor) read(ctx context.Context, in article.Page, trace *page.Trace, done func(*page.Page, *compose.Found)) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("extract %s: %w", in.URL, err)
	}
	tree, err := page.Parse(in)
	if err != nil {
		return fmt.Errorf("extract %s: %w", in.URL, err)
	}
	tree.Explain(trace)
	lent := x.scratch.Get()
	defer x.scratch.Put(lent)

	rules := rule.Choose(tree.Doc, x.opts.Rules, x.captured(in.Fetched))
	rules.Remove()
	p, roles := tree.Lay(lent, x.opts.Language)
	defer lent.GiveBack(p)

	said := declared.Read(p)
	ruled := rule.Apply(p, rules)
	head := title.Find(p, said, ruled)
	text := body.Find(p, roles, said, head, ruled, x.memoryOf(in.URL))
	head = title.AboveBody(p, roles, said, head, ruled, text.Main, text.First, text.Last)
	text = body.Declared(p, head, ruled, text)
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("extract %s: %w", in.URL, err)
	}
	when := published.Find(p, roles, said, ruled, head, text, x.opts.Timezone)
	who := byline.Find(p, roles, said, ruled, head, text)
	pics := picture.Find(p, roles, ruled, head, text, when, who)
	blocks := compose.Blocks(p, roles, head, text, pics)
	links := link.Find(p, text)
	what := kind.Decide(p, head, text, when, pics, links)
	done(p, &compose.Found{
		Said: said, Ruled: ruled, Head: head, Text: text, When: when, Who: who, Pics: pics, Blocks: blocks, Links: links, Kind: what,
	})
	return nil
}

// captured is the time of capture in the site's zone. Its day selects the site's rules.
func (x *Extractor) captured(fetched time.Time) time.Time {
	if fetched.IsZero() || x.opts.Timezone == nil {
		return fetched
	}
	return fetched.In(x.opts.Timezone)
}

// memoryOf returns the repeated blocks of a page's site, nil if none are known.
func (x *Extractor) memoryOf(url string) *memory.Memory {
	if x.opts.Memory != nil {
		return x.opts.Memory
	}
	return x.opts.Sites[weburl.RegistrableDomain(weburl.HostOf(url))]
}
