//go:build unix

package dirstore_test

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"pressmark/storage"
	"pressmark/storage/dirstore"
)

// TestSpecialFiles: a named pipe in the place of an object is damage. It is listed,
// so that it is reported, and never waited for.
func TestSpecialFiles(t *testing.T) {
	dir := t.TempDir()
	s, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	listed := 0
	for info, err := range s.List(t.Context(), "", "") {
		if listed++; err != nil || info.Key != "pipe" {
			t.Errorf("listed %v, %v", info, err)
		}
	}
	_, err = s.Stat(t.Context(), "pipe")
	_, _, readErr := storage.ReadObject(t.Context(), s, "pipe")
	if listed != 1 || !errors.Is(err, storage.ErrCorrupt) || !errors.Is(readErr, storage.ErrCorrupt) {
		t.Errorf("listed %d; stat: %v; read: %v", listed, err, readErr)
	}
}
