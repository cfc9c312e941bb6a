package main

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"sync"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/pace"
	"pressmark/crawler/robots"
	"pressmark/extract/article"
	"pressmark/extract/weburl"
	"pressmark/storage"
	"pressmark/storage/ledger"
)

type networkOptions struct {
	AllowPrivate bool
	Delay        time.Duration // floor of the spacing; 0 with DelaySet means none
	DelaySet     bool
	Contact      string
	Logger       *slog.Logger
	Now          func() time.Time
}

// network is the way to the web that all sites of a run share: one pace and
// one robots.txt a host.
type network struct {
	client *fetch.Client
	pacer  *pace.Pacer
	robots *robotsCopies
}

func newNetwork(o networkOptions) *network {
	contact := o.Contact
	if contact == "" {
		contact = os.Getenv("PRESSMARK_CONTACT")
	}
	if contact == "" && !o.AllowPrivate && o.Logger != nil {
		o.Logger.Warn("no contact: site owners cannot reach you; give --contact URL-or-mail or set PRESSMARK_CONTACT")
	}
	floor := o.Delay
	if o.DelaySet && floor == 0 {
		floor = -1
	}
	pacer := pace.New(pace.Options{Floor: floor})
	now := o.Now
	if now == nil {
		now = time.Now
	}
	copies := &robotsCopies{now: now}
	client := fetch.New(fetch.Options{Contact: contact, Version: version, Pacer: pacer, AllowPrivate: o.AllowPrivate, Now: o.Now,
		Robots: robots.Options{Saver: copies, SaveAbsence: true}})
	copies.gate = client.Gate()
	return &network{client: client, pacer: pacer, robots: copies}
}

func (n *network) close() { n.client.Close() }

// ready tells the frontier when a host may be asked. A parked host is asked at
// once: the request fails without leaving the machine, and its page is left
// for a later run instead of keeping this one waiting for hours.
func (n *network) ready(host string) time.Time {
	if n.pacer.Parked(host) != nil {
		return time.Time{}
	}
	return n.pacer.Ready(host)
}

// sitemaps are those that the robots.txt of a page's host names.
func (n *network) sitemaps(page string, allowed []string) []string {
	u, err := url.Parse(page)
	if err != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	found, err := n.client.Sitemaps(ctx, fetch.Request{URL: page, AllowHosts: allowed})
	if err != nil {
		return nil // a robots.txt that cannot be had names none
	}
	var out []string
	for _, raw := range found {
		if m, err := weburl.Resolve(u, raw); err == nil {
			out = append(out, m)
		}
	}
	return out
}

// robotsCopies keeps the copies of robots.txt that come into force, so that
// they are stored with the sites that they were obeyed for.
type robotsCopies struct {
	now   func() time.Time
	gate  *robots.Gate // knows those of earlier runs, too
	mu    sync.Mutex
	byURL map[string][]robots.Copy // in the order in which they came into force
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
				Outcome: ledger.Skipped, Reason: crawler.ReasonNoRobots}
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

// seed gives the gate the copies of earlier runs, and the pacer when they asked
// each host last and the rests that hosts asked for and that are not over: a
// crawl every few minutes must not forget a Crawl-delay or a Retry-After of hours.
func (n *network) seed(ctx context.Context, s *siteArchive, now time.Time) {
	var known []ledger.Record
	rests, asked := map[string]time.Time{}, map[string]time.Time{}
	s.Records(func(rec ledger.Record) bool {
		if rec.Kind == ledger.KindRobots {
			known = append(known, rec)
		}
		if at := crawler.RestUntil(rec); at.After(now) && !crawler.Ahead(rec, now) {
			keepLatest(rests, rec.URL, at)
		}
		keepLatest(asked, rec.URL, crawler.AskedAt(rec))
		return true
	})
	for host, at := range asked {
		n.pacer.Asked(paceHost(host), now.Sub(at))
	}
	for host, at := range rests {
		n.pacer.Report(paceHost(host), pace.Outcome{Status: http.StatusTooManyRequests, RetryAfter: at.Sub(now)})
	}
	for _, rec := range known {
		var body []byte
		if rec.Outcome == ledger.Archived {
			var err error
			if body, _, err = storage.ReadObject(ctx, s.archive.store, rec.Article); err != nil {
				continue // it is fetched anew
			}
		}
		delay := n.client.Gate().Seed(robots.Copy{Origin: rec.URL[:len(rec.URL)-len("/robots.txt")], Body: body, SHA256: rec.Digest, Fetched: rec.Time})
		if delay > 0 { // https may have one, and http no robots.txt
			n.pacer.SetCrawlDelay(paceHost(weburl.HostOf(rec.URL)), delay)
		}
	}
}

// keepLatest keeps the latest time of each host. The log has many URLs of a few
// hosts, so that the hosts are not brought into the pacer's form here.
func keepLatest(hosts map[string]time.Time, url string, at time.Time) {
	if host := weburl.HostOf(url); at.After(hosts[host]) {
		hosts[host] = at
	}
}

// paceHost is the name under which the pacer knows a host of the log.
func paceHost(host string) string { return pace.Host(&url.URL{Host: host}) }
