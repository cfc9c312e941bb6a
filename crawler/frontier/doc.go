// Package frontier holds the URLs that a run has still to fetch. It hands them out so
// that each host's interval is kept and no worker waits for a slow host.
//
// There is one queue per host. A heap orders the hosts by the time of their next allowed
// request, so the host that has waited longest is served first, and a slow or
// rate-limited host does not delay the others. A host has at most one lease at a time.
//
// Within a host, items are handed out by class, and oldest first within a class (see
// [Class]): pictures and parts of an article under way come before feeds and lists, those
// before articles, and articles before revisits. Every eighth lease of a host goes to its
// oldest item of any class, so that no class starves.
//
// The frontier does not know whether a URL was seen before. It makes no requests, keeps
// nothing on disk (the log does) and starts no goroutines. The time of a host's next
// request comes from [Options.Ready].
//
// Memory: URLs are stored without scheme and host in blocks of bytes, items in blocks of
// structs, so a queued URL costs its path, 16 bytes and the payload. A million URLs of 61
// bytes over 2,000 hosts take 79 MB of heap with a payload of 8 bytes (TestMemory
// measures it).
package frontier
