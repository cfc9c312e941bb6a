package crawler_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/pace"
	"pressmark/crawler/visit"
)

// TestDelayOfAHostThatRedirectsLeadTo: the site's delay holds on a host that no
// link names, and that only redirects of another host of the site lead to.
func TestDelayOfAHostThatRedirectsLeadTo(t *testing.T) {
	const delay = 120 * time.Millisecond
	var mu sync.Mutex
	var asked []time.Time
	to := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		asked = append(asked, time.Now())
		mu.Unlock()
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!DOCTYPE html><html><body>a page</body></html>"))
	}))
	defer to.Close()
	from := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, to.URL+r.URL.Path, http.StatusFound)
	}))
	defer from.Close()

	pacer := pace.New(pace.Options{Floor: -1})
	client := fetch.New(fetch.Options{AllowPrivate: true, Pacer: pacer})
	defer client.Close()
	job := jobFor("a", &shelf{commit: func(context.Context) error { return nil }})
	job.Seeds[0].URL = from.URL + "/"
	job.Site.Hosts = []string{strings.TrimPrefix(from.URL, "http://"), strings.TrimPrefix(to.URL, "http://")}
	job.Site.Delay = delay
	if _, err := crawler.New(crawler.Options{Fetcher: client, Ready: pacer.Ready, Hosts: visit.Hosts{SetDelay: pacer.SetDelay}}).Run(t.Context(), []crawler.Job{job}); err != nil {
		t.Fatal(err)
	}
	if len(asked) < 2 {
		t.Fatalf("%d requests, want robots.txt and the page", len(asked))
	}
	for i, at := range asked[1:] {
		if gap := at.Sub(asked[i]); gap < delay {
			t.Errorf("request %d came after %v, want %v", i+1, gap, delay)
		}
	}
}
