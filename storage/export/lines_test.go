package export

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSortedLines: lines that do not fit into memory come sorted, each once.
func TestSortedLines(t *testing.T) {
	for _, lines := range []int{0, 1, 1000, 20_000} {
		s := sortedLines{room: 4096}
		var want []string
		for range lines {
			line := fmt.Sprintf("com,example)/%d {}", rand.IntN(lines)) // some of them twice
			want = append(want, line)
			if err := s.add(line); err != nil {
				t.Fatal(err)
			}
		}
		slices.Sort(want)
		var got []string
		for line, err := range s.all() {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, line)
		}
		if want = slices.Compact(want); !slices.Equal(got, want) {
			t.Errorf("%d lines: %d came, want %d", lines, len(got), len(want))
		}
		if lines > 1000 && len(s.ends) < 2 {
			t.Errorf("%d lines: %d runs; nothing was merged", lines, len(s.ends))
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
	}
}
