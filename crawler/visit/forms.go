package visit

import (
	"encoding/json"
	"fmt"
	"sync"

	"pressmark/extract/weburl"
)

// Forms counts, for each URL pattern of a site (weburl.Form), how many of its pages
// turned out to be articles. The counts guide the guesses about links that do not
// look like an article's, and are kept in the site's memory between runs. The zero
// value has no counts; it is safe for concurrent use.
type Forms struct {
	mu     sync.Mutex
	pages  map[string]formCount
	run    map[string]formCount // those of this run alone
	misses int                  // pages of this run that were fetched on a guess, and are no articles
	loaded map[string]verdict
}

// formCount counts the pages of one form.
type formCount struct {
	Articles int `json:"a,omitempty"`
	Others   int `json:"o,omitempty"`
}

// verdict is the result for the pages of one URL pattern.
type verdict uint8

const (
	undecided verdict = iota
	articles          // nearly all are articles
	others            // hardly any is
)

func (c formCount) plus(isArticle bool) formCount {
	if isArticle {
		c.Articles++
	} else {
		c.Others++
	}
	return c
}

// How many pages decide about a form. A guess costs a request, an article that
// is never fetched is lost: so a form is given up later than it is trusted.
const (
	trusted = 2 // articles, with at most a quarter as many others
	givenUp = 4 // others, without an article
	lost    = 8 // others for each article
)

func (c formCount) verdict() verdict {
	switch {
	case c.Articles >= trusted && 4*c.Others <= c.Articles:
		return articles
	case c.Articles == 0 && c.Others >= givenUp, c.Articles > 0 && c.Others >= lost*c.Articles:
		return others
	}
	return undecided
}

// maxMisses is the number of pages per run that may be fetched on a guess and turn
// out not to be articles.
const maxMisses = 40

// maxForms bounds the number of URL patterns that are kept.
const maxForms = 2000

// learn takes in what a page turned out to be.
func (f *Forms) learn(url string, isArticle bool) {
	f.count(weburl.Form(url), isArticle)
	f.seen(url, isArticle)
}

// seen takes in a page for this run alone: an empty one says nothing of tomorrow.
func (f *Forms) seen(url string, isArticle bool) {
	form := weburl.Form(url)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.run == nil {
		f.run = map[string]formCount{}
	}
	f.run[form] = f.run[form].plus(isArticle)
}

// learnNaming takes in whether the address that a page gave as its own showed the
// same text.
func (f *Forms) learnNaming(own, canonical string, same bool) {
	f.count(namingOf(own, canonical), same)
}

// ofNaming returns the verdict about addresses that pages of one form give as
// their own.
func (f *Forms) ofNaming(own, canonical string) verdict { return f.verdictOf(namingOf(own, canonical)) }

func (f *Forms) count(form string, isArticle bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.pages == nil {
		f.pages = map[string]formCount{}
	}
	c, known := f.pages[form]
	if !known && len(f.pages) >= maxForms {
		return
	}
	f.pages[form] = c.plus(isArticle)
}

// missed counts a guess that brought no article.
func (f *Forms) missed() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.misses++
}

// of returns the verdict about a URL's form.
func (f *Forms) of(url string) verdict { return f.verdictOf(weburl.Form(url)) }

func (f *Forms) verdictOf(form string) verdict {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.pages[form].verdict()
}

// mayMiss reports whether one more guess may be wrong in this run.
func (f *Forms) mayMiss() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.misses < maxMisses
}

// UnmarshalJSON reads what earlier runs learned.
func (f *Forms) UnmarshalJSON(data []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pages = map[string]formCount{}
	if err := json.Unmarshal(data, &f.pages); err != nil {
		return fmt.Errorf("forms of address: %w", err)
	}
	f.loaded = f.verdicts()
	return nil
}

// MarshalJSON encodes the counts.
func (f *Forms) MarshalJSON() ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return json.Marshal(f.pages)
}

// hopeless is the number of pages without an article after which a form of address
// is given up for a run, whatever its links look like.
const hopeless = 20

// isHopeless reports whether a URL's form of address has shown nothing but other
// pages in this run.
func (f *Forms) isHopeless(url string) bool {
	form := weburl.Form(url)
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.run[form]
	return c.Articles == 0 && c.Others >= hopeless
}

// Changed reports whether the run has learned what the next one does not know yet:
// another verdict about a form. More of the same is not worth a record.
func (f *Forms) Changed() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.verdicts()
	for form, v := range now {
		if f.loaded[form] != v {
			return true
		}
	}
	return len(now) != len(f.loaded)
}

// verdicts are those about all forms that are decided; f.mu is held.
func (f *Forms) verdicts() map[string]verdict {
	out := map[string]verdict{}
	for form, c := range f.pages {
		if v := c.verdict(); v != undecided {
			out[form] = v
		}
	}
	return out
}

func formsOf(job Job) *Forms {
	if job.Forms != nil {
		return job.Forms
	}
	return &Forms{}
}
