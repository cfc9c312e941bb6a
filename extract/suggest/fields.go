package suggest

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"pressmark/configs"
	"pressmark/extract/article"
	"pressmark/extract/dates"
)

// attribute is one that may hold a field's value, with what selects the elements
// that have it.
type attribute struct {
	attr  string
	match goquery.Matcher
}

var (
	datetime = attribute{"datetime", cascadia.MustCompile(`[datetime]:not([datetime=""])`)}
	content  = attribute{"content", cascadia.MustCompile(`[content]:not([content=""])`)}
)

// field is a key of the rules that can be proposed.
type field struct {
	key    string
	values func(*article.Article) []string // what the article has; empty: not known
	// shows reports whether a text (an element's, or its attribute's) gives the
	// values, and nothing else that would mislead.
	shows  func(text string, a *article.Article) bool
	attrs  []attribute // attributes that may hold the value
	anchor func(s *sample) []*html.Node
}

var fields = []field{
	{key: "title", values: func(a *article.Article) []string { return some(a.Title) },
		shows: func(text string, a *article.Article) bool { return text == squeeze(a.Title) }},
	{key: "published", attrs: []attribute{datetime, content},
		values: func(a *article.Article) []string {
			if a.Published == nil {
				return nil
			}
			return []string{*a.Published}
		},
		shows: showsTime},
	{key: "body", values: func(a *article.Article) []string { return blockTexts(a) },
		shows: showsBody, anchor: bodyElement},
	{key: "source", values: func(a *article.Article) []string { return some(a.Credits.Source) },
		shows: showsNames(func(a *article.Article) []string { return some(a.Credits.Source) })},
	{key: "authors", values: func(a *article.Article) []string { return a.Credits.Authors },
		shows: showsNames(func(a *article.Article) []string { return a.Credits.Authors })},
	{key: "editors", values: func(a *article.Article) []string { return a.Credits.Editors },
		shows: showsNames(func(a *article.Article) []string { return a.Credits.Editors })},
}

func some(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// maxLine is the longest text in characters that may be a line of credits or a time.
const maxLine = 120

func showsNames(names func(*article.Article) []string) func(string, *article.Article) bool {
	return func(text string, a *article.Article) bool {
		if utf8.RuneCountInString(text) > maxLine {
			return false
		}
		for _, name := range names(a) {
			if !strings.Contains(text, name) {
				return false
			}
		}
		return true
	}
}

// showsTime reports whether the first time in the text is the article's.
func showsTime(text string, a *article.Article) bool {
	if a.Published == nil || utf8.RuneCountInString(text) > maxLine {
		return false
	}
	hints := dates.Hints{Lang: a.Language}
	want, err := time.Parse(time.RFC3339, *a.Published)
	if err != nil {
		if want, err = time.Parse(time.DateOnly, *a.Published); err != nil {
			return false
		}
	}
	stamp, ok := dates.Parse(text, hints)
	if !ok {
		found := dates.Find(text, hints)
		if len(found) == 0 {
			return false
		}
		stamp = found[0].Stamp
	}
	if a.PublishedPrecision == article.Day {
		return stamp.Year == want.Year() && stamp.Month == int(want.Month()) && stamp.Day == want.Day()
	}
	return stamp.Year != 0 && stamp.Time(want.Location()).Truncate(time.Minute).Equal(want.Truncate(time.Minute))
}

// blockTexts are the texts of the body's blocks.
func blockTexts(a *article.Article) []string {
	var out []string
	for _, b := range a.Body {
		out = append(out, some(b.Text)...)
		out = append(out, b.Items...)
	}
	return out
}

// showsBody reports whether a text has the body's blocks and little besides.
func showsBody(text string, a *article.Article) bool {
	text = stripped(text)
	held, size := blocksIn(text, strippedBlocks(a))
	return held*10 >= size*9 && len(text) <= size*3/2+600
}

func strippedBlocks(a *article.Article) []string {
	blocks := blockTexts(a)
	for i := range blocks {
		blocks[i] = stripped(blocks[i])
	}
	return blocks
}

// blocksIn returns how many bytes of the blocks stand in a stripped text, of
// how many.
func blocksIn(text string, blocks []string) (held, size int) {
	for _, b := range blocks {
		size += len(b)
		if strings.Contains(text, b) {
			held += len(b)
		}
	}
	return held, size
}

// bodyElement returns the innermost element that holds the blocks, nearly all
// of them: what the extractor mends in a text stands otherwise in the page.
func bodyElement(s *sample) []*html.Node {
	blocks := strippedBlocks(s.res.Article)
	box := s.doc.Get(0)
	for {
		inner := childWith(box, blocks)
		if inner == nil {
			break
		}
		box = inner
	}
	// A lone paragraph is not what holds the paragraphs of other pages.
	for box != nil && (box.Data == "p" || box.Data == "span" || box.Data == "br") {
		box = box.Parent
	}
	if box == nil || box.Type != html.ElementNode || box.Data == "body" || box.Data == "html" {
		return nil
	}
	return []*html.Node{box}
}

// childWith returns the child that holds the blocks, nil where none does.
func childWith(n *html.Node, blocks []string) *html.Node {
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode || slices.Contains(ignored, c.Data) {
			continue
		}
		if held, size := blocksIn(stripped(textOf(c)), blocks); size > 0 && held*10 >= size*9 {
			return c
		}
	}
	return nil
}

// choose returns the best selector that is right on every page that has the
// field, and how many those are.
func choose(f field, samples []sample) (*configs.Selector, int) {
	known := 0
	proposals := map[string]candidate{}
	for i := range samples {
		s := &samples[i]
		if len(f.values(s.res.Article)) == 0 {
			continue
		}
		known++
		for _, c := range candidatesFor(f, s) {
			proposals[c.text] = c
		}
	}
	var good []candidate
	for _, c := range proposals {
		if c.agrees(f, samples) {
			good = append(good, c)
		}
	}
	if len(good) == 0 {
		return nil, known
	}
	return slices.MinFunc(good, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.rank/byMeta, b.rank/byMeta), cmp.Compare(a.matches, b.matches), cmp.Compare(a.rank, b.rank),
			cmp.Compare(len(a.text), len(b.text)), cmp.Compare(a.text, b.text))
	}).selector, known
}

// candidatesFor lists selectors of the elements of one page that show the field.
func candidatesFor(f field, s *sample) []candidate {
	var nodes []*html.Node
	if f.anchor != nil {
		nodes = f.anchor(s)
	} else {
		nodes = lines(s.doc.Get(0), func(text string) bool { return f.shows(text, s.res.Article) })
	}
	var out []candidate
	for _, n := range nodes {
		out = append(out, selectorsOf(n, "")...)
	}
	for _, name := range f.attrs {
		for _, n := range s.doc.FindMatcher(name.match).Nodes {
			if f.shows(valueOf(n, name.attr), s.res.Article) {
				out = append(out, selectorsOf(n, name.attr)...)
			}
		}
	}
	return out
}
