// Package discover reads what a site publishes about its own articles, and tells
// which addresses lead nowhere. It turns bytes into links; it fetches nothing and
// has no clock.
//
// [Sniff] says what an answer is, whatever its Content-Type claims. [Feed] reads
// RSS 0.9x to 2.0, RDF, Atom and JSON Feed; [Sitemap] reads sitemaps and indexes
// of the sitemaps.org protocol with Google's news and image extensions, and plain
// text ones. Both take what publishers really send: wrong encodings, undefined
// entities, text before the XML declaration, files that break off. They then return
// what could be read together with warnings, and an error only where nothing could.
//
// [CommonPlaces] names where feeds and sitemaps usually stand; [Expand] writes
// out the addresses of a dated archive; [MayHold] and [MayBe] narrow a backfill
// to a range of days. [Refresh] is where a page without a text sends its reader.
// [Trap] and [Budget] keep a crawl out of calendars, sessions, mirrored paths
// and endless lists, each refusal with a stable code.
//
// All addresses that come out are in normal form (package weburl).
package discover
