package simulator

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"pressmark/crawler/testweb/newsroom"
)

// Options describe a simulation. Set Sites or Demo; the zero value of every
// other field works.
type Options struct {
	Seed    uint64
	Sites   int  // generated sites, in the three layouts in turn
	Demo    bool // the newsroom's three sites too
	Days    int  // for which changes are planned; 0: 7
	PerDay  int  // stories that each generated site publishes a day; 0: 4
	Backlog int  // stories that each generated site has at the start; 0: 6

	// Quiet is the part of every hour, counted from the start, in which nothing
	// changes, so that an hourly crawl has one truth; 0: half an hour.
	Quiet  time.Duration
	Faults []Fault

	// Start is the first moment of the simulation; zero: what Clock says, or
	// 2024-05-06 00:00 UTC without one.
	Start time.Time
	// Clock gives the simulation's time; nil: SetNow does.
	Clock func() time.Time
	// Delay is the Crawl-delay of every robots.txt; 0 or less: none.
	Delay time.Duration
	// NoValidators: see newsroom.SiteOptions.
	NoValidators bool
}

// Simulator is a running simulation. All methods may be called concurrently.
type Simulator struct {
	start  time.Time
	clock  func() time.Time
	plans  []blueprint
	sites  []*newsroom.Site
	byHost map[string]int
	clocks []*atomic.Int64 // each site's time in Unix nanoseconds
	faults *faultSet
	net    *network

	mu     sync.Mutex
	now    time.Time
	played []int // changes of each site that were applied
	stop   []func() error
	stats  Stats
}

// Stats count what the simulator was asked.
type Stats struct {
	Requests   int
	NotChanged int            // answered 304
	ByHost     map[string]int // requests
	Faults     map[Kind]int   // faults and traps that were met
	Private    int            // requests for what robots.txt disallows
}

// New makes a simulation. Nothing runs before [Simulator.Start] or
// [Simulator.Listen] is called.
func New(o Options) (*Simulator, error) {
	s := &Simulator{start: o.Start, clock: o.Clock, byHost: map[string]int{}, net: newNetwork()}
	if s.start.IsZero() && s.clock != nil {
		s.start = s.clock()
	}
	if s.start.IsZero() {
		s.start = time.Date(2024, time.May, 6, 0, 0, 0, 0, time.UTC)
	}
	s.now = s.start
	setDefault(&o.Days, 7)
	setDefault(&o.PerDay, 4)
	setDefault(&o.Backlog, 6)
	if o.Quiet <= 0 || o.Quiet >= time.Hour {
		o.Quiet = 30 * time.Minute
	}
	if o.Delay == 0 {
		o.Delay = -1
	}
	s.faults = newFaultSet(o.Seed, o.Faults)
	if err := s.makeSites(planner{o: o, start: s.start, album: newsroom.NewAlbum()}); err != nil {
		return nil, fmt.Errorf("make simulation: %w", err)
	}
	s.stats = Stats{ByHost: map[string]int{}, Faults: map[Kind]int{}}
	return s, nil
}

func setDefault(v *int, standard int) {
	if *v <= 0 {
		*v = standard
	}
}

func (s *Simulator) makeSites(p planner) error {
	if p.o.Demo {
		for i, layout := range []newsroom.Layout{newsroom.Client, newsroom.Portal, newsroom.County} {
			b, err := p.demo(i, "demo-"+string(layout), layout)
			if err != nil {
				return err
			}
			s.plans = append(s.plans, b)
		}
	}
	for i := range p.o.Sites {
		s.plans = append(s.plans, p.site(i))
	}
	for i := range s.plans {
		clock := new(atomic.Int64)
		clock.Store(s.start.UnixNano())
		site, err := s.plans[i].build(func() time.Time { return time.Unix(0, clock.Load()) })
		if err != nil {
			return err
		}
		host := s.plans[i].name + ".test"
		site.SetURL("http://" + host)
		s.sites, s.clocks, s.played = append(s.sites, site), append(s.clocks, clock), append(s.played, 0)
		s.byHost[host] = i
	}
	return nil
}

// StartTime is when the simulation begins.
func (s *Simulator) StartTime() time.Time { return s.start }

// SetNow moves the time of a simulation without a clock, and applies the
// changes up to it. Time does not go back: an earlier t changes nothing.
func (s *Simulator) SetNow(t time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t.After(s.now) {
		s.now = t
	}
	return s.advance()
}

// advance applies the changes that are due. The lock is held.
func (s *Simulator) advance() error {
	if s.clock != nil {
		s.now = s.clock()
	}
	for i, plan := range s.plans {
		for s.played[i] < len(plan.changes) && !plan.changes[s.played[i]].at.After(s.now) {
			c := plan.changes[s.played[i]]
			s.clocks[i].Store(c.at.UnixNano())
			if err := c.apply(s.sites[i]); err != nil {
				return fmt.Errorf("change story %s of %s: %w", c.story, plan.name, err)
			}
			s.played[i]++
		}
		s.clocks[i].Store(s.now.UnixNano())
	}
	return nil
}

