package weburl

import (
	"net/url"
	"strings"
)

// Resolve returns the normal form of a link as it stands on a page whose base
// address (the page's own, or its <base href>) is base (RFC 3986, section 5.2, with
// the WHATWG standard's mercies). An empty link and a bare fragment mean the base
// itself. base must be absolute; with nil the link must be. The error is an
// [*Error]; errors.Is(err, ErrScheme) tells links that lead to no page
// (javascript:, mailto:, data:, tel:).
func Resolve(base *url.URL, ref string) (string, error) {
	s := clean(ref)
	if normal, ok := alreadyNormal(s); ok {
		return normal, nil
	}
	if n := schemeLength(s); n > 0 {
		scheme, rest, err := splitScheme(s)
		if err != nil {
			return "", refuse(s, err)
		}
		// "http:page.html" and "http:/page.html" are relative where the schemes agree.
		if base == nil || scheme != base.Scheme || slashes(rest) >= 2 {
			return Normalize(s)
		}
		s = rest
	}
	if len(s) > MaxLength {
		return "", refuse(s, ErrTooLong)
	}
	if base == nil || base.Scheme == "" || base.Host == "" {
		return "", refuse(s, ErrNotAbsolute)
	}
	return Normalize(join(base, s))
}

// join puts a relative reference behind the part of the base that it keeps. Dot
// segments are left for Normalize.
func join(base *url.URL, ref string) string {
	switch slashes(ref) {
	case 0:
	case 1:
		return base.Scheme + "://" + base.Host + ref
	default:
		return base.Scheme + ":" + ref
	}
	path := base.EscapedPath()
	switch {
	case ref == "" || ref[0] == '#':
		if base.RawQuery != "" {
			path += "?" + base.RawQuery
		}
	case ref[0] == '?':
	default:
		path = path[:strings.LastIndexByte(path, '/')+1]
		path, ref = climb(path, ref)
	}
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	return base.Scheme + "://" + base.Host + path + ref
}

// climb takes the "./" and "../" off the start of a reference, the usual form of dot
// segments, so that the rest may be in normal form already.
func climb(folder, ref string) (string, string) {
	for {
		if rest, ok := strings.CutPrefix(ref, "./"); ok {
			ref = rest
			continue
		}
		rest, ok := strings.CutPrefix(ref, "../")
		if !ok || strings.Contains(folder, "/.") || strings.Contains(folder, "%2") || len(folder) < 2 {
			return folder, ref
		}
		ref = rest
		folder = folder[:strings.LastIndexByte(folder[:len(folder)-1], '/')+1]
	}
}

// slashes counts the slashes, of either kind, at the start of s.
func slashes(s string) int { return len(s) - len(strings.TrimLeft(s, `/\`)) }
