//go:build unix

package storage_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"pressmark/storage"
	"pressmark/storage/dirstore"
)

// segmentEnv tells a child of TestSegmentWrite what happens to which segment of the log:
// "half 3".
const segmentEnv = "PRESSMARK_TEST_SEGMENT"

// segmentFaults are what happens at the write of a segment.
var segmentFaults = [...]string{
	"before", // SIGKILL before its first byte
	"half",   // the process ends in the middle of its bytes
	"after",  // SIGKILL when it has its name, before the writer hears of it
	"full",   // half of its bytes have room
}

// segmentTrap is a folder at whose n-th segment something happens.
type segmentTrap struct {
	storage.Store
	fault string
	n     int
}

func (d *segmentTrap) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	if !strings.HasPrefix(key, "log/gazette/0") { // not a snapshot
		return d.Store.Create(ctx, key, body, mediaType)
	}
	if d.n--; d.n != 0 {
		return d.Store.Create(ctx, key, body, mediaType)
	}
	switch d.fault {
	case "before":
		die()
	case "half", "full":
		// The system ends a process that writes a file beyond this size, or refuses
		// the write where the process ignores the signal.
		if d.fault == "full" {
			signal.Ignore(syscall.SIGXFSZ)
		}
		var limit syscall.Rlimit
		if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			return err
		}
		limit.Cur = uint64(len(body) / 2)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			return err
		}
	}
	err := d.Store.Create(ctx, key, body, mediaType)
	if d.fault == "after" {
		die()
	}
	return err
}

// die ends the process as kill -9 does.
func die() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

// segmentChild is the process that TestSegmentWrite runs.
func segmentChild(dir, what string) error {
	fault, number, _ := strings.Cut(what, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		return err
	}
	s, err := dirstore.Open(dir)
	if err == nil {
		_, err = write(context.Background(), &segmentTrap{s, fault, n}, rounds())
	}
	return err
}

// TestSegmentWrite: a writer that ends before, amid or after the write of any segment, or
// whose disk is full there, leaves an archive of which nothing that the log names is
// missing, and which the next run completes as if nothing had been.
func TestSegmentWrite(t *testing.T) {
	want := undisturbed(t)
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	segments := len(keys(t, want, "log/gazette/0"))
	for _, fault := range segmentFaults {
		for n := 1; n <= segments; n++ {
			t.Run(fmt.Sprint(fault, n), func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				cmd := exec.Command(program)
				cmd.Env = append(os.Environ(), childEnv+"="+dir, segmentEnv+"="+fmt.Sprint(fault, " ", n))
				out, err := cmd.CombinedOutput()
				if err == nil {
					t.Fatalf("the writer lived: %s", out)
				}
				if fault == "full" && !strings.Contains(string(out), syscall.EFBIG.Error()) {
					t.Errorf("%v\n%s", err, out)
				}
				s, err := dirstore.Open(dir)
				if err != nil {
					t.Fatal(err)
				}
				stored := n - 1
				if fault == "after" {
					stored = n
				}
				if got := len(keys(t, s, "log/gazette/0")); got != stored {
					t.Errorf("%d segments, want %d", got, stored)
				}
				wantReadable(t, s)
				if _, err := write(t.Context(), s, rounds()); err != nil {
					t.Fatal(err)
				}
				wantSame(t, s, want)
			})
		}
	}
	if segments < 4 {
		t.Errorf("%d segments", segments)
	}
}
