package reader_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Environment of the tests in a browser, which .ci/browser_check.sh sets:
//
//	PRESSMARK_TEST_BROWSER=required     without a browser the tests fail instead of being skipped
//	PRESSMARK_AXE=FILE             axe.min.js of npm's axe-core: every screen is checked for accessibility
//	PRESSMARK_SCREENSHOTS=FOLDER   keep a picture of every screen
const (
	envBrowser = "PRESSMARK_TEST_BROWSER"
	envAxe     = "PRESSMARK_AXE"
	envShots   = "PRESSMARK_SCREENSHOTS"
)

// browserTime bounds all work of one test in a browser, on a machine that is busy.
const browserTime = 15 * time.Minute

// browser is a tab of a Chromium that collects what pages should not do.
type browser struct {
	t    *testing.T
	ctx  context.Context //nolint:containedctx // of the tab
	axe  string
	mu   sync.Mutex
	sent []string // addresses asked for since the last visit
	said []string // errors of the console since then
}

func openBrowser(t *testing.T) *browser {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	switch {
	case path != "":
	case os.Getenv(envBrowser) == "required":
		t.Fatal("no Chromium: apt-get install chromium, or run .ci/browser_check.sh")
	default:
		t.Skip("NOT TESTED IN A BROWSER: there is no Chromium. `apt-get install chromium`, or run .ci/browser_check.sh, which installs it")
	}
	ctx, cancel := context.WithTimeout(context.Background(), browserTime)
	t.Cleanup(cancel)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true),
		chromedp.WSURLReadTimeout(2*time.Minute))
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx}
	if file := os.Getenv(envAxe); file != "" {
		source, err := os.ReadFile(file) //nolint:gosec // named by whoever runs the test
		if err != nil {
			t.Fatal(err)
		}
		b.axe = string(source)
	}
	if err := chromedp.Listen(ctx, b.heard); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	b.must(call(ctx, network.Enable, network.EnableParams{}))
	return b
}

// heard notes what a page asks for and what the console says.
func (b *browser) heard(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.sent = append(b.sent, e.Request.URL)
	case *runtime.EventExceptionThrown:
		b.said = append(b.said, e.ExceptionDetails.Text)
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == cdplog.EntryLevelError {
			b.said = append(b.said, e.Entry.Text+" "+e.Entry.URL)
		}
	}
}

func (b *browser) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// look is one way to look at a screen.
type look struct {
	width  int64
	scheme string
}

func (l look) String() string { return fmt.Sprintf("%d-%s", l.width, l.scheme) }

var looks = []look{{390, "light"}, {390, "dark"}, {1280, "light"}, {1280, "dark"}}

func (b *browser) set(l look) {
	b.t.Helper()
	b.must(chromedp.Do(b.ctx, chromedp.EmulateViewport(l.width, 900)))
	b.must(call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}}}))
}

// visit opens an address. It returns what was asked for and what the console said.
func (b *browser) visit(address string) (sent, said []string) {
	b.t.Helper()
	b.mu.Lock()
	b.sent, b.said = nil, nil
	b.mu.Unlock()
	b.must(chromedp.Do(b.ctx, chromedp.Navigate(address)))
	b.settle()
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.sent, b.said
}

// settle waits until the pictures of the page are loaded or given up, those below
// the fold included.
func (b *browser) settle() {
	b.t.Helper()
	eval[bool](b, `(async () => {
		for (const img of document.images) img.loading = 'eager'
		await Promise.all([...document.images].map(img => img.decode().catch(() => {})))
		return true
	})()`)
}

func eval[T any](b *browser, script string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%v\n%s", err, script)
	}
	return v
}

func (b *browser) keep(name string) {
	b.t.Helper()
	folder := os.Getenv(envShots)
	if folder == "" {
		return
	}
	b.must(os.MkdirAll(folder, 0o750))
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	b.must(err)
	b.must(os.WriteFile(filepath.Join(folder, name+".png"), png, 0o600))
}

