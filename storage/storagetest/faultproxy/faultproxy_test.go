package faultproxy

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestFaults: each fault does to a request what its comment says.
func TestFaults(t *testing.T) {
	text := strings.Repeat("0123456789", 1000)
	for fault, want := range map[Fault]struct {
		seen   int32  // requests that the server sees
		result string // what the client sees
	}{
		None:     {1, "200 whole"},
		SlowDown: {0, "503"},
		Reset:    {0, "no answer"},
		Lost:     {1, "no answer"},
		Cut:      {1, "200 part"},
		Hang:     {0, "timeout"},
		LostHang: {1, "timeout"},
		Slow:     {1, "200 whole"},
	} {
		t.Run(fault.String(), func(t *testing.T) {
			var seen atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				seen.Add(1)
				if body, err := io.ReadAll(r.Body); err != nil || string(body) != text {
					t.Errorf("the server got %d bytes, %v", len(body), err)
				}
				_, _ = io.WriteString(w, text)
			}))
			defer server.Close()
			proxy := Start(t, server.URL, func(int, *http.Request) Fault { return fault })
			if got := ask(t, proxy.URL, text); got != want.result || seen.Load() != want.seen {
				t.Errorf("the client sees %q, the server %d requests; want %q and %d", got, seen.Load(), want.result, want.seen)
			}
			if proxy.Requests() != 1 || proxy.Count(fault) != 1 {
				t.Errorf("counted %d requests, %d of them faulty", proxy.Requests(), proxy.Count(fault))
			}
		})
	}
}

// ask makes a request and says in a word what came of it.
func ask(t *testing.T, url, text string) string {
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/a", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if errors.Is(err, context.DeadlineExceeded) {
		return "timeout"
	}
	if err != nil {
		return "no answer"
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return response.Status[:3]
	}
	body, err := io.ReadAll(response.Body)
	if err != nil && strings.HasPrefix(text, string(body)) {
		return "200 part"
	}
	if err != nil || string(body) != text {
		return "200 spoilt"
	}
	return "200 whole"
}
