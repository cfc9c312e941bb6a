package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pressmark/configs"
	"pressmark/crawler/testweb/newsroom"
	"pressmark/crawler/testweb/simulator"
	"pressmark/extract/article"
	"pressmark/extract/article/schema"
)

// startRoom serves the demo's sites on free ports and writes their
// configurations into a folder.
func startRoom(t *testing.T, o newsroom.Options) (room *newsroom.Newsroom, config string) {
	t.Helper()
	o.AnyPort = true
	room, err := newsroom.Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { room.Close() })
	sites, err := configs.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	config = t.TempDir()
	for _, s := range sites {
		text := room.Rewrite(string(encode(t, s)))
		if o.Delay != 0 { // the Crawl-delay alone sets the pace
			text = strings.ReplaceAll(text, "delay: 200ms\n", "delay: 1ms\n")
		}
		if err := os.WriteFile(filepath.Join(config, s.Name+".yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return room, config
}

// simulate serves simulated sites on free ports and writes their configurations
// into a folder. Their time stands still until SetNow moves it.
func simulate(t *testing.T, config string, o simulator.Options) *simulator.Simulator {
	t.Helper()
	sim, err := simulator.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := sim.Listen(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sim.Close() })
	for _, s := range sim.Sites() {
		site := s.Config()
		site.Delay, site.AllowPrivate = time.Millisecond, []string{s.Host}
		if err := os.WriteFile(filepath.Join(config, s.Name+".yaml"), encode(t, site), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return sim
}

// pressmark runs the program in this process.
func pressmark(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return pressmarkAt(t, time.Now, args...)
}

// pressmarkAt runs the program in this process, with a clock.
func pressmarkAt(t *testing.T, now func() time.Time, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	a := &app{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, now: now}
	code = a.run(t.Context(), args)
	return code, out.String(), errs.String()
}

// readArticles reads and validates all articles of an archive in a folder, by URL.
func readArticles(t *testing.T, dir string) map[string]*article.Article {
	t.Helper()
	v, err := schema.NewValidator()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "articles", "*", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*article.Article{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := v.Validate(data); err != nil {
			t.Errorf("%s: %v", f, err)
		}
		a, err := article.Decode(data)
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		out[a.URL] = a
	}
	return out
}

func encode(t *testing.T, s configs.Site) []byte {
	t.Helper()
	text, err := configs.Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
