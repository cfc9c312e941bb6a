package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// call finds the program's calls in a text: at the start of a line of a code
// block, in backquotes, and after ExecStart= or a crontab's user.
var call = regexp.MustCompile("(?m)(?:^ *|`|ExecStart=/usr/local/bin/|  /usr/local/bin/)(pressmark(?: [^`\n]*)?)")

// TestDocumentedCalls checks that every call that the documents print names a
// command that exists, with flags and arguments that it takes.
func TestDocumentedCalls(t *testing.T) {
	for _, doc := range []string{"README.md", "CONTRIBUTING.md", "configs/README.md"} {
		text, err := os.ReadFile(filepath.Join("../..", doc))
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, m := range call.FindAllStringSubmatch(string(text), -1) {
			args := shellWords(m[1])
			if len(args) < 2 || args[1] == "COMMAND" {
				continue
			}
			found++
			if err := checkCall(args[1:]); err != nil {
				t.Errorf("%s: %s: %v", doc, m[1], err)
			}
		}
		if found == 0 && doc != "CONTRIBUTING.md" {
			t.Errorf("%s: no calls found", doc)
		}
	}
}

func checkCall(args []string) error {
	root := newRoot(&app{stdout: io.Discard, stderr: io.Discard})
	cmd, rest, err := root.Find(args)
	if err != nil {
		return err
	}
	if err := cmd.ParseFlags(rest); err != nil {
		return err
	}
	return cmd.ValidateArgs(cmd.Flags().Args())
}

// shellWords splits a line as a shell does, as far as the documents need it.
func shellWords(line string) []string {
	var words []string
	var word strings.Builder
	open, quoted := false, false
	flush := func() {
		if open {
			words = append(words, word.String())
		}
		word.Reset()
		open = false
	}
	for _, r := range line {
		switch {
		case r == '\'':
			quoted, open = !quoted, true
		case r == '#' && !open && !quoted, r == '>' && !quoted, r == '|' && !quoted:
			flush()
			return words
		case r == ' ' && !quoted:
			flush()
		default:
			word.WriteRune(r)
			open = true
		}
	}
	flush()
	return words
}

// TestReadmeFlags checks that the flags that the README explains exist at the
// commands that it names.
func TestReadmeFlags(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	root := newRoot(&app{stdout: io.Discard, stderr: io.Discard})
	rows := regexp.MustCompile("(?m)^\\| (`--[^|]*) \\| ((?:`[a-z ]+` ?)+) \\|").FindAllStringSubmatch(strings.ReplaceAll(string(text), `\|`, "/"), -1)
	if len(rows) < 6 {
		t.Fatalf("%d rows of flags found", len(rows))
	}
	for _, row := range rows {
		for _, command := range regexp.MustCompile("`([a-z ]+)`").FindAllStringSubmatch(row[2], -1) {
			cmd, _, err := root.Find(strings.Fields(command[1]))
			if err != nil {
				t.Error(err)
				continue
			}
			for _, flag := range regexp.MustCompile(`--([a-z0-9-]+)`).FindAllStringSubmatch(row[1], -1) {
				if cmd.Flags().Lookup(flag[1]) == nil {
					t.Errorf("%s has no --%s", command[1], flag[1])
				}
			}
		}
	}
}

// TestReadmeNamesEveryCommand walks all commands.
func TestReadmeNamesEveryCommand(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() && c.Name() != "help" && !c.HasSubCommands() {
				name := strings.TrimPrefix(c.CommandPath(), "pressmark ")
				if !strings.Contains(string(text), "`"+name+" ") && !strings.Contains(string(text), "`"+name+"`") {
					t.Errorf("README.md does not name the command %s", name)
				}
			}
			c.Flags().VisitAll(func(f *pflag.Flag) {
				if f.Usage == "" {
					t.Errorf("%s --%s says nothing of itself", c.CommandPath(), f.Name)
				}
			})
			walk(c)
		}
	}
	walk(newRoot(&app{stdout: io.Discard, stderr: io.Discard}))
}
