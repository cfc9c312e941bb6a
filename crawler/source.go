package crawler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
	"pressmark/crawler/pace"
	"pressmark/extract/article"
	"pressmark/extract/weburl"
	"pressmark/storage/ledger"
)

// visitSource fetches a feed, sitemap or list page, or a seed of which only the
// answer tells what it is, and takes in its links.
func (r *siteRun) visitSource(ctx context.Context, t task, url string) error {
	if !r.spend() {
		return nil
	}
	rec, known := r.job.Archive.Lookup(url)
	req := fetch.Request{URL: url, Kind: fetch.Source}
	if known && rec.Kind != ledger.KindPage && rec.Digest != "" && rec.Tries == 0 && (rec.Detail == "" || rec.Detail == r.scope.leftOut()) {
		req.ETag, req.LastModified = rec.ETag, rec.LastMod
	}
	resp, err := r.fetch(ctx, t, req)
	if err != nil || resp.Status >= 400 {
		return r.sourceFailed(ctx, t, url, rec, resp, err)
	}
	r.countSource()
	if resp.Status == http.StatusNotModified {
		due := r.quietUntil(t, url, rec)
		if known && (r.noted(t, url, rec) || !due.IsZero() || !rec.Due.IsZero()) {
			rec.Due = due
			r.record(rec)
		}
		r.listed(rec, rec.Links)
		r.resumeBelow(url)
		return nil
	}
	if t.source == kindUnknown && rec.Kind != ledger.KindPage && !unread(rec) {
		t.source = rec.Kind
	}
	at, err := r.captureSource(resp)
	if err != nil {
		return err
	}
	switch discover.Sniff(resp.Body, resp.Header.Get("Content-Type")) {
	case discover.KindFeed:
		return r.readFeed(t, url, rec, resp)
	case discover.KindSitemap, discover.KindIndex:
		return r.readSitemap(t, url, rec, resp)
	case discover.KindHTML:
		return r.readList(ctx, t, url, rec, resp, at)
	case discover.KindText:
		if t.source == ledger.KindMap {
			return r.readSitemap(t, url, rec, resp)
		}
	}
	if t.guess {
		return nil // a well-known place that holds something else
	}
	return r.sourceProblem(t, url, rec, ledger.ReasonNotHTML, "the answer is neither a page, a feed nor a sitemap: "+resp.Header.Get("Content-Type"), time.Time{})
}

func (r *siteRun) countSource() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sum.Sources++
}

// sourceFailed records a source that could not be had. A guessed place that is
// not there is no failure.
func (r *siteRun) sourceFailed(ctx context.Context, t task, url string, rec ledger.Record, resp *fetch.Response, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	reason, notBefore := failure(resp, err)
	if t.guess && (resp != nil && resp.Status >= 400 && resp.Status < 500 || reason == fetch.CodeRobotsDisallowed) {
		return nil
	}
	if at, ok := r.again(url, asError(resp, err)); ok {
		r.push(t, url, at)
		return nil
	}
	detail := ""
	if err != nil {
		detail = err.Error()
	}
	if resp != nil && !t.guess && rec.Reason != reason { // one that fails as it did is captured once
		if _, err := r.capture(resp.Hops); err != nil {
			return err
		}
	}
	r.countSource()
	return r.sourceProblem(t, url, rec, reason, detail, notBefore)
}

func (r *siteRun) sourceProblem(t task, url string, rec ledger.Record, reason, detail string, notBefore time.Time) error {
	if t.guess {
		return nil
	}
	now := r.c.now()
	if t.source == kindUnknown || t.source == "" {
		t.source = ledger.KindList
	}
	old := rec
	parked := reason == fetch.CodeHostParked && rec.URL != "" // nothing was asked: the log stays as it was
	rec.URL, rec.ID, rec.Kind, rec.Outcome, rec.Reason, rec.Detail = url, article.ID(url), t.source, ledger.Failed, reason, clip(noteOfRest(reason, detail, notBefore))
	rec.Source, rec.Depth = t.from, int(t.depth)
	rec.Tries++
	rec.Due = nextTry(min(rec.Tries, maxTries-1), now, notBefore).UTC().Truncate(time.Second)
	if final(reason) || reason == ledger.ReasonMissing {
		rec.Outcome, rec.Due = ledger.Skipped, time.Time{}
		if reason != ledger.ReasonMissing { // a list that is not there is no page that comes late
			rec.Due = lookAgain(reason, rec.First, now)
		}
	}
	asBefore := rec.Outcome == ledger.Skipped && old.Outcome == ledger.Skipped && old.Reason == rec.Reason && old.Kind == rec.Kind && old.Due.Equal(rec.Due)
	if !parked && !(asBefore && !r.noted(t, url, old)) {
		r.record(rec)
	}
	r.sourceTroubled(t, rec)
	return nil
}

