// Package crawler runs the crawl of sites: discover → fetch → extract → archive.
//
// A [Crawler] works on any number of sites at once. Each site's run loads what
// its log knows, visits the site's sources, puts what is new or due into the
// frontier that all sites share, and commits batches to the site's archive.
// The package declares what it needs of the outside as interfaces: [Fetcher],
// [Extractor], [Archive]; it does no I/O of its own.
//
// Where things are:
//
//	crawler.go   the run: workers over the frontier
//	siterun.go   one site's run: what is under way
//	resume.go    where a run begins: seeds, and what earlier runs left
//	found.go     links that were found: new, known, or refused with a reason
//	source.go    feeds, sitemaps, list pages: fetched, and what the log keeps of them
//	links.go     the links of each kind of source, and what they lead to
//	page.go      an article page and its parts
//	take.go      a complete article: its URL, its images, its revision
//	outcome.go   what became of a page, as records of the log
//	story.go     one story under several addresses
//	image.go     one image: fetched, checked, stored
//	batch.go     what is committed together
//	scope.go     which URLs belong to the crawl
//	quiet.go     sitemaps of an index that need not be asked for by every run
//	schedule.go  when a URL is looked at again
//	summary.go   what a run came to, in numbers that add up
package crawler
