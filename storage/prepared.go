package storage

import (
	"context"
	"sync"
)

// Prepared returns a store for which prepare is called before the first write. prepare
// returns the store that is written to from then on. After an error the write fails, and
// the next one tries again. So a run that has nothing to write leaves no trace.
func Prepared(s Store, prepare func(context.Context) (Store, error)) Store {
	return &prepared{Store: s, prepare: prepare}
}

type prepared struct {
	Store
	prepare func(context.Context) (Store, error)

	mu    sync.Mutex
	ready Store // nil before the first write
}

func (p *prepared) writable(ctx context.Context) (Store, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ready == nil {
		s, err := p.prepare(ctx)
		if err != nil {
			return nil, err
		}
		p.ready = s
	}
	return p.ready, nil
}

// Put implements Store.
func (p *prepared) Put(ctx context.Context, key string, body []byte, mediaType string) error {
	s, err := p.writable(ctx)
	if err != nil {
		return err
	}
	return s.Put(ctx, key, body, mediaType)
}

// Create implements Store.
func (p *prepared) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	s, err := p.writable(ctx)
	if err != nil {
		return err
	}
	return s.Create(ctx, key, body, mediaType)
}

// PutIf implements Store.
func (p *prepared) PutIf(ctx context.Context, key string, body []byte, mediaType, tag string) error {
	s, err := p.writable(ctx)
	if err != nil {
		return err
	}
	return s.PutIf(ctx, key, body, mediaType, tag)
}
