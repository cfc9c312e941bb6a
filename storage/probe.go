package storage

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
)

// ErrNoConditionalWrite reports a store that accepts a second Create of the same
// key, or does not support the call. It cannot protect two writers from each other.
var ErrNoConditionalWrite = errors.New("the store does not keep create-if-absent")

const probeKey = "schema/create-if-absent.txt"

const probeText = "Pressmark learns from this object whether the store refuses to write over an object " +
	"(If-None-Match: *). Each crawl tries to, before it writes for the first time. Nothing else depends on it.\n"

// Probe finds out whether the store keeps the promise of Create that the log
// stands on. A store that fails it gives ErrNoConditionalWrite; [SingleWriter]
// makes it usable for one writer at a time. Probe writes one small object the
// first time and costs one refused write afterwards.
func Probe(ctx context.Context, s Store) error {
	for range 2 {
		// Each try has unique bytes, so that no repeated try (see WithRetry) takes the
		// object of an earlier one for its own.
		err := s.Create(ctx, probeKey, []byte(probeText+rand.Text()+"\n"), TypeText)
		switch {
		case errors.Is(err, ErrExists):
			return nil
		case errors.Is(err, errors.ErrUnsupported):
			return fmt.Errorf("probe: %w: %w", ErrNoConditionalWrite, err)
		}
		if err != nil {
			return fmt.Errorf("probe: %w", err)
		}
	}
	return fmt.Errorf("probe: %w", ErrNoConditionalWrite)
}

// Probed returns a store whose Create is probed before it is relied on. If the store
// was never probed, that happens at once, so that a new archive fails before the
// work and not after it. Otherwise it happens just before the first Create or PutIf,
// so that a crawl without news writes nothing, not even a refused probe. If Create
// is not atomic, warn is called once and the store continues as a [SingleWriter].
// The error is that of the store.
func Probed(ctx context.Context, s Store, warn func()) (Store, error) {
	p := &probed{Store: s, safe: s, warn: warn}
	_, _, err := ReadObject(ctx, s, probeKey) // not Stat: the answer to a HEAD has no body with the store's error
	if errors.Is(err, ErrNotFound) {
		err = p.probe(ctx)
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

type probed struct {
	Store
	warn func()

	mu   sync.Mutex
	done bool
	safe Store // the one whose Create and PutIf are used
}

func (p *probed) probe(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.done {
		return nil
	}
	err := Probe(ctx, p.Store)
	if errors.Is(err, ErrNoConditionalWrite) {
		p.warn()
		p.safe, err = SingleWriter(p.Store), nil
	}
	p.done = err == nil
	return err
}

// Create implements Store.
func (p *probed) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	if err := p.probe(ctx); err != nil {
		return err
	}
	return p.safe.Create(ctx, key, body, mediaType)
}

// PutIf implements Store. A store that does not keep the promise of Create is
// trusted with no other condition.
func (p *probed) PutIf(ctx context.Context, key string, body []byte, mediaType, tag string) error {
	if err := p.probe(ctx); err != nil {
		return err
	}
	return p.safe.PutIf(ctx, key, body, mediaType, tag)
}

// SingleWriter makes a Store usable whose Create is not atomic: it checks whether
// the object exists and then writes it. This is correct only while one process
// writes to a site. If two crawls of one site overlap, both can take the same
// segment, and the records of one are lost. The caller must warn the user and ensure
// that crawls do not overlap. PutIf is not supported.
func SingleWriter(s Store) Store { return singleWriter{s} }

type singleWriter struct{ Store }

func (s singleWriter) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	_, err := s.Stat(ctx, key)
	if err == nil {
		return fmt.Errorf("create %s: %w", key, ErrExists)
	}
	if !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("create %s: %w", key, err)
	}
	return s.Put(ctx, key, body, mediaType)
}

// PutIf implements Store. It does not check the tag first: that would cost a request
// and still not be atomic. A caller has checked already, and can use Put as well.
func (s singleWriter) PutIf(_ context.Context, key string, _ []byte, _, _ string) error {
	return fmt.Errorf("put if %s: %w", key, errors.ErrUnsupported)
}
