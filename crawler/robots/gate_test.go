package robots_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pressmark/crawler/robots"
)

// web is a made-up network: it answers by URL, and counts.
type web struct {
	mu      sync.Mutex
	answers map[string]reply
	asked   []string
	takes   time.Duration
}

type reply struct {
	status   int
	body     string
	location string
	cache    string
	err      error
}

func (w *web) fetch(ctx context.Context, u *url.URL) (*robots.Answer, error) {
	w.mu.Lock()
	w.asked = append(w.asked, u.String())
	r, ok := w.answers[u.String()]
	w.mu.Unlock()
	select {
	case <-time.After(w.takes):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if !ok {
		return nil, errors.New("no such host")
	}
	h := http.Header{}
	if r.location != "" {
		h.Set("Location", r.location)
	}
	if r.cache != "" {
		h.Set("Cache-Control", r.cache)
	}
	return &robots.Answer{Status: r.status, Header: h, Body: []byte(r.body)}, r.err
}

func (w *web) set(u string, r reply) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answers[u] = r
}

func (w *web) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.asked)
}

const file = "https://a.example/robots.txt"

func parse(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// inTime runs f with a gate over a web, in fake time.
func inTime(t *testing.T, o robots.Options, answers map[string]reply, f func(t *testing.T, g *robots.Gate, w *web)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &web{answers: answers}
		o.Fetch = w.fetch
		g := robots.NewGate(o)
		defer g.Close()
		f(t, g, w)
	})
}

func check(t *testing.T, g *robots.Gate, raw string) robots.Verdict {
	t.Helper()
	v, err := g.Check(t.Context(), parse(t, raw))
	if err != nil {
		t.Fatalf("Check(%s): %v", raw, err)
	}
	return v
}

func TestAnswers(t *testing.T) {
	const no = "User-agent: *\nDisallow: /private"
	tests := []struct {
		name    string
		answers map[string]reply
		public  string // reason for /public; "" for allowed
		private string // and for /private
	}{
		{"200", map[string]reply{file: {status: 200, body: no}}, "", robots.Disallowed},
		{"206", map[string]reply{file: {status: 206, body: no}}, "", robots.Disallowed},
		{"204", map[string]reply{file: {status: 204}}, "", ""},
		{"401", map[string]reply{file: {status: 401, body: no}}, "", ""},
		{"403", map[string]reply{file: {status: 403, body: no}}, "", ""},
		{"404", map[string]reply{file: {status: 404, body: no}}, "", ""},
		{"410", map[string]reply{file: {status: 410}}, "", ""},
		{"451", map[string]reply{file: {status: 451}}, "", ""},
		{"429", map[string]reply{file: {status: 429}}, robots.Unreachable, robots.Unreachable},
		{"500", map[string]reply{file: {status: 500}}, robots.Unreachable, robots.Unreachable},
		{"503", map[string]reply{file: {status: 503}}, robots.Unreachable, robots.Unreachable},
		{"599", map[string]reply{file: {status: 599}}, robots.Unreachable, robots.Unreachable},
		{"no status of HTTP", map[string]reply{file: {status: 0}}, robots.Unreachable, robots.Unreachable},
		{"no answer", map[string]reply{}, robots.Unreachable, robots.Unreachable},
		{"cut off", map[string]reply{file: {status: 200, body: no, err: errors.New("cut")}}, robots.Unreachable, robots.Unreachable},
		{"redirect to another host", map[string]reply{
			file:                           {status: 301, location: "http://b.example/r"},
			"http://b.example/r":           {status: 302, location: "//c.example/robots.txt#x"},
			"http://c.example/robots.txt":  {status: 200, body: no},
			"https://c.example/robots.txt": {status: 500},
		}, "", robots.Disallowed},
		{"redirect to an error", map[string]reply{file: {status: 301, location: "/x"}, "https://a.example/x": {status: 503}}, robots.Unreachable, robots.Unreachable},
		{"redirect to nothing", map[string]reply{file: {status: 301, location: "/x"}, "https://a.example/x": {status: 404}}, "", ""},
		{"redirect without location", map[string]reply{file: {status: 302}}, "", ""},
		{"redirect loop", map[string]reply{file: {status: 302, location: "/robots.txt"}}, "", ""},
		{"cut in the middle of a rule", map[string]reply{file: {status: 200,
			body: no + "\n#" + strings.Repeat("x", robots.MaxSize-len(no)-2-len("\nDisallow: /")) + "\nDisallow: /archive/\n"}}, "", robots.Disallowed},
		{"five redirects", chain(5, no), "", robots.Disallowed},
		{"six redirects", chain(6, no), "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inTime(t, robots.Options{}, tt.answers, func(t *testing.T, g *robots.Gate, w *web) {
				for target, want := range map[string]string{"/public": tt.public, "/private/x?y": tt.private} {
					v := check(t, g, "https://a.example"+target)
					if v.Reason != want || v.Allowed != (want == "") {
						t.Errorf("%s: allowed %v, reason %q, want %q", target, v.Allowed, v.Reason, want)
					}
				}
				if w.count() > 6 {
					t.Errorf("%d requests: %v", w.count(), w.asked)
				}
			})
		})
	}
}

