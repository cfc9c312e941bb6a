// Package storagetest checks that an implementation of storage.Store keeps the
// contract. Its subpackages start a real S3 server and put faults before it.
package storagetest

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pressmark/storage"
)

// Run runs the suite. open returns an empty store, a new one for each call.
func Run(t *testing.T, open func(t *testing.T) storage.Store) {
	for _, c := range []struct {
		name string
		run  func(*testing.T, storage.Store)
	}{
		{"NotFound", testNotFound},
		{"Put", testPut},
		{"Create", testCreate},
		{"CreateRace", testCreateRace},
		{"CreateIsWhole", testCreateIsWhole},
		{"PutIf", testPutIf},
		{"PutIfRace", testPutIfRace},
		{"PutIfTurns", testPutIfTurns},
		{"Sizes", testSizes},
		{"Range", testRange},
		{"Large", testLarge},
		{"Keys", testKeys},
		{"BadKeys", testBadKeys},
		{"List", testList},
		{"ListMany", testListMany},
		{"ListStops", testListStops},
		{"Delete", testDelete},
		{"Cancelled", testCancelled},
		{"TornWrites", testTornWrites},
		{"Probe", testProbe},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

const text = "text/plain"

func put(t *testing.T, s storage.Store, key, body string) {
	t.Helper()
	if err := s.Put(t.Context(), key, []byte(body), text); err != nil {
		t.Fatal(err)
	}
}

func want(t *testing.T, s storage.Store, key string, body []byte) {
	t.Helper()
	got, info, err := storage.ReadObject(t.Context(), s, key)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, body) {
		t.Fatalf("get %s: got %d bytes %.60q, want %d bytes %.60q", key, len(got), got, len(body), body)
	}
	if info.Key != key || info.Size != int64(len(body)) || info.Modified.IsZero() {
		t.Errorf("get %s: info %+v, want the key, %d bytes, a time", key, info, len(body))
	}
	stat, err := s.Stat(t.Context(), key)
	agrees := stat.Key == key && stat.Size == info.Size && !stat.Modified.IsZero()
	if err != nil || !agrees {
		t.Errorf("stat %s: %+v, %v; want as get said: %+v", key, stat, err, info)
	}
}

// wantError checks the kind of err and that it names the key.
func wantError(t *testing.T, err, kind error, key string) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Fatalf("got error %v, want %v", err, kind)
	}
	if !strings.Contains(err.Error(), key) {
		t.Errorf("error %q does not name %s", err, key)
	}
}

func testNotFound(t *testing.T, s storage.Store) {
	put(t, s, "a/b", "x")
	for _, key := range []string{"a", "a/", "a/c", "b", "a/b/c"} {
		if key == "a/" {
			continue
		}
		_, _, err := s.Get(t.Context(), key)
		wantError(t, err, storage.ErrNotFound, key)
		_, err = s.Stat(t.Context(), key)
		wantError(t, err, storage.ErrNotFound, key)
	}
}

func testPut(t *testing.T, s storage.Store) {
	body := []byte("first")
	if err := s.Put(t.Context(), "a/b", body, text); err != nil {
		t.Fatal(err)
	}
	body[0] = 'X' // the store must not keep the caller's bytes
	want(t, s, "a/b", []byte("first"))
	put(t, s, "a/b", "a second, longer one")
	want(t, s, "a/b", []byte("a second, longer one"))
	put(t, s, "a/b", "3")
	want(t, s, "a/b", []byte("3"))
}

func testCreate(t *testing.T, s storage.Store) {
	if err := s.Create(t.Context(), "log/1", []byte("one"), text); err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{"two", ""} {
		wantError(t, s.Create(t.Context(), "log/1", []byte(body), text), storage.ErrExists, "log/1")
	}
	want(t, s, "log/1", []byte("one"))
	put(t, s, "log/2", "put")
	wantError(t, s.Create(t.Context(), "log/2", []byte("x"), text), storage.ErrExists, "log/2")
	if err := s.Delete(t.Context(), "log/1"); err != nil {
		t.Fatal(err)
	}
	if err := s.Create(t.Context(), "log/1", []byte("anew"), text); err != nil {
		t.Fatalf("create after delete: %v", err)
	}
	want(t, s, "log/1", []byte("anew"))
}

func testSizes(t *testing.T, s storage.Store) {
	big := make([]byte, 5<<20)
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range big {
		big[i] = byte(rng.Uint32())
	}
	for name, data := range map[string][]byte{"empty": {}, "one": {0}, "big": big} {
		if err := s.Put(t.Context(), "put/"+name, data, text); err != nil {
			t.Fatal(err)
		}
		want(t, s, "put/"+name, data)
		if err := s.Create(t.Context(), "create/"+name, data, text); err != nil {
			t.Fatal(err)
		}
		want(t, s, "create/"+name, data)
	}
}

// oddKeys are keys that some store might spoil.
var oddKeys = []string{
	"k/with space/a b", "k/percent/a%20b", "k/percent/a%2Fb", "k/plus/a+b", "k/新闻/第一版.json",
	"k/é/composed", "k/e\u0301/decomposed", "k/quote/a'b\"c", "k/amp/a&b=c?d#e", "k/angle/<a>", "k/tilde/~a!$()*,:;@",
	"k/dots/..a/b..c/...", "k/" + strings.Repeat("l", 200) + "/" + strings.Repeat("m", 255),
}

