package extract_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/extract"
	"pressmark/extract/article"
)

var update = flag.Bool("update", false, "write the golden articles anew")

// TestGolden extracts every fixture testdata/<name>/page.html and compares the
// article with article.json beside it. source.txt holds the page's URL and, after
// a space, when it was captured.
func TestGolden(t *testing.T) {
	pages, err := filepath.Glob("testdata/*/page.html")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, page := range pages {
		dir := filepath.Dir(page)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			got := extractFixture(t, dir)
			golden := filepath.Join(dir, "article.json")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("article differs (-want +got):\n%s", diff)
			}
		})
	}
}

// extractFixture returns a fixture's article, or its refusal, as indented JSON.
func extractFixture(t *testing.T, dir string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(dir, "page.html"))
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(filepath.Join(dir, "source.txt"))
	if err != nil {
		t.Fatal(err)
	}
	url, fetched, _ := strings.Cut(strings.TrimSpace(string(source)), " ")
	at, err := time.Parse(time.RFC3339, fetched)
	if err != nil {
		t.Fatal(err)
	}
	res, err := extract.New(extract.Options{Version: "pressmark test"}).Extract(context.Background(), article.Page{URL: url, Body: body, Fetched: at})
	if err != nil {
		t.Fatal(err)
	}
	var out []byte
	if res.Refusal != nil {
		out, err = json.MarshalIndent(res.Refusal, "", "  ")
	} else {
		out, err = article.Encode(res.Article)
	}
	if err != nil {
		t.Fatal(err)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, out, "", "  "); err != nil {
		t.Fatal(err)
	}
	return append(bytes.TrimRight(indented.Bytes(), "\n"), '\n')
}
