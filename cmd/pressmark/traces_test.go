package main

import (
	"compress/gzip"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// otlpReceiver takes spans over OTLP/HTTP, as a collector does.
type otlpReceiver struct {
	mu       sync.Mutex
	spans    []*tracepb.Span
	resource map[string]string
	wrong    []string
}

func (o *otlpReceiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	fail := func(what string) {
		o.wrong = append(o.wrong, what)
		w.WriteHeader(http.StatusBadRequest)
	}
	if r.Method != http.MethodPost || r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/x-protobuf" {
		fail(r.Method + " " + r.URL.Path + " " + r.Header.Get("Content-Type"))
		return
	}
	in := io.Reader(r.Body)
	if r.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(r.Body)
		if err != nil {
			fail(err.Error())
			return
		}
		in = z
	}
	body, err := io.ReadAll(in)
	if err != nil {
		fail(err.Error())
		return
	}
	var batch collector.ExportTraceServiceRequest
	if err := proto.Unmarshal(body, &batch); err != nil {
		fail(err.Error())
		return
	}
	for _, of := range batch.GetResourceSpans() {
		for _, kv := range of.GetResource().GetAttributes() {
			o.resource[kv.GetKey()] = kv.GetValue().GetStringValue()
		}
		for _, scope := range of.GetScopeSpans() {
			o.spans = append(o.spans, scope.GetSpans()...)
		}
	}
	answer, _ := proto.Marshal(&collector.ExportTraceServiceResponse{}) // an empty message
	w.Header().Set("Content-Type", "application/x-protobuf")
	_, _ = w.Write(answer)
}

// attributesOf returns a span's texts, by name.
func attributesOf(s *tracepb.Span) map[string]string {
	out := map[string]string{}
	for _, kv := range s.GetAttributes() {
		out[kv.GetKey()] = kv.GetValue().GetStringValue()
	}
	return out
}

// TestTraces: a crawl sends spans of its visit, and below it of requests, pages and
// batches, to the collector that the environment names, and nothing where it names none.
func TestTraces(t *testing.T) {
	receiver := &otlpReceiver{resource: map[string]string{}}
	server := httptest.NewServer(receiver)
	defer server.Close()
	p := startPaper(t)
	p.Set("/", list("", storyPath(1), storyPath(2), "/absent.html"))
	p.Set(storyPath(1), story(1, "", ""))
	p.Set(storyPath(2), story(2, "", ""))
	config, to := p.Config(t, "  - {url: 'URL/', type: page}\n"), filepath.Join(t.TempDir(), "archive")
	crawl := func() {
		t.Helper()
		if code, out, errs := pressmark(t, "crawl", "--config", config, "--to", to, "--quiet", "--refetch"); code != exitDone {
			t.Fatalf("status %d: %s%s", code, out, errs)
		}
	}
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", server.URL)
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=test")
	crawl()
	if len(receiver.wrong) > 0 || receiver.resource["service.name"] != "pressmark" || receiver.resource["deployment.environment"] != "test" {
		t.Errorf("wrong %q, resource %v", receiver.wrong, receiver.resource)
	}
	count, visit := map[string]int{}, ""
	for _, s := range receiver.spans {
		if count[s.GetName()]++; s.GetName() == "visit" {
			visit = hex.EncodeToString(s.GetSpanId())
			if a := attributesOf(s); a["pressmark.site"] != "paper" || a["pressmark.run"] == "" || len(s.GetParentSpanId()) > 0 {
				t.Errorf("visit: %v", a)
			}
		}
	}
	if count["visit"] != 1 || count["fetch"] != 4 || count["extract"] < 3 || count["commit"] < 1 {
		t.Errorf("spans: %v", count)
	}
	urls := map[string]bool{}
	for _, s := range receiver.spans {
		if s.GetName() != "visit" && hex.EncodeToString(s.GetParentSpanId()) != visit {
			t.Errorf("%s is not below the visit", s.GetName())
		}
		if s.GetEndTimeUnixNano() < s.GetStartTimeUnixNano() {
			t.Errorf("%s ends before it begins", s.GetName())
		}
		if s.GetName() == "fetch" {
			urls[strings.TrimPrefix(attributesOf(s)["url.full"], p.URL)] = true
		}
	}
	for _, path := range []string{"/", storyPath(1), storyPath(2), "/absent.html"} {
		if !urls[path] {
			t.Errorf("no request for %s among %v", path, urls)
		}
	}

	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "")
	before := len(receiver.spans)
	crawl()
	if len(receiver.spans) != before {
		t.Error("spans are sent although nobody asked for them")
	}
}
