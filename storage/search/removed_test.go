package search_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/search"
)

// TestRemoved: an article that was taken down is in neither an index that had it
// nor one that is made afterwards, and its titles are in none.
func TestRemoved(t *testing.T) {
	p := newPaper(t)
	gone, stays := piece("gone", "Harbour storm", "2024-03-01", "The storm in the harbour."), piece("stays", "Harbour fair", "2024-03-02", "The fair in the harbour.")
	p.commit("paper", ledger.Archived, gone)
	p.commit("paper", ledger.Archived, stays)
	old := p.index()
	if got := find(t, old, "harbour"); len(got) != 2 {
		t.Fatalf("before: %v", got)
	}
	if _, err := storage.NewArchive(p.store, storage.Options{}).Remove(t.Context(), "paper", []string{gone.ID},
		storage.RemoveOptions{Reason: "asked for", Now: func() time.Time { return p.now }}); err != nil {
		t.Fatal(err)
	}
	p.catchUp(old)
	for name, x := range map[string]*search.Index{"followed": old, "made anew": p.index()} {
		if got := ask(t, x, "harbour", search.Options{}); len(got.Hits) != 1 || got.Hits[0].ID != stays.ID || got.Searched != 1 {
			t.Errorf("%s: %+v", name, got)
		}
		looks, err := x.Looks(t.Context(), "paper", gone.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range looks {
			if l.Title != "" {
				t.Errorf("%s: a look has the title %q", name, l.Title)
			}
		}
		outcomes, err := x.Outcomes(t.Context(), "paper")
		if err != nil {
			t.Fatal(err)
		}
		if len(outcomes) != 2 || outcomes[1].Outcome != "removed" || outcomes[1].N != 1 {
			t.Errorf("%s: outcomes %+v", name, outcomes)
		}
	}
}

// TestSelect: articles are named or found for a removal, and one whose removal was
// begun is still found by name.
func TestSelect(t *testing.T) {
	p := newPaper(t)
	gone, stays := piece("gone", "Harbour storm", "2024-03-01", "The storm in the harbour."), piece("stays", "Harbour fair", "2024-03-02", "The fair in the harbour.")
	p.commit("paper", ledger.Archived, gone)
	p.commit("paper", ledger.Archived, stays)
	q, err := search.Parse("harbour")
	if err != nil {
		t.Fatal(err)
	}
	if ids, err := p.index().Found(t.Context(), q, 2); err != nil || len(ids["paper"]) != 2 {
		t.Errorf("found %v, %v; want both articles", ids, err)
	}
	if _, err := p.index().Found(t.Context(), q, 1); !errors.Is(err, search.ErrTooMany) {
		t.Errorf("found more than one: %v, want ErrTooMany", err)
	}
	if _, err := storage.NewArchive(p.store, storage.Options{}).Remove(t.Context(), "paper", []string{gone.ID},
		storage.RemoveOptions{Reason: "asked for", Now: func() time.Time { return p.now }}); err != nil {
		t.Fatal(err)
	}
	ids, err := p.index().Named(t.Context(), []string{gone.ID, stays.URL, stays.ID})
	if err != nil || len(ids) != 1 || len(ids["paper"]) != 2 {
		t.Errorf("named %v, %v; want both articles, each once", ids, err)
	}
	if _, err := p.index().Named(t.Context(), []string{"https://paper.example/none"}); !errors.Is(err, search.ErrNoArticle) {
		t.Errorf("named one that is not there: %v, want ErrNoArticle", err)
	}
}

// TestErased: after a takedown no word of the article is in the index's file, nor in
// the files beside it, whatever the index has done with the article before.
func TestErased(t *testing.T) {
	p := newPaper(t)
	path := filepath.Join(t.TempDir(), "index.db")
	x, err := search.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	gone := piece("gone", "Zqxjkwvone at the quay", "2024-03-01", "Wqzzjkvtwo said the gale, 秘密泄漏之事.")
	gone.Credits.Authors = []string{"Qjwxzkvthree"}
	words := []string{"qxjkwvone", "qzzjkvtwo", "jwxzkvthree", "Quay master"}
	p.commit("paper", ledger.Archived, gone)
	for _, title := range []string{"Harbour fair", "Harbour night", "Harbour morning"} { // each a segment of its own
		p.commit("paper", ledger.Archived, piece(title[8:], title, "2024-03-02", "The quay, the fair and the harbour."))
		p.catchUp(x)
	}
	gone.Revision, gone.Body[0].Text = 2, "Quay master: Wqzzjkvtwo, twice."
	p.commit("paper", ledger.Revised, gone)
	p.catchUp(x)
	if left := leftIn(t, path, words); len(left) == 0 {
		t.Fatal("the words are not in the file before the takedown either: the test finds nothing")
	}
	if err := x.Erase(t.Context()); err != nil { // nothing is due
		t.Fatal(err)
	}
	if _, err := storage.NewArchive(p.store, storage.Options{}).Remove(t.Context(), "paper", []string{gone.ID},
		storage.RemoveOptions{Reason: "asked for", Now: func() time.Time { return p.now }}); err != nil {
		t.Fatal(err)
	}
	p.catchUp(x)
	if left := leftIn(t, path, words); len(left) == 0 {
		t.Fatal("the index has no words left before it is cleared: the test proves nothing")
	}
	if err := x.Erase(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := leftIn(t, path, words); len(left) > 0 {
		t.Errorf("the index's files still have %q", left)
	}
	if got := ask(t, x, "harbour", search.Options{}); got.Total != 3 || got.Searched != 3 {
		t.Errorf("afterwards the others are found as %+v", got)
	}
}

// leftIn lists which of the words are in the bytes of an index's files.
func leftIn(t *testing.T, path string, words []string) (left []string) {
	t.Helper()
	for _, suffix := range []string{"", "-wal", "-journal"} {
		body, err := os.ReadFile(path + suffix)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if bytes.Contains(bytes.ToLower(body), bytes.ToLower([]byte(w))) {
				left = append(left, w+suffix)
			}
		}
	}
	return left
}
