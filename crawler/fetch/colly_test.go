package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"net/http"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/crawler/pace"
	"pressmark/crawler/robots"
)

// rows are the defects of Colly v2.3.0 that were found by running it against
// servers on loopback. Each test shows that the defect cannot be reached
// through this package. Where the defect lies in a part of Colly that is not
// used at all, forbids says which part, and the sources are searched for it.
var rows = []struct {
	row     int
	defect  string
	forbids []string // names of Colly's API, or import paths
	test    func(t *testing.T)
}{
	{1, "one limit and delay for all hosts", []string{"Limit", "Limits", "LimitRule"}, hostsDoNotWaitForEachOther},
	{2, "delay slept after the response, not cancellable", []string{"LimitRule"}, waitingCanBeCancelled},
	{3, "limits skip redirect hops and robots.txt", nil, hopsAndRobotsKeepThePace},
	{4, "a shared rule deadlocks", []string{"LimitRule"}, manyAtOnceFinish},
	{5, "a goroutine for each queued URL; slow hosts hold up the queue", []string{"Async"}, waitingStartsNoGoroutine},
	{6, "callbacks run outside of the limit", []string{"OnHTML", "OnXML", "OnScraped", "Async"}, callbacksRunInTheCaller},
	{7, "robots.txt ignored; the environment overrides options", []string{"NewCollector"}, environmentChangesNothing},
	{8, "robots.txt 5xx allows everything, for ever", nil, robotsServerErrorDisallows},
	{9, "robots.txt without an answer is asked for again for each URL", nil, robotsFailureIsRemembered},
	{10, "robots.txt kept for ever, without bound", nil, robotsMemoryIsBounded},
	{11, "user agents matched by prefix of the whole string", nil, productTokenIsMatched},
	{12, "query sorted and re-encoded before matching", nil, queryIsMatchedAsSent},
	{13, "redirect target not checked against robots.txt", nil, redirectTargetIsChecked},
	{14, "robots.txt read without bound, without context; marks URLs visited", nil, robotsFetchIsBounded},
	{15, "no Crawl-delay", nil, crawlDelayIsKept},
	{16, "no Retry-After, no back-off", nil, retryAfterIsKept},
	{17, "Retry without count or delay, of the final URL", []string{"Retry"}, nothingIsRetriedByItself},
	{18, "marked visited before it is fetched", []string{"HasVisited", "Visit"}, failureCanBeRepeated},
	{19, "visited check is not atomic", []string{"HasVisited", "Visit"}, sameURLAtOnce},
	{20, "redirect onto a visited URL is an error", nil, redirectOntoKnownURL},
	{21, "Clone shares limits and redirect checks", []string{"Clone"}, hostsShareNoRules},
	{22, "SetClient drops the redirect check", nil, redirectCheckIsInPlace},
	{23, "SetProxy replaces the transport and ends keep-alive", []string{"SetProxy", "SetProxyFunc", "WithTransport"}, recorderSeesEverything},
	{24, "body cut silently at its cap", []string{"MaxBodySizeOption"}, cutBodyIsAnError},
	{25, "cap counts before decompression", nil, bombIsAnError},
	{26, "codings other than gzip passed on raw", nil, unknownCodingIsAnError},
	{27, "character sets guessed and transcoded", []string{"DetectCharset"}, bytesArriveAsTheyAre},
	{28, "raw bytes, redirect chain and status line lost", nil, exchangeIsKept},
	{29, "203 to 299 and 304 are errors, others have no text", nil, everyStatusIsAnAnswer},
	{30, "time limit covers waiting, redirects and body together", []string{"SetRequestTimeout"}, waitingIsNotTimed},
	{31, "one context for a collector", []string{"StdlibContext"}, contextIsTheRequests},
	{32, "queue loses, blocks, leaks and races", []string{"github.com/gocolly/colly/v2/queue"}, nil},
	{33, "storage knows visited and nothing else, and grows", []string{"github.com/gocolly/colly/v2/storage", "SetStorage"}, nothingIsRememberedOfURLs},
	{34, "cache keeps errors for ever, without validators", []string{"CacheDir", "CacheExpiration"}, errorsAreNotCached},
	{35, "default transport of the process, without header time limit", nil, transportIsOwn},
	{36, "callbacks read without lock; page parsed twice", []string{"OnHTML", "OnXML", "OnHTMLDetach"}, callbacksAreSetBeforeUse},
}

