package render

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Codes of an Error. They are stored in logs, and do not change.
const (
	CodeStart   = "browser_failed"  // Chromium does not start
	CodeCrashed = "render_crashed"  // the page's process ended: out of memory, or a fault of Chromium
	CodeMemory  = "render_memory"   // the page took more memory than Limits.Memory
	CodeTime    = "render_timeout"  // the page's scripts did not let go of it
	CodeCancel  = "render_canceled" // by the context
)

// Error says why a page was not rendered.
type Error struct {
	URL  string
	Code string // one of the Code constants
	Err  error  // cause; may be nil
}

func (e *Error) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("render %s: %s", e.URL, e.Code)
	}
	return fmt.Sprintf("render %s: %s: %v", e.URL, e.Code, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Code returns the code of an error of this package, "" for others.
func Code(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Limits bound what a page may cost. 0 means the default.
type Limits struct {
	Settle   time.Duration // until the page must have settled, waits for requests apart; 15 s
	Total    time.Duration // the whole page, waits for hosts' turns included; 5 min
	Requests int           // made for a page; 60
	Bytes    int64         // of their bodies; 32 MiB
	Heap     int64         // bytes of a page's script objects; 512 MiB
	Memory   int64         // bytes of memory of a page's process (Linux); 1 GiB
	DOM      int64         // bytes of the settled DOM; 16 MiB
}

func (l *Limits) setDefaults() {
	setDefault(&l.Settle, 15*time.Second)
	setDefault(&l.Total, 5*time.Minute)
	setDefault(&l.Requests, 60)
	setDefault(&l.Bytes, 32<<20)
	setDefault(&l.Heap, 512<<20)
	setDefault(&l.Memory, 1<<30)
	setDefault(&l.DOM, 16<<20)
}

func setDefault[T int | int64 | time.Duration](value *T, standard T) {
	if *value <= 0 {
		*value = standard
	}
}

// Options of a Renderer. Path is required.
type Options struct {
	Path   string // of Chromium
	Limits Limits
	Tabs   int          // pages at once; 0: 2
	Pages  int          // after so many a new process takes over; 0: 100
	Grown  int64        // or when the process has so many bytes of memory (Linux); 0: 2 GiB
	Logger *slog.Logger // nil: none

	// Flags are more flags of Chromium, "name=value" or "name", for tests.
	Flags []string
}

// Page is a page to render, with its response, which is not asked for again.
type Page struct {
	URL    string // of the response, after redirects
	Status int
	Header http.Header
	Body   []byte // decoded from content coding
	// Timezone is the IANA name of the zone in which scripts print times; "": UTC, and
	// never the machine's.
	Timezone string
	Fetcher
}

// Fetcher makes the requests of a page, one call each, concurrently. It follows
// redirects. An error fails the request in the page; it does not end the page.
type Fetcher interface {
	Fetch(ctx context.Context, r Request) (*Answer, error)
}

// Request is one GET that a page makes.
type Request struct {
	URL    string
	Kind   Kind
	Header http.Header // set by the page's scripts, and Accept, Origin and Referer
}

// Answer is the answer to a Request.
type Answer struct {
	URL    string // after redirects
	Status int
	Header http.Header
	Body   []byte // decoded from content coding
}

// MediaType is the type of Result.HTML.
const MediaType = "text/html; charset=utf-8"

// Result is a rendered page.
type Result struct {
	URL      string         // of the document, which scripts may have changed within the site
	HTML     []byte         // the settled DOM, UTF-8, without noscript elements
	Settled  bool           // false: it was read when its time was over
	Browser  string         // name and version
	Requests int            // made, the document's apart
	Bytes    int64          // of their bodies
	Refused  map[string]int // requests not made, by reason
	Opened   int            // "read more" buttons pressed
	Took     time.Duration
}

// Renderer renders pages. Make one with New; it is safe for concurrent use. The
// first page starts Chromium.
type Renderer struct {
	opts Options
	tabs chan struct{} // holds one for each page in work

	mu      sync.Mutex
	current *process // nil before the first page and after a failure
	closed  bool
}

// New returns a Renderer.
func New(o Options) *Renderer {
	o.Limits.setDefaults()
	setDefault(&o.Tabs, 2)
	setDefault(&o.Pages, 100)
	setDefault(&o.Grown, 2<<30)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return &Renderer{opts: o, tabs: make(chan struct{}, o.Tabs)}
}

// Close ends Chromium. Pages in work fail.
func (r *Renderer) Close() {
	r.mu.Lock()
	p := r.current
	r.current, r.closed = nil, true
	r.mu.Unlock()
	if p != nil {
		p.kill()
	}
}

// Render renders a page. The error is an *Error.
func (r *Renderer) Render(ctx context.Context, page Page) (*Result, error) {
	select {
	case r.tabs <- struct{}{}:
		defer func() { <-r.tabs }()
	case <-ctx.Done():
		return nil, &Error{URL: page.URL, Code: CodeCancel, Err: ctx.Err()}
	}
	ctx, cancel := context.WithTimeout(ctx, r.opts.Limits.Total)
	defer cancel()
	traffic := newTraffic(page, r.opts.Limits)
	for tries := 1; ; tries++ {
		res, err := r.once(ctx, traffic)
		var gone *goneError // another page may have brought the process down
		if errors.As(err, &gone) && tries < 2 && ctx.Err() == nil {
			continue
		}
		return res, err
	}
}

func (r *Renderer) once(ctx context.Context, t *traffic) (*Result, error) {
	p, err := r.take(ctx)
	if err != nil {
		return nil, &Error{URL: t.page.URL, Code: startCode(ctx), Err: err}
	}
	defer r.give(p)
	return p.render(ctx, t)
}

func startCode(ctx context.Context) string {
	if ctx.Err() != nil {
		return CodeCancel
	}
	return CodeStart
}

// take returns the process for a page, a new one where there is none or where it has
// served its time.
func (r *Renderer) take(ctx context.Context) (*process, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, errors.New("the renderer is closed")
	}
	if p := r.current; p != nil && (p.ended() || p.pages >= r.opts.Pages || p.memory() > r.opts.Grown) {
		r.retire(p)
	}
	if r.current == nil {
		p, err := start(ctx, &r.opts)
		if err != nil {
			return nil, err
		}
		r.opts.Logger.Debug("browser started", "browser", p.name, "pid", p.pid)
		r.current = p
	}
	r.current.pages++
	r.current.using++
	return r.current, nil
}

// retire takes a process out of use; it ends with its last page. r.mu is held.
func (r *Renderer) retire(p *process) {
	r.current = nil
	p.retired = true
	if p.using == 0 {
		go p.kill()
	}
}

// give returns a process after a page.
func (r *Renderer) give(p *process) {
	r.mu.Lock()
	p.using--
	last := p.retired && p.using == 0
	r.mu.Unlock()
	if last {
		p.kill()
	}
}
