package picture

import (
	"fmt"
	"testing"
)

func TestMonthIn(t *testing.T) {
	for s, want := range map[string]string{
		"/2012/01/17/a.jpg": "2012-1", "/2012-01/17/a.jpg": "2012-1", "/2011/1215/a.jpg": "2011-12", "/W020201004753948174832.jpg": "none",
		"/20201004/a.jpg": "2020-10", "/fileftp/2010/04/2010-04-23/U76.jpg": "2010-4", "/a.jpg": "none", "/1999/99/a.jpg": "none", "/120120117/": "none",
	} {
		got := "none"
		if m, ok := monthIn(s); ok {
			got = fmt.Sprintf("%d-%d", m/12, m%12+1)
		}
		if got != want {
			t.Errorf("monthIn(%q) = %s, want %s", s, got, want)
		}
	}
}
