package visit

import (
	"context"

	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// Fetcher makes one GET, obeying robots.txt and the host's pace. *fetch.Client is one.
type Fetcher interface {
	Get(ctx context.Context, req fetch.Request) (*fetch.Response, error)
}

// Extractor reads pages of one site. It must be safe for concurrent use and
// give the same result for the same page.
type Extractor interface {
	// Extract reads one page. The error means that the page could not be read at all
	// (too large, nested too deep). A page that is not an article is a Refusal in the
	// result.
	Extract(ctx context.Context, page article.Page) (article.Result, error)
	// Alone is Extract without what other pages of the site taught.
	Alone(ctx context.Context, page article.Page) (article.Result, error)
	// Join makes one article of the parts of a multi-page article, in order.
	Join(first article.Result, rest ...article.Result) article.Result
}

// Archive is one site's archive as a visit needs it. All methods are safe for
// concurrent use but Commit, which is called for one batch at a time.
type Archive interface {
	// Lookup returns the current record of a URL.
	Lookup(url string) (ledger.Record, bool)
	// Records yields every URL's current record, in the order in which they were first seen.
	Records(yield func(ledger.Record) bool)
	// Articles returns the number of pages that name an article, and of URLs that were
	// removed.
	Articles() (named, removed int)
	// Article reads the newest revision of an article.
	Article(ctx context.Context, id string) (*article.Article, error)
	// PutImage stores an image under the hash of its bytes, if it is not stored
	// yet, and returns its key.
	PutImage(ctx context.Context, sha256, ext, mediaType string, body []byte) (key string, err error)
	// ArticleKey is the key of an article's newest revision.
	ArticleKey(id string) string
	// WARCKey is the key of the n-th capture file of a run.
	WARCKey(run string, n int) string
	// CapturedDigest returns the SHA-256 of a captured response's payload, as it
	// came over the wire less transfer coding; "" if it is not known.
	CapturedDigest(ctx context.Context, c article.Capture) (string, error)
	// RobotsKey is the key of the copy of a robots.txt with this SHA-256.
	RobotsKey(sha256 string) string
	// Asked reports a requested URL, redirects included, so that the robots.txt
	// that applied to it is archived.
	Asked(url string)
	// Commit makes a batch visible in one step. ErrConflict means that
	// another crawler committed to this site since it was opened: nothing of
	// the batch is visible, and this visit must stop.
	Commit(ctx context.Context, b ledger.Batch) error
}
