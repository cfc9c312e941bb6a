package visit

import (
	"context"
	"fmt"
	"net/http"

	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/extract/weburl"
	"pressmark/storage/ledger"
)

// A page may give another URL as its canonical one. Templates often name the
// section, drop the query, or name one URL for all pages. So the canonical URL
// becomes the article's only if it was seen to show the same text.

// naming is the decision about a page's canonical URL.
type naming int

const (
	refuse naming = iota // the page keeps its own address
	accept
	prove // fetch it first
)

// identify gives the article its URL: the canonical one if it is proved to be the
// article's, else the page's own. prove is the address that is to be fetched
// before that is known; "" if it is.
func (v *Visit) identify(ctx context.Context, p *pageJob, canonical string) (o Outcome, proof string, err error) {
	a := p.draft.art
	a.Site = v.job.Site.Name
	a.URL = p.url
	defer func() { a.ID = article.ID(a.URL) }()
	if canonical == "" || canonical == p.url || p.standsIn {
		return o, "", nil
	}
	if !v.scope.local(canonical) {
		return o, "", nil
	}
	address := v.articleOf(canonical)
	if v.moved(p, a, address) {
		return v.alias(address, p.url), "", nil
	}
	todo, err := v.name(ctx, p, canonical, address)
	switch {
	case err != nil:
		return o, "", err
	case todo == accept:
		a.URL = address
	case todo == prove:
		return o, canonical, nil
	default:
		a.Warnings = append(a.Warnings, "canonical_refused: "+canonical)
	}
	return o, "", nil
}

// name decides about the address that a page gives as its own. address is the one
// of the article that it is an alias of, else the same.
func (v *Visit) name(ctx context.Context, p *pageJob, canonical, address string) (naming, error) {
	if weburl.IsFront(canonical) {
		return refuse, nil
	}
	if p.prev.Alias == address || p.proved == canonical {
		return accept, nil
	}
	rec, _ := v.job.Archive.Lookup(address)
	if stored(rec) && address != p.url {
		old, err := v.job.Archive.Article(ctx, rec.ID)
		if err != nil {
			return refuse, fmt.Errorf("read %s: %w", rec.Article, err)
		}
		return v.judge(p, canonical, sketchOf(old).alike(sketchOf(p.draft.art))), nil
	}
	if p.prev.Article != "" {
		return refuse, nil // an archived article keeps its address
	}
	if other, claimed := v.identity.sketchAt(address); claimed {
		return v.judge(p, canonical, other.alike(sketchOf(p.draft.art))), nil
	}
	if p.resp.final == canonical {
		return accept, nil // it has just answered
	}
	switch v.forms.ofNaming(p.url, canonical) {
	case articles:
		return accept, nil
	case others:
		return refuse, nil
	}
	return prove, nil
}

// judge learns from an address that was looked at, and accepts it if it shows the
// same text.
func (v *Visit) judge(p *pageJob, canonical string, same bool) naming {
	v.forms.learnNaming(p.url, canonical, same)
	if same {
		return accept
	}
	return refuse
}

// visitProof fetches the address that a page gives as its own.
func (v *Visit) visitProof(ctx context.Context, q request) Outcome {
	p := v.underway.page(q.page)
	if p == nil {
		return Outcome{}
	}
	resp, err := v.fetch(ctx, q, fetch.Request{Kind: fetch.Page})
	if ctx.Err() != nil {
		return Outcome{} // the page stays queued
	}
	if o, ok := v.again(q, resp, err); ok {
		return o
	}
	v.underway.drop(q.page)
	same, lost := v.proves(ctx, p, resp, err)
	if lost != nil {
		return stop(lost)
	}
	v.forms.learnNaming(p.url, q.url, same)
	var o Outcome
	canonical := ""
	if same {
		canonical, p.proved = q.url, q.url
		if v.tally.Claim(q.url) { // keeps it from being queued as a page of its own
			o.counted(q.url, ledger.Skipped, ledger.ReasonAlias)
		}
	} else {
		p.draft.art.Warnings = append(p.draft.art.Warnings, "canonical_refused: "+q.url)
	}
	o.add(v.takeAs(ctx, p, canonical))
	return o
}

// proves reports whether an answer shows the text of the page. lost is an error
// from writing the capture.
func (v *Visit) proves(ctx context.Context, p *pageJob, resp *fetch.Response, err error) (same bool, lost error) {
	if resp == nil {
		return false, nil
	}
	_, lost = v.capture(resp)
	if received := err == nil && resp.Status == http.StatusOK; lost != nil || !received {
		return false, lost
	}
	defer v.env.Reading()()
	res, err := v.extract(ctx, resp)
	if err != nil || res.Article == nil {
		return false, nil
	}
	return sketchOf(res.Article).alike(sketchOf(p.draft.art)), nil
}

// namingOf is the form of address under which it is known how the pages of one
// form name themselves.
func namingOf(own, canonical string) string {
	relation := weburl.Form(own) + " is " + weburl.Form(canonical)
	if a, b := hostOf(own), hostOf(canonical); a != b {
		relation += " at " + b
	}
	return relation
}
