package weburl

import "strings"

// alreadyNormal reports whether a cleaned text is in normal form but for a
// fragment and the slash behind a bare host, and returns the normal form. Nearly all links of a real page
// are, and one scan without an allocation answers for them; whatever it does not
// know goes the long way. It may say false for a normal form, never true for
// another text.
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

// plainAuthority knows host names in lower case, with or without a port.
func plainAuthority(a, defaultPort string) bool {
	host, port, ok := strings.Cut(a, ":")
	if ok && (port == defaultPort || !plainPort(port)) {
		return false
	}
	return asciiHost(host) && !hasUpper(host)
}

// plainPort knows numbers up to 9999 and five-digit ones below 60000.
func plainPort(p string) bool {
	if p == "" || len(p) > 5 || p[0] == '0' || len(p) == 5 && p[0] > '5' {
		return false
	}
	for i := 0; i < len(p); i++ {
		if p[i] < '0' || p[i] > '9' {
			return false
		}
	}
	return true
}

// plainPath knows paths without dot segments, path parameters and cookieless sessions.
func plainPath(p string) bool {
	for i := 0; i < len(p); i++ {
		c := p[i]
		switch {
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

// plainQuery knows queries in which every parameter stays.
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
			case c != '?' && !legal[c]:
				return false
			}
		}
		if !more {
			return true
		}
		q = rest
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
