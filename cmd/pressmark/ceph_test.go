package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"pressmark/crawler/testweb/newsroom"
	"pressmark/storage/storagetest/cephrgw"
)

// TestCrawlIntoCeph crawls the demo's sites into a Ceph, over http and over TLS with an
// authority of its own, and once more, when nothing is new.
func TestCrawlIntoCeph(t *testing.T) {
	server := cephrgw.Start(t)
	exe := buildProgram(t)
	for name, secure := range map[string]bool{"http": false, "tls": true} {
		t.Run(name, func(t *testing.T) {
			_, config := startRoom(t, newsroom.Options{Delay: -1})
			call := func(args ...string) (string, error) {
				cmd := exec.CommandContext(t.Context(), exe, args...)
				cmd.Env = append(os.Environ(), append(server.Env(secure), "PRESSMARK_S3_PATH_STYLE=true", "PRESSMARK_TO=s3://"+server.Bucket+"/"+name)...)
				var stderr strings.Builder
				cmd.Stderr = &stderr
				out, err := cmd.Output()
				t.Logf("%v: %v\n%s", args, err, stderr.String())
				return string(out), err
			}
			crawl := func() (archived, unchanged int, err error) {
				out, err := call("crawl", "--config", config, "--quiet", "--delay", "0s", "--json", "--batch-articles", "4")
				var sums []struct{ Archived, Unchanged int }
				if jsonErr := json.Unmarshal([]byte(out), &sums); jsonErr != nil {
					return 0, 0, jsonErr
				}
				for _, s := range sums {
					archived, unchanged = archived+s.Archived, unchanged+s.Unchanged
				}
				return archived, unchanged, err
			}
			archived, _, err := crawl()
			if err != nil || archived < 40 {
				t.Fatalf("%d articles archived: %v", archived, err)
			}
			if again, _, err := crawl(); err != nil || again != 0 {
				t.Errorf("%d articles archived once more: %v", again, err)
			}
			if out, err := call("verify"); err != nil {
				t.Errorf("verify: %v\n%s", err, out)
			}
			log, err := call("log")
			if n := strings.Count(log, `"event":"new"`); err != nil || n != archived {
				t.Errorf("the log has %d articles, want %d: %v", n, archived, err)
			}
		})
	}
}
