package crawler

import (
	"context"
	"fmt"
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
	"pressmark/storage/warc"
)

// robotsCopies keeps the copies of robots.txt that come into force, so that
// they are stored with the sites that they were obeyed for.
type robotsCopies struct {
	now   func() time.Time
	gate  *robots.Gate // knows those of earlier runs, too
	mu    sync.Mutex
	byURL map[string][]robots.Copy // in the order in which they came into force; of the last copiesKept
	swept time.Time                // when old copies were last dropped
}

// SaveRobots implements robots.Saver.
func (c *robotsCopies) SaveRobots(copy robots.Copy) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byURL == nil {
		c.byURL = map[string][]robots.Copy{}
	}
	c.forget(c.now())
	at := copy.Origin + "/robots.txt"
	c.byURL[at] = append(c.byURL[at], copy)
}

// copiesKept is how long a copy is kept for the runs that obeyed it. A run stores the
// copies with its next batch, so that a week is ample. An older copy that is still in
// force, because its host fails, is in the gate. Without a limit, the copies of a
// process that runs for years would fill its memory.
const copiesKept = 7 * 24 * time.Hour

// sweepEvery is the time between two looks for copies to drop.
const sweepEvery = time.Hour

// forget drops the copies that are older than copiesKept; c.mu is held. The lists are
// not changed in place, because a run may be reading them.
func (c *robotsCopies) forget(now time.Time) {
	if since := now.Sub(c.swept); since >= 0 && since < sweepEvery {
		return
	}
	c.swept = now
	old := func(x robots.Copy) bool { return now.Sub(x.Fetched) > copiesKept }
	for at, list := range c.byURL {
		if kept := slices.DeleteFunc(slices.Clone(list), old); len(kept) > 0 {
			c.byURL[at] = kept
		} else {
			delete(c.byURL, at)
		}
	}
}

// of returns the copies that apply to a site's run: those of the site's hosts, and
// of other hosts that the run asked through redirects and images.
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

// robotsEvery is the interval at which an unchanged robots.txt is recorded: often
// enough that frequent crawls need not fetch it each time.
const robotsEvery = 12 * time.Hour

// siteArchive is a site's archive as its run uses it: the log, with which the
// copies of robots.txt that the run obeyed are stored. It implements Archive.
type siteArchive struct {
	*storage.Log
	site   *configs.Site
	robots *robotsCopies
	asked  origins // of the URLs that the run asked for

	named    bool                                     // somebody named the site's URLs for this run
	heldBack []ledger.Record                          // of a site without a log; batches are committed one by one
	captures func(file string) (CaptureWriter, error) // nil: captures are off
}

// Asked implements Archive.
func (s *siteArchive) Asked(url string) { s.asked.add(url) }

// Commit implements Archive. A site that is not configured gets a log with the first
// response of a server. Until then its records are held back, so that a mistyped
// host leaves nothing in the archive. The records of a configured site, such as the
// time of the next try, are committed from the first run on.
func (s *siteArchive) Commit(ctx context.Context, b ledger.Batch) error {
	copies, err := s.newCopies()
	if err != nil {
		return err
	}
	b.Robots, b.Records = append(b.Robots, copies.Robots...), append(copies.Records, b.Records...)
	b.Captures = append(b.Captures, copies.Captures...)
	if s.named && s.Next() == 1 && unanswered(&b) {
		s.heldBack = append(s.heldBack, b.Records...)
		return nil
	}
	b.Records = append(s.heldBack, b.Records...)
	s.heldBack = nil
	return s.Log.Commit(ctx, b)
}

// unanswered reports whether the records of a batch come from no response of a
// server.
func unanswered(b *ledger.Batch) bool {
	if len(b.Robots)+len(b.Articles)+len(b.Captures) > 0 {
		return false
	}
	return !slices.ContainsFunc(b.Records, func(r ledger.Record) bool {
		return r.Status != 0 || r.Outcome != ledger.Failed && r.Outcome != ledger.Queued
	})
}

// flush commits the copies of robots.txt of a run without other news, so that the
// next runs need not fetch them again.
func (s *siteArchive) flush(ctx context.Context) error {
	if ctx.Err() != nil {
		return nil
	}
	copies, err := s.newCopies()
	if err != nil {
		return err
	}
	return s.Log.Commit(ctx, copies)
}

