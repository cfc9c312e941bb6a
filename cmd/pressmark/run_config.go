package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"pressmark/configs"
	"pressmark/storage"
	"pressmark/storage/stores"
)

// configSource reads the files of the configuration as they are now.
type configSource func(ctx context.Context) ([]configs.File, error)

// configSource returns the reader for --config: a folder, a file, or an s3://
// prefix.
func (f *runFlags) configSource(ctx context.Context, log *slog.Logger) (configSource, error) {
	if f.config == "" {
		return nil, misuse("name the folder or s3:// prefix with the sites' files with --config")
	}
	if stores.Scheme(f.config) == "" {
		return func(context.Context) ([]configs.File, error) { return folderFiles(f.config) }, nil
	}
	store, err := openStore(ctx, f.config, storeOptions{PathStyle: f.pathStyle, Logger: log})
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) ([]configs.File, error) { return storedFiles(ctx, store, f.config) }, nil
}

func isSiteFile(name string) bool {
	ext := path.Ext(name)
	return !strings.HasPrefix(path.Base(name), ".") && (ext == ".yaml" || ext == ".yml")
}

func folderFiles(place string) ([]configs.File, error) {
	info, err := os.Stat(place)
	if err != nil {
		return nil, misuse("--config: %w", err)
	}
	names := []string{place}
	if info.IsDir() {
		entries, err := os.ReadDir(place)
		if err != nil {
			return nil, err
		}
		names = names[:0]
		for _, e := range entries {
			if !e.IsDir() && isSiteFile(e.Name()) { // a ConfigMap's files are links
				names = append(names, filepath.Join(place, e.Name()))
			}
		}
	}
	var out []configs.File
	for _, n := range names {
		src, err := os.ReadFile(n)
		out = append(out, configs.File{Name: n, Src: src, Err: err})
	}
	return out, nil
}

func storedFiles(ctx context.Context, store storage.Store, place string) ([]configs.File, error) {
	var out []configs.File
	for info, err := range store.List(ctx, "", "") {
		if err != nil {
			return nil, err
		}
		if !isSiteFile(info.Key) || strings.Contains(info.Key, "/") {
			continue
		}
		src, _, err := storage.ReadObject(ctx, store, info.Key)
		out = append(out, configs.File{Name: strings.TrimSuffix(place, "/") + "/" + info.Key, Src: src, Err: err})
	}
	return out, nil
}

// watchConfig applies changes of the configuration: at each interval, and at once on
// SIGHUP.
func watchConfig(ctx context.Context, keeper *configs.Keeper, source configSource, every time.Duration,
	take func(context.Context, []configs.Site) error, log *slog.Logger) {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	files, err := source(ctx)
	seen := digest(files, err)
	for {
		asked := false
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-hup:
			asked = true
		}
		files, err := source(ctx)
		now := digest(files, err)
		if skip := now == seen && !asked; skip || ctx.Err() != nil {
			continue
		}
		if err != nil {
			log.Error("configuration cannot be read; the old one stays in force", "error", err)
			seen = now
			continue
		}
		sites, wrong := keeper.Take(files)
		if wrong != nil {
			log.Error("configuration has mistakes; what these files said before stays in force", "error", wrong)
		}
		if err := take(ctx, sites); err != nil {
			log.Error("configuration not taken into the queue; it is tried again", "error", err)
			continue
		}
		seen = now
		log.Info("configuration taken up", "sites", len(sites))
	}
}

// digest names a state of the configuration.
func digest(files []configs.File, err error) string {
	h := sha256.New()
	for _, f := range slices.SortedFunc(slices.Values(files), func(a, b configs.File) int { return strings.Compare(a.Name, b.Name) }) {
		fmt.Fprintf(h, "%q %x %v\n", f.Name, sha256.Sum256(f.Src), f.Err)
	}
	return fmt.Sprintf("%x %v", h.Sum(nil), err)
}
