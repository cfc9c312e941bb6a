package visit

import (
	"context"
	"time"

	"pressmark/configs"
	"pressmark/crawler/batch"
	"pressmark/crawler/drift"
	"pressmark/crawler/fetch"
	"pressmark/crawler/tally"
)

// Job is one site to crawl.
type Job struct {
	Site   *configs.Site
	Access *fetch.Access // how its requests are made; nil: as all others
	// Within returns the context of a request, from that of the worker that makes it;
	// nil: the same.
	Within    func(ctx context.Context) context.Context
	Seeds     []Seed // where to begin
	Archive   Archive
	Extractor Extractor
	Readings  *drift.Watch // how the site's pages read; nil: not watched
	Forms     *Forms       // of address, as earlier runs learned them; nil: nothing is known

	Since, Until time.Time // only articles published in [Since, Until); zero: open
	Limit        int       // articles archived at most; 0: no limit
	Depth        int       // list pages below a seed; negative: the site's own
	// Whole: the run also takes up all URLs that the log holds as unfinished or due, not
	// only those found from the seeds, and revisits articles that are due.
	Whole   bool
	Refetch bool // ignore validators: fetch again and compare

	// Close commits what the run learned; it is called when the site's run has
	// ended without an error. nil: nothing.
	Close func(ctx context.Context) error
}

// Seed is a URL where a run begins. If Ends is zero, new links may appear there at
// any time.
type Seed struct {
	configs.Source
	// Ends is when a page of a dated archive lists all that it ever will. Once
	// it was read after that, it is not visited again.
	Ends time.Time
}

// Env is shared by the visits of one run. Fetcher, Push, Reading and Now are
// required.
type Env struct {
	Fetcher Fetcher
	Hosts   Hosts
	// Push queues a task. It fails for a URL that no request can be made to.
	Push func(t Task, url string, notBefore time.Time) error
	// Reading waits until a page may be read, which is computing alone, and
	// returns what ends that.
	Reading  func() (done func())
	Retry    Retry
	Captures Captures
	Browser  Browser // runs the scripts of pages that are empty without them; nil: none does
	Batch    batch.Limits
	Observe  func(tally.Event) // called for every outcome, concurrently; nil: not
	Now      func() time.Time
}

// Hosts gives the network's knowledge of hosts. Each function may be nil.
type Hosts struct {
	// SetDelay takes the spacing that a site's configuration asks for on one of
	// its hosts.
	SetDelay func(host string, d time.Duration)
	// Spacing returns the time between two requests to a host, as far as it is
	// known. nil: short.
	Spacing func(host string) time.Duration
	// Sitemaps returns the sitemaps that robots.txt of the URL's host names;
	// req has the permissions of the site, and no URL. nil: none.
	Sitemaps func(url string, req fetch.Request) []string
}

// Retry says how often a request is repeated within a run after temporary
// failures, and how long after the first; twice as long after the second.
type Retry struct {
	Times int
	Wait  time.Duration
}

// Captures selects the exchanges that are captured. If Open is nil, none is.
type Captures struct {
	Open   func(file string) (batch.Writer, error)
	Images bool // the images' exchanges, too
	Replay bool // what a page needs to look like itself, too: stylesheets, their pictures and fonts
}
