package visit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"pressmark/configs"
	"pressmark/crawler/batch"
	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
	"pressmark/crawler/render"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// A page that is empty without scripts is shown in a browser, if there is one and the
// site allows it, and read as its scripts left it. All that the browser asks for is
// fetched, bounded, captured and logged as the page itself is: see requested.

// Browser runs the scripts of a page. *render.Renderer is one.
type Browser interface {
	// Render returns the DOM that a page's scripts leave. The error is a *render.Error.
	Render(ctx context.Context, p render.Page) (*render.Result, error)
}

// shown is a page as it is read: of its response, or of the DOM that a browser made.
type shown struct {
	page  article.Page
	plain *article.Result // of the response, if it was extracted and needs no browser

	rendered *article.Rendering // nil: page is that of the response
	parts    *requested         // what the browser asked for; nil without one
	err      error              // why there is no DOM although one is needed
}

// renders reports whether pages of the site may be shown in a browser.
func (v *Visit) renders() bool {
	return v.env.Browser != nil && v.job.Site.Render != configs.RenderNever
}

// holdsHost reports whether a page keeps its host until it was shown: the requests of
// its scripts come before the next page.
func (v *Visit) holdsHost() bool {
	return v.renders() && (v.job.Site.Render == configs.RenderAlways || v.scripted.Load())
}

// show returns a page as it is to be read. It returns nil if ctx ended.
func (v *Visit) show(ctx context.Context, resp *fetch.Response) *shown {
	s := &shown{page: pageOf(resp)}
	if !v.renders() || len(resp.Body) == 0 || discover.Sniff(resp.Body, resp.Header.Get("Content-Type")) != discover.KindHTML {
		return s
	}
	if v.job.Site.Render != configs.RenderAlways {
		done := v.env.Reading()
		res, err := v.job.Extractor.Extract(ctx, s.page)
		done()
		if err != nil || res.Kind != article.KindShell {
			s.plain = &res
			if err != nil {
				s.plain = nil // it is read again, and its error is reported there
			}
			return s
		}
	}
	v.scripted.Store(true)
	s.parts = &requested{visit: v, page: resp.FinalURL}
	dom, err := v.env.Browser.Render(ctx, render.Page{URL: resp.FinalURL, Status: resp.Status, Header: resp.Header, Body: resp.Body,
		Timezone: zoneOf(v.job.Site), Fetcher: s.parts})
	switch {
	case ctx.Err() != nil:
		s.parts.release()
		return nil
	case err != nil:
		s.err = err
		return s
	}
	v.takeDOM(s, resp, dom)
	return s
}

func zoneOf(s *configs.Site) string {
	if s.Timezone == nil {
		return ""
	}
	return s.Timezone.String()
}

// takeDOM makes the DOM the page that is read. It keeps the digest of the response, by
// which the next look is compared.
func (v *Visit) takeDOM(s *shown, resp *fetch.Response, dom *render.Result) {
	url, _, _ := strings.Cut(dom.URL, "#")
	if !v.scope.local(url) {
		url = resp.FinalURL
	}
	sum := sha256.Sum256(dom.HTML)
	s.page.URL, s.page.Body, s.page.ContentType, s.page.Rendered = url, dom.HTML, render.MediaType, true
	s.rendered = &article.Rendering{Browser: dom.Browser, Settled: dom.Settled, SHA256: hex.EncodeToString(sum[:])}
}

// extractShown reads a page as it was shown.
func (v *Visit) extractShown(ctx context.Context, s *shown) (article.Result, error) {
	if s.plain != nil {
		return *s.plain, nil
	}
	res, err := v.job.Extractor.Extract(ctx, s.page)
	if res.Article != nil {
		res.Article.MadeOf(s.rendered)
	}
	return res, err
}

// captureShown captures a page, with what a browser asked for and the DOM that it made.
func (v *Visit) captureShown(ctx context.Context, s *shown, resp *fetch.Response) (where, error) {
	if s.parts == nil || v.leadsToRemoved(resp) {
		return v.capture(resp)
	}
	defer s.parts.release()
	shareDigest(resp)
	parts := s.parts.taken()
	r := batch.Rendered{Page: resp.Hops, Parts: parts.hops}
	if s.rendered == nil { // there is no DOM
		at, err := v.capture(resp)
		if err == nil {
			_, err = v.batches.Capture(parts.hops)
		}
		v.settle(ctx, parts.outcome(nil))
		return at, err
	}
	about, err := json.Marshal(map[string]any{"browser": s.rendered.Browser, "settled": s.rendered.Settled})
	if err != nil {
		return where{}, fmt.Errorf("describe the DOM of %s: %w", resp.FinalURL, err)
	}
	r.DOM = warc.Conversion{URL: s.page.URL, Date: resp.Started, MediaType: render.MediaType, Body: s.page.Body, Metadata: string(about)}
	at, err := v.batches.CaptureRendered(&r)
	if err != nil {
		return where{}, err
	}
	s.rendered.WARC, s.rendered.Offset, s.rendered.Length = at.DOM.File, at.DOM.Offset, at.DOM.Length
	v.settle(ctx, parts.outcome(at.Parts))
	return where{at.Page.File, at.Page.Offset, at.Page.Length}, nil
}

// shownAs notes that a page was read of a DOM.
func (m *pageMeta) shownAs(s *shown) {
	if m.rendered = s.rendered; s.rendered != nil {
		m.final = s.page.URL
	}
}

// isApplication reports whether a page was shown in a browser before, and will be: its
// answer is the same whatever it shows, so that it is neither asked for by validators
// nor compared.
func (v *Visit) isApplication(rec ledger.Record) bool { return rec.Rendered != "" && v.renders() }

// notShown records a page that a browser was needed for and that it did not show.
func (v *Visit) notShown(p *pageJob, err error) Outcome {
	code, detail := render.Code(err), err.Error()
	var re *render.Error
	if errors.As(err, &re) && re.Err != nil {
		detail = re.Err.Error()
	}
	return v.fail(p, code, detail, time.Time{})
}

// wantsBrowser reports whether a record is of a page that was left because there was no
// browser, and there is one now.
func (v *Visit) wantsBrowser(rec ledger.Record) bool {
	left := rec.Kind == ledger.KindPage && rec.Outcome == ledger.Skipped && rec.Reason == string(article.KindShell)
	return left && rec.Rendered == "" && v.renders()
}
