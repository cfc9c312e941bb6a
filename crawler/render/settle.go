package render

import (
	"context"
	"errors"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
)

const (
	tick      = 100 * time.Millisecond
	quietFor  = 500 * time.Millisecond // of the network, and of the text
	stillFor  = 5 * time.Second        // of the text, where the page goes on asking for data
	stateTime = 2 * time.Second        // after which a script is taken to hang
)

// state is what settling looks at.
type state struct {
	Ready bool // the document is parsed
	Text  int  // characters that it shows
	Nodes int  // pictures and the like
}

// settle waits until the page has settled, scrolls it, opens what is folded, and waits
// again. It reports whether the page has settled, and not only run out of time.
func (t *tab) settle() (bool, error) {
	began := time.Now()
	over := func() bool { return time.Since(began)-t.traffic.quiet().waited > t.process.opts.Limits.Settle }
	settled, err := t.rest(over)
	if err != nil || !settled {
		return false, err
	}
	for _, script := range []string{scrollScript, moreScript} {
		var did int
		ctx, cancel := t.within(stateTime)
		err := t.evaluate(ctx, script, &did)
		cancel()
		if err != nil || did == 0 {
			continue // the page is read as it is
		}
		if script == moreScript {
			t.opened += did
		}
		if settled, err = t.rest(over); err != nil || !settled {
			return false, err
		}
	}
	return true, nil
}

// rest waits until network and text are quiet; false if time is over before.
func (t *tab) rest(over func() bool) (bool, error) {
	var last state
	changed := time.Now()
	for {
		if err := t.pause(); err != nil {
			return false, err
		}
		now, err := t.state()
		switch {
		case err != nil && t.work.Err() != nil:
			return false, t.work.Err()
		case err != nil && over():
			return false, nil
		case err != nil: // a script hangs, or the page is between two documents
			continue
		}
		if now != last {
			last, changed = now, time.Now()
		}
		still, q := time.Since(changed), t.traffic.quiet()
		idle := q.pending == 0 && time.Since(q.last) >= quietFor
		switch {
		case now.Ready && idle && still >= quietFor:
			return true, nil
		case now.Ready && q.data && now.Text > 0 && still >= stillFor:
			return false, nil // it goes on asking, and shows nothing new
		case over():
			return false, nil
		}
	}
}

// pause waits for the next look.
func (t *tab) pause() error {
	select {
	case <-time.After(tick):
		return nil
	case <-t.crashed:
		return errors.New("crashed")
	case <-t.work.Done():
		return t.work.Err()
	}
}

// state looks at the page.
func (t *tab) state() (s state, err error) {
	ctx, cancel := t.within(stateTime)
	defer cancel()
	err = t.evaluate(ctx, stateScript, &s)
	t.hung = errors.Is(err, context.DeadlineExceeded)
	return s, err
}

// freeze keeps further scripts of the page from running. The one that runs goes on: both
// commands are taken between two of its steps.
func (t *tab) freeze() {
	ctx, cancel := t.within(stateTime)
	defer cancel()
	_, _ = send(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}) // reading shows whether it helped
	if t.hung {
		t.terminate()
	}
}

// terminate ends the script that runs, or else the next one.
func (t *tab) terminate() {
	ctx, cancel := t.within(stateTime)
	defer cancel()
	_, _ = send(ctx, runtime.TerminateExecution, cdp.Empty{})
}
