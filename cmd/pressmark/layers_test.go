package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

const module = "pressmark"

// levels lists every package with its level: a package imports only packages of
// lower levels. A new package needs a line here, so that somebody thinks about
// where it belongs.
var levels = map[string]int{
	// Words that everybody speaks.
	"extract/article": 0, "extract/weburl": 0, "extract/charset": 0, "extract/dates": 0, "extract/credits": 1,
	"storage/ledger": 0, "storage/coding": 0, "storage/assets": 1,
	"storage/warc":           1,
	"extract/article/schema": 1, "configs": 1,
	// Reading pages and keeping archives.
	"storage": 2, "extract": 9, "extract/manifest": 10, "extract/suggest": 10,
	// The path of a page, see extract.go.
	"extract/text": 0, "extract/page": 1, "extract/declared": 2, "extract/rule": 2, "extract/memory": 2, "extract/title": 3, "extract/body": 4,
	"extract/published": 5, "extract/byline": 5, "extract/link": 5, "extract/picture": 6, "extract/kind": 7, "extract/compose": 8,
	"storage/events": 3,
	"storage/stores": 4, "storage/memstore": 3, "storage/dirstore": 3, "storage/s3store": 3, "storage/storagetest": 3, "storage/storagetest/faultproxy": 3, "storage/storagetest/versitygw": 4, "storage/storagetest/cephrgw": 4, "storage/storagetest/process": 3, "storage/storagetest/newsstand": 4,
	// Reading archives.
	"storage/cite": 1, "storage/compare": 1, "storage/report": 1, "storage/corpus": 3, "storage/certificate": 3, "storage/export": 4, "storage/search": 4, "storage/selection": 5, "storage/reader": 5,
	// The crawl.
	"crawler/discover": 14, "crawler/frontier": 14, "crawler/testweb/newsroom": 14, "crawler/testweb/apps": 14, "crawler/pace": 14, "crawler/inflight": 14, "crawler/phash": 14, "crawler/urllist": 14, "crawler/robots": 14, "crawler/proxy": 14, "crawler/proxy/proxytest": 14,
	"crawler/fetch": 15, "crawler/render": 15, "crawler/render/rendertest": 16, "crawler/replay": 15, "crawler/audit": 15, "crawler/drift": 15, "crawler/testweb/simulator": 15,
	"crawler/tally": 16, "crawler/batch": 16, "crawler/due": 16, "crawler/rhythm": 16, "crawler/metrics": 17,
	"crawler/visit": 17,
	"crawler":       18, "crawler/testweb/paper": 19, "crawler/fleet": 19, "crawler/fleet/fleettest": 19,
	// The program.
	"cmd/pressmark": 20,
}

// wall forbids imports that the levels alone would allow. from and to are
// packages; "/..." takes in those below.
type wall struct {
	from, to, except []string
	reason           string
	tests            bool // holds for test files too
}