func chain(n int, body string) map[string]reply {
	answers := map[string]reply{file: {status: 307, location: "https://r1.example/"}}
	for i := 1; i < n; i++ {
		answers[fmt.Sprintf("https://r%d.example/", i)] = reply{status: 308, location: fmt.Sprintf("https://r%d.example/", i+1)}
	}
	answers[fmt.Sprintf("https://r%d.example/", n)] = reply{status: 200, body: body}
	return answers
}

func TestTargetIsMatchedAsSent(t *testing.T) {
	answers := map[string]reply{file: {status: 200, body: "User-agent: *\nDisallow: /p?z=1&a=2\nDisallow: /新\nDisallow: /q?$"}}
	inTime(t, robots.Options{}, answers, func(t *testing.T, g *robots.Gate, _ *web) {
		for target, want := range map[string]bool{
			"/p?z=1&a=2": false, "/p?a=2&z=1": true, "/%e6%96%b0/1": false, "/新/1": false, "/q?": false, "/q": true, "/p": true,
		} {
			if v := check(t, g, "https://a.example"+target); v.Allowed != want {
				t.Errorf("%s: allowed %v, want %v", target, v.Allowed, want)
			}
		}
	})
}

func TestOneRequestForMany(t *testing.T) {
	answers := map[string]reply{file: {status: 200}}
	inTime(t, robots.Options{}, answers, func(t *testing.T, g *robots.Gate, w *web) {
		w.takes = time.Second
		impatient, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { // the first to ask goes away; the others must not notice
			if _, err := g.Check(impatient, parse(t, "https://a.example/0")); !errors.Is(err, context.Canceled) {
				t.Errorf("impatient caller: %v", err)
			}
		})
		synctest.Wait()
		for i := range 50 {
			wg.Go(func() {
				if v := check(t, g, fmt.Sprintf("https://a.example/%d", i)); !v.Allowed {
					t.Errorf("verdict %+v", v)
				}
			})
		}
		synctest.Wait()
		cancel()
		wg.Wait()
		if w.count() != 1 {
			t.Errorf("%d requests, want 1", w.count())
		}
	})
}

func TestOriginsAreApart(t *testing.T) {
	answers := map[string]reply{
		"http://a.example/robots.txt":       {status: 200, body: "User-agent: *\nDisallow: /"},
		"https://a.example/robots.txt":      {status: 404},
		"https://a.example:8443/robots.txt": {status: 503},
	}
	inTime(t, robots.Options{}, answers, func(t *testing.T, g *robots.Gate, w *web) {
		for raw, want := range map[string]string{
			"http://a.example/x": robots.Disallowed, "http://A.example:80/x": robots.Disallowed,
			"https://a.example/x": "", "https://a.example:443/x": "", "https://a.example:8443/x": robots.Unreachable,
		} {
			if v := check(t, g, raw); v.Reason != want {
				t.Errorf("%s: reason %q, want %q", raw, v.Reason, want)
			}
		}
		if w.count() != 3 {
			t.Errorf("asked %v, want three", w.asked)
		}
	})
}

func TestLifetime(t *testing.T) {
	tests := []struct {
		cache string
		ttl   time.Duration
		want  time.Duration
	}{
		{"", 0, 24 * time.Hour},
		{"max-age=3600", 0, time.Hour},
		{`public, MAX-AGE="7200"`, 0, 2 * time.Hour},
		{"max-age=999999999", 0, 24 * time.Hour},
		{"max-age=1", 0, 15 * time.Minute},
		{"no-store", 0, 15 * time.Minute},
		{"max-age=soon", 0, 24 * time.Hour},
		{"", 6 * time.Hour, 6 * time.Hour},
		{"", 48 * time.Hour, 24 * time.Hour},
	}
	for _, tt := range tests {
		t.Run(tt.cache, func(t *testing.T) {
			answers := map[string]reply{file: {status: 200, cache: tt.cache}}
			inTime(t, robots.Options{TTL: tt.ttl}, answers, func(t *testing.T, g *robots.Gate, w *web) {
				check(t, g, "https://a.example/")
				time.Sleep(tt.want - time.Second)
				check(t, g, "https://a.example/")
				if w.count() != 1 {
					t.Fatalf("%d requests within the lifetime of %v", w.count(), tt.want)
				}
				time.Sleep(time.Second)
				if check(t, g, "https://a.example/"); w.count() != 2 {
					t.Errorf("%d requests after the lifetime of %v", w.count(), tt.want)
				}
			})
		})
	}
}

