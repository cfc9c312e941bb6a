package dirstore

import (
	"math"
	"path/filepath"
	"slices"
	"testing"
)

// TestSyncOfAll: a file system that is synced whole leaves the files of folders that
// lie on another one, and one that is not leaves all.
func TestSyncOfAll(t *testing.T) {
	here, elsewhere := filepath.Join(t.TempDir(), "a"), "/proc/self/b" // never on a disk
	paths := []string{here, elsewhere}
	var none fileSystem
	if left, err := none.sync(paths); err != nil || !slices.Equal(left, paths) {
		t.Errorf("no file system: left %q, %v, want all", left, err)
	}
	var s fileSystem
	s.open(filepath.Dir(here))
	want := []string{elsewhere}
	if s.root == nil {
		t.Logf("%s is synced file by file", filepath.Dir(here))
		want = paths
	}
	s.most = math.MaxInt64
	if left, err := s.sync(slices.Clone(paths)); err != nil || !slices.Equal(left, want) {
		t.Errorf("left %q, %v, want %q", left, err, want)
	}
	s.most = -1
	if left, err := s.sync(paths); err != nil || !slices.Equal(left, paths) {
		t.Errorf("others write much: left %q, %v, want all", left, err)
	}
	s.open("/proc")
	if before := s.root; before != nil && before.Name() == "/proc" {
		t.Error("/proc is synced whole")
	}
}

func TestWaiting(t *testing.T) {
	for _, c := range []struct {
		name, meminfo string
		want          int64
	}{
		{"little", "MemTotal:  16307452 kB\nDirty:   120 kB\nWriteback:   8 kB\nWritebackTmp:   999 kB\n", 128 << 10},
		{"much", "Dirty:         4194304 kB\nWriteback:           0 kB\n", 4 << 30},
		{"not told", "MemTotal:  16307452 kB\nDirty:   120 kB\n", 1 << 62},
		{"nonsense", "Dirty: many kB\nWriteback: 1 kB\n", 1 << 62},
		{"empty", "", 1 << 62},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := waiting([]byte(c.meminfo)); got != c.want {
				t.Errorf("waiting %d bytes, want %d", got, c.want)
			}
		})
	}
}
