package crawler

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"

	"pressmark/configs"
	"pressmark/crawler/fetch"
	"pressmark/crawler/proxy"
)

// AccessOf reads the secrets of a site from where its file says they are, and returns how
// its requests are made; nil: as all others. The error wraps configs.ErrSecret if a secret
// cannot be had.
func AccessOf(s *configs.Site) (*fetch.Access, error) {
	a := &fetch.Access{UserAgent: s.Access.UserAgent}
	var err error
	if a.Proxy, err = proxyOf(s); err != nil {
		return nil, err
	}
	header, err := credentialFields(&s.Access)
	if err != nil {
		return nil, err
	}
	if len(header) > 0 {
		a.Credentials = fetch.NewCredentials(header, s.HasHost, !underTLS(s))
	}
	if a.Proxy == nil && a.UserAgent == "" && a.Credentials == nil {
		return nil, nil
	}
	return a, nil
}

// proxyOf returns the site's own proxy, nil if it has none.
func proxyOf(s *configs.Site) (*proxy.Setting, error) {
	text := s.Access.Proxy
	if from := s.Access.ProxyFrom; from != nil {
		var err error
		if text, err = from.Read(); err != nil {
			return nil, err
		}
	}
	if text == "" {
		return nil, nil
	}
	setting, err := proxy.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s: proxy: %w: %w", s.File, configs.ErrSecret, err)
	}
	return &setting, nil
}

// credentialFields returns the request fields that hold a site's credentials.
func credentialFields(a *configs.Access) (http.Header, error) {
	header := http.Header{}
	for i := range a.Headers {
		value, err := a.Headers[i].Value.Read()
		if err != nil {
			return nil, err
		}
		header.Set(a.Headers[i].Name, value)
	}
	var cookies []string
	for i := range a.Cookies {
		value, err := a.Cookies[i].Value.Read()
		if err != nil {
			return nil, err
		}
		cookies = append(cookies, a.Cookies[i].Name+"="+value)
	}
	if len(cookies) > 0 {
		header.Set("Cookie", strings.Join(cookies, "; "))
	}
	switch {
	case a.Basic != nil:
		pair, err := a.Basic.Read()
		if err != nil {
			return nil, err
		}
		header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(pair)))
	case a.Bearer != nil:
		token, err := a.Bearer.Read()
		if err != nil {
			return nil, err
		}
		header.Set("Authorization", "Bearer "+token)
	}
	return header, nil
}

// underTLS reports whether a site's credentials go over https alone: they do, unless all
// of its sources are http.
func underTLS(s *configs.Site) bool {
	for _, source := range s.Sources {
		if strings.HasPrefix(source.URL, "https:") {
			return true
		}
	}
	return len(s.Sources) == 0
}
