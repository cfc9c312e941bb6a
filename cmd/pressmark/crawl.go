package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/discover"
	"pressmark/crawler/tally"
)

// crawlFlags are what archive, crawl and demo share.
type crawlFlags struct {
	to           string
	config       string
	since, until string
	limit, depth int
	delay        configs.Duration
	delaySet     bool
	allowPrivate bool
	pathStyle    bool
	warc         string
	contact      string
	operator     string
	workers      int
	memory       size
	batch        crawler.BatchLimits
	age          configs.Duration
	json, quiet  bool
	verbose      bool
	refetch      bool
	followLinks  bool
	failOn       []string
}

func (f *crawlFlags) register(cmd *cobra.Command) {
	s := cmd.Flags()
	s.StringVar(&f.to, "to", "./archive", "where the archive is: a folder, or s3://bucket/prefix")
	s.StringVar(&f.config, "config", "", "site configurations: a file or a folder (default: built in)")
	s.StringVar(&f.since, "since", "", "only articles published on this day (2024-01-31) or later")
	s.StringVar(&f.until, "until", "", "only articles published before the end of this day")
	s.IntVar(&f.limit, "limit", 0, "archive at most this many articles of each site (0: no limit)")
	s.IntVar(&f.depth, "depth", -1, "follow list pages this many links below where it begins (-1: the site's own, or 1)")
	s.Var(&f.delay, "delay", "time between two requests to one host (default 1s; a site's configuration and robots.txt may ask for more)")
	s.BoolVar(&f.allowPrivate, "allow-private", false, "fetch from addresses that are not public")
	s.BoolVar(&f.pathStyle, "s3-path-style", false, "address buckets by path, as most S3-compatible stores want")
	s.StringVar(&f.warc, "warc", "pages", "raw captures: none, pages, or all (images too)")
	s.StringVar(&f.contact, "contact", "", contactUsage)
	s.StringVar(&f.operator, "operator", "", "who runs this crawl, written into the captures")
	s.IntVar(&f.workers, "workers", 0, "pages in work at once over all hosts (default 32)")
	s.Var(&f.memory, "memory", "memory to keep to, such as 2GiB; large answers wait for each other (default half of the machine's or cgroup's, at most 512MiB)")
	s.IntVar(&f.batch.Articles, "batch-articles", 0, "commit after this many articles (default 50)")
	s.Int64Var(&f.batch.Bytes, "batch-bytes", 0, "commit after this many bytes (default 32 MiB)")
	s.Var(&f.age, "batch-age", "commit after this time (default 1m)")
	s.BoolVar(&f.followLinks, "follow-links", false, "follow links inside articles too, as far as --depth says")
	s.BoolVar(&f.refetch, "refetch", false, "fetch again what is due without asking whether it changed")
	s.BoolVar(&f.json, "json", false, "print the summary as JSON")
	s.BoolVar(&f.quiet, "quiet", false, "no progress, only the summary and errors")
	s.BoolVar(&f.verbose, "verbose", false, "log every page's outcome")
}

// mostWorkers bounds --workers: each is started, and a slip of the finger must not
// keep the machine busy with nothing else.
const mostWorkers = 10000

// check reads the flags that need reading.
func (f *crawlFlags) check(cmd *cobra.Command) error {
	f.delaySet = cmd.Flags().Changed("delay")
	f.batch.Age = time.Duration(f.age)
	if f.limit < 0 {
		return misuse("--limit %d: give 0 or more", f.limit)
	}
	if !slices.Contains([]string{"none", "pages", "all"}, f.warc) {
		return misuse("--warc %q: give none, pages or all", f.warc)
	}
	if f.delay < 0 || f.age < 0 || f.workers < 0 || f.batch.Articles < 0 || f.batch.Bytes < 0 {
		return misuse("--delay, --workers and --batch-*: give 0 or more")
	}
	if f.workers > mostWorkers {
		return misuse("--workers %d: give %d or less", f.workers, mostWorkers)
	}
	if f.memory != 0 && f.memory < leastMemory {
		return misuse("--memory: give %dMiB or more", leastMemory>>20)
	}
	if f.depth < -1 {
		return misuse("--depth %d: give 0 or more", f.depth)
	}
	for _, c := range f.failOn {
		if _, err := tally.ParseCondition(c); err != nil {
			return misuse("--fail-on %w", err)
		}
	}
	_, _, err := f.period(time.UTC)
	return err
}

