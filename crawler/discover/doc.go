// Package discover reads feeds, sitemaps and list pages into links, and detects crawler
// traps. It makes no requests and has no clock.
//
// [Sniff] returns the kind of a response, whatever its Content-Type claims. [Feed] reads
// RSS 0.9x to 2.0, RDF, Atom and JSON Feed; [Sitemap] reads sitemaps and indexes of the
// sitemaps.org protocol with Google's news extension, and plain text ones,
// entry by entry in flat memory if a [Reader] reads them. They accept the usual errors of
// publishers: wrong encodings, undefined entities, text before the XML declaration,
// relative addresses, wrong nesting, truncated files. They return all entries that can be
// read, with warnings; the error is set only if there are none. A list with warnings may
// be incomplete, so callers must not treat its missing entries as removed.
//
// Well-formed feeds are parsed by gofeed, others item by item (see salvage.go); JSON
// Feeds are read field by field, because gofeed refuses one with a field of the wrong
// type. Sitemaps are scanned for tags (see tags.go). No entity of a document type is
// expanded or fetched.
//
// [CommonPlaces] names where feeds and sitemaps usually stand; [Expand] writes
// out the addresses of a dated archive; [MayHold] and [MayBe] narrow a backfill
// to a range of days. [Refresh] returns the target of a page's refresh or script redirect.
// [Trap] and [Budget] keep a crawl out of calendars, sessions, mirrored paths
// and endless lists; each refusal has a stable code.
//
// All addresses that come out are in normal form (package weburl).
package discover
