package visit

import (
	"sync"

	"pressmark/configs"
	"pressmark/storage/ledger"
)

// Default budgets of one site's run.
const (
	defaultURLs  = 200_000 // requests for pages and sources
	defaultPages = 200     // next pages followed from one list
	defaultDepth = 1       // list pages below a seed
	maxParts     = 60      // of a multi-page article
)

// budget holds the limits of one site's run: requests, articles, and the depth to
// which lists are followed. It is safe for concurrent use; make it with newBudget.
type budget struct {
	urls, pages, depth int // limits; read-only
	articles           int // limit; 0: none

	mu    sync.Mutex
	spent int             // requests for pages and sources
	taken int             // articles accepted
	hosts map[string]bool // that the run asks
}

func newBudget(job Job) *budget {
	limits := job.Site.Limits
	b := &budget{urls: defaultURLs, pages: defaultPages, depth: defaultDepth, articles: job.Limit, hosts: map[string]bool{}}
	if limits.URLs > 0 {
		b.urls = limits.URLs
	}
	if limits.Pages > 0 {
		b.pages = limits.Pages
	}
	switch {
	case job.Depth >= 0:
		b.depth = job.Depth
	case limits.Depth > 0:
		b.depth = limits.Depth
	}
	return b
}

// spend takes one request from the budget; false when it is spent.
func (b *budget) spend() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.spent >= b.urls {
		return false
	}
	b.spent++
	return true
}

// mayVisit returns why no more pages are visited in this run, or "" and takes
// one request.
func (b *budget) mayVisit() string {
	b.mu.Lock()
	full := b.articles > 0 && b.taken >= b.articles
	b.mu.Unlock()
	if full {
		return ledger.ReasonLimit
	}
	if !b.spend() {
		return ledger.ReasonBudget
	}
	return ""
}

// accept counts an article; false if the limit of articles was reached and the
// article is a new one.
func (b *budget) accept(fresh bool) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.articles > 0 && b.taken >= b.articles && fresh {
		return false
	}
	b.taken++
	return true
}

// newHost reports whether this is the first request to a host.
func (b *budget) newHost(host string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	fresh := !b.hosts[host]
	b.hosts[host] = true
	return fresh
}

// images is the number of an article's images that are fetched.
func images(s *configs.Site) int {
	if s.Limits.Images > 0 {
		return s.Limits.Images
	}
	return 200
}
