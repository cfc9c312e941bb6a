package crawler

import (
	"context"

	"pressmark/crawler/urllist"
	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/ledger"
)

// Fates returns the outcomes of the seeds of plans, by URL, according to the logs.
// An alias has the outcome of its article. A URL that no run has reached is queued.
func Fates(ctx context.Context, a *storage.Archive, plans []Plan) (map[string]urllist.Fate, error) {
	out := map[string]urllist.Fate{}
	for i := range plans {
		log, err := a.OpenSite(ctx, plans[i].Site.Name)
		if err != nil {
			return nil, err
		}
		for _, seed := range plans[i].Seeds {
			out[seed.URL] = fateOf(log, seed.URL)
		}
	}
	return out, nil
}

func fateOf(log *storage.Log, url string) urllist.Fate {
	rec, known := log.Lookup(url)
	if !known {
		return urllist.Fate{Outcome: string(ledger.Queued), Reason: ledger.ReasonNotCommitted}
	}
	f := urllist.Fate{Outcome: string(rec.Outcome), Reason: rec.Reason}
	if rec.Alias != "" && rec.Outcome == ledger.Skipped {
		if of, ok := log.Lookup(rec.Alias); ok && of.Article != "" {
			return urllist.Fate{Outcome: string(of.Outcome), Reason: ledger.ReasonAlias, ID: article.ID(rec.Alias)}
		}
	}
	if rec.Article != "" {
		f.ID = rec.ID
	}
	return f
}
