package main

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
	"github.com/spf13/cobra"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/fleet"
	"pressmark/crawler/rhythm"
)

type runFlags struct {
	crawlFlags
	queue       string
	visits      int
	visitTime   configs.Duration
	least, most configs.Duration
	reload      configs.Duration
	beat        configs.Duration
	explain     string
	name        string
}

func newRun(a *app) *cobra.Command {
	f := runFlags{crawlFlags: crawlFlags{depth: -1}, visitTime: configs.Duration(15 * time.Minute), least: configs.Duration(rhythm.DefaultBounds.Min),
		most: configs.Duration(rhythm.DefaultBounds.Max), reload: configs.Duration(10 * time.Second), beat: configs.Duration(10 * time.Second)}
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Keep the configured sites on their schedules, for years",
		Long: "Run visits each configured site at the pace at which it brings news, learned from its log, within the bounds of its\n" +
			"file. The schedule is a queue: a file of this machine, or a Postgres that the workers of a fleet share. Changes of the\n" +
			"configuration are taken up while it runs; a wrong file is told, and the old one stays in force. SIGHUP looks at\n" +
			"once, SIGTERM ends the program within ten seconds.",
		Example: "  pressmark run --config sites/ --to s3://bucket/news\n" +
			"  pressmark run --config s3://bucket/sites --to s3://bucket/news --queue postgres://pressmark@db/pressmark\n" +
			"  pressmark run --config sites/ --explain county-gazette",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			if f.explain != "" {
				return a.explainRun(cmd.Context(), f)
			}
			return a.keepRunning(cmd.Context(), f)
		},
	}
	f.registerRun(cmd)
	return cmd
}

func (f *runFlags) registerRun(cmd *cobra.Command) {
	s := cmd.Flags()
	f.registerVisit(s)
	s.StringVar(&f.queue, "queue", "",
		"the queue: a file, or postgres://user@host/database for many machines (default: a file in the user's cache folder, by the archive's place)")
	s.IntVar(&f.visits, "visits", 50, "number of sites visited at once by this process")
	s.Var(&f.visitTime, "visit-time", "end a visit after this time, and continue it after those of the other sites")
	s.Var(&f.least, "min", "shortest time between two visits to a site without visit.min")
	s.Var(&f.most, "max", "longest time between two visits to a site without visit.max")
	s.Var(&f.reload, "reload", "interval at which the configuration is read again")
	s.Var(&f.beat, "heartbeat", "interval of heartbeats; a worker that misses three of them loses its visits to others")
	s.StringVar(&f.explain, "explain", "", "print why and when this site is visited next, and do nothing else")
	s.StringVar(&f.name, "worker", "", "name of this worker, unique in the fleet (default: made from the host's name)")
}

// check reads the flags that need reading.
func (f *runFlags) check(cmd *cobra.Command) error {
	if f.visits < 1 || f.visits > mostWorkers {
		return misuse("--visits %d: give 1 to %d", f.visits, mostWorkers)
	}
	if f.least < configs.Duration(time.Second) || f.most < f.least {
		return misuse("--min %v --max %v: give at least 1s, and no more than --max", f.least, f.most)
	}
	if min(f.beat, f.reload) < configs.Duration(100*time.Millisecond) || f.visitTime < configs.Duration(time.Second) {
		return misuse("--heartbeat and --reload: give at least 100ms, --visit-time at least 1s")
	}
	return f.crawlFlags.check(cmd)
}

// openQueue opens the queue that --queue names.
func (f *runFlags) openQueue(ctx context.Context, log *slog.Logger) (*fleet.Queue, error) {
	at := f.queue
	if at == "" {
		var err error
		if at, err = cachePath("queue", f.to); err != nil {
			return nil, misuse("there is no cache folder for the queue (%w): name its file with --queue", err)
		}
	}
	return fleet.Open(ctx, at, log)
}

