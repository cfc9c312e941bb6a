package storagetest

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"pressmark/storage"
)

func list(t *testing.T, s storage.Store, prefix, after string) []string {
	t.Helper()
	var keys []string
	for info, err := range s.List(t.Context(), prefix, after) {
		if err != nil {
			t.Fatal(err)
		}
		if info.Modified.IsZero() {
			t.Errorf("list: %s has no time", info.Key)
		}
		keys = append(keys, info.Key)
	}
	return keys
}

func testList(t *testing.T, s storage.Store) {
	// "-" and "." sort before "/", digits after it.
	keys := []string{"a-b", "a.b", "a/b", "a/b.c", "a/c/d", "a/c/e", "a0", "ab/c", "b"}
	for _, key := range slices.Backward(keys) {
		put(t, s, key, key)
	}
	for _, c := range []struct {
		prefix, after string
		want          []string
	}{
		{"", "", keys},
		{"a/", "", []string{"a/b", "a/b.c", "a/c/d", "a/c/e"}},
		{"a", "", keys[:8]},
		{"a/c", "", []string{"a/c/d", "a/c/e"}},
		{"a/c/", "a/c/d", []string{"a/c/e"}},
		{"a/", "a/bb", []string{"a/c/d", "a/c/e"}},
		{"a/", "a", []string{"a/b", "a/b.c", "a/c/d", "a/c/e"}},
		{"a/", "b", nil},
		{"", "a/c/d", []string{"a/c/e", "a0", "ab/c", "b"}},
		{"", "a/c0", []string{"a0", "ab/c", "b"}},
		{"c", "", nil},
		{"a/b.c/d", "", nil},
	} {
		if got := list(t, s, c.prefix, c.after); !slices.Equal(got, c.want) {
			t.Errorf("list %q after %q: %q, want %q", c.prefix, c.after, got, c.want)
		}
	}
	for info, err := range s.List(t.Context(), "a/b", "") {
		if err != nil || info.Size != int64(len(info.Key)) {
			t.Errorf("list: %+v, %v: size is not %d", info, err, len(info.Key))
		}
	}
}

// testListMany: more keys than an S3 store gives in one answer.
func testListMany(t *testing.T, s storage.Store) {
	const n = 1234
	var group sync.WaitGroup
	for w := range 8 {
		group.Go(func() {
			for i := w; i < n; i += 8 {
				if err := s.Put(t.Context(), fmt.Sprintf("many/%05d", i), []byte("x"), text); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	got := list(t, s, "many/", "")
	distinct := len(slices.Compact(slices.Clone(got)))
	allThere := len(got) == n && distinct == n
	if !allThere || !slices.IsSorted(got) {
		t.Errorf("list gives %d keys, %d of them different (sorted: %v), want %d", len(got), distinct, slices.IsSorted(got), n)
	}
	if got := list(t, s, "many/", "many/00199"); len(got) != n-200 || got[0] != "many/00200" {
		t.Errorf("list after the 200th: %d keys from %q", len(got), got[:1])
	}
}

func testListStops(t *testing.T, s storage.Store) {
	for i := range 5 {
		put(t, s, fmt.Sprintf("a/%d", i), "x")
	}
	n := 0
	for _, err := range s.List(t.Context(), "a/", "") {
		if n++; err != nil || n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("list went on after break: %d", n)
	}
}
