package metrics

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Health is whether a process is alive and ready. The zero value is neither. It is safe
// for concurrent use.
type Health struct {
	beat  atomic.Int64 // unix nanoseconds of the last sign of life
	ready atomic.Bool
}

// Beat notes a sign of life.
func (h *Health) Beat() { h.beat.Store(time.Now().UnixNano()) }

// Ready sets whether the process accepts work.
func (h *Health) Ready(is bool) { h.ready.Store(is) }

// alive reports whether there was a sign of life within the last `within`.
func (h *Health) alive(within time.Duration) bool {
	return time.Since(time.Unix(0, h.beat.Load())) < within
}

// Handler serves /metrics, /healthz (200 while the process gives a sign of life at least
// every `within`) and /readyz (200 while it takes work).
func (m *Metrics) Handler(h *Health, within time.Duration) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{EnableOpenMetrics: true}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answer(w, h.alive(within), "no sign of life") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, h.ready.Load() && h.alive(within), "not ready")
	})
	return mux
}

func answer(w http.ResponseWriter, ok bool, why string) {
	if !ok {
		http.Error(w, why, http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}

// Serve serves the handler at an address such as :9464 until ctx ends. It returns the
// address once it listens.
func Serve(ctx context.Context, address string, h http.Handler, failed func(error)) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	go func() {
		if err := server.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
			failed(err)
		}
	}()
	return l.Addr().String(), nil
}
