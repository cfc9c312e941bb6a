package main

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/pace"
	"pressmark/crawler/robots"
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
