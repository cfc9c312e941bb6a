package storage

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// PartSize is the size of the parts of an upload but for the last one, which may be
// smaller. S3 stores take 10,000 parts of the same size, so an object may have 320 GB.
const PartSize = 32 << 20

// Uploader is a Store that takes an object in parts, so that it need not be in memory as
// a whole. [Write] uses it.
type Uploader interface {
	// Upload begins the upload of an object.
	Upload(ctx context.Context, key, mediaType string) (Upload, error)
}

// Upload is an object that is sent in parts. It appears under its key when Complete
// returns, as after a Put. Part may be repeated with the same number and bytes.
type Upload interface {
	Part(ctx context.Context, number int, body []byte) error // numbers begin at 1
	Complete(ctx context.Context) error
	Abort(ctx context.Context) error
}

// errNoUpload: a wrapped store takes no parts. Callers then Put the whole object.
var errNoUpload = fmt.Errorf("%w: upload in parts", errors.ErrUnsupported)

func upload(ctx context.Context, s Store, key, mediaType string) (Upload, error) {
	if u, ok := s.(Uploader); ok {
		return u.Upload(ctx, key, mediaType)
	}
	return nil, errNoUpload
}

// Writer writes an object of any size. Make one with [Write]. It holds one part in
// memory, or the whole object if the store is not an Uploader.
type Writer struct {
	ctx            context.Context // of the writing: an io.Writer has none
	store          Store
	key, mediaType string
	whole          bool // the store takes no parts
	part           []byte
	parts          int // sent
	upload         Upload
}

// Write returns a writer of the object under key, which appears when Close returns.
func Write(ctx context.Context, s Store, key, mediaType string) *Writer {
	return &Writer{ctx: ctx, store: s, key: key, mediaType: mediaType}
}

// Write implements io.Writer.
func (w *Writer) Write(p []byte) (n int, err error) {
	for len(p) > 0 {
		if len(w.part) >= PartSize && !w.whole {
			if err := w.send(); err != nil {
				return n, err
			}
			continue
		}
		room := len(p)
		if !w.whole {
			room = min(room, PartSize-len(w.part))
		}
		w.part = append(w.part, p[:room]...)
		n, p = n+room, p[room:]
	}
	return n, nil
}

// send sends the part in memory.
func (w *Writer) send() error {
	if w.upload == nil {
		u, err := upload(w.ctx, w.store, w.key, w.mediaType)
		if errors.Is(err, errors.ErrUnsupported) {
			w.whole = true
			return nil
		}
		if err != nil {
			return err
		}
		w.upload = u
	}
	w.parts++
	err := w.upload.Part(w.ctx, w.parts, w.part)
	w.part = w.part[:0]
	return err
}

// Small returns the object if it is still in memory as a whole, for callers that write
// small objects in another way.
func (w *Writer) Small() (body []byte, ok bool) { return w.part, w.upload == nil }

// Close writes what is left and makes the object appear.
func (w *Writer) Close() error {
	if w.upload == nil {
		return w.store.Put(w.ctx, w.key, w.part, w.mediaType)
	}
	err := w.send()
	if err == nil {
		err = w.upload.Complete(w.ctx)
	}
	if err != nil {
		return errors.Join(err, w.Discard())
	}
	return nil
}

// Discard drops what was written.
func (w *Writer) Discard() error {
	if w.upload == nil {
		return nil
	}
	ctx, cancel := settleContext(w.ctx) // parts cost money until they are dropped
	defer cancel()
	return w.upload.Abort(ctx)
}

// Upload implements Uploader: each part is repeated until the store has it.
func (r *retrier) Upload(ctx context.Context, key, mediaType string) (Upload, error) {
	var u Upload
	err := r.do(ctx, "put", key, 0, func(ctx context.Context, _ func()) (err error) {
		u, err = upload(ctx, r.store, key, mediaType)
		return err
	})
	return &retriedUpload{r, key, u}, err
}

type retriedUpload struct {
	*retrier
	key    string
	upload Upload
}

func (u *retriedUpload) Part(ctx context.Context, number int, body []byte) error {
	return u.do(ctx, "put", u.key, len(body), func(ctx context.Context, _ func()) error {
		return u.upload.Part(ctx, number, body)
	})
}

// Complete may find that an earlier try has succeeded, whose answer was lost.
func (u *retriedUpload) Complete(ctx context.Context) error {
	first := true
	return u.do(ctx, "put", u.key, 0, func(ctx context.Context, _ func()) error {
		err := u.upload.Complete(ctx)
		if !first && errors.Is(err, ErrNotFound) {
			_, statErr := u.store.Stat(ctx, u.key)
			return statErr
		}
		first = false
		return err
	})
}

func (u *retriedUpload) Abort(ctx context.Context) error {
	return u.do(ctx, "delete", u.key, 0, func(ctx context.Context, _ func()) error { return u.upload.Abort(ctx) })
}

// Upload implements Uploader.
func (p *probed) Upload(ctx context.Context, key, mediaType string) (Upload, error) {
	return upload(ctx, p.Store, key, mediaType)
}

// Upload implements Uploader.
func (p *prepared) Upload(ctx context.Context, key, mediaType string) (Upload, error) {
	s, err := p.writable(ctx)
	if err != nil {
		return nil, err
	}
	return upload(ctx, s, key, mediaType)
}

// Upload implements Uploader.
func (s singleWriter) Upload(ctx context.Context, key, mediaType string) (Upload, error) {
	return upload(ctx, s.Store, key, mediaType)
}

// Upload implements Uploader. Each part counts as a "put".
func (o *observed) Upload(ctx context.Context, key, mediaType string) (Upload, error) {
	u, err := upload(ctx, o.store, key, mediaType)
	return &observedUpload{u, o}, err
}

type observedUpload struct {
	Upload
	*observed
}

func (u *observedUpload) Part(ctx context.Context, number int, body []byte) error {
	began := time.Now()
	err := u.Upload.Part(ctx, number, body)
	u.done("put", began, err)
	return err
}
