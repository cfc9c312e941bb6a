package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"pressmark/storage/export"
)

// sink opens the place of the output. An archive's own folder is refused: its keys
// are not to be mixed with others.
func (f *exportFlags) sink(ctx context.Context, a *app, form export.Format) (export.Sink, error) {
	isFile := f.out == "-" || strings.HasSuffix(f.out, ".gz") || hasExtension(f.out)
	many := strings.HasSuffix(f.out, "/") || form.Folder() && !isFile
	switch {
	case form.Name == "html" && !many:
		return nil, misuse("html is a folder of pages: name it with -o, with a / at its end")
	case f.out == "-":
		if isTerminal(a.stdout) && form.Name == "wacz" {
			return nil, misuse("a WACZ is a binary file: name the file with -o")
		}
		return export.Stdout(a.stdout), nil
	case strings.Contains(f.out, "://"):
		place, name := f.out, ""
		if !many {
			i := strings.LastIndexByte(place, '/')
			place, name = place[:i], place[i+1:]
		}
		store, err := openStore(ctx, strings.TrimSuffix(place, "/"), storeOptions{PathStyle: f.pathStyle, Logger: a.logger(true)})
		if err != nil {
			return nil, err
		}
		return export.ToStore(ctx, store, name, many), nil
	case many:
		if same, err := samePlace(f.out, f.from); err != nil || same {
			return nil, errors.Join(err, misuse("-o %s is the archive itself: name another folder", f.out))
		}
		return export.ToFolder(f.out), nil
	}
	return export.ToFile(f.out), nil
}

// hasExtension reports whether a name looks like that of a file.
func hasExtension(name string) bool {
	base := name[strings.LastIndexByte(name, '/')+1:]
	return strings.LastIndexByte(base, '.') > 0
}

func samePlace(a, b string) (bool, error) {
	x, err := os.Stat(a)
	if err != nil {
		return false, nil //nolint:nilerr // a place that does not exist is not an archive
	}
	y, err := os.Stat(b)
	if err != nil {
		return false, nil //nolint:nilerr // the archive is in a bucket
	}
	return os.SameFile(x, y), nil
}
