// Package audit reports what was asked of one host, when, and under which robots.txt,
// delay and Retry-After: a page that an operator can send to the host's owner. All of it
// is read from the logs and captures of an archive.
package audit

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"pressmark/crawler/pace"
	"pressmark/crawler/robots"
	"pressmark/extract/weburl"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// Options of an Audit. Host is required.
type Options struct {
	Host  string    // "www.example.com", with a port unless it is the scheme's own
	Since time.Time // earlier requests are left out; zero: none
	Now   time.Time
	Least time.Duration // shortest interval where the host asks for none; 0: any
}

// Audit collects what concerns one host. Make one with New, give it all records and
// captures of the sites, and call Report.
type Audit struct {
	o        Options
	sites    map[string]bool
	requests []request
	agents   map[string]int
	held     map[string]int
	robots   map[string][]ledger.Record // by origin
	bytes    int64
}

// request is a captured request.
type request struct {
	Request
	exact bool          // Start has parts of a second
	wait  time.Duration // Retry-After
}

// New returns an Audit without records.
func New(o Options) *Audit {
	return &Audit{o: o, sites: map[string]bool{}, agents: map[string]int{}, held: map[string]int{}, robots: map[string][]ledger.Record{}}
}

// notAsked are the reasons of pages for which no request was sent.
var notAsked = []string{robots.Disallowed, "robots_unreachable", "private_address", "host_parked"}

// Record takes in a record of a site's log, in the order of the log.
func (a *Audit) Record(site string, r ledger.Record) {
	if !a.of(r.URL) {
		return
	}
	switch {
	case r.Kind == ledger.KindRobots:
		a.sites[site] = true
		origin := strings.TrimSuffix(r.URL, "/robots.txt")
		a.robots[origin] = append(a.robots[origin], r)
	case r.Time.Before(a.o.Since):
	case slices.Contains(notAsked, r.Reason):
		a.sites[site] = true
		a.held[r.Reason]++
	}
}

// of reports whether an address is one of the host.
func (a *Audit) of(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Host == a.o.Host || weburl.HostOf(address) == a.o.Host)
}

// Capture takes in a record of a site's captures, in the order of the file.
func (a *Audit) Capture(site string, r *warc.Record) {
	if !a.of(r.URL()) {
		return
	}
	switch r.Type() {
	case "request":
		a.request(r)
	case "response", "revisit":
		a.response(site, r)
	}
}

// request takes the User-Agent and the exact start from a request record.
func (a *Audit) request(r *warc.Record) {
	fields, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(r.Block)))
	if err != nil {
		return
	}
	if start, exact := r.Started(); !start.Before(a.o.Since) {
		a.agents[fields.UserAgent()]++
		for i := len(a.requests) - 1; i >= 0 && i >= len(a.requests)-2; i-- { // its response stands before it
			if a.requests[i].URL == r.URL() && a.requests[i].Start.Equal(start.Truncate(time.Second)) {
				a.requests[i].Start, a.requests[i].exact = start, exact
				return
			}
		}
	}
}

func (a *Audit) response(site string, r *warc.Record) {
	resp, err := r.Response()
	if errors.Is(err, warc.ErrNotHTTP) || r.Date().Before(a.o.Since) { // after other errors all but the body is there
		return
	}
	a.sites[site] = true
	a.bytes += int64(len(r.Block))
	req := request{Request: Request{URL: r.URL(), Start: r.Date().UTC(), Status: resp.Status}}
	if resp.Status >= 300 {
		req.wait = pace.RetryAfter(resp.Header, r.Date())
	}
	a.requests = append(a.requests, req)
}

// Report returns the report. text returns a copy of robots.txt by its key.
func (a *Audit) Report(text func(key string) ([]byte, error)) (Report, error) {
	slices.SortStableFunc(a.requests, func(x, y request) int { return x.Start.Compare(y.Start) })
	r := Report{Host: a.o.Host, Made: a.o.Now.UTC(), Since: a.o.Since, Sites: slices.Sorted(maps.Keys(a.sites)), UserAgents: counts(a.agents),
		Requests: len(a.requests), Bytes: a.bytes, Held: counts(a.held), Forbidden: []Request{}, Waits: []Wait{}, Robots: []Robots{}, Pace: []Pace{}}
	if n := len(a.requests); n > 0 {
		r.First, r.Last = a.requests[0].Start, a.requests[n-1].Start
	}
	statuses, days := map[string]int{}, map[string]int{}
	for i := range a.requests {
		statuses[strconv.Itoa(a.requests[i].Status)]++
		days[a.requests[i].Start.Format(time.DateOnly)]++
	}
	r.Statuses, r.Days = counts(statuses), counts(days)
	slices.SortFunc(r.Days, func(x, y Count) int { return cmp.Compare(x.Name, y.Name) })
	rules, err := a.inForce(&r, text)
	if err != nil {
		return r, err
	}
	a.judge(&r, rules)
	a.waits(&r)
	return r, nil
}

