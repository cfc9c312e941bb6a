package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"pressmark/crawler/proxy/proxytest"
)

// TestMain lets scripts call the program by its name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pressmark": main})
}

// TestScripts runs testdata/script: each command as a user calls it, misuse included.
// $URL is a small paper with a front page, a feed and three articles, $HOST its host.
func TestScripts(t *testing.T) {
	shown := &secretsSeen{}
	web, socks := proxytest.HTTP(t, proxytest.Options{}), proxytest.SOCKS5(t, proxytest.Options{})
	server := httptest.NewServer(shown.note(scriptPaper()))
	t.Cleanup(server.Close)
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: map[string]func(*testscript.TestScript, bool, []string){
		"misuse": misused, "envsubst": substitute, "grep-captures": grepCaptures, "gotsecrets": shown.check, "through": askedOf(web, socks),
	}, Setup: func(e *testscript.Env) error {
		e.Setenv("URL", server.URL)
		e.Setenv("HOST", u.Host)
		e.Setenv("PROXY", web.URL)
		e.Setenv("SOCKS", strings.Replace(socks.URL, "socks5", "socks5h", 1))
		e.Setenv("XDG_CACHE_HOME", e.WorkDir+"/.cache")
		e.Setenv("PRESSMARK_CONTACT", "mailto:tests@example.org")
		return nil
	}})
}

// misused runs the program and expects exit status 2 and a message: misuse PATTERN ARG...
func misused(ts *testscript.TestScript, _ bool, args []string) {
	var exit *exec.ExitError
	err := ts.Exec("pressmark", args[1:]...)
	if !errors.As(err, &exit) || exit.ExitCode() != exitMisuse {
		ts.Fatalf("%v: %v, want exit status %d", args[1:], err, exitMisuse)
	}
	said := ts.ReadFile("stderr")
	if !regexp.MustCompile(args[0]).MatchString(said) || strings.Count(said, "\n") != 1 {
		ts.Fatalf("%v says %q, want one line with %q", args[1:], said, args[0])
	}
}

// substitute replaces $URL and $HOST in files: envsubst FILE...
func substitute(ts *testscript.TestScript, _ bool, files []string) {
	for _, f := range files {
		text := os.Expand(ts.ReadFile(f), ts.Getenv)
		ts.Check(os.WriteFile(ts.MkAbs(f), []byte(text), 0o600))
	}
}

const scriptStories = 3

func storyPath(n int) string {
	return fmt.Sprintf("/2024/0301/council-takes-up-bridge-%d.html", n)
}

// scriptPaper serves a paper that does not change.
func scriptPaper() http.Handler {
	mux := http.NewServeMux()
	page := func(path, body string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, body)
		})
	}
	var links []string
	for n := range scriptStories {
		links = append(links, storyPath(n))
		page(storyPath(n), story(n, "", "").Body)
	}
	page("/{$}", list("", links...).Body)
	mux.HandleFunc("GET /robots.txt", http.NotFound)
	mux.HandleFunc("GET /video", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "video/mp4; x=\u009b31m\u202eRED")
		fmt.Fprint(w, "abcd")
	})
	return mux
}
