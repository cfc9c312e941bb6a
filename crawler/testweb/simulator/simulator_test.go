package simulator

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/extract/article"
)

func newSim(t *testing.T, o Options) *Simulator {
	t.Helper()
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// client asks the simulator over its network in memory.
func client(t *testing.T, s *Simulator) *http.Client {
	t.Helper()
	tr := &http.Transport{DialContext: s.Dial, DisableCompression: true, MaxResponseHeaderBytes: 1 << 20}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func get(t *testing.T, c *http.Client, url string) (*http.Response, []byte) {
	t.Helper()
	res, err := c.Get(url)
	if err != nil {
		t.Fatalf("GET %s: %v", url, err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("GET %s: %v", url, err)
	}
	return res, b
}

func truth(t *testing.T, s *Simulator, until time.Time, plan Schedule) []Story {
	t.Helper()
	out, err := s.Truth(until, plan)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSameSeedSameTruth(t *testing.T) {
	end := func(s *Simulator) time.Time { return s.StartTime().AddDate(0, 0, 2) }
	a := newSim(t, Options{Seed: 7, Sites: 3, Days: 2})
	b := newSim(t, Options{Seed: 7, Sites: 3, Days: 2})
	c := newSim(t, Options{Seed: 8, Sites: 3, Days: 2})
	if diff := cmp.Diff(truth(t, a, end(a), Schedule{}), truth(t, b, end(b), Schedule{})); diff != "" {
		t.Errorf("one seed, two truths:\n%s", diff)
	}
	if cmp.Equal(truth(t, a, end(a), Schedule{}), truth(t, c, end(c), Schedule{})) {
		t.Error("two seeds, one truth")
	}
}

// TestTruthIsWhatAnHourlyVisitorSees compares the truth with what the live
// sites show hour by hour.
func TestTruthIsWhatAnHourlyVisitorSees(t *testing.T) {
	s := newSim(t, Options{Seed: 3, Sites: 3, Days: 3, Demo: true})
	end := s.StartTime().AddDate(0, 0, 3)
	seen := map[string][]Event{}
	for at := s.StartTime(); at.Before(end); at = at.Add(time.Hour) {
		if err := s.SetNow(at); err != nil {
			t.Fatal(err)
		}
		live := map[string]*article.Article{}
		for _, site := range s.sites {
			for _, a := range site.Truth() {
				live[a.URL] = a
			}
		}
		for url := range seen {
			if live[url] == nil {
				live[url] = nil
			}
		}
		for url, now := range live {
			if e, ok := look(seen[url], now); ok {
				e.At = at
				seen[url] = append(seen[url], e)
			}
		}
	}
	stories := truth(t, s, end, Schedule{})
	count := map[EventKind]int{}
	for _, story := range stories {
		if diff := cmp.Diff(seen[story.URL], story.Events); diff != "" {
			t.Errorf("%s: seen and truth differ:\n%s", story.URL, diff)
		}
		for _, k := range []EventKind{Archived, Revised, Gone, Restored} {
			count[k] += story.Count(k)
		}
	}
	if len(stories) != len(seen) || count[Revised] < 10 || count[Gone] < 3 || count[Restored] < 1 {
		t.Errorf("%d stories, %d seen, %v: too little happens", len(stories), len(seen), count)
	}
}

func TestRevisitSchedule(t *testing.T) {
	hour := time.Hour
	start := time.Date(2024, 5, 6, 0, 0, 0, 0, time.UTC)
	version := func(title string) *article.Article { return &article.Article{Title: title} }
	h := history{
		{start.Add(30 * time.Minute), version("a")}, {start.Add(2*hour + 30*time.Minute), version("b")},
		{start.Add(4*hour + 30*time.Minute), nil}, {start.Add(8*hour + 30*time.Minute), version("b")},
	}
	for _, tt := range []struct {
		name    string
		revisit []time.Duration
		want    string
	}{
		{"always", nil, "1 archived, 3 revised, 5 gone, 9 restored"},
		{"once after an hour", []time.Duration{hour}, "1 archived"},
		{"one and six hours", []time.Duration{hour, 6 * hour}, "1 archived, 7 gone"},
		{"between two crawls", []time.Duration{90 * time.Minute, 10 * hour}, "1 archived, 3 revised"},
	} {
		var got []string
		for _, e := range h.observe(start.Add(20*hour), Schedule{First: start, Every: hour, Revisit: tt.revisit}) {
			got = append(got, e.At.Format("15")[1:]+" "+string(e.Kind))
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, got, tt.want)
		}
	}
}

// TestWeekInABubble runs a week of hours under the fake clock over the network
// in memory.
func TestWeekInABubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSim(t, Options{Seed: 1, Sites: 2, Days: 7, Clock: time.Now})
		s.Start(t.Context())
		c := client(t, s)
		for range 7 * 24 {
			for _, site := range s.Sites() {
				if res, _ := get(t, c, site.URL); res.StatusCode != http.StatusOK {
					t.Fatalf("%s: status %d", site.URL, res.StatusCode)
				}
			}
			time.Sleep(time.Hour)
		}
		stories := truth(t, s, time.Now(), Schedule{})
		if len(stories) < 2*(7*4+6)*9/10 { // less those that were gone within the hour
			t.Errorf("%d stories in the truth", len(stories))
		}
		for _, st := range stories {
			if st.Gone() {
				continue
			}
			if res, _ := get(t, c, st.URL); res.StatusCode != http.StatusOK {
				t.Errorf("%s: status %d", st.URL, res.StatusCode)
			}
		}
		c.CloseIdleConnections()
		s.Close()
	})
}

