package visit

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/due"
	"pressmark/crawler/fetch"
	"pressmark/crawler/render"
	"pressmark/crawler/tally"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// look is one look at a source: a feed, a sitemap, a list page, or a seed whose
// kind only the answer shows.
type look struct {
	request
	source
	rec  ledger.Record // what the log holds of it; zero if nothing
	resp *fetch.Response

	shown *shown // of a page; nil for a feed or a sitemap
}

// visitSource fetches a source and takes in its links.
func (v *Visit) visitSource(ctx context.Context, q request) Outcome {
	if !v.budget.spend() {
		v.tally.SourceLeft()
		return Outcome{}
	}
	l := &look{request: q, source: *q.Task.source}
	l.rec, _ = v.job.Archive.Lookup(q.url)
	var err error
	l.resp, err = v.fetch(ctx, q, v.sourceRequest(l.rec))
	if v.alwaysCut(q, l.resp, err) {
		err = nil
	}
	if err != nil || l.resp.Status >= 400 {
		return v.sourceFailed(ctx, l, err)
	}
	v.tally.Source()
	if l.resp.Status == http.StatusNotModified {
		return v.sourceUnchanged(l)
	}
	kindLogged := l.rec.Kind != ledger.KindPage && !unread(l.rec)
	if l.source.kind == kindUnknown && kindLogged {
		l.source.kind = l.rec.Kind
	}
	head := discover.HeadOf(l.resp.Body, l.resp.Header.Get("Content-Type"))
	r := head.Reader(l.source.kind)
	if r == nil && head.Kind == discover.KindHTML {
		return v.visitList(ctx, l)
	}
	if _, err := v.capture(l.resp); err != nil {
		return stop(err)
	}
	if r != nil {
		return v.readListing(ctx, l, r)
	}
	return v.sourceProblem(l, ledger.ReasonNotHTML, "the answer is neither a page, a feed nor a sitemap: "+l.resp.Header.Get("Content-Type"), time.Time{})
}

// alwaysCut reports whether a source broke off at every try of the run. What came of it
// is read then, with a warning: a list that a server never sends whole would else be
// never read.
func (v *Visit) alwaysCut(q request, resp *fetch.Response, err error) bool {
	var fe *fetch.Error
	if !errors.As(err, &fe) || fe.Code != fetch.CodeCutBody || int(q.failures) < v.env.Retry.Times {
		return false
	}
	return resp != nil && resp.Status/100 == 2 && len(resp.Body) > 0
}

// visitList reads a page that may be a list, as a browser shows it if it is empty
// without scripts.
func (v *Visit) visitList(ctx context.Context, l *look) Outcome {
	unpacked := l.resp.Unpack(ctx)
	s := &shown{}
	if unpacked == nil {
		if reservePage(ctx, l.resp) == nil {
			s = v.show(ctx, l.resp)
		}
		if ctx.Err() != nil {
			return Outcome{} // it stays as it was, for the next run
		}
	}
	at, err := v.captureShown(ctx, s, l.resp)
	switch {
	case err != nil:
		return stop(err)
	case unpacked != nil:
		return v.sourceFailed(ctx, l, unpacked)
	case s.err != nil:
		return v.sourceProblem(l, render.Code(s.err), s.err.Error(), time.Time{})
	}
	l.shown = s
	return v.readPageAsSource(ctx, l, at)
}

// sourceRequest sends validators if the log has those of a look that read all
// that this run wants, and that is not long ago.
func (v *Visit) sourceRequest(rec ledger.Record) fetch.Request {
	req := fetch.Request{Kind: fetch.Source}
	wasRead := rec.Kind != ledger.KindPage && rec.Digest != "" && rec.Tries == 0
	readAll := wasRead && v.scope.readFor(rec) && !v.isApplication(rec)
	if readAll && !v.job.Refetch && v.believed(rec) {
		req.ETag, req.LastModified = rec.ETag, rec.LastMod
	}
	return req
}

// believed304 is how long "not modified" is believed of a source: some servers say it
// forever.
const believed304 = 24 * time.Hour

// believed reports whether a source was read so lately that it need not be again if
// its server says that it has not changed.
func (v *Visit) believed(rec ledger.Record) bool {
	ago := v.began.Sub(rec.Captured)
	return ago >= 0 && ago < believed304
}

