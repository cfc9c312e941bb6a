package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pressmark/configs"
)

func newConfig(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show what flags, environment and settings file come to",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newConfigShow(a))
	return cmd
}

// setting is the value that holds for a flag.
type setting struct {
	Command  string `json:"command"`
	Flag     string `json:"flag"`
	Value    string `json:"value"`
	From     string `json:"from"` // default, a variable, or file:line
	Variable string `json:"variable"`
}

func newConfigShow(a *app) *cobra.Command {
	var asJSON, all bool
	cmd := &cobra.Command{
		Use:   "show [COMMAND]",
		Short: "Print what holds for each flag, and where it comes from",
		Long: "Show prints the flags of a command with the values that hold for them: those of PRESSMARK_COMMAND_FLAG or\n" +
			"PRESSMARK_FLAG, of the settings file, or the defaults. Without COMMAND it prints what is set for any command.\n" +
			"The settings file is --settings, ./pressmark.yaml, pressmark/pressmark.yaml in the user's configuration folder, or\n" +
			"/etc/pressmark/pressmark.yaml: the first that is there.",
		Example: "  pressmark config show\n  pressmark config show crawl\n  PRESSMARK_TO=s3://bucket/news pressmark config show log",
		RunE: func(cmd *cobra.Command, args []string) error {
			list, err := a.settingsOf(cmd.Root(), strings.Join(args, " "))
			if err != nil {
				return err
			}
			if len(args) == 0 && !all {
				list = slices.DeleteFunc(list, func(s setting) bool { return s.From == "default" })
			}
			if asJSON {
				return writeJSON(a.stdout, append([]setting{}, list...))
			}
			a.printSettings(list)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&all, "all", false, "defaults of all commands too")
	return cmd
}

// settingsOf returns the settings of a command's flags, or of all commands if the
// name is "".
func (a *app) settingsOf(root *cobra.Command, command string) ([]setting, error) {
	var out []setting
	found := command == ""
	for _, path := range sortedKeys(flagsOf(root)) {
		if command != "" && path != command {
			continue
		}
		found = true
		fresh := newRoot(&app{stdout: a.stdout, stderr: a.stderr}) // its flags have no values yet
		cmd, _, err := fresh.Find(strings.Fields(path))
		if err != nil {
			return nil, err
		}
		s := settings{file: a.settings.file}
		flags := cmd.Flags()
		flags.AddFlagSet(cmd.InheritedFlags())
		flags.VisitAll(func(f *pflag.Flag) {
			if noSetting[f.Name] || err != nil {
				return
			}
			var from string
			if from, err = s.set(flags, path, f); from == "" {
				from = "default"
			}
			out = append(out, setting{path, f.Name, valueText(f), from, configs.Variable("", f.Name)})
		})
		if err != nil {
			return nil, err
		}
	}
	if !found {
		return nil, misuse("no command %q; see 'pressmark --help'", command)
	}
	return out, nil
}

func sortedKeys(m configs.FlagsOf) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// printSettings prints a row for each flag, value and origin with the commands that share them.
func (a *app) printSettings(list []setting) {
	file := "none (looked for " + strings.Join(a.settings.places(""), ", ") + ")"
	if a.settings.file != nil {
		file = a.settings.file.File
	}
	fmt.Fprintf(a.stdout, "settings file: %s\n", clean(file))
	if unknown := unknownVariables(); len(unknown) > 0 {
		fmt.Fprintf(a.stdout, "variables that no flag has: %s\n", clean(strings.Join(unknown, ", ")))
	}
	if len(list) == 0 {
		fmt.Fprintln(a.stdout, "nothing is set: the defaults hold ('pressmark config show COMMAND' prints them)")
		return
	}
	slices.SortStableFunc(list, func(x, y setting) int { return strings.Compare(x.Flag, y.Flag) })
	t := newTable(a.stdout)
	t.AppendHeader(table.Row{"Flag", "Value", "From", "Variable", "Commands"})
	for len(list) > 0 {
		first, n := list[0], 1
		commands := []string{first.Command}
		shown := func(s setting) [3]string { return [3]string{s.Flag, s.Value, s.From} }
		for n < len(list) && shown(list[n]) == shown(first) {
			commands = append(commands, list[n].Command)
			n++
		}
		list = list[n:]
		t.AppendRow(table.Row{"--" + first.Flag, first.Value, first.From, first.Variable, strings.Join(commands, ", ")})
	}
	t.Render()
}

// unknownVariables returns the PRESSMARK_ variables that belong to no flag: slips.
func unknownVariables() []string {
	known := map[string]bool{configs.Variable("", "settings"): true}
	for path, names := range flagsOf(newRoot(&app{})) {
		for _, name := range names {
			known[configs.Variable(path, name)], known[configs.Variable("", name)] = true, true
		}
	}
	var out []string
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "PRESSMARK_") && !known[name] {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
