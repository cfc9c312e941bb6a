// Package robots decides by robots.txt (RFC 9309, Robots Exclusion Protocol) whether a
// URL may be requested.
//
// [Gate] fetches and caches the robots.txt files of all origins (scheme, host and port)
// and reports whether a URL may be requested. How it treats the responses:
//
//	2xx                       parsed, first 500 KiB
//	3xx                       followed, five hops, also to other hosts; beyond that: everything allowed;
//	                          to where requests do not go: as no answer
//	4xx                       everything allowed (401 and 403 too)
//	429, 5xx, no answer       everything disallowed, or judged by the last good copy (30 days at
//	                          most) where there is one; tried again with back-off
//
// A copy is used for 24 hours at most while its host answers, less if
// Cache-Control says so.
//
// Where the RFC leaves room, the stricter reading is taken: a rule without its
// leading slash is read as if it had one, common misspellings of field names
// count, and a missing colon is forgiven. As in Google's matcher, only a rule ends
// a list of User-agent lines: Crawl-delay, Sitemap and unknown lines between two
// names leave both under the rules that follow. A Crawl-delay, which the RFC does
// not define, applies to the names listed since the last rule or Crawl-delay.
package robots