func TestCollyDefectsAreOutOfReach(t *testing.T) {
	used := namesUsed(t)
	for i, r := range rows {
		if r.row != i+1 {
			t.Fatalf("row %d stands at place %d", r.row, i+1)
		}
		t.Run(fmt.Sprintf("%02d %s", r.row, r.defect), func(t *testing.T) {
			for _, name := range r.forbids {
				if slices.Contains(used, name) {
					t.Errorf("%s is used", name)
				}
			}
			if r.test == nil && len(r.forbids) == 0 {
				t.Error("nothing is tested")
			}
			if r.test != nil {
				r.test(t)
			}
		})
	}
}

// namesUsed lists the imports of this package's sources and what they use of
// Colly: selectors of the package and of variables named collector, which is
// how every collector is called.
func namesUsed(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				names = append(names, strings.Trim(n.Path.Value, `"`))
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && (x.Name == "colly" || x.Name == "collector") {
					names = append(names, n.Sel.Name)
				}
			}
			return true
		})
	}
	// That the search finds what is there.
	for _, known := range []string{"github.com/gocolly/colly/v2", "SetRedirectHandler", "OnResponse"} {
		if !slices.Contains(names, known) {
			t.Fatalf("the search does not find %s", known)
		}
	}
	return names
}

// must is a Get that succeeds.
func must(t *testing.T, c *fetch.Client, req fetch.Request) *fetch.Response {
	t.Helper()
	r, err := c.Get(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// failing is a Get that fails with a code.
func failing(t *testing.T, c *fetch.Client, url, code string) *fetch.Error {
	t.Helper()
	_, err := c.Get(t.Context(), fetch.Request{URL: url})
	var e *fetch.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Fatalf("%s: %v, want %s", url, err, code)
	}
	return e
}

func hanging(release <-chan struct{}, entered chan<- struct{}) http.HandlerFunc {
	return func(_ http.ResponseWriter, r *http.Request) {
		entered <- struct{}{}
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}
}

func hostsDoNotWaitForEachOther(t *testing.T) {
	release, entered := make(chan struct{}), make(chan struct{})
	slow, _ := served(t, map[string]http.HandlerFunc{"/slow": hanging(release, entered)})
	fast, seen := served(t, map[string]http.HandlerFunc{})
	c := client(t)
	var wg sync.WaitGroup
	wg.Go(func() { must(t, c, fetch.Request{URL: slow + "/slow"}) })
	<-entered
	for range 5 { // the slow host is in the middle of its request
		must(t, c, fetch.Request{URL: fast + "/"})
	}
	close(release)
	wg.Wait()
	if n := len(seen.times); n != 6 {
		t.Errorf("%d requests", n)
	}
}

func waitingCanBeCancelled(t *testing.T) {
	url, seen := served(t, map[string]http.HandlerFunc{})
	c := client(t, spaced(time.Hour)) // robots.txt takes the turn of this hour
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	for range 15 {
		go func() {
			_, err := c.Get(ctx, fetch.Request{URL: url + "/"})
			done <- err
		}()
	}
	for len(seen.list()) == 0 {
		runtime.Gosched()
	}
	cancel()
	for range 15 {
		if err := <-done; fetch.Code(err) != fetch.CodeCanceled {
			t.Error(err)
		}
	}
}

func hopsAndRobotsKeepThePace(t *testing.T) {
	url, seen := served(t, map[string]http.HandlerFunc{"/a": to("/b"), "/b": to("/c")})
	must(t, client(t, spaced(40*time.Millisecond)), fetch.Request{URL: url + "/a"})
	if got, want := seen.list(), "/robots.txt /a /b /c"; got != want {
		t.Errorf("requests %s, want %s", got, want)
	}
	seen.gaps(t, 40*time.Millisecond)
}

func manyAtOnceFinish(t *testing.T) {
	c := client(t)
	var wg sync.WaitGroup
	for range 5 {
		url, _ := served(t, map[string]http.HandlerFunc{"/a": to("/b")})
		for range 10 {
			wg.Go(func() { must(t, c, fetch.Request{URL: url + "/a"}) })
		}
	}
	wg.Wait()
}

func waitingStartsNoGoroutine(t *testing.T) {
	url, seen := served(t, map[string]http.HandlerFunc{})
	c := client(t, spaced(time.Hour))
	failing(t, c, "http://[", fetch.CodeBadURL)
	if err := func() error { _, err := c.Get(t.Context(), fetch.Request{URL: url + "/", MaxWait: -1}); return err }(); fetch.Code(err) != fetch.CodeNotReady {
		t.Fatal(err)
	}
	before := runtime.NumGoroutine()
	// A frontier asks without waiting, so that one worker serves any number of
	// URLs of a slow host, and is free for others at once.
	for i := range 5000 {
		if _, err := c.Get(t.Context(), fetch.Request{URL: fmt.Sprintf("%s/%d", url, i), MaxWait: -1}); fetch.Code(err) != fetch.CodeNotReady {
			t.Fatal(err)
		}
	}
	if after := runtime.NumGoroutine(); after > before+2 {
		t.Errorf("%d goroutines, %d before", after, before)
	}
	if seen.list() != "/robots.txt" {
		t.Errorf("requests %s", seen.list())
	}
}

func callbacksRunInTheCaller(t *testing.T) {
	url, _ := served(t, map[string]http.HandlerFunc{"/": text("x")})
	c := client(t)
	var running, most atomic.Int32
	var wg sync.WaitGroup
	for range 4 { // four workers do what follows a fetch themselves: never five at a time
		wg.Go(func() {
			for range 25 {
				r := must(t, c, fetch.Request{URL: url + "/"})
				if n := running.Add(1); n > most.Load() {
					most.Store(n)
				}
				if string(r.Body) != "x" {
					t.Errorf("Get returned before its callback: %q", r.Body)
				}
				running.Add(-1)
			}
		})
	}
	wg.Wait()
	if most.Load() > 4 {
		t.Errorf("%d at a time", most.Load())
	}
}

func environmentChangesNothing(t *testing.T) {
	for name, value := range map[string]string{
		"ALLOWED_DOMAINS": "other.example", "CACHE_DIR": t.TempDir(), "DETECT_CHARSET": "y", "DISABLE_COOKIES": "n",
		"DISALLOWED_DOMAINS": "127.0.0.1", "IGNORE_ROBOTSTXT": "y", "FOLLOW_REDIRECTS": "n", "MAX_BODY_SIZE": "1",
		"MAX_DEPTH": "0", "MAX_REQUESTS": "1", "PARSE_HTTP_ERROR_RESPONSE": "n", "TRACE_HTTP": "y", "USER_AGENT": "curl/8",
	} {
		t.Setenv("COLLY_"+name, value)
	}
	url, _ := served(t, map[string]http.HandlerFunc{
		"/robots.txt": text("User-agent: pressmark\nDisallow: /private"),
		"/agent":      func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.UserAgent()) },
		"/to":         to("/agent"),
	})
	c := client(t)
	failing(t, c, url+"/private", fetch.CodeRobotsDisallowed)
	for range 3 {
		if r := must(t, c, fetch.Request{URL: url + "/to"}); !strings.HasPrefix(string(r.Body), "pressmark/") {
			t.Errorf("User-Agent %q", r.Body)
		}
	}
	if r := must(t, c, fetch.Request{URL: url + "/none"}); r.Status != http.StatusNotFound {
		t.Errorf("status %d", r.Status)
	}
}

