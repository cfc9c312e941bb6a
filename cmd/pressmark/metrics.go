package main

import (
	"context"
	"log/slog"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/metrics"
	"pressmark/extract/article"
	"pressmark/storage"
)

const metricsUsage = "serve Prometheus metrics, /healthz and /readyz at this address, such as :9464 or 127.0.0.1:0"

// watched are the metrics of a command, and whether it is well. The zero value counts nothing.
type watched struct {
	*metrics.Metrics
	health metrics.Health
}

// serveMetrics starts to serve the metrics at an address. If the address is "", the
// metrics are nil.
func serveMetrics(ctx context.Context, address string, within time.Duration, log *slog.Logger) (*watched, error) {
	if address == "" {
		return nil, nil //nolint:nilnil // without an address there are none
	}
	w := &watched{Metrics: metrics.New(version)}
	w.health.Beat()
	at, err := metrics.Serve(ctx, address, w.Handler(&w.health, within), func(err error) { log.Error("metrics are not served any more", "error", err) })
	if err != nil {
		return nil, misuse("--metrics: %w", err)
	}
	log.Info("serving metrics", "address", "http://"+at+"/metrics")
	return w, nil
}

// store returns a store whose calls are counted.
func (w *watched) store(s storage.Store) storage.Store {
	if w == nil {
		return s
	}
	return storage.Observed(s, w.Stored)
}

// extracted returns the function that counts articles; nil if nothing is counted.
func (w *watched) extracted() func(string, time.Duration, *article.Article) {
	if w == nil {
		return nil
	}
	return w.Extracted
}

// pages returns an observer that counts pages and then calls next.
func (w *watched) pages(next func(crawler.Event)) func(crawler.Event) {
	if w == nil {
		return next
	}
	return func(e crawler.Event) {
		w.Page(e)
		w.health.Beat()
		next(e)
	}
}

// lag returns the function that counts visits as they begin and end.
func (w *watched) lag() (began func(string, time.Duration), ended func()) {
	if w == nil {
		return nil, nil
	}
	return w.Began, w.Ended
}

// begin says that the program works, on so many sites.
func (w *watched) begin(sites int) {
	if w != nil {
		w.Sites(sites)
		w.health.Ready(true)
		w.health.Beat()
	}
}

// visited counts visits that have ended.
func (w *watched) visited(sums []crawler.Summary, now time.Time) {
	if w == nil {
		return
	}
	for _, s := range sums {
		w.Visited(s, now)
	}
}

// beat notes a sign of life.
func (w *watched) beat() {
	if w != nil {
		w.health.Beat()
	}
}

// drain marks the program as not ready: it accepts no more work.
func (w *watched) drain() {
	if w != nil {
		w.health.Ready(false)
	}
}
