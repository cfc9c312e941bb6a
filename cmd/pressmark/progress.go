package main

import (
	"io"
	"log/slog"
	"os"
	"sync"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"pressmark/crawler"
	"pressmark/storage/ledger"
)

// progress shows a crawl while it runs: a bar a site on a terminal, a log line
// an article elsewhere.
type progress struct {
	log  *slog.Logger
	pool *mpb.Progress // nil where there is no terminal
	mu   sync.Mutex
	bars map[string]*mpb.Bar
}

func newProgress(w io.Writer, log *slog.Logger, bars bool) *progress {
	p := &progress{log: log, bars: map[string]*mpb.Bar{}}
	if bars {
		p.pool = mpb.New(mpb.WithOutput(w), mpb.WithWidth(40))
	}
	return p
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// observe takes one event of the crawl.
func (p *progress) observe(e crawler.Event) {
	if p.pool == nil {
		p.logEvent(e)
		return
	}
	if e.Kind != ledger.KindPage {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	bar, ok := p.bars[e.Site]
	if !ok {
		bar = p.pool.AddBar(0,
			mpb.PrependDecorators(decor.Name(e.Site, decor.WC{W: len(e.Site) + 1, C: decor.DindentRight}), decor.CountersNoUnit("%d / %d pages", decor.WCSyncWidth)),
			mpb.AppendDecorators(decor.Percentage(decor.WC{W: 5}), decor.Elapsed(decor.ET_STYLE_GO, decor.WC{W: 8})))
		p.bars[e.Site] = bar
	}
	bar.SetTotal(int64(e.Discovered), false)
	bar.SetCurrent(int64(e.Done))
}

func (p *progress) logEvent(e crawler.Event) {
	switch e.Outcome {
	case ledger.Archived, ledger.Revised, ledger.Gone:
		p.log.Info(string(e.Outcome), "site", e.Site, "url", e.URL)
	case ledger.Failed:
		p.log.Warn(string(e.Outcome), "site", e.Site, "url", e.URL, "reason", e.Reason)
	default:
		p.log.Debug(string(e.Outcome), "site", e.Site, "url", e.URL, "reason", e.Reason)
	}
}

// end removes the bars, so that the summary begins on a clean line.
func (p *progress) end() {
	if p.pool == nil {
		return
	}
	p.mu.Lock()
	for _, b := range p.bars {
		b.EnableTriggerComplete()
		b.Abort(false)
	}
	p.mu.Unlock()
	p.pool.Wait()
}
