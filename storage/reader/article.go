package reader

import (
	"errors"
	"net/http"
	"sort"
	"strconv"
	"strings"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/cite"
	"pressmark/storage/compare"
	"pressmark/storage/search"
)

type articlePage struct {
	Hit           search.Hit
	A             *article.Article
	Blocks        []block
	Evidence      []evidence
	Looks         []search.Look
	Story         []search.Hit
	Before, After search.Hit
	Cites         []citation
	Robots        string
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
	if p.Story, err = s.Index.Story(ctx, h); err != nil {
		return err
	}
	if p.Before, p.After, err = s.Index.Neighbours(ctx, h); err != nil {
		return err
	}
	s.render(w, "article.html", a.Title, p)
	return nil
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
