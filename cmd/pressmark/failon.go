package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"pressmark/crawler"
)

// failed decides whether what happened makes the exit status 1.
func failed(sums []crawler.Summary, conditions []string) error {
	if len(conditions) == 0 {
		conditions = []string{"failures"}
	}
	var why []string
	for _, s := range sums {
		if s.Err != nil {
			why = append(why, s.Site+": stopped")
			continue
		}
		for _, c := range conditions {
			bad, err := failsOn(s, c)
			if err != nil {
				return err
			}
			if bad {
				why = append(why, s.Site+": "+reasonFor(s, c))
			}
		}
	}
	if len(why) > 0 {
		return fmt.Errorf("%w: %s", errFailures, strings.Join(why, "; "))
	}
	return nil
}

// reasonFor says in numbers why a condition holds: the last line of a crawl is
// all that some mails and dashboards show.
func reasonFor(s crawler.Summary, condition string) string {
	switch {
	case strings.HasPrefix(condition, "failed>"):
		return fmt.Sprintf("%s (%d of %d pages)", condition, s.Failed, s.Discovered)
	case strings.HasPrefix(condition, "discovered<") && strings.HasSuffix(condition, "%"):
		return fmt.Sprintf("%s (%d of %d articles that the sources usually list)", condition, s.Usual-s.Missed, s.Usual)
	case strings.HasPrefix(condition, "discovered<"):
		return fmt.Sprintf("%s (%d)", condition, max(s.Discovered, s.Listed))
	}
	var parts []string
	if s.Failed > 0 {
		parts = append(parts, fmt.Sprintf("pages failed: %d of %d", s.Failed, s.Discovered))
	}
	if s.SourcesFailed > 0 {
		parts = append(parts, fmt.Sprintf("sources not read: %d of %d", s.SourcesFailed, s.Sources))
	}
	return strings.Join(parts, ", ")
}

var errFailures = errors.New("finished with failures")

// failsOn tells whether one condition of --fail-on holds for a site's run.
func failsOn(s crawler.Summary, condition string) (bool, error) {
	var n float64
	switch {
	case condition == "never":
		return false, nil
	case condition == "failures":
		return !s.Complete(), nil
	case scan(condition, "failed>", "%", &n) && n < 100: // more than all cannot fail
		return s.Discovered > 0 && 100*float64(s.Failed)/float64(s.Discovered) > n, nil
	case scan(condition, "discovered<", "%", &n) && n <= 100:
		return s.Usual > 0 && 100*float64(s.Usual-s.Missed)/float64(s.Usual) < n, nil
	case scan(condition, "discovered<", "", &n):
		return float64(max(s.Discovered, s.Listed)) < n, nil // a list that is as before lists articles too
	}
	return false, misuse("--fail-on %q: give never, failures, failed>5%%, discovered<1 or discovered<50%%", condition)
}

// scan reads the number between what stands before and after it.
func scan(s, before, after string, n *float64) bool {
	s, begins := strings.CutPrefix(s, before)
	s, ends := strings.CutSuffix(s, after)
	var err error
	*n, err = strconv.ParseFloat(s, 64)
	return begins && ends && err == nil && *n >= 0 && !math.IsInf(*n, 0)
}