// sourceUnchanged uses the links in the log as the links of today.
func (v *Visit) sourceUnchanged(l *look) (o Outcome) {
	changed := l.resp.ETag != l.rec.ETag || l.resp.LastModified != l.rec.LastMod
	if changed && l.rec.URL != "" {
		l.rec.ETag, l.rec.LastMod = l.resp.ETag, l.resp.LastModified
		l.source.noted = true
	}
	v.recordLook(&o, l)
	v.tally.Listed(l.url, l.rec.Links, l.rec.Usual)
	v.warned(l.url, l.rec.Warning)
	o.add(v.resumeBelow(l.url))
	return o
}

// recordLook records a look that found a source as it was, if the next look
// depends on it.
func (v *Visit) recordLook(o *Outcome, l *look) {
	rec, at := l.rec, v.quietUntil(l)
	needed := v.noted(l) || !at.IsZero() || !rec.Due.IsZero()
	if rec.URL != "" && needed {
		rec.Due = at
		o.logged(rec)
	}
}

// sourceFailed records a source that could not be fetched. A 404 at a guessed
// address (robots.txt, common sitemap paths) is not an error.
func (v *Visit) sourceFailed(ctx context.Context, l *look, err error) Outcome {
	if ctx.Err() != nil {
		return Outcome{}
	}
	resp := l.resp
	reason, notBefore := failure(resp, err)
	absent := resp != nil && resp.Status/100 == 4 || reason == fetch.CodeRobotsDisallowed
	if l.place && absent {
		return v.notThere(resp)
	}
	if o, ok := v.again(l.request, resp, err); ok {
		return o
	}
	detail := ""
	if err != nil {
		detail = err.Error()
	}
	failsAsBefore := l.rec.Reason == reason // was captured then
	if worthCapture := resp != nil && !l.place; worthCapture && !failsAsBefore {
		if _, err := v.batches.Capture(resp.Hops); err != nil {
			return stop(err)
		}
	}
	v.tally.Source()
	return v.sourceProblem(l, reason, detail, notBefore)
}

// notThere captures the answer for a guessed place that does not exist: the captures show
// all that was asked.
func (v *Visit) notThere(resp *fetch.Response) (o Outcome) {
	if resp == nil {
		return o
	}
	if _, err := v.capture(resp); err != nil {
		return stop(err)
	}
	return o
}

// sourceProblem records a source that gave no links. A guessed place that holds
// something else is not a problem.
func (v *Visit) sourceProblem(l *look, reason, detail string, notBefore time.Time) (o Outcome) {
	if l.place {
		return o
	}
	rec := v.problemRecord(l, reason, clip(due.NoteOfRest(reason, detail, notBefore)), notBefore)
	parked := reason == fetch.CodeHostParked && l.rec.URL != "" // nothing was asked: the log stays as it was
	repeated := sameRefusal(rec, l.rec) && !v.noted(l)
	if !parked && !repeated {
		o.logged(rec)
	}
	v.sourceTroubled(l.source, rec)
	return o
}

func (v *Visit) problemRecord(l *look, reason, detail string, notBefore time.Time) ledger.Record {
	now, rec, kind := v.env.Now(), l.rec, l.source.kind
	if kind == kindUnknown || kind == "" {
		kind = ledger.KindList
	}
	rec.URL, rec.ID, rec.Kind, rec.Outcome, rec.Reason, rec.Detail = l.url, article.ID(l.url), kind, ledger.Failed, reason, detail
	rec.Source, rec.Depth = l.from, int(l.depth)
	rec.Tries++
	rec.Due = due.NextTry(min(rec.Tries, due.MaxTries-1), now, notBefore).UTC().Truncate(time.Second)
	if final(reason) || reason == ledger.ReasonMissing {
		rec.Outcome, rec.Due = ledger.Skipped, time.Time{}
		if reason != ledger.ReasonMissing { // a list that is not there is no page that comes late
			rec.Due = due.LookAgain(reason, rec.First, now)
		}
	}
	return rec
}

// sameRefusal reports whether a source is refused as it was at the last look.
func sameRefusal(rec, old ledger.Record) bool {
	bothSkipped := rec.Outcome == ledger.Skipped && old.Outcome == ledger.Skipped
	return bothSkipped && old.Reason == rec.Reason && old.Kind == rec.Kind && old.Due.Equal(rec.Due)
}

