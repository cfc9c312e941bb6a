// Package report says what a site's log holds against what was discovered: outcomes,
// days, sources, failures and gaps. All of it is a fold of the log.
package report

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"pressmark/storage/ledger"
)

// Site is the state of a site according to its log: counts first, then lists of what
// needs attention. It is flat, because it is the JSON of status.
type Site struct {
	Site      string         `json:"site"`
	URLs      int            `json:"urls"`
	Records   int64          `json:"records"`
	Totals    Totals         `json:"totals"`
	LastRun   *time.Time     `json:"last_run"`  // time of the log's newest record; null: it has none
	Published []Day          `json:"published"` // articles by day of publication, oldest first; those without a day are not among them
	Outcomes  map[string]int `json:"outcomes"`
	Reasons   []Reason       `json:"reasons"`
	Days      []Group        `json:"days"`
	Sources   []Group        `json:"sources"`
	Due       int            `json:"due"` // pages and sources that a crawl visits now because they are queued or due; not what every crawl looks at
	NextDue   *time.Time     `json:"next_due"`

	Failures []Failure `json:"failures"`        // pages that failed, tried again or given up, by reason
	Broken   []Source  `json:"broken_sources"`  // sources that could not be read when they were last looked at
	Warned   []Warning `json:"source_warnings"` // sources that were read with warnings when they were last looked at
	Missing  []Images  `json:"missing_images"`  // images of archived articles that are not archived, by reason and host
	Gaps     []Gap     `json:"gaps"`            // days between the first and the last article on which none was published
}

// Totals are sums that a caller may add up over sites.
type Totals struct {
	Articles      int `json:"articles"`       // in the archive, each counted once
	MissingImages int `json:"missing_images"` // images of articles that are not archived
}

// Failure counts the pages that failed for one reason.
type Failure struct {
	Reason  string `json:"reason"`
	Pages   int    `json:"pages"`
	GivenUp int    `json:"given_up"` // of these, not tried again
}

// Source is a source that could not be read when it was last looked at.
type Source struct {
	URL    string     `json:"url"`
	Reason string     `json:"reason"`
	Tries  int        `json:"tries"`
	Due    *time.Time `json:"due"` // null: not tried again by itself
}

// Warning is a source that was read with warnings.
type Warning struct {
	URL     string `json:"url"`
	Warning string `json:"warning"` // "code: detail; …"
}

// Images counts images of one host that are not archived for one reason.
type Images struct {
	Host   string `json:"host"`
	Reason string `json:"reason"`
	Images int    `json:"images"`
}

// Gap is a run of days on which nothing was published. Days are written 2024-01-31.
type Gap struct {
	From string `json:"from"` // first day
	To   string `json:"to"`   // last day
	Days int    `json:"days"`

	Expected int `json:"expected,omitempty"` // articles that the site's rhythm brings in these days; only from [Unusual]
}

// Reason counts the pages with one outcome and reason.
type Reason struct {
	Outcome string `json:"outcome"`
	Reason  string `json:"reason"`
	Pages   int    `json:"pages"`
}

// Group counts the pages of a day or source.
type Group struct {
	Name       string `json:"name"`
	Discovered int    `json:"discovered"`
	Archived   int    `json:"archived"`
	Open       int    `json:"open"` // queued or failed: neither archived nor refused yet
}

// Of reports on a site's log, which it reads once. waiting reports whether a record is
// of a page or source that a crawl visits now because it is queued or due.
func Of(site string, st *ledger.State, waiting func(ledger.Record) bool) Site {
	s := Site{Site: site, Records: st.Seq(), Outcomes: map[string]int{}, Broken: []Source{}, Warned: []Warning{}}
	c := counter{failures: map[string]*Failure{}, missing: map[[2]string]int{}, days: map[string]int{}}
	for r := range st.All() {
		c.tally.Add(&r)
		if waiting(r) {
			s.Due++
		}
		if isBroken(r) {
			s.Broken = append(s.Broken, sourceOf(r))
		}
		if r.Warning != "" {
			s.Warned = append(s.Warned, Warning{URL: r.URL, Warning: r.Warning})
		}
		c.failure(&r)
		c.images(&r)
		c.article(&r)
	}
	for _, n := range c.tally.Counts() {
		s.URLs += n.URLs
		s.Outcomes[string(n.Outcome)] += n.URLs
		if n.Reason != "" {
			s.Reasons = append(s.Reasons, Reason{string(n.Outcome), n.Reason, n.URLs})
		}
	}
	s.Days, s.Sources = groups(c.tally.Days()), groups(c.tally.Sources())
	if due := st.NextDue(); !due.IsZero() {
		s.NextDue = &due
	}
	s.Failures, s.Missing, s.Gaps = c.allFailures(), c.allImages(), gaps(c.days)
	s.Published, s.Totals.Articles = c.published(), c.articles
	for _, m := range s.Missing {
		s.Totals.MissingImages += m.Images
	}
	if !c.last.IsZero() {
		s.LastRun = &c.last
	}
	return s
}

