package dirstore

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// staleAfter is the age at which an unfinished file belongs to no running process.
const staleAfter = time.Hour

// Put implements storage.Store.
func (s *Store) Put(ctx context.Context, key string, body []byte, _ string) error {
	name, err := s.local(ctx, key)
	if err != nil {
		return wrap(opPut, key, err)
	}
	err = s.write(ctx, body, false, func(root *os.Root, temp string) error {
		if err := stamp(root, temp); err != nil {
			return err
		}
		return place(root, name, func() error { return root.Rename(temp, name) })
	})
	if err != nil {
		return wrap(opPut, key, noCollision(err))
	}
	return wrap(opPut, key, s.dirty.add(s.whole(name)))
}

// Create implements storage.Store.
func (s *Store) Create(ctx context.Context, key string, body []byte, _ string) error {
	name, err := s.local(ctx, key)
	if err != nil {
		return wrap(opCreate, key, err)
	}
	if _, err := os.Lstat(s.whole(name)); err == nil {
		return wrap(opCreate, key, fs.ErrExist) // spares the wait for the disk
	}
	if err := s.dirty.flush(); err != nil {
		return wrap(opCreate, key, noCollision(err))
	}
	exists := false
	err = s.write(ctx, body, true, func(root *os.Root, temp string) error {
		defer root.Remove(temp)
		err := place(root, name, func() error { return root.Link(temp, name) })
		exists = errors.Is(err, fs.ErrExist)
		return err
	})
	if exists {
		return wrap(opCreate, key, fs.ErrExist)
	}
	if err != nil {
		return wrap(opCreate, key, noCollision(err))
	}
	return wrap(opCreate, key, noCollision(syncDirs(s.root, filepath.Dir(s.whole(name)))))
}

// noCollision ensures that an error about a folder or a temporary file is not read
// as an answer about the object.
func noCollision(err error) error {
	if errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, errNotDir) {
		return errors.New(err.Error())
	}
	return err
}

// write writes body to a new file in the folder of unfinished files, and to the disk if
// sync is set. Then it runs move, which gives the file temp its name.
func (s *Store) write(ctx context.Context, body []byte, sync bool, move func(root *os.Root, temp string) error) error {
	s.prepare.Do(func() {
		if s.prepared = s.makeTemp(); s.prepared == nil {
			s.dirty.disk.open(s.root)
		}
	})
	if s.prepared != nil {
		return s.prepared
	}
	err := s.writeOnce(ctx, body, sync, move)
	if errors.Is(err, errTidied) {
		if err = s.makeTemp(); err == nil {
			err = s.writeOnce(ctx, body, sync, move)
		}
	}
	return err
}

// errTidied: somebody has removed the folder of unfinished files.
var errTidied = errors.New("the folder of unfinished files is gone")

func (s *Store) writeOnce(ctx context.Context, body []byte, sync bool, move func(root *os.Root, temp string) error) error {
	return s.within(func(root *os.Root) error {
		temp, err := s.writeTemp(ctx, root, body, sync)
		if err != nil {
			return err
		}
		if err := move(root, temp); err != nil {
			root.Remove(temp)
			return err
		}
		return nil
	})
}

func (s *Store) writeTemp(ctx context.Context, root *os.Root, body []byte, sync bool) (name string, err error) {
	f, name, err := createTemp(root)
	if errors.Is(err, fs.ErrNotExist) {
		return "", errTidied
	}
	if err != nil {
		return "", err
	}
	err = writeAll(ctx, f, body)
	switch {
	case err == nil && sync:
		err = f.Sync()
	case err == nil:
		s.dirty.disk.startWriteback(f)
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		root.Remove(name)
		return "", err
	}
	return name, nil
}

// createTemp is os.CreateTemp for files that are there to be read: it makes them
// for their owner alone, and giving them to all is one more change for the file
// system's journal.
func createTemp(root *os.Root) (*os.File, string, error) {
	for {
		name := filepath.Join(tempName, strconv.FormatUint(rand.Uint64(), 36))
		f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if !errors.Is(err, fs.ErrExist) {
			return f, name, err
		}
	}
}

// writeAll writes in pieces, so that the end of ctx ends a large write.
func writeAll(ctx context.Context, f *os.File, body []byte) error {
	const piece = 4 << 20
	for len(body) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := f.Write(body[:min(piece, len(body))])
		if err != nil {
			return err
		}
		body = body[n:]
	}
	return ctx.Err()
}

// place runs move, which gives a file its name, making the folder of name if it is
// missing. A Delete may remove that folder as fast as it is made.
func place(root *os.Root, name string, move func() error) error {
	err := move()
	for range 10 {
		if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := root.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		err = move()
	}
	return err
}

// makeTemp makes the folder of unfinished files and removes stale ones.
func (s *Store) makeTemp() error {
	if err := os.MkdirAll(s.root, 0o777); err != nil {
		return err
	}
	return s.within(func(root *os.Root) error {
		if err := root.MkdirAll(tempName, 0o777); err != nil {
			return err
		}
		f, err := root.Open(tempName)
		if err != nil {
			return err
		}
		defer f.Close()
		entries, err := f.ReadDir(-1)
		if err != nil {
			return err
		}
		for _, e := range entries {
			// A file that cannot be looked at or removed stays; it does no harm.
			info, err := e.Info()
			if stale := err == nil && time.Since(info.ModTime()) > staleAfter; stale && e.Name() != lockName {
				root.Remove(filepath.Join(tempName, e.Name()))
			}
		}
		return nil
	})
}
