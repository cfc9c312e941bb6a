package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pressmark/storage/storagetest/versitygw"
)

// readmeCode returns the block of storage/README.md in a language that begins with a text.
func readmeCode(t *testing.T, language, begin string) string {
	t.Helper()
	text, err := os.ReadFile("../../storage/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllSubmatch(text, -1) {
		if code := string(block[1]); strings.HasPrefix(code, begin) {
			return code
		}
	}
	t.Fatalf("storage/README.md has no %q", begin)
	return ""
}

// installed returns the path of a program. Where there is none, the test is skipped, or
// fails if the variable is "required".
func installed(t *testing.T, name, variable string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	switch {
	case err == nil:
	case os.Getenv(variable) == "required":
		t.Fatalf("%s is not installed", name)
	default:
		t.Skipf("NOT TESTED: the README's examples need %[1]s: apt-get install %[1]s", name)
	}
	return path
}

// TestReadmeFeed runs the Python program of storage/README.md, which reads a feed without
// Pressmark, on a folder, over http and on a bucket that everybody may read: it prints
// each revision once, as it was.
func TestReadmeFeed(t *testing.T) {
	python := installed(t, "python3", "PRESSMARK_TEST_PYTHON")
	code := readmeCode(t, "python", "# feed.py")
	if n := strings.Count(code, "\n"); n > 25 {
		t.Errorf("feed.py has %d lines", n)
	}
	program := filepath.Join(t.TempDir(), "feed.py")
	if err := os.WriteFile(program, []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	bucket := versitygw.Start(t, versitygw.Options{})
	if err := bucket.AllowReading(t.Context()); err != nil {
		t.Fatal(err)
	}
	setEnv(t, bucket.Env())
	dir := t.TempDir()
	for _, to := range []string{dir, "s3://" + bucket.Bucket} {
		p, began := startPaper(t), time.Now()
		p.Set("/", list("", storyPath(1), storyPath(2)))
		p.Set(storyPath(1), story(1, "", ""))
		p.Set(storyPath(2), story(2, "", ""))
		config := p.Config(t, "  - {url: 'URL/', type: page}\n")
		p.crawl(t, began, exitDone, "crawl", "paper", "--config", config, "--to", to, "--s3-path-style")
		p.Set(storyPath(1), sheet{Body: strings.Replace(story(1, "", "").Body, "<h1>Council takes up", "<h1>Council gives up", 1)})
		p.crawl(t, began.Add(2*time.Hour), exitDone, "crawl", "paper", "--config", config, "--to", to, "--s3-path-style")
	}
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	for _, base := range []string{dir, server.URL, bucket.Endpoint + "/" + bucket.Bucket} {
		out, err := exec.CommandContext(t.Context(), python, program, base, "paper").CombinedOutput()
		lines := string(out)
		if err != nil || strings.Count(lines, "\n") != 3 || !strings.Contains(lines, " 1 Council takes up bridge number 1\n") ||
			!strings.Contains(lines, " 1 Council takes up bridge number 2\n") || !strings.Contains(lines, " 2 Council gives up bridge number 1\n") {
			t.Errorf("%s: %v\n%s", base, err, lines)
		}
	}
}

func setEnv(t *testing.T, pairs []string) {
	t.Helper()
	for _, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		t.Setenv(name, value)
	}
}

// TestReadmeConsumer runs the consumer in shell of storage/README.md on a bucket: it gets
// each new article once, and none is lost when it fails before it is done.
func TestReadmeConsumer(t *testing.T) {
	installed(t, "jq", "PRESSMARK_TEST_PYTHON")
	code := readmeCode(t, "sh", "cp feed.json")
	bucket := versitygw.Start(t, versitygw.Options{})
	setEnv(t, append(bucket.Env(), "PRESSMARK_TO=s3://"+bucket.Bucket, "PRESSMARK_S3_PATH_STYLE=true"))
	exe, dir := buildProgram(t), t.TempDir()
	broken := filepath.Join(t.TempDir(), "jq")
	if err := os.WriteFile(broken, []byte("#!/bin/sh\nexit 1\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	consume := func(path string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "sh", "-c", code)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "PATH="+path+filepath.Dir(exe)+":"+os.Getenv("PATH"))
		var errs strings.Builder
		cmd.Stderr = &errs
		out, err := cmd.Output()
		if failed := path != ""; (err != nil) != failed {
			t.Errorf("%v: %s", err, errs.String())
		}
		return string(out)
	}
	p, began := startPaper(t), time.Now()
	config := p.Config(t, "  - {url: 'URL/', type: page}\n")
	crawl := func(after time.Duration, paths ...string) {
		p.Set("/", list("", paths...))
		p.crawl(t, began.Add(after), exitDone, "crawl", "paper", "--config", config)
	}
	p.Set(storyPath(1), story(1, "", ""))
	p.Set(storyPath(2), story(2, "", ""))
	crawl(0, storyPath(1))
	if got := consume(""); got != "Council takes up bridge number 1\n" {
		t.Errorf("first: %q", got)
	}
	crawl(2*time.Hour, storyPath(1), storyPath(2))
	consume(filepath.Dir(broken) + ":")
	if got := consume(""); got != "Council takes up bridge number 2\n" {
		t.Errorf("after a consumer that failed: %q", got)
	}
	if got := consume(""); got != "" {
		t.Errorf("when nothing is new: %q", got)
	}
}
