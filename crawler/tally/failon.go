package tally

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ErrFailures is wrapped by the error of runs that finished with failures.
var ErrFailures = errors.New("finished with failures")

// ErrCondition is wrapped by the errors of conditions that are not known.
var ErrCondition = errors.New("unknown condition")

// Condition says when a site's run counts as failed. The zero value never holds.
type Condition struct {
	text  string
	holds func(s *Summary) bool
	says  func(s *Summary) string // why it holds, in numbers
}

// Conditions without a number.
const (
	Never    = "never"
	Failures = "failures"
	// Degraded holds if the site's pages read worse than they used to.
	Degraded = "degraded"
)

// condition is a form of conditions with a number between before and after.
type condition struct {
	before, after string
	valid         func(n float64) bool // nil: any number
	holds         func(s *Summary, n float64) bool
	says          func(s *Summary) string
}

var conditions = [...]condition{
	{before: "failed>", after: "%", valid: func(n float64) bool { return n < 100 }, // more than all cannot fail
		holds: func(s *Summary, n float64) bool {
			return s.Discovered > 0 && 100*float64(s.Failed)/float64(s.Discovered) > n
		},
		says: func(s *Summary) string { return fmt.Sprintf("%d of %d pages", s.Failed, s.Discovered) }},
	{before: "discovered<", after: "%", valid: func(n float64) bool { return n <= 100 },
		holds: func(s *Summary, n float64) bool {
			return s.Usual > 0 && 100*float64(s.Usual-s.Missed)/float64(s.Usual) < n
		},
		says: func(s *Summary) string {
			return fmt.Sprintf("%d of %d articles that the sources usually list", s.Usual-s.Missed, s.Usual)
		}},
	{before: "discovered<", // a list that is as before lists articles too
		holds: func(s *Summary, n float64) bool { return float64(max(s.Discovered, s.Listed)) < n },
		says:  func(s *Summary) string { return strconv.Itoa(max(s.Discovered, s.Listed)) }},
}

// ParseCondition reads a condition: never, failures, degraded, failed>5%, discovered<1 or
// discovered<50%. The error wraps ErrCondition.
func ParseCondition(text string) (Condition, error) {
	switch text {
	case Never:
		return Condition{text: text}, nil
	case Failures:
		return Condition{text, func(s *Summary) bool { return !s.Complete() || s.Barren() }, failuresOf}, nil
	}
	if text == Degraded {
		return Condition{text, func(s *Summary) bool { return s.Drift != nil && s.Drift.Degraded }, driftOf}, nil
	}
	for _, c := range conditions {
		n, ok := between(text, c.before, c.after)
		if ok && (c.valid == nil || c.valid(n)) {
			return Condition{text, func(s *Summary) bool { return c.holds(s, n) },
				func(s *Summary) string { return fmt.Sprintf("%s (%s)", text, c.says(s)) }}, nil
		}
	}
	return Condition{}, fmt.Errorf("%q: %w: give never, failures, degraded, failed>5%%, discovered<1 or discovered<50%%", text, ErrCondition)
}

// between parses the number between a prefix and a suffix.
func between(s, before, after string) (float64, bool) {
	s, begins := strings.CutPrefix(s, before)
	s, ends := strings.CutSuffix(s, after)
	n, err := strconv.ParseFloat(s, 64)
	isAmount := err == nil && n >= 0 && !math.IsInf(n, 0)
	return n, begins && ends && isAmount
}

// driftOf lists what a site's pages have lost.
func driftOf(s *Summary) string {
	var parts []string
	for _, signal := range s.Drift.Signals {
		parts = append(parts, signal.String())
	}
	return fmt.Sprintf("degraded since %s: %s", s.Drift.Since.Format(time.DateOnly), strings.Join(parts, ", "))
}

// failuresOf lists the numbers of a run's failures.
func failuresOf(s *Summary) string {
	var parts []string
	if s.Failed > 0 {
		parts = append(parts, fmt.Sprintf("pages failed: %d of %d", s.Failed, s.Discovered))
	}
	if s.SourcesFailed > 0 {
		parts = append(parts, fmt.Sprintf("sources not read: %d of %d", s.SourcesFailed, s.Sources))
	}
	if len(parts) == 0 && s.Barren() {
		parts = append(parts, fmt.Sprintf("no article found: %d links seen on %d sources", s.Links, s.Sources))
	}
	return strings.Join(parts, ", ")
}

// Failed returns an error that wraps ErrFailures if a site's run stopped or one of the
// conditions holds, nil otherwise. It says why in numbers: the last line of a crawl is
// all that some mails and dashboards show. Without conditions it is Failures that counts.
func Failed(sums []Summary, on []string) error {
	if len(on) == 0 {
		on = []string{Failures}
	}
	var why []string
	sites := map[string][]string{} // by why they count as failed
	for i := range sums {
		s := &sums[i]
		if s.Err != nil {
			why, sites["stopped"] = append(why, s.Site+": stopped"), append(sites["stopped"], s.Site)
			continue
		}
		for _, text := range on {
			c, err := ParseCondition(text)
			if err != nil {
				return err
			}
			if c.holds != nil && c.holds(s) {
				why, sites[text] = append(why, s.Site+": "+c.says(s)), append(sites[text], s.Site)
			}
		}
	}
	switch {
	case len(why) > maxFailures:
		return fmt.Errorf("%w: %s", ErrFailures, grouped(sites, len(sums)))
	case len(why) > 0:
		return fmt.Errorf("%w: %s", ErrFailures, strings.Join(why, "; "))
	}
	return nil
}

// maxFailures is the number of failures that are listed one by one.
const maxFailures = 10

// grouped lists failures by reason, with the names of a few sites each.
func grouped(sites map[string][]string, all int) string {
	var parts []string
	for _, reason := range slices.Sorted(maps.Keys(sites)) {
		names := sites[reason]
		part := fmt.Sprintf("%s: %d of %d sites (%s", reason, len(names), all, strings.Join(names[:min(len(names), maxExamples)], ", "))
		if more := len(names) - maxExamples; more > 0 {
			part += fmt.Sprintf(" and %d more", more)
		}
		parts = append(parts, part+")")
	}
	return strings.Join(parts, "; ")
}
