package crawler

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"sync"
	"time"

	"pressmark/configs"
	"pressmark/crawler/due"
	"pressmark/crawler/fetch"
	"pressmark/crawler/inflight"
	"pressmark/crawler/pace"
	"pressmark/crawler/proxy"
	"pressmark/crawler/robots"
	"pressmark/crawler/visit"
	"pressmark/extract/weburl"
	"pressmark/storage"
	"pressmark/storage/ledger"
)

// NetworkOptions set up a Network. The zero value works.
type NetworkOptions struct {
	AllowPrivate bool             // fetch from addresses that are not public
	Proxy        proxy.Setting    // of sites that have none of their own
	Delay        time.Duration    // least time between two requests to a host; 0: the default, or none with DelaySet
	DelaySet     bool             // Delay was asked for, even if it is 0
	Contact      string           // URL or mailto address in the User-Agent; "": $PRESSMARK_CONTACT
	Version      string           // of the program, in the User-Agent
	Memory       *inflight.Budget // of bodies in work; nil: no bound
	Logger       *slog.Logger     // nil: none
	Now          func() time.Time
	Lease        fetch.Lease                                                          // of hosts that other processes ask too; nil: there are none
	Asked        func(fetch.Asked)                                                    // called after each request, concurrently; nil: no call
	Dial         func(ctx context.Context, network, address string) (net.Conn, error) // nil: the system's
}

// Network is the way to the web that all sites of a run share: one pace and
// one robots.txt a host. Make one with NewNetwork.
type Network struct {
	client *fetch.Client
	pacer  *pace.Pacer
	robots *robotsCopies
	logger *slog.Logger // nil: none
	warned sync.Map     // proxies of which the log has the warning
}

// NewNetwork returns a Network. It warns if site owners get no contact.
func NewNetwork(o NetworkOptions) *Network {
	contact := o.Contact
	if contact == "" {
		contact = os.Getenv("PRESSMARK_CONTACT")
	}
	foreignSites := !o.AllowPrivate
	if contact == "" && foreignSites && o.Logger != nil {
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
	client := fetch.New(fetch.Options{Contact: contact, Version: o.Version, Pacer: pacer, AllowPrivate: o.AllowPrivate,
		Now: o.Now, Dial: o.Dial, Memory: o.Memory, Lease: o.Lease, Observe: o.Asked, Proxy: o.Proxy,
		Robots: robots.Options{Saver: copies, SaveAbsence: true}})
	copies.gate = client.Gate()
	n := &Network{client: client, pacer: pacer, robots: copies, logger: o.Logger}
	if !o.AllowPrivate {
		n.warnOf(o.Proxy)
	}
	return n
}

// warnOf says once of each proxy what the address guard cannot see behind it.
func (n *Network) warnOf(s proxy.Setting) {
	if _, told := n.warned.LoadOrStore(s.String(), true); told || s.ResolvesHere() || n.logger == nil {
		return
	}
	n.logger.Warn("names are resolved by the proxy: private addresses are refused only where a URL or redirect spells them out, and names that are local by their form; "+
		"let the proxy refuse its own network, or use socks5:// where it can be had", "proxy", s.String())
}

// accessOf is AccessOf, with a warning about the site's own proxy.
func (n *Network) accessOf(s *configs.Site) (*fetch.Access, error) {
	a, err := AccessOf(s)
	if err == nil && a != nil && a.Proxy != nil {
		n.warnOf(*a.Proxy)
	}
	return a, err
}

// Close closes idle connections.
func (n *Network) Close() { n.client.Close() }

// Options returns the options of a Crawler that uses this network.
func (n *Network) Options() Options {
	return Options{Fetcher: n.client, Ready: n.ready, Hosts: visit.Hosts{SetDelay: n.pacer.SetDelay, Spacing: n.pacer.Spacing, Sitemaps: n.sitemaps}}
}

// setDelay sets the spacing that a site's configuration asks for on one of its hosts.
func (n *Network) setDelay(host string, d time.Duration) { n.pacer.SetDelay(host, d) }

// Client makes single requests over the network.
func (n *Network) Client() *fetch.Client { return n.client }

// ready returns the time from which a host may be asked. A parked host is asked
// at once: the request fails without leaving the machine, and its page is left
// for a later run instead of keeping this one waiting for hours.
func (n *Network) ready(host string) time.Time {
	if n.pacer.Parked(host) != nil {
		return time.Time{}
	}
	return n.pacer.Ready(host)
}

// sitemaps returns the sitemaps that the robots.txt of a page's host names.
func (n *Network) sitemaps(page string, req fetch.Request) []string {
	u, err := url.Parse(page)
	if err != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	req.URL = page
	found, err := n.client.Sitemaps(ctx, req)
	if err != nil {
		return nil // a robots.txt that cannot be fetched names none
	}
	var out []string
	for _, raw := range found {
		if m, err := weburl.Resolve(u, raw); err == nil {
			out = append(out, m)
		}
	}
	return out
}

// seed restores the state of earlier runs. The gate gets their copies of robots.txt;
// the pacer gets the time of the last request to each host and the rests that are
// not over. Without it, a crawl every few minutes would ignore a Crawl-delay or a
// Retry-After of hours.
func (n *Network) seed(ctx context.Context, store storage.Store, log *storage.Log, now time.Time) {
	var known []ledger.Record
	rests, asked := map[string]time.Time{}, map[string]time.Time{}
	log.Records(func(rec ledger.Record) bool {
		if rec.Kind == ledger.KindRobots {
			known = append(known, rec)
		}
		if at := due.RestUntil(rec); at.After(now) && !due.Ahead(rec, now) {
			keepLatest(rests, rec.URL, at)
		}
		keepLatest(asked, rec.URL, due.AskedAt(rec))
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
			if body, _, err = storage.ReadObject(ctx, store, rec.Article); err != nil {
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
