// Package pace decides when a host may be asked again. One Pacer is shared by everything
// in a process that sends requests: pages, images, feeds, each hop of a redirect and
// robots.txt itself.
//
// It guarantees for every host:
//
//   - There is one request at a time.
//   - Between the end of a request and the start of the next lies at least the largest
//     of: the site's delay (or the floor), the Crawl-delay of its robots.txt, the
//     Retry-After that it sent, and the back-off after its failures.
//   - A host that keeps failing, or asks for a long rest, is parked. No caller waits for
//     it: each gets an error with the reason and the end of the rest. Then one request is
//     let through, and its outcome opens the host or parks it for longer.
//
// Acquire waits for a host; the transport calls it for every hop. Ready never waits; a
// frontier calls it so that no worker is blocked by a slow host.
//
// A Pacer starts no goroutines. Its memory is bounded: a host is forgotten if no interval
// or rest is running, it has no delay of its own, and no caller is waiting.
package pace
