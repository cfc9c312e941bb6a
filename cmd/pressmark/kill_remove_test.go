package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/testweb/newsroom"
	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/ledger"
)

// TestKillRemove kills removals at random moments, every third one beside a crawl of
// the same site. After each kill all other articles are sound; the same call again
// finishes the removal: no object, no capture, no record and no page of the index has the
// headline, and the next crawl does not bring it back.
func TestKillRemove(t *testing.T) {
	t.Parallel()
	r := newRemoval(t)
	killed, between := 0, 0
	for round := 1; killed < r.wanted; round++ {
		c := r.copyOf(t, round)
		var crawl *exec.Cmd
		if round%3 == 0 {
			crawl = r.command(t.Context(), "crawl", "--config", r.config, "--to", c.archive, "--quiet", "--delay", "0s", "--refetch", "--batch-articles", "2")
			if err := crawl.Start(); err != nil {
				t.Fatal(err)
			}
		}
		if c.removed(t, r.whole/4+time.Duration(r.rnd.Int64N(int64(r.whole)))) {
			killed++
		}
		if crawl != nil {
			crawl.Wait() //nolint:errcheck // it may have lost to the removal; it is run again below
		}
		if c.wantOthersSound(t) {
			between++
		}
		if c.removed(t, 0) {
			t.Fatal("the last removal was killed")
		}
		if crawl != nil {
			if out, err := r.command(t.Context(), "crawl", "--config", r.config, "--to", c.archive, "--quiet", "--delay", "0s").CombinedOutput(); err != nil {
				t.Fatalf("round %d: the crawl after the removal: %v\n%s", round, err, out)
			}
		}
		c.wantRemoved(t)
		if t.Failed() {
			t.Fatalf("round %d, article %s of %s", round, c.id, c.site)
		}
	}
	t.Logf("%d removals killed, %d of them half done; an undisturbed one takes %s", killed, between, r.whole.Round(time.Millisecond))
}

// removal is an archive of the demo's sites of which one article is taken down, again
// and again, each time from a copy.
type removal struct {
	exe, config    string
	archive, index string
	articles       []*article.Article
	wanted         int
	whole          time.Duration
	rnd            *rand.Rand
}

