package dirstore_test

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/storagetest"
)

func open(t *testing.T, dir string) *dirstore.Store {
	t.Helper()
	s, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) storage.Store { return open(t, t.TempDir()) })
}

// TestTags: objects of one size that follow each other as fast as can be, and may
// have one inode by turns, have tags of their own, also across two Stores.
func TestTags(t *testing.T) {
	dir := t.TempDir()
	stores := []storage.Store{open(t, dir), open(t, dir)}
	seen := map[string]int{}
	for n := range 500 {
		s := stores[n%2]
		for range 2 { // so that the inode comes around
			if err := s.Put(t.Context(), "a/b", []byte("x"), ""); err != nil {
				t.Fatal(err)
			}
		}
		info, err := s.Stat(t.Context(), "a/b")
		if err != nil || info.Tag == "" {
			t.Fatalf("%+v, %v", info, err)
		}
		if before, ok := seen[info.Tag]; ok {
			t.Fatalf("write %d has the tag of write %d: %s", n, before, info.Tag)
		}
		seen[info.Tag] = n
	}
}

// TestTwoStores: two Stores on one folder, as two processes have them, are one store.
func TestTwoStores(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) storage.Store {
		dir := t.TempDir()
		return &pair{stores: [2]storage.Store{open(t, dir), open(t, dir)}}
	})
}

// pair makes each call at the other of two stores.
type pair struct {
	stores [2]storage.Store
	calls  atomic.Int64
}

func (p *pair) next() storage.Store { return p.stores[p.calls.Add(1)%2] }

func (p *pair) Get(ctx context.Context, key string) (io.ReadCloser, storage.Info, error) {
	return p.next().Get(ctx, key)
}

func (p *pair) Stat(ctx context.Context, key string) (storage.Info, error) {
	return p.next().Stat(ctx, key)
}

func (p *pair) Put(ctx context.Context, key string, body []byte, mediaType string) error {
	return p.next().Put(ctx, key, body, mediaType)
}

func (p *pair) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	return p.next().Create(ctx, key, body, mediaType)
}

func (p *pair) PutIf(ctx context.Context, key string, body []byte, mediaType, tag string) error {
	return p.next().PutIf(ctx, key, body, mediaType, tag)
}

func (p *pair) List(ctx context.Context, prefix, after string) iter.Seq2[storage.Info, error] {
	return p.next().List(ctx, prefix, after)
}

func (p *pair) Delete(ctx context.Context, key string) error { return p.next().Delete(ctx, key) }

func TestOpenMakesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "yet")
	s := open(t, dir)
	if _, err := s.Stat(t.Context(), "a"); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("stat: %v", err)
	}
	for range s.List(t.Context(), "", "") {
		t.Error("a folder that is not there has objects")
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("reading made the folder: %v", err)
	}
	if err := s.Put(t.Context(), "a", nil, ""); err != nil {
		t.Error(err)
	}
}

func TestOpenFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := dirstore.Open(name); err == nil {
		t.Error("a file was opened as a folder")
	}
	if _, err := dirstore.Open(""); err == nil {
		t.Error("no name was opened as a folder")
	}
}

// TestLeftovers: what a killed process leaves is not seen, and is removed only
// when no process can be writing to it.
func TestLeftovers(t *testing.T) {
	dir := t.TempDir()
	temp := filepath.Join(dir, ".pressmark-tmp")
	if err := os.Mkdir(temp, 0o777); err != nil {
		t.Fatal(err)
	}
	old, young := filepath.Join(temp, "old"), filepath.Join(temp, "young")
	for _, name := range []string{old, young} {
		if err := os.WriteFile(name, []byte("half an obj"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	for info := range s.List(t.Context(), "", "") {
		t.Errorf("listed: %s", info.Key)
	}
	if err := s.Put(t.Context(), "a/b", []byte("x"), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("the old leftover is still there: %v", err)
	}
	if _, err := os.Stat(young); err != nil {
		t.Errorf("a file that a process may be writing was removed: %v", err)
	}
	entries, err := os.ReadDir(temp)
	if err != nil || len(entries) != 1 {
		t.Errorf("unfinished files after a write: %v, %v", entries, err)
	}
	if err := os.RemoveAll(temp); err != nil {
		t.Fatal(err)
	}
	if err := s.Put(t.Context(), "a/c", nil, ""); err != nil {
		t.Errorf("put after the folder of unfinished files was removed: %v", err)
	}
}

// TestFileInTheWay: an error about the way to an object is no answer about the object.
func TestFileInTheWay(t *testing.T) {
	s := open(t, t.TempDir())
	if err := s.Put(t.Context(), "a", nil, ""); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"put":    s.Put(t.Context(), "a/b", nil, ""),
		"create": s.Create(t.Context(), "a/b", nil, ""),
	} {
		if err == nil || errors.Is(err, storage.ErrExists) || errors.Is(err, storage.ErrNotFound) {
			t.Errorf("%s below a file: %v, want another error", name, err)
		}
	}
}