func TestLastGoodCopyServesWhileTheHostFails(t *testing.T) {
	answers := map[string]reply{file: {status: 200, body: "User-agent: *\nDisallow: /private\nCrawl-delay: 7"}}
	inTime(t, robots.Options{}, answers, func(t *testing.T, g *robots.Gate, w *web) {
		good := check(t, g, "https://a.example/public")
		w.set(file, reply{status: 503})
		time.Sleep(24 * time.Hour)
		v := check(t, g, "https://a.example/public")
		if !v.Allowed || v.Key != good.Key || v.Delay != 7*time.Second || v.Err == nil {
			t.Errorf("verdict by the last good copy: %+v", v)
		}
		if v := check(t, g, "https://a.example/private"); v.Reason != robots.Disallowed {
			t.Errorf("the last good copy's rule is not obeyed: %+v", v)
		}
		for range 40 { // a day each, and no answer
			time.Sleep(24 * time.Hour)
			v = check(t, g, "https://a.example/public")
		}
		if v.Reason != robots.Unreachable {
			t.Errorf("after 40 days: %+v, want unreachable", v)
		}
		w.set(file, reply{status: 404})
		time.Sleep(2 * time.Hour)
		if v := check(t, g, "https://a.example/private"); !v.Allowed || v.Key != "" || v.Err != nil {
			t.Errorf("after the file was taken away: %+v", v)
		}
		w.set(file, reply{status: 503})
		time.Sleep(24 * time.Hour)
		if v := check(t, g, "https://a.example/public"); v.Reason != robots.Unreachable {
			t.Errorf("the void copy came back: %+v", v)
		}
	})
}

func TestFileThatWasTakenAwayIsVoid(t *testing.T) {
	answers := map[string]reply{file: {status: 200, body: "User-agent: *\nDisallow: /private"}}
	inTime(t, robots.Options{}, answers, func(t *testing.T, g *robots.Gate, w *web) {
		for _, step := range []struct {
			status int
			reason string // for a page that the file allowed
		}{{200, ""}, {404, ""}, {503, robots.Unreachable}} {
			w.set(file, reply{status: step.status, body: answers[file].body})
			if v := check(t, g, "https://a.example/public"); v.Reason != step.reason {
				t.Errorf("after %d: %+v", step.status, v)
			}
			time.Sleep(25 * time.Hour)
		}
	})
}

func TestFailuresAreRetriedWithBackoff(t *testing.T) {
	inTime(t, robots.Options{}, map[string]reply{file: {status: 500}}, func(t *testing.T, g *robots.Gate, w *web) {
		var gaps []time.Duration
		last := time.Now()
		for w.count() < 10 {
			before := w.count()
			v := check(t, g, "https://a.example/")
			if w.count() != before {
				gaps = append(gaps, time.Since(last))
				last = time.Now()
			}
			time.Sleep(time.Until(v.RetryAt))
		}
		want := []time.Duration{0, 1, 2, 4, 8, 16, 32, 60, 60, 60}
		for i, gap := range gaps {
			least := want[i] * time.Minute
			if gap < least || gap > least+least/4 {
				t.Errorf("gap %d is %v, want %v and up to a quarter more", i, gap, least)
			}
		}
		w.set(file, reply{status: 200})
		time.Sleep(2 * time.Hour)
		if v := check(t, g, "https://a.example/"); !v.Allowed {
			t.Errorf("after recovery: %+v", v)
		}
	})
}

type timed struct {
	error
	at time.Time
}

func (e timed) RetryAt() time.Time { return e.at }

func TestRetryTimeOfTheErrorCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		until := time.Now().Add(5 * time.Hour)
		g := robots.NewGate(robots.Options{Fetch: func(context.Context, *url.URL) (*robots.Answer, error) {
			return nil, fmt.Errorf("wrapped: %w", timed{errors.New("parked"), until})
		}})
		defer g.Close()
		if v := check(t, g, "https://a.example/"); !v.RetryAt.Equal(until) || v.Reason != robots.Unreachable {
			t.Errorf("verdict %+v, want a retry at %v", v, until)
		}
	})
}

