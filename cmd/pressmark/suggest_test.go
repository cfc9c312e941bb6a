package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pressmark/crawler/testweb/newsroom"
)

// callProgram runs the program and returns status and output.
func callProgram(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(t.Context(), args, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

// TestSuggestThenCheck goes the way of somebody who adds a site: propose from
// three articles, check the file, see what the rules find on pages.
func TestSuggestThenCheck(t *testing.T) {
	room, err := newsroom.Start(context.Background(), newsroom.Options{AnyPort: true, Delay: -1})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = room.Close() }()
	site := room.Site("demo-client")
	args := []string{"sites", "suggest", "--allow-private", "--delay", "1ms", "--name", "river-news"}
	var urls []string
	for _, a := range site.Truth()[:3] {
		urls = append(urls, a.URL)
	}
	status, yaml, stderr := callProgram(t, append(args, urls[:2]...)...)
	if status != exitDone {
		t.Fatalf("status %d: %s", status, stderr)
	}
	file := filepath.Join(t.TempDir(), "river-news.yaml")
	if err := os.WriteFile(file, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(yaml, "\nname: river-news\n") || !strings.Contains(yaml, "title: h1.title") || !strings.Contains(yaml, "body: 'div#content'") {
		t.Errorf("proposal:\n%s", yaml)
	}

	status, out, stderr := callProgram(t, "sites", "check", file, "--allow-private", "--delay", "1ms", "--page", urls[2])
	if status != exitDone || !strings.Contains(out, "1 sites, no mistakes") || !strings.Contains(out, "h1.title") || !strings.Contains(out, urls[2]) {
		t.Errorf("check --page: status %d\n%s%s", status, out, stderr)
	}
	status, out, stderr = callProgram(t, "sites", "check", file, "--allow-private", "--delay", "1ms", "--live")
	if n := strings.Count(out, "river-news on http"); status != exitDone || n != liveArticles {
		t.Errorf("check --live: status %d, %d pages\n%s%s", status, n, out, stderr)
	}

	// A redesign: the title's rule finds nothing.
	if err := os.WriteFile(file, []byte(strings.Replace(yaml, "title: h1.title", "title: h1.gone", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	status, _, stderr = callProgram(t, "sites", "check", file, "--allow-private", "--delay", "1ms", "--page", urls[2])
	if status != exitFailures || !strings.Contains(stderr, "title of river-news on "+urls[2]) {
		t.Errorf("a rule that finds nothing: status %d, %s", status, stderr)
	}
	if err := os.WriteFile(file, []byte("<html><title>x</title></html>"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, stderr := callProgram(t, "sites", "suggest", file); status != exitFailures || !strings.Contains(stderr, "none of the pages is an article") {
		t.Errorf("a file that is no article: status %d, %s", status, stderr)
	}
}

// TestCheckOfSeveralSites: a page is read with the rules of its own site and
// fetched once, at the pace of its site's file; a site that cannot be looked at is
// told of and keeps no other from it.
func TestCheckOfSeveralSites(t *testing.T) {
	const path = "/2024/0301/bridge,1.html" // a comma is part of the address
	dir := t.TempDir()
	papers := map[string]paper{}
	for _, name := range []string{"alder", "birch", "cedar"} {
		p := startPaper(t)
		papers[name] = p
		p.Set(path, story(1, "", ""))
		file := p.Config(t, "  - URL/local/\nrules:\n  - title: h1\n    body: .article\n")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".yaml"), bytes.Replace(text, []byte("name: paper"), []byte("name: "+name), 1), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	papers["birch"].Set("/local/", list("", path))
	papers["cedar"].Set("/local/", sheet{Body: `<?xml version="1.0"?><rss version="2.0"><channel><item><title>a</title><link>` + papers["cedar"].URL + path + `</link></item></channel></rss>`})
	page := papers["birch"].URL + path

	status, out, stderr := callProgram(t, "sites", "check", dir, "--page", page)
	if asked := papers["birch"].Requests(); status != exitDone || strings.Count(out, " on "+page) != 1 || len(asked) != 1 {
		t.Errorf("--page: status %d, asked for %v\n%s%s", status, asked, out, stderr)
	}
	status, out, stderr = callProgram(t, "sites", "check", dir, "--live") // alder has no list
	if status != exitFailures || !strings.Contains(stderr, "no article to look at: alder") || strings.Contains(stderr, "birch") ||
		!strings.Contains(out, "birch on "+page) || !strings.Contains(out, "cedar on "+papers["cedar"].URL+path) {
		t.Errorf("--live: status %d\n%s%s", status, out, stderr)
	}
	saved := filepath.Join(t.TempDir(), "a.html")
	if err := os.WriteFile(saved, []byte(story(1, "", "").Body), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"--page", saved}, exitMisuse, "--site"},
		{[]string{"--page", saved, "--site", "alder"}, exitDone, "alder on " + saved},
		{[]string{"--page", "http://127.0.0.1:9/a.html"}, exitMisuse, "--site"},
		{[]string{"--live", "--site", "elm"}, exitMisuse, "no such site"},
	} {
		if status, out, stderr := callProgram(t, append([]string{"sites", "check", dir}, c.args...)...); status != c.status || !strings.Contains(out+stderr, c.want) {
			t.Errorf("%v: status %d, want %d and %q\n%s%s", c.args, status, c.status, c.want, out, stderr)
		}
	}
}

// TestContactOfSinglePages: commands that fetch a few pages name the contact in
// the User-Agent too, and say when there is none; who reads files needs none.
func TestContactOfSinglePages(t *testing.T) {
	t.Setenv("PRESSMARK_CONTACT", "")
	var agents []string
	p, warned := startPaper(t), "no contact"
	p.Set("/a.html", sheet{Serve: func(w http.ResponseWriter, r *http.Request) {
		agents = append(agents, r.UserAgent())
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(story(1, "", "").Body))
	}})
	config, page := p.Config(t, "  - URL/\nrules:\n  - title: h1\n"), p.URL+"/a.html"
	for _, args := range [][]string{{"extract", page, "--allow-private"}, {"sites", "suggest", page, "--allow-private"}, {"sites", "check", config, "--page", page}} {
		agents = nil
		_, _, stderr := callProgram(t, append(args, "--contact", "desk@example.org")...)
		if len(agents) != 1 || !strings.Contains(agents[0], "desk@example.org") || strings.Contains(stderr, warned) {
			t.Errorf("%v: User-Agent %q\n%s", args, agents, stderr)
		}
	}
	if _, _, stderr := callProgram(t, "sites", "check", config, "--page", page); !strings.Contains(stderr, warned) {
		t.Errorf("no warning without a contact: %s", stderr)
	}
	saved := filepath.Join(t.TempDir(), "a.html")
	if err := os.WriteFile(saved, []byte(story(1, "", "").Body), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, stderr := callProgram(t, "sites", "check", config, "--page", saved); strings.Contains(stderr, warned) {
		t.Errorf("a warning where nothing is fetched: %s", stderr)
	}
}
