package render

import (
	"context"
	_ "embed" // scripts
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

type rawEvent = jsonv2.Value

func decode(raw rawEvent, into any) error {
	return jsonv2.Unmarshal(raw, into, chromedp.DefaultUnmarshalOptions)
}

//go:embed scripts/guard.js
var guardScript string

//go:embed scripts/state.js
var stateScript string

//go:embed scripts/scroll.js
var scrollScript string

//go:embed scripts/more.js
var moreScript string

//go:embed scripts/dom.js
var domScript string

// tab is one page in a browser context of its own.
type tab struct {
	process *process
	traffic *traffic
	ctx     context.Context //nolint:containedctx // of the tab, below the process's
	work    context.Context //nolint:containedctx // of the page: ends with the caller's
	frame   cdp.FrameID     // the page's own
	crashed chan struct{}
	crash   sync.Once
	hung    bool // no answer came from its scripts of late
	opened  int  // "read more" buttons pressed
}

// render renders a page in a tab of the process.
func (p *process) render(ctx context.Context, t *traffic) (*Result, error) {
	began, ended := time.Now(), p.watch.count()
	fail := func(code string, err error) error { return &Error{URL: t.page.URL, Code: code, Err: err} }
	tb := &tab{process: p, traffic: t, crashed: make(chan struct{})}
	tabCtx, closeTab := chromedp.NewContext(p.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(tb.heard))
	defer tb.closeWith(closeTab)
	work, cancel := context.WithCancel(tabCtx)
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	tb.ctx, tb.work = tabCtx, work
	res, err := tb.run()
	switch {
	case err == nil:
		res.Browser, res.Took, res.Opened = p.name, time.Since(began), tb.opened
		t.fill(res)
		return res, nil
	case tb.hasCrashed() && p.watch.count() > ended:
		return nil, fail(CodeMemory, fmt.Errorf("more than %d MiB", p.opts.Limits.Memory>>20))
	case tb.hasCrashed():
		return nil, fail(CodeCrashed, errors.New("the page's process ended; it may have used up its memory"))
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, fail(CodeTime, err)
	case ctx.Err() != nil:
		return nil, fail(CodeCancel, ctx.Err())
	case p.ended():
		return nil, &goneError{fail(CodeCrashed, errors.New("Chromium ended"))}
	}
	return nil, fail(CodeTime, err)
}

// closeWith closes the tab. Nobody waits for one that crashed: Chromium takes its time.
func (t *tab) closeWith(closeTab func()) {
	if t.hasCrashed() {
		go closeTab()
		return
	}
	closeTab()
}

func (t *tab) hasCrashed() bool {
	select {
	case <-t.crashed:
		return true
	default:
		return false
	}
}

// send runs a command in the tab.
func send[P, R any](ctx context.Context, cmd cdp.Command[P, R], params P) (R, error) {
	return chromedp.Call(ctx, cmd, params)
}

// openTime bounds commands that Chromium answers without the page's scripts.
const openTime = 30 * time.Second

// run opens the page, lets it settle and reads it.
func (t *tab) run() (*Result, error) {
	if err := t.open(); err != nil {
		return nil, err
	}
	settled, err := t.settle()
	if err != nil {
		return nil, err
	}
	res, err := t.read()
	if err != nil {
		return nil, err
	}
	res.Settled = settled
	return res, nil
}

// open makes the tab and sends it to the page.
func (t *tab) open() error {
	ctx, cancel := t.within(openTime)
	defer cancel()
	if err := chromedp.Do(t.ctx); err != nil {
		return err
	}
	c := chromedp.FromContext(t.ctx)
	t.frame = cdp.FrameID(c.Target.TargetID)
	yes := true
	_, err := chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorDeny, BrowserContextID: c.BrowserContextID})
	steps := []func() error{
		func() error { return err },
		func() error {
			_, err := send(ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
			return err
		},
		func() error {
			_, err := send(ctx, network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: true})
			return err
		},
		func() error {
			_, err := send(ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: zoneOf(t.traffic.page)})
			return err
		},
		func() error {
			_, err := send(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: guardScript, RunImmediately: &yes})
			return err
		},
		func() error { _, err := send(ctx, fetch.Enable, fetch.EnableParams{}); return err },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return fmt.Errorf("prepare the tab: %w", err)
		}
	}
	nav, err := send(ctx, page.Navigate, page.NavigateParams{URL: t.traffic.page.URL})
	if err == nil && nav.ErrorText != "" {
		err = errors.New(nav.ErrorText)
	}
	if err != nil {
		return fmt.Errorf("open the page: %w", err)
	}
	return nil
}

func zoneOf(p Page) string {
	if p.Timezone == "" {
		return "UTC"
	}
	return p.Timezone
}

// within returns a context of the page's work that ends after d.
func (t *tab) within(d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(t.work, d)
}

