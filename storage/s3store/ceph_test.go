//go:build unix

package s3store_test

import (
	"errors"
	"testing"

	"pressmark/storage"
	"pressmark/storage/s3store"
	"pressmark/storage/storagetest"
	"pressmark/storage/storagetest/cephrgw"
)

// TestCeph runs the suite against a server of another make, over http and TLS.
func TestCeph(t *testing.T) {
	server := cephrgw.Start(t)
	for name, secure := range map[string]bool{"http": false, "tls": true} {
		t.Run(name, func(t *testing.T) {
			storagetest.Run(t, func(t *testing.T) storage.Store { return open(t, server.Config(secure)) })
			for what, change := range map[string]func(c *s3store.Config){
				"no such bucket": func(c *s3store.Config) { c.Bucket = "elsewhere" },
				"wrong secret":   func(c *s3store.Config) { c.SecretKey = "x" },
			} {
				bad := server.Config(secure)
				change(&bad)
				if err := storage.Probe(t.Context(), open(t, bad)); err == nil || errors.Is(err, storage.ErrUnavailable) || errors.Is(err, storage.ErrNoConditionalWrite) {
					t.Errorf("%s: %v", what, err)
				}
			}
		})
	}
	untrusting := server.Config(true)
	untrusting.CAFile = ""
	if err := storage.Probe(t.Context(), open(t, untrusting)); err == nil || errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("a certificate of an authority that nobody named: %v", err)
	}
}