// Site is one site of the simulation.
type Site struct {
	Name    string // for configurations
	Host    string // "site00.test", or "127.0.0.1:port" after Listen
	URL     string // of the front page, with the slash at the end
	Feed    string // URL; "" where there is none
	Sitemap string // URL; "" where there is none
	Layout  newsroom.Layout
}

// Sites lists the sites.
func (s *Simulator) Sites() []Site {
	var out []Site
	for i, site := range s.sites {
		x := Site{Name: s.plans[i].name, URL: site.URL() + "/", Layout: s.plans[i].layout}
		x.Host = strings.TrimPrefix(site.URL(), "http://")
		if x.Layout == newsroom.County {
			x.Feed, x.Sitemap = site.URL()+"/feed.xml", site.URL()+"/sitemap.xml"
		}
		out = append(out, x)
	}
	return out
}

// Stats returns the counts so far.
func (s *Simulator) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.stats
	out.ByHost, out.Faults = maps.Clone(s.stats.ByHost), maps.Clone(s.stats.Faults)
	return out
}

// Handler answers for all sites by the Host header.
func (s *Simulator) Handler() http.Handler { return http.HandlerFunc(s.serve) }

func (s *Simulator) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	err := s.advance()
	now := s.now
	i, known := s.byHost[r.Host]
	s.stats.Requests++
	s.stats.ByHost[r.Host]++
	if strings.HasPrefix(r.URL.Path, "/private/") {
		s.stats.Private++
	}
	s.mu.Unlock()
	switch {
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	case !known:
		http.Error(w, "no such host", http.StatusMisdirectedRequest)
		return
	}
	site := s.sites[i]
	site.Forget() // the statistics count for all; a week's log would only grow
	s.faults.serve(w, r, now, site, s.countFault, s.count304)
}

func (s *Simulator) countFault(kind Kind) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.Faults[kind]++
}

func (s *Simulator) count304(status int) {
	if status == http.StatusNotModified {
		s.mu.Lock()
		s.stats.NotChanged++
		s.mu.Unlock()
	}
}

// Start serves the connections that Dial opens, until ctx ends or Close is called.
func (s *Simulator) Start(ctx context.Context) {
	s.runServer(s.net)
	context.AfterFunc(ctx, func() { s.Close() })
}

// runServer serves one listener until Close.
func (s *Simulator) runServer(l net.Listener) {
	server := &http.Server{Handler: s.Handler()}
	var done sync.WaitGroup
	done.Go(func() { server.Serve(l) }) // ends with http.ErrServerClosed
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stop = append(s.stop, func() error {
		err := server.Close()
		done.Wait()
		return err
	})
}

// Listen serves every site on a port of 127.0.0.1 until ctx ends or Close is
// called. The sites' addresses, and with them the truth's, change to those.
func (s *Simulator) Listen(ctx context.Context) error {
	var lc net.ListenConfig
	for _, site := range s.sites {
		l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
		if err != nil {
			return errors.Join(fmt.Errorf("listen for %s: %w", site.Name(), err), s.Close())
		}
		s.mu.Lock()
		host := strings.TrimPrefix(site.URL(), "http://")
		s.byHost[l.Addr().String()] = s.byHost[host]
		delete(s.byHost, host)
		s.mu.Unlock()
		site.SetURL("http://" + l.Addr().String())
		s.runServer(l)
	}
	context.AfterFunc(ctx, func() { s.Close() })
	return nil
}

// Close ends the servers and waits for them.
func (s *Simulator) Close() error {
	s.mu.Lock()
	stop := s.stop
	s.stop = nil
	s.mu.Unlock()
	s.faults.release()
	var errs []error
	for _, f := range stop {
		errs = append(errs, f())
	}
	return errors.Join(errs...)
}

// Dial opens a connection in memory to a simulated host, for the crawler's
// dialer. Its remote address is the one that Resolve gives, or the address
// itself where that is an IP address: an address guard judges both as it would
// judge real ones. Private addresses are answered by the simulator too, so
// that a crawler without a guard shows.
func (s *Simulator) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("dial %s: %w", address, err)
	}
	addrs, err := s.Resolve(ctx, host)
	if err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Err: err}
	}
	return s.net.dial(ctx, netip.AddrPortFrom(addrs[0], 80))
}

// Resolve gives each host an address. Generated hosts have public ones that
// are never really dialled; names below "private.test" are private:
// "10-0-0-1.private.test" is 10.0.0.1. IP addresses stand for themselves.
func (s *Simulator) Resolve(_ context.Context, host string) ([]netip.Addr, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{addr}, nil
	}
	if label, ok := strings.CutSuffix(host, ".private.test"); ok {
		if addr, err := netip.ParseAddr(strings.ReplaceAll(label, "-", ".")); err == nil {
			return []netip.Addr{addr}, nil
		}
	}
	s.mu.Lock()
	i, ok := s.byHost[host]
	s.mu.Unlock()
	if !ok {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return []netip.Addr{netip.AddrFrom4([4]byte{45, 33, byte(i >> 8), byte(i)})}, nil
}
