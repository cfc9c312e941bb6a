package storage

import (
	"context"
	"errors"
	"io"
	"iter"
	"time"
)

// Observed returns a store that calls observe after each call, with the name (get,
// stat, put, create, put if, list, delete), the duration and the error. Expected
// answers (ErrNotFound, ErrExists, ErrChanged) are passed as nil.
func Observed(s Store, observe func(op string, took time.Duration, err error)) Store {
	return &observed{s, observe}
}

type observed struct {
	store   Store
	observe func(op string, took time.Duration, err error)
}

func (o *observed) done(op string, began time.Time, err error) {
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrExists) || errors.Is(err, ErrChanged) {
		err = nil
	}
	o.observe(op, time.Since(began), err)
}

func (o *observed) Get(ctx context.Context, key string) (io.ReadCloser, Info, error) {
	began := time.Now()
	r, info, err := o.store.Get(ctx, key)
	o.done("get", began, err)
	return r, info, err
}

func (o *observed) Stat(ctx context.Context, key string) (Info, error) {
	began := time.Now()
	info, err := o.store.Stat(ctx, key)
	o.done("stat", began, err)
	return info, err
}

func (o *observed) Put(ctx context.Context, key string, body []byte, mediaType string) error {
	began := time.Now()
	err := o.store.Put(ctx, key, body, mediaType)
	o.done("put", began, err)
	return err
}

func (o *observed) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	began := time.Now()
	err := o.store.Create(ctx, key, body, mediaType)
	o.done("create", began, err)
	return err
}

func (o *observed) PutIf(ctx context.Context, key string, body []byte, mediaType, tag string) error {
	began := time.Now()
	err := o.store.PutIf(ctx, key, body, mediaType, tag)
	o.done("put if", began, err)
	return err
}

func (o *observed) List(ctx context.Context, prefix, after string) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		began, took := time.Now(), time.Duration(0)
		var failed error
		for info, err := range o.store.List(ctx, prefix, after) {
			took += time.Since(began)
			failed = err
			if !yield(info, err) {
				break
			}
			began = time.Now()
		}
		o.observe("list", took, failed)
	}
}

func (o *observed) Delete(ctx context.Context, key string) error {
	began := time.Now()
	err := o.store.Delete(ctx, key)
	o.done("delete", began, err)
	return err
}
