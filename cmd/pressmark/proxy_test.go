package main

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"pressmark/crawler/proxy/proxytest"
)

// secretsSeen notes requests that come with the credentials of testdata/script/proxy.txtar.
type secretsSeen struct {
	mu       sync.Mutex
	paths    []string
	mistaken int
}

func (s *secretsSeen) note(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.UserAgent(), "CountyArchive") {
			s.mu.Lock()
			s.paths = append(s.paths, r.URL.Path)
			if r.Header.Get("X-Archive-Key") != "header-secret-1" || r.Header.Get("Cookie") != "member=cookie-secret-1" {
				s.mistaken++
			}
			s.mu.Unlock()
		}
		next.ServeHTTP(w, r)
	})
}

// check fails unless every page of the paper was asked for with the credentials.
func (s *secretsSeen) check(ts *testscript.TestScript, _ bool, _ []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.paths) < 2+scriptStories || s.mistaken > 0 {
		ts.Fatalf("asked for %v with the suffix, %d times without the credentials", s.paths, s.mistaken)
	}
}

// askedOf checks that one of the proxies was asked for each pattern: through PATTERN...
func askedOf(proxies ...*proxytest.Proxy) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, _ bool, patterns []string) {
		var asked []string
		for _, p := range proxies {
			asked = append(asked, p.Asked()...)
		}
		for _, p := range patterns {
			if !slices.ContainsFunc(asked, regexp.MustCompile("^"+p+"$").MatchString) {
				ts.Fatalf("the proxies were asked for %q, not for %s", asked, p)
			}
		}
	}
}

// grepCaptures looks for a pattern in all files of an archive, capture files and segments
// unpacked: grep-captures PATTERN FOLDER.
func grepCaptures(ts *testscript.TestScript, neg bool, args []string) {
	pattern, found := regexp.MustCompile(args[0]), ""
	err := filepath.WalkDir(ts.MkAbs(args[1]), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(name)
		if err == nil && pattern.Match(unzipped(body)) {
			found = name
		}
		return err
	})
	ts.Check(err)
	if neg == (found != "") {
		ts.Fatalf("%q: found in %q", args[0], found)
	}
}
