package fetch

import (
	"container/list"
	"context"
	"net/http"
	"sync"

	"github.com/gocolly/colly/v2"
)

// engines keeps the Colly collectors: those of the hosts used last, one a host
// unless there are several requests at a time. A collector serves one request
// at a time, so that its Context can be the request's.
type engines struct {
	client *Client
	most   int

	mu     sync.Mutex
	hosts  map[string]*list.Element // of *engine
	recent *list.List               // most recently used first
}

// engine is one host's collectors that are not in use, and its cookies.
type engine struct {
	host string
	jar  http.CookieJar // nil: cookies are neither kept nor sent
	idle []*colly.Collector
}

func newEngines(c *Client, most int) *engines {
	return &engines{client: c, most: most, hosts: map[string]*list.Element{}, recent: list.New()}
}

// take returns a collector for a host and the engine to give it back to.
func (e *engines) take(host string, cookies bool) (*engine, *colly.Collector) {
	key := engineKey(host, cookies)
	e.mu.Lock()
	defer e.mu.Unlock()
	element, ok := e.hosts[key]
	if !ok {
		en := &engine{host: key}
		if cookies {
			en.jar = newJar()
		}
		element = e.recent.PushFront(en)
		e.hosts[key] = element
		e.evict()
	}
	e.recent.MoveToFront(element)
	en, _ := element.Value.(*engine)
	if n := len(en.idle); n > 0 {
		collector := en.idle[n-1]
		en.idle = en.idle[:n-1]
		return en, collector
	}
	return en, e.client.newCollector(en.jar)
}

func engineKey(host string, cookies bool) string {
	if cookies {
		return host + " with cookies"
	}
	return host
}

// hasCookies reports whether a host was asked with cookies and is still remembered.
func (e *engines) hasCookies(host string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	_, ok := e.hosts[engineKey(host, true)]
	return ok
}

// give returns a collector; one is kept.
func (e *engines) give(en *engine, collector *colly.Collector) {
	collector.Context = context.Background()
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(en.idle) == 0 {
		en.idle = append(en.idle, collector)
	}
}

func (e *engines) evict() {
	for len(e.hosts) > e.most {
		last := e.recent.Back()
		en, _ := e.recent.Remove(last).(*engine)
		delete(e.hosts, en.host)
	}
}

// newCollector makes a collector of which only what this package wants is on.
// Init, and not NewCollector, because the latter lets COLLY_ variables of the
// environment override everything.
func (c *Client) newCollector(jar http.CookieJar) *colly.Collector {
	collector := &colly.Collector{}
	collector.Init()
	collector.UserAgent = c.userAgent
	collector.IgnoreRobotsTxt = true        // the gate of the chain knows better
	collector.AllowURLRevisit = true        // what was seen is the frontier's matter
	collector.ParseHTTPErrorResponse = true // 304 and 404 are answers
	collector.MaxBodySize = 0               // the chain has caps that do not cut silently
	collector.SetClient(&http.Client{Transport: c.chain, Jar: jar})
	collector.SetRedirectHandler(c.redirect) // after SetClient, which drops it
	collector.OnResponse(func(r *colly.Response) {
		j, ok := r.Ctx.GetAny("job").(*job)
		if !ok {
			return
		}
		r.Body = j.last().body
		j.responded = true
	})
	return collector
}
