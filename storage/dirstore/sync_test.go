package dirstore

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"pressmark/storage"
)

// TestBarrier: a Create leaves nothing behind that is not on the disk.
func TestBarrier(t *testing.T) {
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := s.Put(t.Context(), fmt.Sprint("a/b/", i), []byte("x"), ""); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Delete(t.Context(), "a/b/1"); err != nil { // gone before it came to the disk
		t.Fatal(err)
	}
	if n := len(s.dirty.paths); n != 3 {
		t.Errorf("%d files to flush, want 3", n)
	}
	if err := s.Create(t.Context(), "log/1", nil, ""); err != nil {
		t.Fatal(err)
	}
	if n := len(s.dirty.paths); n != 0 {
		t.Errorf("%d files to flush after a create, want none", n)
	}
}

// TestManyDirty: the memory for files that are not on the disk is bounded, also
// with many writers.
func TestManyDirty(t *testing.T) {
	d := dirtyFiles{root: t.TempDir()}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i := range maxDirty {
				if err := d.add(fmt.Sprint(d.root, "/gone/", i)); err != nil && !errors.Is(err, storage.ErrNotFound) {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if n := len(d.paths); n >= maxDirty {
		t.Errorf("%d names are kept", n)
	}
}
