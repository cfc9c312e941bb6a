package fleet

import (
	"net"
	"slices"
	"strings"

	"pressmark/configs"
	"pressmark/extract/weburl"
)

// Group returns the sites by key. Sites that share a registrable domain have one
// key: the first of their domains. The key of an IP address is the address with its
// port.
func Group(sites []configs.Site) map[string][]configs.Site {
	root := map[string]string{} // domain -> another one of its group; union-find
	var find func(d string) string
	find = func(d string) string {
		if root[d] == "" || root[d] == d {
			root[d] = d
			return d
		}
		root[d] = find(root[d])
		return root[d]
	}
	for i := range sites {
		domains := domainsOf(&sites[i])
		first := find(domains[0])
		for _, d := range domains[1:] {
			a, b := first, find(d)
			if b < a {
				a, b = b, a
			}
			root[b], first = a, a
		}
	}
	out := map[string][]configs.Site{}
	for i := range sites {
		key := find(domainsOf(&sites[i])[0])
		out[key] = append(out[key], sites[i])
	}
	return out
}

func domainsOf(s *configs.Site) []string {
	var out []string
	for _, h := range s.Hosts {
		d := domainOf(strings.TrimPrefix(h, "*."))
		if !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	slices.Sort(out)
	return out
}

func domainOf(host string) string {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	if net.ParseIP(strings.Trim(name, "[]")) != nil {
		return host
	}
	return weburl.RegistrableDomain(name)
}

// priority is the highest of the sites', in River's numbers.
func priority(sites []configs.Site) int {
	out := 4
	for i := range sites {
		out = min(out, map[configs.Priority]int{configs.High: 1, configs.Normal: 2, configs.Low: 3}[sites[i].Visit.Priority])
	}
	return out
}
