package newsstand

import (
	"bytes"
	"context"
	"io"
	"strings"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/memstore"
)

// Virtual returns an archive of the plan's articles whose log is real and whose
// articles are made when they are read: an archive of a million articles that
// needs no disk.
func (m *Maker) Virtual(ctx context.Context) (storage.Store, error) {
	v := &virtual{Store: memstore.New(), maker: m, numbers: make(map[string]int32, m.plan.Articles)}
	if err := m.Fill(ctx, v); err != nil {
		return nil, err
	}
	return v, nil
}

// virtual is a store that keeps of an article its number alone.
type virtual struct {
	storage.Store
	maker   *Maker
	numbers map[string]int32 // by key
}

// Put notes the number of an article, which its address ends with.
func (v *virtual) Put(ctx context.Context, key string, body []byte, mediaType string) error {
	if !strings.HasPrefix(key, "articles/") {
		return v.Store.Put(ctx, key, body, mediaType)
	}
	a, err := article.Decode(body)
	if err != nil {
		return err
	}
	v.numbers[key] = numberOf(a.URL)
	return nil
}

func numberOf(url string) int32 {
	var n int32
	for _, c := range strings.TrimSuffix(url[strings.LastIndex(url, "/")+1:], ".html") {
		n = 10*n + c - '0'
	}
	return n
}

// Get makes an article, or opens another object.
func (v *virtual) Get(ctx context.Context, key string) (io.ReadCloser, storage.Info, error) {
	n, ok := v.numbers[key]
	if !ok {
		return v.Store.Get(ctx, key)
	}
	body, err := article.Encode(v.maker.Article(int(n)))
	return io.NopCloser(bytes.NewReader(body)), storage.Info{Key: key, Size: int64(len(body))}, err
}
