package discover

import "errors"

// Errors of Feed, Sitemap and Expand. Test for them with errors.Is. A result that
// comes with an error holds the part that could be read.
var (
	// errNotFeed reports data that is not a feed, or a feed without one readable item.
	errNotFeed = errors.New("not a feed")
	// errNotSitemap reports data that is not a sitemap.
	errNotSitemap = errors.New("not a sitemap")
	// errTooLarge: a sitemap is longer than [maxSitemapBytes] when decompressed.
	errTooLarge = errors.New("too large")
	// ErrTooMany: more entries than [maxEntries], or more dates than [maxExpanded].
	ErrTooMany = errors.New("too many entries")
	// ErrPattern: an archive pattern has no date in it, or an unknown placeholder.
	ErrPattern = errors.New("bad archive pattern")
)
