package s3store

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"pressmark/storage"
)

// GetRange implements storage.RangeReader.
func (s *Store) GetRange(ctx context.Context, key string, offset, length int64) ([]byte, error) {
	if err := begin(ctx, "get", key); err != nil {
		return nil, err
	}
	if length == 0 { // a range of bytes has at least one
		info, err := s.Stat(ctx, key)
		if err != nil {
			return nil, err
		}
		return storage.CutRange(key, strings.NewReader(""), info.Size, offset, 0)
	}
	span := fmt.Sprintf("bytes=%d-%d", offset, offset+length-1)
	out, err := s.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &s.bucket, Key: s.key(key), Range: &span})
	var answer *awshttp.ResponseError
	if errors.As(err, &answer) && answer.HTTPStatusCode() == http.StatusRequestedRangeNotSatisfiable {
		return nil, fmt.Errorf("get %s: %w: %d bytes at %d", key, storage.ErrRange, length, offset)
	}
	if err != nil {
		return nil, wrap(ctx, "get", key, err)
	}
	in := &body{ctx: ctx, key: key, r: out.Body}
	defer out.Body.Close()
	if out.ContentRange == nil { // the store has sent the whole object
		return storage.CutRange(key, in, aws.ToInt64(out.ContentLength), offset, length)
	}
	_, total, _ := strings.Cut(aws.ToString(out.ContentRange), "/")
	size, err := strconv.ParseInt(total, 10, 64)
	if err != nil || offset+length > size {
		return nil, fmt.Errorf("get %s: %w: %d bytes at %d (%s)", key, storage.ErrRange, length, offset, aws.ToString(out.ContentRange))
	}
	return storage.CutRange(key, in, length, 0, length)
}
