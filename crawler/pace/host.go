package pace

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Why a host is parked.
const (
	RateLimited = "rate_limited" // 429 or 503, or a long Retry-After
	ServerError = "server_error" // 5xx
	Unreachable = "unreachable"  // no connection, or no answer in time
)

// ParkedError says that a host is left alone until a time.
type ParkedError struct {
	Host   string
	Reason string // RateLimited, ServerError or Unreachable
	Until  time.Time
}

func (e *ParkedError) Error() string {
	return fmt.Sprintf("host %s is parked until %s: %s", e.Host, e.Until.UTC().Format(time.RFC3339), e.Reason)
}

// Temporary says that trying again later makes sense; it always does.
func (e *ParkedError) Temporary() bool { return true }

// RetryAt is the time at which the host is tried again.
func (e *ParkedError) RetryAt() time.Time { return e.Until }

// host is the state of one host; the Pacer's mutex guards it.
type host struct {
	name       string
	delay      time.Duration // set by SetDelay
	ownDelay   bool
	crawlDelay time.Duration

	busy      bool
	earlier   bool // known from an earlier run, and not asked in this one
	lastStart time.Time
	lastEnd   time.Time
	notBefore time.Time // end of Retry-After and back-off

	fails      int // in a row
	parkReason string
	parkUntil  time.Time

	queue []*waiter
	stop  func() bool // stops the timer that serves queue
}

type waiter struct{ granted chan error }

func (h *host) spacing(floor time.Duration) time.Duration {
	if h.ownDelay {
		floor = h.delay
	}
	return max(floor, h.crawlDelay)
}

// next is when the next request may start, given that none is under way.
func (h *host) next(floor time.Duration) time.Time {
	at := h.notBefore
	if h.parkUntil.After(at) {
		at = h.parkUntil
	}
	last := h.lastEnd
	if h.lastStart.After(last) {
		last = h.lastStart
	}
	if last.IsZero() {
		return at
	}
	if spaced := last.Add(h.spacing(floor)); spaced.After(at) {
		return spaced
	}
	return at
}

func (h *host) start(now time.Time) {
	h.busy, h.earlier, h.lastStart = true, false, now
}

func (h *host) parkedNow(now time.Time) *ParkedError {
	if !h.parkUntil.After(now) {
		return nil
	}
	return &ParkedError{Host: h.name, Reason: h.parkReason, Until: h.parkUntil}
}

// parked is parkedNow with a nil error interface if the host is not parked.
func (h *host) parked(now time.Time) error {
	if err := h.parkedNow(now); err != nil {
		return err
	}
	return nil
}

func (h *host) refuse(err error) {
	for _, w := range h.queue {
		w.granted <- err
	}
	h.queue = nil
}

// leave takes w out of the queue, and reports whether it was in it.
func (h *host) leave(w *waiter) bool {
	for i, other := range h.queue {
		if other == w {
			h.queue = append(h.queue[:i], h.queue[i+1:]...)
			return true
		}
	}
	return false
}

// idle reports whether the host can be forgotten: no interval or rest is running,
// and its last failure is long ago. The time of an earlier run's request is kept
// until this run asks, because the Crawl-delay may not be known yet.
func (h *host) idle(floor time.Duration, now time.Time) bool {
	if h.busy || h.earlier || h.ownDelay || len(h.queue) > 0 {
		return false
	}
	failing := h.fails > 0 && now.Sub(h.lastEnd) <= failuresCount
	return !failing && !h.next(floor).After(now)
}

// failuresCount is how long failures of a host are remembered for its next one.
const failuresCount = 24 * time.Hour

// learn updates back-off and parking from an outcome that came at now.
func (p *Pacer) learn(h *host, o Outcome, now time.Time) {
	reason, failed := verdict(o)
	rest := min(o.RetryAfter, maxRest)
	if o.Status != 0 && o.Status < 300 {
		rest = 0 // RFC 9110, 10.2.3: of no meaning on success
	}
	if failed {
		h.fails++
		rest = max(rest, p.backoff(h.fails))
	} else if o.Status != 0 {
		h.fails, h.parkReason, h.parkUntil = 0, "", time.Time{}
	}
	if rest > 0 {
		h.notBefore = later(h.notBefore, now.Add(rest))
	}
	switch {
	case failed && h.fails >= p.opts.ParkAfter:
		h.parkReason = reason
		h.parkUntil = later(h.notBefore, now.Add(p.parkFor(h.fails)))
	case rest > p.opts.LongRest && o.RetryAfter > p.opts.LongRest:
		h.parkReason, h.parkUntil = RateLimited, h.notBefore
	}
}

// verdict reports whether an outcome counts as the host's failure, and its kind.
func verdict(o Outcome) (reason string, failed bool) {
	switch {
	case o.Status == http.StatusTooManyRequests || o.Status == http.StatusServiceUnavailable:
		return RateLimited, true
	case o.Status >= 500:
		return ServerError, true
	case o.Err != nil || o.Status == http.StatusRequestTimeout:
		return Unreachable, true
	}
	return "", false
}

func (p *Pacer) backoff(fails int) time.Duration {
	return p.jitter(double(p.opts.Backoff, fails-1, p.opts.MaxBackoff))
}

func (p *Pacer) parkFor(fails int) time.Duration {
	return p.jitter(double(p.opts.Park, fails-p.opts.ParkAfter, p.opts.MaxPark))
}

// jitter lengthens d by up to half, so that hosts that failed together are not
// tried again together.
func (p *Pacer) jitter(d time.Duration) time.Duration {
	return d + time.Duration(p.opts.Jitter()*float64(d)/2)
}

// double doubles d n times, without going over limit.
func double(d time.Duration, n int, limit time.Duration) time.Duration {
	for ; n > 0 && d < limit; n-- {
		d *= 2
	}
	return min(d, limit)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// maxRest bounds the effect of Retry-After, because a server's clock may be years
// off. 30 days is longer than any run.
const maxRest = 30 * 24 * time.Hour

// RetryAfter parses the Retry-After field of an answer that arrived at now (RFC
// 9110, 10.2.3): seconds, or a date. A date is counted from the answer's own Date,
// if it has one, because clocks differ. It returns 0 if the field is missing or
// malformed.
func RetryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if value == "" {
		return 0
	}
	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		switch {
		case !(seconds > 0):
			return 0
		case seconds > maxRest.Seconds():
			return maxRest
		}
		return time.Duration(seconds * float64(time.Second))
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	return min(max(at.Sub(now), 0), maxRest)
}

// Host is the name under which the pace of a URL's host is kept: the host in
// lower case, with the port unless it is the scheme's own. http and https of a
// host are one.
func Host(u *url.URL) string {
	name := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if strings.Contains(name, ":") {
		name = "[" + name + "]"
	}
	switch port := strings.TrimLeft(u.Port(), "0"); port { // "0080" is 80
	case "", "80", "443":
		return name
	default:
		return name + ":" + port
	}
}
