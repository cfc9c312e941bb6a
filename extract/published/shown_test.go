package published

import (
	"testing"
)

func TestCountOnly(t *testing.T) {
	for text, want := range map[string]bool{
		"Section 12": true, "Comments (5)": true, "Fire at the mill (123)": true,
		"12": false, "12 May": false, "2 hours ago": false, "vor 3 Stunden": false, "Sold 5 times": false,
		"Election 2024": false, "Page 1 of 3": false, "第3页": false, "Section": false, "": false,
	} {
		if got := countOnly(text); got != want {
			t.Errorf("countOnly(%q) = %v", text, got)
		}
	}
}