var walls = []wall{
	{from: []string{"extract/..."}, to: []string{"storage/..."}, tests: true,
		reason: "extraction turns bytes into articles and knows nothing of where they are kept"},
	{from: []string{"storage/..."}, to: []string{"extract/..."}, except: []string{"extract/article", "extract/article/schema", "extract/weburl"}, tests: true,
		reason: "an archive keeps articles and knows nothing of how they are read"},
	{from: []string{"storage/..."}, to: []string{"configs"}, tests: true,
		reason: "an archive is named by a site, not configured by it"},
	{from: []string{"crawler/..."}, except: []string{"crawler", "crawler/testweb/paper"}, to: []string{"extract", "storage"},
		reason: "a visit takes extractor and archive through the interfaces that it declares; package crawler alone puts them together"},
	{from: []string{"crawler/..."}, except: []string{"crawler/testweb/paper"}, to: []string{"storage/memstore", "storage/dirstore", "storage/s3store", "storage/storagetest/..."},
		reason: "who starts a crawl opens the store"},
	{from: []string{"crawler", "crawler/fetch"}, to: []string{"crawler/testweb/newsroom", "crawler/testweb/simulator"},
		reason: "invented sites serve the demo and tests; the crawler must not know them"},
	{from: []string{"extract/..."}, to: []string{"os", "net", "net/http/...", "log/..."},
		reason: "extraction does no I/O and does not log: it returns what it found"},
	{from: []string{"configs"}, to: []string{"net", "net/http/...", "log/..."},
		reason: "reading configurations needs files and nothing else"},
	{from: []string{"..."}, except: []string{"crawler/fetch"}, to: []string{"github.com/gocolly/colly/..."},
		reason: "the request engine stays behind crawler/fetch"},
	{from: []string{"..."}, except: []string{"storage/search", "crawler/fleet"}, to: []string{"modernc.org/sqlite/...", "database/sql/..."},
		reason: "the index's file stays behind storage/search, the queue behind crawler/fleet"},
	{from: []string{"..."}, except: []string{"crawler/render"}, to: []string{"github.com/chromedp/..."},
		reason: "the browser stays behind crawler/render"},
	{from: []string{"..."}, except: []string{"crawler/fleet"}, to: []string{"github.com/riverqueue/...", "github.com/jackc/..."},
		reason: "the queue stays behind crawler/fleet"},
	{from: []string{"..."}, except: []string{"storage/s3store", "storage/storagetest/versitygw", "storage/storagetest/cephrgw"}, to: []string{"github.com/aws/..."},
		reason: "the S3 client stays behind storage/s3store"},
	{from: []string{"..."}, except: []string{"cmd/pressmark"}, to: []string{"github.com/spf13/cobra/...", "github.com/vbauerster/mpb/...", "github.com/jedib0t/go-pretty/..."},
		reason: "flags, progress and tables belong to the program"},
}

// root lists what may stand at the top of the tree, besides what .gitignore names.
var root = []string{
	".ci", ".git", ".gitignore", ".golangci.yml", "CONTRIBUTING.md", "LICENSE", "README.md",
	"cmd", "configs", "crawler", "extract", "go.mod", "go.sum", "storage",
}

// checkLayers returns what is wrong with the tree. The imports are read here
// and not with the go command, whose result the test cache would not know of.
func checkLayers(tree fs.FS) ([]string, error) {
	wrong, err := checkRoot(tree)
	if err != nil {
		return nil, err
	}
	err = fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skipDir(tree, name)
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		found, err := checkFile(tree, name)
		wrong = append(wrong, found...)
		return err
	})
	return wrong, err
}

func checkRoot(tree fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(tree, ".")
	if err != nil {
		return nil, err
	}
	src, _ := fs.ReadFile(tree, ".gitignore") // without it nothing is ignored
	var ignored, wrong []string
	for line := range strings.Lines(string(src)) {
		ignored = append(ignored, strings.Trim(strings.TrimSpace(line), "/"))
	}
	for _, e := range entries {
		if !slices.Contains(root, e.Name()) && !slices.Contains(ignored, e.Name()) {
			wrong = append(wrong, fmt.Sprintf("%s: nothing else belongs at the top of the tree", e.Name()))
		}
	}
	return wrong, nil
}

// skipDir leaves out what the module does not build: fixtures, hidden
// directories and modules of their own.
func skipDir(tree fs.FS, name string) error {
	base := path.Base(name)
	if name == "." {
		return nil
	}
	_, err := fs.Stat(tree, path.Join(name, "go.mod"))
	if err == nil || base == "testdata" || base[0] == '.' || base[0] == '_' {
		return fs.SkipDir
	}
	return nil
}

func checkFile(tree fs.FS, name string) ([]string, error) {
	src, err := fs.ReadFile(tree, name)
	if err != nil {
		return nil, err
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	from, test := path.Dir(name), strings.HasSuffix(name, "_test.go")
	if _, known := levels[from]; !known {
		return []string{fmt.Sprintf("%s: package %s has no level: add it to the table in layers_test.go", name, from)}, nil
	}
	var wrong []string
	for _, spec := range file.Imports {
		to, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		if reason := forbidden(from, to, test); reason != "" {
			wrong = append(wrong, fmt.Sprintf("%s imports %s: %s", name, to, reason))
		}
	}
	return wrong, nil
}

// forbidden returns why package from may not import to, "" where it may.
func forbidden(from, to string, test bool) string {
	own, ours := strings.CutPrefix(to, module+"/")
	if ours {
		to = own
		level, known := levels[to]
		switch {
		case !known:
			return "it has no level in layers_test.go"
		case !test && level >= levels[from]:
			return fmt.Sprintf("imports go down only, and it is on level %d, the importer on %d", level, levels[from])
		}
	}
	for _, w := range walls {
		if (w.tests || !test) && covers(w.from, from) && covers(w.to, to) && !covers(w.except, to) && !covers(w.except, from) {
			return w.reason
		}
	}
	return ""
}

// covers reports whether one of the patterns is name, or ends in "..." and is above it.
func covers(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		prefix, below := strings.CutSuffix(p, "...")
		return p == name || below && (strings.HasPrefix(name, prefix) || prefix == name+"/")
	})
}