// counter counts what a report groups.
type counter struct {
	tally    ledger.Tally
	failures map[string]*Failure
	missing  map[[2]string]int // images by host and reason
	days     map[string]int    // articles by day of publication, aliases included: a day of theirs has no gap
	articles int
	last     time.Time // of the newest record
}

// images counts the images of an article that are not archived.
func (c *counter) images(r *ledger.Record) {
	for _, m := range r.Missing {
		if f := strings.Fields(m); len(f) == 3 {
			n, _ := strconv.Atoi(f[2]) // a record of ours has a number
			c.missing[[2]string{f[1], f[0]}] += n
		}
	}
}

// allImages returns the images that are not archived, most frequent first.
func (c *counter) allImages() []Images {
	out := []Images{}
	for k, n := range c.missing {
		out = append(out, Images{k[0], k[1], n})
	}
	slices.SortFunc(out, func(a, b Images) int {
		return cmp.Or(cmp.Compare(b.Images, a.Images), cmp.Compare(a.Host, b.Host), cmp.Compare(a.Reason, b.Reason))
	})
	return out
}

func groups(in []ledger.Group) []Group {
	out := make([]Group, len(in))
	for i, g := range in {
		out[i] = Group{g.Name, g.Discovered, g.Stored, g.Outcomes[ledger.Queued] + g.Outcomes[ledger.Failed]}
	}
	return out
}

// failure counts a page that failed.
func (c *counter) failure(r *ledger.Record) {
	if r.Kind != ledger.KindPage {
		return
	}
	reason, givenUp := r.Reason, 0
	switch {
	case r.Outcome == ledger.Failed:
	case r.Reason == ledger.ReasonGaveUp:
		reason, givenUp = r.Detail, 1
	default:
		return
	}
	f := c.failures[reason]
	if f == nil {
		f = &Failure{Reason: reason}
		c.failures[reason] = f
	}
	f.Pages, f.GivenUp = f.Pages+1, f.GivenUp+givenUp
}

// allFailures returns the pages that failed, by reason, most frequent first.
func (c *counter) allFailures() []Failure {
	out := []Failure{}
	for _, reason := range slices.Sorted(maps.Keys(c.failures)) {
		out = append(out, *c.failures[reason])
	}
	slices.SortStableFunc(out, func(a, b Failure) int { return cmp.Compare(b.Pages, a.Pages) })
	return out
}

// isBroken reports whether a record is that of a source that could not be read.
func isBroken(r ledger.Record) bool {
	switch r.Kind {
	case ledger.KindList, ledger.KindFeed, ledger.KindMap:
		failedOnce := r.Outcome == ledger.Skipped && r.Tries > 0
		return failedOnce || r.Outcome == ledger.Failed
	}
	return false
}

func sourceOf(r ledger.Record) Source {
	s := Source{URL: r.URL, Reason: r.Reason, Tries: r.Tries}
	if !r.Due.IsZero() {
		s.Due = &r.Due
	}
	return s
}

// article counts an article and notes the day of its publication.
func (c *counter) article(r *ledger.Record) {
	if r.Time.After(c.last) {
		c.last = r.Time
	}
	if !r.HasArticle() {
		return
	}
	own := 0
	if r.Alias == "" {
		own = 1
	}
	c.articles += own
	if len(r.Published) >= len(time.DateOnly) {
		c.days[r.Published[:len(time.DateOnly)]] += own
	}
}

// published returns the articles by day of publication.
func (c *counter) published() []Day {
	out := []Day{}
	for _, day := range slices.Sorted(maps.Keys(c.days)) {
		if n := c.days[day]; n > 0 {
			out = append(out, Day{day, n})
		}
	}
	return out
}

// gaps returns the days between the first and the last article on which none was
// published: of a backfill, what may be missing.
func gaps(days map[string]int) []Gap {
	out := []Gap{}
	var last time.Time
	for _, name := range slices.Sorted(maps.Keys(days)) {
		day, err := time.Parse(time.DateOnly, name)
		if err != nil {
			continue
		}
		if n := int(day.Sub(last).Hours())/24 - 1; !last.IsZero() && n > 0 {
			out = append(out, Gap{last.AddDate(0, 0, 1).Format(time.DateOnly), day.AddDate(0, 0, -1).Format(time.DateOnly), n, 0})
		}
		last = day
	}
	return out
}
