// Package robots is the gate that every request passes: robots.txt by RFC 9309
// (Robots Exclusion Protocol).
//
// File is one robots.txt: Parse reads it, Test answers for a path. Gate fetches
// and caches the files of all origins (scheme, host and port) and answers for
// URLs. What it does with answers other than a file:
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
// Choices where the RFC leaves room, the strict one where in doubt: a rule
// without its leading slash is read as if it had one; common misspellings of
// the field names count; a missing colon is forgiven. Crawl-delay, which the
// RFC does not know, belongs to the group it stands in, and like a rule ends
// the list of that group's user agents; unknown lines and Sitemap do not.
package robots
