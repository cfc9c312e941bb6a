package storage_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"pressmark/storage"
	"pressmark/storage/memstore"
)

// breaking gives each reader a part of the object only, and lets write run between two.
type breaking struct {
	storage.Store
	gets   int
	lasts  func() int64 // bytes until the answer breaks off
	before func(get int)
}

func (b *breaking) Get(ctx context.Context, key string) (io.ReadCloser, storage.Info, error) {
	b.gets++
	if b.before != nil {
		b.before(b.gets)
	}
	r, info, err := b.Store.Get(ctx, key)
	if err != nil {
		return nil, info, err
	}
	return io.NopCloser(io.MultiReader(io.LimitReader(r, b.lasts()), broken{})), info, nil
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("connection reset by peer") }

func noWait(s storage.Store) storage.Store {
	return storage.WithRetry(s, storage.RetryOptions{Sleep: func(context.Context, time.Duration) error { return nil }})
}

// TestStreamGoesOn: an object whose answers break off is read to its end all the same.
func TestStreamGoesOn(t *testing.T) {
	mem := memstore.New()
	body := make([]byte, 300_000)
	for i := range body {
		body[i] = byte(rand.Uint32())
	}
	if err := mem.Put(t.Context(), "snapshot", body, ""); err != nil {
		t.Fatal(err)
	}
	b := &breaking{Store: mem}
	b.lasts = func() int64 { return 40_000 * int64(b.gets) }
	r, info, err := storage.Stream(t.Context(), noWait(b), "snapshot")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(got, body) || info.Size != int64(len(body)) {
		t.Fatalf("%d bytes of %d, %v", len(got), info.Size, err)
	}
	if b.gets < 5 {
		t.Errorf("%d answers; the fault did not happen", b.gets)
	}
}

// TestStreamChanged: an object that is written while it is read is no mixture of both.
func TestStreamChanged(t *testing.T) {
	mem := memstore.New()
	write := func(b byte) {
		if err := mem.Put(t.Context(), "snapshot", bytes.Repeat([]byte{b}, 100_000), ""); err != nil {
			t.Fatal(err)
		}
	}
	write('a')
	b := &breaking{Store: mem, lasts: func() int64 { return 30_000 }, before: func(get int) {
		if get == 2 {
			write('b')
		}
	}}
	r, _, err := storage.Stream(t.Context(), noWait(b), "snapshot")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := io.ReadAll(r); !errors.Is(err, storage.ErrChanged) || bytes.IndexByte(got, 'b') >= 0 {
		t.Errorf("%d bytes, error %v", len(got), err)
	}
}

// TestStreamGivesUp: a store that is away for good ends the reading.
func TestStreamGivesUp(t *testing.T) {
	mem := memstore.New()
	if err := mem.Put(t.Context(), "snapshot", make([]byte, 1000), ""); err != nil {
		t.Fatal(err)
	}
	r, _, err := storage.Stream(t.Context(), noWait(&breaking{Store: mem, lasts: func() int64 { return 0 }}), "snapshot")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := io.ReadAll(r); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("got %v", err)
	}
}
