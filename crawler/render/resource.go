package render

import (
	"strings"

	"github.com/chromedp/cdproto/network"
)

// Kind is the kind of a resource that a page asks for.
type Kind string

// The kinds of resources that are fetched.
const (
	Document Kind = "document" // a further document in the page's own frame
	Script   Kind = "script"
	Style    Kind = "stylesheet"
	Data     Kind = "data" // of XMLHttpRequest and fetch
)

// Reasons why a request of a page was not made, as Result.Refused counts them.
const (
	RefusedFrame     = "frame"       // document of a frame within the page: advertisements, players, comments
	RefusedFont      = "font"        //
	RefusedMedia     = "media"       // film and sound
	RefusedTracker   = "tracker"     // ping, beacon, report
	RefusedOther     = "other"       // event streams, prefetches, manifests and the like
	RefusedMethod    = "method"      // anything but GET could change something on the server
	RefusedTooMany   = "too_many"    // Limits.Requests
	RefusedTooLarge  = "too_large"   // Limits.Bytes
	RefusedRedirects = "redirects"   // the page sends itself elsewhere again and again
	RefusedDownload  = "download"    // a document that is no page
	RefusedScheme    = "scheme"      // neither http nor https
	RefusedWindow    = "window"      // of a window that the page opened, or of a worker
	RefusedFetch     = "not_fetched" // the Fetcher gave no answer: robots.txt, address, failure
)

// kindOf returns the kind of a paused request, or the reason why requests like it are
// not made.
func kindOf(t network.ResourceType, mainFrame bool) (k Kind, refused string) {
	switch t {
	case network.ResourceTypeDocument:
		if !mainFrame {
			return "", RefusedFrame
		}
		return Document, ""
	case network.ResourceTypeScript:
		return Script, ""
	case network.ResourceTypeStylesheet:
		return Style, ""
	case network.ResourceTypeXHR, network.ResourceTypeFetch:
		return Data, ""
	case network.ResourceTypeFont:
		return "", RefusedFont
	case network.ResourceTypeMedia, network.ResourceTypeTextTrack:
		return "", RefusedMedia
	case network.ResourceTypePing, network.ResourceTypeCSPViolationReport:
		return "", RefusedTracker
	}
	return "", RefusedOther
}

// aside reports whether a request is a prefetch or opens a stream of events: Chromium
// calls both by the names of others.
func aside(header map[string]any) bool {
	for name, value := range header {
		text, _ := value.(string)
		switch strings.ToLower(name) {
		case "purpose", "sec-purpose":
			return strings.Contains(text, "prefetch")
		case "accept":
			if strings.Contains(text, "text/event-stream") {
				return true
			}
		}
	}
	return false
}

// placeholder answers requests for pictures. Pictures of articles are fetched by the
// crawl itself; in the page they only need to load, because many scripts take out a
// picture that fails.
const placeholder = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"/>`