func TestFaults(t *testing.T) {
	const path = "/channel/yaowen/"
	for _, tt := range []struct {
		fault Fault
		check func(t *testing.T, c *http.Client, url string)
	}{
		{Fault{Kind: RateLimit, Wait: 7 * time.Second}, wantStatus(429, "Retry-After", "7")},
		{Fault{Kind: RateLimitDate, Wait: time.Minute}, wantStatus(429, "Retry-After", "Mon, 06 May 2024 00:01:00 GMT")},
		{Fault{Kind: ServerError}, wantStatus(503, "", "")},
		{Fault{Kind: ServerError, Status: 500}, wantStatus(500, "", "")},
		{Fault{Kind: Drip, Wait: time.Millisecond}, wantStatus(200, "Content-Type", "text/html; charset=utf-8")},
		{Fault{Kind: Hang}, wantTimeout},
		{Fault{Kind: HangBody}, wantTimeout},
		{Fault{Kind: LongLength}, wantBroken},
		{Fault{Kind: CutBody}, wantBroken},
		{Fault{Kind: Reset}, wantBroken},
		{Fault{Kind: Garbage}, wantBroken},
		{Fault{Kind: HugeHeader}, wantBroken},
		{Fault{Kind: RedirectLoop}, wantStatus(302, "Location", path+"?turn=1")},
		{Fault{Kind: RedirectChain}, wantStatus(302, "Location", path+"?hop=1")},
		{Fault{Kind: WrongType}, wantStatus(200, "Content-Type", "application/octet-stream")},
		{Fault{Kind: ImageBomb}, wantStatus(200, "Content-Type", "image/png")},
		{Fault{Kind: CookieWall}, wantStatus(302, "Set-Cookie", "seen=1; Path=/")},
		{Fault{Kind: SoftError}, wantStatus(200, "", "")},
		{Fault{Kind: Empty}, wantStatus(200, "Content-Length", "0")},
	} {
		t.Run(string(tt.fault.Kind), func(t *testing.T) {
			s := newSim(t, Options{Sites: 1, Faults: []Fault{tt.fault}})
			s.Start(t.Context())
			tt.check(t, client(t, s), "http://site00.test"+path)
			if got := s.Stats().Faults[tt.fault.Kind]; got != 1 {
				t.Errorf("statistics count %d faults, want 1", got)
			}
		})
	}
}

func wantStatus(status int, field, value string) func(*testing.T, *http.Client, string) {
	return func(t *testing.T, c *http.Client, url string) {
		res, _ := get(t, c, url)
		if res.StatusCode != status || field != "" && res.Header.Get(field) != value {
			t.Errorf("status %d, %s %q; want %d, %q", res.StatusCode, field, res.Header.Get(field), status, value)
		}
	}
}

// wantTimeout expects that nothing comes for a while and that the server
// notices when the client goes.
func wantTimeout(t *testing.T, c *http.Client, url string) {
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := fetchAll(c, req); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want the deadline's", err)
	}
}

func wantBroken(t *testing.T, c *http.Client, url string) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := fetchAll(c, req); err == nil {
		t.Error("no error")
	}
}

func fetchAll(c *http.Client, req *http.Request) error {
	res, err := c.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	_, err = io.ReadAll(res.Body)
	return err
}

func TestShortLengthSendsMore(t *testing.T) {
	s := newSim(t, Options{Sites: 1, Faults: []Fault{{Kind: ShortLength}}})
	s.Start(t.Context())
	c := client(t, s)
	c.Transport.(*http.Transport).DisableKeepAlives = true // the rest of the body would be logged as unsolicited
	_, short := get(t, c, "http://site00.test/")
	whole := newSim(t, Options{Sites: 1})
	whole.Start(t.Context())
	if _, all := get(t, client(t, whole), "http://site00.test/"); len(short) != len(all)/2 {
		t.Errorf("%d bytes, want half of %d", len(short), len(all))
	}
}

func TestFaultsPass(t *testing.T) {
	s := newSim(t, Options{Sites: 1, Faults: []Fault{
		{Kind: ServerError, Times: 2, Path: "/channel/"},
		{Kind: ServerError, Status: 500, Host: "other.test"},
		{Kind: RateLimit, From: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)},
	}})
	s.Start(t.Context())
	c := client(t, s)
	for i, want := range []int{503, 503, 200, 200} {
		if res, _ := get(t, c, "http://site00.test/channel/yaowen/"); res.StatusCode != want {
			t.Errorf("request %d: status %d, want %d", i, res.StatusCode, want)
		}
	}
	if res, _ := get(t, c, "http://site00.test/"); res.StatusCode != http.StatusOK {
		t.Errorf("another path: status %d", res.StatusCode)
	}
}

