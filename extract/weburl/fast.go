package weburl

import (
	"net/netip"
	"net/url"
	"strings"
)

// alreadyNormal reports whether a cleaned text is in normal form but for a fragment and
// the slash behind a bare host, and returns the normal form. Nearly all links of a real
// page are, and one scan without an allocation serves them; all others go the long way.
// It may report false for a normal form, never true for another text.
func alreadyNormal(s string) (string, bool) {
	if i := strings.IndexByte(s, '#'); i >= 0 {
		s = s[:i]
	}
	if len(s) > MaxLength {
		return "", false
	}
	rest, ok := strings.CutPrefix(s, "https://")
	port := "443"
	if !ok {
		if rest, ok = strings.CutPrefix(s, "http://"); !ok {
			return "", false
		}
		port = "80"
	}
	slash := strings.IndexByte(rest, '/')
	if slash < 0 && plainAuthority(rest, port) {
		return s + "/", true
	}
	if slash < 0 || !plainAuthority(rest[:slash], port) {
		return "", false
	}
	path, query, asked := strings.Cut(rest[slash:], "?")
	if !plainPath(path) || asked && !plainQuery(query) {
		return "", false
	}
	return s, true
}

// asItStands returns the normal form of a reference that needs neither cleaning nor a
// reader: an address in normal form, or a path on the host of the base that makes one. Both
// hold only characters that cleaning and encoding leave alone.
func asItStands(base *url.URL, ref string) (string, bool) {
	switch {
	case strings.HasPrefix(ref, "http"):
		return alreadyNormal(ref)
	case base == nil || base.Scheme == "" || base.Host == "" || len(ref) < 2 || ref[0] != '/' || ref[1] == '/':
		return "", false
	}
	if i := strings.IndexByte(ref, '#'); i >= 0 {
		ref = ref[:i]
	}
	return alreadyNormal(base.Scheme + "://" + base.Host + ref)
}

// shortCut returns the normal form of a cleaned text that needs no reader: an absolute
// address with a plain host, and no backslashes and dot segments in its path.
func shortCut(s string) (string, bool) {
	if normal, ok := alreadyNormal(s); ok {
		return normal, true
	}
	if s, _, _ = strings.Cut(s, "#"); len(s) > MaxLength {
		return "", false
	}
	scheme, rest, ok := strings.Cut(s, "://")
	if scheme = strings.ToLower(scheme); !ok || scheme != "http" && scheme != "https" {
		return "", false
	}
	address, query, _ := strings.Cut(rest, "?")
	authority, path := address, "/"
	if i := strings.IndexByte(address, '/'); i >= 0 {
		authority, path = address[:i], address[i:]
	}
	authority = strings.ToLower(authority)
	if !plainAuthority(authority, defaultPort(scheme)) || dotted(path) {
		return "", false
	}
	normal := scheme + "://" + authority + normalPath(path)
	if query = normalQuery(query); query != "" {
		normal += "?" + query
	}
	return normal, len(normal) <= MaxLength
}

// dotted reports whether a path may have dot segments, plain, escaped or behind
// backslashes.
func dotted(path string) bool {
	return strings.Contains(path, "/.") || strings.IndexByte(path, '\\') >= 0 || strings.Contains(path, "%2e") || strings.Contains(path, "%2E")
}

// plainAuthority accepts host names in lower case, with or without a port, but for
// international ones, whose spelling must be checked.
func plainAuthority(a, defaultPort string) bool {
	host, port, ok := strings.Cut(a, ":")
	if ok && (port == defaultPort || !plainPort(port)) {
		return false
	}
	return plainHost(host)
}

// plainHost accepts host names in lower case (see asciiHost) and plain IPv4 addresses, but
// no international names. It looks at each byte once.
func plainHost(host string) bool {
	if len(host) > 253 {
		return false
	}
	label, dashes := 0, false // label is the length of the label so far
	for i := 0; i < len(host); i++ {
		c := host[i]
		if c == '.' && label > 0 {
			label = 0
			continue
		}
		if label++; label > 63 || !lowerHost[c] {
			return false
		}
		dashes = dashes || c == '-' && host[i-min(i, 1)] == '-'
	}
	if label == 0 || dashes && strings.Contains(host, "xn--") {
		return false
	}
	return !isDigit(host[len(host)-label]) || !numberHost(host) || plainIPv4(host)
}

// lowerHost are the bytes of the labels of a host in normal form.
var lowerHost = setOf("abcdefghijklmnopqrstuvwxyz0123456789-_")

func defaultPort(scheme string) string {
	if scheme == "http" {
		return "80"
	}
	return "443"
}

// plainIPv4 reports whether a host is an IPv4 address in its usual form.
func plainIPv4(host string) bool {
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Is4()
}

// plainPort accepts numbers up to 9999 and five-digit ones below 60000.
func plainPort(p string) bool {
	if p == "" || len(p) > 5 || p[0] == '0' || len(p) == 5 && p[0] > '5' {
		return false
	}
	return strings.Trim(p, "0123456789") == ""
}

// plainPath accepts paths without dot segments, path parameters and cookieless sessions.
func plainPath(p string) bool {
	for i := 0; i < len(p); i++ {
		c := p[i]
		switch {
		case plainInPath[c]:
		case c == '%':
			if !plainEscape(p, i) {
				return false
			}
			i += 2
		case c == ';' || !legal[c]:
			return false
		case c == '/' && i+1 < len(p) && (p[i+1] == '.' || p[i+1] == '('):
			return false
		}
	}
	return true
}

// plainInPath are the bytes of a path that need no look at their neighbours.
var plainInPath = setOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~" + "!$&'()*+,=:@[]")

// plainQuery accepts queries in which every parameter stays.
func plainQuery(q string) bool {
	for {
		pair, rest, more := strings.Cut(q, "&")
		if pair == "" || dropped(pair) {
			return false
		}
		for i := 0; i < len(pair); i++ {
			switch c := pair[i]; {
			case c == '%':
				if !plainEscape(pair, i) {
					return false
				}
				i += 2
			case !legalInQuery[c]:
				return false
			}
		}
		if !more {
			return true
		}
		q = rest
	}
}

// join puts a relative reference behind the part of the base that it keeps; false where
// that takes more than a look. The result is a short cut's only if it is in normal form.
func join(base *url.URL, ref string) (string, bool) {
	origin := base.Scheme + "://" + base.Host
	path := base.EscapedPath()
	if path == "" {
		path = "/"
	}
	switch {
	case path[0] != '/' || schemeLength(ref) > 0 || strings.IndexByte(ref, '\\') >= 0:
		return "", false
	case strings.HasPrefix(ref, "//"):
		return base.Scheme + ":" + ref, true
	case ref == "" || ref[0] == '#':
		if base.RawQuery != "" {
			path += "?" + base.RawQuery
		}
		return origin + path, true
	case ref[0] == '/':
		return origin + ref, true
	case ref[0] == '?':
		return origin + path + ref, true
	}
	folder, ref := climb(path[:strings.LastIndexByte(path, '/')+1], ref)
	return origin + folder + ref, true
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

// plainEscape reports whether s[i:] starts with an escape that stays as it is.
func plainEscape(s string, i int) bool {
	if i+2 >= len(s) {
		return false
	}
	hi, lo := unhex(s[i+1]), unhex(s[i+2])
	return hi >= 0 && lo >= 0 && s[i+1] <= 'F' && s[i+2] <= 'F' && !unreserved[byte(hi<<4|lo)]
}