// period reads --since and --until as days of a site's zone.
func (f *crawlFlags) period(zone *time.Location) (since, until time.Time, err error) {
	if zone == nil {
		zone = time.UTC
	}
	if f.since != "" {
		if since, err = time.ParseInLocation(time.DateOnly, f.since, zone); err != nil {
			return since, until, misuse("--since %q: write a day as 2024-01-31", f.since)
		}
	}
	if f.until != "" {
		if until, err = time.ParseInLocation(time.DateOnly, f.until, zone); err != nil {
			return since, until, misuse("--until %q: write a day as 2024-01-31", f.until)
		}
		until = until.AddDate(0, 0, 1)
	}
	if !since.IsZero() && !until.IsZero() && !since.Before(until) {
		return since, until, misuse("--since %s is after --until %s", f.since, f.until)
	}
	return since, until, nil
}

func newArchive(a *app) *cobra.Command {
	var f crawlFlags
	cmd := &cobra.Command{
		Use:   "archive URL...",
		Short: "Archive an article, a section or a whole site, without configuration",
		Long: "Archive finds out what each URL is (an article, a section, a front page, a feed or a sitemap), discovers\n" +
			"the site's articles from there and archives them. Run it again to go on where it stopped.",
		Example: "  pressmark archive https://news.example/ --limit 100\n  pressmark archive https://news.example/a/1.html --to s3://bucket/news",
		Args:    needURLs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			plans, err := urlPlans(args, f.config)
			if err != nil {
				return err
			}
			return a.crawl(cmd.Context(), f, plans)
		},
	}
	f.register(cmd)
	return cmd
}

func newCrawl(a *app) *cobra.Command {
	var f crawlFlags
	cmd := &cobra.Command{
		Use:   "crawl [SITE...]",
		Short: "Crawl the configured sites: what is new, and what is due for another look",
		Long: "Crawl visits the sources of the configured sites (all of them, or those that are named), archives what is new,\n" +
			"looks again at articles that are due, and leaves alone what the log knows. Made to be run every few minutes.",
		Example: "  pressmark crawl --config sites/ --to s3://bucket/news\n  pressmark crawl county-gazette --config sites/",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			plans, err := sitePlans(args, f.config)
			if err != nil {
				return err
			}
			return a.crawl(cmd.Context(), f, plans)
		},
	}
	f.register(cmd)
	cmd.Flags().StringSliceVar(&f.failOn, "fail-on", []string{"failures"}, "what makes the exit status 1: never, failures, failed>SHARE% (failed>5%), discovered<N (discovered<1), discovered<SHARE% of what the sources usually list (discovered<50%)")
	return cmd
}

func needURLs(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("name at least one URL to archive, such as https://news.example/")
	}
	return nil
}

// urlPlans are what the URLs of a call ask for.
func urlPlans(urls []string, config string) ([]crawler.Plan, error) {
	configured, err := loadSites(config)
	if err != nil {
		return nil, err
	}
	plans, err := crawler.PlanURLs(urls, configured)
	if err != nil {
		return nil, misuse("%w", err)
	}
	return plans, nil
}

// sitePlans are those of the configured sites with the given names, or of all.
func sitePlans(names []string, config string) ([]crawler.Plan, error) {
	configured, err := loadSites(config)
	if err != nil {
		return nil, err
	}
	var out []crawler.Plan
	for _, s := range configured {
		if len(names) == 0 && config == "" && strings.HasPrefix(s.Name, demoPrefix) {
			continue // their servers run only inside `pressmark demo`
		}
		if len(names) == 0 || slices.Contains(names, s.Name) {
			out = append(out, crawler.PlanSite(s))
		}
	}
	for _, n := range names {
		if !slices.ContainsFunc(out, func(p crawler.Plan) bool { return p.Site.Name == n }) {
			return nil, noSite(n, config)
		}
	}
	if len(out) == 0 {
		return nil, misuse("no site is configured: write one (see configs/README.md) and name its file or folder with --config")
	}
	return out, nil
}

