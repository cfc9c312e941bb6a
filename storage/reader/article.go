package reader

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sort"
	"strconv"
	"strings"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/cite"
	"pressmark/storage/compare"
	"pressmark/storage/corpus"
	"pressmark/storage/search"
)

// articlePage is the data of the template article.html, which reads it by field.
type articlePage struct {
	Hit           search.Hit
	A             *article.Article
	Blocks        []block
	Evidence      []evidence
	Looks         []search.Look
	Story         story
	Before, After search.Hit
	Cites         []citation
	Robots        string
	Addresses     []string // other addresses of the article
	Parts         []corpus.Part
	Revisions     []int // all of them, if there are several
}

// block is a block with the fields that the template adds.
type block struct {
	article.Block
	Pieces  []piece
	Picture *article.Image
	HeadRow [][]string
	BodyRow [][]string
	Items   []item
}

type item struct {
	Text  string
	Level int
}

// piece is a piece of text with the marks that hold for all of it.
type piece struct {
	Text                                          string
	Href                                          string
	Strong, Emphasis, Code, Sup, Sub, Del, Ins, Q bool
}

type evidence struct{ Field, From string }

type citation struct{ Name, Text string }

func (s *server) article(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	h, a, err := s.named(r)
	if err != nil {
		return err
	}
	p := articlePage{Hit: h, A: a, Robots: a.Capture.Robots}
	for i := range a.Body {
		p.Blocks = append(p.Blocks, blockOf(a, &a.Body[i]))
	}
	for field, from := range a.Evidence {
		p.Evidence = append(p.Evidence, evidence{field, from})
	}
	sort.Slice(p.Evidence, func(i, j int) bool { return p.Evidence[i].Field < p.Evidence[j].Field })
	for _, f := range cite.Formats() {
		p.Cites = append(p.Cites, citation{f.Title, f.Cite(a, storage.ArticleKey(h.Site, h.ID))})
	}
	if p.Looks, err = s.Index.Looks(ctx, h.Site, h.ID); err != nil {
		return err
	}
	story, err := s.Index.Story(ctx, h)
	if err != nil {
		return err
	}
	p.Story = storyOf(story)
	if p.Addresses, err = s.addresses(ctx, h, a); err != nil {
		return err
	}
	if p.Parts, err = s.Corpus.Parts(ctx, h.Site, a); err != nil {
		s.Log.Warn("the parts of an article cannot be read; the page is shown without them", "article", a.ID, "err", err)
	}
	for n := 1; n <= h.Revision && h.Revision > 1; n++ {
		p.Revisions = append(p.Revisions, n)
	}
	if p.Before, p.After, err = s.Index.Neighbours(ctx, h); err != nil {
		return err
	}
	s.render(w, "article.html", a.Title, p)
	return nil
}

// addresses are the other addresses of an article: those that crawls have seen, and
// those that the article names.
func (s *server) addresses(ctx context.Context, h search.Hit, a *article.Article) ([]string, error) {
	list, err := s.Index.Addresses(ctx, h)
	if err != nil {
		return nil, err
	}
	list = append(append(list, a.Pages...), a.Capture.FinalURL)
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(u string) bool { return u == "" || u == a.URL }), nil
}

// named reads the article that a URL names, in the requested revision.
func (s *server) named(r *http.Request) (search.Hit, *article.Article, error) {
	if err := s.fresh(r.Context()); err != nil {
		return search.Hit{}, nil, err
	}
	h, err := s.Index.Article(r.Context(), r.PathValue("site"), r.PathValue("id"))
	if err != nil {
		return h, nil, err
	}
	n, err := revisionOf(r, "revision", 0)
	if err != nil {
		return h, nil, err
	}
	_, a, err := s.Corpus.Revision(r.Context(), h.Site, h.ID, n)
	return h, a, err
}

func revisionOf(r *http.Request, name string, otherwise int) (int, error) {
	text := r.FormValue(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, errRequest{"A revision is a number from 1 on."}
	}
	return n, nil
}

func blockOf(a *article.Article, x *article.Block) block {
	b := block{Block: *x}
	switch x.Type {
	case article.ImagePlace:
		for i := range a.Images {
			if a.Images[i].ID == x.Image {
				b.Picture = &a.Images[i]
			}
		}
	case article.Table:
		n := min(x.HeaderRows, len(x.Rows))
		b.HeadRow, b.BodyRow = x.Rows[:n], x.Rows[n:]
	case article.List:
		for i, text := range x.Items {
			level := 0
			if i < len(x.Levels) {
				level = x.Levels[i]
			}
			b.Items = append(b.Items, item{text, level})
		}
	default:
		b.Pieces = piecesOf(x.Text, x.Marks)
	}
	return b
}

