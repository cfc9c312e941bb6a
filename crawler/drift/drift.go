// Package drift notices that a site's pages read otherwise than they used to: another
// template, fields that are no longer found, texts that became short, articles that are
// refused. It compares the pages of a run with a trailing window of earlier ones.
package drift

import (
	"encoding/json"
	"fmt"
	"math"
	"sync"
	"time"
	"unicode/utf8"

	"pressmark/extract/article"
)

// Page is a page that was read, and that was to be an article.
type Page struct {
	Body   []byte         // HTML
	Result article.Result // of the extraction
}

// feature is a property of articles whose rate is watched. The rates of soft ones differ
// from day to day: more pages must show a change.
type feature struct {
	name string
	soft bool
	has  func(a *article.Article) bool
}

var features = [...]feature{
	{"title", false, func(a *article.Article) bool { return a.Title != "" }},
	{"published", false, func(a *article.Article) bool { return a.Published != nil }},
	{"time", true, func(a *article.Article) bool { return a.Published != nil && a.PublishedPrecision != article.Day }},
	{"credits", true, func(a *article.Article) bool { return a.Credits.Source != "" || len(a.Credits.Authors) > 0 }},
	{"images", true, func(a *article.Article) bool { return len(a.Images) > 0 }},
	{"captions", true, captioned},
	{"rules", false, ruled},
}

func captioned(a *article.Article) bool {
	for i := range a.Images {
		if a.Images[i].Caption != nil && *a.Images[i].Caption != "" {
			return true
		}
	}
	return false
}

// ruled reports whether a rule of the site's configuration found the title or the text.
func ruled(a *article.Article) bool {
	for _, field := range [...]string{"body", "title"} {
		if e := a.Evidence[field]; len(e) >= len("rule") && e[:len("rule")] == "rule" {
			return true
		}
	}
	return false
}

// entry is what one page showed.
type entry struct {
	Article bool    `json:"a,omitempty"`
	Has     uint16  `json:"h,omitempty"` // features, a bit each
	Length  float64 `json:"l,omitempty"` // logarithm of the length of the text
}

// sample sums what pages showed.
type sample struct {
	Pages    float64                `json:"pages"`
	Articles float64                `json:"articles"`
	Has      [len(features)]float64 `json:"has"`    // articles with each feature
	Length   float64                `json:"length"` // sum of the logarithms of the lengths of their texts
	Squares  float64                `json:"squares"`
}

func sampleOf(list []entry) (s sample) {
	for _, e := range list {
		s.add(e)
	}
	return s
}

func (s *sample) add(e entry) {
	s.Pages++
	if !e.Article {
		return
	}
	s.Articles++
	s.Length, s.Squares = s.Length+e.Length, s.Squares+e.Length*e.Length
	for i := range s.Has {
		if e.Has&(1<<i) != 0 {
			s.Has[i]++
		}
	}
}

// fade keeps a sample at most so many pages large: earlier pages count less.
func (s *sample) fade(most float64) {
	if s.Pages <= most {
		return
	}
	by := most / s.Pages
	s.Pages, s.Articles, s.Length, s.Squares = most, s.Articles*by, s.Length*by, s.Squares*by
	for i := range s.Has {
		s.Has[i] *= by
	}
}

// Sizes of the windows, in pages.
const (
	window  = 200 // with which pages are compared
	lately  = 12  // over which changes of rates are looked for; they are not in the window
	enough  = 8   // in the window, before anything is said
	newPage = 60  // after which a change is the new state
)

// memory is what a Watch keeps between runs.
type memory struct {
	Rules    string             `json:"rules,omitempty"` // version of the site's rules
	Usual    sample             `json:"usual"`
	Recent   []entry            `json:"recent"`   // the last pages, which are not in Usual
	Template map[uint32]float64 `json:"template"` // share of the pages on which a token stands
	Of       float64            `json:"of"`       // pages that Template is made of
	Likes    []float64          `json:"likes"`    // how much of the template the last pages had
	Finding  *Finding           `json:"finding,omitempty"`
	Since    int                `json:"since,omitempty"` // pages since the finding began
}

