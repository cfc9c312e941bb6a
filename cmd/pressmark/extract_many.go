package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/replay"
	"pressmark/extract"
	"pressmark/extract/manifest"
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
	if err := manifest.Run(ctx, crawler.Captured(ctx, captures), sites.For, a.stdout, manifest.Format{}); err != nil {
		return err
	}
	if damage := captures.Damage(); len(damage) > 0 {
		return fmt.Errorf("%w: captures that cannot be read: %s", errFailures, strings.Join(damage, "; "))
	}
	return nil
}

// filesToReplay returns the file at a path, or the capture files of an archive.
func filesToReplay(ctx context.Context, from string, f extractFlags, a *app) ([]replay.File, *archive, error) {
	_, err := os.Stat(from)
	if isFile(from) {
		file, err := replay.Local(from)
		return []replay.File{file}, nil, err
	}
	if err != nil && stores.Scheme(from) == "" {
		return nil, nil, misuse("%w", err)
	}
	read := readFlags{from: from, pathStyle: f.pathStyle}
	arch, err := read.open(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	files, err := crawler.CapturesIn(ctx, arch.store, "")
	if err != nil {
		return nil, nil, err
	}
	if len(files) == 0 {
		return nil, nil, misuse("%s holds no captures (warc/…)", from)
	}
	return files, arch, nil
}

// isFile reports whether there is a file of this name.
func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}
