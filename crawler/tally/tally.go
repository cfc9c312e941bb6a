// Package tally counts the pages of one site's run by outcome. Every page has one
// current outcome, so that the numbers add up at any moment.
package tally

import (
	"fmt"
	"hash/maphash"
	"slices"
	"sync"

	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// Event reports to an observer that one URL got its outcome.
type Event struct {
	Site       string
	URL        string
	Kind       ledger.Kind
	Outcome    ledger.Outcome
	Reason     string
	Discovered int // pages discovered so far in this site's run
	Done       int // of these, with their outcome decided
}

// Tally holds the numbers of one site's run. It remembers a hash of each page's
// URL, not the URL. It is safe for concurrent use; make one with New.
type Tally struct {
	observe func(Event) // nil: nobody
	seed    maphash.Seed

	mu       sync.Mutex        // guards all below
	seen     map[uint64]uint16 // hash of a page's URL -> index into outcomes
	outcomes []outcome
	counts   []int
	left     map[uint64]outcome // links that are not followed, by the hash of the URL
	sum      Summary            // all but what outcomes and counts give
}

// outcome is an outcome for a reason.
type outcome struct {
	outcome ledger.Outcome
	reason  string
}

// New returns the tally of a site's run. observe is called for every outcome,
// concurrently; nil means no calls.
func New(site string, observe func(Event)) *Tally {
	return &Tally{observe: observe, seed: maphash.MakeSeed(), seen: map[uint64]uint16{}, left: map[uint64]outcome{}, sum: Summary{Site: site}}
}

// Claim reserves a page for the caller in this run. It returns false if another
// worker has it. Two workers may find one link at once, and the second must not
// write "queued" over the outcome of the first.
func (t *Tally) Claim(url string) bool {
	h := maphash.String(t.seed, url)
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, taken := t.seen[h]; taken {
		return false
	}
	t.set(h, outcome{ledger.Queued, ledger.ReasonSeen})
	return true
}

// Leave counts a link that is not followed, once. It reports whether the link was
// neither claimed nor left before. A link that is claimed later does not count as left.
func (t *Tally) Leave(url string, o ledger.Outcome, reason string) bool {
	h := maphash.String(t.seed, url)
	t.mu.Lock()
	defer t.mu.Unlock()
	_, seen := t.seen[h]
	_, known := t.left[h]
	if seen || known {
		return false
	}
	t.left[h] = outcome{o, reason}
	return true
}

// TakeUp subtracts a link from the count of links that are not followed.
func (t *Tally) TakeUp(url string) {
	h := maphash.String(t.seed, url)
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.left, h)
}

// Seen reports whether a page was claimed.
func (t *Tally) Seen(url string) bool {
	h := maphash.String(t.seed, url)
	t.mu.Lock()
	defer t.mu.Unlock()
	_, seen := t.seen[h]
	return seen
}

// Page sets a page's present outcome.
func (t *Tally) Page(url string, o ledger.Outcome, reason string) {
	h := maphash.String(t.seed, url)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.set(h, outcome{o, reason})
	if t.observe == nil {
		return
	}
	open := 0
	for i, k := range t.outcomes {
		if k.outcome == ledger.Queued {
			open += t.counts[i]
		}
	}
	t.observe(Event{Site: t.sum.Site, URL: url, Outcome: o, Reason: reason, Discovered: len(t.seen), Done: len(t.seen) - open})
}

// set moves a page to an outcome; t.mu is held.
func (t *Tally) set(h uint64, o outcome) {
	if i, ok := t.seen[h]; ok {
		t.counts[i]--
	} else {
		delete(t.left, h)
	}
	for i, k := range t.outcomes {
		if k == o {
			t.counts[i]++
			t.seen[h] = uint16(i)
			return
		}
	}
	t.outcomes = append(t.outcomes, o)
	t.counts = append(t.counts, 1)
	t.seen[h] = uint16(len(t.outcomes) - 1)
}

