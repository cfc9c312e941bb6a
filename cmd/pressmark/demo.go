package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/testweb/newsroom"
)

func newDemo(a *app) *cobra.Command {
	f := crawlFlags{warc: "all", depth: -1, contact: "pressmark demo"}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Crawl three invented news sites inside this process, without any network",
		Long: "Demo starts three invented regional news sites on loopback (a Chinese news client, an old GBK portal and an\n" +
			"English county paper), crawls them politely, and archives them. Run it twice to see what a crawl costs when\n" +
			"nothing is new.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.demo(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.to, "to", "./archive", "where the archive is: a folder, or s3://bucket/prefix")
	cmd.Flags().BoolVar(&f.pathStyle, "s3-path-style", false, "address buckets by path, as most S3-compatible stores want")
	cmd.Flags().BoolVar(&f.json, "json", false, "print the summary as JSON")
	cmd.Flags().BoolVar(&f.quiet, "quiet", false, "no progress, only the summary and errors")
	return cmd
}

func (a *app) demo(ctx context.Context, f crawlFlags) error {
	room, err := newsroom.Start(ctx, newsroom.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = room.Close() }() // it ends with the process anyway
	sites, err := demoSites(room)
	if err != nil {
		return err
	}
	if !f.json {
		fmt.Fprintln(a.stdout, "Three invented news sites, served by this process:")
		for _, s := range room.Sites() {
			fmt.Fprintf(a.stdout, "  %-12s %s/  Crawl-delay %s\n", s.Name(), s.URL(), s.Delay())
		}
		fmt.Fprintln(a.stdout)
	}
	if err := a.crawl(ctx, f, sites, a.stdout); err != nil {
		return err
	}
	if n := len(room.Violations()); n > 0 {
		return fmt.Errorf("%d requests went where robots.txt forbids", n)
	}
	if !f.json {
		whatNext(a.stdout, f.to, f.pathStyle)
	}
	return nil
}

// demoSites returns the demo's configurations with the addresses on which its sites
// listen.
func demoSites(room *newsroom.Newsroom) ([]crawler.Plan, error) {
	built, err := configs.Builtin()
	if err != nil {
		return nil, err
	}
	var out []crawler.Plan
	for _, s := range built {
		if !strings.HasPrefix(s.Name, demoPrefix) {
			continue
		}
		text, err := configs.Encode(s)
		if err != nil {
			return nil, err
		}
		site, err := configs.Parse(s.File, []byte(room.Rewrite(string(text))))
		if err != nil {
			return nil, err
		}
		out = append(out, crawler.PlanSite(site))
	}
	return out, nil
}

// demoPrefix begins the names of the built-in sites that only the demo serves.
const demoPrefix = "demo-"

func whatNext(w io.Writer, to string, pathStyle bool) {
	fmt.Fprintf(w, "\nThe archive is in %s.", to)
	if pathStyle {
		to += " --s3-path-style"
	}
	fmt.Fprintf(w, ` No request went where robots.txt forbids. What to try next:
  pressmark search 灯会 --to %[1]s                    find articles; show, diff and cite take the id that it prints
  pressmark serve --to %[1]s                        read them in a browser
  pressmark status --to %[1]s                       what was discovered, what is archived
  pressmark log demo-county --to %[1]s | head -3    the change feed for pipelines
  pressmark verify %[1]s                            every article against schema, hash, images, capture, log
  pressmark demo --to %[1]s                         again: one conditional request a source, nothing stored twice
  pressmark archive https://a-news-site.example/ --limit 20 --contact you@example.org
`, to)
}