type ours struct{ error }

func (ours) Local() bool { return true }

// TestLocalRefusalIsNotRemembered: what one caller may not do says nothing
// about the origin, nor about the next caller.
func TestLocalRefusalIsNotRemembered(t *testing.T) {
	type permit struct{}
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		g := robots.NewGate(robots.Options{Fetch: func(ctx context.Context, _ *url.URL) (*robots.Answer, error) {
			asked++
			time.Sleep(time.Second)
			if ctx.Value(permit{}) == nil {
				return nil, fmt.Errorf("wrapped: %w", ours{errors.New("not for you")})
			}
			return &robots.Answer{Status: 200}, nil
		}})
		defer g.Close()
		u := parse(t, "https://a.example/")
		permitted := context.WithValue(t.Context(), permit{}, true)
		var wg sync.WaitGroup
		wg.Go(func() {
			if v := check(t, g, "https://a.example/"); v.Reason != robots.Unreachable || v.Err == nil {
				t.Errorf("without permission: %+v", v)
			}
		})
		synctest.Wait()
		wg.Go(func() { // finds the other's request under way
			if v, err := g.Check(permitted, u); err != nil || !v.Allowed {
				t.Errorf("with permission: %+v, %v", v, err)
			}
		})
		wg.Wait()
		if v := check(t, g, "https://a.example/"); !v.Allowed || asked != 2 {
			t.Errorf("afterwards: %+v after %d requests", v, asked)
		}
	})
}

