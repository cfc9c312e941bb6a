package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"pressmark/crawler"
	"pressmark/storage/stores"
)

// extractAnew extracts the articles of an archive again from their captures, and
// prints the changes field by field; with --write it commits them.
func (a *app) extractAnew(ctx context.Context, from string, f extractFlags) error {
	if isFile(from) && stores.Scheme(from) == "" {
		return misuse("--diff and --write compare with articles: --warc %s must be an archive, not a file", from)
	}
	configured, err := loadSites(f.config)
	if err != nil {
		return err
	}
	a.writing.Store(f.write)
	arch, err := openArchive(ctx, from, storeOptions{PathStyle: f.pathStyle, Create: f.write, Logger: a.logger(true)})
	if err != nil {
		return err
	}
	sites, err := sitesIn(ctx, arch, nil)
	if err != nil {
		return err
	}
	x := crawler.Reextraction{Archive: arch.Archive, Sites: configured, Version: version, Write: f.write, Now: a.now}
	told := tellChanges{app: a, json: f.json, verdicts: map[crawler.Verdict]int{}, fields: map[string]int{}}
	damaged, err := eachSite(sites, func(site string) error { return x.Site(ctx, site, told.tell) })
	if err != nil {
		return err
	}
	if !f.json {
		told.sum(a.stdout, f.write)
	}
	if n := told.verdicts[crawler.Unread]; n > 0 && damaged == nil {
		damaged = fmt.Errorf("%w: %d captures cannot be read", errFailures, n)
	}
	return damaged
}

// tellChanges prints the result for each article, and the totals.
type tellChanges struct {
	app      *app
	json     bool
	verdicts map[crawler.Verdict]int
	fields   map[string]int
}

func (t *tellChanges) tell(r crawler.Reextracted) error {
	t.verdicts[r.Verdict]++
	counted := map[string]bool{}
	for _, c := range r.Changes {
		name, _, _ := strings.Cut(c.Field, ".")
		if !counted[name] {
			counted[name] = true
			t.fields[name]++
		}
	}
	if r.Verdict == crawler.Same {
		return nil
	}
	if t.json {
		enc := json.NewEncoder(t.app.stdout)
		enc.SetEscapeHTML(false)
		return enc.Encode(r)
	}
	w, color := t.app.stdout, isTerminal(t.app.stdout)
	fmt.Fprintf(w, "%s  %.8s  %s: %s\n    %s\n", clean(r.Site), r.ID, r.Verdict, clean(r.Title), clean(r.URL))
	if r.Detail != "" {
		fmt.Fprintf(w, "    %s\n", clean(r.Detail))
	}
	for _, c := range r.Changes {
		printFieldChange(w, c, r, color)
	}
	_, err := fmt.Fprintln(w)
	return err
}
