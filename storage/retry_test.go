package storage_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync"
	"testing"
	"time"

	"pressmark/storage"
	"pressmark/storage/memstore"
	"pressmark/storage/storagetest"
)

// faulty fails the calls that fault says, before or after they have taken place.
type faulty struct {
	storage.Store
	mu    sync.Mutex
	calls int
	fault func(call int, op, key string) fault
}

type fault int

const (
	none   fault = iota
	before       // the call does not take place
	after        // it takes place, but its answer is lost
	hang         // no answer until the context ends
	final        // a failure that no repetition mends
)

var errFinal = errors.New("access denied")

func (f *faulty) do(ctx context.Context, op, key string, call func() error) error {
	f.mu.Lock()
	f.calls++
	kind := f.fault(f.calls, op, key)
	f.mu.Unlock()
	failed := fmt.Errorf("%s %s: %w", op, key, storage.ErrUnavailable)
	switch kind {
	case before:
		return failed
	case hang:
		<-ctx.Done()
		return fmt.Errorf("%s %s: %w", op, key, ctx.Err())
	case final:
		return fmt.Errorf("%s %s: %w", op, key, errFinal)
	}
	if err := call(); err != nil || kind == none {
		return err
	}
	return failed
}

func (f *faulty) Get(ctx context.Context, key string) (r io.ReadCloser, info storage.Info, err error) {
	err = f.do(ctx, "get", key, func() (err error) { r, info, err = f.Store.Get(ctx, key); return err })
	return r, info, err
}

func (f *faulty) Stat(ctx context.Context, key string) (info storage.Info, err error) {
	err = f.do(ctx, "stat", key, func() (err error) { info, err = f.Store.Stat(ctx, key); return err })
	return info, err
}

func (f *faulty) Put(ctx context.Context, key string, body []byte, mediaType string) error {
	return f.do(ctx, "put", key, func() error { return f.Store.Put(ctx, key, body, mediaType) })
}

func (f *faulty) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	return f.do(ctx, "create", key, func() error { return f.Store.Create(ctx, key, body, mediaType) })
}

func (f *faulty) PutIf(ctx context.Context, key string, body []byte, mediaType, tag string) error {
	return f.do(ctx, "put if", key, func() error { return f.Store.PutIf(ctx, key, body, mediaType, tag) })
}

func (f *faulty) Delete(ctx context.Context, key string) error {
	return f.do(ctx, "delete", key, func() error { return f.Store.Delete(ctx, key) })
}

func (f *faulty) List(ctx context.Context, prefix, after string) iter.Seq2[storage.Info, error] {
	return func(yield func(storage.Info, error) bool) {
		n := 0
		for info, err := range f.Store.List(ctx, prefix, after) {
			if n++; n%400 == 0 {
				if err := f.do(ctx, "list", prefix, func() error { return nil }); err != nil {
					yield(storage.Info{}, err)
					return
				}
			}
			if !yield(info, err) {
				return
			}
		}
	}
}

// impatient are options for stores whose every failure is made.
func impatient() storage.RetryOptions {
	return storage.RetryOptions{
		Timeout: 50 * time.Millisecond,
		Sleep:   func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	}
}

// TestRetryContract: with two of three calls failing in one way or another, the
// contract holds as ever.
func TestRetryContract(t *testing.T) {
	for name, kind := range map[string]fault{"before": before, "after": after} {
		t.Run(name, func(t *testing.T) {
			storagetest.Run(t, func(*testing.T) storage.Store {
				calls := map[string]int{}
				return storage.WithRetry(&faulty{Store: memstore.New(), fault: func(_ int, op, key string) fault {
					if calls[op+key]++; calls[op+key]%3 != 0 && storage.CheckKey(key) == nil {
						return kind
					}
					return none
				}}, storage.RetryOptions{Attempts: 100, Sleep: impatient().Sleep})
			})
		})
	}
}

