// Package memstore keeps objects in memory: for tests, for trying things out,
// and for runs whose result is read by the same process.
package memstore

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"pressmark/storage"
)

// Store is a storage.Store in memory. Make one with New.
type Store struct {
	mu      sync.RWMutex
	objects map[string]object // the bodies are never written to
	writes  int64             // so far
}

type object struct {
	body     []byte
	modified time.Time
	write    int64 // number of the write that made it
}

func (o object) tag() string { return strconv.FormatInt(o.write, 10) }

var _ storage.Store = (*Store)(nil)

// New returns an empty store.
func New() *Store { return &Store{objects: map[string]object{}} }

// check runs at the start of every call on one key.
func check(ctx context.Context, op, key string) error {
	err := ctx.Err()
	if err == nil {
		err = storage.CheckKey(key)
	}
	return wrap(op, key, err)
}

func wrap(op, key string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %s: %w", op, key, err)
}

func (s *Store) find(ctx context.Context, op, key string) (object, storage.Info, error) {
	if err := check(ctx, op, key); err != nil {
		return object{}, storage.Info{}, err
	}
	s.mu.RLock()
	o, ok := s.objects[key]
	s.mu.RUnlock()
	if !ok {
		return object{}, storage.Info{}, wrap(op, key, storage.ErrNotFound)
	}
	return o, storage.Info{Key: key, Size: int64(len(o.body)), Modified: o.modified, Tag: o.tag()}, nil
}

// Get implements storage.Store.
func (s *Store) Get(ctx context.Context, key string) (io.ReadCloser, storage.Info, error) {
	o, info, err := s.find(ctx, "get", key)
	if err != nil {
		return nil, storage.Info{}, err
	}
	return io.NopCloser(bytes.NewReader(o.body)), info, nil
}

// Stat implements storage.Store.
func (s *Store) Stat(ctx context.Context, key string) (storage.Info, error) {
	_, info, err := s.find(ctx, "stat", key)
	return info, err
}

// Put implements storage.Store.
func (s *Store) Put(ctx context.Context, key string, body []byte, _ string) error {
	return s.write(ctx, "put", key, body, func(object, bool) error { return nil })
}

// Create implements storage.Store.
func (s *Store) Create(ctx context.Context, key string, body []byte, _ string) error {
	return s.write(ctx, "create", key, body, func(_ object, there bool) error {
		if there {
			return storage.ErrExists
		}
		return nil
	})
}

// PutIf implements storage.Store.
func (s *Store) PutIf(ctx context.Context, key string, body []byte, _, tag string) error {
	return s.write(ctx, "put if", key, body, func(old object, there bool) error {
		current := ""
		if there {
			current = old.tag()
		}
		if current != tag {
			return storage.ErrChanged
		}
		return nil
	})
}

// write writes an object unless refuse returns an error for the existing one.
func (s *Store) write(ctx context.Context, op, key string, body []byte, refuse func(old object, there bool) error) error {
	if err := check(ctx, op, key); err != nil {
		return err
	}
	body = bytes.Clone(body)
	s.mu.Lock()
	defer s.mu.Unlock()
	old, there := s.objects[key]
	if err := refuse(old, there); err != nil {
		return wrap(op, key, err)
	}
	s.writes++
	s.objects[key] = object{body, time.Now(), s.writes}
	return nil
}

// List implements storage.Store; it yields the objects that were there at the call.
func (s *Store) List(ctx context.Context, prefix, after string) iter.Seq2[storage.Info, error] {
	return func(yield func(storage.Info, error) bool) {
		for _, info := range s.list(prefix, after) {
			if err := ctx.Err(); err != nil {
				yield(storage.Info{}, wrap("list", prefix, err))
				return
			}
			if !yield(info, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(storage.Info{}, wrap("list", prefix, err))
		}
	}
}

func (s *Store) list(prefix, after string) []storage.Info {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var infos []storage.Info
	for _, key := range slices.Sorted(maps.Keys(s.objects)) {
		if key > after && strings.HasPrefix(key, prefix) {
			o := s.objects[key]
			infos = append(infos, storage.Info{Key: key, Size: int64(len(o.body)), Modified: o.modified})
		}
	}
	return infos
}

// Delete implements storage.Store.
func (s *Store) Delete(ctx context.Context, key string) error {
	if err := check(ctx, "delete", key); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.objects, key)
	return nil
}

// GetRange implements storage.RangeReader.
func (s *Store) GetRange(ctx context.Context, key string, offset, length int64) ([]byte, error) {
	o, _, err := s.find(ctx, "get", key)
	if err != nil {
		return nil, err
	}
	return storage.CutRange(key, bytes.NewReader(o.body), int64(len(o.body)), offset, length)
}
