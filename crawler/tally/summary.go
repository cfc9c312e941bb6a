package tally

import (
	"cmp"
	"slices"
	"time"

	"pressmark/crawler/drift"
	"pressmark/storage/ledger"
)

// Summary has the results of one site's run. Every page that the run saw is
// counted once: Discovered = Archived + Revised + Unchanged + Gone + Skipped +
// Failed + Queued. Sources (feeds, sitemaps, list pages) and images are
// counted apart.
type Summary struct {
	Site string `json:"site"`
	PageCounts
	SourceCounts
	ImageCounts
	Traffic

	// Problems are the first MaxProblems failures of sources; SourcesFailed has the
	// total.
	Problems []SourceProblem `json:"source_problems,omitempty"`
	// Warnings are the first MaxProblems warnings of sources; SourcesWarned has the
	// total.
	Warnings []SourceProblem `json:"source_warnings,omitempty"`

	// Shrunk says of the first MaxProblems of SourcesShrunk how much they list.
	Shrunk []SourceProblem `json:"source_shrunk,omitempty"`
	// MissingImages counts ImagesFailed by reason and host, most frequent first.
	MissingImages []MissingImages `json:"missing_images,omitempty"`

	// Drift says that the site's pages read otherwise than they used to; nil if they do not.
	Drift *drift.Finding `json:"drift,omitempty"`

	// Err is set if the site's run ended early: a conflict with another crawler, or an
	// unavailable store.
	Err     error  `json:"-"`
	Problem string `json:"problem,omitempty"` // Err as text
}

// PageCounts are the pages of a run by their outcomes.
type PageCounts struct {
	Discovered int `json:"discovered"`
	Archived   int `json:"archived"`
	Revised    int `json:"revised"`
	Unchanged  int `json:"unchanged"`
	Gone       int `json:"gone"`
	Skipped    int `json:"skipped"`
	Failed     int `json:"failed"`
	Queued     int `json:"queued"`

	Reasons []ReasonCount `json:"reasons"` // most frequent first
}

// SourceCounts are the numbers of feeds, sitemaps and list pages of a run, and of
// their links.
type SourceCounts struct {
	Sources       int `json:"sources"`        // visited
	SourcesFailed int `json:"sources_failed"` // of these, what could not be read
	SourcesWarned int `json:"sources_warned"` // of these, what was read with warnings, and may list more than was read
	SourcesShrunk int `json:"sources_shrunk"` // of these, what lists less than half of what it usually does
	SourcesLeft   int `json:"sources_left"`   // sources that were found and are left to the next run
	Listed        int `json:"listed"`         // articles that these list, those included that answered "not modified"
	Usual         int `json:"usual"`          // articles that they usually list
	Missed        int `json:"missed"`         // of these, those that are missing from this run's lists
	Links         int `json:"links"`          // of the site, on the sources that were read
	Known         int `json:"known"`          // articles that the archive held before the run
}

// ImageCounts are the images of the articles that a run archived.
type ImageCounts struct {
	Images       int `json:"images"` // stored or found stored
	ImagesFailed int `json:"images_failed"`
}

// Traffic is the cost of a run: requests, bytes, batches and time.
type Traffic struct {
	Requests int           `json:"requests"` // for pages, sources and images, each with its redirects; those held back are not counted
	Bytes    int64         `json:"bytes"`    // received, decoded
	Batches  int           `json:"batches"`  // committed
	Elapsed  time.Duration `json:"elapsed_ns"`
}

// MaxProblems bounds [Summary.Problems] and [Summary.Warnings].
const MaxProblems = 10

// SourceProblem is a source that gave no links, or not all of them, and why.
type SourceProblem struct {
	URL    string `json:"url"`
	Reason string `json:"reason"` // as in the log; of a warning its code
	Detail string `json:"detail,omitempty"`
}

// MissingImages says how many images of a host are not archived for a reason.
type MissingImages struct {
	Host   string `json:"host"`
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// Barren reports whether a run found no article and none was known before, though
// its sources answered: a wrong seed, or a site that is not understood.
func (s *Summary) Barren() bool {
	asked := slices.ContainsFunc(s.Reasons, func(r ReasonCount) bool { // the dates that were asked for leave something out
		return r.Reason == ledger.ReasonOutsideDates || r.Outcome == ledger.Queued
	})
	noArticle := s.Known == 0 && s.Archived+s.Revised+s.Unchanged == 0
	sourcesRead := s.Sources > s.SourcesFailed && s.SourcesLeft == 0
	return s.Err == nil && noArticle && sourcesRead && !asked
}

// ReasonCount is the number of pages with one outcome and reason.
type ReasonCount struct {
	Outcome ledger.Outcome `json:"outcome"`
	Reason  string         `json:"reason"`
	Count   int            `json:"count"`
}

// Complete reports whether the run reached its end without failures.
func (s *Summary) Complete() bool { return s.Err == nil && s.Failed == 0 && s.SourcesFailed == 0 }

// add counts n pages with an outcome.
func (s *Summary) add(k outcome, n int) {
	s.Discovered += n
	switch k.outcome {
	case ledger.Archived:
		s.Archived += n
	case ledger.Revised:
		s.Revised += n
	case ledger.Unchanged:
		s.Unchanged += n
	case ledger.Gone:
		s.Gone += n
	case ledger.Skipped:
		s.Skipped += n
	case ledger.Failed:
		s.Failed += n
	default:
		s.Queued += n
	}
	if k.reason != "" {
		s.Reasons = append(s.Reasons, ReasonCount{k.outcome, k.reason, n})
	}
}

// sort puts the most frequent reasons first.
func (s *Summary) sort() {
	slices.SortFunc(s.Reasons, func(a, b ReasonCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Reason, b.Reason))
	})
	slices.SortFunc(s.MissingImages, func(a, b MissingImages) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Host, b.Host), cmp.Compare(a.Reason, b.Reason))
	})
}
