package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/extract/article"
	"pressmark/extract/article/schema"
	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/ledger"
	"pressmark/storage/s3store"
	"pressmark/storage/warc"
)

type storeOptions struct {
	PathStyle bool
	Create    bool // the archive is written to: probe it, store the schema
	Logger    *slog.Logger
}

// openStore opens a folder, or s3://bucket/prefix.
func openStore(ctx context.Context, to string, o storeOptions) (storage.Store, error) {
	if !strings.HasPrefix(to, "s3://") {
		if strings.Contains(to, "://") {
			return nil, misuse("%s: give a folder or s3://bucket/prefix", to)
		}
		s, err := dirstore.Open(to)
		if err != nil {
			return nil, misuse("open archive %s: %w", to, err)
		}
		return s, nil
	}
	config, err := s3store.ParseURL(to)
	if err != nil {
		return nil, misuse("%w", err)
	}
	config.PathStyle = o.PathStyle
	s, err := s3store.Open(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open archive %s: %w", to, err)
	}
	return storage.WithRetry(s, storage.RetryOptions{Notify: notify(o.Logger)}), nil
}

// archive is an opened archive with what its articles are checked by.
type archive struct {
	*storage.Archive
	name      string // as the caller gave it
	store     storage.Store
	validator *schema.Validator
}

// openArchive opens an archive. One that is written to is probed for
// create-if-absent, without which two crawls of one site cannot be told apart.
func openArchive(ctx context.Context, to string, o storeOptions) (*archive, error) {
	store, err := openStore(ctx, to, o)
	if err != nil {
		return nil, err
	}
	v, err := schema.NewValidator()
	if err != nil {
		return nil, err
	}
	if o.Create {
		store, err = storage.Probed(ctx, store, func() {
			o.Logger.Warn("the store ignores create-if-absent: never run two crawls of one site at once", "store", to)
		})
		if err != nil {
			return nil, fmt.Errorf("open archive %s: %w", to, err)
		}
		if err := storeSchema(ctx, store); err != nil {
			return nil, fmt.Errorf("open archive %s: %w", to, err)
		}
	}
	return &archive{storage.NewArchive(store, storage.Options{Logger: o.Logger}), to, store, v}, nil
}

// storeSchema stores the schema, where the one that is there is another: of an
// earlier version of the program, or damaged.
func storeSchema(ctx context.Context, s storage.Store) error {
	data, err := schema.JSON()
	if err != nil {
		return err
	}
	stored, _, err := storage.ReadObject(ctx, s, storage.SchemaKey)
	if err != nil && !errors.Is(err, storage.ErrNotFound) || err == nil && bytes.Equal(stored, data) {
		return err
	}
	return s.Put(ctx, storage.SchemaKey, data, storage.TypeJSON)
}

// siteArchive gives a crawl one site's archive: it encodes, names and checks
// what the crawl hands over.
type siteArchive struct {
	archive *archive
	site    *configs.Site
	log     *storage.Log
	robots  *robotsCopies // may be nil
	asked   origins       // that the site's crawl asked
}

func (a *archive) site(ctx context.Context, s *configs.Site, copies *robotsCopies) (*siteArchive, error) {
	log, err := a.OpenSite(ctx, s.Name)
	if err != nil {
		return nil, err
	}
	return &siteArchive{archive: a, site: s, log: log, robots: copies}, nil
}

// Lookup implements crawler.Archive.
func (s *siteArchive) Lookup(url string) (ledger.Record, bool) { return s.log.Lookup(url) }

// Records implements crawler.Archive. It is called before the first commit.
func (s *siteArchive) Records(yield func(ledger.Record) bool) { s.log.Records(yield) }

// Article implements crawler.Archive.
func (s *siteArchive) Article(ctx context.Context, id string) (*article.Article, error) {
	data, _, err := storage.ReadObject(ctx, s.archive.store, s.log.ArticleKey(id))
	if err != nil {
		return nil, err
	}
	return article.Decode(data)
}

// PutImage implements crawler.Archive.
func (s *siteArchive) PutImage(ctx context.Context, sha256, ext, mediaType string, body []byte) (string, error) {
	key := s.log.ImageKey(sha256, ext)
	info, err := s.archive.store.Stat(ctx, key)
	if err == nil && info.Size == int64(len(body)) {
		return key, nil
	}
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return "", err
	}
	return key, s.archive.store.Put(ctx, key, body, mediaType)
}

// CaptureFile implements crawler.Archive.
func (s *siteArchive) CaptureFile(run string, n int) string { return s.log.WARCKey(run, n) }

// CapturedDigest implements crawler.Archive.
func (s *siteArchive) CapturedDigest(ctx context.Context, c article.Capture) (string, error) {
	index, _, err := storage.ReadObject(ctx, s.archive.store, storage.CDXJKey(c.WARC))
	if errors.Is(err, storage.ErrNotFound) {
		return "", nil
	}
	return warc.IndexedDigest(index, c.Offset), err
}

// RobotsKey implements crawler.Archive.
func (s *siteArchive) RobotsKey(sha256 string) string { return s.log.RobotsKey(sha256) }

// Asked implements crawler.Archive.
func (s *siteArchive) Asked(url string) { s.asked.add(url) }

// Commit implements crawler.Archive.
func (s *siteArchive) Commit(ctx context.Context, b crawler.Batch) error {
	out := storage.Batch{Captures: b.Captures}
	if s.robots != nil {
		out.Robots, out.Records = s.robots.take(s)
	}
	out.Records = append(out.Records, b.Records...)
	keys := map[string]string{}
	for _, a := range b.Articles {
		data, err := article.Encode(a)
		if err != nil {
			return err
		}
		key := s.log.ArticleKey(a.ID)
		keys[a.URL] = key
		out.Articles = append(out.Articles, storage.Object{Key: key, Body: data, MediaType: storage.TypeJSON})
	}
	for i := range out.Records {
		if key, ok := keys[out.Records[i].URL]; ok && out.Records[i].Kind == ledger.KindPage {
			out.Records[i].Article = key
		}
	}
	return s.log.Commit(ctx, out)
}

// flush stores what a run without any other news has to remember: robots.txt,
// so that the next runs need not ask for it again.
func (s *siteArchive) flush(ctx context.Context) error {
	if ctx.Err() != nil || s.robots == nil {
		return nil
	}
	objects, records := s.robots.take(s)
	if len(records) == 0 {
		return nil
	}
	return s.log.Commit(ctx, storage.Batch{Robots: objects, Records: records})
}

// notify logs requests to the store that failed and are repeated.
func notify(log *slog.Logger) func(op, key string, try int, err error, wait time.Duration) {
	return func(op, key string, try int, err error, wait time.Duration) {
		log.Warn("store failed, trying again", "operation", op, "key", key, "try", try, "error", err, "wait", wait.Round(time.Millisecond))
	}
}