func TestLayers(t *testing.T) {
	wrong, err := checkLayers(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wrong {
		t.Error(w)
	}
	for dir := range levels {
		if _, err := os.Stat(path.Join("../..", dir)); err != nil {
			t.Errorf("the table names %s, which does not exist", dir)
		}
	}
}

// TestLayersCatches plants bad imports into made-up trees.
func TestLayersCatches(t *testing.T) {
	tests := []struct {
		name, file, imports, want string
	}{
		{"up", "extract/x.go", "pressmark/crawler", "imports go down only"},
		{"up to the crawl", "storage/warc/x.go", "pressmark/storage", "imports go down only"},
		{"sideways", "crawler/pace/x.go", "pressmark/crawler/robots", "imports go down only"},
		{"sideways in the ground floor", "extract/dates/x.go", "pressmark/extract/article", "imports go down only"},
		{"extract to storage", "extract/x.go", "pressmark/storage", "knows nothing of where they are kept"},
		{"extract to the log's words", "extract/x.go", "pressmark/storage/ledger", "knows nothing of where they are kept"},
		{"extract's test to storage", "extract/x_test.go", "pressmark/storage/memstore", "knows nothing of where they are kept"},
		{"storage to extract", "storage/s3store/x.go", "pressmark/extract/charset", "knows nothing of how they are read"},
		{"crawler to extract", "crawler/fetch/x.go", "pressmark/extract", "through the interfaces"},
		{"crawler to storage", "crawler/fetch/x.go", "pressmark/storage", "through the interfaces"},
		{"crawler to a store", "crawler/x.go", "pressmark/storage/dirstore", "opens the store"},
		{"crawler to invented sites", "crawler/x.go", "pressmark/crawler/testweb/newsroom", "must not know them"},
		{"extract to the network", "extract/dates/x.go", "net/http", "does no I/O"},
		{"extract to files", "extract/x.go", "os", "does no I/O"},
		{"extract to logs", "extract/x.go", "log/slog", "does no I/O"},
		{"request engine", "crawler/x.go", "github.com/gocolly/colly/v2", "behind crawler/fetch"},
		{"S3 client", "cmd/pressmark/x.go", "github.com/aws/aws-sdk-go-v2/config", "behind storage/s3store"},
		{"flags", "crawler/x.go", "github.com/spf13/cobra", "belong to the program"},
		{"unknown package", "extract/util/x.go", "fmt", "has no level"},
		{"unknown import", "crawler/x.go", "pressmark/internal", "has no level"},
		{"unknown directory", "pkg/x.txt", "", "nothing else belongs"},
		{"main imported", "crawler/x.go", "pressmark/cmd/pressmark", "imports go down only"},

		{"down", "crawler/x.go", "pressmark/crawler/fetch", ""},
		{"test beside", "crawler/fetch/x_test.go", "pressmark/crawler/testweb/simulator", ""},
		{"engine at home", "crawler/fetch/x.go", "github.com/gocolly/colly/v2", ""},
		{"URLs are no network", "extract/x.go", "net/url", ""},
		{"article in storage", "storage/x.go", "pressmark/extract/article", ""},
		{"fixture", "extract/testdata/x.go", "pressmark/crawler", ""},
		{"module of its own", "extract/bench/x.go", "pressmark/crawler", ""},
		{"ignored", "archive/x.txt", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tree := fstest.MapFS{
				".gitignore": {Data: []byte("/archive/\n")}, "extract/bench/go.mod": {},
				tt.file: {Data: []byte("package x\n\nimport _ \"" + tt.imports + "\"\n")},
			}
			wrong, err := checkLayers(tree)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(wrong, "\n")
			if tt.want == "" && got != "" || tt.want != "" && (len(wrong) != 1 || !strings.Contains(got, tt.want)) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
