package configs

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
)

// Settings are what a settings file says about the program's flags. Its keys are the
// names of flags, for all commands that have them, or names of commands with keys of
// their own below:
//
//	to: s3://bucket/news
//	contact: you@example.org
//	crawl:
//	  fail-on: [failures, "discovered<50%"]
//	sites:
//	  check:
//	    live: true
type Settings struct {
	File   string
	values map[string]Setting // by command path and flag: "to", "crawl/fail-on", "sites check/live"
}

// Setting is a flag's value in a settings file.
type Setting struct {
	Values []string // one, or those of a list
	Line   int
	Column int
}

// FlagsOf maps the path of each command ("crawl", "sites check") to the names of its
// flags.
type FlagsOf map[string][]string

// ParseSettings reads a settings file. An empty file has no settings. The error joins one
// [*Error] for each mistake: unknown keys, and values that are not text, number or list.
func ParseSettings(file string, src []byte, commands FlagsOf) (*Settings, error) {
	s := &Settings{File: file, values: map[string]Setting{}}
	if isText := len(src) <= maxFile && utf8.Valid(src); !isText || deepLine(src) > 0 {
		return nil, &Error{File: file, Problem: "is not a settings file", Fix: "write UTF-8, one \"key: value\" a line, 256 KiB at most"}
	}
	if blank(src) {
		return s, nil
	}
	d := decoder{file: file}
	root, ok := d.parse(src)
	if ok {
		s.section(&d, root, "", commands)
	}
	if len(d.errs) > 0 {
		return nil, join(d.errs)
	}
	return s, nil
}

// blank reports whether a file holds nothing but comments.
func blank(src []byte) bool {
	for line := range strings.Lines(string(src)) {
		line = strings.TrimSpace(line)
		isNothing := line == "" || line == "---" || strings.HasPrefix(line, "#")
		if !isNothing {
			return false
		}
	}
	return true
}

// section reads the keys of a command, of all commands where path is empty.
func (s *Settings) section(d *decoder, v value, path string, commands FlagsOf) {
	flags, below := map[string]bool{}, map[string]bool{}
	for command, names := range commands {
		rest, inside := strings.CutPrefix(command, path)
		wholeWord := path == "" || rest == "" || rest[0] == ' '
		if !inside || !wholeWord {
			continue
		}
		if next := strings.Fields(rest); len(next) > 0 {
			below[next[0]] = true
		}
		for _, name := range names {
			flags[name] = true
		}
	}
	var fields []field
	for _, key := range slices.Sorted(maps.Keys(flags)) {
		fields = append(fields, field{key, func(at value) { s.read(d, at, path, key, below[key], commands) }})
	}
	for _, key := range slices.Sorted(maps.Keys(below)) {
		if !flags[key] {
			fields = append(fields, field{key, func(at value) { s.section(d, at, strings.TrimSpace(path+" "+key), commands) }})
		}
	}
	d.mapping(v, fields)
}

// read reads a flag's value; keys below the name of a command are those of the command.
func (s *Settings) read(d *decoder, v value, path, flag string, command bool, commands FlagsOf) {
	switch v.node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		if command {
			s.section(d, v, strings.TrimSpace(path+" "+flag), commands)
			return
		}
	}
	line, column := position(v.node)
	out := Setting{Line: line, Column: column}
	d.list(v, func(item value) {
		if text, ok := d.scalar(item); ok {
			out.Values = append(out.Values, text)
		}
	})
	s.values[path+"/"+flag] = out
}

// scalar returns a text, a number or a truth value as it is written.
func (d *decoder) scalar(v value) (string, bool) {
	switch v.node.(type) {
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return v.node.GetToken().Value, true
	}
	return d.text(v)
}

// Of returns a flag's value for a command: from the command's own keys, else from those
// of its parent commands, else from the keys for all commands.
func (s *Settings) Of(command, flag string) (Setting, bool) {
	if s == nil {
		return Setting{}, false
	}
	for path := command; ; {
		if v, ok := s.values[path+"/"+flag]; ok {
			return v, true
		}
		if path == "" {
			return Setting{}, false
		}
		cut := strings.LastIndexByte(path, ' ')
		path = path[:max(cut, 0)]
	}
}

// Wrong returns the mistake of a setting whose value the flag rejects.
func (s *Settings) Wrong(flag string, v Setting, problem error) error {
	return &Error{File: s.File, Line: v.Line, Column: v.Column, Field: flag, Problem: fmt.Sprintf("%q: %v", strings.Join(v.Values, ","), problem),
		Fix: "see --help of the command"}
}

// Variable returns the name of the environment variable of a flag: PRESSMARK_BATCH_AGE
// for batch-age. With a command it is the one for that command alone: PRESSMARK_CRAWL_TO.
func Variable(command, flag string) string {
	name := "pressmark " + command + " " + flag
	return strings.ToUpper(strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' }), "_"))
}
