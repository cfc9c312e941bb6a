package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// refusingStore is an S3 server that refuses every request with a code.
func refusingStore(t *testing.T, status int, code string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(status)
		fmt.Fprintf(w, `<?xml version="1.0"?><Error><Code>%s</Code><Message>raw words of the store</Message></Error>`, code)
	}))
	t.Cleanup(server.Close)
	for name, value := range map[string]string{"AWS_ENDPOINT_URL_S3": server.URL, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_REGION": "us-east-1"} {
		t.Setenv(name, value)
	}
}

// TestStatusOfTheStore: a store that refuses ends commands with status 3, in plain words.
func TestStatusOfTheStore(t *testing.T) {
	refusingStore(t, http.StatusForbidden, "InvalidAccessKeyId")
	for _, args := range [][]string{{"archive", "http://127.0.0.1:1/", "--allow-private"}, {"status"}, {"log"}, {"verify"}} {
		if args[0] == "verify" {
			args = append(args, "s3://news/paper", "--s3-path-style")
		} else {
			args = append(args, "--to", "s3://news/paper", "--s3-path-style")
		}
		code, _, errs := pressmark(t, args...)
		if code != exitMachine || !strings.Contains(errs, "the store does not know the access key; check AWS_ACCESS_KEY_ID") || strings.Contains(errs, "raw words") {
			t.Errorf("%v: status %d, %s", args, code, errs)
		}
		if _, _, errs = pressmark(t, append(args, "--verbose")...); !strings.Contains(errs, "raw words of the store") {
			t.Errorf("%v --verbose: %s", args, errs)
		}
	}
	_, _, errs := pressmark(t, "status", "--to", "s3://news/paper", "--s3-path-style", "--log-format", "json")
	var event struct {
		Code, Advice, Detail string
		Status               int
	}
	if err := json.Unmarshal([]byte(errs), &event); err != nil || event.Code != "key" || event.Status != exitMachine || !strings.Contains(event.Detail, "raw words") {
		t.Errorf("as JSON: %v, %s", err, errs)
	}
}

// TestMistypedHost: a host that nothing is known of leaves no archive and no site.
func TestMistypedHost(t *testing.T) {
	t.Parallel() // the retries take a minute
	dir := filepath.Join(t.TempDir(), "archive")
	code, _, errs := pressmark(t, "archive", "http://127.0.0.1:1/", "--allow-private", "--to", dir, "--quiet")
	if _, err := os.Stat(dir); code != exitFailures || !os.IsNotExist(err) {
		t.Errorf("status %d, archive: %v; %s", code, err, errs)
	}
}

// TestSummaryObjects: a summary for programs names run, start, version and errors, and
// each event of the log names the run.
func TestSummaryObjects(t *testing.T) {
	p := startPaper(t)
	p.Set("/", list("", storyPath(1)))
	p.Set(storyPath(1), story(1, "", ""))
	code, out, errs := pressmark(t, "archive", p.URL+"/", "--allow-private", "--delay", "0", "--to", t.TempDir(), "--json", "--log-format", "json")
	var sums []struct {
		Run, Started, Version, Site string
		Archived                    int
		Seconds                     *float64 `json:"elapsed_seconds"`
	}
	if err := json.Unmarshal([]byte(out), &sums); err != nil || code != exitDone || len(sums) != 1 {
		t.Fatalf("status %d, %v: %s%s", code, err, out, errs)
	}
	if s := sums[0]; s.Run == "" || s.Started == "" || s.Version != version || s.Archived != 1 || s.Seconds == nil || *s.Seconds <= 0 || *s.Seconds > 600 {
		t.Errorf("%s", out)
	}
	lines := strings.Split(strings.TrimSpace(errs), "\n")
	for _, line := range lines {
		var event struct{ Run, Time, Level, Msg string }
		if err := json.Unmarshal([]byte(line), &event); err != nil || event.Run != sums[0].Run || event.Msg == "" {
			t.Errorf("%v: %s", err, line)
		}
	}
	if len(lines) < 2 {
		t.Errorf("%d events", len(lines))
	}
}

// TestManySites: the end of a run of many failing sites is a table of reasons.
func TestManySites(t *testing.T) {
	t.Parallel() // the retries take a minute
	dir := t.TempDir()
	for i := range 500 {
		yaml := fmt.Sprintf("name: site-%03d\nhosts: ['127.0.%d.%d:1']\nallow_private: ['127.0.%[2]d.%[3]d:1']\nsources: ['http://127.0.%[2]d.%[3]d:1/']\n", i, i/100+1, i%100+1)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("site-%03d.yaml", i)), []byte(yaml), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	code, out, errs := pressmark(t, "crawl", "--config", dir, "--to", filepath.Join(dir, "archive"), "--quiet")
	if code != exitFailures || strings.Count(out, "\n") > manySites+20 || !strings.Contains(out, "For example") || !strings.Contains(out, " 500 ") {
		t.Errorf("status %d, %d lines: %s%s", code, strings.Count(out, "\n"), out, errs)
	}
	if strings.Count(errs, "\n") > 5 || !strings.Contains(errs, "500 of 500 sites") {
		t.Errorf("%s", errs)
	}
}
