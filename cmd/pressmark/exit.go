package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"syscall"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/fleet"
	"pressmark/storage"
)

// Exit statuses.
const (
	exitDone        = 0
	exitFailures    = 1   // finished, but something failed: the summary says what
	exitMisuse      = 2   // wrong flags, wrong configuration
	exitMachine     = 3   // the store or the machine: no fault of the sites, and none of the call
	exitInterrupted = 130 // stopped by a signal; what was done is committed
)

// errFailures is wrapped where something failed that was reported already.
var errFailures = errors.New("finished with failures")

// usageError is a mistake in the call, with advice.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func misuse(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func exitCode(err error) int {
	var bad usageError
	var config *configs.Error
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, crawler.ErrInterrupted), errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &bad), errors.As(err, &config):
		return exitMisuse
	case ofMachine(err):
		return exitMachine
	}
	return exitFailures
}

// machineFaults are errors of the system that no other call would have avoided.
var machineFaults = [...]error{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM}

// ofMachine reports whether an error comes from the store or the machine.
func ofMachine(err error) bool {
	var trouble *storage.Trouble
	if errors.As(err, &trouble) || errors.Is(err, storage.ErrUnavailable) || errors.Is(err, fleet.ErrQueue) {
		return true
	}
	for _, fault := range machineFaults {
		if errors.Is(err, fault) {
			return true
		}
	}
	return false
}

// stoppedBy joins the end of a crawl with the error of store or machine that stopped
// one of its sites.
func stoppedBy(end error, sums []crawler.Summary) error {
	for i := range sums {
		if err := sums[i].Err; end != nil && err != nil && ofMachine(err) {
			return stopped{end, err}
		}
	}
	return end
}

type stopped struct {
	error
	cause error
}

func (s stopped) Error() string { return s.error.Error() + "; " + s.cause.Error() }

func (s stopped) Unwrap() []error { return []error{s.error, s.cause} }

// errorObject is an error as programs read it.
type errorObject struct {
	Code    string `json:"code"` // conflict, corrupt, one of storage.Cause, or error
	Message string `json:"message"`
	Advice  string `json:"advice,omitempty"`
	Detail  string `json:"detail,omitempty"` // the raw text, where the message is in other words
}

// objectOf returns an error as an object; nil for nil.
func objectOf(err error) *errorObject {
	var trouble *storage.Trouble
	switch {
	case err == nil:
		return nil
	case errors.As(err, &trouble):
		return &errorObject{Code: trouble.Code, Message: trouble.What, Advice: trouble.Advice, Detail: trouble.Err.Error()}
	case errors.Is(err, storage.ErrConflict):
		return &errorObject{Code: "conflict", Message: err.Error(), Advice: "let one crawl of a site run at a time"}
	case errors.Is(err, storage.ErrCorrupt):
		return &errorObject{Code: "corrupt", Message: err.Error(), Advice: "see 'pressmark verify'"}
	case exitCode(err) == exitMisuse:
		return &errorObject{Code: "misuse", Message: err.Error()}
	case exitCode(err) == exitInterrupted:
		return &errorObject{Code: "interrupted", Message: err.Error()}
	case exitCode(err) == exitMachine:
		return &errorObject{Code: "machine", Message: err.Error()}
	}
	return &errorObject{Code: "error", Message: err.Error()}
}

// tell prints the error that ends the program: as a line, or as an event of the log
// where that is JSON. The raw text of a store's error is printed with --verbose only.
func (a *app) tell(err error) {
	var trouble *storage.Trouble
	store := errors.As(err, &trouble)
	if a.logFormat == logJSON {
		o := objectOf(err)
		log := slog.New(slog.NewJSONHandler(a.stderr, nil))
		log.Error("pressmark ended", "code", o.Code, "error", cleanLines(err.Error()), "advice", o.Advice, "detail", clean(o.Detail), "status", exitCode(err))
		return
	}
	fmt.Fprintln(a.stderr, "pressmark:", cleanLines(err.Error()))
	switch raw := ""; {
	case store && a.verbose:
		raw = trouble.Err.Error()
		fmt.Fprintln(a.stderr, "  in its own words:", cleanLines(raw))
	case store:
		fmt.Fprintln(a.stderr, "  --verbose prints the store's own words")
	}
}
