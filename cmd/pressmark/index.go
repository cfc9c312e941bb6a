package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/storage/corpus"
	"pressmark/storage/search"
)

// indexFlags are the flags of commands that look up articles.
type indexFlags struct {
	readFlags
	path string
}

func (f *indexFlags) register(cmd *cobra.Command) {
	f.readFlags.register(cmd)
	cmd.Flags().StringVar(&f.path, "index", "", "file of the search index (default: in the user's cache folder, by the archive's place)")
}

// shelf is an archive with its index, up to date.
type shelf struct {
	*archive
	corpus *corpus.Corpus
	index  *search.Index
}

// open opens the archive and its index and reads the new records of the log. A
// damaged article is reported; the others can still be found.
func (f *indexFlags) open(ctx context.Context, a *app) (*shelf, error) {
	arch, _, err := f.openSites(ctx, a, nil)
	if err != nil {
		return nil, err
	}
	path := f.path
	if path == "" {
		if path, err = indexPath(f.from); err != nil {
			return nil, err
		}
	}
	index, err := search.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	s := &shelf{archive: arch, corpus: corpus.Open(arch.store), index: index}
	err = s.catchUp(ctx, a)
	if err == nil {
		err = index.Erase(ctx)
	}
	if err != nil {
		index.Close()
		return nil, err
	}
	return s, nil
}

func (s *shelf) close() { s.index.Close() }

func (s *shelf) catchUp(ctx context.Context, a *app) error {
	const worthTelling = 2000 // articles; fewer are read before a line is
	told := false
	err := s.index.CatchUp(ctx, s.corpus, func(p search.Progress) {
		if p.Articles >= worthTelling && isTerminal(a.stderr) {
			told = true
			fmt.Fprintf(a.stderr, "\rindexing: %d articles, %s record %d ", p.Articles, p.Site, p.Seq)
		}
	})
	if told {
		fmt.Fprintln(a.stderr)
	}
	if unread := search.Unread(err); len(unread) > 0 && ctx.Err() == nil {
		fmt.Fprintf(a.stderr, "pressmark: %d articles cannot be read and are not found (pressmark verify says more): %v\n", len(unread), unread[0])
		return nil
	}
	return err
}

// indexPath is the file of an archive's index in the user's cache folder.
func indexPath(archive string) (string, error) {
	path, err := cachePath("index", archive)
	if err != nil {
		return "", misuse("there is no cache folder for the search index (%w): name its file with --index", err)
	}
	return path, nil
}

// cachePath is the place of a derived file of an archive in the user's cache folder.
func cachePath(kind, archive string) (string, error) {
	if !strings.Contains(archive, "://") {
		full, err := filepath.Abs(archive)
		if err != nil {
			return "", err
		}
		archive = full
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(archive))
	return filepath.Join(cache, "pressmark", kind+"-"+hex.EncodeToString(sum[:8])+".db"), nil
}
