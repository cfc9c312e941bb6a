package weburl

import (
	"net/url"
	"strings"
)

// IsFront reports whether an address is a host's front page: no query, and no path or
// only "index.…" or "default.…". A front page is a list, whatever it looks like: one long
// lead story does not make it an article.
func IsFront(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.RawQuery != "" {
		return false
	}
	path := strings.ToLower(strings.Trim(u.Path, "/"))
	return path == "" || !strings.Contains(path, "/") && (strings.HasPrefix(path, "index.") || strings.HasPrefix(path, "default."))
}
