package crawler

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"sync"
	"time"

	"pressmark/configs"
	"pressmark/crawler/robots"
	"pressmark/extract/article"
	"pressmark/extract/weburl"
	"pressmark/storage"
	"pressmark/storage/ledger"
)

// robotsCopies keeps the copies of robots.txt that come into force, so that
// they are stored with the sites that they were obeyed for.
type robotsCopies struct {
	now   func() time.Time
	gate  *robots.Gate // knows those of earlier runs, too
	mu    sync.Mutex
	byURL map[string][]robots.Copy // in the order in which they came into force
}

// SaveRobots implements robots.Saver.
func (c *robotsCopies) SaveRobots(copy robots.Copy) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byURL == nil {
		c.byURL = map[string][]robots.Copy{}
	}
	at := copy.Origin + "/robots.txt"
	c.byURL[at] = append(c.byURL[at], copy)
}

// of returns the copies that apply to a site's run: those of its hosts, and of
// other hosts that its redirects and images led to.
func (c *robotsCopies) of(site *configs.Site, asked map[string]bool) map[string][]robots.Copy {
	copies := map[string][]robots.Copy{}
	c.mu.Lock()
	for at, list := range c.byURL {
		if asked[at] || site.HasHost(weburl.HostOf(at)) {
			copies[at] = list
		}
	}
	c.mu.Unlock()
	for at := range asked {
		if copies[at] == nil { // it may be known from the archive of another site
			copies[at] = c.inForce(at)
		}
	}
	return copies
}

func (c *robotsCopies) inForce(at string) []robots.Copy {
	u, err := url.Parse(at)
	if err != nil {
		return nil
	}
	copy, ok := c.gate.Copy(u, "")
	if !ok {
		return nil
	}
	return []robots.Copy{copy}
}

// robotsEvery is how often an unchanged robots.txt is recorded: often enough
// that a crawl every few minutes need not ask for it each time.
const robotsEvery = 12 * time.Hour

// siteArchive is a site's archive as its run uses it: the log, with which the
// copies of robots.txt that the run obeyed are stored. It implements Archive.
type siteArchive struct {
	*storage.Log
	site   *configs.Site
	robots *robotsCopies
	asked  origins // of the URLs that the run asked for

	heldBack []ledger.Record // of a site without a log; batches are committed one by one
}

// Asked implements Archive.
func (s *siteArchive) Asked(url string) { s.asked.add(url) }

// Commit implements Archive. A site without a log gets one with the first answer of a
// server: what was noted before is held back until then, so that a mistyped host leaves
// nothing in the archive.
func (s *siteArchive) Commit(ctx context.Context, b ledger.Batch) error {
	objects, records := s.newCopies()
	b.Robots, b.Records = append(b.Robots, objects...), append(records, b.Records...)
	if s.Next() == 1 && unanswered(&b) {
		s.heldBack = append(s.heldBack, b.Records...)
		return nil
	}
	b.Records = append(s.heldBack, b.Records...)
	s.heldBack = nil
	return s.Log.Commit(ctx, b)
}

// unanswered reports whether no server has answered for what a batch holds.
func unanswered(b *ledger.Batch) bool {
	if len(b.Robots)+len(b.Articles)+len(b.Captures) > 0 {
		return false
	}
	return !slices.ContainsFunc(b.Records, func(r ledger.Record) bool {
		return r.Status != 0 || r.Outcome != ledger.Failed && r.Outcome != ledger.Queued
	})
}

// flush commits the copies of robots.txt of a run that had no other news, so
// that the next runs need not ask for them again.
func (s *siteArchive) flush(ctx context.Context) error {
	objects, records := s.newCopies()
	if ctx.Err() != nil || len(records) == 0 {
		return nil
	}
	return s.Log.Commit(ctx, storage.Batch{Robots: objects, Records: records})
}

// newCopies returns the copies that the archive does not have yet, as objects
// and records.
func (s *siteArchive) newCopies() ([]storage.Object, []ledger.Record) {
	copies := s.robots.of(s.site, s.asked.all())
	var objects []storage.Object
	var records []ledger.Record
	for _, at := range slices.Sorted(maps.Keys(copies)) {
		for _, copy := range copies[at] {
			if s.recorded(at, copy) {
				continue
			}
			rec := ledger.Record{Time: copy.Fetched.UTC().Truncate(time.Millisecond), URL: at, ID: article.ID(at), Kind: ledger.KindRobots,
				Outcome: ledger.Skipped, Reason: ledger.ReasonNoRobots}
			if copy.SHA256 != "" {
				key := s.RobotsKey(copy.SHA256)
				objects = append(objects, storage.Object{Key: key, Body: copy.Body, MediaType: storage.TypeText})
				rec.Outcome, rec.Reason, rec.Article, rec.Digest = ledger.Archived, "", key, copy.SHA256
			}
			records = append(records, rec)
		}
	}
	return objects, records
}

// recorded reports whether the log has a copy already. A record of a
// run whose clock was ahead does not count.
func (s *siteArchive) recorded(at string, copy robots.Copy) bool {
	rec, known := s.Lookup(at)
	if !known || rec.Time.After(s.robots.now()) {
		return false
	}
	return rec.Digest == copy.SHA256 && copy.Fetched.Sub(rec.Time) < robotsEvery || copy.Fetched.Before(rec.Time)
}

// origins are the addresses of the robots.txt of what was asked for. The zero
// value is an empty set; it is safe for concurrent use.
type origins struct {
	mu  sync.Mutex
	set map[string]bool
}

func (o *origins) add(page string) {
	u, err := url.Parse(page)
	if err != nil {
		return
	}
	at := robots.Origin(u) + "/robots.txt"
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.set == nil {
		o.set = map[string]bool{}
	}
	o.set[at] = true
}

func (o *origins) all() map[string]bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return maps.Clone(o.set)
}
