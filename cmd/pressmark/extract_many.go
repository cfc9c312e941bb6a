package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/replay"
	"pressmark/extract"
	"pressmark/extract/manifest"
	"pressmark/storage"
	"pressmark/storage/stores"
)

// extractManifest prints the articles of the saved pages that a manifest lists.
func (a *app) extractManifest(ctx context.Context, f extractFlags) error {
	x, err := newExtractor(f)
	if err != nil {
		return err
	}
	list, err := os.Open(f.manifest)
	if err != nil {
		return misuse("%w", err)
	}
	defer list.Close()
	dir := filepath.Dir(f.manifest)
	open := func(path string) ([]byte, error) {
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		return readPage(path)
	}
	if f.memory {
		sites, err := manifest.Learn(ctx, x, list, open)
		if err != nil {
			return err
		}
		x = x.WithSites(sites)
		if _, err := list.Seek(0, io.SeekStart); err != nil {
			return misuse("--memory reads the manifest twice: %w", err)
		}
	}
	return manifest.Run(ctx, manifest.Saved(list, open), manifest.One(x), a.stdout, manifest.Format{Links: true, EscapeHTML: true})
}

// extractCaptures prints the articles of the pages in a WARC file, or in the captures
// of an archive, without a request. Damage is reported at the end.
func (a *app) extractCaptures(ctx context.Context, from string, f extractFlags) error {
	files, arch, err := filesToReplay(ctx, from, f, a)
	if err != nil {
		return err
	}
	configured, err := loadSites(f.config)
	if err != nil {
		return err
	}
	sites := manifest.Sites{Configured: configured, Options: func(ctx context.Context, s *configs.Site) (extract.Options, error) {
		if arch == nil || !f.memory {
			return optionsFor(s, nil), nil
		}
		log, err := arch.OpenSite(ctx, s.Name)
		if err != nil {
			return extract.Options{}, err
		}
		memory, err := crawler.Memory(log)
		return optionsFor(s, memory), err
	}}
	captures := replay.New(files)
	if err := manifest.Run(ctx, captured(ctx, captures), sites.For, a.stdout, manifest.Format{}); err != nil {
		return err
	}
	if damage := captures.Damage(); len(damage) > 0 {
		return fmt.Errorf("%w: captures that cannot be read: %s", errFailures, strings.Join(damage, "; "))
	}
	return nil
}

// filesToReplay returns the file at a path, or the capture files of an archive.
func filesToReplay(ctx context.Context, from string, f extractFlags, a *app) ([]replay.File, *archive, error) {
	info, err := os.Stat(from)
	if err == nil && !info.IsDir() {
		return []replay.File{{Name: from, Read: func(context.Context) ([]byte, error) { return os.ReadFile(from) }}}, nil, nil
	}
	if err != nil && stores.Scheme(from) == "" {
		return nil, nil, misuse("%w", err)
	}
	read := readFlags{from: from, pathStyle: f.pathStyle}
	arch, err := read.open(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	var files []replay.File
	for c, err := range storage.Captures(ctx, arch.store) {
		if err != nil {
			return nil, nil, err
		}
		files = append(files, replay.File{Name: c.Key, Site: c.Site, Read: func(ctx context.Context) ([]byte, error) {
			data, _, err := storage.ReadObject(ctx, arch.store, c.Key)
			return data, err
		}})
	}
	if len(files) == 0 {
		return nil, nil, misuse("%s holds no captures (warc/…)", from)
	}
	return files, arch, nil
}

// capturedLabel names a captured page in the output.
type capturedLabel struct {
	URL    string `json:"url"`
	WARC   string `json:"warc"`
	Offset int64  `json:"offset"`
}

// captured makes captures a source of pages.
func captured(ctx context.Context, captures *replay.Captures) iter.Seq2[*manifest.Page, error] {
	return func(yield func(*manifest.Page, error) bool) {
		for p, err := range captures.Pages(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(capturedPage(captures, p), nil) {
				return
			}
		}
	}
}

func capturedPage(captures *replay.Captures, p *replay.Page) *manifest.Page {
	return &manifest.Page{
		Label: capturedLabel{URL: p.URL, WARC: p.File, Offset: p.Offset},
		Place: manifest.Place{File: p.File, Number: p.Number}, URL: p.URL, Site: p.Site,
		Load: func(context.Context) (manifest.Content, error) {
			page, cut, err := p.Read()
			return manifest.Content{Page: page, Cut: cut, WARC: p.File, Offset: p.Offset, Length: p.Length}, err
		},
		Part: func(ctx context.Context, url string) (*manifest.Page, error) {
			part, err := captures.Part(ctx, p, url)
			if part == nil {
				return nil, err
			}
			return capturedPage(captures, part), nil
		},
	}
}
