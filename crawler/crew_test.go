package crawler_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/fetch"
)

// dripping answers for the hosts named good at once, and for the others when the run ends
// or their time is over.
type dripping struct {
	endlessly
	mu   sync.Mutex
	good []time.Duration // when the pages of the good site were asked for
	at   time.Time
	most int // requests under way at once
	open int
}

func (d *dripping) Get(ctx context.Context, req fetch.Request) (*fetch.Response, error) {
	d.mu.Lock()
	d.open++
	d.most = max(d.most, d.open)
	d.mu.Unlock()
	defer func() { d.mu.Lock(); d.open--; d.mu.Unlock() }()
	if strings.Contains(req.URL, "good") {
		d.mu.Lock()
		d.good = append(d.good, time.Since(d.at))
		d.mu.Unlock()
		return d.endlessly.Get(ctx, req)
	}
	select {
	case <-time.After(40 * time.Second):
	case <-ctx.Done():
	}
	return nil, &fetch.Error{URL: req.URL, Code: fetch.CodeTimeout}
}

// TestSlowHostsLeaveWorkers: hosts that drip, of many sites or of one, leave the good
// site at its pace, and cost a bounded number of workers.
func TestSlowHostsLeaveWorkers(t *testing.T) {
	for name, drips := range map[string]int{"as many as workers": 4, "many more": 30, "more than may wait": 200} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := &dripping{at: time.Now()}
				job := func(host string) crawler.Job {
					site := &configs.Site{Name: strings.TrimSuffix(host, ".example"), Hosts: []string{host}}
					return crawler.Job{Site: site, Archive: &shelf{commit: func(context.Context) error { return nil }}, Extractor: reader{},
						Seeds: []crawler.Seed{{Source: configs.Source{URL: "https://" + host + "/", Type: configs.Page}}}}
				}
				var jobs []crawler.Job
				for i := range drips {
					jobs = append(jobs, job(fmt.Sprintf("drip%d.example", i)))
				}
				jobs = append(jobs, job("good.example"))
				ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
				defer cancel()
				_, _ = crawler.New(crawler.Options{Fetcher: d, Workers: 4}).Run(ctx, jobs)
				turn := time.Duration(drips/4) * 2 * time.Second // 4 a time are given up on
				if drips < 4*8 && (len(d.good) < 11 || d.good[10] > turn) {
					t.Errorf("pages of the good site were asked for at %v", d.good)
				}
				if most := 4 + 4*8; d.most > most {
					t.Errorf("%d requests at once, at most %d", d.most, most)
				}
			})
		})
	}
}
