package crawler

import (
	"context"
	"errors"
	"time"

	"pressmark/configs"
	"pressmark/crawler/rhythm"
	"pressmark/storage/ledger"
)

// Visitor visits sites again and again over one network. It is safe for concurrent use
// by visits to different sites.
type Visitor struct {
	Setup   Setup
	Options func(run string) Options // of the visit with this name
	Bounds  rhythm.Bounds            // of sites whose configuration has none
	Done    func(Summary)            // called for each site after its visit; nil: no call
}

// Visited is the result of a visit to a group of sites.
type Visited struct {
	Rhythms   []rhythm.Rhythm // of each site, the visit included
	Summaries []Summary
	Failed    bool // no source of any site answered
	Cut       bool // ctx ended the visit before its end
}

// Visit visits a group of sites together. The error is one of the store.
func (v *Visitor) Visit(ctx context.Context, sites []configs.Site) (Visited, error) {
	jobs, out, err := v.open(ctx, sites)
	if err != nil {
		return out, err
	}
	run, err := RunID(v.Setup.Now())
	if err != nil {
		return out, err
	}
	options := v.Options(run)
	options.Run = run
	sums, err := New(options).Run(ctx, jobs)
	out.Cut = errors.Is(err, ErrInterrupted)
	out.Summaries = append(out.Summaries, sums...)
	out.Failed = failed(out.Summaries)
	out.Rhythms = rhythms(jobs, v.Setup.Now())
	if v.Done != nil {
		for _, s := range out.Summaries {
			v.Done(s)
		}
	}
	return out, nil
}

// open makes the jobs of a visit; sites whose log is damaged have their summary already.
func (v *Visitor) open(ctx context.Context, sites []configs.Site) ([]Job, Visited, error) {
	var plans []Plan
	for _, s := range sites {
		plans = append(plans, PlanSite(s))
	}
	jobs, damaged, err := v.Setup.Jobs(ctx, plans, Terms{Depth: -1})
	return jobs, Visited{Summaries: damaged}, err
}

// failed reports whether a visit learned nothing of the sites, because they did not answer.
func failed(sums []Summary) bool {
	for i := range sums {
		s := &sums[i]
		sourcesRead := s.Sources == 0 || s.Sources > s.SourcesFailed
		if s.Err == nil && sourcesRead {
			return false
		}
	}
	return len(sums) > 0
}

func rhythms(jobs []Job, now time.Time) []rhythm.Rhythm {
	var out []rhythm.Rhythm
	for _, j := range jobs {
		out = append(out, rhythm.Learn(j.Archive.Records, now))
	}
	return out
}

// Next returns when a group of sites is visited next after a visit that ended at last:
// as the site that is due first asks.
func (v *Visitor) Next(sites []configs.Site, rhythms []rhythm.Rhythm, last time.Time, failures int) rhythm.Next {
	var next rhythm.Next
	for i := range sites {
		var r rhythm.Rhythm
		if i < len(rhythms) {
			r = rhythms[i]
		}
		b := rhythm.Bounds{Min: sites[i].Visit.Min, Max: sites[i].Visit.Max}.Or(v.Bounds)
		if n := r.After(last, b, failures); next.At.IsZero() || n.At.Before(next.At) {
			next = n
		}
	}
	return next
}

// Known is the state of a group of sites according to their logs, without a visit.
type Known struct {
	Rhythms []rhythm.Rhythm
	Last    time.Time // when a source was last recorded; zero: never. A visit without news is not recorded
}

// Known reads the logs of sites.
func (v *Visitor) Known(ctx context.Context, sites []configs.Site) (Known, error) {
	var out Known
	now := v.Setup.Now()
	for _, s := range sites {
		log, err := v.Setup.Archive.OpenSite(ctx, s.Name)
		if err != nil {
			return out, err
		}
		out.Rhythms = append(out.Rhythms, rhythm.Learn(log.Records, now))
		log.Records(func(rec ledger.Record) bool {
			switch rec.Kind {
			case ledger.KindFeed, ledger.KindList, ledger.KindMap:
				if rec.Time.After(out.Last) && !rec.Time.After(now) {
					out.Last = rec.Time
				}
			}
			return true
		})
	}
	return out, nil
}