// robotsBy serves a robots.txt by the number of times that it was asked for.
func robotsBy(answers ...int) map[string]http.HandlerFunc {
	var n atomic.Int32
	return map[string]http.HandlerFunc{"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
		i := min(int(n.Add(1)), len(answers)) - 1
		w.WriteHeader(answers[i])
		_, _ = io.WriteString(w, "User-agent: *\nDisallow: /private")
	}}
}

func robotsServerErrorDisallows(t *testing.T) {
	for _, status := range []int{429, 500, 503} {
		url, seen := served(t, robotsBy(status, 200))
		c := client(t, func(o *fetch.Options) { o.Robots.Retry = 50 * time.Millisecond })
		e := failing(t, c, url+"/page", fetch.CodeRobotsUnreachable)
		if seen.list() != "/robots.txt" || !e.Temporary() {
			t.Errorf("%d: requests %s", status, seen.list())
		}
		time.Sleep(time.Until(e.RetryAt))
		must(t, c, fetch.Request{URL: url + "/page"})
		failing(t, c, url+"/private", fetch.CodeRobotsDisallowed)
	}
}

func robotsFailureIsRemembered(t *testing.T) {
	url, seen := served(t, map[string]http.HandlerFunc{"/robots.txt": raw("")})
	c := client(t, func(o *fetch.Options) { o.Robots.Retry = time.Hour })
	for i := range 5 {
		failing(t, c, fmt.Sprintf("%s/%d", url, i), fetch.CodeRobotsUnreachable)
	}
	if seen.list() != "/robots.txt" {
		t.Errorf("requests %s, want one for robots.txt", seen.list())
	}
}

