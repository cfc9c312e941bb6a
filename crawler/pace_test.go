package crawler_test

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pressmark/configs"
	"pressmark/crawler/testweb/simulator"
)

// asked notes when requests leave, and what for.
type asked struct {
	mu    sync.Mutex
	lines []string
	times []time.Time
}

// dial opens connections whose requests are noted.
func (a *asked) dial(open func(ctx context.Context, network, address string) (net.Conn, error)) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := open(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &askedConn{c, a}, nil
	}
}

type askedConn struct {
	net.Conn
	asked *asked
}

func (c *askedConn) Write(p []byte) (int, error) {
	if line, _, ok := strings.Cut(string(p), " HTTP/1.1\r\n"); ok {
		c.asked.mu.Lock()
		c.asked.lines, c.asked.times = append(c.asked.lines, line), append(c.asked.times, time.Now())
		c.asked.mu.Unlock()
	}
	return c.Conn.Write(p)
}

// TestDelayOutlastsTheRun: what a host's robots.txt, or the site's configuration,
// wants between two requests lies between the last request of one run and the first
// of the next too, whether or not the run had news.
func TestDelayOutlastsTheRun(t *testing.T) {
	for _, tt := range []struct {
		name        string
		crawl, site time.Duration // Crawl-delay; the site's own delay
	}{
		{"Crawl-delay", 45 * time.Minute, 0},
		{"Crawl-delay of a day, longer than a robots.txt is kept", 25 * time.Hour, 0},
		{"delay of the site", 0, 20 * time.Minute},
		{"neither", 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				w := startWeek(t, dir, simulator.Options{Seed: 3, Sites: 1, Days: 2, PerDay: 1, Backlog: 2, Delay: tt.crawl, Clock: time.Now})
				defer w.sim.Close()
				var a asked
				w.dial = a.dial(w.sim.Dial)
				w.adapt = func(s *configs.Site) { s.Delay = tt.site }
				var ends []int
				for time.Since(bubbleStart) < max(40*time.Hour, 60*tt.crawl) {
					w.crawl()
					ends = append(ends, len(a.times))
					time.Sleep(5 * time.Minute)
				}
				between := 0
				least := max(tt.crawl, tt.site, time.Second)
				for i := 1; i < len(a.times); i++ {
					if gap := a.times[i].Sub(a.times[i-1]); gap < least {
						t.Errorf("%s came %v after %s, want %v", a.lines[i], gap, a.lines[i-1], least)
					}
				}
				for i := 1; i < len(ends); i++ {
					if ends[i-1] > 0 && ends[i] > ends[i-1] {
						between++
					}
				}
				if between < 2 || len(a.times) < 20 {
					t.Errorf("%d requests, %d of them the first of a later run: %s", len(a.times), between, fmt.Sprint(a.lines))
				}
				t.Logf("%d runs, %d requests", len(ends), len(a.times))
			})
		})
	}
}
