package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"time"
)

// RetryOptions limit the tries. The zero value is good for use: a store that refuses
// at once is given up after half a minute, one that hangs after five minutes.
type RetryOptions struct {
	Attempts int           // tries of one call in all; 0 means 9
	Base     time.Duration // longest wait before the second try, doubled each time; 0 means 200 ms
	Max      time.Duration // longest wait between two tries; 0 means 15 s
	// Timeout ends one try that gets no response. For the writing of a large object it
	// grows, by one second per 256 KiB. 0 means 30 s.
	Timeout time.Duration
	// Notify is called for each failed try that another one follows. nil: no call.
	Notify func(op, key string, try int, err error, wait time.Duration)
	// Sleep waits; nil means real time. For tests.
	Sleep func(ctx context.Context, d time.Duration) error
}

// WithRetry returns a Store that repeats calls of s that fail with ErrUnavailable or
// time out. The waits between tries grow and are random. After a bounded number of
// tries it returns the last error.
//
// Put, Delete and the reading calls are repeated as they are. List continues after the
// last key that it has yielded. Get reads the whole object before it returns.
//
// A Create may have succeeded although its response was lost. So if a later try finds an
// object, the object is read, and the same bytes count as success. For that, the bytes of
// a Create must be unique to their writer, as those of log segments are. A repeated PutIf
// that is refused is handled likewise. If it succeeded and another writer has overwritten
// the object since, the error is still ErrChanged.
func WithRetry(s Store, opt RetryOptions) Store {
	if opt.Attempts <= 0 {
		opt.Attempts = 9
	}
	if opt.Base <= 0 {
		opt.Base = 200 * time.Millisecond
	}
	if opt.Max <= 0 {
		opt.Max = 15 * time.Second
	}
	if opt.Timeout <= 0 {
		opt.Timeout = 30 * time.Second
	}
	if opt.Sleep == nil {
		opt.Sleep = Sleep
	}
	return &retrier{store: s, opt: opt}
}

// Sleep waits for d. It returns nil when the time is over, and the error of ctx if that
// ends first.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

type retrier struct {
	store Store
	opt   RetryOptions
}

// do runs try until it succeeds, fails for good, or has failed often enough.
// size is the number of bytes that a try sends. A try that takes too long is
// cut off; it gets time anew whenever it calls moved.
func (r *retrier) do(ctx context.Context, op, key string, size int, try func(ctx context.Context, moved func()) error) error {
	timeout := r.opt.Timeout + time.Duration(size)*time.Second/(256<<10)
	for n := 1; ; n++ {
		err, late := cutOff(ctx, timeout, try)
		if err == nil {
			return nil
		}
		if ctxErr := ctx.Err(); ctxErr != nil {
			if errors.Is(err, ctxErr) {
				return err
			}
			return fmt.Errorf("%s %s: %w (%v)", op, key, ctxErr, err)
		}
		unavailable := errors.Is(err, ErrUnavailable)
		if !late && !unavailable {
			return err
		}
		if late && !unavailable {
			err = fmt.Errorf("%s %s: %w: no answer within %v", op, key, ErrUnavailable, timeout)
		}
		if n >= r.opt.Attempts {
			return fmt.Errorf("gave up after %d tries: %w", n, err)
		}
		wait := r.wait(n)
		if r.opt.Notify != nil {
			r.opt.Notify(op, key, n, err, wait)
		}
		if sleepErr := r.opt.Sleep(ctx, wait); sleepErr != nil {
			return fmt.Errorf("%s %s: %w (last try: %v)", op, key, sleepErr, err)
		}
		if err := askBefore(ctx); err != nil {
			return err
		}
	}
}

type repeatKey struct{}

// beforeRepeat returns a context under which a call of a store WithRetry asks
// before each repetition whether it is still wanted: an error ends the call, as
// it is. What ask itself calls is repeated without asking.
func beforeRepeat(ctx context.Context, ask func(context.Context) error) context.Context {
	return context.WithValue(ctx, repeatKey{}, ask)
}

func askBefore(ctx context.Context) error {
	ask, _ := ctx.Value(repeatKey{}).(func(context.Context) error)
	if ask == nil {
		return nil
	}
	return ask(beforeRepeat(ctx, nil))
}

