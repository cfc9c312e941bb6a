package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pressmark/configs"
)

// settingsName is the settings file that is read from the working directory, the
// user's configuration folder or /etc, whichever is first.
const settingsName = "pressmark.yaml"

// settings are the values of flags that a call does not give.
type settings struct {
	named string            // by --settings; "": $PRESSMARK_SETTINGS, or looked for
	file  *configs.Settings // nil: there is none
}

// noSetting are flags that belong to a call and to nothing else.
var noSetting = map[string]bool{"help": true, "version": true, "settings": true}

// apply gives the flags that a call leaves out their values: from the environment
// variable of the command, from that of all commands, from the settings file.
func (s *settings) apply(cmd *cobra.Command) error {
	if err := s.load(cmd.Root()); err != nil {
		return err
	}
	command := commandPath(cmd)
	var errs []error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if noSetting[f.Name] || f.Changed {
			return
		}
		if _, err := s.set(cmd.Flags(), command, f); err != nil {
			errs = append(errs, err)
		}
	})
	return errors.Join(errs...)
}

// set gives one flag its value and returns where that comes from.
func (s *settings) set(flags *pflag.FlagSet, command string, f *pflag.Flag) (from string, err error) {
	for _, name := range []string{configs.Variable(command, f.Name), configs.Variable("", f.Name)} {
		if text := os.Getenv(name); text != "" {
			if err := flags.Set(f.Name, text); err != nil {
				return name, misuse("%s=%q: %w", name, text, reason(err))
			}
			return name, nil
		}
	}
	v, ok := s.file.Of(command, f.Name)
	if !ok {
		return "", nil
	}
	text := strings.Join(v.Values, ",")
	if f.Value.Type() == "proxy" && withoutPassword(text) != text {
		return "", s.file.Wrong(f.Name, configs.Setting{Values: []string{withoutPassword(text)}, Line: v.Line, Column: v.Column},
			errors.New("a settings file holds no passwords: set "+configs.Variable("", f.Name)+" instead"))
	}
	if list, many := f.Value.(pflag.SliceValue); many {
		err = list.Replace(v.Values)
		f.Changed = true
	} else {
		err = flags.Set(f.Name, text)
	}
	if err != nil {
		return "", s.file.Wrong(f.Name, v, reason(err))
	}
	return fmt.Sprintf("%s:%d", s.file.File, v.Line), nil
}

// reason is a flag's complaint about a value, without the flag package's prefix.
func reason(err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) && errors.Unwrap(invalid) != nil {
		return errors.Unwrap(invalid)
	}
	return err
}

// load reads the settings file.
func (s *settings) load(root *cobra.Command) error {
	named := s.named
	if named == "" {
		named = os.Getenv(configs.Variable("", "settings"))
	}
	for _, name := range s.places(named) {
		src, err := os.ReadFile(name)
		if named == "" && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return misuse("--settings: %w", err)
		}
		s.file, err = configs.ParseSettings(name, src, flagsOf(root))
		return err
	}
	return nil
}

func (s *settings) places(named string) []string {
	if named != "" {
		return []string{named}
	}
	places := []string{settingsName}
	if dir, err := os.UserConfigDir(); err == nil {
		places = append(places, filepath.Join(dir, "pressmark", settingsName))
	}
	return append(places, filepath.Join("/etc/pressmark", settingsName))
}

// commandPath is a command's name without the program's: "sites check".
func commandPath(cmd *cobra.Command) string {
	_, path, _ := strings.Cut(cmd.CommandPath(), " ")
	return path
}

// flagsOf returns the flags of all commands below root.
func flagsOf(root *cobra.Command) configs.FlagsOf {
	out := configs.FlagsOf{}
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		for _, c := range cmd.Commands() {
			walk(c)
		}
		if own := cmd != root && cmd.Name() != "help"; !own || !cmd.Runnable() {
			return
		}
		names := []string{}
		add := func(f *pflag.Flag) {
			if !noSetting[f.Name] {
				names = append(names, f.Name)
			}
		}
		cmd.LocalFlags().VisitAll(add)
		cmd.InheritedFlags().VisitAll(add)
		out[commandPath(cmd)] = names
	}
	walk(root)
	return out
}

// valueText returns a flag's value as it is written in a call; that of a secret is
// not shown.
func valueText(f *pflag.Flag) string {
	for _, word := range []string{"secret", "token", "password"} {
		if strings.Contains(f.Name, word) && f.Value.String() != "" {
			return "(set)"
		}
	}
	if list, ok := f.Value.(pflag.SliceValue); ok {
		var b strings.Builder
		w := csv.NewWriter(&b)
		if err := w.Write(list.GetSlice()); err == nil {
			w.Flush()
			return strings.TrimSpace(b.String())
		}
	}
	return withoutPassword(f.Value.String())
}

// withoutPassword hides the password in a URL; other texts stay as they are.
func withoutPassword(text string) string {
	if u, err := url.Parse(text); err == nil && u.User != nil {
		return u.Redacted()
	}
	return text
}