// files are the robots.txt of the host in the order in which they came into force.
type files []file

type file struct {
	Robots
	rules robots.Rules
}

// at returns the file that was in force for an address; nil if none is known.
func (f files) at(address string, when time.Time) (found *file) {
	for i := range f {
		if strings.HasPrefix(address, f[i].Origin+"/") && (found == nil || !f[i].From.After(when)) {
			found = &f[i]
		}
	}
	return found
}

// inForce lists the robots.txt of the host. Equal copies one after the other are one.
func (a *Audit) inForce(r *Report, text func(key string) ([]byte, error)) (files, error) {
	var all files
	for _, origin := range slices.Sorted(maps.Keys(a.robots)) {
		list := a.robots[origin]
		slices.SortStableFunc(list, func(x, y ledger.Record) int { return x.Time.Compare(y.Time) })
		for i, rec := range list {
			if n := len(all) - 1; i > 0 && all[n].SHA256 == rec.Digest {
				all[n].Until = rec.Time
				continue
			}
			if n := len(all) - 1; i > 0 {
				all[n].Until = rec.Time
			}
			f := file{Robots: Robots{Origin: origin, From: rec.Time, Until: rec.Time, SHA256: rec.Digest, Key: rec.Article, Capture: rec.Capture}}
			if rec.Article != "" {
				body, err := text(rec.Article)
				if err != nil {
					return nil, fmt.Errorf("robots.txt of %s: %w", origin, err)
				}
				f.rules = robots.RulesOf(body, "pressmark")
				f.Delay, f.Text = f.rules.Delay(), beginning(body)
			}
			all = append(all, f)
		}
	}
	for i := range all {
		if all[i].Until.After(a.o.Since) || all[i].Until.Equal(all[i].From) {
			r.Robots = append(r.Robots, all[i].Robots)
		}
	}
	return all, nil
}

// beginning is what of a robots.txt is shown.
func beginning(body []byte) string {
	const most = 4 << 10
	return strings.ToValidUTF8(string(body[:min(len(body), most)]), "\uFFFD")
}

// judge looks at each request: whether robots.txt allowed it, and how long after the one
// before it was sent.
func (a *Audit) judge(r *Report, rules files) {
	spans := map[time.Duration][]time.Duration{}
	shorter, source := map[time.Duration][]Interval{}, map[time.Duration]string{}
	for i := range a.requests {
		req := &a.requests[i]
		required, why := a.o.Least, "the program's own"
		if f := rules.at(req.URL, req.Start); f != nil {
			if ok, rule := f.rules.Test(target(req.URL)); !ok {
				req.Rule = rule
				r.Forbidden = append(r.Forbidden, req.Request)
			}
			if f.Delay >= required {
				required, why = f.Delay, "Crawl-delay of "+f.Origin+"/robots.txt"
			}
		}
		if i == 0 {
			continue
		}
		before := &a.requests[i-1]
		if isRobots(req.URL) || isRobots(before.URL) {
			continue // the first request of all learns the delay
		}
		d := req.Start.Sub(before.Start)
		spans[required], source[required] = append(spans[required], d), why
		precision := time.Duration(0)
		if !req.exact || !before.exact {
			precision = time.Second
		}
		if d+precision+10*time.Millisecond < required { // clocks are read some milliseconds apart
			shorter[required] = append(shorter[required], Interval{before.Request, req.Request, d})
		}
	}
	for _, required := range slices.Sorted(maps.Keys(spans)) {
		list := spans[required]
		slices.Sort(list)
		r.Pace = append(r.Pace, Pace{Required: required, Source: source[required], Intervals: len(list), Shortest: list[0], Median: list[len(list)/2],
			Shorter: append([]Interval{}, shorter[required]...)})
	}
}

// waits looks at what came after each Retry-After.
func (a *Audit) waits(r *Report) {
	for i := range a.requests {
		req := &a.requests[i]
		if req.wait <= 0 {
			continue
		}
		w := Wait{Request: req.Request, Asked: req.wait, Kept: true}
		if i+1 < len(a.requests) {
			w.Next = a.requests[i+1].Start
			end := req.Start.Add(req.wait)
			precision := time.Second
			if req.exact && a.requests[i+1].exact {
				precision = 10 * time.Millisecond
			}
			if w.Next.Add(precision).Before(end) {
				w.Kept, w.Early = false, end.Sub(w.Next)
			}
		}
		r.Waits = append(r.Waits, w)
	}
}

// target is a URL's path and query, as they are sent.
func target(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "/"
	}
	return u.RequestURI()
}

func isRobots(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Path == "/robots.txt"
}

// counts returns numbers, the largest first.
func counts(m map[string]int) []Count {
	list := []Count{}
	for name, n := range m {
		list = append(list, Count{name, n})
	}
	slices.SortFunc(list, func(x, y Count) int { return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Name, y.Name)) })
	return list
}
