package storagetest

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"pressmark/storage"
)

// tagOf returns the object's tag, which must be the same by Get and by Stat.
func tagOf(t *testing.T, s storage.Store, key string) string {
	t.Helper()
	_, got, err := storage.ReadObject(t.Context(), s, key)
	if err != nil {
		t.Fatal(err)
	}
	stat, err := s.Stat(t.Context(), key)
	if same := got.Tag != "" && got.Tag == stat.Tag; err != nil || !same {
		t.Fatalf("tag of %s: get says %q, stat %q, %v; want one and the same", key, got.Tag, stat.Tag, err)
	}
	return got.Tag
}

// testPutIf writes with tags that name what is there, what was there, and nothing.
// All bodies have one size, and follow each other quickly.
func testPutIf(t *testing.T, s storage.Store) {
	putIf := func(key, body, tag string) error { return s.PutIf(t.Context(), key, []byte(body), text, tag) }
	put(t, s, "p/other", "a")
	stranger := tagOf(t, s, "p/other")
	for _, key := range []string{"p/a", "p/deep/er/b"} {
		wantError(t, putIf(key, "x", stranger), storage.ErrChanged, key)
		if _, err := s.Stat(t.Context(), key); !errors.Is(err, storage.ErrNotFound) {
			t.Fatalf("a refused write made %s: %v", key, err)
		}
		var tags []string // of all bodies so far
		for n := range 9 {
			body, tag := strconv.Itoa(n), ""
			if n > 0 {
				tag = tags[n-1]
			}
			if err := putIf(key, body, tag); err != nil {
				t.Fatalf("write %d of %s over what is there: %v", n, key, err)
			}
			want(t, s, key, []byte(body))
			for _, old := range append(slices.Clone(tags), "", stranger) {
				wantError(t, putIf(key, "x", old), storage.ErrChanged, key)
			}
			want(t, s, key, []byte(body))
			if tags = append(tags, tagOf(t, s, key)); slices.Index(tags, tags[n]) != n {
				t.Fatalf("%s has had the tag %s before", key, tags[n])
			}
		}
		testPutIfAmongOthers(t, s, key)
	}
}

// testPutIfAmongOthers: Put, Create and Delete change what a tag names, too.
func testPutIfAmongOthers(t *testing.T, s storage.Store, key string) {
	t.Helper()
	putIf := func(body, tag string) error { return s.PutIf(t.Context(), key, []byte(body), text, tag) }
	old := tagOf(t, s, key)
	put(t, s, key, "y")
	wantError(t, putIf("x", old), storage.ErrChanged, key)
	want(t, s, key, []byte("y"))
	old = tagOf(t, s, key)
	if err := s.Delete(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	wantError(t, putIf("x", old), storage.ErrChanged, key)
	if err := s.Create(t.Context(), key, []byte("z"), text); err != nil {
		t.Fatal(err)
	}
	wantError(t, putIf("x", ""), storage.ErrChanged, key)
	wantError(t, putIf("x", old), storage.ErrChanged, key)
	body := []byte("w")
	if err := s.PutIf(t.Context(), key, body, text, tagOf(t, s, key)); err != nil {
		t.Fatal(err)
	}
	body[0] = 'X' // the store must not keep the caller's bytes
	want(t, s, key, []byte("w"))
	wantError(t, s.Create(t.Context(), key, []byte("x"), text), storage.ErrExists, key)
}

// testPutIfRace: of 8 writers that have seen the same, exactly one wins, and its
// object stays until the next round.
func testPutIfRace(t *testing.T, s storage.Store) {
	const writers, rounds, key = 8, 20, "articles/race"
	tag := ""
	for round := range rounds {
		winner := race(t, writers, storage.ErrChanged, func(w int) error {
			return s.PutIf(t.Context(), key, raceBody(round, w), text, tag)
		})
		want(t, s, key, raceBody(round, winner))
		tag = tagOf(t, s, key)
	}
}

// raceBody returns a body of one size that names round and writer.
func raceBody(round, writer int) []byte {
	return append(fmt.Appendf(nil, "%03d ", round), body(writer, 2000)...)
}

// testPutIfTurns: writers that read, add to what they have read and try again
// when they are refused lose nothing.
func testPutIfTurns(t *testing.T, s storage.Store) {
	const writers, turns, key = 4, 10, "articles/turns"
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for n := 0; n < turns; {
				old, info, err := storage.ReadObject(t.Context(), s, key)
				if err != nil && !errors.Is(err, storage.ErrNotFound) {
					t.Error(err)
					return
				}
				err = s.PutIf(t.Context(), key, fmt.Appendf(old, "%d.%d\n", w, n), text, info.Tag)
				switch {
				case err == nil:
					n++
				case !errors.Is(err, storage.ErrChanged):
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	got, _, err := storage.ReadObject(t.Context(), s, key)
	if err != nil {
		t.Fatal(err)
	}
	for w := range writers {
		for n := range turns {
			// Twice is right where an answer was lost and another writer came next.
			if line := fmt.Sprintf("%d.%d\n", w, n); !strings.Contains("\n"+string(got), "\n"+line) {
				t.Errorf("%q is lost:\n%s", line, got)
			}
		}
	}
}
