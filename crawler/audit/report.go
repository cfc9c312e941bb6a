package audit

import "time"

// Report is what was asked of one host, and under which rules. Times are UTC.
type Report struct {
	Host       string    `json:"host"`
	Made       time.Time `json:"made"`
	Since      time.Time `json:"since,omitzero"` // zero: from the first request on
	First      time.Time `json:"first,omitzero"` // start of the first request; zero if there is none
	Last       time.Time `json:"last,omitzero"`
	Sites      []string  `json:"sites"`       // whose logs or captures name the host
	UserAgents []Count   `json:"user_agents"` // as sent

	Requests int     `json:"requests"` // captured, redirects and robots.txt included
	Statuses []Count `json:"statuses"`
	Days     []Count `json:"days"`
	Bytes    int64   `json:"bytes"` // of the responses as captured; the bodies of revisits are not kept

	Robots    []Robots  `json:"robots"`
	Forbidden []Request `json:"forbidden"` // requests that the robots.txt in force did not allow
	Held      []Count   `json:"held"`      // pages of the log that were not asked for, by reason

	Pace  []Pace `json:"pace"`  // by the delay in force
	Waits []Wait `json:"waits"` // responses with a Retry-After
}

// Count is a number of requests or pages.
type Count struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Request is a captured request.
type Request struct {
	URL    string    `json:"url"`
	Start  time.Time `json:"start"`
	Status int       `json:"status"`
	Rule   string    `json:"rule,omitempty"` // of robots.txt, if it forbids the request
}

// Robots is a robots.txt, or its absence, while it was in force. Its JSON has the delay as
// crawl_delay_seconds.
type Robots struct {
	Origin  string        `json:"origin"`
	From    time.Time     `json:"from"` // when it was first fetched
	Until   time.Time     `json:"until"`
	SHA256  string        `json:"sha256,omitempty"` // "": the host had none
	Key     string        `json:"key,omitempty"`    // of the copy in the archive
	Capture string        `json:"capture,omitempty"`
	Delay   time.Duration `json:"-"`              // Crawl-delay for this crawler; 0: none
	Text    string        `json:"text,omitempty"` // the beginning
}

// Pace compares the intervals between request starts with the shortest one allowed. Its
// JSON has them as required_seconds, shortest_seconds and median_seconds.
type Pace struct {
	Required  time.Duration `json:"-"`      // Crawl-delay in force, or else the least interval of the program
	Source    string        `json:"source"` // of Required
	Intervals int           `json:"intervals"`
	Shortest  time.Duration `json:"-"`
	Median    time.Duration `json:"-"`
	Shorter   []Interval    `json:"shorter"` // than required, beyond the precision of the captures
}

// Interval is the time between the starts of two requests, in JSON seconds.
type Interval struct {
	Before Request       `json:"before"`
	After  Request       `json:"after"`
	Time   time.Duration `json:"-"`
}

// Wait is a response that asked the crawler to wait. Its JSON has asked_seconds and
// early_seconds.
type Wait struct {
	Request
	Asked time.Duration `json:"-"`             // Retry-After
	Next  time.Time     `json:"next,omitzero"` // start of the next request to the host; zero if there was none
	Kept  bool          `json:"kept"`          // the next request came after the wait
	Early time.Duration `json:"-"`             // how much before its end it came otherwise
}

// Sound reports whether the report shows no breach: no forbidden request, no interval
// shorter than required, no Retry-After that was not waited for.
func (r *Report) Sound() bool {
	for i := range r.Pace {
		if len(r.Pace[i].Shorter) > 0 {
			return false
		}
	}
	for i := range r.Waits {
		if !r.Waits[i].Kept {
			return false
		}
	}
	return len(r.Forbidden) == 0
}
