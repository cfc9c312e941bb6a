// Package crawler runs the crawl of sites: discover → fetch → extract → archive.
//
// A [Crawler] works on any number of sites at once. Each site's run loads what
// its log knows, visits the site's sources, puts what is new or due into the
// frontier that all sites share, and commits batches to the site's archive.
// The package puts together configuration, archive, extractor and network; what a
// run needs of them it takes through interfaces: [Fetcher], [Extractor], [Archive].
//
// Where things are:
//
//	plan.go      URLs and configured sites as plans of a run
//	job.go       a plan as a job: log, extractor, seeds
//	seeds.go     sources as seeds; dated archives written out
//	network.go   the way to the web: robots.txt, pace, client
//	robots.go    copies of robots.txt that are stored with the sites
//	memory.go    blocks that repeat on a site's pages, learned from run to run
//	captures.go  capture files
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