// heard takes events of the tab. It must not wait.
func (t *tab) heard(event any) {
	switch e := event.(type) {
	case *fetch.EventRequestPaused:
		go t.answer(e)
	case *page.EventJavascriptDialogOpening:
		go func() { _, _ = send(t.work, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{}) }() // dismissed
	case *inspector.EventTargetCrashed:
		t.crash.Do(func() { close(t.crashed) })
	}
}

// answer answers a request of the page, or fails it.
func (t *tab) answer(e *fetch.EventRequestPaused) {
	r, a, err := t.answerTo(e)
	switch {
	case errors.Is(err, errNotOurs):
		_, _ = send(t.work, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: e.RequestID})
	case err != nil:
		reason := network.ErrorReasonBlockedByClient
		if e.ResourceType == network.ResourceTypeDocument {
			reason = network.ErrorReasonAborted // the page stays, and no page about the error takes its place
		}
		_, _ = send(t.work, fetch.FailRequest, fetch.FailRequestParams{RequestID: e.RequestID, ErrorReason: reason})
	default:
		_, _ = send(t.work, fetch.FulfillRequest, fetch.FulfillRequestParams{RequestID: e.RequestID, ResponseCode: int64(a.Status),
			ResponseHeaders: responseHeader(a, r), Body: a.Body})
	}
}

// errNotOurs is the answer to a request that the browser answers out of the page
// itself.
var errNotOurs = errors.New("within the page")

func (t *tab) answerTo(e *fetch.EventRequestPaused) (Request, *Answer, error) {
	r := Request{URL: e.Request.URL, Header: requestHeader(e.Request.Headers)}
	scheme, _, _ := strings.Cut(r.URL, ":")
	switch scheme {
	case "data", "blob", "about":
		return r, nil, errNotOurs
	case "http", "https":
	default:
		return r, nil, t.traffic.refuse(RefusedScheme)
	}
	switch e.ResourceType {
	case network.ResourceTypeImage:
		return r, &Answer{Status: http.StatusOK, Header: http.Header{"Content-Type": {"image/svg+xml"}}, Body: []byte(placeholder)}, nil
	case network.ResourceTypePreflight:
		return r, &Answer{Status: http.StatusNoContent, Header: http.Header{}}, nil
	}
	kind, refused := kindOf(e.ResourceType, e.FrameID == t.frame)
	switch {
	case refused == "" && aside(e.Request.Headers):
		return r, nil, t.traffic.refuse(RefusedOther)
	case refused != "":
		return r, nil, t.traffic.refuse(refused)
	case e.Request.Method != http.MethodGet:
		return r, nil, t.traffic.refuse(RefusedMethod)
	}
	r.Kind = kind
	if kind == Document {
		a, err := t.traffic.document(t.work, r)
		if err == nil && !isPage(a) {
			return r, nil, t.traffic.refuse(RefusedDownload)
		}
		return r, a, err
	}
	a, err := t.traffic.fetch(t.work, r)
	return r, a, err
}

// isPage reports whether a document is shown, or sends the page elsewhere; all others
// would be downloaded.
func isPage(a *Answer) bool {
	media, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
	switch strings.ToLower(strings.TrimSpace(media)) {
	case "", "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml":
		return true
	}
	return a.Status/100 == 3
}

// evaluate runs a script beside the page's own, in a world that they do not share, and
// decodes the value that it returns.
func (t *tab) evaluate(ctx context.Context, script string, into any) error {
	world, err := send(ctx, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: t.frame, WorldName: "pressmark"})
	if err != nil {
		return err
	}
	yes := true
	res, err := send(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: script, ContextID: world.ExecutionContextID, ReturnByValue: &yes, AwaitPromise: &yes})
	switch {
	case err != nil:
		return err
	case res.ExceptionDetails != nil:
		return errors.New(res.ExceptionDetails.Text)
	}
	return json.Unmarshal(res.Result.Value, into)
}

// readTime bounds the reading of the settled page.
const (
	readTime  = 5 * time.Second // at each try
	readTries = 3               // one may be ended in place of a script that hangs
)

// read returns the page as its scripts left it.
func (t *tab) read() (*Result, error) {
	var dom struct {
		URL, HTML string
	}
	var err error
	t.freeze()
	for range readTries {
		ctx, cancel := t.within(readTime)
		err = t.evaluate(ctx, domScript, &dom)
		cancel()
		if err == nil || t.work.Err() != nil || t.hasCrashed() {
			break
		}
		t.terminate()
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the page: %w", err)
	case int64(len(dom.HTML)) > t.process.opts.Limits.DOM:
		return nil, fmt.Errorf("read the page: %d bytes of text and markup", len(dom.HTML))
	}
	return &Result{URL: dom.URL, HTML: []byte(dom.HTML)}, nil
}
