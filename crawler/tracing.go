package crawler

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"pressmark/crawler/fetch"
	"pressmark/crawler/visit"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// tracing makes the spans of a run: "visit" for each site, and below it "fetch" for each
// request with its redirects and waits, "extract" for each page that is read, and "commit"
// for each batch.
type tracing struct{ tracer trace.Tracer }

// begin starts the span of a visit. It returns the job with dependencies that make the
// spans below, and what ends the span.
func (t tracing) begin(ctx context.Context, run string, j Job) (Job, func(*Summary)) {
	if t.tracer == nil {
		return j, func(*Summary) {}
	}
	_, span := t.tracer.Start(ctx, "visit", trace.WithNewRoot(), trace.WithAttributes(attribute.String("pressmark.site", j.Site.Name), attribute.String("pressmark.run", run)))
	below := under{t.tracer, span}
	j.Within = below.context
	j.Extractor = tracedExtractor{j.Extractor, below}
	j.Archive = tracedArchive{j.Archive, below}
	return j, func(s *Summary) {
		span.SetAttributes(attribute.Int("pressmark.requests", s.Requests), attribute.Int("pressmark.archived", s.Archived),
			attribute.Int("pressmark.revised", s.Revised), attribute.Int("pressmark.failed", s.Failed))
		finishSpan(span, s.Err)
	}
}

// finishSpan ends a span; err may be nil.
func finishSpan(span trace.Span, err error) {
	if err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Error, err.Error())
	}
	span.End()
}

// under makes spans below that of a visit.
type under struct {
	tracer trace.Tracer
	visit  trace.Span
}

// context returns a context whose spans are below the visit's: workers serve many visits.
func (u under) context(ctx context.Context) context.Context {
	return trace.ContextWithSpan(ctx, u.visit)
}

func (u under) start(ctx context.Context, name string, attributes ...attribute.KeyValue) (context.Context, trace.Span) {
	return u.tracer.Start(u.context(ctx), name, trace.WithAttributes(attributes...))
}

// tracedFetcher makes a span of each request, below the one that its context has.
type tracedFetcher struct {
	visit.Fetcher
	tracer trace.Tracer
}

// Get implements visit.Fetcher.
func (f tracedFetcher) Get(ctx context.Context, req fetch.Request) (*fetch.Response, error) {
	ctx, span := f.tracer.Start(ctx, "fetch", trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(attribute.String("http.request.method", "GET"),
		attribute.String("url.full", req.URL), attribute.String("pressmark.kind", string(req.Kind))))
	resp, err := f.Fetcher.Get(ctx, req)
	if resp != nil {
		span.SetAttributes(attribute.Int("http.response.status_code", resp.Status), attribute.Int("http.response.body.size", len(resp.Body)),
			attribute.Float64("pressmark.network_seconds", resp.Elapsed.Seconds()))
	}
	if code := fetch.Code(err); code != "" {
		span.SetAttributes(attribute.String("error.type", code))
	}
	finishSpan(span, err)
	return resp, err
}

// tracedExtractor makes a span of each page that is read.
type tracedExtractor struct {
	visit.Extractor
	under under
}

// Extract implements visit.Extractor.
func (x tracedExtractor) Extract(ctx context.Context, page article.Page) (article.Result, error) {
	ctx, span := x.under.start(ctx, "extract", attribute.String("url.full", page.URL), attribute.Int("pressmark.bytes", len(page.Body)))
	res, err := x.Extractor.Extract(ctx, page)
	span.SetAttributes(attribute.Bool("pressmark.article", res.Article != nil))
	finishSpan(span, err)
	return res, err
}

// tracedArchive makes a span of each batch.
type tracedArchive struct {
	visit.Archive
	under under
}

// Commit implements visit.Archive.
func (a tracedArchive) Commit(ctx context.Context, b ledger.Batch) error {
	ctx, span := a.under.start(ctx, "commit", attribute.Int("pressmark.records", len(b.Records)))
	err := a.Archive.Commit(ctx, b)
	finishSpan(span, err)
	return err
}
