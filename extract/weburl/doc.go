// Package weburl holds the normal form of web addresses: the one spelling under
// which a page is queued, fetched, keyed and logged, so that one page is never
// archived twice because two links spell its address differently.
//
// [Normalize] returns the normal form of an absolute address, [Resolve] that of a
// link on a page in UTF-8, [ResolveIn] that of a link on a page in any encoding. They
// accept what browsers accept (stray white space, backslashes, missing slashes, raw
// Chinese characters) and refuse what cannot be fetched over HTTP with an [*Error]
// that wraps one of the sentinels below.
//
// Addresses are read by the WHATWG URL standard (nlnwa/whatwg-url). Most links of a
// page are in normal form or nearly, and take a short cut of a twentieth of the time
// (see fast.go); a fuzz test holds that it gives the same. The normal form rests on
// RFC 3986, section 6.2.2 and 6.2.3:
//
//   - scheme and host in lower case, host in ASCII (IDNA 2008, mapped for lookup),
//     no trailing dot, no user name or password, no default or empty port; a number
//     as host (127.1, 0x7f000001) is the IPv4 address that it means;
//   - an empty path is "/"; dot segments are resolved; a trailing slash and
//     doubled slashes stay, because servers distinguish them;
//   - percent escapes in upper case, escapes of unreserved characters decoded,
//     forbidden bytes escaped, and in a query apostrophes, as browsers do. Escapes of
//     reserved characters (%2F, %3F) stay: to decode them names another resource;
//   - the fragment is dropped, "#!" included: a server never sees it, and without
//     scripts every fragment gives the same bytes;
//   - the order of query parameters stays, because order matters to some servers;
//     empty parameters and an empty query go;
//   - parameters and path parameters that only track readers or carry a session
//     (see params.go) are dropped.
//
// [SiteName], [RegistrableDomain] and [SameSite] report which addresses belong together.
//
// The package does no I/O and keeps no state; every function may be called from
// several goroutines.
package weburl
