package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// said is what a command has printed so far.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{} // gets one for each write
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := s.text.Write(p)
	s.more <- struct{}{}
	return n, err
}

// TestServe starts the command on a free port, reads a page, and ends it as Ctrl-C does.
func TestServe(t *testing.T) {
	p := startPaper(t)
	p.Set("/", list("", "/2024/0301/council-takes-up-bridge-0.html"))
	p.Set("/2024/0301/council-takes-up-bridge-0.html", story(0, "", ""))
	dir := t.TempDir() + "/archive"
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	if status := run(t.Context(), []string{"crawl", "--config", p.Config(t, "  - {url: URL/, type: page}\n"), "--to", dir, "--quiet"}, nil, io.Discard, io.Discard); status != 0 {
		t.Fatalf("crawl: status %d", status)
	}
	ctx, stop := context.WithCancel(t.Context())
	out := &said{more: make(chan struct{}, 100)}
	ended := make(chan int)
	go func() { ended <- run(ctx, []string{"serve", dir, "--addr", "127.0.0.1:0"}, nil, out, out) }()
	var address string
	for address == "" {
		select {
		case <-out.more:
			out.mu.Lock()
			address = regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+/`).FindString(out.text.String())
			out.mu.Unlock()
		case status := <-ended:
			t.Fatalf("serve ended with status %d: %s", status, out.text.String())
		}
	}
	if text := out.text.String(); !strings.Contains(text, "1 article") {
		t.Errorf("serve says %q", text)
	}
	for path, want := range map[string]string{"": "Council takes up bridge", "certificate?check=1": "found no problem", "export?format=csv": "Council takes up bridge"} {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("/%s: status %d, %v, without %q: %.300s", path, resp.StatusCode, err, want, body)
		}
	}
	http.DefaultClient.CloseIdleConnections()
	stop()
	if status := <-ended; status != 0 {
		t.Errorf("serve ends with status %d: %s", status, out.text.String())
	}
}
