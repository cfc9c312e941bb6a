// Package metrics counts what crawls do, for Prometheus. Names follow the OpenMetrics
// conventions: base units, counters end in _total. README.md of cmd/pressmark lists them.
package metrics

import (
	"runtime"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"pressmark/crawler/fetch"
	"pressmark/crawler/tally"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// Metrics are the counters of a process, one field a metric. Make them with New; they are safe for
// concurrent use.
type Metrics struct {
	registry *prometheus.Registry

	requests *prometheus.CounterVec
	bytes    *prometheus.CounterVec
	request  *prometheus.HistogramVec
	wait     prometheus.Histogram
	held     *prometheus.CounterVec

	pages   *prometheus.CounterVec
	extract prometheus.Histogram
	fields  *prometheus.CounterVec

	store       *prometheus.HistogramVec
	storeFailed *prometheus.CounterVec

	visits      *prometheus.CounterVec
	lag         prometheus.Histogram
	running     prometheus.Gauge
	sites       prometheus.Gauge
	lastVisit   *prometheus.GaugeVec
	lastSuccess *prometheus.GaugeVec
	degraded    *prometheus.GaugeVec
	redesigned  *prometheus.GaugeVec
}

func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pressmark_" + name, Help: help}, labels)
}

func gauge(name, help string, labels ...string) *prometheus.GaugeVec {
	return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "pressmark_" + name, Help: help}, labels)
}

// times returns the buckets of a histogram of seconds.
func times(from float64, n int) []float64 { return prometheus.ExponentialBuckets(from, 2, n) }

func histogram(name, help string, buckets []float64) prometheus.Histogram {
	return prometheus.NewHistogram(prometheus.HistogramOpts{Name: "pressmark_" + name, Help: help, Buckets: buckets})
}

// New returns metrics at zero. version is that of the program.
func New(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: counter("requests_total",
			"Requests to sites by kind (page, source, image, robots) and HTTP status; status is a code such as timeout where there was no answer.", "kind", "status"),
		bytes: counter("response_bytes_total", "Bytes of answers, decoded.", "kind"),
		request: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "pressmark_request_duration_seconds",
			Help:    "Time of requests to sites, the wait for their turn apart.",
			Buckets: times(0.01, 14)}, []string{"kind"}),
		wait:    histogram("pace_wait_seconds", "Time that requests waited for their host's turn: delay, Crawl-delay, Retry-After, back-off.", times(0.05, 16)),
		held:    counter("requests_held_back_total", "Requests that were not made, by reason: robots_disallowed, robots_unreachable, host_parked and others.", "reason"),
		pages:   counter("pages_total", "Outcomes of pages by site.", "site", "outcome"),
		extract: histogram("extraction_duration_seconds", "Time to read an article out of a page.", times(0.0005, 14)),
		fields:  counter("article_fields_total", "Articles read, by site, field and whether the page had it.", "site", "field", "filled"),
		store: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "pressmark_store_duration_seconds",
			Help:    "Time of calls to the archive's store, repetitions included.",
			Buckets: times(0.001, 16)}, []string{"operation"}),
		storeFailed: counter("store_failures_total", "Calls to the archive's store that failed for good.", "operation"),
		visits:      counter("visits_total", "Visits to sites by result: done, failed, stopped.", "result"),
		lag:         histogram("queue_lag_seconds", "How long after its time a visit began.", times(0.25, 16)),
		running:     prometheus.NewGauge(prometheus.GaugeOpts{Name: "pressmark_visits_running", Help: "Visits under way in this process."}),
		sites:       prometheus.NewGauge(prometheus.GaugeOpts{Name: "pressmark_sites", Help: "Sites configured."}),
		lastVisit:   gauge("site_last_visit_timestamp_seconds", "When the last visit to a site ended.", "site"),
		lastSuccess: gauge("site_last_success_timestamp_seconds", "When the last visit to a site ended in which its sources answered.", "site"),
		degraded:    gauge("site_degraded", "1 if a site's pages read worse than they used to, by its last visit.", "site"),
		redesigned:  gauge("site_redesigned", "1 if a site's pages have another template than they used to, by its last visit.", "site"),
	}
	build := gauge("build_info", "The program.", "version", "goversion")
	build.WithLabelValues(version, runtime.Version()).Set(1)
	m.registry.MustRegister(m.requests, m.bytes, m.request, m.wait, m.held, m.pages, m.extract, m.fields, m.store, m.storeFailed,
		m.visits, m.lag, m.running, m.sites, m.lastVisit, m.lastSuccess, m.degraded, m.redesigned, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Asked counts a request.
func (m *Metrics) Asked(a fetch.Asked) {
	kind := string(a.Kind)
	if kind == "" {
		kind = string(fetch.Page)
	}
	m.wait.Observe(a.Waited.Seconds())
	if !a.Sent {
		m.held.WithLabelValues(a.Code).Inc()
		return
	}
	status := a.Code
	if a.Status > 0 {
		status = strconv.Itoa(a.Status)
	}
	m.requests.WithLabelValues(kind, status).Inc()
	m.bytes.WithLabelValues(kind).Add(float64(a.Bytes))
	m.request.WithLabelValues(kind).Observe(a.Elapsed.Seconds())
}

// Page counts the outcome of a page.
func (m *Metrics) Page(e tally.Event) {
	if e.Kind == ledger.KindPage {
		m.pages.WithLabelValues(e.Site, string(e.Outcome)).Inc()
	}
}

// Extracted counts an article that was read out of a page; a is nil for a page without one.
func (m *Metrics) Extracted(site string, took time.Duration, a *article.Article) {
	m.extract.Observe(took.Seconds())
	if a == nil {
		return
	}
	for field, filled := range map[string]bool{
		"title": a.Title != "", "published": a.Published != nil, "authors": len(a.Credits.Authors) > 0, "source": a.Credits.Source != "",
		"text": a.Text != "", "images": len(a.Images) > 0,
	} {
		m.fields.WithLabelValues(site, field, strconv.FormatBool(filled)).Inc()
	}
}

// Stored counts a call to the store, as storage.Observed reports it.
func (m *Metrics) Stored(op string, took time.Duration, err error) {
	m.store.WithLabelValues(op).Observe(took.Seconds())
	if err != nil {
		m.storeFailed.WithLabelValues(op).Inc()
	}
}

// Began counts a visit that begins, so long after its time.
func (m *Metrics) Began(_ string, lag time.Duration) {
	m.lag.Observe(max(lag, 0).Seconds())
	m.running.Inc()
}

// Ended counts the end of a visit that Began counted.
func (m *Metrics) Ended() { m.running.Dec() }

// Visited counts a site's visit.
func (m *Metrics) Visited(s tally.Summary, now time.Time) {
	at := float64(now.UnixMilli()) / 1000
	m.lastVisit.WithLabelValues(s.Site).Set(at)
	m.degraded.WithLabelValues(s.Site).Set(oneIf(s.Drift != nil && s.Drift.Degraded))
	m.redesigned.WithLabelValues(s.Site).Set(oneIf(s.Drift != nil && s.Drift.Redesigned))
	switch {
	case s.Err != nil:
		m.visits.WithLabelValues("stopped").Inc()
	case s.Sources > 0 && s.Sources == s.SourcesFailed:
		m.visits.WithLabelValues("failed").Inc()
	default:
		m.visits.WithLabelValues("done").Inc()
		m.lastSuccess.WithLabelValues(s.Site).Set(at)
	}
}

func oneIf(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}

// Sites sets the number of configured sites.
func (m *Metrics) Sites(n int) { m.sites.Set(float64(n)) }
