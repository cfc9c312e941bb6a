package newsroom

import (
	"strings"
	"sync"
	"time"
)

// Request is one request that a site got.
type Request struct {
	At        time.Time // when it came, by the real clock, monotonic
	Method    string
	Path      string // with the query
	UserAgent string
	Status    int
	Inflight  int // requests in work when this one came, itself included
}

// requestLog keeps the requests of one site in the order in which they came.
type requestLog struct {
	mu       sync.Mutex
	requests []Request
	inflight int
}

// begin notes a request and returns its place in the log.
func (l *requestLog) begin(r Request) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inflight++
	r.At, r.Inflight = time.Now(), l.inflight
	l.requests = append(l.requests, r)
	return len(l.requests) - 1
}

func (l *requestLog) end(place, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inflight--
	if place < len(l.requests) { // not forgotten meanwhile
		l.requests[place].Status = status
	}
}

// Requests returns the site's requests since the start or the last
// [Site.Forget], in the order in which they came.
func (s *Site) Requests() []Request {
	s.record.mu.Lock()
	defer s.record.mu.Unlock()
	return append([]Request(nil), s.record.requests...)
}

// Forget empties the request log.
func (s *Site) Forget() {
	s.record.mu.Lock()
	defer s.record.mu.Unlock()
	s.record.requests = nil
}

// Violations returns the requests for what robots.txt disallows.
func (s *Site) Violations() []Request {
	var out []Request
	for _, r := range s.Requests() {
		if strings.HasPrefix(r.Path, "/private/") {
			out = append(out, r)
		}
	}
	return out
}

// MinSpacing returns the shortest time between the arrivals of two requests,
// and 0 for fewer than two. Arrivals jitter by what the loopback needs, so that
// a crawler that keeps a delay to the dot may show a little less here.
func (s *Site) MinSpacing() time.Duration {
	var least time.Duration
	requests := s.Requests()
	for i := 1; i < len(requests); i++ {
		d := requests[i].At.Sub(requests[i-1].At)
		if i == 1 || d < least {
			least = d
		}
	}
	return least
}

// MaxInflight returns the largest number of requests that the site had in work at once.
func (s *Site) MaxInflight() int {
	most := 0
	for _, r := range s.Requests() {
		most = max(most, r.Inflight)
	}
	return most
}