func TestRetryEnds(t *testing.T) {
	for name, c := range map[string]struct {
		kind  fault
		calls int
		want  error
	}{
		"stays away": {before, 9, storage.ErrUnavailable},
		"hangs":      {hang, 9, storage.ErrUnavailable},
		"refuses":    {final, 1, errFinal},
	} {
		t.Run(name, func(t *testing.T) {
			f := &faulty{Store: memstore.New(), fault: func(int, string, string) fault { return c.kind }}
			var waits []time.Duration
			opt := impatient()
			opt.Notify = func(_, _ string, _ int, _ error, wait time.Duration) { waits = append(waits, wait) }
			err := storage.WithRetry(f, opt).Put(t.Context(), "a/b", []byte("x"), "")
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), "a/b") || f.calls != c.calls {
				t.Errorf("%v after %d calls, want %v after %d", err, f.calls, c.want, c.calls)
			}
			for i, wait := range waits {
				if most := min(200*time.Millisecond<<i, 15*time.Second); wait > most || wait < most/2 {
					t.Errorf("wait %d is %v, want %v to %v", i, wait, most/2, most)
				}
			}
		})
	}
}

func TestRetryCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f := &faulty{Store: memstore.New(), fault: func(int, string, string) fault { return before }}
	opt := impatient()
	opt.Sleep = func(context.Context, time.Duration) error { cancel(); return ctx.Err() }
	err := storage.WithRetry(f, opt).Put(ctx, "a/b", nil, "")
	if !errors.Is(err, context.Canceled) || f.calls != 1 {
		t.Errorf("%v after %d calls, want context.Canceled after 1", err, f.calls)
	}
}

// TestRetryCreate: the object that is in the way of a repeated Create may be our own.
func TestRetryCreate(t *testing.T) {
	mem := memstore.New()
	f := &faulty{Store: mem, fault: func(call int, _, _ string) fault {
		if call == 1 {
			return after
		}
		return none
	}}
	s := storage.WithRetry(f, impatient())
	if err := s.Create(t.Context(), "log/1", []byte("mine"), ""); err != nil {
		t.Errorf("create whose answer was lost: %v", err)
	}
	if err := s.Create(t.Context(), "log/1", []byte("mine"), ""); !errors.Is(err, storage.ErrExists) {
		t.Errorf("create anew: %v, want ErrExists", err)
	}
	f.calls = 0
	f.fault = func(call int, _, _ string) fault {
		if call == 1 {
			if err := mem.Create(t.Context(), "log/2", []byte("theirs"), ""); err != nil {
				t.Error(err)
			}
			return before
		}
		return none
	}
	if err := s.Create(t.Context(), "log/2", []byte("mine"), ""); !errors.Is(err, storage.ErrExists) {
		t.Errorf("create of what another one made meanwhile: %v, want ErrExists", err)
	}
	body, _, err := storage.ReadObject(t.Context(), s, "log/2")
	if err != nil || !bytes.Equal(body, []byte("theirs")) {
		t.Errorf("%q, %v", body, err)
	}
}

// TestRetryPutIf: the object that a repeated PutIf finds changed may be so by its own doing.
func TestRetryPutIf(t *testing.T) {
	for name, c := range map[string]struct {
		theirs bool // another one writes before the second try
		kind   fault
		want   string
	}{
		"answer lost":                      {false, after, "mine"},
		"request lost":                     {false, before, "mine"},
		"answer lost, written over":        {true, after, "theirs"},
		"request lost, another's won":      {true, before, "theirs"},
		"not repeated, nothing in the way": {false, none, "mine"},
	} {
		t.Run(name, func(t *testing.T) {
			mem := memstore.New()
			for _, tag := range []string{"", seed(t, mem, "a/old")} {
				key := map[bool]string{true: "a/new", false: "a/old"}[tag == ""]
				f := &faulty{Store: mem, fault: func(call int, _, _ string) fault {
					if call == 1 {
						return c.kind
					}
					return none
				}}
				opt := impatient()
				opt.Sleep = func(ctx context.Context, _ time.Duration) error {
					if c.theirs {
						return mem.Put(ctx, key, []byte("theirs"), "")
					}
					return nil
				}
				err := storage.WithRetry(f, opt).PutIf(t.Context(), key, []byte("mine"), "", tag)
				if c.theirs != errors.Is(err, storage.ErrChanged) || !c.theirs && err != nil {
					t.Errorf("%s: %v", key, err)
				}
				body, _, err := storage.ReadObject(t.Context(), mem, key)
				if err != nil || string(body) != c.want {
					t.Errorf("%s: %q, %v; want %q", key, body, err, c.want)
				}
			}
		})
	}
}

