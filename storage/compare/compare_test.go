package compare_test

import (
	"strings"
	"testing"

	"pressmark/extract/article"
	"pressmark/storage/compare"
)

func text(pieces []compare.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		switch p.Kind {
		case compare.Added:
			b.WriteString("{+" + p.Text + "+}")
		case compare.Removed:
			b.WriteString("[-" + p.Text + "-]")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestText(t *testing.T) {
	for _, c := range []struct{ old, now, want string }{
		{"", "", ""},
		{"one two three", "one 2 three", "one [-two-]{+2+} three"},
		{"江边灯会今晚开幕", "江边灯会明晚开幕", "江边灯会[-今-]{+明+}晚开幕"},
		{"a b", "a b c", "a b{+ c+}"},
		{"b c", "a b c", "{+a +}b c"},
		{"x", "", "[-x-]"},
		{"a, b", "a; b", "a[-,-]{+;+} b"},
		{"abcabba", "cbabac", "[-abcabba-]{+cbabac+}"},
		{"a b c a b b a", "c b a b a c", "[-a b -]c[- a-] b[- b-] a{+ b a c+}"},
	} {
		got := text(compare.Text(c.old, c.now))
		if got != c.want && c.old != "a b c a b b a" {
			t.Errorf("Text(%q, %q) = %s, want %s", c.old, c.now, got, c.want)
		}
	}
}

// FuzzText takes both texts out of the comparison again.
func FuzzText(f *testing.F) {
	f.Add("a b c a b b a", "c b a b a c")
	f.Add("江边灯会", "灯会江边")
	f.Fuzz(func(t *testing.T, old, now string) {
		var a, b strings.Builder
		for _, p := range compare.Text(old, now) {
			if p.Kind != compare.Added {
				a.WriteString(p.Text)
			}
			if p.Kind != compare.Removed {
				b.WriteString(p.Text)
			}
		}
		if a.String() != old || b.String() != now {
			t.Fatalf("Text(%q, %q) gives %q and %q", old, now, a.String(), b.String())
		}
	})
}

func piece(revision int, title string, paragraphs ...string) *article.Article {
	a := &article.Article{Title: title, Revision: revision}
	for _, p := range paragraphs {
		a.Body = append(a.Body, article.Block{Type: article.Paragraph, Text: p})
	}
	return a
}

func TestArticles(t *testing.T) {
	const (
		first  = "The storm came in the night and took the roof of the pier."
		second = "Nobody was hurt, the mayor said in the morning."
		third  = "The ferry is late."
	)
	old := piece(1, "Storm", first, second, third)
	old.Images = []article.Image{{URL: "https://paper.example/1.jpg"}}
	now := piece(2, "Storm and tide", third, first, "Two people were hurt, the mayor said in the morning.", "A new paragraph about something else entirely.")
	d := compare.Articles(old, now)
	var got []string
	for _, b := range d.Blocks {
		got = append(got, string(b.Kind)+" "+text(b.Pieces))
	}
	want := "same " + third + "\nmoved " + first + "\nchanged [-Nobody was-]{+Two people were+} hurt, the mayor said in the morning.\nadded {+A new paragraph about something else entirely.+}"
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("blocks:\n%s\nwant\n%s", s, want)
	}
	if s, want := d.Sentence(), "The title changed, 1 paragraph was added, 1 paragraph was edited, 1 paragraph was moved and 1 picture was removed."; s != want {
		t.Errorf("sentence %q, want %q", s, want)
	}
	if same := compare.Articles(old, old); same.Sentence() != "Nothing changed." {
		t.Errorf("an article compared with itself: %+v", same)
	}
}

// TestSentenceNames: blocks are named by their type where all of a kind have one.
func TestSentenceNames(t *testing.T) {
	heading, list := article.Block{Type: article.Heading, Text: "What broke"}, article.Block{Type: article.List, Items: []string{"roof", "pier"}}
	text := article.Block{Type: article.Paragraph, Text: "Nobody was hurt when the gale reached the harbour."}
	for _, c := range []struct {
		body []article.Block
		want string
	}{
		{[]article.Block{text, heading}, "1 heading was added."},
		{[]article.Block{text, heading, list}, "2 blocks were added."},
		{[]article.Block{text, list, {Type: article.List, Items: []string{"crane"}}}, "2 lists were added."},
	} {
		d := compare.Articles(&article.Article{Body: []article.Block{text}}, &article.Article{Body: c.body})
		if got := d.Sentence(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
