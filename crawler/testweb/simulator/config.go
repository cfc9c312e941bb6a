package simulator

import (
	"time"

	"pressmark/configs"
	"pressmark/crawler/testweb/newsroom"
)

// Config is the configuration of a site: what its operator would write.
func (s Site) Config() configs.Site {
	site := configs.Site{Name: s.Name, Hosts: []string{s.Host}, Timezone: time.FixedZone("Etc/GMT-8", 8*3600), Language: "zh",
		Sources: []configs.Source{{URL: s.URL, Type: configs.Page}}}
	if s.Layout == newsroom.County {
		site.Timezone, site.Language = time.FixedZone("Etc/GMT-1", 3600), "en"
	}
	if s.Feed != "" {
		site.Sources = append(site.Sources, configs.Source{URL: s.Feed, Type: configs.Feed}, configs.Source{URL: s.Sitemap, Type: configs.Sitemap})
	}
	return site
}
