package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"pressmark/storage/warc"
)

// pages of the server, by path: what a reader must get back.
var pages = map[string]string{
	"/":        `<html><a href="/chunked">1</a> <a href="/gzip">2</a> <a href="/moved">3</a> <a href="/missing">4</a> <a href="/empty">5</a> <a href="/县">6</a></html>`,
	"/chunked": strings.Repeat("<p>in many pieces</p>\n", 4000),
	"/gzip":    strings.Repeat("<p>packed</p>\n", 4000),
	"/target":  "<p>moved here</p>",
	"/missing": "not here",
	"/empty":   "",
	"/县":       "<p>Chinese address</p>",
}

func serve(w http.ResponseWriter, r *http.Request) {
	body, known := pages[r.URL.Path]
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	switch {
	case r.URL.Path == "/moved":
		http.Redirect(w, r, "/target", http.StatusMovedPermanently)
	case r.URL.Path == "/missing" || !known:
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, pages["/missing"])
	case r.URL.Path == "/chunked":
		for part := range strings.Lines(body) {
			fmt.Fprint(w, part)
			w.(http.Flusher).Flush()
		}
	case r.URL.Path == "/gzip" && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip"):
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		fmt.Fprint(z, body)
		_ = z.Close()
	default:
		fmt.Fprint(w, body)
	}
}

// checkWget lets wget crawl the server into a WARC, compressed and not, and compares
// every response in it with what was served.
func checkWget() error {
	server := httptest.NewServer(http.HandlerFunc(serve))
	defer server.Close()
	dir, err := os.MkdirTemp("", "warccheck")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, options := range [][]string{{}, {"--no-warc-compression"}} {
		args := append([]string{"-q", "-r", "-l", "2", "-e", "robots=off", "--compression=auto", "--warc-file=capture", "-P", "pages"}, options...)
		wget := exec.Command("wget", append(args, server.URL+"/")...)
		wget.Dir, wget.Env = dir, append(os.Environ(), "http_proxy=", "no_proxy=127.0.0.1", "LC_ALL=C.UTF-8")
		var exit *exec.ExitError
		if out, err := wget.CombinedOutput(); err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 8) { // 8: a server error, the 404
			return fmt.Errorf("wget: %w: %s", err, out)
		}
	}
	for _, name := range []string{"capture.warc.gz", "capture.warc"} {
		records, err := check(filepath.Join(dir, name))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := compare(records, server.URL); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Printf("wget's %s: %d records, every page as it was served\n", name, len(records))
	}
	return nil
}

// compare finds every page among the responses.
func compare(records []*warc.Record, origin string) error {
	seen := map[string]bool{}
	for _, rec := range records {
		if rec.Type() != "response" {
			continue
		}
		res, err := rec.Response()
		if err != nil {
			return fmt.Errorf("%s: %w", rec.URL(), err)
		}
		path := strings.TrimPrefix(res.URL, origin)
		if path == "/%E5%8E%BF" {
			path = "/县"
		}
		if seen[path] = true; path == "/moved" || res.Status == http.StatusNotFound {
			continue
		}
		if want := pages[path]; !bytes.Equal(res.Body, []byte(want)) || res.Status != http.StatusOK || res.Truncated != "" || res.Date.IsZero() {
			return fmt.Errorf("%s: status %d, %d bytes, %q; %d bytes were served", res.URL, res.Status, len(res.Body), res.Truncated, len(want))
		}
	}
	for path := range pages {
		if !seen[path] {
			return fmt.Errorf("no response of %s", path)
		}
	}
	if !seen["/moved"] {
		return errors.New("no response of the redirect")
	}
	return nil
}
