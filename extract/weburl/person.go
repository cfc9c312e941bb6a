package weburl

import "strings"

// PersonPath reports whether a path or an address is the page of a writer, a channel or a
// tag. Such addresses may have a number like an article's: /author/508258.
func PersonPath(path string) bool {
	path, _, _ = strings.Cut(path, "?")
	path = strings.TrimSuffix(path, "/")
	parent := path[:max(strings.LastIndexByte(path, '/'), 0)]
	switch strings.ToLower(parent[strings.LastIndexByte(parent, '/')+1:]) {
	case "author", "authors", "user", "users", "tag", "tags":
		return true
	}
	return false
}