// TestRedirectToWhereWeDoNotGoIsRemembered: a robots.txt that redirects to what
// is refused on our side cannot be had, and is not asked for again by each URL.
func TestRedirectToWhereWeDoNotGoIsRemembered(t *testing.T) {
	asked := 0
	g := robots.NewGate(robots.Options{Fetch: func(_ context.Context, u *url.URL) (*robots.Answer, error) {
		if u.Host != "a.example" {
			return nil, ours{errors.New("not public")}
		}
		asked++
		return &robots.Answer{Status: 301, Header: http.Header{"Location": {"http://10.0.0.1/robots.txt"}}}, nil
	}})
	defer g.Close()
	for range 3 {
		v := check(t, g, "https://a.example/")
		if v.Reason != robots.Unreachable || v.Err == nil || time.Until(v.RetryAt) < 50*time.Second {
			t.Errorf("%+v", v)
		}
		var refused ours
		if errors.As(v.Err, &refused) {
			t.Errorf("%v says that the page's host is refused", v.Err)
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

// shelf keeps what a gate saves.
type shelf struct {
	mu     sync.Mutex
	copies []robots.Copy
}

func (s *shelf) SaveRobots(c robots.Copy) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.copies = append(s.copies, c)
}

func TestCopiesAreSavedAndSeeded(t *testing.T) {
	const first, second = "User-agent: *\nDisallow: /one", "User-agent: *\nDisallow: /two"
	kept := &shelf{}
	inTime(t, robots.Options{Saver: kept}, map[string]reply{file: {status: 200, body: first}}, func(t *testing.T, g *robots.Gate, w *web) {
		v := check(t, g, "https://a.example/")
		time.Sleep(25 * time.Hour)
		check(t, g, "https://a.example/") // the same again
		w.set(file, reply{status: 200, body: second})
		time.Sleep(25 * time.Hour)
		check(t, g, "https://a.example/")
		if len(kept.copies) != 3 || string(kept.copies[0].Body) != first || string(kept.copies[2].Body) != second ||
			kept.copies[1].SHA256 != v.Key || kept.copies[1].Fetched.Sub(kept.copies[0].Fetched) != 25*time.Hour {
			t.Fatalf("saved %+v", kept.copies)
		}
		if c := kept.copies[0]; c.SHA256 != v.Key || len(c.SHA256) != 64 || c.Origin != "https://a.example" {
			t.Errorf("saved %+v, verdict's key %s", c, v.Key)
		}
		c, ok := g.Copy(parse(t, "https://a.example/x"), "")
		if !ok || c.SHA256 != kept.copies[2].SHA256 {
			t.Errorf("Copy = %+v, %v", c, ok)
		}
		if _, ok := g.Copy(parse(t, "https://a.example/x"), v.Key); ok {
			t.Error("Copy gives out a copy under another's key")
		}
	})

	inTime(t, robots.Options{}, map[string]reply{}, func(t *testing.T, g *robots.Gate, w *web) {
		seed := kept.copies[2]
		seed.Fetched = time.Now().Add(-time.Hour)
		g.Seed(seed)
		if v := check(t, g, "https://a.example/two"); v.Reason != robots.Disallowed || w.count() != 0 {
			t.Errorf("a seeded copy of an hour ago: %+v after %d requests", v, w.count())
		}
		old := kept.copies[0]
		old.Fetched = time.Now().Add(-2 * time.Hour)
		g.Seed(old)
		time.Sleep(23 * time.Hour)
		if v := check(t, g, "https://a.example/one"); !v.Allowed || v.Err == nil || v.Key != seed.SHA256 || w.count() != 1 {
			t.Errorf("a seeded copy of a host that fails: %+v after %d requests", v, w.count())
		}
	})

	inTime(t, robots.Options{}, map[string]reply{file: {status: 200, body: second}}, func(t *testing.T, g *robots.Gate, w *web) {
		ahead := kept.copies[0]
		ahead.Fetched = time.Now().AddDate(10, 0, 0)
		g.Seed(ahead)
		if v := check(t, g, "https://a.example/two"); v.Reason != robots.Disallowed || w.count() != 1 {
			t.Errorf("a seeded copy of a run whose clock was ahead: %+v after %d requests", v, w.count())
		}
	})
}

func TestAbsenceIsSavedAndSeeded(t *testing.T) {
	kept := &shelf{}
	inTime(t, robots.Options{Saver: kept, SaveAbsence: true}, map[string]reply{file: {status: 404}}, func(t *testing.T, g *robots.Gate, _ *web) {
		check(t, g, "https://a.example/")
		if len(kept.copies) != 1 || kept.copies[0].SHA256 != "" || kept.copies[0].Origin != "https://a.example" {
			t.Fatalf("saved %+v", kept.copies)
		}
	})
	inTime(t, robots.Options{}, map[string]reply{}, func(t *testing.T, g *robots.Gate, w *web) {
		none := kept.copies[0]
		none.Fetched = time.Now().Add(-time.Hour)
		g.Seed(none)
		if v := check(t, g, "https://a.example/"); !v.Allowed || v.Key != "" || w.count() != 0 {
			t.Errorf("an absence of an hour ago: %+v after %d requests", v, w.count())
		}
		time.Sleep(24 * time.Hour)
		if v := check(t, g, "https://a.example/"); v.Reason != robots.Unreachable {
			t.Errorf("an absence of yesterday, and no answer: %+v", v)
		}
	})
	quiet := &shelf{}
	inTime(t, robots.Options{Saver: quiet}, map[string]reply{file: {status: 404}}, func(t *testing.T, g *robots.Gate, _ *web) {
		if check(t, g, "https://a.example/"); len(quiet.copies) != 0 {
			t.Errorf("saved unasked: %+v", quiet.copies)
		}
	})
}

func TestSitemaps(t *testing.T) {
	answers := map[string]reply{file: {status: 200, body: "Sitemap: https://a.example/s.xml"}}
	inTime(t, robots.Options{}, answers, func(t *testing.T, g *robots.Gate, _ *web) {
		got, err := g.Sitemaps(t.Context(), parse(t, "https://a.example/x"))
		if err != nil || !slices.Equal(got, []string{"https://a.example/s.xml"}) {
			t.Errorf("Sitemaps = %v, %v", got, err)
		}
	})
}

func TestMemoryIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		g := robots.NewGate(robots.Options{Origins: 10, Fetch: func(context.Context, *url.URL) (*robots.Answer, error) {
			asked++
			return &robots.Answer{Status: 404}, nil
		}})
		defer g.Close()
		check(t, g, "https://kept.example/")
		for i := range 100 {
			check(t, g, fmt.Sprintf("https://h%d.example/", i))
			check(t, g, "https://kept.example/") // in use, so never the oldest
		}
		if asked != 101 {
			t.Errorf("%d requests, want 101: the one in use was forgotten", asked)
		}
		check(t, g, "https://h0.example/")
		if asked != 102 {
			t.Errorf("%d requests, want 102: the oldest was not forgotten", asked)
		}
	})
}

func TestClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &web{answers: map[string]reply{}, takes: time.Hour}
		g := robots.NewGate(robots.Options{Fetch: w.fetch})
		failed := make(chan error)
		go func() {
			_, err := g.Check(t.Context(), parse(t, "https://a.example/"))
			failed <- err
		}()
		synctest.Wait()
		g.Close() // returns only when the request is over
		if err := <-failed; !errors.Is(err, context.Canceled) {
			t.Errorf("Check under way: %v", err)
		}
		if _, err := g.Check(t.Context(), parse(t, "https://a.example/")); !errors.Is(err, context.Canceled) {
			t.Errorf("Check after Close: %v", err)
		}
	})
}
