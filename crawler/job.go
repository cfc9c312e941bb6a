package crawler

import (
	"context"
	"errors"
	"time"

	"pressmark/configs"
	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/storage"
)

// Terms are the limits of a run that apply to every site. The zero value means no
// limit.
type Terms struct {
	// Period returns the requested dates, as days of a site's time zone (nil: UTC). A
	// nil result means all dates.
	Period      func(zone *time.Location) (since, until time.Time, err error)
	Limit       int  // articles archived at most; 0: no limit
	Depth       int  // list pages below a seed; negative: the site's own
	FollowLinks bool // follow links inside articles, too
	Refetch     bool // ignore validators: fetch again and compare
}

// Setup makes jobs: it opens each site's log in the archive, and passes what the log
// has about the site's hosts to the network.
type Setup struct {
	Archive *storage.Archive
	Network *Network
	Version string // of the program, in what it extracts
	Now     func() time.Time
	// Captures opens a capture file for exchanges outside of a visit (robots.txt). nil:
	// they are not captured.
	Captures func(file string) (CaptureWriter, error)
	// Extracted is called for each extracted page, concurrently; the article is nil if
	// the page has none. nil: no call.
	Extracted func(site string, took time.Duration, a *article.Article)
}

// Jobs returns a job for each plan. If a site's log is damaged, or a secret of the site
// cannot be had, the other sites are still crawled, and the site gets a summary with the
// error. The returned error comes from the store, or wraps discover.ErrPattern or
// discover.ErrTooMany.
func (s *Setup) Jobs(ctx context.Context, plans []Plan, terms Terms) (jobs []Job, damaged []Summary, err error) {
	all := extract.New(extract.Options{})
	for i := range plans {
		j, err := s.job(ctx, &plans[i], terms, all)
		switch {
		case errors.Is(err, storage.ErrCorrupt), errors.Is(err, configs.ErrSecret):
			damaged = append(damaged, Summary{Site: plans[i].Site.Name, Err: err, Problem: err.Error()})
		case err != nil:
			return nil, nil, err
		default:
			jobs = append(jobs, j)
		}
	}
	return jobs, damaged, nil
}

func (s *Setup) job(ctx context.Context, p *Plan, terms Terms, all *extract.Extractor) (Job, error) {
	var since, until time.Time
	var err error
	if terms.Period != nil {
		if since, until, err = terms.Period(p.Site.Timezone); err != nil {
			return Job{}, err
		}
	}
	access, err := s.Network.accessOf(&p.Site)
	if err != nil {
		return Job{}, err
	}
	log, err := s.Archive.OpenSite(ctx, p.Site.Name)
	if err != nil {
		return Job{}, err
	}
	s.Network.seed(ctx, s.Archive.Store(), log, s.Now())
	p.Site.FollowLinks = p.Site.FollowLinks || terms.FollowLinks
	seeds, err := seedsOf(p.Seeds, since, until, s.Now())
	if err != nil {
		return Job{}, err
	}
	memory, err := Memory(log)
	if err != nil {
		return Job{}, err
	}
	known, err := forms(log)
	if err != nil {
		return Job{}, err
	}
	read, err := readings(log, &p.Site, s.Now())
	if err != nil {
		return Job{}, err
	}
	archive := &siteArchive{Log: log, site: &p.Site, robots: s.Network.robots, captures: s.Captures, named: !p.Whole}
	x := siteExtractor{all.For(ExtractOptions(&p.Site, memory, s.Version)), all.For(ExtractOptions(&p.Site, nil, s.Version)), new(extract.Memory), s.Extracted, p.Site.Name}
	return Job{Site: &p.Site, Access: access, Seeds: seeds, Archive: archive, Extractor: x, Forms: known, Readings: read, Since: since, Until: until, Limit: terms.Limit,
		Depth: terms.Depth, Whole: p.Whole, Refetch: terms.Refetch,
		Close: func(ctx context.Context) error {
			err := errors.Join(archive.flush(ctx), remember(ctx, log, x.learned, s.Now()), rememberRun(ctx, log, known, read, s.Now()))
			if err == nil {
				err = log.Settle(ctx)
			}
			return err
		}}, nil
}

// ExtractOptions returns the options of a configured site's extractor. version
// is that of the program; m may be nil.
func ExtractOptions(s *configs.Site, m *extract.Memory, version string) extract.Options {
	return extract.Options{Site: s.Name, Language: s.Language, Timezone: s.Timezone, Rules: s.Rules, Memory: m, Version: "pressmark " + version}
}
