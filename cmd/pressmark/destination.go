package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"

	"pressmark/extract/article/schema"
	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/stores"
)

type storeOptions struct {
	PathStyle bool
	Create    bool // the archive is written to: probe it, store the schema
	Logger    *slog.Logger
	Watched   *watched // nil: its calls are not counted
}

// openStore opens a folder, or s3://bucket/prefix.
func openStore(ctx context.Context, to string, o storeOptions) (storage.Store, error) {
	s, err := stores.Open(ctx, to, stores.Options{PathStyle: o.PathStyle, Logger: o.Logger})
	if errors.Is(err, stores.ErrAddress) {
		return nil, misuse("%w", err)
	}
	return s, err
}

// archive is an opened archive with the checks for its articles.
type archive struct {
	*storage.Archive
	name      string // as the caller gave it
	store     storage.Store
	validator *schema.Validator
}

// openArchive opens an archive. One that is written to is probed for
// create-if-absent, without which two crawls of one site cannot exclude each other.
func openArchive(ctx context.Context, to string, o storeOptions) (*archive, error) {
	store, err := openStore(ctx, to, o)
	if err != nil {
		return nil, err
	}
	store = o.Watched.store(store)
	v, err := schema.NewValidator()
	if err != nil {
		return nil, err
	}
	if o.Create {
		if store, err = written(ctx, to, store, o.Logger); err != nil {
			return nil, err
		}
	}
	return &archive{storage.NewArchive(store, storage.Options{Logger: o.Logger}), to, store, v}, nil
}

// written makes a store ready for writing: create-if-absent is probed and the schema
// stored. A bucket is probed at once, so that a wrong key fails before the work; the
// rest waits for the first write, so that a run without an answer leaves no archive.
func written(ctx context.Context, to string, store storage.Store, log *slog.Logger) (storage.Store, error) {
	probe := func(ctx context.Context) (storage.Store, error) {
		return storage.Probed(ctx, store, func() {
			log.Warn("the store ignores create-if-absent: never run two crawls of one site at once", "store", to)
		})
	}
	prepare := func(ctx context.Context) (storage.Store, error) {
		probed, err := probe(ctx)
		if err != nil {
			return nil, err
		}
		return probed, storeSchemas(ctx, probed)
	}
	if stores.Scheme(to) == "" {
		return storage.Prepared(store, prepare), nil
	}
	probed, err := probe(ctx)
	if err != nil {
		return nil, err
	}
	return storage.Prepared(probed, func(ctx context.Context) (storage.Store, error) { return probed, storeSchemas(ctx, probed) }), nil
}

// storeSchemas stores the schemas if the stored ones differ: those of an earlier
// version of the program, or damaged ones.
func storeSchemas(ctx context.Context, s storage.Store) error {
	for key, make := range map[string]func() ([]byte, error){storage.SchemaKey: schema.JSON, storage.RecordSchemaKey: ledger.Schema} {
		data, err := make()
		if err != nil {
			return err
		}
		stored, _, err := storage.ReadObject(ctx, s, key)
		if err == nil && bytes.Equal(stored, data) {
			continue
		}
		if err != nil && !errors.Is(err, storage.ErrNotFound) {
			return err
		}
		if err := s.Put(ctx, key, data, storage.TypeJSON); err != nil {
			return err
		}
	}
	return nil
}
