package s3store

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/base64"
	"fmt"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"pressmark/storage"
)

// Upload implements storage.Uploader by a multipart upload.
func (s *Store) Upload(ctx context.Context, key, mediaType string) (storage.Upload, error) {
	if err := begin(ctx, "put", key); err != nil {
		return nil, err
	}
	in := &s3.CreateMultipartUploadInput{Bucket: &s.bucket, Key: s.key(key)}
	if mediaType != "" {
		in.ContentType = &mediaType
	}
	out, err := s.client.CreateMultipartUpload(ctx, in)
	if err != nil {
		return nil, wrap(ctx, "put", key, err)
	}
	return &upload{store: s, key: key, id: out.UploadId, tags: map[int]string{}}, nil
}

// upload is a multipart upload.
type upload struct {
	store *Store
	key   string
	id    *string

	mu   sync.Mutex
	tags map[int]string // of the parts
}

// Part implements storage.Upload.
func (u *upload) Part(ctx context.Context, number int, data []byte) error {
	sum := md5.Sum(data)
	n := int32(number) //nolint:gosec // at most 10,000
	out, err := u.store.client.UploadPart(ctx, &s3.UploadPartInput{
		Bucket: &u.store.bucket, Key: u.store.key(u.key), UploadId: u.id, PartNumber: &n, Body: bytes.NewReader(data),
		ContentLength: aws.Int64(int64(len(data))), ContentMD5: aws.String(base64.StdEncoding.EncodeToString(sum[:])),
	})
	if err != nil {
		return wrap(ctx, "put", u.key, err)
	}
	if out.ETag == nil {
		return fmt.Errorf("put %s: the store does not name part %d", u.key, number)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.tags[number] = *out.ETag
	return nil
}

// Complete implements storage.Upload.
func (u *upload) Complete(ctx context.Context) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	parts := make([]types.CompletedPart, 0, len(u.tags))
	for n, tag := range u.tags {
		parts = append(parts, types.CompletedPart{PartNumber: aws.Int32(int32(n)), ETag: aws.String(tag)}) //nolint:gosec // at most 10,000
	}
	slices.SortFunc(parts, func(a, b types.CompletedPart) int { return int(*a.PartNumber - *b.PartNumber) })
	_, err := u.store.client.CompleteMultipartUpload(ctx, &s3.CompleteMultipartUploadInput{
		Bucket: &u.store.bucket, Key: u.store.key(u.key), UploadId: u.id, MultipartUpload: &types.CompletedMultipartUpload{Parts: parts},
	})
	return wrap(ctx, "put", u.key, err)
}

// Abort implements storage.Upload.
func (u *upload) Abort(ctx context.Context) error {
	_, err := u.store.client.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: &u.store.bucket, Key: u.store.key(u.key), UploadId: u.id})
	if err = wrap(ctx, "delete", u.key, err); isNotFound(err) {
		return nil
	}
	return err
}