func robotsMemoryIsBounded(t *testing.T) {
	url, a := served(t, nil)
	port := url[strings.LastIndex(url, ":"):]
	c := client(t, named, func(o *fetch.Options) { o.Robots.Origins = 5 })
	for i := range 50 {
		must(t, c, fetch.Request{URL: fmt.Sprintf("http://h%d.example%s/", i, port)})
	}
	must(t, c, fetch.Request{URL: "http://h0.example" + port + "/"})
	if n := strings.Count(a.list(), "/robots.txt"); n != 51 {
		t.Errorf("%d requests for robots.txt, want 51: the first of 50 is forgotten at a bound of 5", n)
	}
}

func productTokenIsMatched(t *testing.T) {
	for agents, allowed := range map[string]bool{
		"pressmark": false, "PressMark": false, "pressmark/0.1": false, "Mozilla": true, "press": true, "p": true, "pressmarkx": true,
	} {
		url, _ := served(t, map[string]http.HandlerFunc{"/robots.txt": text("User-agent: " + agents + "\nDisallow: /")})
		c := client(t, func(o *fetch.Options) {
			o.UserAgent = "Mozilla/5.0 (compatible; pressmark/0.1; +https://archive.example)"
		})
		_, err := c.Get(t.Context(), fetch.Request{URL: url + "/x"})
		if (err == nil) != allowed {
			t.Errorf("User-agent: %s: %v, want allowed %v", agents, err, allowed)
		}
	}
}

func queryIsMatchedAsSent(t *testing.T) {
	url, seen := served(t, map[string]http.HandlerFunc{"/robots.txt": text("User-agent: *\nDisallow: /p?z=1&a=2")})
	c := client(t)
	failing(t, c, url+"/p?z=1&a=2", fetch.CodeRobotsDisallowed)
	must(t, c, fetch.Request{URL: url + "/p?a=2&z=1"})
	if got, want := seen.list(), "/robots.txt /p?a=2&z=1"; got != want {
		t.Errorf("requests %s, want %s", got, want)
	}
}

func redirectTargetIsChecked(t *testing.T) {
	url, seen := served(t, map[string]http.HandlerFunc{"/robots.txt": text("User-agent: *\nDisallow: /private"), "/a": to("/private")})
	failing(t, client(t), url+"/a", fetch.CodeRobotsDisallowed)
	if got, want := seen.list(), "/robots.txt /a"; got != want {
		t.Errorf("requests %s, want %s", got, want)
	}
}