// noSite says that no site of a name is configured, and where to look.
func noSite(name, config string) error {
	if _, err := os.Stat(name); err == nil {
		return misuse("no site %q is configured; name files and folders with --config", name)
	}
	if config != "" {
		config = " --config " + config
	}
	return misuse("no site %q is configured; 'pressmark sites list%s' shows which are", name, config)
}

// crawl runs the plans into one archive and prints the summary.
func (a *app) crawl(ctx context.Context, f crawlFlags, plans []crawler.Plan) error {
	log := a.logger(f)
	a.writing.Store(true)
	archive, err := openArchive(ctx, f.to, storeOptions{PathStyle: f.pathStyle, Create: true, Logger: log})
	if err != nil {
		return err
	}
	net := crawler.NewNetwork(crawler.NetworkOptions{AllowPrivate: f.allowPrivate, Delay: time.Duration(f.delay), DelaySet: f.delaySet,
		Memory: memory(f.memory), Contact: f.contact, Version: version, Logger: log, Now: a.now})
	defer net.Close()
	setup := crawler.Setup{Archive: archive.Archive, Network: net, Version: version, Now: a.now}
	jobs, damaged, err := setup.Jobs(ctx, plans, f.terms())
	if errors.Is(err, discover.ErrPattern) || errors.Is(err, discover.ErrTooMany) {
		return misuse("%w", err)
	}
	if err != nil {
		return err
	}
	known := crawler.ArticlesKnown(jobs)
	show := newProgress(a.stderr, log, f.quiet)
	options := net.Options()
	options.Captures.Images, options.Batch, options.Workers = f.warc == "all", f.batch, f.workers
	options.Observe, options.Logger, options.Now = show.observe, log, a.now
	if f.warc != "none" {
		options.Captures.Open = crawler.CaptureFiles(crawler.CaptureOptions{Operator: f.operator, UserAgent: net.Client().UserAgent(), Version: version, Now: a.now})
	}
	options.Readers = runtime.GOMAXPROCS(0)
	if a.alone && os.Getenv("GOMAXPROCS") == "" {
		spareProcessor()
	}
	sums, err := crawler.New(options).Run(ctx, jobs)
	show.end()
	sums = append(sums, damaged...)
	if printErr := printSummaries(a.stdout, sums, f.json); printErr != nil {
		return errors.Join(err, printErr)
	}
	if err != nil {
		return err
	}
	if !f.json {
		printNothingNew(a.stdout, sums, known)
	}
	return tally.Failed(sums, f.failOn)
}

// terms are those that the flags set.
func (f *crawlFlags) terms() crawler.Terms {
	return crawler.Terms{Period: f.period, Limit: f.limit, Depth: f.depth, FollowLinks: f.followLinks, Refetch: f.refetch}
}

// spareProcessor gives Go one processor more than there are, which the pages that
// are read do not take (see crawler.Options.Readers). Go looks for answers that have
// come when a processor has nothing to do; reading a page takes about a millisecond,
// and while every processor is at that, an answer waits, and with it the next request
// to its host: a crawl without pauses took an eighth longer.
func spareProcessor() { runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1) }

func (a *app) logger(f crawlFlags) *slog.Logger {
	level := slog.LevelInfo
	switch {
	case f.quiet:
		level = slog.LevelError
	case f.verbose:
		level = slog.LevelDebug
	case isTerminal(a.stderr):
		level = slog.LevelWarn // the bars and the summary say the rest
	}
	return slog.New(slog.NewTextHandler(a.stderr, &slog.HandlerOptions{Level: level}))
}
