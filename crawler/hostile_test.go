package crawler_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pressmark/crawler/testweb/simulator"
	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/ledger"
)

// Where the stories and the pictures of the simulated sites in the layout of a
// news client are.
const stories, pictures = "/content/", "/files/"

// TestEveryFaultHasItsOutcome crawls a site whose stories, or pictures, all
// have one fault: what the log then says of each story is one of a few codes,
// and an article whose pictures alone are bad is archived without them.
func TestEveryFaultHasItsOutcome(t *testing.T) {
	for _, tt := range []struct {
		fault simulator.Fault
		want  []string // outcome and reason of stories; status of pictures
	}{
		{simulator.Fault{Kind: simulator.RateLimit, Path: stories, Wait: 30 * time.Second}, []string{"failed http_429", "queued seen"}},
		{simulator.Fault{Kind: simulator.RateLimitDate, Path: stories, Wait: 30 * time.Second}, []string{"failed http_429", "queued seen"}},
		{simulator.Fault{Kind: simulator.ServerError, Path: stories}, []string{"failed http_503", "queued seen"}},
		{simulator.Fault{Kind: simulator.Drip, Path: stories, Wait: 200 * time.Millisecond}, []string{"archived"}},
		{simulator.Fault{Kind: simulator.Hang, Path: stories}, []string{"failed timeout", "queued seen"}},
		{simulator.Fault{Kind: simulator.HangBody, Path: stories}, []string{"failed timeout", "queued seen"}},
		{simulator.Fault{Kind: simulator.LongLength, Path: stories}, []string{"archived"}}, // the page shows its end
		{simulator.Fault{Kind: simulator.ShortLength, Path: stories}, []string{"archived"}},
		{simulator.Fault{Kind: simulator.CutBody, Path: stories}, []string{"failed cut_body"}},
		{simulator.Fault{Kind: simulator.Reset, Path: stories}, []string{"failed connect", "queued seen"}},
		{simulator.Fault{Kind: simulator.Garbage, Path: stories}, []string{"failed bad_response", "queued seen"}},
		{simulator.Fault{Kind: simulator.GzipBomb, Path: stories}, []string{"skipped bomb", "skipped too_large"}},
		{simulator.Fault{Kind: simulator.Endless, Path: stories}, []string{"skipped too_large"}},
		{simulator.Fault{Kind: simulator.HugeHeader, Path: stories}, []string{"failed header_too_large"}},
		{simulator.Fault{Kind: simulator.RedirectLoop, Path: stories}, []string{"skipped redirect_loop"}},
		{simulator.Fault{Kind: simulator.RedirectChain, Path: stories}, []string{"skipped private_address"}},
		{simulator.Fault{Kind: simulator.WrongType, Path: stories}, []string{"archived"}},
		{simulator.Fault{Kind: simulator.Empty, Path: stories}, []string{"failed empty_body"}},
		{simulator.Fault{Kind: simulator.SoftError, Path: stories}, []string{"failed error_page"}},
		{simulator.Fault{Kind: simulator.CookieWall, Path: stories}, []string{"archived"}},
		{simulator.Fault{Kind: simulator.ServerError, Path: pictures}, []string{"failed"}},
		{simulator.Fault{Kind: simulator.Hang, Path: pictures}, []string{"failed"}},
		{simulator.Fault{Kind: simulator.CutBody, Path: pictures}, []string{"failed"}},
		{simulator.Fault{Kind: simulator.GzipBomb, Path: pictures}, []string{"too_large"}},
		{simulator.Fault{Kind: simulator.ImageBomb, Path: pictures}, []string{"too_large"}},
		{simulator.Fault{Kind: simulator.Endless, Path: pictures}, []string{"too_large"}},
		{simulator.Fault{Kind: simulator.RedirectLoop, Path: pictures}, []string{"failed"}},
		{simulator.Fault{Kind: simulator.RedirectChain, Path: pictures}, []string{"blocked"}},
		{simulator.Fault{Kind: simulator.WrongType, Path: pictures}, []string{"archived"}},
		{simulator.Fault{Kind: simulator.HTMLForImage, Path: pictures}, []string{"not_image"}},
		{simulator.Fault{Kind: simulator.Empty, Path: pictures}, []string{"not_image"}},
		{simulator.Fault{Kind: simulator.CookieWall, Path: pictures}, []string{"archived"}},
	} {
		t.Run(string(tt.fault.Kind)+" of "+strings.Trim(tt.fault.Path, "/"), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				got := crawlFaulty(t, dir, tt.fault)
				for _, outcome := range got {
					if !slices.Contains(tt.want, outcome) {
						t.Errorf("%s, want one of %v", outcome, tt.want)
					}
				}
				if len(got) == 0 {
					t.Error("nothing was met")
				}
			})
		})
	}
}

