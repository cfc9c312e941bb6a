//go:build unix

package storage_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pressmark/storage"
	"pressmark/storage/dirstore"
)

// TestPlantedLinks: symbolic links that lead out of an archive's folder, in the place of
// an object or of a folder of objects, are problems that Verify reports. Their targets are
// neither read nor written, and all that is sound is verified.
func TestPlantedLinks(t *testing.T) {
	p := page{1, 1, "one", "run"}
	image := storage.ImageKey(hashOf(string(p.image())), "png")
	for _, place := range []string{p.key(), "articles/gazette", "articles", storage.SegmentKey("gazette", 1), "log/gazette", "log",
		p.warc(), "warc/gazette", "warc", image, filepath.Dir(image), "images"} {
		t.Run(place, func(t *testing.T) {
			dir, outside := t.TempDir(), t.TempDir()
			s, err := dirstore.Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			commit(t, openLog(t, s), batch(p, page{2, 1, "two", "run"}))
			moved := filepath.Join(outside, "moved")
			if err := errors.Join(os.Rename(filepath.Join(dir, place), moved), os.Symlink(moved, filepath.Join(dir, place))); err != nil {
				t.Fatal(err)
			}
			report, err := storage.Verify(t.Context(), s, storage.VerifyOptions{Deep: true, Capture: func([]byte, string) error { return nil }})
			if err != nil {
				t.Fatal(err)
			}
			tells := func(p storage.Problem) bool {
				return strings.HasPrefix(place, p.Key) && strings.Contains(p.Detail, "a symbolic link that leads out")
			}
			if !slices.ContainsFunc(report.Problems, tells) {
				t.Errorf("%v", report.Problems)
			}
			if !strings.HasPrefix(place, "log") && report.Records != 2 {
				t.Errorf("%d records verified, want 2", report.Records)
			}
			before := treeOf(t, outside)
			l, err := storage.NewArchive(s, storage.Options{}).OpenSite(t.Context(), "gazette")
			if err == nil {
				err = l.Commit(t.Context(), batch(page{1, 2, "one, changed", "later"}, page{3, 1, "three", "later"}))
			}
			folder := !strings.Contains(filepath.Base(place), ".")
			if wantError := strings.HasPrefix(place, "log") || folder && place != filepath.Dir(image); wantError && err == nil {
				t.Error("a commit through the link: no error")
			}
			if after := treeOf(t, outside); after != before {
				t.Errorf("outside:\n%s\nbefore:\n%s", after, before)
			}
		})
	}
}

// treeOf returns the files below a folder, with their sizes, as text.
func treeOf(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			b.WriteString(path + " " + info.ModTime().String() + "\n")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
