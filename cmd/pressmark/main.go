// Command pressmark crawls regional news sites, extracts their articles and
// archives them as normalized JSON with images and raw captures, in a folder
// or in S3-compatible storage.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"
)

// version is set by the linker in releases.
var version = "0.1.0"

// oneSignal is the time within which a second signal counts as the first one repeated (timeout(1) sends its signal to the process and again to its group). One
// that comes later ends the program at once.
const oneSignal = time.Second

// gcPercent is the garbage that may accumulate before a collection, in percent of the
// live heap. A page leaves some 200 KB of it, and a crawl keeps
// little else: at 300 instead of Go's 100 a crawl of 30 KB pages takes 7 % less
// CPU and some 40 % more memory at its peak (86 -> 118 MB); 400 gains no more.
const gcPercent = 300

func main() {
	if os.Getenv("GOGC") == "" { // set by the operator: keep it
		debug.SetGCPercent(gcPercent)
	}
	log.SetOutput(io.Discard) // net/http writes servers' faults there; the crawl logs through slog
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	a := &app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, now: time.Now, alone: true}
	context.AfterFunc(ctx, func() {
		time.AfterFunc(oneSignal, stop)
		time.AfterFunc(a.grace(), func() { // at what does not look at the context: a read of a terminal or a pipe
			fmt.Fprintln(os.Stderr, interrupted)
			os.Exit(exitInterrupted)
		})
	})
	os.Exit(a.run(ctx, os.Args[1:])) // without stop: a second signal may come at this very moment
}

// interrupted is printed when a signal ends the program.
const interrupted = "pressmark: stopped by a signal"

// How long a command may take to end after a signal.
const (
	readerGrace = 2 * time.Second
	writerGrace = time.Minute // the batch in hand is committed, or put back
)

func (a *app) grace() time.Duration {
	if a.writing.Load() {
		return writerGrace
	}
	return readerGrace
}

func (a *app) run(ctx context.Context, args []string) int {
	out := &firstError{Writer: a.stdout}
	a.stdout = out
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	err := root.ExecuteContext(ctx)
	if err == nil && out.err != nil {
		err = fmt.Errorf("print: %w", out.err)
	}
	switch {
	case err == nil:
	case errors.Is(err, context.Canceled) && ctx.Err() != nil: // where it was just then says nothing
		fmt.Fprintln(a.stderr, interrupted)
	default:
		a.tell(err)
	}
	return exitCode(err)
}

// firstError keeps the first error of printing: tables do not return it, and a report
// that was not printed is a failure.
type firstError struct {
	io.Writer
	err error
}

func (w *firstError) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if w.err == nil {
		w.err = err
	}
	return n, err
}

// app is shared by all commands: the process's streams and clock.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	now            func() time.Time
	alone          bool        // nothing else runs in the process: what holds for all of it may be set
	writing        atomic.Bool // the command writes to an archive
	logFormat      string      // logText or logJSON
	verbose        bool
	settings       settings
}
