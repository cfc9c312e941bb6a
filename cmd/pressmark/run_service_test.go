//go:build linux

package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"pressmark/storage/s3store"
	"pressmark/storage/storagetest/versitygw"
)

// notices collects what is sent to systemd's socket.
type notices struct {
	mu   sync.Mutex
	said []string
}

func (n *notices) has(state string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Contains(n.said, state)
}

// listen opens a socket as systemd does, and returns its path.
func (n *notices) listen(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "notify") // a socket's path is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	socket := filepath.Join(dir, "s")
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go func() {
		buf := make([]byte, 4096)
		for {
			size, err := conn.Read(buf)
			if err != nil {
				return
			}
			n.mu.Lock()
			n.said = append(n.said, strings.Split(string(buf[:size]), "\n")...)
			n.mu.Unlock()
		}
	}()
	return socket
}

// TestRunAsService runs the program as systemd does, with its configuration under a
// bucket's prefix: it says that it is ready, alive and stopping; a change of the
// configuration is taken up at SIGHUP; a wrong file is told, and the old one stays in
// force.
func TestRunAsService(t *testing.T) {
	server := versitygw.Start(t, versitygw.Options{})
	web := startFleetWeb(t, 2)
	config := server.Config()
	store, err := s3store.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	put := func(name, text string) {
		t.Helper()
		if err := store.Put(t.Context(), name, []byte(text), "application/yaml"); err != nil {
			t.Fatal(err)
		}
	}
	file := func(name string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(web.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	put("paper-00.yaml", file("paper-00.yaml"))
	put("notes.txt", "no site")

	told, to := &notices{}, filepath.Join(t.TempDir(), "archive")
	var errs lockedBuffer
	cmd := exec.CommandContext(t.Context(), buildProgram(t), "run", "--config", config.URL(), "--s3-path-style", "--to", to, "--queue", filepath.Join(t.TempDir(), "queue.db"),
		"--allow-private", "--delay", "20ms", "--min", "1s", "--max", "2s", "--heartbeat", "200ms", "--reload", "1h", "--log-format", "json")
	cmd.Env = append(os.Environ(), append(server.Env(), "NOTIFY_SOCKET="+told.listen(t), "WATCHDOG_USEC=400000")...)
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "READY and WATCHDOG", func() bool { return told.has("READY=1") && told.has("WATCHDOG=1") })
	waitFor(t, "first visit", func() bool { return archivedOf(t, to, "paper-00") == 2 })

	put("paper-00.yaml", "name: paper-00\nhost: x\n")
	put("paper-01.yaml", file("paper-01.yaml"))
	if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "a site that was added", func() bool { return archivedOf(t, to, "paper-01") == 2 })
	web.publish()
	waitFor(t, "the site whose file is wrong now", func() bool { return archivedOf(t, to, "paper-00") == 3 })
	if told.has("STOPPING=1") {
		t.Error("it says that it stops before it does")
	}

	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v\n%s", err, errs.String())
	}
	waitFor(t, "STOPPING", func() bool { return told.has("STOPPING=1") })
	for _, want := range []string{config.URL() + "/paper-00.yaml:2:1: host: unknown key", "what these files said before stays in force"} {
		if !strings.Contains(errs.String(), want) {
			t.Errorf("the log does not say %q: %s", want, errs.String())
		}
	}
}
