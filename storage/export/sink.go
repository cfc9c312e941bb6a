package export

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"os"
	"path"
	"path/filepath"
	"strings"

	"pressmark/storage"
)

// Sink takes the files of an export. Files are atomic: each appears under its name
// when it is closed.
type Sink interface {
	// Create begins a file. The name is a relative path with "/"; "" is the only
	// file of a format that has one.
	Create(name string) (Sinkfile, error)
	// Many reports whether the sink takes several files.
	Many() bool
}

// Sinkfile is a file under way. Close makes it appear, Discard drops it.
type Sinkfile interface {
	io.Writer
	Close() error
	Discard() error
}

// Stdout returns a sink that writes the only file to w.
func Stdout(w io.Writer) Sink { return stdout{w} }

type stdout struct{ io.Writer }

func (s stdout) Create(string) (Sinkfile, error) { return s, nil }
func (s stdout) Many() bool                      { return false }
func (s stdout) Close() error                    { return nil }
func (s stdout) Discard() error                  { return nil }

// ToFile returns a sink that writes the only file to a file of the disk, gzipped
// if the name ends in ".gz".
func ToFile(name string) Sink { return oneFile(name) }

type oneFile string

func (f oneFile) Many() bool { return false }

func (f oneFile) Create(string) (Sinkfile, error) {
	d, err := newDiskFile(string(f))
	if err != nil || !strings.HasSuffix(string(f), ".gz") {
		return d, err
	}
	return &gzipped{Writer: gzip.NewWriter(d), below: d}, nil
}

// ToFolder returns a sink that writes files below a folder.
func ToFolder(dir string) Sink { return folder(dir) }

type folder string

func (f folder) Many() bool { return true }

func (f folder) Create(name string) (Sinkfile, error) {
	return newDiskFile(filepath.Join(string(f), filepath.FromSlash(name)))
}

// diskFile is written under another name first.
type diskFile struct {
	*os.File
	name string
}

func newDiskFile(name string) (*diskFile, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil { //nolint:gosec // exports are to be read by others
		return nil, err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".export-*")
	if err != nil {
		return nil, err
	}
	return &diskFile{f, name}, nil
}

func (d *diskFile) Close() error {
	err := errors.Join(d.Chmod(0o644), d.File.Close())
	if err == nil {
		err = os.Rename(d.Name(), d.name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", d.name, err), os.Remove(d.Name()))
	}
	return nil
}

func (d *diskFile) Discard() error { return errors.Join(d.File.Close(), os.Remove(d.Name())) }

type gzipped struct {
	*gzip.Writer
	below Sinkfile
}

func (g *gzipped) Close() error   { return errors.Join(g.Writer.Close(), g.below.Close()) }
func (g *gzipped) Discard() error { return g.below.Discard() }

// ToStore returns a sink that writes objects of any size below a prefix of a store.
func ToStore(ctx context.Context, store storage.Store, prefix string, many bool) Sink {
	return &storeSink{ctx: ctx, store: store, prefix: prefix, many: many}
}

type storeSink struct {
	ctx    context.Context // of the export: Sinkfile.Close has none
	store  storage.Store
	prefix string
	many   bool
}

func (s *storeSink) Many() bool { return s.many }

func (s *storeSink) Create(name string) (Sinkfile, error) {
	key := strings.Trim(path.Join(s.prefix, name), "/")
	return storage.Write(s.ctx, s.store, key, mediaType(key)), nil
}

func mediaType(name string) string {
	switch path.Ext(name) {
	case ".wacz":
		return "application/wacz"
	case ".parquet":
		return "application/vnd.apache.parquet"
	case ".jsonl":
		return "application/jsonl"
	case ".md":
		return "text/markdown; charset=utf-8"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}
