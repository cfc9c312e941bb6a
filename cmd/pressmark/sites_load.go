package main

import (
	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/extract"
	"pressmark/extract/weburl"
)

// newExtractor makes the extractor for the site that --site or --url names.
func newExtractor(f extractFlags) (*extract.Extractor, error) {
	if f.site == "" && f.config == "" {
		return extract.New(extract.Options{Version: "pressmark " + version}), nil
	}
	sites, err := loadSites(f.config)
	if err != nil {
		return nil, err
	}
	for i := range sites {
		byHost := f.site == "" && f.url != "" && sites[i].HasHost(weburl.HostOf(f.url))
		if byHost || sites[i].Name == f.site {
			return extract.New(optionsFor(&sites[i], nil)), nil
		}
	}
	if f.site == "" {
		return extract.New(extract.Options{Version: "pressmark " + version}), nil
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
