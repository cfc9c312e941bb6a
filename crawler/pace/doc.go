// Package pace decides when a host may be asked again. One Pacer is shared by
// everything in a process that sends requests: pages, images, feeds, each hop
// of a redirect and robots.txt itself.
//
// Its promises, for every host:
//
//   - one request at a time;
//   - between the end (and so also the start) of a request and the start of the
//     next at least the largest of: the site's delay (or the floor), the
//     Crawl-delay of its robots.txt, the Retry-After it sent, the back-off after
//     its failures;
//   - a host that keeps failing, or that asks for a long rest, is parked: nobody
//     waits for it, each caller gets an error that says why and until when; then one request is
//     let through, and its outcome opens the host or parks it for longer.
//
// There are two ways in. Acquire waits, and is what the transport calls for
// every hop. Ready and TryAcquire never wait; a frontier asks them so that no
// worker stands idle before a slow host.
//
// A Pacer starts no goroutines. Its memory is bounded: a host that owes nothing
// any more, has no delay of its own and nobody waiting is forgotten.
package pace
