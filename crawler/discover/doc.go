// Package discover reads what a site publishes about its own articles, and recognises
// addresses that lead nowhere. It turns bytes into links; it fetches nothing and has no
// clock.
//
// [Sniff] returns the kind of a response, whatever its Content-Type claims. [Feed] reads
// RSS 0.9x to 2.0, RDF, Atom and JSON Feed; [Sitemap] reads sitemaps and indexes of the
// sitemaps.org protocol with Google's news extension, and plain text ones,
// entry by entry in flat memory if a [Reader] reads them. They take what publishers really
// send: wrong encodings, undefined entities, text before the XML declaration, relative
// addresses, wrong nesting, files that break off. They return what could be read together
// with warnings, and an error only where nothing could. A list with warnings may be
// incomplete: a caller that drops them takes a broken list for a quiet day.
//
// Well-formed feeds are parsed by gofeed, others item by item (see salvage.go); JSON
// Feeds are read field by field, because gofeed refuses one with a field of the wrong
// type. Sitemaps are scanned for tags (see tags.go). No entity of a document type is
// expanded or fetched.
//
// [CommonPlaces] names where feeds and sitemaps usually stand; [Expand] writes
// out the addresses of a dated archive; [MayHold] and [MayBe] narrow a backfill
// to a range of days. [Refresh] returns where a page without a text sends its reader.
// [Trap] and [Budget] keep a crawl out of calendars, sessions, mirrored paths
// and endless lists, each refusal with a stable code.
//
// All addresses that come out are in normal form (package weburl).
package discover
