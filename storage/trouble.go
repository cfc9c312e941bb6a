package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
)

// Trouble is a fault of a store, or of the machine that keeps it, in plain words.
// Stores that package stores opened return it for every error but the sentinels that a
// caller expects (ErrNotFound, ErrExists, ErrChanged, ErrKey, errors.ErrUnsupported) and
// the end of a context.
type Trouble struct {
	Store string // address, as it was given
	Cause
	Err error // as the store's package returned it
}

// Cause is the reason why a store cannot be used, with advice for the operator.
type Cause struct {
	Code   string // one word for programs, such as no_bucket; "store" if nothing else fits
	What   string // half a sentence: the bucket "news" does not exist
	Advice string // half a sentence in the imperative: make it, or correct --to; "" if there is none
}

// Error explains the fault and the remedy. Err has the original text.
func (t *Trouble) Error() string {
	if t.Advice == "" {
		return fmt.Sprintf("archive %s: %s", t.Store, t.What)
	}
	return fmt.Sprintf("archive %s: %s; %s", t.Store, t.What, t.Advice)
}

// Unwrap returns the store's own error.
func (t *Trouble) Unwrap() error { return t.Err }

// Explained returns a Store whose faults are of type [*Trouble]. explain finds the cause
// of an error of s; address names the store in messages.
func Explained(s Store, address string, explain func(error) Cause) Store {
	return &explained{store: s, address: address, explain: explain}
}

// Explain returns err as a Trouble of the store at address, unless it is one already.
func Explain(err error, address string, explain func(error) Cause) error {
	var known *Trouble
	if err == nil || expected(err) || errors.As(err, &known) {
		return err
	}
	return &Trouble{Store: address, Cause: explain(err), Err: err}
}

// expected reports whether an error answers the caller's question.
func expected(err error) bool {
	for _, e := range [...]error{ErrNotFound, ErrExists, ErrChanged, ErrKey, errors.ErrUnsupported, ErrCorrupt, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

type explained struct {
	store   Store
	address string
	explain func(error) Cause
}

func (e *explained) say(err error) error { return Explain(err, e.address, e.explain) }

func (e *explained) Get(ctx context.Context, key string) (io.ReadCloser, Info, error) {
	r, info, err := e.store.Get(ctx, key)
	if err != nil {
		return nil, info, e.say(err)
	}
	return explainedBody{r, e}, info, nil
}

// explainedBody explains errors during the reading of an object.
type explainedBody struct {
	io.ReadCloser
	of *explained
}

func (b explainedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		err = b.of.say(err)
	}
	return n, err
}

func (e *explained) Stat(ctx context.Context, key string) (Info, error) {
	info, err := e.store.Stat(ctx, key)
	return info, e.say(err)
}

func (e *explained) Put(ctx context.Context, key string, body []byte, mediaType string) error {
	return e.say(e.store.Put(ctx, key, body, mediaType))
}

func (e *explained) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	return e.say(e.store.Create(ctx, key, body, mediaType))
}

func (e *explained) PutIf(ctx context.Context, key string, body []byte, mediaType, tag string) error {
	return e.say(e.store.PutIf(ctx, key, body, mediaType, tag))
}

func (e *explained) List(ctx context.Context, prefix, after string) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		for info, err := range e.store.List(ctx, prefix, after) {
			if !yield(info, e.say(err)) {
				return
			}
		}
	}
}

func (e *explained) Delete(ctx context.Context, key string) error {
	return e.say(e.store.Delete(ctx, key))
}
