package fetch

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"sync"

	"golang.org/x/net/publicsuffix"
)

// Bounds of a jar. RFC 6265, 6.1 asks for 50 cookies a domain of 4,096 bytes each, and
// has no bound of what is sent; servers refuse heads of more than 8 KiB.
const (
	cookiesPerHost = 50
	cookiesSize    = 8 << 10  // bytes sent with a request, and the largest cookie's limit with it
	cookieSize     = 4 << 10  // name and value; larger cookies are not kept
	jarSize        = 16 << 10 // bytes kept of a host
	jarHosts       = 64       // redirects lead to others
)

// jar is a cookie jar with bounds: the cookies set longest ago give way.
type jar struct {
	mu    sync.Mutex
	inner *cookiejar.Jar
	hosts map[string][]kept
}

// kept is what is needed to take a cookie out of the jar again.
type kept struct {
	from               *url.URL
	name, domain, path string
	size               int
}

func (k kept) same(o kept) bool { return k.name == o.name && k.domain == o.domain && k.path == o.path }

func newJar() *jar {
	inner, _ := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}) // it never fails, by its documentation
	return &jar{inner: inner, hosts: map[string][]kept{}}
}

// SetCookies implements http.CookieJar.
func (j *jar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	j.mu.Lock()
	defer j.mu.Unlock()
	host := u.Hostname()
	if _, known := j.hosts[host]; !known && len(j.hosts) >= jarHosts {
		return
	}
	list := j.hosts[host]
	for _, c := range cookies {
		k := kept{from: u, name: c.Name, domain: c.Domain, path: c.Path, size: len(c.Name) + len(c.Value)}
		if k.size > cookieSize {
			continue
		}
		list = slices.DeleteFunc(list, k.same)
		list = append(list, k)
		j.inner.SetCookies(u, []*http.Cookie{c})
		list = j.bound(list)
	}
	j.hosts[host] = list
}

// bound takes out the oldest cookies of a host until the rest is within the bounds.
func (j *jar) bound(list []kept) []kept {
	size := 0
	for _, k := range list {
		size += k.size
	}
	for len(list) > cookiesPerHost || size > jarSize {
		old := list[0]
		list, size = list[1:], size-old.size
		j.inner.SetCookies(old.from, []*http.Cookie{{Name: old.name, Domain: old.domain, Path: old.path, MaxAge: -1}})
	}
	return list
}

// Cookies implements http.CookieJar.
func (j *jar) Cookies(u *url.URL) []*http.Cookie {
	cookies, size := j.inner.Cookies(u), 0
	for i, c := range cookies {
		if size += len(c.Name) + len(c.Value) + len("=; "); size > cookiesSize || i >= cookiesPerHost {
			return cookies[:i]
		}
	}
	return cookies
}
