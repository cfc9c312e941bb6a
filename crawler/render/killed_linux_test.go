package render_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/render"
	"pressmark/crawler/render/rendertest"
)

const envKilled = "PRESSMARK_TEST_RENDER_URL"

// TestRenderKilled: when a process that renders a page is killed, no process of its
// browser is left, and the next one deletes the profile that it left.
func TestRenderKilled(t *testing.T) {
	if url := os.Getenv(envKilled); url != "" {
		r := render.New(render.Options{Path: rendertest.Chromium(t)})
		fmt.Println("begins")
		_, err := r.Render(t.Context(), render.Page{URL: url, Status: http.StatusOK, Fetcher: waiting{},
			Body: []byte(`<!doctype html><script src=/asked.js></script>`), Header: http.Header{"Content-Type": {"text/html"}}})
		t.Fatal("it was to be killed before", err)
	}
	rendertest.Chromium(t)
	before := running()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestRenderKilled$")
	cmd.Env = append(os.Environ(), envKilled+"=http://news.example/a.html")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan() && lines.Text() != "asked"; {
	}
	children := map[int]string{}
	for pid, at := range running() {
		if before[pid] != at && descends(pid, cmd.Process.Pid) {
			children[pid] = at
		}
	}
	if len(children) < 3 {
		t.Fatalf("%d processes of the browser", len(children))
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, out)
	_ = cmd.Wait() // killed
	deadline := time.Now().Add(time.Minute)
	for pid := range children {
		for running()[pid] == children[pid] {
			if time.Now().After(deadline) {
				t.Fatalf("process %d of the browser is left", pid)
			}
		}
	}
	left := func() []string {
		list, _ := filepath.Glob(filepath.Join(os.TempDir(), fmt.Sprintf("pressmark-browser-%d-*", cmd.Process.Pid)))
		return list
	}
	if len(left()) != 1 {
		t.Errorf("profiles of the killed process: %v", left())
	}
	s := newSite(t, map[string]string{"/": "<p>Hello"})
	r := render.New(render.Options{Path: rendertest.Chromium(t)})
	defer r.Close()
	if _, err := r.Render(t.Context(), open(t, &client{}, s.URL+"/")); err != nil {
		t.Fatal(err)
	}
	if len(left()) != 0 {
		t.Errorf("profiles of the killed process: %v", left())
	}
}

// waiting says that it was asked, and never answers.
type waiting struct{}

func (waiting) Fetch(ctx context.Context, _ render.Request) (*render.Answer, error) {
	fmt.Println("asked")
	<-ctx.Done()
	return nil, ctx.Err()
}

// running returns when each process of the machine began, by its id. Those that ended and
// were not waited for are not among them.
func running() map[int]string {
	out := map[int]string{}
	names, _ := filepath.Glob("/proc/[0-9]*")
	for _, name := range names {
		pid, _ := strconv.Atoi(filepath.Base(name))
		if f := statOf(pid); len(f) > 19 && f[0] != "Z" {
			out[pid] = f[19]
		}
	}
	return out
}

// statOf returns the fields of /proc/PID/stat behind the name: state, parent …
func statOf(pid int) []string {
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
}

func descends(pid, from int) bool {
	for range 10 {
		f := statOf(pid)
		if len(f) < 2 {
			return false
		}
		if pid, _ = strconv.Atoi(f[1]); pid == from {
			return true
		}
	}
	return false
}