// sourceTroubled counts a source that gave no links in this run. Whoever named a
// source wants to know, whatever the reason; but a day without news has no page
// in a dated archive.
func (v *Visit) sourceTroubled(s source, rec ledger.Record) {
	v.tally.Listed(rec.URL, 0, rec.Usual)
	empty := s.once && rec.Reason == ledger.ReasonMissing
	if named := s.from == ""; rec.Outcome == ledger.Failed || named && !empty {
		v.tally.SourceFailed(tally.SourceProblem{URL: rec.URL, Reason: rec.Reason, Detail: rec.Detail})
	}
	v.tally.SourceOutcome(rec)
}

// listing holds the links read from a source.
type listing struct {
	kind     ledger.Kind
	reason   string
	links    linkSet
	articles int    // of these
	left     bool   // some were left out, because they are not of this run's dates
	warning  string // what was wrong with the source
	cut      bool   // it broke off: the whole of it may list more
}

// sourceRead records a source's new state, if there is one. The digest is that
// of its links, not of its bytes: a view counter or an advertisement must not
// cost a record an hour. If links were left out for their dates, the record
// says so: a run for other dates reads the source anew, changed or not.
func (v *Visit) sourceRead(l *look, found listing) (o Outcome) {
	v.tally.Listed(l.url, found.articles, l.rec.Usual)
	if why := l.resp.Truncated; why != "" && found.warning == "" {
		found.cut, found.warning = true, truncatedWarning(why)
	}
	v.warned(l.url, found.warning)
	rec := ledger.Record{URL: l.url, ID: article.ID(l.url), Kind: found.kind, Outcome: ledger.Skipped, Reason: found.reason, Digest: found.links.digest(),
		ETag: l.resp.ETag, LastMod: l.resp.LastModified, Status: l.resp.Status, Source: l.from, Depth: int(l.depth),
		Warning: found.warning, Links: found.articles, Usual: max(found.articles, l.rec.Usual-l.rec.Usual/8)} // decays slowly, so that a broken source is reported by many crawls
	if l.shown != nil && l.shown.rendered != nil {
		rec.Rendered = l.shown.rendered.Browser
	}
	if found.left {
		rec.Detail = v.scope.leftOut()
	}
	if found.cut { // else "not modified" would hide the rest forever
		rec.ETag, rec.LastMod = "", ""
	}
	rec.Captured = v.env.Now().UTC().Truncate(time.Second)
	if sameSource(rec, l.rec) {
		hasValidators := rec.ETag != "" || rec.LastMod != ""
		l.source.noted = l.source.noted || !v.believed(l.rec) && hasValidators
		l.rec.Captured = rec.Captured
		v.recordLook(&o, l)
	} else {
		if !found.cut {
			rec.Due = v.quietUntil(l)
		}
		o.logged(rec)
	}
	o.add(v.resumeBelow(l.url))
	return o
}

// sameSource reports whether a source has the state that the log has of it.
func sameSource(rec, old ledger.Record) bool {
	type state struct {
		kind                                           ledger.Kind
		outcome                                        ledger.Outcome
		reason, digest, etag, lastMod, detail, warning string
		rendered                                       bool
	}
	of := func(r ledger.Record) state {
		return state{r.Kind, r.Outcome, r.Reason, r.Digest, r.ETag, r.LastMod, r.Detail, r.Warning, r.Rendered != ""}
	}
	return of(rec) == of(old)
}

// warned counts a source that was read with warnings: a list that could not be read in
// full must not look like a quiet day.
func (v *Visit) warned(url, warning string) {
	if warning != "" {
		reason, detail, _ := strings.Cut(warning, ": ")
		v.tally.SourceWarned(tally.SourceProblem{URL: url, Reason: reason, Detail: detail})
	}
}

// seldomSpacing is the time between two requests to a host from which on every
// look at a source is recorded: the next run may begin within it, and must know
// when the host was asked last.
const seldomSpacing = time.Minute

// noted reports whether a look at a source is recorded though it brought nothing new.
func (v *Visit) noted(l *look) bool {
	return l.source.noted || due.Ahead(l.rec, v.began) || v.spacing(l.url) > seldomSpacing
}
