// Package fetch gets pages, images and feeds. Client.Get is one GET with its
// redirects: polite, bounded, recorded, and with a reason code for whatever
// goes wrong.
//
// Colly is the request engine: it brings URLs into WHATWG form, builds the
// request, follows redirects and calls the callbacks. One collector (more where
// there are several requests at a time) is kept for each host; all of them use
// one chain of http.RoundTrippers, which every hop of a redirect passes again:
//
//	gate     URL rules; robots.txt of the hop's origin       (package robots)
//	pace     waits for the host's turn, learns from answers  (package pace)
//	capture  time limits, body read under its caps, decoded; the exchange recorded
//	         and the credentials of the site, which captures do not have, put in
//	guard    chooses the transport that refuses addresses that are not public
//	wire     net/http, HTTP/1.1 on purpose: WARC records want the bytes of the wire;
//	         heads of responses are tidied before it reads them, and kept as they came
//
// What Colly offers for politeness, retries, limits and character sets is not
// used (see colly_test.go, row by row). It is handed responses whose body the
// chain has read already; the first callback puts the body in place, so that
// it is neither copied nor transcoded.
//
// What this package does not do: it does not repeat requests (but one that a
// server lost by closing a kept connection), does not know which URLs were seen,
// and does not look into pages. Bytes of bodies are those of the server, whatever
// character set it names.
//
// A proxy is used only if Options or the request's Access name one (package proxy).
// Behind one that resolves names itself, the guard sees no addresses: it refuses
// those that stand in a URL, and names that are local by their form.
package fetch