// testRange: a part of an object is read, and nothing that is not there.
func testRange(t *testing.T, s storage.Store) {
	put(t, s, "warc/range", "0123456789")
	for _, c := range []struct {
		offset, length int64
		want           string
		err            error
	}{
		{0, 10, "0123456789", nil}, {3, 4, "3456", nil}, {9, 1, "9", nil}, {10, 0, "", nil}, {0, 0, "", nil},
		{0, 11, "", storage.ErrRange}, {8, 3, "", storage.ErrRange}, {10, 1, "", storage.ErrRange}, {11, 0, "", storage.ErrRange}, {-1, 2, "", storage.ErrRange}, {1, -2, "", storage.ErrRange},
	} {
		got, err := storage.ReadRange(t.Context(), s, "warc/range", c.offset, c.length)
		if string(got) != c.want || !errors.Is(err, c.err) {
			t.Errorf("%d bytes at %d: %q, %v; want %q, %v", c.length, c.offset, got, err, c.want, c.err)
		}
	}
	if _, err := storage.ReadRange(t.Context(), s, "warc/none", 0, 1); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("of an object that is not there: %v, want ErrNotFound", err)
	}
}

func testKeys(t *testing.T, s storage.Store) {
	for _, key := range oddKeys {
		put(t, s, key, "at "+key)
	}
	for _, key := range oddKeys {
		want(t, s, key, []byte("at "+key))
	}
	sorted := slices.Sorted(slices.Values(oddKeys))
	if got := list(t, s, "k/", ""); !slices.Equal(got, sorted) {
		t.Errorf("list:\n%q\nwant\n%q", got, sorted)
	}
	for i, key := range sorted {
		if got := list(t, s, key, ""); !slices.Equal(got, []string{key}) {
			t.Errorf("list of prefix %q: %q", key, got)
		}
		if got := list(t, s, "k/", key); !slices.Equal(got, sorted[i+1:]) {
			t.Errorf("list after %q: %q, want %q", key, got, sorted[i+1:])
		}
	}
}

func testBadKeys(t *testing.T, s storage.Store) {
	bad := []string{
		"", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/./b", ".hidden", ".a/b", "a\x00b", "a\nb", "a\\b",
		"a/\xff", strings.Repeat("a", 256), strings.Repeat("a/", 500) + "a",
	}
	for _, key := range bad {
		_, _, getErr := s.Get(t.Context(), key)
		_, statErr := s.Stat(t.Context(), key)
		errs := []error{
			getErr, statErr,
			s.Put(t.Context(), key, []byte("x"), text),
			s.Create(t.Context(), key, []byte("x"), text),
			s.PutIf(t.Context(), key, []byte("x"), text, ""),
			s.PutIf(t.Context(), key, []byte("x"), text, "tag"),
			s.Delete(t.Context(), key),
		}
		for i, err := range errs {
			if !errors.Is(err, storage.ErrKey) {
				t.Errorf("key %.40q, call %d: %v, want ErrKey", key, i, err)
			}
		}
	}
	if got := list(t, s, "", ""); len(got) != 0 {
		t.Errorf("bad keys were stored: %q", got)
	}
}

func testDelete(t *testing.T, s storage.Store) {
	put(t, s, "a/b/c", "x")
	put(t, s, "a/d", "y")
	for range 2 {
		if err := s.Delete(t.Context(), "a/b/c"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Delete(t.Context(), "never/was"); err != nil {
		t.Error(err)
	}
	_, _, err := s.Get(t.Context(), "a/b/c")
	wantError(t, err, storage.ErrNotFound, "a/b/c")
	if got := list(t, s, "", ""); !slices.Equal(got, []string{"a/d"}) {
		t.Errorf("left: %q", got)
	}
	put(t, s, "a/b/c", "again")
	want(t, s, "a/b/c", []byte("again"))
}

func testCancelled(t *testing.T, s storage.Store) {
	put(t, s, "a/b", "x")
	tag := tagOf(t, s, "a/b")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, getErr := s.Get(ctx, "a/b")
	_, statErr := s.Stat(ctx, "a/b")
	var listErr error
	for _, listErr = range s.List(ctx, "a/", "") {
	}
	for i, err := range []error{
		getErr, statErr, listErr,
		s.Put(ctx, "a/c", []byte("x"), text),
		s.Create(ctx, "a/d", []byte("x"), text),
		s.PutIf(ctx, "a/e", []byte("x"), text, ""),
		s.PutIf(ctx, "a/b", []byte("y"), text, tag),
		s.Delete(ctx, "a/b"),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("call %d: %v, want context.Canceled", i, err)
		}
	}
	if got := list(t, s, "", ""); !slices.Equal(got, []string{"a/b"}) {
		t.Errorf("calls with an ended context changed the store: %q", got)
	}
}

func testProbe(t *testing.T, s storage.Store) {
	for range 2 {
		if err := storage.Probe(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}