// Finding is a change of how a site's pages read.
type Finding struct {
	Since      time.Time `json:"since"`
	Degraded   bool      `json:"degraded"`   // pages read worse than they used to
	Redesigned bool      `json:"redesigned"` // the pages have another template
	Signals    []Signal  `json:"signals"`
}

// Signal is one value that changed.
type Signal struct {
	Name   string  `json:"name"` // template, articles, length, or a field
	Before float64 `json:"before"`
	Now    float64 `json:"now"`
}

// String is a signal in words.
func (s Signal) String() string {
	if s.Name == "length" {
		return fmt.Sprintf("length %.0f → %.0f characters", s.Before, s.Now)
	}
	return fmt.Sprintf("%s %.0f%% → %.0f%%", s.Name, 100*s.Before, 100*s.Now)
}

// Watch observes the pages of one site's run. It is safe for concurrent use, and nil
// watches nothing. Make one with Open.
type Watch struct {
	mu     sync.Mutex
	known  memory
	run    []entry
	likes  []float64      // of the run's pages
	tokens map[uint32]int // pages of the run by token
}

// Open returns the watch of a site. data is what Save returned after the last run, nil
// for none. The pages of another version of the site's rules are not compared with.
func Open(data []byte, rules string) (*Watch, error) {
	w := &Watch{tokens: map[uint32]int{}}
	if len(data) > 0 {
		if err := json.Unmarshal(data, &w.known); err != nil {
			return nil, fmt.Errorf("memory of readings: %w", err)
		}
	}
	if w.known.Rules != rules {
		w.known = memory{Rules: rules}
	}
	if w.known.Template == nil {
		w.known.Template = map[uint32]float64{}
	}
	return w, nil
}

// Add takes in a page of the run.
func (w *Watch) Add(p Page) {
	if w == nil || p.Result.Article == nil && !worse(p.Result) {
		return
	}
	tokens := tokensOf(p.Body)
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, t := range tokens {
		if _, known := w.tokens[t]; known || len(w.tokens) < maxTokens {
			w.tokens[t]++
		}
	}
	w.run, w.likes = append(w.run, entryOf(p.Result.Article)), append(w.likes, w.likeness(tokens))
}

func entryOf(a *article.Article) entry {
	if a == nil {
		return entry{}
	}
	e := entry{Article: true, Length: math.Round(1000*math.Log(float64(1+utf8.RuneCountInString(a.Text)))) / 1000}
	for i := range features {
		if features[i].has(a) {
			e.Has |= 1 << i
		}
	}
	return e
}

// worse reports whether a page that gave no article says something of how the site
// reads. A wall or an error page does not.
func worse(res article.Result) bool {
	kind := res.Kind
	if res.Refusal != nil {
		kind = res.Refusal.Code
	}
	switch kind {
	case article.KindList, article.KindEmpty, article.KindUnknown, article.KindHome, article.KindShell:
		return true
	}
	return false
}

// Finding returns what is known after the pages so far; nil if the site reads as it used
// to.
func (w *Watch) Finding(now time.Time) *Finding {
	if w == nil {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.after(now).Finding
}

// Earlier returns what was known before the run; nil if nothing.
func (w *Watch) Earlier() *Finding {
	if w == nil {
		return nil
	}
	return w.known.Finding
}

// Save returns what the next run has to know; nil if the run read no page.
func (w *Watch) Save(now time.Time) ([]byte, error) {
	if w == nil {
		return nil, nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.run) == 0 {
		return nil, nil
	}
	return json.Marshal(w.after(now))
}

// FindingIn returns the finding in what Save returned.
func FindingIn(data []byte) *Finding {
	var m memory
	if json.Unmarshal(data, &m) != nil {
		return nil
	}
	return m.Finding
}
