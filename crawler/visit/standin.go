package visit

import (
	"context"
	"net/http"

	"pressmark/crawler/fetch"
	"pressmark/storage/ledger"
)

// An article whose own address is not there may be alive under another: its
// canonical address was a template's mistake, or has moved. It is not gone as long
// as one of its aliases answers.

// standIn is an article whose own address was not there, with the aliases that
// are still to be tried.
type standIn struct {
	rec     ledger.Record // of the article
	status  int           // of the answer at its own address
	aliases []string
}

// maxStandIns is the number of aliases that are tried.
const maxStandIns = 3

// aliasesOf returns other addresses of an article, those found last first.
func (v *Visit) aliasesOf(url string) (out []string) {
	v.job.Archive.Records(func(rec ledger.Record) bool {
		if rec.Alias == url && rec.Outcome == ledger.Skipped {
			out = append([]string{rec.URL}, out[:min(len(out), maxStandIns-1)]...)
		}
		return true
	})
	return out
}

// tryAlias queues the next alias of an article whose own address is not there;
// without one the article is gone.
func (v *Visit) tryAlias(s standIn) (o Outcome) {
	if len(s.aliases) == 0 {
		return v.gone(s.rec, s.status)
	}
	url := s.aliases[0]
	s.aliases = s.aliases[1:]
	o.next(url, Task{kind: revisit, standIn: &s})
	return o
}

// visitStandIn fetches an alias of an article whose own address is not there.
func (v *Visit) visitStandIn(ctx context.Context, q request) Outcome {
	s := *q.standIn
	if reason := v.budget.mayVisit(); reason != "" {
		return standing(s.rec.URL, ledger.Queued, reason)
	}
	resp, err := v.fetch(ctx, q, fetch.Request{Kind: fetch.Page})
	if ctx.Err() != nil {
		return standing(s.rec.URL, ledger.Queued, ledger.ReasonInterrupted)
	}
	if o, ok := v.again(q, resp, err); ok {
		return o
	}
	if err != nil || resp.Status != http.StatusOK {
		if resp != nil {
			if _, err := v.batches.Capture(resp.Hops); err != nil {
				return stop(err)
			}
		}
		return v.tryAlias(s)
	}
	m := metaOf(resp, where{})
	m.etag, m.lastMod, m.digest = "", "", "" // those of another address
	p := &pageJob{url: s.rec.URL, depth: s.rec.Depth, prev: s.rec, resp: m, standsIn: true}
	if o, read := v.readPage(ctx, p, resp); !read {
		return o
	}
	if p.first.Article == nil {
		return v.tryAlias(s)
	}
	return v.pageRead(ctx, p)
}