// serious runs axe-core over the page. It returns serious and critical faults.
func (b *browser) serious() []string {
	b.t.Helper()
	if b.axe == "" {
		return nil
	}
	eval[bool](b, b.axe+"\n;true")
	found := eval[string](b, `axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(
		r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html)}))))`)
	var faults []struct {
		ID, Help string
		Nodes    []string
	}
	b.must(json.Unmarshal([]byte(found), &faults))
	var out []string
	for _, f := range faults {
		out = append(out, f.ID+": "+f.Help+": "+strings.Join(f.Nodes[:min(3, len(f.Nodes))], " | "))
	}
	return out
}

// TestBrowserScreens opens every screen of an archive in a real browser, narrow and wide,
// light and dark: nothing scrolls sideways, the console has no error, nothing is
// asked for elsewhere, and axe-core, where it is there, finds nothing serious.
func TestBrowserScreens(t *testing.T) {
	b := openBrowser(t)
	shelf := library(t)
	srv := shelf.serve()
	chosen := looks
	if b.axe == "" { // beside all other tests; .ci/browser_check.sh takes every look
		chosen = []look{looks[0], looks[3]}
	}
	for _, l := range chosen {
		b.set(l)
		for _, s := range shelf.screens() {
			sent, said := b.visit(srv.URL + s.path)
			where := s.name + " " + l.String()
			for _, address := range sent {
				if !strings.HasPrefix(address, srv.URL+"/") && !strings.HasPrefix(address, "data:") {
					t.Errorf("%s asks for %s", where, address)
				}
			}
			for _, text := range said {
				if !s.refused || !strings.Contains(text, "Failed to load resource") {
					t.Errorf("%s: the console says %s", where, text)
				}
			}
			if over := eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 && !s.foreign {
				t.Errorf("%s is %d pixels too wide: %s", where, over, eval[string](b, tooWide))
			}
			b.keep(s.name + "-" + l.String())
			if !s.foreign {
				for _, fault := range b.serious() {
					t.Errorf("%s: %s", where, fault)
				}
			}
		}
	}
}

