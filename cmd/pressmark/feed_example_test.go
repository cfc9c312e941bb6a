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
)

// TestReadmeFeed runs the Python program of storage/README.md, which reads a feed without
// Pressmark, on a folder and over http: it prints each revision once, as it was.
func TestReadmeFeed(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("PRESSMARK_TEST_PYTHON") == "required" {
			t.Fatal("python3 is not installed")
		}
		t.Skip("NOT TESTED: the README's reader of the feed needs python3: apt-get install python3")
	}
	text, err := os.ReadFile("../../storage/README.md")
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile("(?s)```python\n(# feed.py.*?)```").FindSubmatch(text)
	if code == nil {
		t.Fatal("storage/README.md has no feed.py")
	}
	if n := strings.Count(string(code[1]), "\n"); n > 25 {
		t.Errorf("feed.py has %d lines", n)
	}
	p, dir, began := startPaper(t), t.TempDir(), time.Now()
	p.Set("/", list("", storyPath(1), storyPath(2)))
	p.Set(storyPath(1), story(1, "", ""))
	p.Set(storyPath(2), story(2, "", ""))
	config := p.Config(t, "  - {url: 'URL/', type: page}\n")
	p.crawl(t, began, exitDone, "crawl", "paper", "--config", config, "--to", dir)
	p.Set(storyPath(1), sheet{Body: strings.Replace(story(1, "", "").Body, "<h1>Council takes up", "<h1>Council gives up", 1)})
	p.crawl(t, began.Add(2*time.Hour), exitDone, "crawl", "paper", "--config", config, "--to", dir)

	program := filepath.Join(t.TempDir(), "feed.py")
	if err := os.WriteFile(program, code[1], 0o600); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	for _, base := range []string{dir, server.URL} {
		out, err := exec.CommandContext(t.Context(), python, program, base, "paper").CombinedOutput()
		lines := string(out)
		if err != nil || strings.Count(lines, "\n") != 3 || !strings.Contains(lines, " 1 Council takes up bridge number 1\n") ||
			!strings.Contains(lines, " 1 Council takes up bridge number 2\n") || !strings.Contains(lines, " 2 Council gives up bridge number 1\n") {
			t.Errorf("%s: %v\n%s", base, err, lines)
		}
	}
}
