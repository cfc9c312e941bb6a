package visit

import (
	"hash/maphash"
	"strings"
	"testing"

	"pressmark/extract/article"
)

// TestStoryText: the hash that is taken piece by piece is that of the pieces put
// together, with one space for each run of white space.
func TestStoryText(t *testing.T) {
	r := newIdentity(nil)
	for _, c := range []struct {
		name string
		body []article.Block
		want string
	}{
		{"nothing", nil, ""},
		{"white space alone", []article.Block{{Text: " \n"}, {Text: "\u00a0"}}, ""},
		{"one paragraph", []article.Block{{Text: "  Two  words\n"}}, "Two words"},
		{"a word goes on in the next block", []article.Block{{Text: "Two wo"}, {Text: ""}, {Text: "rds"}}, "Two words"},
		{"space at either side", []article.Block{{Text: "Two "}, {Text: "\u2003words"}, {Text: "\t"}, {Text: "more"}}, "Two words more"},
		{"many spaces", []article.Block{{Text: "a  b c \t d"}}, "a b c d"},
		{"lists", []article.Block{{Text: "x", Items: []string{"a", "", "b c"}}, {Items: []string{"d"}}}, "xa b cd"},
		{"tables", []article.Block{{Rows: [][]string{{"a", "b"}, {"c", "é"}}}}, "a bc é"},
	} {
		hash, length := r.text(&article.Article{Body: c.body})
		if hash != maphash.String(r.seed, c.want) || length != len(c.want) {
			t.Errorf("%s: %d bytes, want those of %q", c.name, length, c.want)
		}
	}
}

func BenchmarkStoryText(b *testing.B) {
	r := newIdentity(nil)
	a := &article.Article{Body: make([]article.Block, 14)}
	for i := range a.Body {
		a.Body[i].Text = strings.Repeat("The council said no word of it. ", 12)
	}
	for b.Loop() {
		r.text(a)
	}
}
