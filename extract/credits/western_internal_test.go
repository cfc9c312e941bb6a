package credits

import (
	"strings"
	"testing"
)

// TestLabelBounds holds the bounds of the search for labels against the labels.
func TestLabelBounds(t *testing.T) {
	for label := range westernLabels {
		if len(label) > maxLabel || strings.Count(label, " ") >= maxLabelWords {
			t.Errorf("%q is longer than a label is looked for", label)
		}
	}
}