func robotsFetchIsBounded(t *testing.T) {
	var sent atomic.Int64
	url, _ := served(t, map[string]http.HandlerFunc{"/robots.txt": func(w http.ResponseWriter, r *http.Request) {
		line := []byte("User-agent: *\nDisallow: /private\n# " + strings.Repeat("x", 4096) + "\n")
		for r.Context().Err() == nil && sent.Load() < 64<<20 {
			n, err := w.Write(line)
			sent.Add(int64(n))
			if err != nil {
				return
			}
		}
	}})
	c := client(t)
	must(t, c, fetch.Request{URL: url + "/page"})
	failing(t, c, url+"/private", fetch.CodeRobotsDisallowed)
	if n := sent.Load(); n > 16<<20 { // socket buffers apart, half a mebibyte
		t.Errorf("%d bytes of robots.txt sent", n)
	}

	release, entered := make(chan struct{}), make(chan struct{}, 1)
	defer close(release)
	stuck, _ := served(t, map[string]http.HandlerFunc{"/robots.txt": hanging(release, entered)})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-entered; cancel() }()
	if _, err := c.Get(ctx, fetch.Request{URL: stuck + "/"}); fetch.Code(err) != fetch.CodeCanceled {
		t.Errorf("waiting for robots.txt under a cancelled context: %v", err)
	}

	moved, _ := served(t, map[string]http.HandlerFunc{"/robots.txt": to("/index"), "/index": text("the page")})
	if r := must(t, c, fetch.Request{URL: moved + "/index"}); string(r.Body) != "the page" {
		t.Errorf("body %q", r.Body)
	}
}

func crawlDelayIsKept(t *testing.T) {
	url, seen := served(t, map[string]http.HandlerFunc{"/robots.txt": text("User-agent: *\nCrawl-delay: 0.05")})
	c := client(t)
	for range 3 {
		must(t, c, fetch.Request{URL: url + "/"})
	}
	seen.gaps(t, 50*time.Millisecond)
	long, _ := served(t, map[string]http.HandlerFunc{"/robots.txt": text("User-agent: *\nCrawl-delay: 86400")})
	_, err := c.Get(t.Context(), fetch.Request{URL: long + "/", MaxWait: time.Second})
	var e *fetch.Error
	if !errors.As(err, &e) || e.Code != fetch.CodeNotReady || time.Until(e.RetryAt) < 23*time.Hour {
		t.Errorf("a delay of a day: %v", err)
	}
}

func retryAfterIsKept(t *testing.T) {
	date := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	for value, least := range map[string]time.Duration{"3600": 59 * time.Minute, date: 59 * time.Minute, "": 5 * time.Second} {
		url, seen := served(t, map[string]http.HandlerFunc{"/x": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", value)
			w.WriteHeader(http.StatusTooManyRequests)
		}})
		c := client(t, func(o *fetch.Options) { o.Pacer = pace.New(pace.Options{Floor: -1, LongRest: 2 * time.Hour}) })
		if r := must(t, c, fetch.Request{URL: url + "/x"}); r.Status != http.StatusTooManyRequests {
			t.Fatal(r.Status)
		}
		_, err := c.Get(t.Context(), fetch.Request{URL: url + "/y", MaxWait: -1})
		var e *fetch.Error
		if !errors.As(err, &e) || e.Code != fetch.CodeNotReady || time.Until(e.RetryAt) < least-time.Second {
			t.Errorf("Retry-After %q: %v, want a wait of %v", value, err, least)
		}
		if seen.list() != "/robots.txt /x" {
			t.Errorf("requests %s", seen.list())
		}
	}
}

func nothingIsRetriedByItself(t *testing.T) {
	url, seen := served(t, map[string]http.HandlerFunc{"/a": to("/b"), "/b": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }})
	c := client(t)
	for range 2 {
		if r := must(t, c, fetch.Request{URL: url + "/a"}); r.Status != 503 || r.URL != url+"/a" || r.FinalURL != url+"/b" {
			t.Errorf("%+v", r)
		}
	}
	if got, want := seen.list(), "/robots.txt /a /b /a /b"; got != want {
		t.Errorf("requests %s, want %s", got, want)
	}
}

func failureCanBeRepeated(t *testing.T) {
	first := true
	url, _ := served(t, map[string]http.HandlerFunc{"/x": func(w http.ResponseWriter, _ *http.Request) {
		if first {
			first = false
			w.WriteHeader(503)
		}
	}})
	c := client(t)
	for _, want := range []int{503, 200, 200} {
		if r := must(t, c, fetch.Request{URL: url + "/x"}); r.Status != want {
			t.Errorf("status %d, want %d", r.Status, want)
		}
	}
}

