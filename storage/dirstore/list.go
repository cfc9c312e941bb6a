package dirstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pressmark/storage"
)

// List implements storage.Store. It reads one folder at a time, and only folders
// that can hold keys with the prefix.
func (s *Store) List(ctx context.Context, prefix, after string) iter.Seq2[storage.Info, error] {
	return func(yield func(storage.Info, error) bool) {
		err := s.within(func(root *os.Root) error {
			l := lister{ctx: ctx, root: root, prefix: prefix, after: after, yield: yield}
			_, err := l.walk("")
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			yield(storage.Info{}, fmt.Errorf("list %s: %w", prefix, err))
		}
	}
}

type lister struct {
	ctx           context.Context
	root          *os.Root
	prefix, after string
	yield         func(storage.Info, error) bool
}

// walk yields the objects in the folder with the key prefix dir ("" or "a/b/").
// It reports whether to go on.
func (l *lister) walk(dir string) (bool, error) {
	entries, err := l.read(dir)
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		if err := l.ctx.Err(); err != nil {
			return false, err
		}
		key := dir + e.name
		if !l.wanted(key, e.folder) || e.folder && e.outside && key <= l.after {
			continue
		}
		more := true
		if e.folder && e.outside {
			err = &storage.CorruptError{Key: strings.TrimSuffix(key, "/"), Err: errOutside} // not an empty folder: its objects are not here
		} else if e.folder {
			more, err = l.walk(key)
		} else if info, ierr := e.Info(); ierr == nil && (e.outside || info.Mode().IsRegular() || special(info.Mode())) {
			more = l.yield(toInfo(key, info), nil) // reading a named pipe or a link returns an error that says so
		} else if ierr != nil && !errors.Is(ierr, fs.ErrNotExist) { // gone since is no error
			err = ierr
		}
		if err != nil || !more {
			return false, err
		}
	}
	return true, l.ctx.Err()
}

// wanted reports whether a key is to be listed. For a folder ("a/b/") it reports
// whether any key in it may be.
func (l *lister) wanted(key string, folder bool) bool {
	if !folder {
		return key > l.after && strings.HasPrefix(key, l.prefix)
	}
	if !strings.HasPrefix(key, l.prefix) && !strings.HasPrefix(l.prefix, key) {
		return false
	}
	return key > l.after || strings.HasPrefix(l.after, key)
}

// entry is a file or folder, with the name that it has in keys: that of a
// folder ends with "/".
type entry struct {
	fs.DirEntry
	name    string
	folder  bool
	outside bool // a symbolic link that leads out of the folder
}

// read returns the folder's entries in the order of the keys. That is not the
// order of the names: the key "a-b" sorts before "a/c", as "-" is less than "/".
func (l *lister) read(dir string) ([]entry, error) {
	f, err := l.root.Open(filepath.Clean(filepath.FromSlash(dir)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list, err := f.ReadDir(-1)
	f.Close()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	entries := make([]entry, 0, len(list))
	for _, e := range list {
		if dir == "" && e.Name()[0] == '.' {
			continue // no key; unfinished files
		}
		entries = append(entries, l.resolve(dir, e))
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.name, b.name) })
	return entries, nil
}

// resolve follows a symbolic link that stays within the folder.
func (l *lister) resolve(dir string, e fs.DirEntry) entry {
	outside := false
	if e.Type()&fs.ModeSymlink != 0 {
		info, err := l.root.Stat(filepath.Join(filepath.FromSlash(dir), e.Name()))
		if err == nil {
			e = fs.FileInfoToDirEntry(info)
		}
		if outside = leadsOut(err); outside && l.leadsToFolder(dir, e.Name()) {
			return entry{e, e.Name() + "/", true, true}
		}
	}
	if e.IsDir() {
		return entry{e, e.Name() + "/", true, false}
	}
	return entry{e, e.Name(), false, outside}
}

func (l *lister) leadsToFolder(dir, name string) bool {
	info, err := os.Stat(filepath.Join(l.root.Name(), filepath.FromSlash(dir), name))
	return err == nil && info.IsDir()
}
