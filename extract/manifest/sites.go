package manifest

import (
	"context"
	"sync"

	"pressmark/configs"
	"pressmark/extract"
	"pressmark/extract/weburl"
)

// Sites makes an extractor for each site whose pages are read: the configured site
// that has the page's host, or one made for the host. Safe for concurrent use.
type Sites struct {
	// Configured are the sites that are known.
	Configured []configs.Site
	// Options are those of a site's extractor; called once a site and host.
	Options func(ctx context.Context, s *configs.Site) (extract.Options, error)

	mu   sync.Mutex
	made map[[2]string]*extract.Extractor // by site and host
	any  *extract.Extractor
}

// For returns the extractor of a page. It is an [Extractors].
func (s *Sites) For(ctx context.Context, p *Page) (*extract.Extractor, error) {
	host := weburl.HostOf(p.URL)
	key := [2]string{p.Site, host}
	s.mu.Lock()
	defer s.mu.Unlock()
	if x, ok := s.made[key]; ok {
		return x, nil
	}
	site := configs.ForHost(host)
	if found := configs.Find(s.Configured, host); found != nil {
		site = *found
	}
	if p.Site != "" {
		site.Name = p.Site
	}
	o, err := s.Options(ctx, &site)
	if err != nil {
		return nil, err
	}
	if s.made == nil {
		s.made, s.any = map[[2]string]*extract.Extractor{}, extract.New(extract.Options{})
	}
	x := s.any.For(o) // one scratch memory for all
	s.made[key] = x
	return x, nil
}
