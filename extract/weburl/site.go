package weburl

import (
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// HostOf returns the host of an address in normal form, with its port if there is one,
// without parsing the address; "" if the text is not such an address.
func HostOf(normal string) string {
	_, rest, ok := strings.Cut(normal, "://")
	if !ok {
		return ""
	}
	for i := 0; i < len(rest); i++ {
		if c := rest[i]; c == '/' || c == '?' || c == '#' {
			return rest[:i]
		}
	}
	return rest
}

// RegistrableDomain returns the domain under which a host's owner registered it
// ("news.example.com.cn" gives "example.com.cn"), by the public suffix list. An IP
// address, a single label and a public suffix itself stand for themselves; they keep
// their port, because the ports of a lab machine are different sites. Ports of names
// are dropped. host may be in any case.
func RegistrableDomain(host string) string {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	name, _ := splitPort(host)
	if !strings.Contains(name, ".") || isAddress(name) {
		return host
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(strings.TrimSuffix(name, "."))
	if err != nil {
		return host
	}
	return domain
}

// SameSite reports whether two hosts share their registrable domain.
func SameSite(a, b string) bool {
	return strings.EqualFold(a, b) || InDomain(b, RegistrableDomain(a))
}

// InDomain reports whether a host has a registrable domain, in lower case. Most hosts of
// other sites are told by their end alone, without the public suffix list.
func InDomain(host, domain string) bool {
	end := len(host) - len(domain) - len(".:65535")
	return strings.Contains(strings.ToLower(host[max(end, 0):]), domain) && RegistrableDomain(host) == domain
}

// twins are the first labels of hosts that serve the same site to other devices.
var twins = []string{"www.", "m.", "wap.", "mobile.", "amp."}

// maxSiteName is the longest site name in bytes: one DNS label.
const maxSiteName = 63

// SiteName returns the name under which a host without a configuration is archived:
// lower case letters, digits and "-", 1 to 63 bytes, always the same for the same
// host. "." becomes "-" and "-" becomes "--", so that different hosts get different
// names; "www." and the names of mobile twins are dropped. What cannot be spelled
// so (an IPv6 address, a very long name) gets a hash of the host at its end.
func SiteName(host string) string {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	bare := withoutTwin(host)
	name, exact := spell(bare)
	if exact && len(name) <= maxSiteName {
		return name
	}
	sum := sha256.Sum256([]byte(bare))
	tail := "-" + hex.EncodeToString(sum[:5])
	if room := maxSiteName - len(tail); len(name) > room {
		name = name[:room]
	}
	if name = strings.Trim(name, "-"); name == "" {
		name = "site"
	}
	return name + tail
}

// withoutTwin drops "www." and the like where what remains is still a whole
// registrable name: "www.gov.cn" stays.
func withoutTwin(host string) string {
	for _, t := range twins {
		rest, ok := strings.CutPrefix(host, t)
		if !ok {
			continue
		}
		name, _ := splitPort(rest)
		if _, err := publicsuffix.EffectiveTLDPlusOne(name); err == nil && !isAddress(name) {
			return rest
		}
	}
	return host
}

// spell writes a host in a site name's characters; exact is false where two hosts
// could be spelled alike.
func spell(host string) (name string, exact bool) {
	var b strings.Builder
	exact = host != ""
	previous := byte('.')
	for i := 0; i < len(host); i++ {
		c := host[i]
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			b.WriteByte(c)
		case c == '-':
			exact = exact && previous != '.' && previous != ':'
			b.WriteString("--")
		case c == '.' || c == ':':
			exact = exact && previous != '.' && previous != ':' && previous != '-'
			b.WriteByte('-')
		default:
			exact = false
			b.WriteByte('-')
		}
		previous = c
	}
	if previous == '.' || previous == ':' || previous == '-' {
		exact = false
	}
	return b.String(), exact
}

func isAddress(name string) bool {
	_, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return err == nil
}
