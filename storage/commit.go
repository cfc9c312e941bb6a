package storage

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"
)

// settleTime is how long a commit continues after its context has ended, to find out
// its outcome and to restore what it overwrote. Before the context ends, only the
// store's own timeouts apply.
const settleTime = 5 * time.Second

func settleContext(ctx context.Context) (context.Context, context.CancelFunc) {
	settling, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(settleTime, cancel) })
	return settling, func() { stop(); cancel() }
}

// checkBatch refuses batches that would make the archive contradict itself, and keeps
// the fields of records within their bounds.
func (l *Log) checkBatch(b *Batch) error {
	if b.Empty() && len(b.Images)+len(b.Captures)+len(b.Robots)+len(b.Articles) > 0 {
		return fmt.Errorf("%w of %s: objects, but no record that names them", ErrBatch, l.site)
	}
	named := map[string]bool{}
	for i := range b.Records {
		r := &b.Records[i]
		if r.URL == "" || r.Outcome == "" || r.Time.IsZero() {
			return fmt.Errorf("%w of %s: record %d (%s) lacks URL, outcome or time", ErrBatch, l.site, i, r.URL)
		}
		if err := r.Bound(); err != nil {
			return fmt.Errorf("%w of %s: record %d: %w", ErrBatch, l.site, i, err)
		}
		named[r.Article] = true
	}
	if err := l.checkKeys(b); err != nil {
		return fmt.Errorf("%w of %s: %w", ErrBatch, l.site, err)
	}
	for _, o := range b.Articles {
		if !named[o.Key] {
			return fmt.Errorf("%w of %s: no record names %s", ErrBatch, l.site, o.Key)
		}
	}
	return nil
}

// checkKeys refuses objects whose keys are not of their kind and of this site.
func (l *Log) checkKeys(b *Batch) error {
	lists := []struct {
		prefix  string
		objects []Object
	}{
		{"images/", b.Images}, {"warc/" + l.site + "/", b.Captures},
		{"robots/" + l.site + "/", b.Robots}, {"articles/" + l.site + "/", b.Articles},
	}
	for _, list := range lists {
		for _, o := range list.objects {
			if err := CheckKey(o.Key); err != nil {
				return err
			}
			if !strings.HasPrefix(o.Key, list.prefix) {
				return fmt.Errorf("key %s does not begin with %s", o.Key, list.prefix)
			}
		}
	}
	for _, o := range b.Articles {
		if err := CheckID(articleID(o.Key)); err != nil {
			return err
		}
	}
	return nil
}

// articleID is the inverse of ArticleKey.
func articleID(key string) string { return strings.TrimSuffix(path.Base(key), ".json") }

// writeObjects writes the objects whose keys come from their content or from the
// run, so that two writers cannot clash: first the images, then captures and
// robots.txt.
func (l *Log) writeObjects(ctx context.Context, b *Batch) error {
	err := l.each(ctx, b.Images, l.putOnce)
	if err == nil {
		err = l.each(ctx, b.Captures, l.put)
	}
	if err == nil {
		err = l.each(ctx, b.Robots, l.putOnce)
	}
	return err
}

func (l *Log) put(ctx context.Context, o Object) error {
	return l.archive.store.Put(ctx, o.Key, o.Body, o.MediaType)
}

// putOnce writes an object whose key is the hash of its content, unless it exists.
func (l *Log) putOnce(ctx context.Context, o Object) error {
	info, err := l.archive.store.Stat(ctx, o.Key)
	if err == nil && info.Size == int64(len(o.Body)) {
		return nil
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	return l.put(ctx, o)
}

// each runs do on the objects, some at a time, and returns the first error.
func (l *Log) each(ctx context.Context, objects []Object, do func(context.Context, Object) error) error {
	for _, err := range readAhead(ctx, 0, len(objects)-1, l.archive.opt.Parallel, func(ctx context.Context, i int) (struct{}, error) {
		return struct{}{}, do(ctx, objects[i])
	}) {
		if err != nil {
			return err
		}
	}
	return nil
}
