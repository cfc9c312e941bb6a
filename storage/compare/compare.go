// Package compare says what changed between two revisions of an article: block by
// block, and inside a block word by word (character by character in scripts
// without spaces).
package compare

import (
	"slices"
	"strings"
	"unicode"

	"pressmark/extract/article"
)

// Kind is the change of a block or a piece of text.
type Kind string

// The kinds of change.
const (
	Same    Kind = "same"
	Added   Kind = "added"
	Removed Kind = "removed"
	Changed Kind = "changed" // a block whose text was edited: Pieces say where
	Moved   Kind = "moved"   // a block that stands elsewhere now; shown at its new place
)

// Piece is a piece of a block's text: same, added or removed.
type Piece struct {
	Kind Kind   `json:"kind"`
	Text string `json:"text"`
}

// Block is one block of the comparison, in the order of the newer revision. A
// removed block keeps its old position.
type Block struct {
	Kind   Kind              `json:"kind"`
	Type   article.BlockType `json:"type"`
	Pieces []Piece           `json:"pieces"`
}

// Field is a change of something that is one value: title, time, a credit.
type Field struct {
	Name   string  `json:"name"` // key in the article's JSON
	Old    string  `json:"old"`
	New    string  `json:"new"`
	Pieces []Piece `json:"pieces"`
}

// Diff holds the changes between two revisions.
type Diff struct {
	Old     int             `json:"old"` // revision
	New     int             `json:"new"`
	Fields  []Field         `json:"fields"`
	Blocks  []Block         `json:"blocks"`
	Added   []article.Image `json:"images_added"`
	Removed []article.Image `json:"images_removed"`
}

// Articles compares two revisions.
func Articles(old, now *article.Article) Diff {
	d := Diff{Old: old.Revision, New: now.Revision, Fields: fields(old, now), Blocks: blocks(old, now)}
	d.Added, d.Removed = imagesOnlyIn(now, old), imagesOnlyIn(old, now)
	return d
}

func fields(old, now *article.Article) []Field {
	out := []Field{}
	add := func(name, a, b string) {
		if a != b {
			out = append(out, Field{name, a, b, Text(a, b)})
		}
	}
	list := func(names []string) string { return strings.Join(names, "; ") }
	add("title", old.Title, now.Title)
	add("published", article.Value(old.Published), article.Value(now.Published))
	add("modified", article.Value(old.Modified), article.Value(now.Modified))
	add("credits.source", old.Credits.Source, now.Credits.Source)
	add("credits.authors", list(old.Credits.Authors), list(now.Credits.Authors))
	add("credits.editors", list(old.Credits.Editors), list(now.Credits.Editors))
	return out
}

// imagesOnlyIn lists the images of a that b does not have: by content where both
// are archived, else by address.
func imagesOnlyIn(a, b *article.Article) []article.Image {
	out := []article.Image{}
	for _, img := range a.Images {
		in := slices.ContainsFunc(b.Images, func(other article.Image) bool {
			sameBytes := img.SHA256 != "" && img.SHA256 == other.SHA256
			return sameBytes || img.URL == other.URL
		})
		if !in {
			out = append(out, img)
		}
	}
	return out
}

// blockText is the text of a block. An image is named by its caption, an embed by
// kind, title and address.
func blockText(a *article.Article, b *article.Block) string {
	switch b.Type {
	case article.ImagePlace:
	case article.Embed:
		return strings.TrimSpace(string(b.Kind) + " " + b.Title + " " + b.URL)
	default:
		return article.BlockText(b)
	}
	for i := range a.Images {
		if a.Images[i].ID == b.Image {
			return article.Value(a.Images[i].Caption)
		}
	}
	return ""
}

func blocks(old, now *article.Article) []Block {
	a, b := texts(old), texts(now)
	var out []Block
	for _, e := range edits(a, b) {
		switch e.kind {
		case Same:
			out = append(out, Block{Same, now.Body[e.new].Type, []Piece{{Same, b[e.new]}}})
		case Removed:
			out = append(out, Block{Removed, old.Body[e.old].Type, []Piece{{Removed, a[e.old]}}})
		case Added:
			out = append(out, Block{Added, now.Body[e.new].Type, []Piece{{Added, b[e.new]}}})
		}
	}
	out = moved(out)
	return edited(out)
}

func texts(a *article.Article) []string {
	out := make([]string, len(a.Body))
	for i := range a.Body {
		out[i] = string(a.Body[i].Type) + "\x00" + blockText(a, &a.Body[i])
	}
	return out
}