// keepRunning runs the worker until a signal ends it, which is how it is meant to end.
func (a *app) keepRunning(ctx context.Context, f runFlags) error {
	log := a.logger(f.quiet)
	id := f.workerName()
	log = log.With("worker", id)
	watched, err := f.readConfig(ctx, log)
	if err != nil {
		return err
	}
	a.writing.Store(true)
	queue, err := f.openQueue(ctx, log)
	if err != nil {
		return err
	}
	defer queue.Close()
	leases := queue.Leases(id, time.Duration(f.beat), log)
	seen, err := serveMetrics(ctx, f.metrics, max(time.Minute, 5*time.Duration(f.beat)), log)
	if err != nil {
		return err
	}
	visitor, closeNet, err := a.newVisitor(ctx, f, leases, seen, log)
	if err != nil {
		return err
	}
	defer closeNet()
	began, ended := seen.lag()
	worker, err := fleet.NewWorker(queue, fleet.Options{Began: began, Ended: ended, ID: id, Visitor: visitor, Visits: f.visits, VisitTime: time.Duration(f.visitTime), Beat: time.Duration(f.beat),
		Leases: leases, Logger: log, Now: a.now})
	if err != nil {
		return err
	}
	take := func(ctx context.Context, sites []configs.Site) error {
		seen.begin(len(sites))
		return worker.SetSites(ctx, sites)
	}
	if err := take(ctx, watched.sites); err != nil {
		return err
	}
	log.Info("running", "sites", len(watched.sites), "version", version)
	watching, stop := context.WithCancel(ctx)
	defer stop()
	go watchConfig(watching, &watched.keeper, watched.source, time.Duration(f.reload), take, log)
	tellSystem := notifySystem(log)
	context.AfterFunc(ctx, func() {
		notify(log, daemon.SdNotifyStopping)
		seen.drain()
	})
	err = worker.Run(ctx, func() { tellSystem(); seen.beat() })
	if err == nil {
		log.Info("stopped; what was done is committed")
	}
	return err
}

// workerName returns a unique name, also for two processes of one machine and after
// a restart.
func (f *runFlags) workerName() string {
	if f.name != "" {
		return f.name
	}
	host, err := os.Hostname()
	if err != nil {
		host = "worker"
	}
	return host + "-" + strings.ToLower(rand.Text()[:6])
}

// newVisitor makes the visitor with its dependencies. closeNet ends browser, connections and traces.
func (a *app) newVisitor(ctx context.Context, f runFlags, leases *fleet.Leases, seen *watched, log *slog.Logger) (v *crawler.Visitor, closeNet func(), err error) {
	archive, err := openArchive(ctx, f.to, storeOptions{PathStyle: f.pathStyle, Create: true, Logger: log, Watched: seen})
	if err != nil {
		return nil, nil, err
	}
	browser, closeBrowser, err := f.openBrowser(log)
	if err != nil {
		return nil, nil, err
	}
	options := f.networkOptions(seen, log, a.now)
	if leases != nil {
		options.Lease = leases.Hold
	}
	net := crawler.NewNetwork(options)
	show := &progress{log: log}
	tracer, lastTraces := openTraces(ctx, log)
	return &crawler.Visitor{
		Done: func(s crawler.Summary) {
			if errors.Is(s.Err, configs.ErrSecret) {
				log.Error("site not visited", "site", s.Site, "error", s.Err)
			}
			seen.visited([]crawler.Summary{s}, a.now())
		},
		Setup:  crawler.Setup{Extracted: seen.extracted(), Archive: archive.Archive, Network: net, Captures: f.captures(net, a.now), Version: version, Now: a.now},
		Bounds: rhythm.Bounds{Min: time.Duration(f.least), Max: time.Duration(f.most)},
		Options: func(run string) crawler.Options {
			o := f.visitOptions(net, a.now)
			setBrowser(&o, browser)
			o.Logger, o.Observe, o.Tracer = log.With("run", run), seen.pages(show.observe), tracer
			return o
		},
	}, func() { closeBrowser(); net.Close(); lastTraces() }, nil
}

// errNoSites is that of a configuration without any site.
var errNoSites = errors.New("no site is configured")

// startConfig is the configuration as it is when the program starts.
type startConfig struct {
	source configSource
	keeper configs.Keeper // has sites as its state
	sites  []configs.Site
}

// readConfig reads the configuration when the program starts: then a mistake ends it.
func (f *runFlags) readConfig(ctx context.Context, log *slog.Logger) (*startConfig, error) {
	source, err := f.configSource(ctx, log)
	if err != nil {
		return nil, err
	}
	c := &startConfig{source: source}
	files, err := source(ctx)
	if err != nil {
		return nil, err
	}
	if c.sites, err = c.keeper.Take(files); err != nil {
		return nil, err
	}
	if len(c.sites) == 0 {
		return nil, misuse("%w: name a folder or s3:// prefix with site files with --config", errNoSites)
	}
	return c, nil
}
