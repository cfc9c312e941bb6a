package simulator

import (
	"hash/fnv"
	"net/http"
	"strings"
	"sync"
	"time"

	"pressmark/crawler/testweb/newsroom"
)

// Kind names the kinds of [Fault].
type Kind string

// The kinds of fault. What a fault's Wait, Status and Target mean is said here.
const (
	// RateLimit answers 429 with Retry-After of Wait, in seconds.
	RateLimit Kind = "rate_limit"
	// RateLimitDate is RateLimit with Retry-After as a date.
	RateLimitDate Kind = "rate_limit_date"
	// ServerError answers Status; 0: 503.
	ServerError Kind = "server_error"
	// Drip sends the answer in 20 pieces with a pause of Wait before each.
	Drip Kind = "drip"
	// Hang takes the request and never answers.
	Hang Kind = "hang"
	// HangBody sends the head and half of the body, and nothing more.
	HangBody Kind = "hang_body"
	// LongLength promises more in Content-Length than it sends.
	LongLength Kind = "long_length"
	// ShortLength promises less in Content-Length than it sends.
	ShortLength Kind = "short_length"
	// CutBody ends a chunked answer in the middle of a chunk.
	CutBody Kind = "cut_body"
	// Reset closes the connection without an answer.
	Reset Kind = "reset"
	// Garbage answers with bytes that are no HTTP.
	Garbage Kind = "garbage"
	// GzipBomb answers with 1 MiB of gzip that decodes to 1 GiB.
	GzipBomb Kind = "gzip_bomb"
	// ImageBomb answers with a small PNG whose head claims 60,000 by 60,000 pixels.
	ImageBomb Kind = "image_bomb"
	// Endless sends a body without end.
	Endless Kind = "endless"
	// HugeHeader sends 2 MiB of header fields.
	HugeHeader Kind = "huge_header"
	// RedirectLoop redirects to the same address, back and forth with a parameter.
	RedirectLoop Kind = "redirect_loop"
	// RedirectChain redirects through three hops of the same host to Target;
	// "": http://169.254.169.254/latest/meta-data/.
	RedirectChain Kind = "redirect_chain"
	// WrongType sends the answer under a type that is none of a page or image.
	WrongType Kind = "wrong_type"
	// HTMLForImage answers 200 with a page that excuses itself.
	HTMLForImage Kind = "html_for_image"
	// Empty answers 200 with no body.
	Empty Kind = "empty"
	// SoftError answers 200 with an error page.
	SoftError Kind = "soft_error"
	// CookieWall sets a cookie and redirects to the same address until the
	// cookie is sent back.
	CookieWall Kind = "cookie_wall"

	// Redesign changes the mark-up of all pages of a site, from From on.
	Redesign Kind = "redesign"

	// The traps: they add links to every page of a site, and answer what the
	// links lead to.

	// Calendar is a calendar whose every page links to the next and the previous month.
	Calendar Kind = "calendar"
	// Sessions puts a session id, a new one on each visit, on links to stories
	// and lists.
	Sessions Kind = "sessions"
	// EndlessPages has section pages that always have a next page, with nothing new.
	EndlessPages Kind = "endless_pages"
	// Mirrors is a relative link that grows the path by a segment on each page,
	// all of them being the front page.
	Mirrors Kind = "mirrors"
)

// Fault is one fault or trap. Where several match a request, the first is met.
type Fault struct {
	Kind Kind
	Host string // "" means every host
	Path string // prefix of the path; "" means every path but robots.txt
	Not  string // paths with this prefix are spared; "" means none

	// Share is the part of the matching paths that have the fault, chosen by
	// the seed; 0 means all.
	Share float64
	// Times is how many requests for one path meet the fault before it is over;
	// 0 means all.
	Times       int
	From, Until time.Time // of the simulation; zero: always

	Wait   time.Duration
	Status int
	Target string
}

