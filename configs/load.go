package configs

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxFile bounds a site's file in bytes; real ones have a few kilobytes.
const maxFile = 256 << 10

// maxNesting bounds open brackets and list dashes in a row: the time that the
// parser takes grows with the square of the depth, and a site's file needs 3.
const maxNesting = 50

//go:embed sites/*.yaml
var builtin embed.FS

// Builtin returns the sites that are built into the program, by name.
func Builtin() ([]Site, error) {
	return LoadFS(builtin, "sites")
}

// Load reads sites from files and folders of the operating system (a folder
// gives its *.yaml and *.yml files, not those of folders below it) and returns
// them by name. One mistake anywhere refuses them all; the error then holds an
// [*Error] for every mistake of every file.
func Load(paths ...string) ([]Site, error) {
	var l loader
	for _, p := range paths {
		p = filepath.Clean(p)
		info, err := os.Stat(p)
		switch {
		case err != nil:
			l.unreadable(p, err)
		case info.IsDir():
			l.folder(os.DirFS(p), ".", p)
		default:
			src, err := os.ReadFile(p)
			l.file(p, src, err)
		}
	}
	return l.finish()
}

// LoadFS is [Load] on a file system.
func LoadFS(fsys fs.FS, paths ...string) ([]Site, error) {
	var l loader
	for _, p := range paths {
		info, err := fs.Stat(fsys, p)
		switch {
		case err != nil:
			l.unreadable(p, err)
		case info.IsDir():
			l.folder(fsys, p, p)
		default:
			src, err := fs.ReadFile(fsys, p)
			l.file(p, src, err)
		}
	}
	return l.finish()
}

// Parse reads one site from the bytes of a file; name is used in messages.
func Parse(name string, src []byte) (Site, error) {
	var l loader
	l.file(name, src, nil)
	sites, err := l.finish()
	if err != nil {
		return Site{}, err
	}
	return sites[0], nil
}

// loader gathers sites and mistakes over files.
type loader struct {
	sites []Site
	errs  []*Error
}

// folder reads the site files of one directory; shown is its name in messages.
func (l *loader) folder(fsys fs.FS, dir, shown string) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		l.unreadable(shown, err)
		return
	}
	found := false
	for _, e := range entries {
		ext := path.Ext(e.Name())
		isYAML := ext == ".yaml" || ext == ".yml"
		if !isYAML || e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		found = true
		src, err := fs.ReadFile(fsys, path.Join(dir, e.Name()))
		l.file(filepath.Join(shown, e.Name()), src, err)
	}
	if !found {
		l.errs = append(l.errs, &Error{File: shown, Problem: "the folder holds no *.yaml file", Fix: "write one file for each site, or name another folder"})
	}
}

func (l *loader) unreadable(name string, err error) {
	var at *fs.PathError
	if errors.As(err, &at) { // its path is named already
		err = at.Err
	}
	l.errs = append(l.errs, &Error{File: name, Problem: "cannot be read: " + err.Error(), Fix: "name a file or folder that exists and is readable"})
}

func (l *loader) file(name string, src []byte, err error) {
	switch {
	case err != nil:
		l.unreadable(name, err)
		return
	case len(src) > maxFile:
		l.errs = append(l.errs, &Error{File: name, Problem: "is larger than 256 KiB", Fix: "one file holds one site: split it"})
		return
	}
	d := decoder{file: name}
	if !utf8.Valid(src) {
		line, column := invalidAt(src)
		l.errs = append(l.errs, &Error{File: name, Line: line, Column: column, Problem: "is not UTF-8", Fix: "save the file as UTF-8"})
		return
	}
	if line := deepLine(src); line > 0 {
		l.errs = append(l.errs, &Error{File: name, Line: line, Column: 1, Problem: "is nested too deep",
			Fix: "close the brackets, or put a value that holds them in quotes"})
		return
	}
	root, ok := d.parse(src)
	if ok {
		site := d.site(root)
		if len(d.errs) == 0 {
			l.sites = append(l.sites, site)
		}
	}
	l.errs = append(l.errs, d.errs...)
}

// invalidAt returns line and column of the first byte that is not UTF-8.
func invalidAt(src []byte) (line, column int) {
	valid := strings.ToValidUTF8(string(src), "\xff")
	before := valid[:strings.IndexByte(valid, 0xff)]
	last := strings.LastIndexByte(before, '\n')
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[last+1:]) + 1
}

// deepLine returns the line on which brackets are nested deeper than
// maxNesting, 0 if there is none. It counts those in quotes too: patterns
// and selectors close theirs.
func deepLine(src []byte) int {
	line, depth, dashes := 1, 0, 0
	for i, c := range src {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(depth-1, 0)
		case '\n':
			line++
			dashes = 0
		case '-', '?':
			if i+1 < len(src) && src[i+1] == ' ' {
				dashes++
			}
		}
		if depth > maxNesting || dashes > maxNesting {
			return line
		}
	}
	return 0
}

// finish checks the sites against each other.
func (l *loader) finish() ([]Site, error) {
	names, hosts := map[string]*Site{}, map[string]*Site{}
	for i := range l.sites {
		s := &l.sites[i]
		if other := names[s.Name]; other != nil {
			l.errs = append(l.errs, &Error{File: s.File, Line: 1, Column: 1, Field: "name",
				Problem: fmt.Sprintf("%q is configured in %s too", s.Name, other.File), Fix: "give every site a name of its own"})
			continue
		}
		names[s.Name] = s
		for _, host := range s.Hosts {
			if other := hosts[host]; other != nil {
				l.errs = append(l.errs, &Error{File: s.File, Line: 1, Column: 1, Field: "hosts",
					Problem: fmt.Sprintf("%s belongs to %s in %s too", host, other.Name, other.File),
					Fix:     "a host belongs to one site: take it out of one of them"})
			}
			hosts[host] = s
		}
	}
	if len(l.errs) > 0 {
		slices.SortStableFunc(l.errs, func(a, b *Error) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
		return nil, join(l.errs)
	}
	slices.SortFunc(l.sites, compareNames)
	return l.sites, nil
}

// Find returns the site to which host (with or without port) belongs, nil if there is
// none. An entry for the exact host wins over a wildcard.
func Find(sites []Site, host string) *Site {
	for i := range sites {
		for _, entry := range sites[i].Hosts {
			if !strings.HasPrefix(entry, "*.") && anyHost([]string{entry}, host) {
				return &sites[i]
			}
		}
	}
	for i := range sites {
		if sites[i].HasHost(host) {
			return &sites[i]
		}
	}
	return nil
}
