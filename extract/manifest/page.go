package manifest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"pressmark/extract"
	"pressmark/extract/article"
)

// Page is a page of a source.
type Page struct {
	// Label is marshalled to a JSON object, whose fields begin the page's line.
	Label any
	// Place identifies the page. It must be set if Part is.
	Place Place
	// URL and Site choose the extractor; Site may be empty.
	URL, Site string
	// Load reads the page. It is called once, maybe on another goroutine.
	Load func(ctx context.Context) (Content, error)
	// Part finds the page of an article's next part, nil if the source does not
	// have it. An error ends the run. Part is nil if the source has single pages only.
	Part func(ctx context.Context, url string) (*Page, error)

	once   sync.Once
	result outcome
}

// Place is the position of a page in a source: the file that holds it and its
// number in that file.
type Place struct {
	File   string
	Number int
}

// Content is a page that was read.
type Content struct {
	article.Page
	// Cut says why the body is incomplete, "" if it is complete.
	Cut string
	// WARC, Offset and Length locate the capture, see [article.Capture].
	WARC           string
	Offset, Length int64
	Rendered       *article.Rendering // see [article.Capture]; nil: Body is that of the response
}

// Extractors chooses the extractor of a page.
type Extractors func(ctx context.Context, p *Page) (*extract.Extractor, error)

// One uses the same extractor for all pages.
func One(x *extract.Extractor) Extractors {
	return func(context.Context, *Page) (*extract.Extractor, error) { return x, nil }
}

// outcome is the result of a page: an article or refusal, or an error and its code.
type outcome struct {
	article.Result
	code string
	err  error
}

// extract reads and extracts the page, once.
func (p *Page) extract(ctx context.Context, choose Extractors) outcome {
	p.once.Do(func() { p.result = p.read(ctx, choose) })
	return p.result
}

func (p *Page) read(ctx context.Context, choose Extractors) outcome {
	content, err := p.Load(ctx)
	switch {
	case errors.Is(err, errBadLine):
		return outcome{code: codeBadLine, err: err}
	case err != nil:
		return outcome{code: codeUnreadable, err: err}
	case content.Cut != "":
		return outcome{code: codeCut, err: fmt.Errorf("the capture is not whole: %s", content.Cut)}
	}
	x, err := choose(ctx, p)
	if err != nil {
		return outcome{code: codeUnreadable, err: err}
	}
	res, err := x.Extract(ctx, content.Page)
	if err != nil {
		return outcome{code: errorCode(err), err: err}
	}
	if res.Article != nil {
		c := &res.Article.Capture
		c.WARC, c.Offset, c.Length = content.WARC, content.Offset, content.Length
		res.Article.MadeOf(content.Rendered)
	}
	return outcome{Result: res}
}

// join follows the next parts of an article and returns the whole of it, with the
// places of the parts. Like a crawl it returns an error rather than half an article,
// if the capture of a part is incomplete. The last result is an error of the source.
func (p *Page) join(ctx context.Context, choose Extractors, known *places) (outcome, []Place, error) {
	first := p.extract(ctx, choose)
	if first.err != nil || first.Article == nil || p.Part == nil {
		return first, nil, nil
	}
	var places []Place
	var rest []article.Result
	at, seen := p, map[string]bool{p.URL: true}
	for next := first.NextPart; next != "" && !seen[next]; {
		seen[next] = true
		part, err := at.Part(ctx, next)
		if err != nil {
			return first, places, err
		}
		if part == nil {
			break
		}
		part = known.at(part)
		res := part.extract(ctx, choose)
		if res.code == codeCut {
			return outcome{code: codeParts, err: fmt.Errorf("not all of the article's parts are captured: part %s: %w", next, res.err)}, places, nil
		}
		if res.err != nil || res.Article == nil {
			break
		}
		places = append(places, part.Place)
		rest = append(rest, res.Result)
		at, next = part, res.NextPart
	}
	if len(rest) > 0 {
		first.Result = extract.Join(first.Result, rest...)
	}
	return first, places, nil
}
