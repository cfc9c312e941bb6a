package dirstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/rogpeppe/go-internal/lockedfile"

	"pressmark/storage"
)

// tempName is the folder of unfinished files; no key begins with a dot.
const tempName = ".pressmark-tmp"

// Store is a storage.Store in a folder. Make one with Open. Many Stores, also
// of many processes, may use one folder.
type Store struct {
	root  string
	dirty dirtyFiles
	turns *lockedfile.Mutex // of those who look and then write, see PutIf

	prepare  sync.Once // makes the folders at the first write
	prepared error
}

var _ storage.Store = (*Store)(nil)

// Open returns the store in the folder dir. The folder need not exist: the first
// write creates it. Reading needs no right to write. It is an error if dir exists
// and is not a folder.
func Open(dir string) (*Store, error) {
	if dir == "" {
		return nil, errors.New("open folder: no name given")
	}
	root, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open folder %s: %w", dir, err)
	}
	if info, err := os.Stat(root); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("open folder %s: it is a file", dir)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open folder: %w", err)
	}
	return &Store{root: root, dirty: dirtyFiles{root: root}, turns: lockedfile.MutexAt(filepath.Join(root, tempName, lockName))}, nil
}

// Get implements storage.Store.
func (s *Store) Get(ctx context.Context, key string) (io.ReadCloser, storage.Info, error) {
	f, info, err := s.open(ctx, key)
	if err != nil {
		return nil, storage.Info{}, wrap(opGet, key, err)
	}
	return &file{ctx: ctx, f: f}, tagged(key, info), nil
}

// open opens an object's file for reading. It opens nothing but regular files, because
// opening a named pipe waits for a writer, and opening a device may have side effects.
func (s *Store) open(ctx context.Context, key string) (f *os.File, info fs.FileInfo, err error) {
	name, err := s.local(ctx, key)
	if err != nil {
		return nil, nil, err
	}
	err = s.within(func(root *os.Root) error {
		if info, err = root.Stat(name); err != nil {
			return err
		}
		if special(info.Mode()) {
			return errSpecial
		}
		// Not blocking, in case that a pipe has taken the place of the file since.
		f, err = root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if info, err = f.Stat(); err == nil {
		err = regular(key, info)
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

var errSpecial = errors.New("a named pipe, socket or device, not a file")

// special reports whether a mode is that of neither a file nor a folder.
func special(m fs.FileMode) bool {
	return m&(fs.ModeNamedPipe|fs.ModeSocket|fs.ModeDevice|fs.ModeCharDevice|fs.ModeIrregular) != 0
}

// regular returns an error if a path is not an object: a folder of other keys, or a
// special file.
func regular(key string, info fs.FileInfo) error {
	switch {
	case info.Mode().IsRegular():
		return nil
	case special(info.Mode()):
		return &storage.CorruptError{Key: key, Err: errSpecial}
	}
	return fs.ErrNotExist
}

// file is an open object whose reading ends with its context.
type file struct {
	ctx context.Context
	f   *os.File
}

func (f *file) Read(p []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	return f.f.Read(p)
}

func (f *file) Close() error { return f.f.Close() }

// Stat implements storage.Store.
func (s *Store) Stat(ctx context.Context, key string) (storage.Info, error) {
	name, err := s.local(ctx, key)
	if err != nil {
		return storage.Info{}, wrap(opStat, key, err)
	}
	var info fs.FileInfo
	err = s.within(func(root *os.Root) error {
		info, err = root.Stat(name)
		return err
	})
	if err == nil {
		err = regular(key, info)
	}
	if err != nil {
		return storage.Info{}, wrap(opStat, key, err)
	}
	return tagged(key, info), nil
}

func tagged(key string, info fs.FileInfo) storage.Info {
	i := toInfo(key, info)
	i.Tag = tagOf(info)
	return i
}

func toInfo(key string, info fs.FileInfo) storage.Info {
	return storage.Info{Key: key, Size: info.Size(), Modified: info.ModTime()}
}

// Delete implements storage.Store. Folders that it leaves empty are removed.
func (s *Store) Delete(ctx context.Context, key string) error {
	name, err := s.local(ctx, key)
	if err != nil {
		return wrap(opDelete, key, err)
	}
	err = s.within(func(root *os.Root) error {
		if err := root.Remove(name); err != nil {
			return err
		}
		// Remove refuses a folder that is not empty; a writer that has just made
		// the folder and finds it gone makes it again.
		for dir := filepath.Dir(name); dir != "." && root.Remove(dir) == nil; {
			dir = filepath.Dir(dir)
		}
		return nil
	})
	if err = wrap(opDelete, key, err); errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	return err
}
