package main

import (
	"maps"
	"net/url"
	"slices"
	"sync"
	"time"

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

// robotsEvery is how often an unchanged robots.txt is recorded: often enough
// that a crawl every few minutes need not ask for it each time.
const robotsEvery = 12 * time.Hour

// take returns the copies that a site's archive does not have yet, as objects and
// records: those of its hosts, and of others where its redirects and pictures led.
func (c *robotsCopies) take(s *siteArchive) ([]storage.Object, []ledger.Record) {
	asked := s.asked.all()
	copies := map[string][]robots.Copy{}
	c.mu.Lock()
	for at, list := range c.byURL {
		if asked[at] || s.site.HasHost(weburl.HostOf(at)) {
			copies[at] = list
		}
	}
	c.mu.Unlock()
	for at := range asked {
		if copies[at] == nil { // known from the archive of another site, perhaps
			copies[at] = c.inForce(at)
		}
	}
	var objects []storage.Object
	var records []ledger.Record
	for _, at := range slices.Sorted(maps.Keys(copies)) {
		for _, copy := range copies[at] {
			if c.recorded(s, at, copy) {
				continue
			}
			rec := ledger.Record{Time: copy.Fetched.UTC().Truncate(time.Millisecond), URL: at, ID: article.ID(at), Kind: ledger.KindRobots,
				Outcome: ledger.Skipped, Reason: ledger.ReasonNoRobots}
			if copy.SHA256 != "" {
				key := s.log.RobotsKey(copy.SHA256)
				objects = append(objects, storage.Object{Key: key, Body: copy.Body, MediaType: storage.TypeText})
				rec.Outcome, rec.Reason, rec.Article, rec.Digest = ledger.Archived, "", key, copy.SHA256
			}
			records = append(records, rec)
		}
	}
	return objects, records
}

// recorded tells whether a site's log need not be told of a copy. A record of a run
// whose clock was ahead says nothing of when.
func (c *robotsCopies) recorded(s *siteArchive, at string, copy robots.Copy) bool {
	rec, known := s.Lookup(at)
	if !known || rec.Time.After(c.now()) {
		return false
	}
	return rec.Digest == copy.SHA256 && copy.Fetched.Sub(rec.Time) < robotsEvery || copy.Fetched.Before(rec.Time)
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