// TestFaultsMeetConditionalRequests: a body is spoilt even where 304 was due.
func TestFaultsMeetConditionalRequests(t *testing.T) {
	for _, kind := range []Kind{CutBody, LongLength} {
		s := newSim(t, Options{Sites: 1, Faults: []Fault{{Kind: kind, Path: "/channel/"}}})
		s.Start(t.Context())
		req, err := http.NewRequest(http.MethodGet, "http://site00.test/channel/yaowen/", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("If-None-Match", "*")
		if err := fetchAll(client(t, s), req); err == nil {
			t.Errorf("%s: no error", kind)
		}
	}
}

func TestShareIsChosenBySeed(t *testing.T) {
	count := func(seed uint64) (n int) {
		f := newFaultSet(seed, nil)
		for i := range 1000 {
			if f.draw(0, "host/"+strings.Repeat("x", i%30)+string(rune('a'+i%26))+string(rune('0'+i/100))) < .2 {
				n++
			}
		}
		return n
	}
	if n := count(1); n < 120 || n > 280 || n != count(1) {
		t.Errorf("%d of 1000 drawn, want about 200, always the same", n)
	}
}

func TestBombsAreLarge(t *testing.T) {
	s := newSim(t, Options{Sites: 1, Faults: []Fault{{Kind: GzipBomb}}})
	s.Start(t.Context())
	res, wire := get(t, client(t, s), "http://site00.test/")
	if res.Header.Get("Content-Encoding") != "gzip" || len(wire) < 1<<20 || len(wire) > 2<<20 {
		t.Errorf("%q of %d bytes on the wire", res.Header.Get("Content-Encoding"), len(wire))
	}
}

func TestTrapsHaveNoEnd(t *testing.T) {
	for _, tt := range []struct {
		trap   Kind
		at     string
		onward string
	}{
		{Calendar, "/", "/calendar/2024/05/"},
		{Calendar, "/calendar/2024/12/", "/calendar/2025/01/"},
		{EndlessPages, "/more/41.html", "/more/42.html"},
		{Mirrors, "/mirror/mirror/", `"mirror/"`},
		{Sessions, "/", "?PHPSESSID="},
	} {
		s := newSim(t, Options{Sites: 1, Faults: []Fault{{Kind: tt.trap}}})
		s.Start(t.Context())
		c := client(t, s)
		res, b := get(t, c, "http://site00.test"+tt.at)
		if res.StatusCode != http.StatusOK || !bytes.Contains(b, []byte(tt.onward)) {
			t.Errorf("%s at %s: status %d, no link %s", tt.trap, tt.at, res.StatusCode, tt.onward)
		}
		if _, again := get(t, c, "http://site00.test"+tt.at); tt.trap == Sessions && bytes.Equal(b, again) {
			t.Error("two visits got one session")
		}
	}
}

func TestRedesignKeepsTheWords(t *testing.T) {
	day := time.Date(2024, 5, 8, 0, 0, 0, 0, time.UTC)
	s := newSim(t, Options{Sites: 1, Faults: []Fault{{Kind: Redesign, From: day}}})
	s.Start(t.Context())
	c := client(t, s)
	url := truth(t, s, s.StartTime().Add(time.Hour), Schedule{})[0].URL
	res, before := get(t, c, url)
	if err := s.SetNow(day); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("If-None-Match", res.Header.Get("ETag"))
	again, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Body.Close()
	after, err := io.ReadAll(again.Body)
	if err != nil || again.StatusCode != http.StatusOK {
		t.Fatalf("after the redesign: status %d, %v", again.StatusCode, err)
	}
	if !bytes.Contains(before, []byte(`id="content"`)) || bytes.Contains(after, []byte(`id="content"`)) {
		t.Error("the mark-up did not change")
	}
	req.Header.Set("If-None-Match", again.Header.Get("ETag"))
	if third, err := c.Do(req); err != nil || third.StatusCode != http.StatusNotModified {
		t.Errorf("new validator: %v, %v", third, err)
	}
}

func TestAddresses(t *testing.T) {
	s := newSim(t, Options{Sites: 2})
	for host, want := range map[string]string{
		"site01.test": "45.33.0.1", "10-1-2-3.private.test": "10.1.2.3", "169.254.169.254": "169.254.169.254",
	} {
		got, err := s.Resolve(t.Context(), host)
		if err != nil || got[0].String() != want {
			t.Errorf("Resolve(%s) = %v, %v", host, got, err)
		}
	}
	var dns *net.DNSError
	if _, err := s.Dial(t.Context(), "tcp", "nowhere.test:80"); !errors.As(err, &dns) {
		t.Errorf("dialling an unknown host: %v", err)
	}
}

func TestListen(t *testing.T) {
	s := newSim(t, Options{Sites: 2, Seed: 5})
	if err := s.Listen(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, st := range truth(t, s, s.StartTime().Add(time.Hour), Schedule{}) {
		res, err := http.Get(st.URL)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", st.URL, res.StatusCode)
		}
	}
}
