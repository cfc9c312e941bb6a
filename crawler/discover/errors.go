package discover

import "errors"

// What Feed, Sitemap and Expand refuse. Test for them with errors.Is; a result may
// come with the error and then holds what could be read.
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
