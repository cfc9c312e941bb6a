// Package visit crawls one site: it turns tasks of the frontier into outcomes.
//
// A [Task] is one request. [Visit.Do] calls the handler of its kind, which returns an
// [Outcome]: records for the log, counts, and the tasks that follow. Handlers change
// neither the log nor the frontier; one function, settle, applies every outcome.
//
// The files, in the order in which a URL passes through them:
//
//	resume.go      start of a visit: seeds, and unfinished URLs of earlier runs
//	source.go      fetching a feed, sitemap or list page; its log record
//	intake.go      the entries of a feed or sitemap, in pieces
//	listing.go     the links of a list page: articles, further sources, next page
//	links.go       the digest of a source's links
//	discover.go    one link: new, known, or refused with a reason
//	page.go        a page that may be an article
//	render.go      a page that is empty without scripts, rendered in a browser
//	requested.go   requests of the browser
//	part.go        further parts of a multi-page article
//	identity.go    the article's canonical URL, and which page writes the article
//	samestory.go   duplicates of an article under other URLs
//	article.go     a complete article: new, revised or unchanged
//	image.go       fetching, checking and storing its images
//	verdict.go     pages without a new article
//	outcome.go     Outcome and settle
//
// Limits of the site are in scope.go, requests and retries in request.go, rules of time
// in package due.
//
// The state of a visit is split into types with a lock each: the tally, the batches,
// identity (identity.go), sources (sources.go), underway (part.go), budget (budget.go),
// traps (traps.go) and life (visit.go).
package visit