// piecesOf splits a text where a mark begins or ends.
func piecesOf(text string, marks []article.Mark) []piece {
	runes := []rune(text)
	cuts := []int{0, len(runes)}
	for _, m := range marks {
		inText := m.Start >= 0 && m.End <= len(runes)
		if inText && m.Start < m.End {
			cuts = append(cuts, m.Start, m.End)
		}
	}
	sort.Ints(cuts)
	var out []piece
	for i := 1; i < len(cuts); i++ {
		if cuts[i] == cuts[i-1] {
			continue
		}
		p := piece{Text: string(runes[cuts[i-1]:cuts[i]])}
		for _, m := range marks {
			if m.Start <= cuts[i-1] && cuts[i] <= m.End {
				p.mark(m)
			}
		}
		out = append(out, p)
	}
	return out
}

func (p *piece) mark(m article.Mark) {
	switch m.Type {
	case article.MarkLink:
		if strings.HasPrefix(m.Href, "http://") || strings.HasPrefix(m.Href, "https://") {
			p.Href = m.Href
		}
	case article.MarkStrong:
		p.Strong = true
	case article.MarkEmphasis:
		p.Emphasis = true
	case article.MarkCode:
		p.Code = true
	case article.MarkSup:
		p.Sup = true
	case article.MarkSub:
		p.Sub = true
	case article.MarkDeleted:
		p.Del = true
	case article.MarkInserted:
		p.Ins = true
	case article.MarkQuote:
		p.Q = true
	}
}

type diffPage struct {
	Hit      search.Hit
	D        compare.Diff
	Sentence string
	Numbers  []int
	OldTime  string
	NewTime  string
	Groups   []diffGroup
	Pictures []diffPicture
}

// diffGroup is a row of blocks. One without changes is folded, if it is long.
type diffGroup struct {
	Folded bool
	Blocks []compare.Block
}

type diffPicture struct {
	Class string // added or removed
	Image article.Image
}

// The blocks without a change that stay beside a change, and the fewest that are folded.
const (
	besideChange = 1
	fewFolded    = 3
)

// groups cuts a comparison so that what did not change can be folded.
func groups(blocks []compare.Block) []diffGroup {
	var out []diffGroup
	for at := 0; at < len(blocks); {
		end := at
		for end < len(blocks) && (blocks[end].Kind == compare.Same) == (blocks[at].Kind == compare.Same) {
			end++
		}
		first, last := at, end
		if at > 0 {
			first += besideChange
		}
		if end < len(blocks) {
			last -= besideChange
		}
		if blocks[at].Kind == compare.Same && last-first >= fewFolded {
			out = append(out, diffGroup{false, blocks[at:first]}, diffGroup{true, blocks[first:last]}, diffGroup{false, blocks[last:end]})
		} else {
			out = append(out, diffGroup{false, blocks[at:end]})
		}
		at = end
	}
	return out
}

func (s *server) diff(w http.ResponseWriter, r *http.Request) error {
	h, err := s.hit(r)
	if err != nil {
		return err
	}
	old, now, err := s.revisions(r, h)
	if err != nil {
		return err
	}
	p := diffPage{Hit: h, D: compare.Articles(old, now), OldTime: old.Capture.Fetched, NewTime: now.Capture.Fetched}
	p.Groups = groups(p.D.Blocks)
	for _, img := range p.D.Added {
		p.Pictures = append(p.Pictures, diffPicture{"added", img})
	}
	for _, img := range p.D.Removed {
		p.Pictures = append(p.Pictures, diffPicture{"removed", img})
	}
	p.Sentence = p.D.Sentence()
	for n := 1; n <= h.Revision; n++ {
		p.Numbers = append(p.Numbers, n)
	}
	s.render(w, "diff.html", "What changed", p)
	return nil
}

// revisions reads the two revisions of an article that an address compares, by
// default the last two.
func (s *server) revisions(r *http.Request, h search.Hit) (old, now *article.Article, err error) {
	older, err1 := revisionOf(r, "old", max(1, h.Revision-1))
	newer, err2 := revisionOf(r, "new", h.Revision)
	if err := errors.Join(err1, err2); err != nil {
		return nil, nil, errRequest{"A revision is a number from 1 on."}
	}
	if _, old, err = s.Corpus.Revision(r.Context(), h.Site, h.ID, older); err != nil {
		return nil, nil, err
	}
	_, now, err = s.Corpus.Revision(r.Context(), h.Site, h.ID, newer)
	return old, now, err
}
