package s3store

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"pressmark/storage"
)

// Store is a storage.Store in a bucket. Make one with Open.
type Store struct {
	client *s3.Client
	bucket string
	prefix string // "" or ends with "/"
}

var _ storage.Store = (*Store)(nil)

func (s *Store) key(key string) *string { return aws.String(s.prefix + key) }

// begin runs at the start of every call on one key.
func begin(ctx context.Context, op, key string) error {
	err := ctx.Err()
	if err == nil {
		err = storage.CheckKey(key)
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", op, key, err)
	}
	return nil
}

// Get implements storage.Store.
func (s *Store) Get(ctx context.Context, key string) (io.ReadCloser, storage.Info, error) {
	if err := begin(ctx, "get", key); err != nil {
		return nil, storage.Info{}, err
	}
	out, err := s.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &s.bucket, Key: s.key(key)})
	if err != nil {
		return nil, storage.Info{}, wrap(ctx, "get", key, err)
	}
	if out.ContentLength == nil {
		out.Body.Close()
		return nil, storage.Info{}, fmt.Errorf("get %s: the response has no Content-Length", key)
	}
	info := storage.Info{Key: key, Size: *out.ContentLength, Modified: aws.ToTime(out.LastModified), Tag: tag(out.ETag)}
	return &body{ctx: ctx, key: key, r: out.Body}, info, nil
}

// body wraps errors during reading like those at the start of a call.
type body struct {
	ctx context.Context
	key string
	r   io.ReadCloser
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if err != nil && err != io.EOF {
		if ctxErr := b.ctx.Err(); ctxErr != nil {
			err = ctxErr
		} else {
			err = fmt.Errorf("%w: %w", storage.ErrUnavailable, err)
		}
		err = fmt.Errorf("get %s: %w", b.key, err)
	}
	return n, err
}

func (b *body) Close() error { return b.r.Close() }

// Stat implements storage.Store.
func (s *Store) Stat(ctx context.Context, key string) (storage.Info, error) {
	if err := begin(ctx, "stat", key); err != nil {
		return storage.Info{}, err
	}
	out, err := s.client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &s.bucket, Key: s.key(key)})
	if err != nil {
		return storage.Info{}, wrap(ctx, "stat", key, err)
	}
	return storage.Info{Key: key, Size: aws.ToInt64(out.ContentLength), Modified: aws.ToTime(out.LastModified), Tag: tag(out.ETag)}, nil
}

// tag removes the quotes of an ETag: all stores accept it without them, and some
// only so. A weak one never matches (RFC 9110, section 13.1.1).
func tag(etag *string) string {
	t := aws.ToString(etag)
	if strings.HasPrefix(t, "W/") {
		return ""
	}
	return strings.Trim(t, `"`)
}

// Put implements storage.Store.
func (s *Store) Put(ctx context.Context, key string, data []byte, mediaType string) error {
	if err := begin(ctx, "put", key); err != nil {
		return err
	}
	_, err := s.client.PutObject(ctx, s.upload(key, data, mediaType))
	return wrap(ctx, "put", key, err)
}

// Create implements storage.Store.
func (s *Store) Create(ctx context.Context, key string, data []byte, mediaType string) error {
	if err := begin(ctx, "create", key); err != nil {
		return err
	}
	in := s.upload(key, data, mediaType)
	in.IfNoneMatch = aws.String("*")
	_, err := s.client.PutObject(ctx, in)
	return wrap(ctx, "create", key, err)
}

// PutIf implements storage.Store.
func (s *Store) PutIf(ctx context.Context, key string, data []byte, mediaType, tag string) error {
	if err := begin(ctx, "put if", key); err != nil {
		return err
	}
	in := s.upload(key, data, mediaType)
	if tag == "" {
		in.IfNoneMatch = aws.String("*")
	} else {
		in.IfMatch = &tag
	}
	_, err := s.client.PutObject(ctx, in)
	if tag != "" && errorCode(err) == "UnknownError" && s.overtaken(ctx, key, data, tag) {
		return fmt.Errorf("put if %s: %w: %w", key, storage.ErrChanged, err)
	}
	return wrap(ctx, "put if", key, err)
}

// overtaken reports whether an object is neither the one that had the tag nor the data.
// Ceph answers a conditional write that another one overtook with status 500 and no word
// of why.
func (s *Store) overtaken(ctx context.Context, key string, data []byte, tag string) bool {
	now, err := s.Stat(ctx, key)
	if isNotFound(err) {
		return true
	}
	sum := md5.Sum(data)
	return err == nil && now.Tag != "" && now.Tag != tag && now.Tag != hex.EncodeToString(sum[:])
}

func (s *Store) upload(key string, data []byte, mediaType string) *s3.PutObjectInput {
	sum := md5.Sum(data)
	in := &s3.PutObjectInput{
		Bucket:        &s.bucket,
		Key:           s.key(key),
		Body:          bytes.NewReader(data),
		ContentLength: aws.Int64(int64(len(data))),
		ContentMD5:    aws.String(base64.StdEncoding.EncodeToString(sum[:])),
	}
	if mediaType != "" {
		in.ContentType = &mediaType
	}
	return in
}

// List implements storage.Store, with 1000 keys per request.
func (s *Store) List(ctx context.Context, prefix, after string) iter.Seq2[storage.Info, error] {
	return func(yield func(storage.Info, error) bool) {
		in := &s3.ListObjectsV2Input{Bucket: &s.bucket, Prefix: s.key(prefix)}
		if after != "" {
			in.StartAfter = s.key(after)
		}
		for {
			out, err := s.client.ListObjectsV2(ctx, in)
			if err != nil {
				yield(storage.Info{}, wrap(ctx, "list", prefix, err))
				return
			}
			for _, o := range out.Contents {
				info := storage.Info{Key: strings.TrimPrefix(aws.ToString(o.Key), s.prefix), Size: aws.ToInt64(o.Size), Modified: aws.ToTime(o.LastModified)}
				if ours := info.Key > after && storage.CheckKey(info.Key) == nil; ours && !yield(info, nil) {
					return
				}
			}
			if !aws.ToBool(out.IsTruncated) || out.NextContinuationToken == nil {
				return
			}
			in.ContinuationToken = out.NextContinuationToken
		}
	}
}

// Delete implements storage.Store.
func (s *Store) Delete(ctx context.Context, key string) error {
	if err := begin(ctx, "delete", key); err != nil {
		return err
	}
	_, err := s.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &s.bucket, Key: s.key(key)})
	if err = wrap(ctx, "delete", key, err); isNotFound(err) {
		return nil
	}
	return err
}
