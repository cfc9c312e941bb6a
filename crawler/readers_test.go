package crawler_test

import (
	"context"
	"testing"

	"pressmark/crawler"
)

// TestReaders: a number of readers that makes no sense is the default.
func TestReaders(t *testing.T) {
	for _, n := range []int{-1, 0, 1} {
		s := &shelf{commit: func(context.Context) error { return nil }}
		sums, err := crawler.New(crawler.Options{Fetcher: endlessly{}, Readers: n}).Run(t.Context(), []crawler.Job{jobFor("a", s)})
		if err != nil || sums[0].Err != nil || s.archived() != 10 {
			t.Errorf("%d readers: %v, %v, %d articles archived, want 10", n, err, sums[0].Err, s.archived())
		}
	}
}
