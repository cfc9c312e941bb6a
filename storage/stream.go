package storage

import (
	"context"
	"fmt"
	"io"
	"time"
)

// Streamer is a Store whose Get reads the whole object before it returns, and that can
// open an object without that. [Stream] uses it.
type Streamer interface {
	// Stream is Get for large objects: it returns before the object is read. Unlike
	// Get, an error may come while the object is read.
	Stream(ctx context.Context, key string) (io.ReadCloser, Info, error)
}

// Stream opens an object for reading it once from its beginning to its end, in memory
// that does not grow with the object. The caller closes it.
func Stream(ctx context.Context, s Store, key string) (io.ReadCloser, Info, error) {
	if streamer, ok := s.(Streamer); ok {
		return streamer.Stream(ctx, key)
	}
	return s.Get(ctx, key)
}

// Stream implements Streamer. When the reading breaks off, the object is opened again
// and read from there on. It is an error if it was written meanwhile.
func (r *retrier) Stream(ctx context.Context, key string) (io.ReadCloser, Info, error) {
	s := &stream{retrier: r, ctx: ctx, key: key, info: Info{Size: -1}}
	err := r.do(ctx, "get", key, 0, func(try context.Context, _ func()) error { return s.open(try) })
	if err != nil {
		return nil, Info{}, err
	}
	return s, s.info, nil
}

// stream is an object that is being read.
type stream struct {
	*retrier
	ctx  context.Context // of the reading, as given to Stream
	key  string
	info Info  // of the first opening
	done int64 // bytes read

	body io.ReadCloser // nil after a failure
	end  context.CancelFunc
}

// Read implements io.Reader.
func (s *stream) Read(p []byte) (n int, err error) {
	if s.done == s.info.Size {
		return 0, io.EOF
	}
	if len(p) == 0 {
		return 0, nil
	}
	err = s.do(s.ctx, "get", s.key, 0, func(try context.Context, _ func()) (err error) {
		if err := s.open(try); err != nil {
			return err
		}
		defer s.endWith(try)()
		if n, err = s.body.Read(p); n > 0 {
			return nil // an error comes again
		}
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		s.let()
		return fmt.Errorf("get %s: %w: read %d of %d bytes: %w", s.key, ErrUnavailable, s.done, s.info.Size, err)
	})
	s.done += int64(n)
	return n, err
}

// open opens the object, unless it is open, where the reading has broken off.
func (s *stream) open(try context.Context) error {
	if s.body != nil {
		return nil
	}
	ctx, end := context.WithCancel(s.ctx)
	s.end = end
	defer s.endWith(try)()
	body, info, err := Stream(ctx, s.store, s.key)
	if err != nil {
		end()
		return err
	}
	s.body = body
	switch {
	case s.info.Size < 0:
		s.info = info
	case info.Size != s.info.Size || info.Tag != s.info.Tag:
		s.let()
		return fmt.Errorf("get %s: %w while it was read", s.key, ErrChanged)
	}
	if _, err := io.CopyN(io.Discard, body, s.done); err != nil {
		s.let()
		return fmt.Errorf("get %s: %w: %w", s.key, ErrUnavailable, err)
	}
	return nil
}

// endWith ends the opened object if try ends before the returned function is called.
func (s *stream) endWith(try context.Context) (stop func() bool) {
	return context.AfterFunc(try, s.end)
}

// let lets go of an object that has broken off.
func (s *stream) let() {
	s.body.Close() // the error of reading counts
	s.end()
	s.body = nil
}

// Close implements io.Closer.
func (s *stream) Close() error {
	if s.body == nil {
		return nil
	}
	defer s.end()
	return s.body.Close()
}

// Stream implements Streamer.
func (p *probed) Stream(ctx context.Context, key string) (io.ReadCloser, Info, error) {
	return Stream(ctx, p.Store, key)
}

// Stream implements Streamer.
func (p *prepared) Stream(ctx context.Context, key string) (io.ReadCloser, Info, error) {
	return Stream(ctx, p.Store, key)
}

// Stream implements Streamer.
func (s singleWriter) Stream(ctx context.Context, key string) (io.ReadCloser, Info, error) {
	return Stream(ctx, s.Store, key)
}

// Stream implements Streamer. The duration is that of opening the object.
func (o *observed) Stream(ctx context.Context, key string) (io.ReadCloser, Info, error) {
	began := time.Now()
	r, info, err := Stream(ctx, o.store, key)
	o.done("get", began, err)
	return r, info, err
}
