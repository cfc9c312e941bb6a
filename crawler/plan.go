package crawler

import (
	"slices"
	"strings"

	"pressmark/configs"
	"pressmark/extract/weburl"
)

// Plan is a site with the places where its run begins.
type Plan struct {
	Site  configs.Site
	Seeds []configs.Source
	// Whole: the run also takes up all URLs that the log holds as unfinished or due, not
	// only those found from the seeds.
	Whole bool
}

// PlanURLs groups URLs by site: a configured one, or one made for the URL's host. A
// URL without a scheme gets https. The error names a malformed URL.
func PlanURLs(urls []string, configured []configs.Site) ([]Plan, error) {
	var out []Plan
	for _, raw := range urls {
		if !strings.Contains(raw, "://") {
			raw = "https://" + raw
		}
		target, err := weburl.Normalize(raw)
		if err != nil {
			return nil, err
		}
		site := siteFor(target, configured)
		seed := configs.Source{URL: target}
		i := slices.IndexFunc(out, func(p Plan) bool { return p.Site.Name == site.Name })
		if i < 0 {
			out = append(out, Plan{Site: site, Seeds: []configs.Source{seed}})
			continue
		}
		out[i].Seeds = append(out[i].Seeds, seed)
		for _, h := range site.Hosts {
			if !slices.Contains(out[i].Site.Hosts, h) {
				out[i].Site.Hosts = append(out[i].Site.Hosts, h)
			}
		}
	}
	return out, nil
}

// siteFor returns the configured site that has the URL's host. If there is none, it
// makes a site that includes all hosts of the registrable domain.
func siteFor(target string, configured []configs.Site) configs.Site {
	host := weburl.HostOf(target)
	if s := configs.Find(configured, host); s != nil {
		return *s
	}
	site := configs.ForHost(host)
	if d := weburl.RegistrableDomain(host); d != host && strings.Contains(d, ".") {
		site.Hosts = append(site.Hosts, d, "*."+d)
	}
	return site
}

// PlanSite plans a configured site's run from its sources, or from the front
// page of its first host if it has none.
func PlanSite(site configs.Site) Plan {
	seeds := site.Sources
	if len(seeds) == 0 {
		seeds = []configs.Source{{URL: "https://" + strings.TrimPrefix(site.Hosts[0], "*.") + "/"}}
	}
	return Plan{Site: site, Seeds: seeds, Whole: true}
}