// Storm is a mixture of faults that pass: of every path a part meets one of
// them once or twice.
func Storm() []Fault {
	return []Fault{
		{Kind: RateLimit, Share: .04, Times: 1, Wait: 3 * time.Second},
		{Kind: RateLimitDate, Share: .03, Times: 1, Wait: 5 * time.Second},
		{Kind: ServerError, Share: .05, Times: 2, Status: http.StatusServiceUnavailable},
		{Kind: ServerError, Share: .03, Times: 1, Status: http.StatusBadGateway},
		{Kind: Drip, Share: .03, Times: 1, Wait: 100 * time.Millisecond},
		{Kind: Hang, Share: .01, Times: 1},
		{Kind: HangBody, Share: .01, Times: 1},
		{Kind: LongLength, Share: .02, Times: 1},
		{Kind: CutBody, Share: .03, Times: 1},
		{Kind: Reset, Share: .03, Times: 1},
		{Kind: Garbage, Share: .01, Times: 1},
	}
}

// faultSet decides which fault a request meets.
type faultSet struct {
	seed   uint64
	faults []Fault
	done   chan struct{} // closed by release: what hangs, ends

	mu     sync.Mutex
	hits   map[hit]int
	visits uint64
	once   sync.Once
}

type hit struct {
	fault      int
	host, path string
}

func newFaultSet(seed uint64, faults []Fault) *faultSet {
	return &faultSet{seed: seed, faults: faults, hits: map[hit]int{}, done: make(chan struct{})}
}

func (f *faultSet) release() { f.once.Do(func() { close(f.done) }) }

// serve answers the request by the first fault that it meets, else by the site
// with its traps and redesigns. met is told the kind of what was met before the
// answer begins, status the status that the site answered.
func (f *faultSet) serve(w http.ResponseWriter, r *http.Request, now time.Time, site *newsroom.Site, met func(Kind), status func(int)) {
	f.mu.Lock()
	f.visits++
	page := pageView{site: site, now: now, visit: f.visits, met: met, status: status}
	f.mu.Unlock()
	for i, fault := range f.faults {
		if !f.matches(i, r, now) {
			continue
		}
		switch {
		case fault.Kind == Redesign:
			page.redesign = true
			page.redesigned = fault.From
		case fault.isTrap():
			page.traps = append(page.traps, fault.Kind)
		case f.due(i, r):
			met(fault.Kind)
			injection{fault, f.done}.serve(w, r, page)
			return
		}
	}
	page.serve(w, r)
}

func (f Fault) isTrap() bool {
	switch f.Kind {
	case Calendar, Sessions, EndlessPages, Mirrors:
		return true
	}
	return false
}

func (f *faultSet) matches(i int, r *http.Request, now time.Time) bool {
	x := f.faults[i]
	path := r.URL.Path
	switch {
	case x.Host != "" && x.Host != r.Host,
		x.Path == "" && path == "/robots.txt",
		!strings.HasPrefix(path, x.Path),
		x.Not != "" && strings.HasPrefix(path, x.Not),
		!x.From.IsZero() && now.Before(x.From),
		!x.Until.IsZero() && !now.Before(x.Until):
		return false
	}
	return x.Share <= 0 || f.draw(i, r.Host+path) < x.Share
}

// draw gives a number in [0, 1) that depends on the seed, the fault and the path.
func (f *faultSet) draw(i int, key string) float64 {
	h := fnv.New64a()
	h.Write([]byte{byte(i), byte(i >> 8)})
	for shift := 0; shift < 64; shift += 8 {
		h.Write([]byte{byte(f.seed >> shift)})
	}
	h.Write([]byte(key))
	x := h.Sum64() // FNV's high bits vary little with the last bytes: mix (SplitMix64)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return float64((x^x>>31)>>11) / (1 << 53)
}

// due counts the request and says whether it is among the Times that meet the fault.
func (f *faultSet) due(i int, r *http.Request) bool {
	if f.faults[i].Times <= 0 {
		return true
	}
	if f.faults[i].Kind == CookieWall || f.faults[i].Kind == RedirectLoop {
		return true // they count by what the client sends back
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	key := hit{i, r.Host, r.URL.Path}
	f.hits[key]++
	return f.hits[key] <= f.faults[i].Times
}
