//go:build unix

package storage_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/memstore"
)

// rounds are what a crawl finds at three visits: pages, one of them changed, and so on.
func rounds() []page {
	var list []page
	for n := range 6 {
		list = append(list, page{n, 1, fmt.Sprint("text ", n), "run"})
	}
	list = append(list, page{0, 2, "text 0, changed", "run"}, page{3, 2, "text 3, changed", "run"}, page{0, 3, "text 0, changed again", "run"})
	return list
}

// contents is all that the store holds, but for the log, whose bytes tell its writer.
func contents(t *testing.T, s storage.Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, key := range keys(t, s, "") {
		if strings.HasPrefix(key, "log/") {
			continue
		}
		body, _, err := storage.ReadObject(t.Context(), s, key)
		if err != nil {
			t.Fatal(err)
		}
		all[key] = string(body)
	}
	return all
}

// lines is the log as text.
func lines(t *testing.T, s storage.Store) string {
	t.Helper()
	var b []byte
	for _, r := range records(t, s, storage.FeedOptions{}) {
		b = append(r.AppendJSON(b), '\n')
	}
	return string(b)
}

// wantSame checks that a disturbed archive is what an undisturbed one is.
func wantSame(t *testing.T, got, want storage.Store) {
	t.Helper()
	a, b := contents(t, got), contents(t, want)
	for key := range b {
		if a[key] != b[key] {
			t.Errorf("%s is\n%q\nwant\n%q", key, a[key], b[key])
		}
	}
	for key := range a {
		if _, ok := b[key]; !ok {
			t.Errorf("%s should not be there", key)
		}
	}
	if a, b := lines(t, got), lines(t, want); a != b {
		t.Errorf("the log is\n%s\nwant\n%s", a, b)
	}
	wantSound(t, got)
}

func undisturbed(t *testing.T) storage.Store {
	t.Helper()
	s := memstore.New()
	if _, err := write(t.Context(), s, rounds()); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestStops: a writer that loses its store for good at any one of its calls,
// before or after the call took place, leaves an archive that the next run
// completes as if nothing had been.
func TestStops(t *testing.T) {
	want := undisturbed(t)
	for _, kind := range []fault{before, after} {
		t.Run(fmt.Sprint(kind), func(t *testing.T) {
			for stop := 1; ; stop++ {
				s := memstore.New()
				f := &faulty{Store: s, fault: func(call int, _, _ string) fault {
					switch {
					case call < stop:
						return none
					case call == stop:
						return kind
					}
					return before
				}}
				_, err := write(t.Context(), f, rounds())
				if f.calls < stop {
					if err != nil {
						t.Fatal(err)
					}
					t.Logf("stopped at %d calls", stop-1)
					return
				}
				wantReadable(t, s)
				if _, err := write(t.Context(), s, rounds()); err != nil {
					t.Fatalf("stopped at call %d: %v", stop, err)
				}
				wantSame(t, s, want)
				if t.Failed() {
					t.Fatalf("stopped at call %d", stop)
				}
			}
		})
	}
}

// wantReadable: whatever state a stop leaves, what the log names is there.
func wantReadable(t *testing.T, s storage.Store) {
	t.Helper()
	report, err := storage.Verify(t.Context(), s, storage.VerifyOptions{Deep: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		if p.Fault == storage.Missing {
			t.Errorf("after a stop: %v", p)
		}
	}
}

const childEnv = "PRESSMARK_TEST_WRITE_TO"

// childMain is the process that TestSIGKILL kills.
func childMain(dir string) {
	s, err := dirstore.Open(dir)
	if what := os.Getenv(segmentEnv); what != "" {
		err = segmentChild(dir, what)
	} else if err == nil {
		// Each call takes a byte from the parent, as long as it gives any, and
		// answers with one.
		steps := &faulty{Store: s, fault: func(int, string, string) fault {
			if n, _ := os.Stdin.Read(make([]byte, 1)); n == 1 {
				fmt.Print(".")
			}
			return none
		}}
		_, err = write(context.Background(), steps, many())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func many() []page {
	var list []page
	for n := range 120 {
		list = append(list, page{n, 1, fmt.Sprint("text ", n), "run"})
	}
	for n := range 40 {
		list = append(list, page{n * 3, 2, fmt.Sprint("changed ", n), "run"})
	}
	return list
}

// TestSIGKILL kills real writers to one folder, now and then two at one time,
// at random moments of their work, until one is left to finish.
func TestSIGKILL(t *testing.T) {
	want := memstore.New()
	if _, err := write(t.Context(), want, many()); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	kills := 0
	for finished := false; !finished; {
		children := startSome(t, dir, 1+kills%3/2)
		var calls []int
		for _, c := range children { // all run before the first is waited for
			calls = append(calls, rand.IntN(90)+1)
			if _, err := c.in.Write(make([]byte, calls[len(calls)-1])); err != nil {
				t.Fatal(err)
			}
		}
		for i, c := range children {
			finished = c.killAt(t, calls[i]) || finished
			kills++
		}
	}
	last := startSome(t, dir, 1)[0]
	last.in.Close()
	if err := last.wait(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d kills", kills)
	if kills < 10 {
		t.Errorf("only %d kills", kills)
	}
	s, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, s, want)
}

// child is a writing process.
type child struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out io.Reader
	err bytes.Buffer
}

func startSome(t *testing.T, dir string, n int) []*child {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var children []*child
	for range n {
		c := &child{cmd: exec.Command(program)}
		c.cmd.Env = append(os.Environ(), childEnv+"="+dir)
		c.cmd.Stderr = &c.err
		if c.out, err = c.cmd.StdoutPipe(); err == nil {
			c.in, err = c.cmd.StdinPipe()
		}
		if err == nil {
			err = c.cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		children = append(children, c)
	}
	return children
}

// killAt waits until the process has begun so many calls and kills it amid the
// last one. It reports whether the process had ended by itself before.
func (c *child) killAt(t *testing.T, calls int) (finished bool) {
	t.Helper()
	_, err := io.ReadFull(c.out, make([]byte, calls))
	finished = err != nil
	time.Sleep(time.Duration(rand.IntN(1500)) * time.Microsecond)
	if err := c.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	if err := c.wait(); err != nil && c.cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("a writer failed by itself: %v", err)
	}
	return finished
}

func (c *child) wait() error {
	if _, err := io.Copy(io.Discard, c.out); err != nil {
		return err
	}
	if err := c.cmd.Wait(); err != nil {
		return fmt.Errorf("%w\n%s", err, c.err.Bytes())
	}
	return nil
}
