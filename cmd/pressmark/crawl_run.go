package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"runtime"
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/discover"
	"pressmark/crawler/tally"
)

// crawl runs the plans into one archive and writes the summary.
func (a *app) crawl(ctx context.Context, f crawlFlags, plans []crawler.Plan, summary io.Writer) error {
	if err := lookForSecrets(plans); err != nil {
		return err
	}
	began := a.now()
	run, err := crawler.RunID(began)
	if err != nil {
		return err
	}
	log := a.logger(f.quiet).With("run", run)
	a.writing.Store(true)
	seen, err := serveMetrics(ctx, f.metrics, time.Hour, log)
	if err != nil {
		return err
	}
	archive, err := openArchive(ctx, f.to, storeOptions{PathStyle: f.pathStyle, Create: true, Logger: log, Watched: seen})
	if err != nil {
		return err
	}
	net := crawler.NewNetwork(f.networkOptions(seen, log, a.now))
	defer net.Close()
	browser, closeBrowser, err := f.openBrowser(log)
	if err != nil {
		return err
	}
	defer closeBrowser()
	setup := crawler.Setup{Extracted: seen.extracted(), Archive: archive.Archive, Network: net, Captures: f.captures(net, a.now), Version: version, Now: a.now}
	jobs, damaged, err := setup.Jobs(ctx, plans, f.terms())
	if errors.Is(err, discover.ErrPattern) || errors.Is(err, discover.ErrTooMany) {
		return misuse("%w", err)
	}
	if err != nil {
		return err
	}
	show := newProgress(a.stderr, log, a.onTerminal() && !f.quiet)
	options := f.visitOptions(net, a.now)
	setBrowser(&options, browser)
	warnUnrendered(log, sitesOf(plans), browser)
	tracer, lastTraces := openTraces(ctx, log)
	defer lastTraces()
	options.Tracer = tracer
	options.Run, options.Observe, options.Logger = run, seen.pages(show.observe), log
	seen.begin(len(jobs))
	if a.alone && os.Getenv("GOMAXPROCS") == "" {
		spareProcessor()
	}
	sums, err := crawler.New(options).Run(ctx, jobs)
	show.end()
	sums = append(sums, damaged...)
	seen.visited(sums, a.now())
	if printErr := printSummaries(summary, sums, runHead{run, began.UTC(), version}, f.json); printErr != nil {
		return errors.Join(err, printErr)
	}
	if err != nil {
		return err
	}
	if !f.json {
		printNothingNew(summary, sums)
		printUnrendered(summary, sums, browser)
	}
	return stoppedBy(tally.Failed(sums, f.failOn), sums)
}

func sitesOf(plans []crawler.Plan) []configs.Site {
	out := make([]configs.Site, len(plans))
	for i := range plans {
		out[i] = plans[i].Site
	}
	return out
}

// networkOptions returns the network's options according to the flags.
func (f *crawlFlags) networkOptions(seen *watched, log *slog.Logger, now func() time.Time) crawler.NetworkOptions {
	o := crawler.NetworkOptions{AllowPrivate: f.allowPrivate, Proxy: f.proxy.read, Delay: time.Duration(f.delay), DelaySet: f.delaySet,
		Memory: memory(f.memory), Contact: f.contact, Version: version, Logger: log, Now: now}
	if seen != nil {
		o.Asked = seen.Asked
	}
	return o
}

// visitOptions returns a crawler's options according to the flags.
func (f *crawlFlags) visitOptions(net *crawler.Network, now func() time.Time) crawler.Options {
	o := net.Options()
	o.Captures.Open, o.Captures.Images, o.Captures.Replay = f.captures(net, now), f.warc == "all", f.warc == "replay"
	o.Batch, o.Workers, o.Now = f.batch, f.workers, now
	o.Readers = runtime.GOMAXPROCS(0)
	return o
}

// captures opens capture files; nil where none are wanted.
func (f *crawlFlags) captures(net *crawler.Network, now func() time.Time) func(file string) (crawler.CaptureWriter, error) {
	if f.warc == "none" {
		return nil
	}
	return crawler.CaptureFiles(crawler.CaptureOptions{Operator: f.operator, UserAgent: net.Client().UserAgent(), Version: version, Now: now})
}

// terms returns the terms of a run according to the flags.
func (f *crawlFlags) terms() crawler.Terms {
	return crawler.Terms{Period: f.period, Limit: f.limit, Depth: f.depth, FollowLinks: f.followLinks, Refetch: f.refetch}
}

// spareProcessor gives Go one processor more than there are, which the pages that
// are read do not take (see crawler.Options.Readers). Go looks for answers that have
// come when a processor has nothing to do; reading a page takes about a millisecond,
// and while every processor is at that, an answer waits, and with it the next request
// to its host: a crawl without pauses took an eighth longer.
func spareProcessor() { runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1) }
