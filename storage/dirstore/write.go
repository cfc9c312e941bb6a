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
	path, err := s.path(ctx, key)
	if err != nil {
		return wrap("put", key, err)
	}
	temp, err := s.writeTemp(ctx, body, false)
	if err != nil {
		return wrap("put", key, noCollision(err))
	}
	if err = stamp(temp); err == nil {
		err = s.place(path, func() error { return rename(temp, path) })
	}
	if err != nil {
		os.Remove(temp)
		return wrap("put", key, noCollision(err))
	}
	return wrap("put", key, s.dirty.add(path))
}

// Create implements storage.Store.
func (s *Store) Create(ctx context.Context, key string, body []byte, _ string) error {
	path, err := s.path(ctx, key)
	if err != nil {
		return wrap("create", key, err)
	}
	if _, err := os.Lstat(path); err == nil {
		return wrap("create", key, fs.ErrExist) // spares the wait for the disk
	}
	if err := s.dirty.flush(); err != nil {
		return wrap("create", key, noCollision(err))
	}
	temp, err := s.writeTemp(ctx, body, true)
	if err != nil {
		return wrap("create", key, noCollision(err))
	}
	defer os.Remove(temp)
	if err := s.place(path, func() error { return os.Link(temp, path) }); errors.Is(err, fs.ErrExist) {
		return wrap("create", key, err)
	} else if err != nil {
		return wrap("create", key, noCollision(err))
	}
	return wrap("create", key, noCollision(syncDirs(s.root, filepath.Dir(path))))
}

// noCollision ensures that an error about a folder or a temporary file is not read
// as an answer about the object.
func noCollision(err error) error {
	if errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, errNotDir) {
		return errors.New(err.Error())
	}
	return err
}

// writeTemp writes body to a new file in the folder of unfinished files, and
// to the disk if sync is set.
func (s *Store) writeTemp(ctx context.Context, body []byte, sync bool) (name string, err error) {
	s.prepare.Do(func() {
		if s.prepared = s.makeTemp(); s.prepared == nil {
			s.dirty.disk.open(s.root)
		}
	})
	if s.prepared != nil {
		return "", s.prepared
	}
	f, err := s.createTemp()
	if errors.Is(err, fs.ErrNotExist) { // someone tidied up
		if err = os.MkdirAll(s.temp, 0o777); err == nil {
			f, err = s.createTemp()
		}
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
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// createTemp is os.CreateTemp for files that are there to be read: it makes them
// for their owner alone, and giving them to all is one more change for the file
// system's journal.
func (s *Store) createTemp() (*os.File, error) {
	for {
		name := filepath.Join(s.temp, strconv.FormatUint(rand.Uint64(), 36))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
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

// place runs move, which gives a file its name path, making the folder of path
// if it is missing. A Delete may remove that folder as fast as it is made.
func (s *Store) place(path string, move func() error) error {
	err := move()
	for range 10 {
		if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		err = move()
	}
	return err
}

// makeTemp makes the folder of unfinished files and removes stale ones.
func (s *Store) makeTemp() error {
	if err := os.MkdirAll(s.temp, 0o777); err != nil {
		return err
	}
	entries, err := os.ReadDir(s.temp)
	if err != nil {
		return err
	}
	for _, e := range entries {
		// A file that cannot be looked at or removed stays; it does no harm.
		if info, err := e.Info(); err == nil && e.Name() != lockName && time.Since(info.ModTime()) > staleAfter {
			os.Remove(filepath.Join(s.temp, e.Name()))
		}
	}
	return nil
}
