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
	temp  string
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
	temp := filepath.Join(root, tempName)
	return &Store{root: root, temp: temp, dirty: dirtyFiles{root: root}, turns: lockedfile.MutexAt(filepath.Join(temp, lockName))}, nil
}

// Dir returns the absolute path of the folder.
func (s *Store) Dir() string { return s.root }

// path checks ctx and key and returns the object's file name.
func (s *Store) path(ctx context.Context, key string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if err := storage.CheckKey(key); err != nil {
		return "", err
	}
	local, err := filepath.Localize(key)
	if err != nil {
		return "", fmt.Errorf("%w: no file on this system can be called so", storage.ErrKey)
	}
	return filepath.Join(s.root, local), nil
}

func wrap(op, key string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, errNotDir):
		err = storage.ErrNotFound
	case errors.Is(err, fs.ErrExist):
		err = storage.ErrExists
	case errors.Is(err, errSpecial):
		return &storage.CorruptError{Key: key, Err: errSpecial}
	}
	return fmt.Errorf("%s %s: %w", op, key, err)
}

// Get implements storage.Store.
func (s *Store) Get(ctx context.Context, key string) (io.ReadCloser, storage.Info, error) {
	path, err := s.path(ctx, key)
	if err != nil {
		return nil, storage.Info{}, wrap("get", key, err)
	}
	f, err := openFile(path)
	if err != nil {
		return nil, storage.Info{}, wrap("get", key, err)
	}
	info, err := f.Stat()
	if err == nil {
		err = regular(key, info)
	}
	if err != nil {
		f.Close()
		return nil, storage.Info{}, wrap("get", key, err)
	}
	return &file{ctx: ctx, f: f}, tagged(key, info), nil
}

// openFile opens a regular file for reading. It opens nothing else, because opening
// a named pipe waits for a writer, and opening a device may have side effects.
func openFile(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if special(info.Mode()) {
		return nil, errSpecial
	}
	// Not blocking, in case that a pipe has taken the place of the file since.
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
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
	path, err := s.path(ctx, key)
	if err != nil {
		return storage.Info{}, wrap("stat", key, err)
	}
	info, err := os.Stat(path)
	if err == nil {
		err = regular(key, info)
	}
	if err != nil {
		return storage.Info{}, wrap("stat", key, err)
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
	path, err := s.path(ctx, key)
	if err == nil {
		err = os.Remove(path)
	}
	if err != nil {
		if err = wrap("delete", key, err); errors.Is(err, storage.ErrNotFound) {
			return nil
		}
		return err
	}
	// Remove refuses a folder that is not empty; a writer that has just made
	// the folder and finds it gone makes it again.
	for dir := filepath.Dir(path); dir != s.root && os.Remove(dir) == nil; {
		dir = filepath.Dir(dir)
	}
	return nil
}
