package robots

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"pressmark/storage/warc"
)

// Answer is the response to one request for a robots.txt.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte // decoded; may be cut, but not before MaxSize+1 bytes
	// Exchange is the request and the answer as they went over the wire, nil if they
	// were not recorded.
	Exchange *warc.Exchange
}

// Fetch sends one GET without following redirects, and returns in bounded time. An
// error means that there is no usable answer. If the error has a method RetryAt()
// time.Time, trying again before that time is useless. If it has a method Local()
// bool that returns true, our side refused the request: the verdict then holds for
// this call of Check only and is not remembered, unless the refusal came after a
// redirect.
type Fetch func(ctx context.Context, u *url.URL) (*Answer, error)

// Copy is a robots.txt as it was obeyed, or the statement that there is none.
type Copy struct {
	Origin  string // "https://news.example", with the port unless it is the scheme's own
	Body    []byte
	SHA256  string // of Body, lower-case hex; "" where there is no robots.txt
	Fetched time.Time
	// Exchanges are the requests that brought the copy, redirects first, if they were
	// recorded. The Gate does not keep them: only Saver gets them.
	Exchanges []warc.Exchange
}

// Saver receives each copy that is fetched, changed or not, so that a later run can
// Seed it with the time of the last fetch. It is called before the first URL is
// judged by the copy, from any goroutine, and must not call the Gate.
type Saver interface {
	SaveRobots(Copy)
}

// Options of a Gate. Fetch must be set; everything else has a default.
type Options struct {
	Fetch Fetch
	Agent string           // product token; "": "pressmark"
	Clock func() time.Time // nil: time.Now
	Saver Saver            // may be nil

	SaveAbsence bool // pass origins without a robots.txt to Saver too

	TTL      time.Duration // how long an answer is used; 0: 24 h, which is also the most
	MinTTL   time.Duration // how far Cache-Control can shorten it; 0: 15 min
	MaxStale time.Duration // how long the last good copy is used while its host fails; 0: 30 days
	Retry    time.Duration // after a failure, doubled with each; 0: 1 min
	MaxRetry time.Duration // 0: 1 h
	Origins  int           // remembered; 0: 10,000
}

func (o *Options) setDefaults() {
	if o.Agent == "" {
		o.Agent = "pressmark"
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.TTL <= 0 || o.TTL > 24*time.Hour {
		o.TTL = 24 * time.Hour
	}
	setDuration(&o.MinTTL, 15*time.Minute)
	setDuration(&o.MaxStale, 30*24*time.Hour)
	setDuration(&o.Retry, time.Minute)
	setDuration(&o.MaxRetry, time.Hour)
	if o.Origins <= 0 {
		o.Origins = 10_000
	}
}

func setDuration(d *time.Duration, value time.Duration) {
	if *d <= 0 {
		*d = value
	}
}

// Reasons of a Verdict.
const (
	Disallowed  = "robots_disallowed"  // by a rule
	Unreachable = "robots_unreachable" // the robots.txt could not be had, nor is there a copy
)

// Verdict is the answer for one URL.
type Verdict struct {
	Allowed bool
	Reason  string        // "" where allowed, else Disallowed or Unreachable
	Rule    string        // the line that decided, "" where none did
	Delay   time.Duration // Crawl-delay of the origin, 0 where it has none
	Key     string        // SHA-256 of the robots.txt that was obeyed; "" where there is none
	RetryAt time.Time     // when the robots.txt is asked for again
	Err     error         // why the robots.txt could not be fetched; also set if an earlier copy decided
}
