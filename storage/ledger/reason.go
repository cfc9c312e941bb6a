package ledger

// Reason codes: why the outcome of a URL is not simply "archived". They are
// stable; pipelines may branch on them. Beside these a record has the codes of
// failed requests (package crawler/fetch) and of pages that are not articles
// (article.Kind).
const (
	ReasonSeen         = "seen"           // queued: found, not yet visited
	ReasonGuess        = "guess"          // queued: found, in doubt whether it is an article; tried once
	ReasonUnlikely     = "unlikely"       // skipped: a link in doubt that was not tried, because other guesses like it were wrong
	ReasonInterrupted  = "interrupted"    // queued: the run was stopped first
	ReasonNotCommitted = "not_committed"  // only in summaries, queued: the run ended before its batch was in the log
	ReasonLimit        = "limit"          // queued: the run's --limit was reached first
	ReasonBudget       = "budget"         // queued: the site's budget of requests was spent
	ReasonExcluded     = "excluded"       // skipped: the site's exclude patterns match
	ReasonNotIncluded  = "not_included"   // skipped: none of the site's include patterns matches
	ReasonOutsideDates = "outside_dates"  // skipped: outside --since/--until
	ReasonTooDeep      = "too_deep"       // skipped: a section further from a seed than the site's depth
	ReasonFront        = "front_page"     // skipped: a link to a front page that is no source
	ReasonNotPage      = "not_page"       // skipped: a link to a picture, a document or the like
	ReasonNoMorePages  = "page_limit"     // skipped: a further page of a list, beyond the limit of pages
	ReasonNothingNew   = "nothing_new"    // skipped: a further page of a list whose page before it brought nothing new
	ReasonAlias        = "alias"          // skipped: another address of an article (field alias)
	ReasonList         = "list"           // skipped: a list page; its links are followed
	ReasonFurther      = "further_page"   // skipped or queued: a further page of a list; visited once
	ReasonNoLinks      = "no_links"       // skipped: looked like a list page, has no links to articles
	ReasonFeed         = "feed"           // skipped: a feed; its links are followed
	ReasonSitemap      = "sitemap"        // skipped: a sitemap; its links are followed
	ReasonNotHTML      = "not_html"       // skipped: the answer is no page
	ReasonEmptyBody    = "empty_body"     // failed: 200 and not one byte
	ReasonGaveUp       = "gave_up"        // skipped: failed too often; Detail has the last reason
	ReasonNotModified  = "not_modified"   // unchanged: the server said so (304)
	ReasonSamePayload  = "same_payload"   // unchanged: the same bytes as last time
	ReasonSameContent  = "same_content"   // unchanged: other bytes, the same article
	ReasonSuspect      = "suspect"        // unchanged: the page shows neither the headline nor the text of the article, or a fraction of it; looked at again before that counts
	ReasonContent      = "content"        // revised: field changed says what
	ReasonRestored     = "restored"       // archived or revised: the article had been gone
	ReasonUnreadable   = "unreadable"     // failed: the extractor could not read the page
	ReasonRetryLater   = "retry_later"    // only in summaries: failed before, its next try is not due
	ReasonMissing      = "http_404"       // skipped: the page is not there and never was archived
	ReasonPartial      = "parts_missing"  // failed: a part of a multi-page article could not be had
	ReasonNoRobots     = "no_robots"      // skipped: the origin has no robots.txt
	ReasonNotDue       = "not_due"        // only in summaries: known from earlier runs, not looked at
	ReasonNotImage     = "not_image"      // of an image: the response is not an image
	ReasonImageLimit   = "image_limit"    // of an image: the article has more than the site's limit
	ReasonReextracted  = "reextracted"    // revised or unchanged: made anew out of its capture, by other rules or another version
	ReasonImages       = "images_pending" // unchanged: looked at again for images that had failed
	ReasonNotCaptured  = "not_captured"   // skipped: a script or its data, fetched to show a page, while captures are off
	ReasonRemoving     = "removing"       // removed: the removal has begun, and its objects may still be there
	ReasonTakedown     = "takedown"       // removed: nothing of it is left. In a crawl, skipped: the page is one that was removed
)
