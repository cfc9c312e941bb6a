package main

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"
)

// instant are the commands that end by themselves at once: they read nothing, or small
// files of this machine.
var instant = map[string]bool{"version": true, "man": true, "config show": true, "sites list": true, "schema": true,
	"demo": true, // a crawl of its own sites, with which TestInterrupt deals
}

// TestEveryCommandStops sends SIGTERM to each command while it waits for a server that
// never answers, or for a pipe that nobody writes to: it ends as interrupted.
func TestEveryCommandStops(t *testing.T) {
	exe := buildProgram(t)
	const s3 = "--to=s3://bucket/news"
	calls := map[string][]string{
		"archive":       {"URL/2024/a.html", "--allow-private", "--to=DIR"},
		"crawl":         {"--config=CONFIG", "--to=DIR"},
		"extract":       {"FIFO", "--url=https://news.example/a.html"},
		"sites suggest": {"URL/a.html", "URL/b.html", "--allow-private"},
		"sites check":   {"CONFIG", "--live", "--allow-private"},
		"status":        {s3}, "report": {"--host=news.example", s3}, "log": {s3}, "compact": {s3}, "verify": {s3}, "remove": {"https://news.example/a.html", s3, "--reason=asked for"},
		"search": {"bridge", s3, "--index=DIR/index"}, "show": {"https://news.example/a.html", s3, "--index=DIR/index"},
		"diff": {"https://news.example/a.html", s3, "--index=DIR/index"}, "cite": {"https://news.example/a.html", s3, "--index=DIR/index"},
		"run":    {"--config=CONFIG", s3},
		"export": {s3, "--index=DIR/index"}, "serve": {s3, "--index=DIR/index", "--addr=127.0.0.1:0"},
	}
	for _, name := range runnable(newRoot(&app{}), "") {
		if instant[name] {
			continue
		}
		args, ok := calls[name]
		if !ok {
			t.Errorf("%s: say in this test how it can be made to wait", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stops(t, exe, append(strings.Fields(name), args...))
		})
	}
}

// runnable are the commands below one that do something, by their full names.
func runnable(cmd *cobra.Command, path string) (names []string) {
	for _, c := range cmd.Commands() {
		name := strings.TrimSpace(path + " " + c.Name())
		if c.Runnable() && !c.HasSubCommands() {
			names = append(names, name)
		}
		names = append(names, runnable(c, name)...)
	}
	return names
}

// stops starts the program, stops it when it waits, and reads how it ended.
func stops(t *testing.T, exe string, args []string) {
	t.Helper()
	dir, waits := t.TempDir(), make(chan struct{}, 1)
	addr := silentServer(t, waits)
	fifo, config := filepath.Join(dir, "page.html"), filepath.Join(dir, "site.yaml")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, []byte("name: paper\nhosts: ['"+addr+"']\nallow_private: ['"+addr+"']\nsources:\n  - {url: 'http://"+addr+"/', type: page}\nrules: {title: h1}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range args {
		args[i] = strings.NewReplacer("URL/", "http://"+addr+"/", "FIFO", fifo, "CONFIG", config, "DIR", dir).Replace(args[i])
	}
	cmd := exec.CommandContext(t.Context(), exe, args...)
	cmd.Env = append(os.Environ(), "AWS_ENDPOINT_URL=http://"+addr, "AWS_ACCESS_KEY_ID=a", "AWS_SECRET_ACCESS_KEY=b", "AWS_REGION=us-east-1",
		"PRESSMARK_CONTACT=mailto:desk@example.org", "HOME="+dir, "XDG_CACHE_HOME="+dir)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	go func() {
		if !slices.Contains(args, fifo) {
			return
		}
		if pipe, err := os.OpenFile(fifo, os.O_WRONLY, 0); err == nil { // returns when the program has opened it
			waits <- struct{}{}
			<-t.Context().Done()
			_ = pipe.Close()
		}
	}()
	var err error
	select {
	case <-waits:
		if err = cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		err = <-ended
	case err = <-ended: // by itself
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
		t.Errorf("%v: %v\n%s", args, err, out.String())
	}
}

// silentServer takes connections and never answers. It says when something was asked.
func silentServer(t *testing.T, asked chan<- struct{}) (addr string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = c.Close() }()
				if _, err := c.Read(make([]byte, 1)); err == nil {
					select {
					case asked <- struct{}{}:
					default:
					}
				}
				_, _ = io.Copy(io.Discard, c) // until the program hangs up
			}()
		}
	}()
	return l.Addr().String()
}
