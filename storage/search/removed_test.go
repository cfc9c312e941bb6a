package search_test

import (
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
