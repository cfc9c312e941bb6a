package dirstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
	name, err := s.local(ctx, key)
	if err != nil {
		return wrap(opPutIf, key, err)
	}
	err = s.write(ctx, body, false, func(root *os.Root, temp string) error {
		if tag != "" {
			return s.replace(root, temp, name, tag)
		}
		err := place(root, name, func() error { return renameNew(root, temp, name) })
		if errors.Is(err, fs.ErrExist) {
			return storage.ErrChanged
		}
		return err
	})
	if err != nil {
		return wrap(opPutIf, key, noCollision(err))
	}
	return wrap(opPutIf, key, s.dirty.add(s.whole(name)))
}

// replace renames temp to name if the object there still has the tag.
func (s *Store) replace(root *os.Root, temp, name, tag string) error {
	unlock, err := s.lock(root)
	if err != nil {
		return err
	}
	defer unlock()
	info, err := root.Stat(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errNotDir) {
		return storage.ErrChanged
	}
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || tagOf(info) != tag {
		return storage.ErrChanged
	}
	if err := stamp(root, temp); err != nil {
		return err
	}
	return root.Rename(temp, name)
}

// stamp gives the present time to a file that is to take another one's place. By
// itself it has the time of a clock that stands still for some milliseconds, and an
// inode is used again at once: two files at one path could have the same tag.
func stamp(root *os.Root, temp string) error { return root.Chtimes(temp, time.Time{}, time.Now()) }

// lock waits for its turn among all that look and then write.
func (s *Store) lock(root *os.Root) (unlock func(), err error) {
	if info, err := root.Lstat(filepath.Join(tempName, lockName)); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a file; remove it", filepath.Join(s.root, tempName, lockName))
	}
	unlock, err = s.turns.Lock()
	if errors.Is(err, fs.ErrNotExist) { // someone tidied up
		if err = root.MkdirAll(tempName, 0o777); err == nil {
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
func linkNew(root *os.Root, temp, name string) error {
	err := root.Link(temp, name)
	if err == nil {
		root.Remove(temp)
	}
	return err
}