func sameURLAtOnce(t *testing.T) {
	url, seen := served(t, map[string]http.HandlerFunc{"/x": text("x")})
	c := client(t)
	var wg sync.WaitGroup
	for range 50 { // what is fetched twice is the frontier's to decide; all get an answer
		wg.Go(func() {
			if r := must(t, c, fetch.Request{URL: url + "/x"}); string(r.Body) != "x" {
				t.Errorf("body %q", r.Body)
			}
		})
	}
	wg.Wait()
	if n := len(seen.times); n != 51 {
		t.Errorf("%d requests, want 51", n)
	}
}

func redirectOntoKnownURL(t *testing.T) {
	url, _ := served(t, map[string]http.HandlerFunc{"/a": to("/c"), "/b": to("/c"), "/c": text("c")})
	c := client(t)
	for _, path := range []string{"/c", "/a", "/b", "/a"} {
		if r := must(t, c, fetch.Request{URL: url + path}); string(r.Body) != "c" || r.FinalURL != url+"/c" || r.Chain[0] != url+path {
			t.Errorf("%s: %+v", path, r)
		}
	}
}

func hostsShareNoRules(t *testing.T) {
	p := pace.New(pace.Options{Floor: -1})
	slow, _ := served(t, map[string]http.HandlerFunc{})
	fast, seen := served(t, map[string]http.HandlerFunc{})
	p.SetDelay(strings.TrimPrefix(slow, "http://"), time.Hour)
	c := client(t, func(o *fetch.Options) { o.Pacer = p })
	if _, err := c.Get(t.Context(), fetch.Request{URL: slow + "/", MaxWait: time.Second}); fetch.Code(err) != fetch.CodeNotReady {
		t.Errorf("slow host after its robots.txt: %v", err)
	}
	for range 5 {
		must(t, c, fetch.Request{URL: fast + "/"})
	}
	if n := len(seen.times); n != 6 {
		t.Errorf("%d requests", n)
	}
	if _, err := c.Get(t.Context(), fetch.Request{URL: fast + "/", Cookies: true}); err != nil {
		t.Error(err)
	}
}

func redirectCheckIsInPlace(t *testing.T) {
	url, seen := served(t, map[string]http.HandlerFunc{"/a": to("http://10.0.0.1/"), "/loop": to("/loop"), "/ftp": to("ftp://x.example/")})
	c := client(t, func(o *fetch.Options) {
		o.AllowPrivate, o.AllowHosts = false, []string{strings.TrimPrefix(url, "http://")}
	})
	failing(t, c, url+"/a", fetch.CodePrivateAddress)
	failing(t, c, url+"/loop", fetch.CodeRedirectLoop)
	failing(t, c, url+"/ftp", fetch.CodeBadURL)
	if got, want := seen.list(), "/robots.txt /a /loop /ftp"; got != want {
		t.Errorf("requests %s, want %s", got, want)
	}
}

func recorderSeesEverything(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	url, seen := served(t, map[string]http.HandlerFunc{"/a": to("/b"), "/b": text("b")})
	c := client(t)
	for range 5 {
		if r := must(t, c, fetch.Request{URL: url + "/a", Record: true}); len(r.Hops) != 2 || len(r.Hops[0].ResponseHead) == 0 || string(r.Hops[1].ResponseBody) != "b" {
			t.Errorf("hops %+v", r.Hops)
		}
	}
	seen.kept(t)
}

func cutBodyIsAnError(t *testing.T) {
	url, _ := served(t, map[string]http.HandlerFunc{"/x": raw("HTTP/1.0 200 OK\r\n\r\n" + strings.Repeat("x", 1000))})
	r, err := client(t).Get(t.Context(), fetch.Request{URL: url + "/x", MaxBody: 100})
	if fetch.Code(err) != fetch.CodeTooLarge || len(r.Body) != 100 || r.Truncated != "length" {
		t.Errorf("%v, %+v", err, r)
	}
	url, _ = served(t, map[string]http.HandlerFunc{"/x": typed("text/html", make([]byte, 12<<20))})
	if r := must(t, client(t), fetch.Request{URL: url + "/x"}); len(r.Body) != 12<<20 {
		t.Errorf("%d bytes of 12 MiB", len(r.Body))
	}
}

