// Command bench measures crawlers over one site of pre-rendered pages on
// loopback, server included, one crawler after the other: Pressmark doing all
// that it does into a folder, bare Colly following links with one OnHTML,
// wget -r --warc-file, and Scrapy. It prints pages a second and ratios.
//
//	./run.sh                      builds Pressmark and measures all, three times each
//	./run.sh -pages 2000 -tools pressmark,colly -runs 1
//
// Everything is written below TMPDIR, and removed when the last run is over. Look at
// what making a file costs there: ext4 gives the inode of a file that was removed
// within the last minutes to no new one, and looks at each of them in vain. Where
// many were just removed it takes up to a millisecond of the kernel's time, more than
// all the rest of a page, and then the file system is measured and not the crawlers:
// wait some minutes, or use another folder. A folder in memory (TMPDIR=/dev/shm) takes
// the disk out of the comparison, for wget, which writes as many files, too.
//
// What profiles of this load taught, on two cores, of about 0.9 ms of CPU a page:
//
//   - 45 % is extraction: four tenths of it the parser of HTML, since scripts and
//     styles no longer go through it (extract/parse.go), a tenth the search for printed
//     times, which was half before words that cannot begin one were passed over
//     (extract/dates). Lowering every paragraph to look for phrases in it took a twelfth.
//   - 15 % is compressing the captures, at the fastest level. A leaner compressor
//     (stateless, 32 KB of tables instead of 800) takes as long, and storing requests as
//     they are gains nothing. It is done before the run's lock is taken, or the workers
//     wait for each other.
//   - 12 % is the request: net/http, Colly, the kernel. One request at a time a host is
//     the rule here, too, so its latency shows as idle time, a tenth of two cores. Go looks
//     for answers that have come when one of its processors runs out of work, and a page
//     keeps one busy for a millisecond: with as many pages read at once as there are
//     processors, answers waited for 0.3 ms. Go has one processor more now, and as many
//     readers as before: a crawl is faster by a tenth. One processor more alone, without
//     that bound on readers, made it slower; two more gain nothing. Whoever has read an
//     answer still lets the next request go first.
//   - 5 % each: hashing (every body is hashed once, every record once), JSON and the
//     article files, the links that were seen before.
//   - On a disk, a batch's files come there by one syncfs, not by an fsync each, which
//     took a sixth of all time on ext4 (interrupts, and the wait for one file after the
//     other). Where that cannot be done, the bytes set out for the disk as they are
//     written: leaving it to the end of a batch made such a crawl 15 % slower.
//   - A virtual machine can take 8 µs to give a page of memory that is touched for the
//     first time: at 144 MB that was 5 % of a crawl. It has 118 MB now that titles no
//     longer hold the text of their page, in spite of a GOGC of 300, which takes 4 % less
//     time than 200 and 7 % less than 100. A ballast in place of GOGC gained nothing, and
//     neither did profile-guided optimization of the whole program.
//   - Batches of 100 to 500 articles in place of 50, and more or fewer workers, make no
//     difference. Neither does the scheduler of the kernel where it is asked for other
//     slices; niceness gains 5 %, and is left to who runs the crawl.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/valyala/fasthttp"

	"pressmark/crawler/testweb/simulator"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) == 4 && os.Args[1] == "colly" { // the harness runs itself: each crawler has a process of its own
		if err := followWithColly(os.Args[2], os.Args[3] == "async"); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// tool is one crawler to measure.
type tool struct {
	name string
	// command is called for every run with an empty folder of its own.
	command func(url, dir string) []string
	must    float64 // times as fast Pressmark is to be; 0: no mark
}

func tools(pressmark, self string) []tool {
	return []tool{
		{name: "pressmark", command: func(url, dir string) []string {
			return []string{pressmark, "crawl", "load", "--config", filepath.Join(dir, "load.yaml"), "--to", filepath.Join(dir, "archive"),
				"--delay", "0s", "--allow-private", "--quiet"}
		}},
		{name: "colly", must: 1.5, command: func(url, _ string) []string { return []string{self, "colly", url, "sync"} }},
		{name: "colly-async", must: 1.5, command: func(url, _ string) []string { return []string{self, "colly", url, "async"} }},
		{name: "wget", must: 3, command: func(url, dir string) []string {
			return []string{"wget", "--quiet", "--recursive", "--level=inf", "--directory-prefix=" + dir, "--warc-file=" + filepath.Join(dir, "wget"), url}
		}},
		{name: "scrapy", must: 15, command: func(url, dir string) []string {
			return []string{"scrapy", "runspider", "follow.py", "-a", "url=" + url, "-s", "LOG_LEVEL=ERROR", "-o", filepath.Join(dir, "items.jsonl")}
		}},
	}
}

// siteYAML is the configuration of the site, with budgets that it needs whole.
const siteYAML = `name: load
hosts: ['%[1]s']
language: en
timezone: Europe/London
sources:
  - url: http://%[1]s/
    type: page
follow_links: true
limits: {pages: 1000, urls: 1000000, depth: 10}
allow_private: ['%[1]s']
`

// result is what one run of a tool took.
type result struct {
	pages   int64
	wall    time.Duration
	cpu     time.Duration // user and system
	rss     int64         // bytes, the largest
	problem error
}

func (r result) rate() float64 { return float64(r.pages) / r.wall.Seconds() }

func run(ctx context.Context) error {
	pages := flag.Int("pages", 5000, "`number` of pages of the site")
	runs := flag.Int("runs", 3, "runs of each tool; the fastest counts")
	only := flag.String("tools", "pressmark,colly,colly-async,wget,scrapy", "what to measure")
	binary := flag.String("pressmark", "", "the program to measure (run.sh builds it)")
	flag.Parse()
	load := simulator.NewLoad(*pages, 1)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	server := serverOf(load)
	go server.Serve(l)
	defer server.Shutdown()
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find the harness: %w", err)
	}
	// No folder is removed before the last run is over: ext4 gives the inode of a
	// file that was just deleted to no new one, and looks at each of them in vain.
	all, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer os.RemoveAll(all)
	fmt.Printf("%d pages, %d of them articles\n", load.Pages(), load.Articles())
	best := map[string]result{}
	list := slices.DeleteFunc(tools(*binary, self), func(t tool) bool {
		return !slices.Contains(strings.Split(*only, ","), t.name)
	})
	for round := range *runs { // in turn, so that a busy minute of the machine meets all
		for _, t := range list {
			r := measure(ctx, load, l.Addr().String(), all, t)
			fmt.Printf("run %d  %-12s %6d pages  %8.2fs  %7.0f pages/s  %v\n", round+1, t.name, r.pages, r.wall.Seconds(), r.rate(), errText(r.problem))
			b, measured := best[t.name]
			if faster := r.problem == nil && r.rate() > b.rate(); !measured || faster {
				best[t.name] = r
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
		}
	}
	return report(list, best)
}

// serverOf serves the site with as little of the machine as can be, as the servers
// of large sites do: net/http takes twice as long for a page, and on two cores this
// is measured as the crawlers' time.
func serverOf(load *simulator.Load) *fasthttp.Server {
	return &fasthttp.Server{
		Name:            "load",
		WriteBufferSize: 64 << 10, // a page is one write
		Handler: func(c *fasthttp.RequestCtx) {
			body := &c.Response
			page, ok := load.AppendPage(body.SwapBody(nil)[:0], string(c.Path()))
			body.SwapBody(page)
			c.SetContentType("text/html; charset=utf-8")
			if !ok {
				c.SetStatusCode(fasthttp.StatusNotFound)
			}
		},
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// measure runs a tool once in a new folder below the given one, and leaves it there.
func measure(ctx context.Context, load *simulator.Load, addr, below string, t tool) (r result) {
	dir, err := os.MkdirTemp(below, t.name+"-")
	if err != nil {
		return result{problem: err}
	}
	if err := os.WriteFile(filepath.Join(dir, "load.yaml"), fmt.Appendf(nil, siteYAML, addr), 0o644); err != nil {
		return result{problem: err}
	}
	load.Reset()
	args := t.command("http://"+addr+"/", dir)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	out, err := os.Create(filepath.Join(dir, "output"))
	if err != nil {
		return result{problem: err}
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	began := time.Now()
	err = cmd.Run()
	r.wall = time.Since(began)
	_, r.pages, _ = load.Counts()
	r.pages = min(r.pages, int64(load.Pages())) // a page that is asked for twice is no more done than once
	if cmd.ProcessState != nil {
		r.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			r.rss = usage.Maxrss << 10 // kilobytes on Linux
		}
	}
	switch {
	case err != nil:
		text, _ := os.ReadFile(out.Name())
		r.problem = fmt.Errorf("%s: %w: %s", args[0], err, tail(text, 300))
	case r.pages < int64(load.Pages()):
		r.problem = fmt.Errorf("only %d of %d pages", r.pages, load.Pages())
	case t.name == "pressmark":
		r.problem = checkArchive(filepath.Join(dir, "archive"), load.Articles())
	}
	return r
}

func tail(b []byte, n int) string { return strings.TrimSpace(string(b[max(0, len(b)-n):])) }

// checkArchive counts the articles in the archive, so that a fast run without articles fails.
func checkArchive(dir string, want int) error {
	files, err := filepath.Glob(filepath.Join(dir, "articles", "load", "*.json"))
	if err != nil {
		return err
	}
	if len(files) != want {
		return fmt.Errorf("%d articles archived, want %d", len(files), want)
	}
	return nil
}

// report prints the table. The error says that a mark was missed or a tool failed.
func report(list []tool, best map[string]result) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "tool\tpages\tseconds\tpages/s\tCPU ms/page\tpeak MB\tPressmark is\tto be\t")
	base := best["pressmark"].rate()
	var problems []error
	for _, t := range list {
		r := best[t.name]
		ratio, mark := "", ""
		if t.must > 0 && base > 0 {
			ratio, mark = fmt.Sprintf("%.2fx", base/r.rate()), fmt.Sprintf("%.1fx", t.must)
			if base/r.rate() < t.must {
				problems = append(problems, fmt.Errorf("%s: Pressmark is %.2f times as fast, to be %.1f", t.name, base/r.rate(), t.must))
			}
		}
		fmt.Fprintf(w, "%s\t%d\t%.2f\t%.0f\t%.2f\t%d\t%s\t%s\t\n", t.name, r.pages, r.wall.Seconds(), r.rate(),
			r.cpu.Seconds()*1000/float64(max(r.pages, 1)), r.rss>>20, ratio, mark)
		if r.problem != nil {
			problems = append(problems, fmt.Errorf("%s: %w", t.name, r.problem))
		}
	}
	return errors.Join(w.Flush(), errors.Join(problems...))
}
