// Package crawler crawls sites: discover → fetch → extract → archive.
//
// A [Crawler] crawls any number of sites at once. The visit of each site (package
// crawler/visit) loads the site's log, fetches its sources, pushes new and due URLs to
// the frontier that all sites share, and commits batches to the site's archive.
//
// This package assembles a run. [PlanURLs] and [PlanSite] plan it, [Setup.Jobs] opens
// each site's log and makes its extractor, [NewNetwork] makes the client for all
// requests, and [CaptureFiles] opens capture files. The packages below take these
// through interfaces that they declare.
//
// Files:
//
//	plan.go      URLs and configured sites become plans
//	job.go       a plan becomes a job: log, extractor, seeds
//	seeds.go     sources become seeds; patterns of dated archives are expanded
//	run.go       the workers of a run
//	access.go    proxy and credentials of a site
//	network.go   robots.txt, pace and HTTP client of a run
//	robots.go    the copies of robots.txt in the archive
//	memory.go    blocks that repeat on a site's pages, learned from run to run
//	captures.go  capture files
//
// Packages:
//
//	visit        the visit of one site: tasks and their outcomes
//	tally        counts of a run, and its summary
//	batch        records, articles and images that are committed together
//	due          when a URL is visited again or retried
//	discover     readers of feeds, sitemaps and lists; common places; traps
//	render       rendering in Chromium, whose requests the crawler makes
//	frontier     queues of URLs, one a host
//	fetch        HTTP requests
//	proxy        the proxies that they go through
//	pace         intervals between requests to one host
//	robots       robots.txt
//	testweb      invented sites for tests, the demo and benchmarks
package crawler