func bombIsAnError(t *testing.T) {
	file := bomb(8)
	url, _ := served(t, map[string]http.HandlerFunc{"/a": encoded("gzip", file), "/sitemap.xml.gz": typed("application/gzip", file)})
	for _, req := range []fetch.Request{{URL: url + "/a"}, {URL: url + "/sitemap.xml.gz", Kind: fetch.Source}} {
		r, err := client(t).Get(t.Context(), req)
		if fetch.Code(err) != fetch.CodeBomb || len(r.Body) > 3<<20 {
			t.Errorf("%s: %v, %d bytes in memory", req.URL, err, len(r.Body))
		}
	}
}

func unknownCodingIsAnError(t *testing.T) {
	var asked string
	url, _ := served(t, map[string]http.HandlerFunc{"/x": func(w http.ResponseWriter, r *http.Request) {
		asked = r.Header.Get("Accept-Encoding")
		w.Header().Set("Content-Encoding", "zstd")
		_, _ = w.Write([]byte("\x28\xb5\x2f\xfd..."))
	}})
	failing(t, client(t), url+"/x", fetch.CodeBadEncoding)
	if asked != "gzip" {
		t.Errorf("Accept-Encoding %q", asked)
	}
}

func bytesArriveAsTheyAre(t *testing.T) {
	const gbk = "<html><head><title>\xd6\xd0\xce\xc4</title></head></html>"
	late := "<html><head>" + strings.Repeat(" ", 2000) + `<meta charset="gb2312"><title>` + "\xd6\xd0\xce\xc4"
	for contentType, body := range map[string]string{
		"text/html": gbk, "text/html; charset=gb2312": gbk, "text/html; charset=utf-8": gbk, "text/html; charset=GB-18030": gbk,
		"text/html; charset=iso-8859-1": "中文", "text/html; charset=nonsense": late, "": late,
		"application/xml; charset=gbk": `<?xml version="1.0" encoding="GBK"?><a>` + "\xd6\xd0</a>",
	} {
		url, _ := served(t, map[string]http.HandlerFunc{"/x.xml": typed(contentType, []byte(body))})
		r := must(t, client(t), fetch.Request{URL: url + "/x.xml"})
		if string(r.Body) != body || contentType != "" && r.Header.Get("Content-Type") != contentType {
			t.Errorf("%s: body %q, header %v", contentType, r.Body, r.Header)
		}
	}
}

func exchangeIsKept(t *testing.T) {
	page := strings.Repeat("page ", 100)
	url, _ := served(t, map[string]http.HandlerFunc{
		"/a": to("/b"),
		"/b": raw("HTTP/1.1 203 Odd Words\r\nX-Case: Kept\r\nx-case: kept\r\nContent-Encoding: gzip\r\n\r\n" + string(zipped(page))),
	})
	r := must(t, client(t), fetch.Request{URL: url + "/a", Record: true})
	if len(r.Hops) != 2 || r.Hops[0].URL != url+"/a" || !strings.HasPrefix(string(r.Hops[0].ResponseHead), "HTTP/1.1 302 Found\r\n") {
		t.Fatalf("%+v", r.Hops)
	}
	if got, want := string(r.Hops[1].ResponseHead), "HTTP/1.1 203 Odd Words\r\nX-Case: Kept\r\nx-case: kept\r\nContent-Encoding: gzip\r\n\r\n"; got != want {
		t.Errorf("head %q, want %q", got, want)
	}
	if string(r.Hops[1].ResponseBody) != string(zipped(page)) || string(r.Body) != page {
		t.Errorf("raw %d bytes, decoded %d", len(r.Hops[1].ResponseBody), len(r.Body))
	}
}

