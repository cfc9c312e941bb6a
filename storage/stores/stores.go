// Package stores opens the store that an address names. A new kind of store is one row
// of the list here, and its package below storage.
package stores

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"time"

	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/s3store"
)

// ErrAddress is wrapped by the errors of addresses that name no store: an unknown
// scheme, no bucket, a folder that is a file.
var ErrAddress = errors.New("not an address of a store")

// Options of a store. The zero value is good for use.
type Options struct {
	// PathStyle addresses buckets by path instead of by host name.
	PathStyle bool
	// Logger gets a warning for each request that failed and is repeated. nil: none.
	Logger *slog.Logger
}

// kind is a kind of store.
type kind struct {
	scheme string // of its addresses; "" for a path
	form   string // of its addresses, for people
	open   func(ctx context.Context, address string, o Options) (storage.Store, error)
}

var kinds = [...]kind{
	{"", "a folder", openFolder},
	{"s3", "s3://bucket/prefix", openS3},
}

// Scheme returns the scheme of a store's address, "" for a folder.
func Scheme(address string) string {
	scheme, _, ok := strings.Cut(address, "://")
	if !ok {
		return ""
	}
	return scheme
}

// Open opens the store at an address: a folder, or s3://bucket/prefix. It does not ask
// a server. The error wraps ErrAddress if the address is wrong; faults of the store are of
// type *storage.Trouble.
func Open(ctx context.Context, address string, o Options) (storage.Store, error) {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	var forms []string
	for _, k := range kinds {
		if k.scheme == Scheme(address) {
			return k.open(ctx, address, o)
		}
		forms = append(forms, k.form)
	}
	return nil, wrong{fmt.Errorf("%s: give %s", address, strings.Join(forms, " or "))}
}

// wrong is an error of an address. Its text is that of the store's package.
type wrong struct{ error }

func (e wrong) Unwrap() []error { return []error{ErrAddress, e.error} }

func openFolder(_ context.Context, dir string, _ Options) (storage.Store, error) {
	s, err := dirstore.Open(dir)
	if errors.Is(err, fs.ErrPermission) {
		return nil, storage.Explain(err, dir, dirstore.Explain)
	}
	if err != nil {
		return nil, wrong{fmt.Errorf("open archive %s: %w", dir, err)}
	}
	return storage.Explained(s, dir, dirstore.Explain), nil
}

func openS3(ctx context.Context, url string, o Options) (storage.Store, error) {
	config, err := s3store.ParseURL(url)
	if err != nil {
		return nil, wrong{err}
	}
	config.PathStyle = o.PathStyle
	s, err := s3store.Open(ctx, config)
	if err != nil {
		return nil, storage.Explain(err, url, s3store.Explain)
	}
	retrying := storage.WithRetry(s, storage.RetryOptions{Notify: func(op, key string, try int, err error, wait time.Duration) {
		o.Logger.Warn("store failed, trying again", "operation", op, "key", key, "try", try, "error", err, "wait", wait.Round(time.Millisecond))
	}})
	return storage.Explained(retrying, url, s3store.Explain), nil
}
