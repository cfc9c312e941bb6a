// Package frontier holds the URLs that a run has still to fetch and hands them
// out so that no host is asked faster than it may be and no worker waits for a
// slow one.
//
// There is one queue a host. A heap orders the hosts by the time at which each
// may be asked next, so the host that has waited longest is served first and a
// host that is slow or rate-limited costs the others nothing. A host has
// at most one lease at a time.
//
// Within a host, items are handed out by class, and oldest first within a class
// (see [Class]): pictures and parts of an article under way come before feeds and
// lists, those before articles, and articles before revisits. So that a stream of
// items of a higher class starves nobody, every eighth lease of a host goes to
// its oldest item whatever its class.
//
// What the frontier does not do: it does not know whether a URL was seen before,
// makes no requests, keeps nothing on disk (the log does) and starts no goroutines.
// It does not know how far apart requests must lie either, but asks [Options.Ready].
//
// Memory: URLs are stored without scheme and host in blocks of bytes, items in
// blocks of structs, so a queued URL costs its path, 16 bytes and the payload.
// A million URLs of 61 bytes over 2,000 hosts take 79 MB of heap with a payload
// of 8 bytes (TestMemory measures it).
package frontier
