package crawler_test

import (
	"fmt"
	"testing"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/robots"
)

// TestRobotsCopiesAreBounded passes a year of daily copies to one network: those of
// the last week are held, and nothing of a host that is no longer asked.
func TestRobotsCopiesAreBounded(t *testing.T) {
	now := time.Date(2024, 3, 10, 8, 0, 0, 0, time.UTC)
	n := crawler.NewNetwork(crawler.NetworkOptions{Contact: "crawl@paper.example", Now: func() time.Time { return now }})
	defer n.Close()
	crawler.SaveRobots(n, robots.Copy{Origin: "https://closed.example", Fetched: now})
	for day := range 365 {
		crawler.SaveRobots(n, robots.Copy{Origin: "https://paper.example", SHA256: fmt.Sprint(day), Fetched: now})
		now = now.Add(24 * time.Hour)
	}
	kept := crawler.KeptRobots(n)
	if got := kept["https://paper.example/robots.txt"]; got < 7 || got > 8 {
		t.Errorf("%d copies are held after a year, want those of a week", got)
	}
	if got := kept["https://closed.example/robots.txt"]; got != 0 {
		t.Errorf("%d copies of a host that was last asked a year ago are held", got)
	}
}
