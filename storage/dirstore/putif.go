package dirstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"syscall"
	"time"

	"pressmark/storage"
)

// lockName is the file in the folder of unfinished files that is locked while an
// object is looked at and written over.
const lockName = "lock"

// PutIf implements storage.Store. Look and write are one step among the callers
// of PutIf, also of other processes: a Put or a Delete can come between.
func (s *Store) PutIf(ctx context.Context, key string, body []byte, _, tag string) error {
	path, err := s.path(ctx, key)
	if err != nil {
		return wrap("put if", key, err)
	}
	temp, err := s.writeTemp(ctx, body, false)
	if err != nil {
		return wrap("put if", key, noCollision(err))
	}
	if tag == "" {
		err = s.place(path, func() error { return renameNew(temp, path) })
		if errors.Is(err, fs.ErrExist) {
			err = storage.ErrChanged
		}
	} else {
		err = s.replace(temp, path, tag)
	}
	if err != nil {
		os.Remove(temp)
		return wrap("put if", key, noCollision(err))
	}
	return wrap("put if", key, s.dirty.add(path))
}

// replace renames temp to path if the object at path still has the tag.
func (s *Store) replace(temp, path, tag string) error {
	unlock, err := s.lock()
	if err != nil {
		return err
	}
	defer unlock()
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errNotDir) {
		return storage.ErrChanged
	}
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || tagOf(info) != tag {
		return storage.ErrChanged
	}
	if err := stamp(temp); err != nil {
		return err
	}
	return rename(temp, path)
}

// stamp gives the present time to a file that is to take another one's place. By
// itself it has the time of a clock that stands still for some milliseconds, and an
// inode is used again at once: two files at one path could have the same tag.
func stamp(temp string) error { return os.Chtimes(temp, time.Time{}, time.Now()) }

// lock waits for its turn among all that look and then write.
func (s *Store) lock() (unlock func(), err error) {
	unlock, err = s.turns.Lock()
	if errors.Is(err, fs.ErrNotExist) { // someone tidied up
		if err = os.MkdirAll(s.temp, 0o777); err == nil {
			unlock, err = s.turns.Lock()
		}
	}
	if errors.Is(err, syscall.ENOLCK) { // a file system on a network without a lock service
		err = fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
	}
	return unlock, err
}

// tagOf distinguishes one written file from another: by its inode and size, and by its
// time, see stamp.
func tagOf(info fs.FileInfo) string {
	tag := strconv.AppendUint(make([]byte, 0, 48), inode(info), 36)
	tag = strconv.AppendInt(append(tag, '-'), info.ModTime().UnixNano(), 36)
	return string(strconv.AppendInt(append(tag, '-'), info.Size(), 36))
}

// linkNew is renameNew with calls that every file system supports.
func linkNew(temp, path string) error {
	err := os.Link(temp, path)
	if err == nil {
		os.Remove(temp)
	}
	return err
}
