package search_test

import (
	"path/filepath"
	"strings"
	"testing"

	"pressmark/storage/corpus"
	"pressmark/storage/search"
	"pressmark/storage/storagetest/newsstand"
)

// TestEachGoesOn: all hits of a query come, each once, however many there are, and
// however many periods the query names.
func TestEachGoesOn(t *testing.T) {
	const articles = 6500 // more than a dozen pages
	store, err := newsstand.New(newsstand.Plan{Articles: articles, Chars: 10, Days: 300}).Virtual(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	x, err := search.Open(t.Context(), filepath.Join(t.TempDir(), "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if err := x.CatchUp(t.Context(), corpus.Open(store), nil); err != nil {
		t.Fatal(err)
	}
	years := strings.Repeat(" year:2020..2022", 12) + strings.Repeat(" -year:2019", 12)
	for _, query := range []string{"", "site:paper-00", "site:paper-00" + years, years} {
		q, err := search.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		for _, order := range []search.Order{search.Newest, search.Oldest} {
			seen := map[string]bool{}
			for h, err := range x.Each(t.Context(), q, order) {
				if err != nil {
					t.Fatalf("%q, %s: after %d hits: %v", query, order, len(seen), err)
				}
				seen[h.ID] = true
			}
			if len(seen) != articles {
				t.Errorf("%q, %s: %d articles of %d", query, order, len(seen), articles)
			}
		}
	}
}
