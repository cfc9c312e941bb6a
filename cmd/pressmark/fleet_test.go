//go:build linux

package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"pressmark/crawler/fleet/fleettest"
	testpaper "pressmark/crawler/testweb/paper"
	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/ledger"
)

var (
	fleetSites  = flag.Int("fleet.sites", 12, "sites of TestFleet")
	fleetKills  = flag.Int("fleet.kills", 4, "times that TestFleet kills a worker or Postgres")
	fleetSpread = flag.Duration("fleet.every", 1500*time.Millisecond, "time between two kills of TestFleet")
)

// fleetDelay is the least time between two requests to a host of the test.
const fleetDelay = 100 * time.Millisecond

// watchedHost keeps what the requests to one host did, by the server's own clock.
type watchedHost struct {
	name string
	mu   sync.Mutex
	busy bool
	last time.Time // when the last request was seen; a handler's end may be noted long after the client has the answer
	bad  []string  // breaches of the interval
}

func (h *watchedHost) serve(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		now := time.Now()
		switch gap := now.Sub(h.last); {
		case h.busy:
			h.bad = append(h.bad, r.URL.Path+" while another was under way")
		case gap < fleetDelay:
			h.bad = append(h.bad, fmt.Sprintf("%s %v after the last", r.URL.Path, gap))
		}
		h.busy, h.last = true, now
		h.mu.Unlock()
		next(w, r)
		h.mu.Lock()
		h.busy = false
		h.mu.Unlock()
	}
}

// fleetWeb is a web of papers that publish while the fleet works. All show pictures of
// one host, through a redirect.
type fleetWeb struct {
	mu     sync.Mutex
	papers map[string]int // articles published so far, by host
	hosts  []*watchedHost
	photos string // host of the pictures
	image  []byte
	dir    string // of the sites' files
}

func startFleetWeb(t *testing.T, sites int) *fleetWeb {
	t.Helper()
	web := &fleetWeb{papers: map[string]int{}, dir: t.TempDir(), image: testpaper.Picture(1)}
	web.photos = web.listen(t, "127.0.9.9", func(host string) http.HandlerFunc { return web.photo })
	for n := range sites {
		host := web.listen(t, fmt.Sprintf("127.0.2.%d", n+1), func(host string) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) { web.page(w, r, host, n) }
		})
		yaml := fmt.Sprintf("name: paper-%02d\nhosts: ['%s']\nallow_private: ['%[2]s']\nsources: [{url: 'http://%[2]s/', type: page}]\nrevisit: []\nvisit: {min: 1s, max: 4s}\n", n, host)
		if err := os.WriteFile(filepath.Join(web.dir, fmt.Sprintf("paper-%02d.yaml", n)), []byte(yaml), 0o600); err != nil {
			t.Fatal(err)
		}
		web.mu.Lock()
		web.papers[host] = 2
		web.mu.Unlock()
	}
	return web
}

