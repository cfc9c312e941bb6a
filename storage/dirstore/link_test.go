//go:build unix

package dirstore_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pressmark/storage"
)

// contentsOf returns the files of a folder with their text.
func contentsOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		body, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(body)
	}
	return files
}

// TestLinksOut: through a symbolic link that leads out of the folder nothing is read,
// written or deleted, and every operation says why.
func TestLinksOut(t *testing.T) {
	for name, plant := range map[string]func(dir, outside string) error{
		"a file": func(dir, outside string) error {
			if err := os.MkdirAll(filepath.Join(dir, "a", "b"), 0o700); err != nil {
				return err
			}
			return os.Symlink(filepath.Join(outside, "secret"), filepath.Join(dir, "a", "b", "secret"))
		},
		"a folder":              func(dir, outside string) error { return os.Mkdir(filepath.Join(dir, "a"), 0o700) },
		"a folder at the top":   func(dir, outside string) error { return nil },
		"a relative link":       func(dir, outside string) error { return nil },
		"a link through a link": func(dir, outside string) error { return os.Symlink(outside, filepath.Join(dir, "c")) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, outside := t.TempDir(), t.TempDir()
			if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("secret"), 0o600); err != nil {
				t.Fatal(err)
			}
			err := plant(dir, outside)
			key := "a/b/secret"
			switch name {
			case "a folder":
				err = errors.Join(err, os.Symlink(outside, filepath.Join(dir, "a", "b")))
			case "a folder at the top":
				key, err = "a/secret", os.Symlink(outside, filepath.Join(dir, "a"))
			case "a relative link":
				var rel string
				rel, err = filepath.Rel(dir, outside)
				key, err = "a/secret", errors.Join(err, os.Symlink(rel, filepath.Join(dir, "a")))
			case "a link through a link":
				key, err = "a/secret", errors.Join(err, os.Symlink("c", filepath.Join(dir, "a")))
			}
			if err != nil {
				t.Fatal(err)
			}
			before := contentsOf(t, outside)
			s := open(t, dir)
			body, _, err := storage.ReadObject(t.Context(), s, key)
			if !errors.Is(err, storage.ErrCorrupt) || len(body) > 0 {
				t.Errorf("get: %q, %v", body, err)
			}
			if _, err = s.Stat(t.Context(), key); !errors.Is(err, storage.ErrCorrupt) {
				t.Errorf("stat: %v", err)
			}
			if _, err = storage.ReadRange(t.Context(), s, key, 0, 3); !errors.Is(err, storage.ErrCorrupt) {
				t.Errorf("range: %v", err)
			}
			for op, err := range map[string]error{
				"put": s.Put(t.Context(), key+".new", []byte("x"), ""), "create": s.Create(t.Context(), key+".new", []byte("x"), ""),
				"put if": s.PutIf(t.Context(), key+".new", []byte("x"), "", ""), "delete": s.Delete(t.Context(), key+".new"),
			} {
				if name != "a file" && err == nil {
					t.Errorf("%s: no error", op)
				}
			}
			named := false
			for info, err := range s.List(t.Context(), "a/", "") {
				named = named || errors.Is(err, storage.ErrCorrupt) || info.Key == key
			}
			if !named {
				t.Error("the list does not show the link")
			}
			if after := contentsOf(t, outside); !maps.Equal(before, after) {
				t.Errorf("outside: %v, before %v", after, before)
			}
		})
	}
}

// TestLinkReplaced: a write to an object whose name is a planted link replaces the link
// and leaves its target alone.
func TestLinkReplaced(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	target := filepath.Join(outside, "secret")
	if err := errors.Join(os.WriteFile(target, []byte("secret"), 0o600), os.Symlink(target, filepath.Join(dir, "k"))); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	if err := s.Create(t.Context(), "k", []byte("x"), ""); !errors.Is(err, storage.ErrExists) {
		t.Errorf("create: %v", err)
	}
	if err := s.Put(t.Context(), "k", []byte("new"), ""); err != nil {
		t.Fatal(err)
	}
	body, _, err := storage.ReadObject(t.Context(), s, "k")
	if err != nil || string(body) != "new" || contentsOf(t, outside)["secret"] != "secret" {
		t.Errorf("read %q, %v; outside: %v", body, err, contentsOf(t, outside))
	}
}

// TestUnfinishedFilesElsewhere: the folder of unfinished files and its lock are no way
// out either.
func TestUnfinishedFilesElsewhere(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, ".pressmark-tmp")); err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir).Put(t.Context(), "k", []byte("x"), ""); err == nil {
		t.Error("put: no error")
	}
	lock := t.TempDir()
	s := open(t, lock)
	if err := s.Put(t.Context(), "k", []byte("x"), ""); err != nil {
		t.Fatal(err)
	}
	info, err := s.Stat(t.Context(), "k")
	if err == nil {
		err = os.Symlink(filepath.Join(outside, "made"), filepath.Join(lock, ".pressmark-tmp", "lock"))
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := s.PutIf(t.Context(), "k", []byte("y"), "", info.Tag); err == nil {
		t.Error("put if: no error")
	}
	if files := contentsOf(t, outside); len(files) > 0 {
		t.Errorf("outside: %v", files)
	}
}

// TestLinksWithin: links that stay in the folder are followed, also in lists.
func TestLinksWithin(t *testing.T) {
	dir := t.TempDir()
	if err := errors.Join(os.MkdirAll(filepath.Join(dir, "disk"), 0o700), os.Symlink("disk", filepath.Join(dir, "images"))); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	if err := s.Put(t.Context(), "images/x", []byte("y"), ""); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for info, err := range s.List(t.Context(), "", "") {
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, info.Key)
	}
	if !slices.Equal(keys, []string{"disk/x", "images/x"}) {
		t.Errorf("%v", keys)
	}
}
