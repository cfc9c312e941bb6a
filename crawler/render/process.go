package render

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// process is one Chromium.
type process struct {
	opts   *Options
	name   string
	pid    int
	folder string          // profile
	ctx    context.Context //nolint:containedctx // of the browser: every tab's is below it
	cancel context.CancelFunc
	lost   <-chan struct{}
	watch  *memoryWatch

	pages, using int  // the Renderer's lock guards them
	retired      bool // likewise
}

// goneError says that the process ended while a page was in work.
type goneError struct{ error }

// startTime bounds the start of Chromium, on a machine that is busy.
const startTime = time.Minute

// start starts Chromium.
func start(ctx context.Context, o *Options) (*process, error) {
	folder, err := newFolder()
	if err != nil {
		return nil, err
	}
	p := &process{opts: o, folder: folder}
	options := append(flags(o), chromedp.ExecPath(o.Path), chromedp.UserDataDir(folder), chromedp.ModifyCmdFunc(p.prepare))
	for _, f := range o.Flags {
		name, value, ok := strings.Cut(f, "=")
		if ok {
			options = append(options, chromedp.Flag(name, value))
		} else {
			options = append(options, chromedp.Flag(name, true))
		}
	}
	allocator, stop := chromedp.NewExecAllocator(context.WithoutCancel(ctx), options...)
	root, end := chromedp.NewContext(allocator, chromedp.WithErrorf(func(format string, args ...any) {
		o.Logger.Debug("browser: " + fmt.Sprintf(format, args...))
	}))
	p.ctx, p.cancel = root, func() { end(); stop() }
	abandon := context.AfterFunc(ctx, end)
	tooLong := time.AfterFunc(startTime, end)
	err = p.connect()
	if !tooLong.Stop() && err == nil {
		err = errors.New("it took too long")
	}
	abandon()
	if err != nil {
		p.kill()
		return nil, fmt.Errorf("start %s: %w", o.Path, err)
	}
	p.watch = watchMemory(p.pid, o.Limits.Memory)
	return p, nil
}

// connect starts the program, and sets what holds for all tabs.
func (p *process) connect() error {
	version, err := chromedp.CallBrowser(p.ctx, browser.GetVersion, cdp.Empty{})
	if err != nil {
		return err
	}
	p.name = version.Product
	b := chromedp.FromContext(p.ctx).Browser
	p.lost, p.pid = b.LostConnection, b.Process().Pid
	paused, _ := b.Subscribe(fetch.RequestPaused.Method)
	created, _ := b.Subscribe(target.TargetCreated.Method)
	go p.failRest(paused)
	go p.closeWindows(created)
	if _, err := chromedp.CallBrowser(p.ctx, fetch.Enable, fetch.EnableParams{}); err != nil {
		return err
	}
	if _, err := chromedp.CallBrowser(p.ctx, target.SetDiscoverTargets, target.SetDiscoverTargetsParams{Discover: true}); err != nil {
		return err
	}
	return nil
}

// failRest fails every request that no tab has answered.
func (p *process) failRest(paused <-chan rawEvent) {
	for raw := range paused {
		var e fetch.EventRequestPaused
		if decode(raw, &e) != nil {
			continue
		}
		go func() {
			_, _ = chromedp.CallBrowser(p.ctx, fetch.FailRequest, fetch.FailRequestParams{RequestID: e.RequestID, ErrorReason: network.ErrorReasonBlockedByClient})
		}()
	}
}

// closeWindows closes windows that pages open.
func (p *process) closeWindows(created <-chan rawEvent) {
	for raw := range created {
		var e target.EventTargetCreated
		if decode(raw, &e) != nil || e.TargetInfo == nil || e.TargetInfo.OpenerID == "" {
			continue
		}
		go func() {
			_, _ = chromedp.CallBrowser(p.ctx, target.CloseTarget, target.CloseTargetParams{TargetID: e.TargetInfo.TargetID})
		}()
	}
}

// prepare makes the process die with ours, in a group of its own.
func (p *process) prepare(cmd *exec.Cmd) { bind(cmd) }

// ended reports whether Chromium has ended.
func (p *process) ended() bool {
	select {
	case <-p.lost:
		return true
	default:
		return false
	}
}

// memory is the memory of all its processes in bytes; 0 where it is not known.
func (p *process) memory() int64 { return p.watch.total() }

// kill ends Chromium and its processes, and deletes its profile.
func (p *process) kill() {
	if p.watch != nil {
		p.watch.stop()
	}
	if p.pid != 0 {
		killGroup(p.pid)
	}
	p.cancel()
	_ = os.RemoveAll(p.folder) // of no use to anybody; sweep tries again
}

// prefix begins the names of profile folders; the process id of their owner follows.
const prefix = "pressmark-browser-"

// newFolder makes a folder for a profile, and deletes those that killed processes left.
func newFolder() (string, error) {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*"))
	for _, folder := range left {
		owner, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(folder), prefix), "-")
		if pid, err := strconv.Atoi(owner); err == nil && !alive(pid) {
			_ = os.RemoveAll(folder)
		}
	}
	return os.MkdirTemp("", prefix+strconv.Itoa(os.Getpid())+"-")
}
