package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pressmark/crawler/testweb/newsroom"
	"pressmark/crawler/testweb/simulator"
	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/storagetest/versitygw"
	"pressmark/storage/warc"
)

// kills returns the number of processes that a test kills: few, or its share, one of
// parts, of $PRESSMARK_KILLS, which .ci/run sets to some hundreds.
func kills(t *testing.T, few, parts int) int {
	t.Helper()
	text := os.Getenv("PRESSMARK_KILLS")
	if text == "" {
		return few
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("PRESSMARK_KILLS=%q: give a number", text)
	}
	return (n + parts - 1) / parts
}

// buildProgram builds the program once for the tests that need it as a process.
func buildProgram(t testing.TB) string {
	t.Helper()
	exe := filepath.Join(t.TempDir(), "pressmark")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", exe, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return exe
}

// TestKillFolder and TestKillS3 kill crawls at random moments, until at last
// one is left alone, and compare each archive with that of a crawl that nobody
// disturbed: the same articles, images and log state; nothing twice, nothing missing.
func TestKillFolder(t *testing.T) {
	t.Parallel()
	k := newKiller(t)
	k.run(t, func(round int) (to string, env []string) {
		return filepath.Join(t.TempDir(), fmt.Sprint("archive", round)), nil
	})
}

func TestKillS3(t *testing.T) {
	k := newKiller(t)
	server := versitygw.Start(t, versitygw.Options{})
	k.run(t, func(round int) (to string, env []string) {
		return fmt.Sprintf("s3://%s/round%d", server.Bucket, round), server.Env()
	})
}

// killer kills crawls of the demo's sites and of three simulated ones, some of
// whose pages are bombs, or lead in circles or inside.
type killer struct {
	exe, config string
	wanted      int
	rnd         *rand.Rand
	sim         *simulator.Simulator
}

func newKiller(t *testing.T) *killer {
	t.Helper()
	_, config := startRoom(t, newsroom.Options{Delay: -1})
	sim := simulate(t, config, simulator.Options{Seed: 5, Sites: 3, Backlog: 8, Faults: []simulator.Fault{
		{Kind: simulator.GzipBomb, Path: "/content/", Share: .1},
		{Kind: simulator.RedirectLoop, Path: "/news/2", Share: .2},
		{Kind: simulator.RedirectChain, Path: "/living/2", Share: .2},
		{Kind: simulator.WrongType, Share: .1},
	}})
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	return &killer{exe: buildProgram(t), config: config, wanted: kills(t, 6, 2), rnd: rand.New(rand.NewPCG(seed, 1)), sim: sim}
}

func (k *killer) run(t *testing.T, place func(round int) (string, []string)) {
	to, env := place(0)
	began := time.Now()
	if killed := k.crawl(t, to, env, 0); killed {
		t.Fatal("the undisturbed crawl was killed")
	}
	whole := time.Since(began)
	want := k.state(t, to, env)
	if len(want.articles) < 55 {
		t.Fatalf("the undisturbed crawl archived %d articles", len(want.articles))
	}
	killed := 0
	for round := 1; killed < k.wanted; round++ {
		to, env := place(round)
		for range 1 + k.rnd.IntN(4) {
			if k.crawl(t, to, env, time.Millisecond+time.Duration(k.rnd.Int64N(int64(whole)))) {
				killed++
			}
		}
		if k.crawl(t, to, env, 0) {
			t.Fatal("the last crawl was killed")
		}
		if d := cmp.Diff(want, k.state(t, to, env), cmp.AllowUnexported(archiveState{}), cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("round %d: the archive differs (- undisturbed, + killed):\n%s", round, d)
		}
	}
	t.Logf("%d crawls killed, undisturbed crawl %s, every archive as the undisturbed one (%d articles, %d images, %d pages); faults met: %v",
		killed, whole.Round(time.Millisecond), len(want.articles), len(want.images), len(want.outcomes), k.sim.Stats().Faults)
}

// crawl runs one crawl and kills it after a while, if that is not zero.
func (k *killer) crawl(t *testing.T, to string, env []string, after time.Duration) (killed bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cmd, out := k.command(ctx, to, env)
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
	if ctx.Err() != nil && cmd.ProcessState != nil && cmd.ProcessState.Success() {
		return false // it was done just before the kill
	}
	if err != nil {
		t.Fatalf("crawl into %s: %v\n%s", to, err, out.String())
	}
	return false
}

