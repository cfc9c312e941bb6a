package main

import (
	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/extract"
	"pressmark/extract/weburl"
)

// newExtractor makes the extractor for the site that --site or --url names.
func newExtractor(f extractFlags) (*extract.Extractor, error) {
	site, err := siteFor(f)
	if err != nil {
		return nil, err
	}
	if site == nil {
		return extract.New(extract.Options{Version: "pressmark " + version}), nil
	}
	return extract.New(optionsFor(site, nil)), nil
}

// siteFor returns the configured site that --site names or that has the host of --url,
// nil if there is none.
func siteFor(f extractFlags) (*configs.Site, error) {
	if f.site == "" && f.config == "" {
		return nil, nil
	}
	sites, err := loadSites(f.config)
	if err != nil {
		return nil, err
	}
	for i := range sites {
		byHost := f.site == "" && f.url != "" && sites[i].HasHost(weburl.HostOf(f.url))
		if byHost || sites[i].Name == f.site {
			return &sites[i], nil
		}
	}
	if f.site == "" {
		return nil, nil
	}
	return nil, noSite(f.site, f.config)
}

// optionsFor returns the options of a configured site's extractor.
func optionsFor(s *configs.Site, m *extract.Memory) extract.Options {
	return crawler.ExtractOptions(s, m, version)
}

// loadSites reads the configured sites: the built-in ones where path is "".
func loadSites(path string) ([]configs.Site, error) {
	if path == "" {
		return configs.Builtin()
	}
	return configs.Load(path)
}
