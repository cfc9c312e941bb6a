package newsroom

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed stories/*.txt
var storyFiles embed.FS

// FirstPort is the port of 127.0.0.1 at which the demo's configuration expects
// demo-client; demo-portal and demo-county have the two ports after it.
const FirstPort = 18431

// Options adjust a newsroom. The zero value is ready for use.
type Options struct {
	// AnyPort takes free ports at once; otherwise FirstPort and the
	// two after it are tried first.
	AnyPort bool
	// Now gives the time for headers, feeds and edits; nil means time.Now.
	Now func() time.Time
	// Delay is the Crawl-delay of every robots.txt; 0 means each site's own
	// (a fifth to a quarter of a second), a negative one means none.
	Delay time.Duration
	// NoValidators: see [SiteOptions].
	NoValidators bool
	Album        *Album // nil: one for each site
}

// Newsroom is the three sites with their servers.
type Newsroom struct {
	sites   []*Site
	servers []*http.Server
	done    sync.WaitGroup
	stop    func() bool
}

// New makes the three sites without listening, at the default addresses.
func New(o Options) ([]*Site, error) {
	var sites []*Site
	for i, layout := range []Layout{Client, Portal, County} {
		text, err := storyFiles.ReadFile("stories/" + string(layout) + ".txt")
		if err != nil {
			return nil, fmt.Errorf("read stories: %w", err)
		}
		stories, err := parseStories(string(layout)+".txt", string(text))
		if err != nil {
			return nil, err
		}
		site, err := NewSite(SiteOptions{
			Name: "demo-" + string(layout), Layout: layout, URL: address(FirstPort + i), Stories: stories,
			Now: o.Now, Delay: o.Delay, NoValidators: o.NoValidators, Album: o.Album,
		})
		if err != nil {
			return nil, err
		}
		sites = append(sites, site)
	}
	return sites, nil
}

func address(port int) string { return "http://127.0.0.1:" + strconv.Itoa(port) }

// Start makes the three sites and serves each on a port of 127.0.0.1 until ctx
// ends or Close is called.
func Start(ctx context.Context, o Options) (*Newsroom, error) {
	sites, err := New(o)
	if err != nil {
		return nil, fmt.Errorf("start newsroom: %w", err)
	}
	n := &Newsroom{sites: sites}
	for i, site := range sites {
		port := FirstPort + i
		if o.AnyPort {
			port = 0
		}
		if err := n.serve(ctx, site, port); err != nil {
			n.Close()
			return nil, fmt.Errorf("start newsroom: %w", err)
		}
	}
	n.stop = context.AfterFunc(ctx, n.closeServers)
	return n, nil
}

func (n *Newsroom) serve(ctx context.Context, site *Site, port int) error {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:"+strconv.Itoa(port))
	if err != nil && port != 0 { // the port is taken: any other will do
		l, err = lc.Listen(ctx, "tcp", "127.0.0.1:0")
	}
	if err != nil {
		return err
	}
	site.SetURL("http://" + l.Addr().String())
	server := &http.Server{Handler: site, ReadHeaderTimeout: 10 * time.Second}
	n.servers = append(n.servers, server)
	n.done.Go(func() { server.Serve(l) }) // ends with http.ErrServerClosed
	return nil
}

// Sites returns demo-client, demo-portal and demo-county, in this order.
func (n *Newsroom) Sites() []*Site { return n.sites }

// Site returns the site of that name, nil where there is none.
func (n *Newsroom) Site(name string) *Site {
	for _, s := range n.sites {
		if s.name == name {
			return s
		}
	}
	return nil
}

// Rewrite replaces the default addresses in text, such as a site's
// configuration, by those at which the sites are served.
func (n *Newsroom) Rewrite(text string) string {
	var pairs []string
	for i, s := range n.sites {
		was, _ := strings.CutPrefix(address(FirstPort+i), "http://")
		is, _ := strings.CutPrefix(s.URL(), "http://")
		pairs = append(pairs, was, is)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Violations returns the requests for what the robots.txt files disallow, of all sites.
func (n *Newsroom) Violations() []Request {
	var out []Request
	for _, s := range n.sites {
		out = append(out, s.Violations()...)
	}
	return out
}

// Close stops the servers and waits until they have ended.
func (n *Newsroom) Close() error {
	if n.stop != nil {
		n.stop()
	}
	err := n.shut()
	n.done.Wait()
	return err
}

func (n *Newsroom) closeServers() { n.shut() } // there is nobody left to return an error to

func (n *Newsroom) shut() error {
	var errs []error
	for _, s := range n.servers {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}
