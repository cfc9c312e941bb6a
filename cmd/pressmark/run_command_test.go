//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// waitFor waits until a condition holds; the test fails if it does not within a minute.
func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for !holds() {
		if ctx.Err() != nil {
			t.Fatalf("not within a minute: %s", what)
		}
		tick(t, 50*time.Millisecond)
	}
}

func archivedOf(t *testing.T, to, site string) int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(to, "articles", site, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	return len(files)
}

// lockedBuffer is a buffer that is read while it is written to.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// servedAt finds the address of the metrics in the log.
func servedAt(t *testing.T, log string) string {
	t.Helper()
	for line := range strings.Lines(log) {
		var event struct{ Msg, Address string }
		if err := json.Unmarshal([]byte(line), &event); err == nil && event.Msg == "serving metrics" {
			return strings.TrimSuffix(event.Address, "/metrics")
		}
	}
	t.Fatalf("no address of metrics in the log: %s", log)
	return ""
}

func ask(t *testing.T, url string) (status int, body string) {
	t.Helper()
	resp, err := http.Get(url) //nolint:noctx // of the test's own program
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// checkMetrics reads the metrics of a program that has made visits, by Prometheus's own
// parser, and compares their names with those that the dashboard and the alerts ask for.
func checkMetrics(t *testing.T, at string) {
	t.Helper()
	for _, path := range []string{"/healthz", "/readyz"} {
		if status, body := ask(t, at+path); status != http.StatusOK {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	_, text := ask(t, at+"/metrics")
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"pressmark_requests_total", "pressmark_response_bytes_total", "pressmark_pages_total", "pressmark_extraction_duration_seconds",
		"pressmark_article_fields_total", "pressmark_store_duration_seconds", "pressmark_queue_lag_seconds", "pressmark_visits_total",
		"pressmark_site_last_success_timestamp_seconds", "pressmark_pace_wait_seconds", "pressmark_build_info"} {
		if f := families[want]; f == nil || len(f.GetMetric()) == 0 || f.GetHelp() == "" {
			t.Errorf("no %s", want)
		}
	}
	for _, want := range []string{`pressmark_requests_total{kind="source",status="200"}`, `pressmark_pages_total{outcome="archived",site="paper-00"}`, "pressmark_sites 2\n",
		`pressmark_article_fields_total{field="title",filled="true",site="paper-00"}`, `pressmark_visits_total{result="done"}`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	described := metricNames(t)
	if len(described) < 10 {
		t.Errorf("dashboard and alerts name %d metrics", len(described))
	}
	for _, name := range described {
		base := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "_bucket"), "_sum"), "_count")
		_, known := families[base]
		if !known && !strings.HasSuffix(base, "_failures_total") && base != "pressmark_requests_held_back_total" { // nothing has failed here
			t.Errorf("dashboard or alerts ask for %s, which is not there", name)
		}
	}
}

// metricNames returns the metrics that the files of configs/deploy name.
func metricNames(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, file := range []string{"grafana.json", "alerts.yaml"} {
		text, err := os.ReadFile(filepath.Join("../../configs/deploy", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range regexp.MustCompile(`pressmark_[a-z_]+`).FindAllString(string(text), -1) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// TestRun: with a queue in a file the sites are visited again and again, a new site's
// file is taken up, a wrong one is told while the old site stays in force, and why and
// when is explained.
func TestRun(t *testing.T) {
	web := startFleetWeb(t, 2)
	dir, to, queue := t.TempDir(), filepath.Join(t.TempDir(), "archive"), filepath.Join(t.TempDir(), "queue.db")
	move := func(name string) {
		if err := os.Rename(filepath.Join(web.dir, name), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	move("paper-00.yaml")
	args := []string{"run", "--config", dir, "--to", to, "--queue", queue, "--allow-private", "--delay", "20ms", "--min", "1s", "--max", "2s", "--heartbeat", "200ms", "--reload", "100ms", "--metrics", "127.0.0.1:0", "--log-format", "json"}
	var out bytes.Buffer
	var errs lockedBuffer
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, args, strings.NewReader(""), &out, &errs) }()
	defer stop()
	waitFor(t, "first visit", func() bool { return archivedOf(t, to, "paper-00") == 2 })
	web.publish()
	waitFor(t, "second visit", func() bool { return archivedOf(t, to, "paper-00") == 3 })
	if err := os.WriteFile(filepath.Join(dir, "paper-00.yaml"), []byte("name: paper-00\nhost: x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	move("paper-01.yaml")
	waitFor(t, "a site that was added", func() bool { return archivedOf(t, to, "paper-01") == 3 })
	web.publish()
	waitFor(t, "a site whose file is wrong now", func() bool { return archivedOf(t, to, "paper-00") == 4 })
	checkMetrics(t, servedAt(t, errs.String()))
	stop()
	if code := <-ended; code != exitDone {
		t.Errorf("status %d", code)
	}
	for _, want := range []string{"paper-00.yaml:2:1: host: unknown key", "what these files said before stays in force", "configuration taken up", "next visit"} {
		if !strings.Contains(errs.String(), want) {
			t.Errorf("the log does not say %q: %s", want, errs.String())
		}
	}

	if err := os.Remove(filepath.Join(dir, "paper-00.yaml")); err != nil {
		t.Fatal(err)
	}
	code, text, problem := pressmark(t, "run", "--config", dir, "--to", to, "--queue", queue, "--explain", "paper-01", "--allow-private")
	for _, want := range []string{"paper-01: key 127.0.2.2:", "visits at least 1s and at most 4s apart, priority normal", "last visit ended ", "next visit: ", "because "} {
		if code != exitDone || !strings.Contains(text, want) {
			t.Errorf("status %d, no %q: %s%s", code, want, text, problem)
		}
	}
	// A queue that is lost is filled again; the log knows what is archived.
	lost := filepath.Join(t.TempDir(), "lost.db")
	if code, text, problem = pressmark(t, "run", "--config", dir, "--to", to, "--queue", lost, "--explain", "paper-01"); code != exitDone || !strings.Contains(text, "no job of it yet") {
		t.Errorf("status %d: %s%s", code, text, problem)
	}
}

// TestRunMisuse: wrong calls, and a queue that is not there.
func TestRunMisuse(t *testing.T) {
	dir := t.TempDir()
	site := filepath.Join(dir, "a.yaml")
	if err := os.WriteFile(site, []byte("name: a\nhosts: [www.a.example]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"run"}, exitMisuse, "name the folder or s3:// prefix"},
		{[]string{"run", "--config", t.TempDir()}, exitMisuse, "no site is configured"},
		{[]string{"run", "--config", filepath.Join(dir, "absent")}, exitMisuse, "no such file"},
		{[]string{"run", "--config", dir, "--min", "1h", "--max", "1m"}, exitMisuse, "--min"},
		{[]string{"run", "--config", dir, "--explain", "b"}, exitMisuse, `no site "b" is configured`},
		{[]string{"run", "--config", dir, "--to", dir, "--queue", "postgres://me:secret@127.0.0.1:1/none"}, exitMachine, "the queue cannot be used"},
	} {
		code, _, errs := pressmark(t, tt.args...)
		if code != tt.code || !strings.Contains(errs, tt.want) || strings.Contains(errs, "secret") {
			t.Errorf("%v: status %d, %s", tt.args, code, errs)
		}
	}
	if text := fmt.Sprint(os.ReadDir(dir)); strings.Contains(text, "schema") {
		t.Errorf("an archive was made: %s", text)
	}
}
