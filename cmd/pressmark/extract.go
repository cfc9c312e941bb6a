package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/extract/weburl"
)

// maxPageFile bounds a page that is read from a file, in bytes.
const maxPageFile = 64 << 20

type extractFlags struct {
	url, site, config, manifest, warc, contact string
	allowPrivate, pathStyle, memory, explain   bool
}

func newExtract(a *app) *cobra.Command {
	var f extractFlags
	cmd := &cobra.Command{
		Use:   "extract [FILE|-|URL]",
		Short: "Print the article JSON of one page, or of many with --manifest",
		Long: "Extract reads one page (a file, gzip or not; standard input; or a URL, fetched politely) and prints its\n" +
			"article as JSON. With --manifest it reads JSON lines {\"id\",\"url\",\"path\"} and prints one line a page,\n" +
			"{\"id\",\"article\"} or {\"id\",\"error\":{\"code\",\"message\"}}, in the same order, using all cores. Of a list or\n" +
			"front page it also tells the links to articles: \"article_links\":[{\"url\",\"text\"}]. With --explain it prints how one\n" +
			"page was read.",
		Example: "  pressmark extract page.html --url https://news.example/a.html\n  pressmark extract --manifest pages.jsonl > articles.jsonl",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.explain && (f.warc != "" || f.manifest != ""):
				return misuse("--explain is for one page")
			case f.explain && len(args) == 1:
				return a.explainOne(cmd.Context(), args[0], f)
			case f.warc != "" && (f.site != "" || f.url != ""): // else they would be passed over in silence
				return misuse("--site and --url are not for --warc: each page is read with the rules of the site that has its host")
			case f.warc != "" && f.manifest == "" && len(args) == 0:
				return a.extractCaptures(cmd.Context(), f.warc, f)
			case f.manifest != "" && f.warc == "" && len(args) == 0:
				return a.extractManifest(cmd.Context(), f)
			case f.manifest == "" && f.warc == "" && len(args) == 1:
				return a.extractOne(cmd.Context(), args[0], f)
			}
			return misuse("name one page (a file, - or a URL), or give --manifest FILE or --warc FILE-OR-ARCHIVE; see 'pressmark extract --help'")
		},
	}
	cmd.Flags().StringVar(&f.url, "url", "", "the page's own URL, for a file or standard input")
	cmd.Flags().StringVar(&f.site, "site", "", "read the page with this configured site's rules")
	cmd.Flags().StringVar(&f.config, "config", "", "site configurations: a file or a folder (default: built in)")
	cmd.Flags().StringVar(&f.manifest, "manifest", "", "extract the pages that this file lists")
	cmd.Flags().StringVar(&f.warc, "warc", "", "extract the pages in this WARC file, or in the captures of this archive (folder or s3://…), without a request")
	cmd.Flags().BoolVar(&f.memory, "memory", false, "take out what repeats on a site's pages: with --manifest on three or more of those listed, with --warc and an archive what its crawls have learned")
	cmd.Flags().BoolVar(&f.explain, "explain", false, "print how the page was read instead: each line with its role and the step that gave it, and what each field was chosen from")
	cmd.Flags().BoolVar(&f.pathStyle, "s3-path-style", false, "address buckets by path, as most S3-compatible stores want")
	cmd.Flags().StringVar(&f.contact, "contact", "", contactUsage)
	cmd.Flags().BoolVar(&f.allowPrivate, "allow-private", false, "fetch from addresses that are not public")
	return cmd
}

// extractOne prints one page's article. A page that is none ends with status 1
// and the reason.
func (a *app) extractOne(ctx context.Context, from string, f extractFlags) error {
	if isURL(from) && f.url == "" {
		f.url = from
	}
	x, err := newExtractor(f)
	if err != nil {
		return err
	}
	page, err := a.loadPage(ctx, from, f)
	if err != nil {
		return err
	}
	res, err := x.Extract(ctx, page)
	if cause := errors.Unwrap(err); cause != nil && page.URL == "" {
		return fmt.Errorf("extract %s: %w", from, cause) // the page has no name of its own
	}
	if err != nil {
		return err
	}
	if res.Article == nil {
		return fmt.Errorf("%s is no article: %w", from, res.Refusal)
	}
	data, err := article.Encode(res.Article)
	if err != nil {
		return err
	}
	_, err = io.WriteString(a.stdout, cleanLines(string(indent(data)))) // in JSON the escapes mean the same
	return err
}

func (a *app) loadPage(ctx context.Context, from string, f extractFlags) (article.Page, error) {
	if isURL(from) {
		flags := getFlags{allowPrivate: f.allowPrivate, contact: f.contact}
		get := flags.getter(a)
		defer get.Close()
		return getPage(ctx, get, from, nil)
	}
	var body []byte
	var err error
	if from == "-" {
		body, err = unpack(a.stdin)
	} else {
		body, err = readPage(from)
	}
	if err != nil {
		return article.Page{}, misuse("%w", err)
	}
	page := article.Page{Body: body}
	if f.url != "" {
		if page.URL, err = weburl.Normalize(f.url); err != nil {
			return article.Page{}, misuse("--url: %w", err)
		}
	}
	return page, nil
}

// newExtractor makes the extractor for the site that --site or --url names.
func newExtractor(f extractFlags) (*extract.Extractor, error) {
	if f.site == "" && f.config == "" {
		return extract.New(extract.Options{Version: "pressmark " + version}), nil
	}
	sites, err := loadSites(f.config)
	if err != nil {
		return nil, err
	}
	for i := range sites {
		if sites[i].Name == f.site || f.site == "" && f.url != "" && sites[i].HasHost(weburl.HostOf(f.url)) {
			return extract.New(optionsFor(&sites[i], nil)), nil
		}
	}
	if f.site == "" {
		return extract.New(extract.Options{Version: "pressmark " + version}), nil
	}
	return nil, noSite(f.site, f.config)
}

// optionsFor are those of a configured site's extractor.
func optionsFor(s *configs.Site, m *extract.Memory) extract.Options {
	return crawler.ExtractOptions(s, m, version)
}

// loadSites reads the configured sites: the built-in ones where path is "".
func loadSites(path string) ([]configs.Site, error) {
	if path == "" {
		return configs.Builtin()
	}
	return configs.Load(path)
}

func readPage(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	body, err := unpack(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return body, nil
}

// unpack reads a page, gzipped or not, up to maxPageFile.
func unpack(r io.Reader) ([]byte, error) {
	data, err := readUpTo(r, maxPageFile)
	if err != nil || !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, err
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return readUpTo(z, maxPageFile)
}

var errPageTooLarge = errors.New("larger than 64 MiB")

func readUpTo(r io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(data)) > most {
		return nil, errPageTooLarge
	}
	return data, err
}
