package crawler_test

import (
	"flag"
	"testing"
	"testing/synctest"
	"time"

	"pressmark/crawler/testweb/simulator"
)

// A quiet year of twenty sites takes minutes:
//
//	go test ./crawler -run TestDrift -drift.days 365 -timeout 1h
var driftDays = flag.Int("drift.days", 4, "quiet days of TestDrift before the redesign")

// TestDrift crawls twenty simulated sites once a day. On quiet days no site is said to
// have changed, but for one in a year; after the redesign of all of them at least
// nineteen are, within one crawl, and whatever is read as before is not called degraded.
func TestDrift(t *testing.T) {
	const sites, wanted, falseAlarms = 20, 19, 1
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		days := *driftDays
		redesign := simulator.Fault{Kind: simulator.Redesign, From: bubbleStart.AddDate(0, 0, days)}
		sim, err := simulator.New(simulator.Options{Seed: 23, Sites: sites, Days: days + 2, Backlog: 8, Faults: []simulator.Fault{redesign}, Clock: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		sim.Start(t.Context())
		defer sim.Close()
		w := newWeek(t, dir, sim)
		w.revisit = []time.Duration{22 * time.Hour}
		alarms, pages := 0, 0
		for day := range days {
			time.Sleep(time.Until(sim.StartTime().AddDate(0, 0, day)))
			w.crawl()
			for _, s := range w.sums {
				if pages += s.Archived + s.Revised + s.Unchanged; s.Drift != nil {
					alarms++
					t.Logf("day %d: %s: %+v", day, s.Site, *s.Drift)
				}
			}
		}
		time.Sleep(time.Until(sim.StartTime().AddDate(0, 0, days)))
		w.crawl()
		found, degraded := 0, 0
		for _, s := range w.sums {
			if s.Drift == nil {
				t.Logf("the redesign of %s was not found", s.Site)
				continue
			}
			if found++; s.Drift.Degraded {
				degraded++
			}
		}
		t.Logf("%d quiet days of %d sites, %d pages: %d false alarms; %d of %d redesigns found within one crawl, %d of them degraded", days, sites, pages, alarms, found, sites, degraded)
		if alarms > falseAlarms || found < wanted {
			t.Error("want at most one false alarm, and nineteen redesigns found")
		}
	})
}
