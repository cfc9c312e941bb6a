package storagetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"testing"

	"pressmark/storage"
)

// testCreateRace: of 8 writers of one key, exactly one wins, and its object stays.
func testCreateRace(t *testing.T, s storage.Store) {
	const writers, rounds = 8, 10
	for round := range rounds {
		key := fmt.Sprintf("log/race/%d", round)
		winner := race(t, writers, storage.ErrExists, func(w int) error {
			return s.Create(t.Context(), key, body(w, 2000), text)
		})
		want(t, s, key, body(winner, 2000))
	}
}

// race lets writers write at once and returns the one that wins; all others are to
// get the error lost.
func race(t *testing.T, writers int, lost error, write func(w int) error) (winner int) {
	t.Helper()
	var won, last atomic.Int32
	var group sync.WaitGroup
	start := make(chan struct{})
	for w := range writers {
		group.Go(func() {
			<-start
			err := write(w)
			switch {
			case err == nil:
				won.Add(1)
				last.Store(int32(w))
			case !errors.Is(err, lost):
				t.Errorf("writer %d: %v, want %v", w, err, lost)
			}
		})
	}
	close(start)
	group.Wait()
	if won.Load() != 1 {
		t.Fatalf("%d writers won, want 1", won.Load())
	}
	return int(last.Load())
}

// body makes an object whose every byte names its writer.
func body(writer, size int) []byte {
	return bytes.Repeat([]byte{byte('a' + writer)}, size)
}

// testCreateIsWhole: a reader that finds a created object reads all of it.
func testCreateIsWhole(t *testing.T, s storage.Store) {
	const objects = 10
	size := 300 << 10
	var group sync.WaitGroup
	group.Go(func() {
		for i := range objects {
			if err := s.Create(t.Context(), fmt.Sprintf("log/%d", i), body(i, size), text); err != nil {
				t.Error(err)
			}
		}
	})
	for range 2 {
		group.Go(func() {
			for i := 0; i < objects && !t.Failed(); {
				got, _, err := storage.ReadObject(t.Context(), s, fmt.Sprintf("log/%d", i))
				if errors.Is(err, storage.ErrNotFound) {
					continue
				}
				if err != nil || !bytes.Equal(got, body(i, size)) {
					t.Errorf("object %d: %d bytes, %v; want %d", i, len(got), err, size)
					return
				}
				i++
			}
		})
	}
	group.Wait()
}

// testTornWrites: readers beside writers of one key see one writer's object whole.
func testTornWrites(t *testing.T, s storage.Store) {
	const rounds = 15
	sizes := []int{10, 200 << 10, 70 << 10}
	put(t, s, "torn", string(body(0, sizes[0])))
	var group sync.WaitGroup
	var writing atomic.Int32
	writing.Store(int32(len(sizes)))
	for w, size := range sizes {
		group.Go(func() {
			defer writing.Add(-1)
			for range rounds {
				if err := s.Put(t.Context(), "torn", body(w, size), text); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 3 {
		group.Go(func() {
			for writing.Load() > 0 && !t.Failed() {
				if err := readWhole(t.Context(), s, "torn", sizes); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

// readWhole reads an object once. The error says that it is not whole: as one of its
// writers wrote it, whose sizes are given.
func readWhole(ctx context.Context, s storage.Store, key string, sizes []int) error {
	r, info, err := s.Get(ctx, key)
	if err != nil {
		return err
	}
	got, err := io.ReadAll(r)
	r.Close()
	if err != nil || int64(len(got)) != info.Size {
		return fmt.Errorf("read %d bytes of %d: %v", len(got), info.Size, err)
	}
	for writer, size := range sizes {
		if bytes.Equal(got, body(writer, size)) {
			return nil
		}
	}
	return fmt.Errorf("a torn object of %d bytes, beginning with %q", len(got), got[:min(len(got), 1)])
}