func newRemoval(t *testing.T) *removal {
	t.Helper()
	_, config := startRoom(t, newsroom.Options{Delay: -1})
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	dir := t.TempDir()
	r := &removal{exe: buildProgram(t), config: config, archive: filepath.Join(dir, "archive"), index: filepath.Join(dir, "index.db"),
		wanted: kills(t, 30, 3), rnd: rand.New(rand.NewPCG(seed, 1))}
	for _, args := range [][]string{
		{"crawl", "--config", config, "--to", r.archive, "--quiet", "--delay", "0s", "--warc", "all"}, {"search", "--to", r.archive, "--index", r.index, "news"},
	} {
		if out, err := r.command(t.Context(), args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	files, err := filepath.Glob(filepath.Join(r.archive, "articles", "*", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file) //nolint:gosec // of the test's own archive
		if err != nil {
			t.Fatal(err)
		}
		a, err := article.Decode(body)
		if err != nil {
			t.Fatal(err)
		}
		r.articles = append(r.articles, a)
	}
	c := r.copyOf(t, 0)
	began := time.Now()
	c.removed(t, 0)
	r.whole = time.Since(began)
	c.wantRemoved(t)
	return r
}

func (r *removal) command(ctx context.Context, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, r.exe, args...)
}

// removalCopy is one copy of the archive, with the article that goes.
type removalCopy struct {
	*removal
	archive, index string
	site, id       string
	title          string
	names          []string // of all that goes: id, addresses, keys
}

func (r *removal) copyOf(t *testing.T, round int) *removalCopy {
	t.Helper()
	a := r.articles[r.rnd.IntN(len(r.articles))]
	dir := t.TempDir()
	c := &removalCopy{removal: r, archive: filepath.Join(dir, "archive"), index: filepath.Join(dir, "index.db"), site: a.Site, id: a.ID, title: a.Title}
	c.names = append([]string{a.ID, a.URL}, a.Pages...)
	for _, img := range a.Images {
		c.names = append(append(c.names, img.URL, img.FetchedURL, img.Key), img.Alternates...)
	}
	c.names = slices.DeleteFunc(c.names, func(name string) bool { return name == "" })
	if err := os.CopyFS(c.archive, os.DirFS(r.archive)); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(r.index)
	if err == nil {
		err = os.WriteFile(c.index, body, 0o600)
	}
	if err != nil {
		t.Fatalf("round %d: %v", round, err)
	}
	return c
}

// removed takes the article down and kills the removal after a while, if that is not
// zero. It reports whether the removal was killed.
func (c *removalCopy) removed(t *testing.T, after time.Duration) (killed bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cmd := c.command(ctx, "remove", c.id, "--to", c.archive, "--index", c.index, "--reason", "a test")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if after > 0 {
		timer := time.AfterFunc(after, cancel) // exec kills with SIGKILL
		defer timer.Stop()
	}
	err := cmd.Wait()
	var exit *exec.ExitError
	if ctx.Err() != nil && errors.As(err, &exit) && exit.ExitCode() == -1 {
		return true
	}
	done := cmd.ProcessState != nil && cmd.ProcessState.Success() // just before the kill, perhaps
	if err != nil && !done {
		t.Fatalf("remove: %v\n%s", err, out.String())
	}
	return false
}

// wantOthersSound: what verify finds after a kill is about the removed article alone.
// It reports whether the removal was half done.
func (c *removalCopy) wantOthersSound(t *testing.T) (between bool) {
	t.Helper()
	for _, p := range c.problems(t) {
		text := fmt.Sprint(p.Key, " ", p.URL, " ", p.Detail)
		if p.Fault == storage.Extra {
			continue
		}
		between = true
		if !slices.ContainsFunc(c.names, func(name string) bool { return strings.Contains(text, name) }) {
			t.Errorf("after a kill: %v", p)
		}
	}
	return between
}

func (c *removalCopy) problems(t *testing.T) []storage.Problem {
	t.Helper()
	a := &app{stdout: io.Discard, stderr: io.Discard}
	arch, err := openArchive(t.Context(), c.archive, storeOptions{Logger: a.logger(false)})
	if err != nil {
		t.Fatal(err)
	}
	report, err := storage.Verify(t.Context(), arch.store, storage.Thorough(arch.validator.Validate))
	if err != nil {
		t.Fatal(err)
	}
	return report.Problems
}

// wantRemoved: the archive is sound, and nothing of it but captures of lists has the
// headline.
func (c *removalCopy) wantRemoved(t *testing.T) {
	t.Helper()
	for _, p := range c.problems(t) {
		if p.Fault != storage.Extra {
			t.Errorf("after the removal: %v", p)
		}
	}
	for rec, err := range c.feed(t) {
		if err != nil {
			t.Fatal(err)
		}
		if rec.ID == c.id && rec.Title != "" {
			t.Errorf("record %d has the title %q", rec.Seq, rec.Title)
		}
	}
	title := []byte(c.title)
	err := filepath.WalkDir(filepath.Dir(c.archive), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(path, filepath.Join(c.archive, "warc")) {
			return err
		}
		body, err := os.ReadFile(path) //nolint:gosec // of the test's own archive
		if err != nil {
			return err
		}
		if bytes.Contains(unzipped(body), title) {
			t.Errorf("%s has the headline", path)
		}
		if strings.Contains(path, c.id) {
			t.Errorf("%s is there", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (c *removalCopy) feed(t *testing.T) func(func(ledger.Record, error) bool) {
	t.Helper()
	a := &app{stdout: io.Discard, stderr: io.Discard}
	arch, err := openArchive(t.Context(), c.archive, storeOptions{Logger: a.logger(false)})
	if err != nil {
		t.Fatal(err)
	}
	return storage.Feed(t.Context(), arch.store, c.site, storage.FeedOptions{})
}

// unzipped is what gzip holds, or the bytes as they are.
func unzipped(body []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return body
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		return body
	}
	return slices.Concat(plain, body)
}