// sourceTroubled tells of a source that gave no links in this run.
func (r *siteRun) sourceTroubled(t task, rec ledger.Record) {
	r.listed(rec, 0)
	r.mu.Lock()
	empty := t.once && rec.Reason == ledger.ReasonMissing       // a day without news has no page in the archive
	if rec.Outcome == ledger.Failed || t.from == "" && !empty { // who named a source wants to know, whatever it was
		r.sum.SourcesFailed++
		if len(r.sum.Problems) < MaxProblems {
			r.sum.Problems = append(r.sum.Problems, SourceProblem{rec.URL, rec.Reason, rec.Detail})
		}
	}
	r.mu.Unlock()
	r.observe(Event{URL: rec.URL, Kind: rec.Kind, Outcome: rec.Outcome, Reason: rec.Reason})
}

// captureSource puts a source's exchange into the capture.
func (r *siteRun) captureSource(resp *fetch.Response) (where, error) {
	shareDigest(resp)
	loc, err := r.capture(resp.Hops)
	return where{loc.File, loc.Offset, loc.Length}, err
}

// listing is what was read from a source.
type listing struct {
	links    []string
	articles int  // of these
	left     bool // some were left out, because they are not of this run's dates
}

// sourceRead records a source's new state, where there is one. The digest is
// that of its links, not of its bytes: a view counter or an advertisement must
// not cost a record an hour. Where links were left out for their dates, the record
// says so: a run for other dates reads the source anew, changed or not.
func (r *siteRun) sourceRead(t task, url string, rec ledger.Record, resp *fetch.Response, reason string, l listing) {
	r.listed(rec, l.articles)
	digest, detail := digestOf(l.links), ""
	if l.left {
		detail = r.scope.leftOut()
	}
	kind := ledger.KindList
	switch {
	case reason == ledger.ReasonFeed, reason == ledger.ReasonFurther && t.source == ledger.KindFeed:
		kind = ledger.KindFeed
	case reason == ledger.ReasonSitemap:
		kind = ledger.KindMap
	}
	same := rec.Digest == digest && rec.Kind == kind && rec.Outcome == ledger.Skipped && rec.Reason == reason &&
		rec.ETag == resp.ETag && rec.LastMod == resp.LastModified && rec.Detail == detail
	due := r.quietUntil(t, url, rec)
	switch {
	case same && (r.noted(t, url, rec) || !due.IsZero() || !rec.Due.IsZero()):
		rec.Due = due
		r.record(rec)
	case !same:
		r.record(ledger.Record{URL: url, ID: article.ID(url), Kind: kind, Outcome: ledger.Skipped, Reason: reason, Detail: detail, Digest: digest,
			ETag: resp.ETag, LastMod: resp.LastModified, Status: resp.Status, Source: t.from, Depth: int(t.depth), Due: due,
			Links: l.articles, Usual: max(l.articles, rec.Usual-rec.Usual/8)})
	}
	r.resumeBelow(url)
}

// seldomSpacing is the time between two requests to a host from which on every
// look at a source is recorded: the next run may begin within it, and must know
// when the host was asked last.
const seldomSpacing = time.Minute

// noted tells whether a look at a source is recorded though it brought nothing new.
func (r *siteRun) noted(t task, url string, rec ledger.Record) bool {
	return t.noted || Ahead(rec, r.began) || r.c.opts.Spacing != nil && r.c.opts.Spacing(weburl.HostOf(url)) > seldomSpacing
}

// listed adds up how many articles the sources of this run list, and how many
// they usually do. What is usual falls slowly, so that a source that broke is
// told of by many crawls, and not by the first alone.
func (r *siteRun) listed(rec ledger.Record, articles int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sum.Listed += articles
	r.sum.Usual += rec.Usual
	r.sum.Missed += max(0, rec.Usual-articles)
}

// digestOf is that of a set of links.
func digestOf(links []string) string {
	set := slices.Sorted(slices.Values(links))
	sum := sha256.Sum256([]byte(strings.Join(slices.Compact(set), "\n")))
	return hex.EncodeToString(sum[:])
}

// failure names what went wrong with a request, and when it may be tried again
// at the earliest, where the server said so.
func failure(resp *fetch.Response, err error) (reason string, notBefore time.Time) {
	var fe *fetch.Error
	switch {
	case errors.As(err, &fe):
		return fe.Code, fe.RetryAt
	case err != nil:
		return "error", time.Time{}
	}
	return fmt.Sprintf("http_%d", resp.Status), retryAfter(resp)
}

// asError gives an answer with a bad status the shape of an error, so that one
// rule decides about trying again.
func asError(resp *fetch.Response, err error) error {
	if err != nil || resp == nil {
		return err
	}
	return &fetch.Error{URL: resp.FinalURL, Code: fmt.Sprintf("http_%d", resp.Status), Status: resp.Status, RetryAt: retryAfter(resp)}
}

// clip keeps details in the log short.
func clip(s string) string {
	const most = 300
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// retryAfter is when the server wants to be asked again; zero where it does not say.
func retryAfter(resp *fetch.Response) time.Time {
	d := pace.RetryAfter(resp.Header, resp.Started)
	if d == 0 {
		return time.Time{}
	}
	return resp.Started.Add(d)
}
