package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pressmark/crawler/testweb/newsroom"
	"pressmark/storage/warc"
)

// glob returns the first file of an archive that fits.
func glob(t *testing.T, dir, pattern string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %q, %v", pattern, files, err)
	}
	return files[0]
}

// TestDamagedLog: a site whose log is damaged does not keep the others from being
// crawled and read, and makes the exit status 1.
func TestDamagedLog(t *testing.T) {
	room, config := startRoom(t, newsroom.Options{Delay: -1})
	dir := t.TempDir()
	if code, out, errs := pressmark(t, "crawl", "demo-county", "--config", config, "--to", dir, "--quiet"); code != exitDone {
		t.Fatalf("exit status %d\n%s%s", code, out, errs)
	}
	file := glob(t, dir, "log/demo-county/*.jsonl.gz")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data[:len(data)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	asked := len(room.Site("demo-county").Requests())
	code, out, errs := pressmark(t, "crawl", "demo-county", "demo-client", "--config", config, "--to", dir, "--quiet")
	if code != exitFailures || !strings.Contains(out, "demo-county: stopped: ") || !strings.Contains(errs, "demo-county: stopped") {
		t.Errorf("exit status %d\n%s%s", code, out, errs)
	}
	archived, err := filepath.Glob(filepath.Join(dir, "articles/demo-client/*.json"))
	if got, want := len(archived), len(room.Site("demo-client").Truth()); err != nil || got != want {
		t.Errorf("%d articles of the other site, want %d (%v)", got, want, err)
	}
	if n := len(room.Site("demo-county").Requests()) - asked; n != 0 {
		t.Errorf("%d requests to a site that cannot be archived", n)
	}
	if code, out, errs := pressmark(t, "crawl", "demo-county", "--config", config, "--to", dir, "--quiet"); code != exitFailures || !strings.Contains(out, "stopped: ") {
		t.Errorf("alone: exit status %d\n%s%s", code, out, errs)
	}
	if err := os.Rename(filepath.Join(dir, "log/demo-county"), filepath.Join(dir, "log/a-county")); err != nil { // before the sound one
		t.Fatal(err)
	}
	for _, args := range [][]string{{"status"}, {"status", "--json"}, {"log"}, {"compact"}, {"compact", "--json"}} {
		code, out, errs := pressmark(t, append(args, "--to", dir)...)
		if code != exitFailures || !strings.Contains(out, "demo-client") || !strings.Contains(errs, "log/a-county/") {
			t.Errorf("%v: exit status %d\n%s%s", args, code, out, errs)
		}
	}
}

// full is a device without space.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// TestReportThatIsNotPrinted: what cannot be printed is no success.
func TestReportThatIsNotPrinted(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	p.Set("/a.html", story(1, "", ""))
	archive := []string{"archive", p.URL + "/a.html", "--to", dir, "--allow-private", "--delay", "0", "--quiet"}
	for _, args := range [][]string{archive, {"status", "--to", dir}, {"verify", dir}, {"log", "--to", dir}, {"sites", "list"}} {
		var errs bytes.Buffer
		if code := run(t.Context(), args, strings.NewReader(""), full{}, &errs); code != exitFailures || !strings.Contains(errs.String(), "no space left") {
			t.Errorf("%v: exit status %d, %s", args, code, errs.String())
		}
	}
}

// TestImagesPointAtTheirCaptures: with --warc all, each stored image says where
// the response that it came from stands.
func TestImagesPointAtTheirCaptures(t *testing.T) {
	_, config := startRoom(t, newsroom.Options{Delay: -1})
	images := func(mode string) (named, all int) {
		dir := t.TempDir()
		if code, out, errs := pressmark(t, "crawl", "demo-county", "--config", config, "--to", dir, "--quiet", "--warc", mode); code != exitDone {
			t.Fatalf("--warc %s: exit status %d\n%s%s", mode, code, out, errs)
		}
		for url, a := range readArticles(t, dir) {
			if (a.Capture.WARC == "") != (mode == "none") {
				t.Errorf("--warc %s: %s names capture %q", mode, url, a.Capture.WARC)
			}
			for _, img := range a.Images {
				if all++; img.WARC == "" {
					continue
				}
				named++
				file, err := os.ReadFile(filepath.Join(dir, img.WARC))
				if err != nil {
					t.Fatal(err)
				}
				rec, err := warc.ReadBytes(file[img.Offset : img.Offset+img.Length])
				if err != nil {
					t.Fatal(err)
				}
				resp, err := rec.Response()
				if err != nil {
					t.Fatal(err)
				}
				if sum := sha256.Sum256(resp.Body); hex.EncodeToString(sum[:]) != img.SHA256 || resp.URL != img.URL {
					t.Errorf("%s: image %s points at %s", url, img.URL, resp.URL)
				}
			}
		}
		return named, all
	}
	for mode, want := range map[string]bool{"all": true, "pages": false, "none": false} {
		if named, all := images(mode); all == 0 || want && named != all || !want && named != 0 {
			t.Errorf("--warc %s: %d of %d images name their capture", mode, named, all)
		}
	}
}

// TestVerifyReports damages an archive in one way after the other: the report
// names the file, and the exit status is 1.
func TestVerifyReports(t *testing.T) {
	_, config := startRoom(t, newsroom.Options{Delay: -1})
	dir := t.TempDir()
	if code, out, errs := pressmark(t, "crawl", "demo-county", "--config", config, "--to", dir, "--quiet", "--warc", "all"); code != exitDone {
		t.Fatalf("exit status %d\n%s%s", code, out, errs)
	}
	if code, out, _ := pressmark(t, "verify", dir); code != exitDone {
		t.Fatalf("a sound archive: exit status %d\n%s", code, out)
	}
	flip := func(at int) func([]byte) []byte {
		return func(b []byte) []byte {
			b = bytes.Clone(b)
			if at < 0 {
				at += len(b)
			}
			b[at] ^= 0x55
			return b
		}
	}
	replace := func(from, to string) func([]byte) []byte {
		return func(b []byte) []byte { return bytes.Replace(b, []byte(from), []byte(to), 1) }
	}
	half := func(b []byte) []byte { return b[:len(b)/2] }
	for _, c := range []struct {
		name, file string
		damage     func([]byte) []byte // nil: the file is removed
		want       string
	}{
		{"article gone", "articles/*/*.json", nil, "missing: articles/"},
		{"article's text", "articles/*/*.json", replace(`"type":"paragraph","text":"`, `"type":"paragraph","text":"Not `), "altered: articles/"},
		{"article cut", "articles/*/*.json", half, "altered: articles/"},
		{"article of no schema", "articles/*/*.json", replace(`"language":`, `"tongue":`), "altered: articles/"},
		{"image gone", "images/*/*", nil, "missing: images/"},
		{"image altered", "images/*/*", flip(60), "altered: images/"},
		{"image cut", "images/*/*", half, "altered: images/"},
		{"capture gone", "warc/*/*.warc.gz", nil, "missing: warc/"},
		{"capture cut", "warc/*/*.warc.gz", half, "altered: warc/"},
		{"head of the capture", "warc/*/*.warc.gz", flip(40), "altered: warc/"},
		{"end of the capture", "warc/*/*.warc.gz", flip(-200), "altered: warc/"},
		{"index gone", "warc/*/*.cdxj", nil, "missing: warc/"},
		{"index altered", "warc/*/*.cdxj", replace(`"offset":"`, `"offset":"9`), "altered: warc/"},
		{"index cut", "warc/*/*.cdxj", half, "altered: warc/"},
		{"robots.txt gone", "robots/*/*.txt", nil, "missing: robots/"},
		{"robots.txt altered", "robots/*/*.txt", replace("Disallow", "Allow"), "altered: robots/"},
		{"segment gone", "log/*/00000001.jsonl.gz", nil, "missing: log/"},
		{"segment altered", "log/*/00000001.jsonl.gz", flip(-30), "altered: log/"},
		{"schema gone", "schema/*.json", nil, "missing: schema/"},
		{"schema altered", "schema/*.json", half, "altered: schema/"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := glob(t, dir, c.file)
			sound, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if c.damage == nil {
				err = os.Remove(file)
			} else {
				err = os.WriteFile(file, c.damage(sound), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			code, out, _ := pressmark(t, "verify", dir)
			if code != exitFailures || !strings.Contains(out, c.want) {
				t.Errorf("exit status %d, %q is not in\n%s", code, c.want, out)
			}
			if err := os.WriteFile(file, sound, 0o600); err != nil {
				t.Fatal(err)
			}
		})
	}
	for _, file := range []string{"articles/demo-county/00000000000000000000000000000000.json", "images/00/00.png", "warc/demo-county/x.warc.gz",
		"warc/demo-county/x.cdxj", "robots/demo-county/x.txt", "log/demo-county/x", "revisions/demo-county/00000000000000000000000000000000/1.json"} {
		path := filepath.Join(dir, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, out, _ := pressmark(t, "verify", dir); code != exitFailures || !strings.Contains(out, "extra: "+file) {
			t.Errorf("extra %s: exit status %d\n%s", file, code, out)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}
