package storage

import (
	"context"
	"errors"

	"pressmark/extract/article"
	"pressmark/storage/warc"
)

// The objects of a site's archive that a crawl reads beside the log: those that the
// log's records name.

// Article reads the newest revision of an article. The error wraps
// [ErrNotFound] if the archive does not hold it.
func (l *Log) Article(ctx context.Context, id string) (*article.Article, error) {
	data, _, err := ReadObject(ctx, l.archive.store, l.ArticleKey(id))
	if err != nil {
		return nil, err
	}
	return article.Decode(data)
}

// PutImage stores an image under the hash of its bytes, unless it is stored
// already, and returns its key. Images are stored before the batch whose
// articles show them, so that a batch does not hold their bytes in memory.
func (l *Log) PutImage(ctx context.Context, sha256, ext, mediaType string, body []byte) (string, error) {
	o := Object{Key: l.imageKey(sha256, ext), Body: body, MediaType: mediaType}
	return o.Key, l.putOnce(ctx, o)
}

// CapturedDigest returns the SHA-256 of a captured response's payload, as it
// came over the wire less transfer coding; "" if no index has it.
func (l *Log) CapturedDigest(ctx context.Context, c article.Capture) (string, error) {
	index, _, err := ReadObject(ctx, l.archive.store, CDXJKey(c.WARC))
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return warc.IndexedDigest(index, c.Offset), err
}
