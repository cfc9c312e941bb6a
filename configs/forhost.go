package configs

import (
	"fmt"
	"slices"
	"strings"

	"pressmark/extract/weburl"
)

// twins are the first labels under which one site serves other devices.
var twins = [...]string{"", "www.", "m.", "wap.", "mobile.", "amp."}

// ForHost returns the site for a host without a configuration: named after the host, with
// all defaults, owning the host and its mobile and "www" twins, which share the name.
// host is a URL's Host; its port is kept. Private addresses are not allowed unless the
// caller allows them.
func ForHost(host string) Site {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	s := Site{Name: weburl.SiteName(host), Hosts: []string{host}, File: fmt.Sprintf("(made for %s)", host)}
	for _, bare := range twins {
		base, ok := strings.CutPrefix(host, bare)
		if !ok {
			continue
		}
		for _, t := range twins {
			twin := t + base
			if weburl.SiteName(twin) == s.Name && !slices.Contains(s.Hosts, twin) {
				s.Hosts = append(s.Hosts, twin)
			}
		}
	}
	return s
}