// seed writes an object and returns its tag.
func seed(t *testing.T, s storage.Store, key string) string {
	t.Helper()
	if err := s.Put(t.Context(), key, []byte("old"), ""); err != nil {
		t.Fatal(err)
	}
	info, err := s.Stat(t.Context(), key)
	if err != nil || info.Tag == "" {
		t.Fatalf("%+v, %v", info, err)
	}
	return info.Tag
}

func TestProbeRefuses(t *testing.T) {
	s := overwriting{memstore.New()}
	if err := storage.Probe(t.Context(), s); !errors.Is(err, storage.ErrNoConditionalWrite) {
		t.Errorf("probe of a store that writes over: %v", err)
	}
	single := storage.SingleWriter(s)
	if err := storage.Probe(t.Context(), single); err != nil {
		t.Errorf("probe with a single writer: %v", err)
	}
	if err := single.PutIf(t.Context(), "a/b", nil, "", ""); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("put if with a single writer: %v, want ErrUnsupported", err)
	}
}

// TestProbed: a store that is new is probed at once, one that was probed before
// not until something is created, and either once.
func TestProbed(t *testing.T) {
	mem := memstore.New()
	creates := 0
	s := counting{mem, &creates}
	warned := func() { t.Error("warned of a store that keeps the promise") }
	if _, err := storage.Probed(t.Context(), s, warned); err != nil || creates != 2 {
		t.Fatalf("new store: %d creates, %v; want 2", creates, err)
	}
	creates = 0
	again, err := storage.Probed(t.Context(), s, warned)
	if err != nil || creates != 0 {
		t.Fatalf("store with an archive: %d creates, %v; want none", creates, err)
	}
	for i := range 3 {
		if err := again.Create(t.Context(), fmt.Sprint("log/", i), nil, ""); err != nil || creates != 2+i {
			t.Errorf("create %d: %d creates, %v; want %d", i, creates, err, 2+i)
		}
	}
	if err := again.Create(t.Context(), "log/1", nil, ""); !errors.Is(err, storage.ErrExists) {
		t.Errorf("create anew: %v, want ErrExists", err)
	}

	creates = 0
	again, err = storage.Probed(t.Context(), s, warned)
	if err == nil {
		err = again.PutIf(t.Context(), "a/b", nil, "", "")
	}
	if err != nil || creates != 1 {
		t.Errorf("a conditional write before the first create: %d creates, %v; want that of the probe", creates, err)
	}

	warnings := 0
	loose, err := storage.Probed(t.Context(), overwriting{mem}, func() { warnings++ })
	if err != nil || warnings != 0 {
		t.Fatalf("%d warnings before anything is written, %v", warnings, err)
	}
	for _, key := range []string{"log/1", "log/2"} {
		if err := loose.Create(t.Context(), key, nil, ""); !errors.Is(err, storage.ErrExists) || warnings != 1 {
			t.Errorf("create over %s: %v and %d warnings, want ErrExists and one", key, err, warnings)
		}
	}
	if err := loose.PutIf(t.Context(), "log/1", nil, "", ""); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("a conditional write to a store that knows no condition: %v, want ErrUnsupported", err)
	}

	gone := &faulty{Store: mem, fault: func(int, string, string) fault { return before }}
	if _, err := storage.Probed(t.Context(), gone, warned); err == nil || errors.Is(err, storage.ErrNoConditionalWrite) {
		t.Errorf("a store that does not answer: %v", err)
	}
}

// counting counts the calls of Create.
type counting struct {
	storage.Store
	creates *int
}

func (c counting) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	*c.creates++
	return c.Store.Create(ctx, key, body, mediaType)
}

// overwriting is a store that takes no notice of the condition.
type overwriting struct{ storage.Store }

func (s overwriting) Create(ctx context.Context, key string, body []byte, mediaType string) error {
	return s.Put(ctx, key, body, mediaType)
}
