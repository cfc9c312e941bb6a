package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"pressmark/extract/article"
)

// extractFlags are the flags of extract: one field a flag.
type extractFlags struct {
	url, site, config, manifest, warc, contact string
	allowPrivate, pathStyle, memory, explain   bool
	diff, write, json                          bool
	proxy                                      proxyFlag
}

func newExtract(a *app) *cobra.Command {
	var f extractFlags
	cmd := &cobra.Command{
		Use:   "extract [FILE|-|URL]",
		Short: "Print the article JSON of one page, or of many with --manifest",
		Long: "Extract reads one page (a file, gzip or not; standard input; or a URL, fetched politely) and prints its\n" +
			"article as JSON. With --manifest it reads JSON lines {\"id\",\"url\",\"path\"} (and \"headers\" of\n" +
			"the response, by name, if they were kept) and prints one line a page,\n" +
			"{\"id\",\"article\"} or {\"id\",\"error\":{\"code\",\"message\"}}, in the same order, using all cores. Of a list or\n" +
			"front page it also prints the links to articles: \"article_links\":[{\"url\",\"text\"}]. With --explain it prints how one\n" +
			"page was read.",
		Example: "  pressmark extract page.html --url https://news.example/a.html\n  pressmark extract --manifest pages.jsonl > articles.jsonl",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(args); err != nil {
				return err
			}
			switch {
			case f.explain:
				return a.explainOne(cmd.Context(), args[0], f)
			case f.diff || f.write:
				return a.extractAnew(cmd.Context(), f.warc, f)
			case f.warc != "":
				return a.extractCaptures(cmd.Context(), f.warc, f)
			case f.manifest != "":
				return a.extractManifest(cmd.Context(), f)
			}
			return a.extractOne(cmd.Context(), args[0], f)
		},
	}
	cmd.Flags().StringVar(&f.url, "url", "", "the page's own URL, for a file or standard input")
	cmd.Flags().StringVar(&f.site, "site", "", "read the page with this configured site's rules")
	cmd.Flags().StringVar(&f.config, "config", "", "site configurations: a file or a folder (default: built in)")
	cmd.Flags().StringVar(&f.manifest, "manifest", "", "extract the pages that this file lists")
	cmd.Flags().StringVar(&f.warc, "warc", "", "extract the pages in this WARC file, or in the captures of this archive (folder or s3://…), without a request")
	cmd.Flags().BoolVar(&f.memory, "memory", false, "drop blocks that repeat on a site's pages: with --manifest those on three or more of the listed pages, with --warc and an archive those that its crawls have learned")
	cmd.Flags().BoolVar(&f.diff, "diff", false, "with --warc ARCHIVE: print field by field what today's rules and program would change in the archived articles")
	cmd.Flags().BoolVar(&f.write, "write", false, "with --warc ARCHIVE: commit these changes, as revisions made by re-extraction, and print them")
	cmd.Flags().BoolVar(&f.json, "json", false, "with --diff or --write: print JSON lines")
	cmd.Flags().BoolVar(&f.explain, "explain", false, "print how the page was read instead of the article: each line with its role and the step that set it, and the candidates for each field")
	cmd.Flags().BoolVar(&f.pathStyle, "s3-path-style", false, "address buckets by path, as most S3-compatible stores want")
	cmd.Flags().StringVar(&f.contact, "contact", "", contactUsage)
	cmd.Flags().Var(&f.proxy, "proxy", proxyUsage)
	cmd.Flags().BoolVar(&f.allowPrivate, "allow-private", false, "fetch from addresses that are not public")
	return cmd
}

// check refuses calls without one source of pages, or with more than one.
func (f *extractFlags) check(args []string) error {
	sources := len(args)
	for _, given := range []string{f.manifest, f.warc} {
		if given != "" {
			sources++
		}
	}
	switch {
	case (f.diff || f.write) && (f.warc == "" || f.memory):
		return misuse("--diff and --write are for --warc ARCHIVE, and always use what its crawls have learned")
	case f.json && !f.diff && !f.write:
		return misuse("--json is for --diff and --write; articles are printed as JSON anyway")
	case f.explain && (f.warc != "" || f.manifest != ""):
		return misuse("--explain is for one page")
	case f.warc != "" && f.site+f.url != "": // they would be ignored without a word
		return misuse("--site and --url are not for --warc: each page is read with the rules of the site that has its host")
	case sources != 1:
		return misuse("name one page (a file, - or a URL), or give --manifest FILE or --warc FILE-OR-ARCHIVE; see 'pressmark extract --help'")
	}
	return nil
}

// extractOne prints one page's article. If the page is not an article, the exit
// status is 1 and the reason is printed.
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
		return fmt.Errorf("%s is not an article: %w", from, res.Refusal)
	}
	data, err := article.Encode(res.Article)
	if err != nil {
		return err
	}
	_, err = io.WriteString(a.stdout, cleanLines(string(indent(data)))) // in JSON the escapes mean the same
	return err
}
