package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pressmark/crawler/testweb/newsroom"
	"pressmark/storage/storagetest/faultproxy"
	"pressmark/storage/storagetest/versitygw"
)

// troubled is an S3 server behind a proxy, the demo's sites, and what an
// undisturbed crawl of them archives.
type troubled struct {
	*killer
	server *versitygw.Server
	proxy  *faultproxy.Proxy
	mode   atomic.Int32 // one of the constants below

	mu   sync.Mutex
	puts []string // keys written, or tried to, since the last call of wrote
}

const (
	sound  int32 = iota
	moody        // one request in five goes wrong, in one way or another
	absent       // 503 for everything
)

func startTroubled(t *testing.T) *troubled {
	t.Helper()
	_, config := startRoom(t, newsroom.Options{Delay: -1})
	x := &troubled{killer: &killer{exe: buildProgram(t), config: config}, server: versitygw.Start(t, versitygw.Options{})}
	x.startProxy(t)
	return x
}

// beside is the same server and the same sites behind a proxy of its own.
func (x *troubled) beside(t *testing.T) *troubled {
	t.Helper()
	y := &troubled{killer: x.killer, server: x.server}
	y.startProxy(t)
	return y
}

func (x *troubled) startProxy(t *testing.T) {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	moods := []faultproxy.Fault{faultproxy.SlowDown, faultproxy.Reset, faultproxy.Lost, faultproxy.Cut, faultproxy.Slow}
	x.proxy = faultproxy.Start(t, x.server.Endpoint, func(_ int, r *http.Request) faultproxy.Fault {
		if r.Method == http.MethodPut || r.Method == http.MethodPost {
			x.mu.Lock()
			x.puts = append(x.puts, r.URL.Path)
			x.mu.Unlock()
		}
		switch x.mode.Load() {
		case absent:
			return faultproxy.SlowDown
		case moody:
			if rng.IntN(5) == 0 {
				return moods[rng.IntN(len(moods))]
			}
		}
		return faultproxy.None
	})
}

// env is how a process finds the store through the proxy.
func (x *troubled) env() []string {
	return append(slices.Clone(x.server.Env()), "AWS_ENDPOINT_URL_S3="+x.proxy.URL)
}

func (x *troubled) to(name string) string { return "s3://" + x.server.Bucket + "/" + name }

// wrote returns the keys written since it was called last.
func (x *troubled) wrote() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	puts := x.puts
	x.puts = nil
	return puts
}

func (x *troubled) compare(t *testing.T, what string, want archiveState, name string) {
	t.Helper()
	if d := cmp.Diff(want, x.state(t, x.to(name), x.server.Env()), cmp.AllowUnexported(archiveState{}), cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s: the archive differs (- undisturbed, + this):\n%s", what, d)
	}
}

// TestCrawlIntoATroubledStore: through a fifth of all requests going wrong a
// crawl archives what it archives into a sound store, and so do two and three
// at once; a crawl with nothing new writes nothing; one whose store goes away ends with the reason, and the next
// completes the archive.
func TestCrawlIntoATroubledStore(t *testing.T) {
	x := startTroubled(t)
	left, away := make(chan error, 1), x.beside(t)
	go func() { left <- away.leave(t.Context(), "away") }() // most of a minute, in which it waits between tries
	x.crawl(t, x.to("sound"), x.env(), 0)
	want := x.state(t, x.to("sound"), x.server.Env())
	if n := len(x.wrote()); len(want.articles) < 45 || n < 45 {
		t.Fatalf("%d articles, %d objects written", len(want.articles), n)
	}
	x.crawl(t, x.to("sound"), x.env(), 0) // it may still learn something of the site
	x.wrote()
	x.crawl(t, x.to("sound"), x.env(), 0)
	if puts := x.wrote(); len(puts) > 0 {
		t.Errorf("a crawl of unchanged sites wrote %v", puts)
	}

	for _, n := range []int{2, 3} {
		name := fmt.Sprint("crowd", n)
		x.crowd(t, n, name)
		x.crawl(t, x.to(name), x.env(), 0)
		x.compare(t, fmt.Sprint(n, " crawls at once"), want, name)
	}

	x.mode.Store(moody)
	x.crawl(t, x.to("moody"), x.env(), 0)
	x.mode.Store(sound)
	x.compare(t, "faults", want, "moody")
	for _, f := range []faultproxy.Fault{faultproxy.SlowDown, faultproxy.Reset, faultproxy.Lost, faultproxy.Cut, faultproxy.Slow} {
		if x.proxy.Count(f) == 0 {
			t.Errorf("%s never happened", f)
		}
	}

	if err := <-left; err != nil {
		t.Error(err)
	}
	away.mode.Store(sound)
	away.crawl(t, away.to("away"), away.env(), 0)
	away.compare(t, "a store that was away", want, "away")
}

// crowd runs n crawls of all sites at once. One that loses says so.
func (x *troubled) crowd(t *testing.T, n int, name string) {
	t.Helper()
	var cmds []*exec.Cmd
	var outs []*bytes.Buffer
	for range n {
		cmd, out := x.command(t.Context(), x.to(name), x.env())
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		cmds, outs = append(cmds, cmd), append(outs, out)
	}
	for i, cmd := range cmds {
		var exit *exec.ExitError
		if err := cmd.Wait(); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != exitFailures || !strings.Contains(outs[i].String(), "another")) {
			t.Errorf("one of %d crawls at once: %v\n%s", n, err, outs[i])
		}
	}
}

// leave runs a crawl whose store goes away in the middle and stays away.
func (x *troubled) leave(ctx context.Context, name string) error {
	cmd, out := x.command(ctx, x.to(name), x.env())
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	before := x.proxy.Requests()
	for x.proxy.Requests() < before+60 {
		select {
		case err := <-ended:
			return fmt.Errorf("it ended before the store went away: %w\n%s", err, out)
		case <-time.After(2 * time.Millisecond):
		}
	}
	x.mode.Store(absent)
	err := <-ended
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitMachine || !strings.Contains(out.String(), "the store is overloaded or out of order; run the same command again later") {
		return fmt.Errorf("a crawl whose store went away: %w\n%s", err, out)
	}
	return nil
}
