package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
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
	for doc, text := range documents(t) {
		found := 0
		for _, m := range call.FindAllStringSubmatch(text, -1) {
			args := shellWords(m[1])
			if len(args) < 2 || args[1] == "COMMAND" {
				continue
			}
			found++
			if err := checkCall(args[1:]); err != nil {
				t.Errorf("%s: %s: %v", doc, m[1], err)
			}
		}
		if found == 0 && (doc == "README.md" || doc == "configs/README.md" || doc == "storage/README.md" || doc == "cmd/pressmark/README.md") {
			t.Errorf("%s: no calls found", doc)
		}
	}
}

// documents returns the texts of all READMEs and of CONTRIBUTING.md by path.
func documents(t *testing.T) map[string]string {
	t.Helper()
	const top = "../.."
	docs := map[string]string{}
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != top && strings.HasPrefix(d.Name(), "."), d.IsDir() && d.Name() == "testdata":
			return fs.SkipDir
		case d.Name() != "README.md" && d.Name() != "CONTRIBUTING.md":
			return nil
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(top, path)
		docs[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil || len(docs) < 6 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	return docs
}

// TestDocumentLinks follows the links between the documents.
func TestDocumentLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	for doc, text := range documents(t) {
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join("../..", filepath.Dir(doc), m[1])); err != nil {
				t.Errorf("%s: %v", doc, err)
			}
		}
	}
}

// TestReadmeRuns runs the calls of README.md in their order, on a paper of the test
// instead of www.example.com: each must end with status 0.
func TestReadmeRuns(t *testing.T) {
	text := documents(t)["README.md"]
	p := startPaper(t)
	p.Set("/", list("", "/2024/0301/council-takes-up-the-bridge-1.html", "/2024/0301/council-takes-up-the-bridge-2.html"))
	p.Set("/local/", list("", "/2024/0301/council-takes-up-the-bridge-2.html"))
	for n := range 3 {
		p.Set(fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n), story(n, "", ""))
	}
	p.Set("/rss.xml", sheet{Body: `<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title><item><link>` + p.URL + `/2024/0301/council-takes-up-the-bridge-1.html</link></item></channel></rss>`})
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	here := strings.NewReplacer("https://www.example.com", p.URL, "www.example.com", "'"+strings.TrimPrefix(p.URL, "http://")+"'")
	yaml := regexp.MustCompile("(?s)```yaml\n# (my-sites/\\S+)\n(.*?)```").FindStringSubmatch(text)
	if yaml == nil {
		t.Fatal("README.md has no site")
	}
	allow := "delay: 1ms\nallow_private: ['" + strings.TrimPrefix(p.URL, "http://") + "']\n"
	if err := errors.Join(os.Mkdir("my-sites", 0o700), os.WriteFile(yaml[1], []byte(here.Replace(yaml[2])+allow), 0o600)); err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, m := range regexp.MustCompile(`(?m)^pressmark .*`).FindAllString(text, -1) {
		args := shellWords(here.Replace(m))[1:]
		if strings.Contains(m, "s3://") {
			continue // storage/s3store and TestS3 have a server
		}
		if args[0] == "archive" {
			args = append(args, "--allow-private", "--delay", "0")
		}
		ran++
		if code, out, errs := pressmark(t, args...); code != exitDone {
			t.Errorf("%s: exit status %d\n%s%s", m, code, out, errs)
		}
	}
	if ran < 7 {
		t.Errorf("%d calls ran", ran)
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

// TestReadmeFlags checks that the flags that cmd/pressmark/README.md explains exist at
// the commands that it names.
func TestReadmeFlags(t *testing.T) {
	text, err := os.ReadFile("README.md")
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
				if cmd.Flag(flag[1]) == nil {
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
