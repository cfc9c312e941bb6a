package main

import (
	"context"
	"errors"
	"fmt"

	"pressmark/configs"
	"pressmark/crawler"
)

// Exit statuses.
const (
	exitDone        = 0
	exitFailures    = 1   // finished, but something failed: the summary says what
	exitMisuse      = 2   // wrong flags, wrong configuration
	exitInterrupted = 130 // stopped by a signal; what was done is committed
)

// errFailures is wrapped where something failed that was reported already.
var errFailures = errors.New("finished with failures")

// usageError is a mistake in the call, with what to do about it.
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
	}
	return exitFailures
}
