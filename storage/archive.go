package storage

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"log/slog"
	"path"
	"slices"
	"strings"
)

// Archive is the layout of sites over a Store. It holds no state; many
// Archives, also of many processes, may share a Store. Make one with NewArchive.
type Archive struct {
	store Store
	opt   Options
}

// Options of an Archive. The zero value is good for use.
type Options struct {
	// SnapshotEvery is the number of segments after which a commit writes a snapshot,
	// provided that they hold at least a quarter as many records as the site has URLs.
	// Otherwise the snapshot is written after four times this number. 0 means 128; a
	// negative number means that no snapshots are written.
	SnapshotEvery int
	// Parallel is the number of objects that are read or written concurrently. 0 means
	// 8.
	Parallel int
	// Logger gets warnings about repaired or postponed faults. nil: no log.
	Logger *slog.Logger
}

// NewArchive returns the archive in store.
func NewArchive(store Store, opt Options) *Archive {
	if opt.SnapshotEvery == 0 {
		opt.SnapshotEvery = 128
	}
	if opt.Parallel <= 0 {
		opt.Parallel = 8
	}
	if opt.Logger == nil {
		opt.Logger = slog.New(slog.DiscardHandler)
	}
	return &Archive{store: store, opt: opt}
}

// Store returns the store below.
func (a *Archive) Store() Store { return a.store }

// Sites yields the names of the sites that have a log, in order.
func (a *Archive) Sites(ctx context.Context) iter.Seq2[string, error] { return Sites(ctx, a.store) }

// Sites yields the names of the sites that have a log in store, in order.
func Sites(ctx context.Context, store Store) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for after := ""; ; {
			site, err := nextSite(ctx, store, "log/", after)
			if err != nil {
				yield("", fmt.Errorf("list sites: %w", err))
				return
			}
			if site == "" || !yield(site, nil) {
				return
			}
			after = afterSite("log/", site)
		}
	}
}

// CaptureFile is a capture file of an archive.
type CaptureFile struct {
	Site, Key string
}

// Captures yields the capture files of all sites in store, by site and in the order
// in which they were written, whether their names hold the site or, as those of
// earlier versions, the run alone.
func Captures(ctx context.Context, store Store) iter.Seq2[CaptureFile, error] {
	return func(yield func(CaptureFile, error) bool) {
		var of []CaptureFile // of one site
		flush := func() bool {
			slices.SortFunc(of, func(a, b CaptureFile) int { return cmp.Compare(a.written(), b.written()) })
			for _, f := range of {
				if !yield(f, nil) {
					return false
				}
			}
			of = of[:0]
			return true
		}
		for info, err := range store.List(ctx, "warc/", "") {
			if err != nil {
				yield(CaptureFile{}, fmt.Errorf("list captures: %w", err))
				return
			}
			site, file, _ := strings.Cut(strings.TrimPrefix(info.Key, "warc/"), "/")
			if !strings.HasSuffix(file, warcEnd) {
				continue
			}
			nextSite := len(of) > 0 && of[0].Site != site
			if nextSite && !flush() {
				return
			}
			of = append(of, CaptureFile{site, info.Key})
		}
		flush()
	}
}

// written holds the sort keys of one site's files: the run, which begins with its
// time, and the number.
func (f CaptureFile) written() string {
	return strings.TrimPrefix(path.Base(f.Key), f.Site+"-")
}

// nextSite returns the first site after the given one that has a key with the prefix
// ("log/"), "" if there is none.
func nextSite(ctx context.Context, store Store, prefix, after string) (string, error) {
	for info, err := range store.List(ctx, prefix, after) {
		if err != nil {
			return "", err
		}
		site, _, ok := strings.Cut(strings.TrimPrefix(info.Key, prefix), "/")
		if ok && CheckSite(site) == nil {
			return site, nil
		}
	}
	return "", nil
}

// afterSite sorts after all keys of the site and before those of the next: "0"
// directly follows "/".
func afterSite(prefix, site string) string { return prefix + site + "0" }
