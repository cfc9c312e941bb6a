// Package visit is one site's run: from a task of the frontier to its outcome.
//
// A [Task] is one request. [Visit.Do] hands it to the handler of its kind, and
// the handler returns an [Outcome]: records for the log, how pages count, and the
// tasks that follow. Handlers change neither the log nor the frontier. One
// function, settle, applies every outcome.
//
// The path of a URL, file by file:
//
//	resume.go      where a run begins: seeds, and what earlier runs left
//	source.go      a feed, sitemap or list page is fetched, and what the log keeps of it
//	intake.go      the entries of a feed or sitemap, piece by piece
//	listing.go     the links of a list page: articles, further sources, the next page
//	links.go       the set of links of a source, for its digest
//	discover.go    one link: new, known, or refused with a reason
//	page.go        a page that may be an article
//	render.go      a page that is empty without scripts: shown in a browser
//	requested.go   what the browser asks for
//	part.go        further parts of a multi-page article
//	identity.go    which address the article has, and who writes it
//	samestory.go   one story under several addresses
//	article.go     a complete article: new, revised or as before
//	image.go       its images: fetched, checked, stored
//	verdict.go     pages that gave no new article
//	outcome.go     the outcome, and settle
//
// What a visit owns, each with its own lock: the tally, the batches, identity
// (identity.go), sources (sources.go), underway (part.go), budget
// (budget.go), traps (traps.go) and life (visit.go). Rules of time are in
// package due, rules of scope in scope.go, requests and retries in request.go.
package visit
