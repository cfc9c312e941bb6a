//go:build unix

package storage_test

import (
	"context"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pressmark/storage"
	"pressmark/storage/s3store"
	"pressmark/storage/storagetest/versitygw"
)

// server is one real S3 server for all tests of the package.
var server = sync.OnceValues(func() (*versitygw.Server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 9*time.Minute)
	defer cancel()
	return versitygw.Launch(ctx, versitygw.Options{})
})

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		childMain(dir)
		return
	}
	code := m.Run()
	if started.Load() {
		if s, err := server(); err == nil {
			s.Stop()
		}
	}
	os.Exit(code)
}

var started atomic.Bool

// s3Server returns the server; the test fails if there is none.
func s3Server(t testing.TB) *versitygw.Server {
	t.Helper()
	started.Store(true)
	s, err := server()
	if err != nil {
		t.Fatalf("an S3 server is needed for this test: %v", err)
	}
	return s
}

func s3Store(t testing.TB, c s3store.Config) storage.Store {
	t.Helper()
	s, err := s3store.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// allStores runs a test on every kind of store.
func allStores(t *testing.T, test func(*testing.T, storage.Store)) {
	stores(t, test)
	t.Run("s3", func(t *testing.T) { test(t, s3Store(t, s3Server(t).Config())) })
}
