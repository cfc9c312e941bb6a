package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"pressmark/crawler"
	"pressmark/crawler/urllist"
)

// listFlags are the flags of archive --urls.
type listFlags struct{ from, column, rows string }

func (f *listFlags) needURLs(args []string) error {
	switch {
	case f.from == "" && len(args) == 0:
		return errors.New("name at least one URL to archive, such as https://news.example/, or a file of them with --urls")
	case f.from != "" && len(args) > 0:
		return errors.New("give either URLs or --urls")
	case f.from == "" && f.column != "":
		return errors.New("--url-column names a column of the table of --urls: give both")
	}
	return nil
}

// run archives the addresses of a list and writes its rows back, however the crawl ended.
func (f *listFlags) run(ctx context.Context, a *app, crawl crawlFlags) error {
	list, err := f.read(a)
	if err != nil {
		return err
	}
	if n := list.Wrong(); n > 0 {
		fmt.Fprintf(a.stderr, "pressmark: %d rows of %s have no readable address\n", n, f.from)
	}
	plans, err := urlPlans(list.Addresses(), crawl.config)
	if err != nil {
		return err
	}
	summary := a.stdout
	if f.rows == "-" {
		summary = a.stderr
	}
	crawlErr := a.crawl(ctx, crawl, plans, summary)
	if exitCode(crawlErr) == exitMisuse {
		return crawlErr
	}
	return errors.Join(crawlErr, f.write(context.WithoutCancel(ctx), a, crawl, list, plans))
}

func (f *listFlags) read(a *app) (*urllist.List, error) {
	in, name := a.stdin, "standard input"
	if f.from != "-" {
		file, err := os.Open(f.from)
		if err != nil {
			return nil, misuse("--urls: %w", err)
		}
		defer file.Close()
		in, name = file, f.from
	}
	list, err := urllist.Read(in, urllist.Options{Name: name, Column: f.column})
	if err != nil {
		return nil, misuse("--urls: %w", err)
	}
	return list, nil
}

func (f *listFlags) write(ctx context.Context, a *app, crawl crawlFlags, list *urllist.List, plans []crawler.Plan) error {
	archive, err := openArchive(ctx, crawl.to, storeOptions{PathStyle: crawl.pathStyle, Logger: a.logger(true)})
	if err != nil {
		return err
	}
	fates, err := crawler.Fates(ctx, archive.Archive, plans)
	if err != nil {
		return err
	}
	return writeTo(a, f.rows, func(w io.Writer) error {
		return list.Write(w, func(url string) urllist.Fate { return fates[url] })
	})
}

// writeTo writes into a file, or to standard output for "-".
func writeTo(a *app, name string, write func(io.Writer) error) error {
	if name == "-" {
		return write(a.stdout)
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