// TestBrowserFinds spoils a page: each of the checks of TestBrowserScreens finds it.
func TestBrowserFinds(t *testing.T) {
	b := openBrowser(t)
	srv := library(t).serve()
	b.set(looks[0])
	b.visit(srv.URL + "/")
	eval[bool](b, `document.body.insertAdjacentHTML('beforeend', '<img width="9999" height="9" src="https://elsewhere.example/x.png"><input>'); true`)
	eval[bool](b, `document.querySelector('main').setAttribute('role', 'none of the kind'); true`)
	b.settle()
	if eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`) <= 0 {
		t.Error("a wide element makes nothing scroll")
	}
	b.mu.Lock()
	if text := strings.Join(b.said, " "); !strings.Contains(text, "Content Security Policy") {
		t.Errorf("the policy does not refuse a foreign picture: %q", text)
	}
	b.mu.Unlock()
	if found := strings.Join(b.serious(), " "); b.axe != "" && !strings.Contains(found, "image-alt") {
		t.Errorf("axe finds %q", found)
	}
}

// tooWide names the elements that stick out of the window.
const tooWide = `[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')`

// TestBrowserKeys uses the reader with the keyboard alone.
func TestBrowserKeys(t *testing.T) {
	b := openBrowser(t)
	shelf := library(t)
	srv := shelf.serve()
	b.visit(srv.URL + "/articles")
	focus := func() string {
		return eval[string](b, `document.activeElement.textContent || document.activeElement.id`)
	}
	first := eval[string](b, `document.querySelectorAll('.hit')[0].textContent`)
	second := eval[string](b, `document.querySelectorAll('.hit')[1].textContent`)
	for _, step := range []struct{ key, want string }{{"j", first}, {"j", second}, {"k", first}, {"/", "q"}} {
		b.must(chromedp.Do(b.ctx, chromedp.KeyEvent(step.key)))
		if got := focus(); got != step.want {
			t.Errorf("after %s the focus is on %q, want %q", step.key, got, step.want)
		}
	}
	b.must(chromedp.Do(b.ctx, chromedp.KeyEvent("灯会")))
	if _, err := chromedp.RunResponse(b.ctx, chromedp.KeyEvent("\r")); err != nil {
		t.Fatal(err)
	}
	if got := eval[string](b, `document.querySelector('mark').textContent`); got != "灯会" {
		t.Errorf("the hit marks %q", got)
	}
	b.must(chromedp.Do(b.ctx, chromedp.KeyEvent("j")))
	if _, err := chromedp.RunResponse(b.ctx, chromedp.KeyEvent("\r")); err != nil {
		t.Fatal(err)
	}
	if got := eval[string](b, `location.pathname`); !strings.HasPrefix(got, "/article/") {
		t.Errorf("Enter leads to %s", got)
	}
}

// TestBrowserFollows archives an article while its list is open.
func TestBrowserFollows(t *testing.T) {
	b := openBrowser(t)
	shelf := library(t)
	srv := shelf.serve()
	b.visit(srv.URL + "/articles?q=newcomer")
	if got := eval[int](b, `document.querySelectorAll('.hit').length`); got != 0 {
		t.Fatalf("%d hits before the article is archived", got)
	}
	shelf.add("harbour-post", newcomer())
	if _, said := b.visit(srv.URL + "/articles?q=newcomer"); len(said) > 0 {
		t.Errorf("the console says %v", said)
	}
	if got := eval[string](b, `document.querySelector('.hit').textContent`); got != newcomer().Title {
		t.Errorf("the list shows %q", got)
	}
}

// TestBrowserCapture opens a captured page whose scripts would write into it,
// alone and in a frame of the reader.
func TestBrowserCapture(t *testing.T) {
	b := openBrowser(t)
	a := open(t)
	art := a.storm()
	a.commit(art, "archived")
	srv := a.serve()
	sent, _ := b.visit(srv.URL + "/article/paper/" + art.ID + "/captured")
	for _, address := range sent {
		if !strings.HasPrefix(address, srv.URL+"/") && !strings.HasPrefix(address, "data:") {
			t.Errorf("the captured page asks for %s", address)
		}
	}
	if got := eval[string](b, `self.origin`); got != "null" {
		t.Errorf("the captured page has the origin %q", got)
	}
}

// TestBrowserHostile opens the pages of an archive whose texts are attacks: none runs.
func TestBrowserHostile(t *testing.T) {
	b := openBrowser(t)
	a := open(t)
	art := a.storm()
	a.commit(art, "archived")
	srv := a.serve()
	own := "/article/paper/" + art.ID
	query := "?q=" + url.QueryEscape(attack)
	for _, path := range []string{"/", "/articles", "/articles" + query, "/articles?view=table&q=pier", "/articles?view=kwic&q=pier", own, own + "/diff?old=1&new=1", "/completeness",
		"/completeness?site=" + url.QueryEscape(attack) + "&outcome=failed&reason=" + url.QueryEscape(attack), "/pictures", "/pictures?missing=1", "/picture/" + strings.Repeat("ab", 32),
		"/headlines", "/certificate", "/article/" + url.PathEscape(attack) + "/x"} {
		b.visit(srv.URL + path)
		if title := eval[string](b, `document.title`); title == "run" || !strings.HasSuffix(title, "./archive") {
			t.Errorf("%s: the title is %q", path, title)
		}
		if n := eval[int](b, `document.querySelectorAll('script:not([src="/static/reader.js"]), [onerror], [onload], [onmouseover], a[href^="javascript:"], svg').length`); n > 0 {
			t.Errorf("%s has %d elements of the attack", path, n)
		}
	}
}

// call runs a command of the protocol whose result does not matter.
func call[P, R any](ctx context.Context, command cdp.Command[P, R], params P) error {
	_, err := chromedp.Call(ctx, command, params)
	return err
}
