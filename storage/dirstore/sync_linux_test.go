package dirstore

import (
	"fmt"
	"math"
	"os"
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
	if left := none.sync(paths); !slices.Equal(left, paths) {
		t.Errorf("no file system: left %q, want all", left)
	}
	var s fileSystem
	s.open(filepath.Dir(here))
	want := []string{elsewhere}
	if s.root == nil {
		t.Logf("%s is synced file by file", filepath.Dir(here))
		want = paths
	}
	s.most = math.MaxInt64
	if left := s.sync(paths); !slices.Equal(left, want) || s.apart.Load() != (s.root == nil) {
		t.Errorf("left %q, want %q; apart is %t", left, want, s.apart.Load())
	}
	s.most = -1
	if left := s.sync(paths); !slices.Equal(left, paths) || !s.apart.Load() {
		t.Errorf("others write much: left %q, want all; apart is %t", left, s.apart.Load())
	}
	s.open("/proc")
	if before := s.root; before != nil && before.Name() == "/proc" {
		t.Error("/proc is synced whole")
	}
}

// TestErrorOfAll: an error of the whole file system may be one of another program's
// files. The files are synced one by one then, and a batch is lost with its own.
func TestErrorOfAll(t *testing.T) {
	d := dirtyFiles{root: t.TempDir()}
	closed, err := os.Open(d.root)
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	d.disk.root, d.disk.most = closed, math.MaxInt64
	for i := range many {
		path := filepath.Join(d.root, fmt.Sprint(i))
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := d.add(path); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.flush(); err != nil || len(d.paths) > 0 || !d.disk.apart.Load() {
		t.Errorf("%v; %d files are left, apart is %t", err, len(d.paths), d.disk.apart.Load())
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