// moved joins a removed block and an added one with the same text.
func moved(in []Block) []Block {
	var out []Block
	gone := map[string]bool{}
	for _, b := range in {
		if b.Kind == Removed {
			gone[b.Pieces[0].Text] = true
		}
	}
	came := map[string]bool{}
	for i := range in {
		if b := &in[i]; b.Kind == Added && gone[b.Pieces[0].Text] && bare(b.Pieces[0].Text) != "" {
			came[b.Pieces[0].Text] = true
			b.Kind = Moved
			b.Pieces[0].Kind = Same
		}
	}
	for _, b := range in {
		if b.Kind == Removed && came[b.Pieces[0].Text] {
			continue
		}
		out = append(out, b)
	}
	return out
}

// edited joins a removed block with the added one that replaced it, shown at its new
// position, and takes the types off the texts.
func edited(in []Block) []Block {
	joined := map[int]Block{} // by index of the added block
	for i := range in {
		if in[i].Kind != Removed {
			continue
		}
		if k := partner(in, joined, i); k >= 0 {
			joined[k] = Block{Changed, in[k].Type, Text(bare(in[i].Pieces[0].Text), bare(in[k].Pieces[0].Text))}
			in[i].Kind = "" // joined
		}
	}
	out := make([]Block, 0, len(in))
	for i, b := range in {
		if b.Kind == "" {
			continue
		}
		if j, ok := joined[i]; ok {
			b = j
		}
		for n := range b.Pieces {
			b.Pieces[n].Text = bare(b.Pieces[n].Text)
		}
		out = append(out, b)
	}
	return out
}

// A removed block became an added one if they share this part of their words. Less
// is needed if one stands in the place of the other.
const (
	alikeHere      = 0.4
	alikeElsewhere = 0.6
)

// partner returns the index of the added block that the removed block i became, -1
// if there is none.
func partner(in []Block, joined map[int]Block, i int) int {
	best, share := -1, 0.0
	here := true // no unchanged block stands between
	consider := func(k int) {
		if _, taken := joined[k]; taken || in[k].Kind != Added || in[k].Type != in[i].Type {
			return
		}
		need := alikeElsewhere
		if here {
			need = alikeHere
		}
		if s := likeness(bare(in[i].Pieces[0].Text), bare(in[k].Pieces[0].Text)); s >= need && s > share {
			best, share = k, s
		}
	}
	for k := i + 1; k < len(in); k++ {
		here = here && in[k].Kind != Same && in[k].Kind != Moved
		consider(k)
	}
	here = false
	for k := range i {
		consider(k)
	}
	return best
}

func bare(text string) string {
	if _, after, ok := strings.Cut(text, "\x00"); ok {
		return after
	}
	return text
}

// likeness is the share of words that two texts have in common, 0 to 1.
func likeness(a, b string) float64 {
	count := map[string]int{}
	wordsA, wordsB := words(a), words(b)
	for _, w := range wordsA {
		count[w]++
	}
	both := 0
	for _, w := range wordsB {
		if strings.TrimSpace(w) != "" && count[w] > 0 {
			count[w]--
			both += len(w)
		}
	}
	if total := len(a) + len(b); total > 0 {
		return 2 * float64(both) / float64(total)
	}
	return 0
}

// Text compares two texts word by word. White space alone between two changes is
// part of the change.
func Text(old, now string) []Piece {
	a, b := words(old), words(now)
	steps := edits(a, b)
	var out []Piece
	var removed, added strings.Builder
	flush := func() {
		if removed.Len() > 0 {
			out = append(out, Piece{Removed, removed.String()})
		}
		if added.Len() > 0 {
			out = append(out, Piece{Added, added.String()})
		}
		removed.Reset()
		added.Reset()
	}
	changesNext := func(i int) bool { return i+1 < len(steps) && steps[i+1].kind != Same }
	for i, e := range steps {
		switch {
		case e.kind == Removed:
			removed.WriteString(a[e.old])
		case e.kind == Added:
			added.WriteString(b[e.new])
		case removed.Len()+added.Len() > 0 && changesNext(i) && strings.TrimSpace(b[e.new]) == "":
			removed.WriteString(b[e.new])
			added.WriteString(b[e.new])
		default:
			flush()
			if n := len(out); n > 0 && out[n-1].Kind == Same {
				out[n-1].Text += b[e.new]
			} else {
				out = append(out, Piece{Same, b[e.new]})
			}
		}
	}
	flush()
	return out
}

// words cuts a text into words, spaces, signs and characters of scripts without
// spaces.
func words(s string) []string {
	var out []string
	start, last := 0, 0
	for i, r := range s {
		class := classOf(r)
		if begins := class != last || class == single; begins && i > start {
			out = append(out, s[start:i])
			start = i
		}
		last = class
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

const (
	single = iota
	space
	letter
)

func classOf(r rune) int {
	switch {
	case unicode.IsSpace(r):
		return space
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return single
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
		return letter
	default:
		return single
	}
}
