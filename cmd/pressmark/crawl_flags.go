package main

import (
	"slices"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/tally"
)

// crawlFlags are the flags that archive, crawl, run and demo share: one field a flag.
type crawlFlags struct {
	to           string
	config       string
	since, until string
	limit, depth int
	delay        configs.Duration
	delaySet     bool
	allowPrivate bool
	proxy        proxyFlag
	pathStyle    bool
	warc         string
	browser      string
	contact      string
	operator     string
	metrics      string
	workers      int
	memory       size
	batch        crawler.BatchLimits
	age          configs.Duration
	json, quiet  bool
	refetch      bool
	followLinks  bool
	failOn       []string
}

func (f *crawlFlags) register(cmd *cobra.Command) {
	s := cmd.Flags()
	f.registerVisit(s)
	s.StringVar(&f.since, "since", "", "only articles published on this day (2024-01-31) or later")
	s.StringVar(&f.until, "until", "", "only articles published before the end of this day")
	s.IntVar(&f.limit, "limit", 0, "archive at most this many articles of each site (0: no limit)")
	s.IntVar(&f.depth, "depth", -1, "follow list pages up to this many links from the start (-1: the site's own setting, or 1)")
	s.BoolVar(&f.followLinks, "follow-links", false, "also follow links inside articles, up to --depth")
	s.BoolVar(&f.refetch, "refetch", false, "fetch due pages again without conditional requests")
	s.BoolVar(&f.json, "json", false, "print the summary as JSON")
}

// registerVisit adds the flags of every command that visits sites.
func (f *crawlFlags) registerVisit(s *pflag.FlagSet) {
	s.StringVar(&f.to, "to", "./archive", "where the archive is: a folder, or s3://bucket/prefix")
	s.StringVar(&f.config, "config", "", "site configurations: a file or a folder (default: built in)")
	s.Var(&f.delay, "delay", "time between two requests to one host (default 1s; a site's configuration and robots.txt may ask for more)")
	s.BoolVar(&f.allowPrivate, "allow-private", false, "fetch from addresses that are not public")
	s.Var(&f.proxy, "proxy", proxyUsage)
	s.BoolVar(&f.pathStyle, "s3-path-style", false, "address buckets by path, as most S3-compatible stores want")
	s.StringVar(&f.warc, "warc", "pages", "raw captures: none, pages, all (images too), or replay (also the stylesheets, pictures and fonts that are needed to display the pages)")
	s.StringVar(&f.browser, "browser", "none", browserUsage)
	s.StringVar(&f.contact, "contact", "", contactUsage)
	s.StringVar(&f.operator, "operator", "", "who runs this crawl, written into the captures")
	s.IntVar(&f.workers, "workers", 0, "number of pages processed at once, over all hosts (default 32)")
	s.Var(&f.memory, "memory", "memory limit, such as 2GiB; large responses wait for each other (default half of the machine's or cgroup's, at most 512MiB)")
	s.IntVar(&f.batch.Articles, "batch-articles", 0, "commit after this many articles (default 50)")
	s.Int64Var(&f.batch.Bytes, "batch-bytes", 0, "commit after this many bytes (default 32 MiB)")
	s.Var(&f.age, "batch-age", "commit after this time (default 1m)")
	s.StringVar(&f.metrics, "metrics", "", metricsUsage)
	s.BoolVar(&f.quiet, "quiet", false, "no progress, only the summary and errors")
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
	if !slices.Contains([]string{"none", "pages", "all", "replay"}, f.warc) {
		return misuse("--warc %q: give none, pages, all or replay", f.warc)
	}
	if least := min(int64(f.delay), int64(f.age), int64(f.workers), int64(f.batch.Articles), f.batch.Bytes); least < 0 {
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
	if err := f.proxy.check(); err != nil {
		return err
	}
	for _, c := range f.failOn {
		if _, err := tally.ParseCondition(c); err != nil {
			return misuse("--fail-on %w", err)
		}
	}
	if _, err := f.checkBrowser(); err != nil {
		return err
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
	bothGiven := !since.IsZero() && !until.IsZero()
	if bothGiven && !since.Before(until) {
		return since, until, misuse("--since %s is after --until %s", f.since, f.until)
	}
	return since, until, nil
}
