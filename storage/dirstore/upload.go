package dirstore

import (
	"context"
	"os"

	"pressmark/storage"
)

// Upload implements storage.Uploader.
func (s *Store) Upload(ctx context.Context, key, _ string) (storage.Upload, error) {
	name, err := s.local(ctx, key)
	if err != nil {
		return nil, wrap(opPut, key, err)
	}
	u := &upload{store: s, key: key, name: name}
	err = s.write(ctx, nil, false, func(_ *os.Root, temp string) error {
		u.temp = temp
		return nil
	})
	if err != nil {
		return nil, wrap(opPut, key, noCollision(err))
	}
	return u, nil
}

// upload is an object whose parts are written to an unfinished file.
type upload struct {
	store      *Store
	key        string
	name, temp string // of the object and of the unfinished file
}

func (u *upload) do(ctx context.Context, f func(root *os.Root) error) error {
	err := ctx.Err()
	if err == nil {
		err = u.store.within(f)
	}
	return wrap(opPut, u.key, noCollision(err))
}

// Part implements storage.Upload.
func (u *upload) Part(ctx context.Context, number int, body []byte) error {
	return u.do(ctx, func(root *os.Root) error {
		f, err := root.OpenFile(u.temp, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = f.WriteAt(body, int64(number-1)*storage.PartSize)
		if err == nil {
			u.store.dirty.disk.startWriteback(f)
		}
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		return err
	})
}

// Complete implements storage.Upload.
func (u *upload) Complete(ctx context.Context) error {
	err := u.do(ctx, func(root *os.Root) error {
		if err := stamp(root, u.temp); err != nil {
			return err
		}
		return place(root, u.name, func() error { return root.Rename(u.temp, u.name) })
	})
	if err != nil {
		return err
	}
	return wrap(opPut, u.key, u.store.dirty.add(u.store.whole(u.name)))
}

// Abort implements storage.Upload.
func (u *upload) Abort(ctx context.Context) error {
	return u.do(context.WithoutCancel(ctx), func(root *os.Root) error { return root.Remove(u.temp) })
}
