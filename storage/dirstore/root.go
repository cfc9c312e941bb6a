package dirstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"pressmark/storage"
)

// Every object is opened, written and listed through an os.Root of the folder. So a
// symbolic link that somebody planted below it cannot make the archive read or write
// files elsewhere. A part of an archive may lie on another disk that is mounted there.

// errOutside reports a symbolic link that is not followed.
var errOutside = errors.New("a symbolic link that leads out of the archive's folder")

// leadsOut reports whether os.Root refused to follow a symbolic link. Package os does
// not export that error.
func leadsOut(err error) bool {
	return err != nil && strings.HasSuffix(err.Error(), "path escapes from parent")
}

// within runs do in the folder of the archive. The error is fs.ErrNotExist if there is
// no such folder.
func (s *Store) within(do func(root *os.Root) error) error {
	root, err := os.OpenRoot(s.root)
	if err != nil {
		return err
	}
	defer root.Close()
	if err = do(root); leadsOut(err) {
		return errOutside
	}
	return err
}

// local checks ctx and key and returns the object's file name below the folder.
func (s *Store) local(ctx context.Context, key string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if err := storage.CheckKey(key); err != nil {
		return "", err
	}
	local, err := filepath.Localize(key)
	if err != nil {
		return "", fmt.Errorf("%w: this system allows no file of this name", storage.ErrKey)
	}
	return local, nil
}

// whole returns the absolute path of a file below the folder.
func (s *Store) whole(local string) string { return filepath.Join(s.root, local) }

// wrap returns the error of an operation on an object. What stands in an object's place
// and cannot be read is damage.
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
	case errors.Is(err, errOutside):
		if op == opGet || op == opStat {
			return &storage.CorruptError{Key: key, Err: errOutside}
		}
	}
	return fmt.Errorf("%s %s: %w", op, key, err)
}

// Names of operations in errors.
const (
	opGet    = "get"
	opStat   = "stat"
	opPut    = "put"
	opCreate = "create"
	opPutIf  = "put if"
	opDelete = "delete"
)
