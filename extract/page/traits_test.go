package page

import (
	"strings"
	"testing"
)

func TestEachTagHasItsOwnPlace(t *testing.T) {
	for _, kind := range tagKinds {
		for name := range strings.FieldsSeq(kind.names) {
			want := kind.traits
			want.name = name
			for _, s := range []string{name + ">", strings.ToUpper(name) + " id=a>", name + "/>", name} {
				if got := *tagAt([]byte(s)); got != want {
					t.Errorf("%q: %+v, want %+v", s, got, want)
				}
			}
			for _, s := range []string{name + "x>", "x" + name + ">", name[1:] + name[:1] + "-", ">"} {
				if got := *tagAt([]byte(s)); got != plainTag {
					t.Errorf("%q: %+v", s, got)
				}
			}
		}
	}
}
