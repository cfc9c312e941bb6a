package weburl

import "strings"

// normalHost returns "host" or "host:port" for a host and port that were read. A user
// name and password are dropped: links must not make a crawler log in, and a log must not
// publish them.
func normalHost(host, port string) (string, error) {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if !strings.HasPrefix(host, "[") && !asciiHost(host) {
		return "", ErrHost
	}
	if port == "0" {
		return "", ErrPort
	}
	if port != "" {
		host += ":" + port
	}
	return host, nil
}

// splitPort cuts ":port" off; the colons of an IPv6 address stay.
func splitPort(authority string) (host, port string) {
	i := strings.LastIndexByte(authority, ':')
	if i < 0 || strings.IndexByte(authority[i:], ']') >= 0 {
		return authority, ""
	}
	return authority[:i], authority[i+1:]
}

// asciiHost reports whether h is made of letters, digits, "-" and "_" in non-empty
// labels, at most 253 bytes in all (RFC 1035, section 2.3.4).
func asciiHost(h string) bool {
	if h == "" || len(h) > 253 {
		return false
	}
	label := 0
	for i := 0; i < len(h); i++ {
		switch c := h[i]; {
		case c == '.':
			if label == 0 {
				return false
			}
			label = 0
		case hostByte(c):
			if label++; label > 63 {
				return false
			}
		default:
			return false
		}
	}
	return label > 0
}

func hostByte(c byte) bool { return asciiLetter(c) || isDigit(c) || c == '-' || c == '_' }

// numberHost reports whether a host ends in a number, which makes it an IPv4 address in
// one of its forms (URL standard, "ends in a number checker"): 127.1, 0x7f.0.0.1.
func numberHost(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" || !isDigit(last[0]) {
		return false
	}
	if hex, ok := strings.CutPrefix(strings.ToLower(last), "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return strings.Trim(last, "0123456789") == ""
}