func everyStatusIsAnAnswer(t *testing.T) {
	url, _ := served(t, map[string]http.HandlerFunc{"/x": func(w http.ResponseWriter, r *http.Request) {
		var status int
		_, _ = fmt.Sscan(r.URL.RawQuery, &status)
		w.WriteHeader(status)
	}})
	c := client(t)
	for _, status := range []int{200, 201, 202, 203, 204, 206, 226, 299, 300, 304, 400, 401, 404, 410, 429, 451, 500, 503, 520, 530, 599} {
		r := must(t, c, fetch.Request{URL: fmt.Sprintf("%s/x?%d", url, status), ETag: `"x"`})
		if r.Status != status || r.NotModified() != (status == 304) {
			t.Errorf("status %d, want %d", r.Status, status)
		}
	}
}

func waitingIsNotTimed(t *testing.T) {
	url, _ := served(t, map[string]http.HandlerFunc{"/a": to("/b")})
	c := client(t, spaced(1200*time.Millisecond), func(o *fetch.Options) { o.Limits.Total = time.Second })
	must(t, c, fetch.Request{URL: url + "/a"}) // two waits of 1.2 s, each request within one
}

func contextIsTheRequests(t *testing.T) {
	release, entered := make(chan struct{}), make(chan struct{})
	a, _ := served(t, map[string]http.HandlerFunc{"/x": hanging(release, entered)})
	b, _ := served(t, map[string]http.HandlerFunc{"/to": to(a + "/x")})
	c := client(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		_, err := c.Get(ctx, fetch.Request{URL: b + "/to"})
		ended <- err
	}()
	<-entered
	kept := make(chan error)
	go func() { // waits for its turn behind the other
		_, err := c.Get(t.Context(), fetch.Request{URL: b + "/to"})
		kept <- err
	}()
	cancel() // reaches the second hop, on another host
	if err := <-ended; fetch.Code(err) != fetch.CodeCanceled {
		t.Errorf("cancelled: %v", err)
	}
	<-entered
	close(release)
	if err := <-kept; err != nil {
		t.Errorf("the other request: %v", err)
	}
}

func nothingIsRememberedOfURLs(t *testing.T) {
	url := site(t, nil).URL
	c := client(t)
	heap := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	get := func(n int) {
		for i := range n {
			must(t, c, fetch.Request{URL: fmt.Sprintf("%s/%d/%s", url, i, strings.Repeat("x", 4000))})
		}
	}
	get(50)
	before := heap()
	get(300) // URLs of 1.2 MB
	if after := heap(); after > before+600<<10 {
		t.Errorf("heap grew by %d bytes", after-before)
	}
}

func errorsAreNotCached(t *testing.T) {
	status := []int{404, 500, 200, 200}
	url, seen := served(t, map[string]http.HandlerFunc{"/x": func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status[0])
		status = status[1:]
	}})
	c := client(t)
	for _, want := range slices.Clone(status) {
		if r := must(t, c, fetch.Request{URL: url + "/x"}); r.Status != want {
			t.Errorf("status %d, want %d", r.Status, want)
		}
	}
	if n := len(seen.times); n != 5 {
		t.Errorf("%d requests, want 5", n)
	}
}

func transportIsOwn(t *testing.T) {
	standard := http.DefaultTransport
	http.DefaultTransport = nil // whoever uses it now fails
	defer func() { http.DefaultTransport = standard }()
	url, _ := served(t, map[string]http.HandlerFunc{"/x": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }})
	c := client(t, func(o *fetch.Options) { o.Limits.HeaderWait = 30 * time.Millisecond })
	must(t, c, fetch.Request{URL: url + "/"})
	failing(t, c, url+"/x", fetch.CodeTimeout)
}

func callbacksAreSetBeforeUse(t *testing.T) {
	c := client(t, func(o *fetch.Options) { o.Engines = 2; o.Robots = robots.Options{Origins: 3} })
	var wg sync.WaitGroup
	for range 4 { // collectors come and go while others work; the race detector watches
		url, _ := served(t, map[string]http.HandlerFunc{"/": text("<a href=/x>x</a>")})
		for range 4 {
			wg.Go(func() {
				for range 10 {
					must(t, c, fetch.Request{URL: url + "/"})
				}
			})
		}
	}
	wg.Wait()
}
