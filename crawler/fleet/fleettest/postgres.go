//go:build unix

// Package fleettest starts a real Postgres for tests of queues.
package fleettest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Postgres is a server with a database of its own. Make one with Start.
type Postgres struct {
	URL string // of its database

	bin, data string
	port      int
	owner     *syscall.Credential // nil: this process's own
	cmd       *exec.Cmd           // nil after Kill
	ended     <-chan struct{}     // closed when cmd has ended
	log       *os.File
}

// required is set where a machine must have a Postgres: there it fails what it would skip
// elsewhere.
const required = "PRESSMARK_TEST_POSTGRES"

// Start starts a Postgres that ends with the test. Where none is installed (Debian's
// package postgresql has one), the test is skipped, or fails if $PRESSMARK_TEST_POSTGRES
// is "required".
func Start(t testing.TB) *Postgres {
	t.Helper()
	bin := binaries()
	if bin == "" {
		if os.Getenv(required) == "required" {
			t.Fatal("no Postgres is installed: apt-get install postgresql")
		}
		t.Skip("NOT TESTED: no Postgres is installed; apt-get install postgresql")
	}
	dir, err := os.MkdirTemp("", "pressmark-postgres-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	p := &Postgres{bin: bin, data: filepath.Join(dir, "data"), port: freePort(t)}
	p.URL = fmt.Sprintf("postgres://pressmark@127.0.0.1:%d/postgres?sslmode=disable", p.port)
	if p.log, err = os.Create(filepath.Join(dir, "log")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.log.Close() })
	if os.Geteuid() == 0 { // Postgres refuses to run as root
		if p.owner, err = otherUser(); err == nil {
			err = os.Chown(dir, int(p.owner.Uid), int(p.owner.Gid))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	init := p.command("initdb", "-D", p.data, "-U", "pressmark", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C")
	if out, err := init.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	p.Restart(t)
	t.Cleanup(p.Kill)
	return p
}

// binaries returns the folder of the newest Postgres, "" where there is none.
func binaries() string {
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		if dir := strings.TrimSpace(string(out)); executable(filepath.Join(dir, "initdb")) {
			return dir
		}
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return ""
	}
	return filepath.Dir(found[len(found)-1])
}

func executable(path string) bool {
	_, err := exec.LookPath(path)
	return err == nil
}

func otherUser() (*syscall.Credential, error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, fmt.Errorf("no user postgres or nobody to run Postgres as")
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func (p *Postgres) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(p.bin, name), args...)
	cmd.Dir = filepath.Dir(p.data)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.owner, Setpgid: true}
	return cmd
}

// Restart starts the server, after Kill again, and waits until it answers.
func (p *Postgres) Restart(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	for ended := closed(); ; {
		select {
		case <-ended: // at first, and while processes of a killed server still hold its memory
			ended = p.start(t)
		case <-ctx.Done():
			out, _ := os.ReadFile(p.log.Name())
			t.Fatalf("Postgres does not answer:\n%s", out)
		case <-ticker.C:
			if p.command("pg_isready", "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(p.port)).Run() == nil {
				return
			}
		}
	}
}

func closed() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}

// start starts the server; the channel is closed when it ends.
func (p *Postgres) start(t testing.TB) <-chan struct{} {
	t.Helper()
	_ = os.Remove(filepath.Join(p.data, "postmaster.pid")) // of the one that was killed
	cmd := p.command("postgres", "-D", p.data, "-p", strconv.Itoa(p.port), "-c", "listen_addresses=127.0.0.1", "-k", "", "-c", "max_connections=200", "-c", "shared_buffers=32MB")
	cmd.Stdout, cmd.Stderr = p.log, p.log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	p.cmd, p.ended = cmd, ended
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	return ended
}

// Kill ends the server at once, as a power failure would.
func (p *Postgres) Kill() {
	if p.cmd == nil {
		return
	}
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) // its own group
	<-p.ended
	p.cmd = nil
}