// command is a crawl as a process, with its output.
func (k *killer) command(ctx context.Context, to string, env []string) (*exec.Cmd, *bytes.Buffer) {
	cmd := exec.CommandContext(ctx, k.exe, "crawl", "--config", k.config, "--to", to, "--quiet", "--delay", "0s", "--batch-articles", "3", "--s3-path-style")
	cmd.Env = append(os.Environ(), env...)
	out := &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = out, out
	return cmd, out
}

// archiveState is what an archive says, less what belongs to a run (times,
// captures, the order of records).
type archiveState struct {
	articles map[string]*article.Article
	images   map[string]int64
	outcomes map[string]string
}

func (k *killer) state(t *testing.T, to string, env []string) archiveState {
	t.Helper()
	for _, e := range env {
		name, value, _ := strings.Cut(e, "=")
		t.Setenv(name, value)
	}
	a := &app{stdout: os.Stdout, stderr: os.Stderr}
	arch, err := openArchive(t.Context(), to, storeOptions{PathStyle: true, Logger: a.logger(false)})
	if err != nil {
		t.Fatal(err)
	}
	s := archiveState{map[string]*article.Article{}, map[string]int64{}, map[string]string{}}
	for info, err := range arch.store.List(t.Context(), "", "") {
		if err != nil {
			t.Fatal(err)
		}
		switch kind, _, _ := strings.Cut(info.Key, "/"); kind {
		case "articles":
			s.articles[info.Key] = k.article(t, arch, info.Key)
		case "images":
			s.images[info.Key] = info.Size
		case "revisions":
			t.Errorf("a revision of an article that never changed: %s", info.Key)
		}
	}
	for site, err := range arch.Sites(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		k.outcomes(t, arch, site, s.outcomes)
	}
	k.sound(t, arch)
	return s
}

// sound checks the archive as the verify command does. What a killed crawl
// leaves unnamed is the one thing that may be there; it is readable as well.
func (k *killer) sound(t *testing.T, arch *archive) {
	t.Helper()
	checks := storage.Thorough(arch.validator.Validate)
	checks.CaptureFile, checks.SchemaFile = nil, nil // what a killed crawl leaves may be without its index
	report, err := storage.Verify(t.Context(), arch.store, checks)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		if p.Fault != storage.Extra {
			t.Errorf("verify: %s", p)
		}
	}
	for info, err := range arch.store.List(t.Context(), "warc/", "") {
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(info.Key, ".warc.gz") {
			k.readable(t, arch, info.Key)
		}
	}
}

// readable reads every record of a capture file.
func (k *killer) readable(t *testing.T, arch *archive, key string) {
	t.Helper()
	data, _, err := storage.ReadObject(t.Context(), arch.store, key)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for r := warc.NewReader(bytes.NewReader(data)); ; n++ {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = rec.Verify()
		}
		if err != nil {
			t.Fatalf("%s, record %d: %v", key, n, err)
		}
	}
	if n < 3 {
		t.Errorf("%s: %d records", key, n)
	}
}

func (k *killer) article(t *testing.T, arch *archive, key string) *article.Article {
	t.Helper()
	data, _, err := storage.ReadObject(t.Context(), arch.store, key)
	if err != nil {
		t.Fatal(err)
	}
	if err := arch.validator.Validate(data); err != nil {
		t.Errorf("%s: %v", key, err)
	}
	a, err := article.Decode(data)
	if err != nil {
		t.Fatalf("%s: %v", key, err)
	}
	robots := a.Capture.Robots
	a.Capture = article.Capture{Robots: robots}
	return a
}

// outcomes reads a site's whole log: dense, every article archived once, and
// one current outcome a URL.
func (k *killer) outcomes(t *testing.T, arch *archive, site string, into map[string]string) {
	t.Helper()
	var seq int64
	archived := map[string]bool{}
	for rec, err := range storage.Feed(t.Context(), arch.store, site, storage.FeedOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		if seq++; rec.Seq != seq {
			t.Fatalf("log of %s: record %d follows %d", site, rec.Seq, seq-1)
		}
		if rec.Outcome == ledger.Archived && rec.Kind == ledger.KindPage {
			if archived[rec.URL] {
				t.Errorf("log of %s: %s archived twice", site, rec.URL)
			}
			archived[rec.URL] = true
		}
	}
	log, err := arch.OpenSite(t.Context(), site)
	if err != nil {
		t.Fatal(err)
	}
	for rec := range log.State().All() {
		if rec.Kind == ledger.KindPage {
			into[rec.URL] = fmt.Sprintf("%s %s %s %d", rec.Outcome, rec.Reason, rec.ContentHash, rec.Revision)
		}
	}
}
