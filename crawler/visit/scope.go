package visit

import (
	"fmt"
	"time"

	"pressmark/configs"
	"pressmark/storage/ledger"
)

// scope decides which URLs belong to one site's crawl.
type scope struct {
	site         *configs.Site
	since, until time.Time // zero: open
}

// local reports whether a normalized URL is on one of the site's hosts.
func (s *scope) local(url string) bool { return s.site.HasHost(hostOf(url)) }

// admit returns "" for a URL that may be an article of the site, or the reason
// why it is not. A zero date is unknown and passes.
func (s *scope) admit(raw string, date time.Time) string {
	switch {
	case s.site.Excludes(raw):
		return ledger.ReasonExcluded
	case len(s.site.Include) > 0 && !s.site.Includes(raw):
		return ledger.ReasonNotIncluded
	case !s.dated(date):
		return ledger.ReasonOutsideDates
	}
	return ""
}

// leftOut is the detail of a source's record from which links were left out: it
// names the dates that the run was for.
func (s *scope) leftOut() string {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	return fmt.Sprintf("without what is not of [%s, %s)", day(s.since), day(s.until))
}

// readFor reports whether a source's record is of a run for the same dates, or
// of one that left nothing out.
func (s *scope) readFor(rec ledger.Record) bool { return rec.Detail == "" || rec.Detail == s.leftOut() }

// dated reports whether a date lies in [since, until). An unknown date does.
func (s *scope) dated(t time.Time) bool {
	return t.IsZero() || (s.since.IsZero() || !t.Before(s.since)) && (s.until.IsZero() || t.Before(s.until))
}
