package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/storage"
)

// readFlags are the flags of commands that read an archive.
type readFlags struct {
	from      string
	pathStyle bool
	json      bool
}

func (f *readFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.from, "to", "./archive", "where the archive is: a folder, or s3://bucket/prefix")
	cmd.Flags().BoolVar(&f.pathStyle, "s3-path-style", false, "address buckets by path, as most S3-compatible stores want")
	cmd.Flags().BoolVar(&f.json, "json", false, "print JSON")
}

func (f *readFlags) open(ctx context.Context, a *app) (*archive, error) {
	return openArchive(ctx, f.from, storeOptions{PathStyle: f.pathStyle, Logger: a.logger(true)})
}

// openSites opens the archive and finds the named sites in it, or all.
func (f *readFlags) openSites(ctx context.Context, a *app, names []string) (*archive, []string, error) {
	arch, err := f.open(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	names, err = sitesIn(ctx, arch, names)
	return arch, names, err
}

// sitesIn returns the named sites, or all sites of the archive. A place without sites is
// an error: a folder that is not mounted, or a mistyped name, must not look like an
// archive without problems.
func sitesIn(ctx context.Context, arch *archive, names []string) ([]string, error) {
	var all []string
	for name, err := range arch.Sites(ctx) {
		if err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	if len(all) == 0 {
		return nil, misuse("%s holds no site's log: it is not an archive, or nothing was archived there yet", arch.name)
	}
	if len(names) == 0 {
		return all, nil
	}
	for _, n := range names {
		if !slices.Contains(all, n) {
			return nil, misuse("the archive has no site %q; it has: %s", n, strings.Join(all, ", "))
		}
	}
	return names, nil
}

// eachSite calls do for each site. If a site's log is damaged, it continues; damaged
// lists all such sites at the end.
func eachSite(names []string, do func(site string) error) (damaged, err error) {
	var why []string
	for _, n := range names {
		switch err := do(n); {
		case errors.Is(err, storage.ErrCorrupt):
			why = append(why, err.Error())
		case err != nil:
			return nil, err
		}
	}
	if len(why) > 0 {
		damaged = fmt.Errorf("%w: %s", errFailures, strings.Join(why, "; "))
	}
	return damaged, nil
}
