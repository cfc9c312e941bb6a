package discover

import "errors"

// Errors of Feed, Sitemap and Expand. Test for them with errors.Is. A result that
// comes with an error holds the part that could be read.
var (
	// ErrNotFeed reports data that is not a feed, or a feed without one readable item.
	ErrNotFeed = errors.New("not a feed")
	// ErrNotSitemap reports data that is not a sitemap.
	ErrNotSitemap = errors.New("not a sitemap")
	// ErrTooLarge: a sitemap is longer than [MaxSitemapBytes] when decompressed.
	ErrTooLarge = errors.New("too large")
	// ErrTooMany: more entries than [MaxEntries], or more dates than [MaxExpanded].
	ErrTooMany = errors.New("too many entries")
	// ErrPattern: an archive pattern has no date in it, or an unknown placeholder.
	ErrPattern = errors.New("bad archive pattern")
)
