package frontier

import (
	"strings"
	"time"
)

// Class says how urgent an item is within its host; lower goes first.
type Class uint8

// The classes.
const (
	Finish  Class = iota // what an article under way waits for: its pictures, its next parts
	Source               // feeds, sitemaps, list pages: where articles are found
	Article              // pages not captured yet
	Revisit              // pages looked at again
	classes
)

// Item is one URL to fetch. T is the caller's payload; it is stored by value.
type Item[T any] struct {
	URL       string    // absolute http or https URL in normal form
	Class     Class     // a value beyond Revisit counts as Revisit
	NotBefore time.Time // not handed out earlier; zero: as soon as its host may be asked
	Payload   T
}

// Lease is an item that was handed out. Its host gives out no other until
// [Frontier.Free] or [Frontier.Done].
type Lease[T any] struct {
	Item[T]
	number uint64 // of the lease, 0 for none; see Frontier.leases
}

// split cuts a URL into the host, whether the scheme is https, and the rest,
// which starts with "/" or "?" or is empty.
func split(url string) (host string, secure bool, rest string, ok bool) {
	after, secure := strings.CutPrefix(url, "https://")
	if !secure {
		if after, ok = strings.CutPrefix(url, "http://"); !ok {
			return "", false, "", false
		}
	}
	if i := strings.IndexAny(after, "/?"); i >= 0 {
		after, rest = after[:i], after[i:]
	}
	return after, secure, rest, after != "" && len(rest) <= maxRest
}

// maxRest is the longest path and query that is stored, in bytes; it fits entry.size.
const maxRest = 1<<16 - 1

// whole is the inverse of split.
func whole(host string, secure bool, rest string) string {
	if secure {
		return "https://" + host + rest
	}
	return "http://" + host + rest
}
