// Package export writes articles of an archive in the forms that other tools read.
//
// A [Format] is one form, in a file of its own; [Formats] is their list. It writes
// into a [Sink]: standard output, a file, a folder, or keys of a store. Articles
// come one by one and are not kept, so that memory does not grow with their
// number. [Run] ends with a manifest, export.json, which has the SHA-256 and the
// size of every file: a corpus can be cited by it.
//
// The same articles give the same bytes.
package export

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/ledger"
)

// Item is one revision of an article.
type Item struct {
	Site    string
	Record  ledger.Record // the current record of the article
	Article *article.Article
	JSON    []byte // Article as it is stored
	Key     string // of JSON in the archive
	Story   string // id of the first article of any site with nearly the same text; "" if there is no other
}

// Format is one form of export.
type Format struct {
	Name   string // as it is named on the command line
	Title  string // for people
	File   string // name of the file that is written into a folder; "" for a format of several files
	Header string // first bytes of an export without articles, too
	open   func(*target) (writer, error)
}

// Folder reports whether the format writes several files.
func (f *Format) Folder() bool { return f.File == "" }

// writer writes the articles of one export.
type writer interface {
	add(ctx context.Context, item *Item) error
	close(ctx context.Context) error
}

// target is the output of a writer, with its options.
type target struct {
	Options
	ctx   context.Context // of Run
	store storage.Store   // of the archive
	sink  Sink
	files *files
}

// Options change the output. The zero value means UTF-8 for programs.
type Options struct {
	BOM     bool   // csv: begin with a byte order mark, as Excel wants it
	Excel   bool   // csv: a cell that a spreadsheet would take for a formula begins with an apostrophe
	Nested  bool   // parquet: body and evidence as nested columns, too
	Title   string // wacz, html: name of the collection
	Version string // program and version, for the manifest
}

// Formats lists the formats. A new one is a row here, a file of its own with a
// writer, and its rows in the tests.
func Formats() []Format {
	list := []Format{
		{Name: "jsonl", Title: "JSON, one article a line, with a record of the archive around it", File: "articles.jsonl", open: openJSONL},
		{Name: "csv", Title: "CSV: articles, images and links as tables", open: openCSV},
		{Name: "parquet", Title: "Parquet by site and month: articles, images and links as tables", open: openParquet},
		{Name: "text", Title: "plain text, one file an article", open: openText},
		{Name: "markdown", Title: "Markdown with YAML front matter, one file an article", open: openMarkdown},
		{Name: "html", Title: "web pages that open from a folder, with search: for a stick, or for people without Pressmark", open: openHTML},
		{Name: "wacz", Title: "WACZ 1.1.1, for ReplayWeb.page", File: "archive.wacz", open: openWACZ},
		{Name: "ninjs", Title: "ninjs 3.1, one object a line", File: "articles.ninjs.jsonl", open: openNinjs},
		{Name: "jsonld", Title: "schema.org NewsArticle as JSON-LD, one object a line", File: "articles.jsonld.jsonl", open: openJSONLD},
	}
	return append(list, citations()...)
}

// Find returns the format with this name.
func Find(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Names lists the names of the formats.
func Names() []string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name)
	}
	return names
}

// Run writes the items to the sink and returns the manifest. If the sink takes
// several files, the manifest is written too. An item that comes with an error is
// left out; these errors are joined and returned at the end, together with the
// manifest.
func Run(ctx context.Context, store storage.Store, f Format, items iter.Seq2[Item, error], sink Sink, opt Options) (Manifest, error) {
	t := &target{Options: opt, ctx: ctx, store: store, sink: sink, files: &files{sink: sink}}
	m := Manifest{Format: f.Name, Version: opt.Version, Schema: article.SchemaVersion, Sites: map[string]*SiteCount{}}
	w, err := f.open(t)
	if err != nil {
		return m, fmt.Errorf("export %s: %w", f.Name, err)
	}
	var left []error
	for item, err := range items {
		if err != nil && ctx.Err() == nil {
			left = append(left, err)
			continue
		}
		if err == nil {
			err = w.add(ctx, &item)
		}
		if err != nil {
			return m, errors.Join(fmt.Errorf("export %s: %w", f.Name, err), t.files.discard())
		}
		m.count(&item)
	}
	if err := w.close(ctx); err != nil {
		return m, errors.Join(fmt.Errorf("export %s: %w", f.Name, err), t.files.discard())
	}
	m.Files = slices.SortedFunc(slices.Values(t.files.done), func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	if err := t.files.manifest(m); err != nil {
		return m, fmt.Errorf("export %s: %w", f.Name, err)
	}
	return m, errors.Join(left...)
}