func (web *fleetWeb) listen(t *testing.T, ip string, handler func(host string) http.HandlerFunc) string {
	t.Helper()
	l, err := net.Listen("tcp", ip+":0")
	if err != nil {
		t.Fatal(err)
	}
	watched := &watchedHost{name: l.Addr().String()}
	web.hosts = append(web.hosts, watched)
	server := &http.Server{Handler: watched.serve(handler(watched.name)), ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return watched.name
}

func (web *fleetWeb) photo(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("n")
	switch r.URL.Path {
	case "/robots.txt":
		http.NotFound(w, r)
	case "/via":
		http.Redirect(w, r, "/photo.png?n="+name, http.StatusFound)
	default:
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(append(slices.Clone(web.image), name...))
	}
}

func fleetStory(n int) string { return fmt.Sprintf("/2024/0301/council-takes-up-bridge-%d.html", n) }

func (web *fleetWeb) page(w http.ResponseWriter, r *http.Request, host string, paper int) {
	web.mu.Lock()
	published := web.papers[host]
	web.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r.URL.Path == "/" {
		var links []string
		for n := range published {
			links = append(links, fleetStory(n))
		}
		fmt.Fprint(w, list("", links...).Body)
		return
	}
	for n := range published {
		if r.URL.Path == fleetStory(n) {
			picture := ""
			if n%3 == 0 {
				picture = fmt.Sprintf(`<figure><img src="http://%s/via?n=%d-%d" width="600" height="400"><figcaption>The bridge</figcaption></figure>`, web.photos, paper, n)
			}
			fmt.Fprint(w, strings.Replace(story(n, "", "").Body, "</div>", picture+"</div>", 1))
			return
		}
	}
	http.NotFound(w, r)
}

// publish gives each paper another article.
func (web *fleetWeb) publish() {
	web.mu.Lock()
	defer web.mu.Unlock()
	for host := range web.papers {
		web.papers[host]++
	}
}

// fleetCrew are the workers' processes.
type fleetCrew struct {
	exe  string
	args []string
	cmds []*exec.Cmd
	logs []*bytes.Buffer
}

func (c *fleetCrew) start(t *testing.T, n int) {
	t.Helper()
	cmd := exec.Command(c.exe, c.args...)
	cmd.Env = append(os.Environ(), "PRESSMARK_CONTACT=mailto:tests@example.org")
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	cmd.Stdout, cmd.Stderr = c.logs[n], c.logs[n]
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c.cmds[n] = cmd
}

func (c *fleetCrew) kill(n int) {
	_ = c.cmds[n].Process.Kill()
	_ = c.cmds[n].Wait()
}

// TestFleet: three workers on one Postgres keep papers on their schedules while they and
// Postgres are killed. Every article is archived once, and no host is asked by two at
// once or sooner than its interval allows, by its own clock.
func TestFleet(t *testing.T) {
	pg := fleettest.Start(t)
	web := startFleetWeb(t, *fleetSites)
	to := filepath.Join(t.TempDir(), "archive")
	crew := &fleetCrew{exe: buildProgram(t), cmds: make([]*exec.Cmd, 3), logs: []*bytes.Buffer{{}, {}, {}}}
	crew.args = []string{"run", "--config", web.dir, "--to", to, "--queue", pg.URL, "--allow-private", "--delay", fleetDelay.String(), "--heartbeat", "500ms",
		"--min", "1s", "--max", "4s", "--batch-age", "1s", "--verbose"}
	for n := range crew.cmds {
		crew.start(t, n)
	}
	t.Cleanup(func() {
		for n := range crew.cmds {
			crew.kill(n)
			if t.Failed() {
				text := crew.logs[n].String()
				t.Logf("worker %d: …%s", n, text[max(0, len(text)-3000):])
			}
		}
	})
	rng := rand.New(rand.NewPCG(7, 7))
	for kills := range *fleetKills {
		tick(t, *fleetSpread)
		web.publish()
		if kills%4 == 3 {
			pg.Kill()
			tick(t, *fleetSpread/2)
			pg.Restart(t)
			continue
		}
		n := rng.IntN(len(crew.cmds))
		crew.kill(n)
		crew.start(t, n)
	}
	web.publish()
	web.waitArchived(t, to)
	web.check(t, to)
	for n := range crew.cmds { // they end in time when asked to
		began := time.Now()
		_ = crew.cmds[n].Process.Signal(syscall.SIGTERM)
		if err := crew.cmds[n].Wait(); err != nil {
			t.Errorf("worker %d after SIGTERM: %v", n, err)
		}
		t.Logf("worker %d drained in %v", n, time.Since(began).Round(time.Millisecond))
		crew.start(t, n)
	}
}

// tick waits for the fleet to have had some time.
func tick(t *testing.T, d time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	<-ctx.Done()
}

// waitArchived waits until the fleet has archived what was published.
func (web *fleetWeb) waitArchived(t *testing.T, to string) {
	t.Helper()
	deadline, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	for {
		missing := 0
		for n := range *fleetSites {
			files, err := filepath.Glob(filepath.Join(to, "articles", fmt.Sprintf("paper-%02d", n), "*.json"))
			if err != nil {
				t.Fatal(err)
			}
			missing += web.papers[web.hosts[n+1].name] - len(files)
		}
		if missing == 0 {
			return
		}
		if deadline.Err() != nil {
			t.Fatalf("%d articles are not archived", missing)
		}
		tick(t, 200*time.Millisecond)
	}
}

// check compares logs and servers with what was promised.
func (web *fleetWeb) check(t *testing.T, to string) {
	t.Helper()
	store, err := dirstore.Open(to)
	if err != nil {
		t.Fatal(err)
	}
	articles, requests := 0, 0
	for n := range *fleetSites {
		site, times := fmt.Sprintf("paper-%02d", n), map[string]int{}
		for rec, err := range storage.Feed(t.Context(), store, site, storage.FeedOptions{}) {
			if err != nil {
				t.Fatal(err)
			}
			if rec.Outcome == ledger.Archived && rec.Kind == ledger.KindPage {
				times[rec.URL]++
				articles++
			}
			if rec.Outcome == ledger.Revised {
				t.Errorf("%s: %s revised: %v", site, rec.URL, rec.Changed)
			}
			requests++
		}
		for url, n := range times {
			if n != 1 {
				t.Errorf("%s archived %d times", url, n)
			}
		}
	}
	if pictures, err := filepath.Glob(filepath.Join(to, "images", "*", "*.png")); err != nil || len(pictures) < *fleetSites {
		t.Errorf("%d pictures of the shared host are archived: %v", len(pictures), err)
	}
	for _, h := range web.hosts {
		h.mu.Lock()
		if len(h.bad) > 0 {
			t.Errorf("%s: %d breaches: %v", h.name, len(h.bad), h.bad[:min(len(h.bad), 5)])
		}
		h.mu.Unlock()
	}
	t.Logf("%d sites, %d articles once each, %d records", *fleetSites, articles, requests)
}