// newCopies returns the copies that the archive does not have yet, as a batch: each
// copy, its record, and for a changed copy the exchange that brought it. The
// exchanges go to a capture file of their own, because the visit closes its batches
// at other times.
func (s *siteArchive) newCopies() (b storage.Batch, err error) {
	copies := s.robots.of(s.site, s.asked.all())
	file := robotsCapture{open: s.captures}
	for _, at := range slices.Sorted(maps.Keys(copies)) {
		last, _ := s.Lookup(at)
		for _, copy := range copies[at] {
			if s.recorded(at, copy) {
				continue
			}
			rec := ledger.Record{Time: copy.Fetched.UTC().Truncate(time.Millisecond), URL: at, ID: article.ID(at), Kind: ledger.KindRobots,
				Outcome: ledger.Skipped, Reason: ledger.ReasonNoRobots}
			if copy.SHA256 != "" {
				key := s.RobotsKey(copy.SHA256)
				b.Robots = append(b.Robots, storage.Object{Key: key, Body: copy.Body, MediaType: storage.TypeText})
				rec.Outcome, rec.Reason, rec.Article, rec.Digest = ledger.Archived, "", key, copy.SHA256
			}
			changed := rec.Digest != last.Digest || rec.Outcome != last.Outcome
			if rec.Capture = last.Capture; changed || rec.Capture == "" && direct(copy.Exchanges) {
				if rec.Capture, err = file.add(s.Site(), copy); err != nil {
					return b, err
				}
			}
			b.Records, last = append(b.Records, rec), rec
		}
	}
	b.Captures, err = file.close()
	return b, err
}

// robotsCapture is the capture file of the copies that one batch adds.
type robotsCapture struct {
	open func(file string) (CaptureWriter, error) // nil: captures are off
	file CaptureWriter                            // nil until there is something to capture
	key  string
}

// add captures the exchanges that brought a copy, and returns the place of the last
// one. The place is "" if the exchanges were not recorded, or if a redirect led to
// another URL than a robots.txt. The exchange for that URL is not captured: readers
// of captures would take it for a page of the crawl.
func (c *robotsCapture) add(site string, copy robots.Copy) (place string, err error) {
	if c.open == nil {
		return "", nil
	}
	for i := range copy.Exchanges {
		x := &copy.Exchanges[i]
		if !isRobots(x.URL) {
			return "", nil
		}
		if c.file == nil {
			run := "robots-" + copy.Fetched.UTC().Format("20060102t150405.000z") + "-" + article.ID(copy.Origin + copy.SHA256)[:8]
			c.key = storage.WARCKey(site, run, 1)
			if c.file, err = c.open(c.key); err != nil {
				return "", fmt.Errorf("open capture of %s: %w", copy.Origin, err)
			}
		}
		at, err := c.file.Append(c.file.Prepare(x))
		if err != nil {
			return "", fmt.Errorf("capture %s: %w", x.URL, err)
		}
		place = ledger.Place{Key: c.key, Offset: at.Offset, Length: at.Length}.String()
	}
	return place, nil
}

func (c *robotsCapture) close() ([]ledger.Object, error) {
	if c.file == nil {
		return nil, nil
	}
	return c.file.Close()
}

// direct reports whether requests led from one robots.txt to another alone.
func direct(exchanges []warc.Exchange) bool {
	return !slices.ContainsFunc(exchanges, func(x warc.Exchange) bool { return !isRobots(x.URL) })
}

// isRobots reports whether a URL is that of a robots.txt.
func isRobots(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Path == "/robots.txt"
}

// recorded reports whether the log has a copy already. A record from a run whose
// clock was ahead does not count.
func (s *siteArchive) recorded(at string, copy robots.Copy) bool {
	rec, known := s.Lookup(at)
	if !known || rec.Time.After(s.robots.now()) {
		return false
	}
	return rec.Digest == copy.SHA256 && copy.Fetched.Sub(rec.Time) < robotsEvery || copy.Fetched.Before(rec.Time)
}

// origins is the set of robots.txt URLs that apply to the requested URLs. The zero
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