// NotCommitted counts the pages of records that were not committed as queued:
// the log does not have their outcomes, so that the next run does them again.
func (t *Tally) NotCommitted(records []ledger.Record) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range records {
		h := maphash.String(t.seed, records[i].URL)
		if _, seen := t.seen[h]; seen && records[i].Kind == ledger.KindPage {
			t.set(h, outcome{ledger.Queued, ledger.ReasonNotCommitted})
		}
	}
}

// Request counts an answer of n bytes; sent is false for a request that was
// held back.
func (t *Tally) Request(sent bool, n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if sent {
		t.sum.Requests++
	}
	t.sum.Bytes += int64(n)
}

// Source counts a source that was visited.
func (t *Tally) Source() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sum.Sources++
}

// SourceLeft counts a source that is left to the next run.
func (t *Tally) SourceLeft() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sum.SourcesLeft++
}

// SourceFailed counts a source that gave no links, and keeps the first few for
// the summary.
func (t *Tally) SourceFailed(p SourceProblem) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sum.SourcesFailed++
	if len(t.sum.Problems) < MaxProblems {
		t.sum.Problems = append(t.sum.Problems, p)
	}
}

// SourceWarned counts a source that was read with warnings, and keeps the first few
// for the summary.
func (t *Tally) SourceWarned(p SourceProblem) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sum.SourcesWarned++
	if len(t.sum.Warnings) < MaxProblems {
		t.sum.Warnings = append(t.sum.Warnings, p)
	}
}

// SourceOutcome reports a source's outcome to the observer.
func (t *Tally) SourceOutcome(rec ledger.Record) {
	if t.observe != nil {
		t.observe(Event{Site: t.sum.Site, URL: rec.URL, Kind: rec.Kind, Outcome: rec.Outcome, Reason: rec.Reason})
	}
}

// Listed adds the articles that a source lists, and the number that it usually
// lists. A source that lists less than half of that is kept for the summary.
func (t *Tally) Listed(source string, articles, usual int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sum.Listed += articles
	t.sum.Usual += usual
	t.sum.Missed += max(0, usual-articles)
	if usual >= leastUsual && 2*articles < usual {
		t.sum.SourcesShrunk++
		if len(t.sum.Shrunk) < MaxProblems {
			t.sum.Shrunk = append(t.sum.Shrunk, SourceProblem{URL: source, Reason: "shrunk",
				Detail: fmt.Sprintf("lists %d articles, usually %d", articles, usual)})
		}
	}
}

// leastUsual is the usual number of articles per source from which a drop to half
// counts as a fault.
const leastUsual = 4

// Links counts links of the site on a source that was read.
func (t *Tally) Links(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sum.Links += n
}

// Known sets how many articles the archive held before the run.
func (t *Tally) Known(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sum.Known = n
}

// Image counts an image of an article that is stored.
func (t *Tally) Image(host string, status article.ImageStatus, reason string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if status == article.ImageArchived {
		t.sum.Images++
		return
	}
	t.sum.ImagesFailed++
	for i := range t.sum.MissingImages {
		if m := &t.sum.MissingImages[i]; m.Host == host && m.Reason == reason {
			m.Count++
			return
		}
	}
	if len(t.sum.MissingImages) < maxMissing {
		t.sum.MissingImages = append(t.sum.MissingImages, MissingImages{host, reason, 1})
	}
}

// maxMissing bounds the hosts and reasons of images that are counted.
const maxMissing = 200

// Summary returns the current numbers.
func (t *Tally) Summary() Summary {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.sum
	s.MissingImages = slices.Clone(s.MissingImages)
	counts := map[outcome]int{}
	for i, k := range t.outcomes {
		counts[k] += t.counts[i]
	}
	for _, k := range t.left {
		counts[k]++
	}
	for k, n := range counts {
		if n > 0 {
			s.add(k, n)
		}
	}
	s.sort()
	return s
}
