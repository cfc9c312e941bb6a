package visit

import (
	"context"

	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
	"pressmark/storage/ledger"
)

// An article that was taken down (pressmark remove) has a tombstone in the log for
// each of its URLs. None of them is requested again. A page that redirects to one,
// or names it as canonical, is neither archived nor captured.

// removed reports whether an address is one of an article that was taken down.
func (v *Visit) removed(url string) bool {
	if !v.earlier.takedowns {
		return false
	}
	rec, _ := v.job.Archive.Lookup(url)
	return rec.Outcome == ledger.Removed
}

// leaveDown is the outcome of a URL with a tombstone.
func (v *Visit) leaveDown(url string) Outcome {
	return standing(url, ledger.Skipped, ledger.ReasonTakedown)
}

// leadsToRemoved reports whether an answer came from an address of an article that
// was taken down.
func (v *Visit) leadsToRemoved(resp *fetch.Response) bool {
	for _, hop := range resp.Chain {
		if v.removed(hop) {
			return true
		}
	}
	return v.removed(resp.FinalURL)
}

// mostNaming is how many pages may name one removed article as themselves. Where
// more do, it is the template's mistake and says nothing.
const mostNaming = 3

// showsRemoved reports whether a page is an article that was taken down, at another
// address: it comes from one of the article's, or names one as its canonical address.
// The page is read for that before it is captured, on sites with takedowns alone.
func (v *Visit) showsRemoved(ctx context.Context, p *pageJob, resp *fetch.Response, s *shown) bool {
	if !v.earlier.takedowns || p.prev.Article != "" {
		return false
	}
	if v.leadsToRemoved(resp) {
		return true
	}
	if len(resp.Body) == 0 || discover.Sniff(resp.Body, resp.Header.Get("Content-Type")) != discover.KindHTML {
		return false
	}
	res, err := v.extractShown(ctx, s)
	return err == nil && v.removed(res.Canonical) && v.earlier.named(res.Canonical) <= mostNaming
}

// named counts the pages that named a removed article as themselves.
func (e *earlier) named(canonical string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.naming == nil {
		e.naming = map[string]int{}
	}
	e.naming[canonical]++
	return e.naming[canonical]
}