// startWeek starts simulated sites, with an empty archive for them. The caller
// closes the simulator.
func startWeek(t *testing.T, dir string, o simulator.Options) *week {
	t.Helper()
	sim, err := simulator.New(o)
	if err != nil {
		t.Fatal(err)
	}
	sim.Start(t.Context())
	return newWeek(t, dir, sim)
}

// crawlFaulty crawls a site once, and lists what became of the stories, or of
// their pictures where those have the fault.
func crawlFaulty(t *testing.T, dir string, fault simulator.Fault) (got []string) {
	w := startWeek(t, dir, simulator.Options{Seed: 3, Sites: 1, Backlog: 9, Days: 1, Faults: []simulator.Fault{fault}, Clock: time.Now})
	defer w.sim.Close()
	w.crawl()
	sim, arch := w.sim, w.archive
	site := sim.Sites()[0]
	log, err := arch.OpenSite(t.Context(), site.Name)
	if err != nil {
		t.Fatal(err)
	}
	for rec := range log.State().All() {
		switch {
		case rec.Kind != ledger.KindPage || !strings.HasPrefix(rec.URL, site.URL+stories[1:]):
		case fault.Path == pictures:
			data, _, err := storage.ReadObject(t.Context(), arch.Store(), rec.Article)
			if err != nil {
				t.Fatalf("%s: %v", rec.URL, err)
			}
			a, err := article.Decode(data)
			if err != nil {
				t.Fatal(err)
			}
			for i := range a.Images {
				got = append(got, string(a.Images[i].Status))
			}
		default:
			got = append(got, strings.TrimSpace(string(rec.Outcome)+" "+rec.Reason))
		}
	}
	slices.Sort(got)
	return slices.Compact(got)
}

// TestRestOutlastsTheRun: a host that asks for rest, of hours or of minutes, is not
// asked by the runs that start within it.
func TestRestOutlastsTheRun(t *testing.T) {
	for _, rest := range []time.Duration{2 * time.Hour, 18 * time.Minute} {
		t.Run(rest.String(), func(t *testing.T) {
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				w := startWeek(t, dir, simulator.Options{Seed: 3, Sites: 1, Days: 1, Clock: time.Now, Faults: []simulator.Fault{
					{Kind: simulator.RateLimit, Wait: rest, Until: bubbleStart.Add(time.Minute)},
				}})
				sim := w.sim
				defer sim.Close()
				w.crawl()
				first := sim.Stats().Requests
				for range int(rest/(5*time.Minute)) - 1 {
					time.Sleep(5 * time.Minute)
					w.crawl()
				}
				if n := sim.Stats().Requests - first; n != 0 || first > 3 {
					t.Errorf("%d requests in the first run, %d within the rest after it", first, n)
				}
				time.Sleep(20 * time.Minute)
				w.crawl()
				time.Sleep(35 * time.Minute) // what was asked for by the first run is tried again
				w.crawl()
				if n := w.count("articles/"); n == 0 {
					t.Error("nothing is archived after the rest")
				}
			})
		})
	}
}

// TestTrapsEnd: a site that never ends is crawled to an end, with an outcome for
// every address that was seen, in about as many requests as without the trap.
func TestTrapsEnd(t *testing.T) {
	for _, kind := range []simulator.Kind{simulator.Calendar, simulator.Sessions, simulator.EndlessPages, simulator.Mirrors} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				requests, reasons := crawlTrap(t, dir, []simulator.Fault{{Kind: kind}})
				t.Logf("%d requests, outcomes: %v", requests, reasons)
				if requests > 100 || reasons["archived"] != 18 {
					t.Errorf("%d requests, outcomes: %v", requests, reasons)
				}
				for reason := range reasons {
					if strings.HasPrefix(reason, string(ledger.Queued)) || strings.HasPrefix(reason, string(ledger.Failed)) {
						t.Errorf("left behind: %s", reason)
					}
				}
			})
		})
	}
}

// crawlTrap crawls two sites once, and counts requests and outcomes.
func crawlTrap(t *testing.T, dir string, faults []simulator.Fault) (requests int, reasons map[string]int) {
	sim, err := simulator.New(simulator.Options{Seed: 3, Sites: 2, Backlog: 9, Days: 1, Faults: faults, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	sim.Start(t.Context())
	defer sim.Close()
	w := newWeek(t, dir, sim)
	w.crawl()
	arch := w.archive
	reasons = map[string]int{}
	for _, site := range sim.Sites() {
		log, err := arch.OpenSite(t.Context(), site.Name)
		if err != nil {
			t.Fatal(err)
		}
		for rec := range log.State().All() {
			if rec.Kind == ledger.KindPage || rec.Kind == ledger.KindList {
				reasons[strings.TrimSpace(string(rec.Outcome)+" "+rec.Reason)]++
			}
		}
	}
	return sim.Stats().Requests, reasons
}
