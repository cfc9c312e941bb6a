// Package render lets a page's scripts run in Chromium and returns the DOM that they
// leave. It is for pages that are empty without scripts.
//
// Chromium is used for its engine alone. It never makes a request:
//
//	tab       every request of a page is paused (CDP Fetch), made by the caller's
//	          Fetcher, which obeys robots.txt and the pace of hosts, and answered
//	browser   a request that no tab has paused (of a worker, a new window) is failed
//	process   whatever Fetch does not see (WebSocket, WebRTC, DNS, reports) meets a
//	          proxy that does not exist, and a resolver that knows no name
//
// One process serves all pages, each in a browser context of its own: no cookie,
// cache or storage passes from page to page. The process is replaced after so many
// pages, or when it has grown. It ends with ours, however that ends.
//
// Where things are:
//
//	render.go    the Renderer: pages at a time, process by process
//	chromium.go  which program, with which flags
//	process.go   one Chromium, from start to end
//	memory.go    its memory, bounded
//	tab.go       one page: opened, settled, read
//	traffic.go   its requests
//	resource.go  which of them are made
//	settle.go    when a page has settled
package render
