package main

import (
	"log/slog"
	"slices"

	"github.com/spf13/cobra"
)

// Formats of the log on standard error.
const (
	logText = "text"
	logJSON = "json"
)

// registerLogging adds the flags that say how every command logs.
func (a *app) registerLogging(root *cobra.Command) {
	s := root.PersistentFlags()
	s.StringVar(&a.logFormat, "log-format", logText, "format of log lines on standard error: text or json")
	s.BoolVar(&a.verbose, "verbose", false, "log every page's outcome; print errors of the store as it sent them, too")
	s.StringVar(&a.settings.named, "settings", "", "the settings file, a YAML file with values for flags (default: the first of those that 'pressmark config show' names)")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if err := a.settings.apply(cmd); err != nil {
			return err
		}
		if !slices.Contains([]string{logText, logJSON}, a.logFormat) {
			return misuse("--log-format %q: give text or json", a.logFormat)
		}
		return nil
	}
}

// logger returns the program's logger. quiet leaves out all but errors.
func (a *app) logger(quiet bool) *slog.Logger {
	level := slog.LevelInfo
	switch {
	case quiet:
		level = slog.LevelError
	case a.verbose:
		level = slog.LevelDebug
	case a.onTerminal():
		level = slog.LevelWarn // the bars and the summary say the rest
	}
	options := &slog.HandlerOptions{Level: level}
	if a.logFormat == logJSON {
		return slog.New(slog.NewJSONHandler(a.stderr, options))
	}
	return slog.New(slog.NewTextHandler(a.stderr, options))
}

// onTerminal reports whether a person watches: bars instead of log events.
func (a *app) onTerminal() bool { return a.logFormat != logJSON && isTerminal(a.stderr) }
