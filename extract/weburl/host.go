package weburl

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// lookup maps international names as browsers do (UTS 46, non-transitional).
// Strict names are not asked for: hosts with "_" exist and answer.
var lookup = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false))

// normalHost gives "host" or "host:port" for an authority (RFC 3986, section 3.2).
// A user name and password are dropped: links must not make a crawler log in, and
// a log must not publish them. A default port is left for purell to drop.
func normalHost(authority string) (string, error) {
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		authority = authority[i+1:]
	}
	host, port := splitPort(authority)
	port, err := normalPort(port)
	if err != nil {
		return "", err
	}
	if strings.HasPrefix(host, "[") {
		host, err = ipv6(host)
	} else {
		host, err = hostName(host)
	}
	if err != nil {
		return "", err
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

func normalPort(port string) (string, error) {
	if port == "" {
		return "", nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 {
		return "", ErrPort
	}
	return strconv.FormatUint(n, 10), nil
}

func ipv6(host string) (string, error) {
	inner, ok := strings.CutSuffix(host[1:], "]")
	if !ok {
		return "", ErrHost
	}
	addr, err := netip.ParseAddr(inner)
	if err != nil || !addr.Is6() || addr.Zone() != "" {
		return "", ErrHost
	}
	return "[" + addr.String() + "]", nil
}

func hostName(host string) (string, error) {
	if len(host) > 1024 { // mapping takes time; no name is that long, escaped or not
		return "", ErrHost
	}
	if strings.Contains(host, "%") {
		plain, err := url.PathUnescape(host)
		if err != nil {
			return "", ErrHost
		}
		host = plain
	}
	if !asciiHost(strings.TrimSuffix(host, ".")) {
		mapped, err := lookup.ToASCII(host)
		if err != nil {
			return "", ErrHost
		}
		host = mapped
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if !asciiHost(host) {
		return "", ErrHost
	}
	return host, nil
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
		case 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_':
			if label++; label > 63 {
				return false
			}
		default:
			return false
		}
	}
	return label > 0
}

func hasUpper(s string) bool {
	for i := 0; i < len(s); i++ {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return true
		}
	}
	return false
}