// cutOff runs try and ends it when nothing has moved for the time of timeout.
func cutOff(ctx context.Context, timeout time.Duration, try func(context.Context, func()) error) (err error, late bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	timer := time.AfterFunc(timeout, cancel)
	err = try(ctx, func() { timer.Reset(timeout) })
	return err, !timer.Stop()
}

// wait returns a time between half and all of what the n-th failure calls for;
// the random part keeps many waiting calls from coming back at one moment.
func (r *retrier) wait(n int) time.Duration {
	full := r.opt.Max
	if n < 30 && r.opt.Base<<(n-1) < r.opt.Max {
		full = r.opt.Base << (n - 1)
	}
	return full/2 + rand.N(full/2+1)
}

func (r *retrier) Get(ctx context.Context, key string) (io.ReadCloser, Info, error) {
	var body []byte
	var info Info
	err := r.do(ctx, "get", key, 0, func(ctx context.Context, moved func()) (err error) {
		body, info, err = readObject(ctx, r.store, key, moved)
		return err
	})
	if err != nil {
		return nil, Info{}, err
	}
	return io.NopCloser(bytes.NewReader(body)), info, nil
}

func (r *retrier) Stat(ctx context.Context, key string) (Info, error) {
	var info Info
	err := r.do(ctx, "stat", key, 0, func(ctx context.Context, _ func()) (err error) {
		info, err = r.store.Stat(ctx, key)
		return err
	})
	return info, err
}

func (r *retrier) Put(ctx context.Context, key string, body []byte, mediaType string) error {
	return r.do(ctx, "put", key, len(body), func(ctx context.Context, _ func()) error {
		return r.store.Put(ctx, key, body, mediaType)
	})
}

func (r *retrier) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	return r.once(ctx, "create", key, body, ErrExists, func(ctx context.Context) error {
		return r.store.Create(ctx, key, body, mediaType)
	})
}

func (r *retrier) PutIf(ctx context.Context, key string, body []byte, mediaType, tag string) error {
	return r.once(ctx, "put if", key, body, ErrChanged, func(ctx context.Context) error {
		return r.store.PutIf(ctx, key, body, mediaType, tag)
	})
}

// once repeats a write whose own success would make a later try fail with refused.
func (r *retrier) once(ctx context.Context, op, key string, body []byte, refused error, write func(context.Context) error) error {
	first := true
	return r.do(ctx, op, key, len(body), func(ctx context.Context, _ func()) error {
		err := write(ctx)
		if !first && errors.Is(err, refused) {
			return r.mine(ctx, key, body, err)
		}
		first = false
		return err
	})
}

// mine reports whether the object that a repeated write found was written by an
// earlier try of the same write. Then the write has succeeded.
func (r *retrier) mine(ctx context.Context, key string, body []byte, refused error) error {
	stored, _, err := ReadObject(ctx, r.store, key)
	switch {
	case err == nil && bytes.Equal(stored, body):
		return nil
	case err == nil, errors.Is(err, ErrNotFound):
		return refused
	}
	return err // the next try asks again
}

func (r *retrier) Delete(ctx context.Context, key string) error {
	return r.do(ctx, "delete", key, 0, func(ctx context.Context, _ func()) error {
		return r.store.Delete(ctx, key)
	})
}

func (r *retrier) List(ctx context.Context, prefix, after string) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		for {
			page, more, err := r.page(ctx, prefix, after)
			for _, info := range page {
				if !yield(info, nil) {
					return
				}
				after = info.Key
			}
			if err != nil {
				yield(Info{}, err)
				return
			}
			if !more {
				return
			}
		}
	}
}

// pageSize is the number of keys that List reads ahead, so that the consumer's time
// does not count against a try's timeout.
const pageSize = 1000

// page returns the next keys, and whether there may be more.
func (r *retrier) page(ctx context.Context, prefix, after string) (page []Info, more bool, err error) {
	err = r.do(ctx, "list", prefix, 0, func(ctx context.Context, _ func()) error {
		page, more = page[:0], false
		for info, err := range r.store.List(ctx, prefix, after) {
			if err != nil {
				return err
			}
			if page = append(page, info); len(page) == pageSize {
				more = true
				return nil
			}
		}
		return nil
	})
	if err != nil {
		page = nil
	}
	return page, more, err
}
