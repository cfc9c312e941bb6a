package visit

import (
	"context"
	"time"

	"pressmark/crawler/batch"
	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// Outcome is a handler's decision about a task. Handlers do not change the log, the
// tally or the frontier themselves; settle applies every outcome.
type Outcome struct {
	Log   []batch.Entry // records, with the articles that are stored under them
	Pages []Standing    // how pages count in this run
	Next  []Next        // what is fetched because of it, in order
	Stop  error         // the site's run cannot go on
}

// Standing is how a page counts in this run.
type Standing struct {
	URL     string
	Outcome ledger.Outcome
	Reason  string
}

// Next is a task that follows from another.
type Next struct {
	URL       string
	Task      Task
	NotBefore time.Time
}

// logged adds a record that counts among no pages: of a source, or of a link
// that was only seen.
func (o *Outcome) logged(rec ledger.Record) { o.Log = append(o.Log, batch.Entry{Record: rec}) }

// decided adds a page's record, which is also how the page counts.
func (o *Outcome) decided(rec ledger.Record) {
	o.logged(rec)
	o.counted(rec.URL, rec.Outcome, rec.Reason)
}

// counted sets how a page counts without a record: the log stays as it is.
func (o *Outcome) counted(url string, outcome ledger.Outcome, reason string) {
	o.Pages = append(o.Pages, Standing{url, outcome, reason})
}

// next adds a task that follows at once.
func (o *Outcome) next(url string, t Task) { o.Next = append(o.Next, Next{URL: url, Task: t}) }

// add appends what another handler decided.
func (o *Outcome) add(other Outcome) {
	o.Log = append(o.Log, other.Log...)
	o.Pages = append(o.Pages, other.Pages...)
	o.Next = append(o.Next, other.Next...)
	if o.Stop == nil {
		o.Stop = other.Stop
	}
}

// stop is the outcome of an error that ends the site's run.
func stop(err error) Outcome { return Outcome{Stop: err} }

// standing is the outcome of a page that only counts.
func standing(url string, outcome ledger.Outcome, reason string) (o Outcome) {
	o.counted(url, outcome, reason)
	return o
}

// settle applies an outcome: records go into the batch in hand, all into one,
// pages into the numbers and to the observer, tasks into the frontier. Records
// come first: who works on one of the tasks finds them.
func (v *Visit) settle(ctx context.Context, o Outcome) {
	if o.Stop != nil && ctx.Err() == nil {
		v.stop(o.Stop)
	}
	if len(o.Log) > 0 {
		v.batches.Add(o.Log...)
	}
	for _, p := range o.Pages {
		v.tally.Page(p.URL, p.Outcome, p.Reason)
	}
	for _, n := range o.Next {
		if refused := v.push(ctx, n); refused != nil {
			v.settle(ctx, *refused)
		}
	}
}

// push puts a task into the frontier that all sites share. It returns what
// became of a task whose URL no request can be made to: of an image, or in a
// broken log.
func (v *Visit) push(ctx context.Context, n Next) *Outcome {
	if !v.life.begin() {
		return nil
	}
	v.setDelay(hostOf(n.URL))
	n.Task.visit = v
	if err := v.env.Push(n.Task, n.URL, n.NotBefore); err == nil {
		return nil
	}
	v.life.end()
	refused := v.refused(ctx, n)
	return &refused
}

// refused decides about a task that cannot be queued.
func (v *Visit) refused(ctx context.Context, n Next) (o Outcome) {
	switch n.Task.kind {
	case page, revisit:
		o.decided(ledger.Record{URL: n.URL, ID: article.ID(n.URL), Outcome: ledger.Skipped, Reason: fetch.CodeBadURL})
	case proving:
		if p := v.underway.page(n.Task.page); p != nil {
			v.underway.drop(n.Task.page)
			o = v.takeAs(ctx, p, "")
		}
	case image:
		if p := v.underway.page(n.Task.page); p != nil {
			img := &p.draft.art.Images[n.Task.image]
			img.Status, img.Reason = article.ImageMissing, fetch.CodeBadURL
			o = v.imageDone(n.Task.page, p)
		}
	}
	return o
}
