// Package crawler runs the crawl of sites: discover → fetch → extract → archive.
//
// A [Crawler] works on any number of sites at once. The visit of each site
// (package crawler/visit) loads the site's log, fetches its sources, puts new and due
// URLs into the frontier that all sites share, and commits batches to the site's
// archive.
//
// This package assembles a run. [PlanURLs] and [PlanSite] make the plans of a crawl;
// [Setup.Jobs] opens each site's log and makes its extractor; all requests go through
// the network of [NewNetwork]; [CaptureFiles] opens capture files. The
// packages below take all of these through interfaces that they declare.
//
// Where things are:
//
//	plan.go      URLs and configured sites as plans of a run
//	job.go       a plan as a job: log, extractor, seeds
//	seeds.go     sources as seeds; dated archives written out
//	run.go       the run: workers over the frontier
//	access.go    proxy and credentials of a site
//	network.go   the way to the web: robots.txt, pace, client
//	robots.go    copies of robots.txt that are stored with the sites
//	memory.go    blocks that repeat on a site's pages, learned from run to run
//	captures.go  capture files
//
//	visit        one site's run: from a task to its outcome
//	tally        the numbers of a run, which add up
//	batch        what is committed together
//	due          rules of time
//	discover     feeds, sitemaps, common places, traps: a Reader a kind of source
//	render       pages in a browser, which makes no request itself
//	frontier     one queue a host, oldest first
//	fetch, proxy, pace, robots   requests, as conduct allows them
//	testweb      invented sites for tests, the demo and the bench
package crawler
