package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/text"

	"pressmark/storage"
	"pressmark/storage/search"
)

// found is a hit with its context, as --json prints it.
type found struct {
	search.Hit
	Key     string        `json:"key"`
	Snippet []search.Span `json:"snippet,omitempty"`
	Lines   []search.Line `json:"lines,omitempty"`
}

const (
	snippetLength = 160 // characters of context
	kwicWidth     = 36  // columns on both sides
)

func (f *searchFlags) print(ctx context.Context, a *app, s *shelf, q search.Query, r search.Result) error {
	hits := make([]found, len(r.Hits))
	for i, h := range r.Hits {
		hits[i] = found{Hit: h, Key: storage.ArticleKey(h.Site, h.ID)}
		_, art, err := s.corpus.Article(ctx, hits[i].Key)
		if err != nil {
			return err
		}
		if f.kwic {
			hits[i].Lines = search.Concordance(art.Text, q.Words(), kwicWidth)
		} else {
			hits[i].Snippet = search.Snippet(art.Text, q.Words(), snippetLength)
		}
	}
	if f.json {
		return writeJSON(a.stdout, struct {
			Query string `json:"query"`
			search.Result
			Hits []found `json:"hits"`
		}{q.String(), r, hits})
	}
	color := isTerminal(a.stdout)
	for _, h := range hits {
		printHit(a.stdout, h, color)
	}
	if f.facets {
		printFacets(a.stdout, r)
	}
	fmt.Fprintln(a.stdout, totals(r, len(hits), f.offset))
	return nil
}

func printHit(w io.Writer, h found, color bool) {
	mark := func(s string) string { return s }
	title := clean(h.Title)
	if color {
		title = text.Bold.Sprint(title)
		mark = func(s string) string { return text.Colors{text.Bold, text.FgYellow}.Sprint(s) }
	}
	fmt.Fprintf(w, "%-10s  %s  %s%s\n", day(h.Published), h.ID[:8], title, badges(h.Hit))
	for _, l := range h.Lines {
		fmt.Fprintf(w, "  %s%s%s\n", text.AlignRight.Apply(lastColumns(clean(l.Left), kwicWidth), kwicWidth), mark(clean(l.Word)), text.Trim(clean(l.Right), kwicWidth))
	}
	if len(h.Snippet) > 0 {
		var b strings.Builder
		for _, s := range h.Snippet {
			if s.Mark {
				b.WriteString(mark(clean(s.Text)))
			} else {
				b.WriteString(clean(s.Text))
			}
		}
		fmt.Fprintf(w, "            %s\n", b.String())
	}
	fmt.Fprintf(w, "            %s  %s\n\n", clean(h.Site), clean(h.URL))
}

// lastColumns returns the longest end of a text that fits into n columns of a
// terminal; a Chinese character takes two.
func lastColumns(s string, n int) string {
	for text.StringWidth(s) > n {
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	return s
}

// day is the day of a time as archived, "undated" without one.
func day(published string) string {
	if len(published) < 10 {
		return "undated"
	}
	return published[:10]
}

func badges(h search.Hit) string {
	var out []string
	if h.Revision > 1 {
		out = append(out, fmt.Sprintf("revision %d", h.Revision))
	}
	if h.Gone {
		out = append(out, "gone")
	}
	if h.Missing > 0 {
		out = append(out, fmt.Sprintf("%d of %d pictures missing", h.Missing, h.Images))
	}
	if len(out) == 0 {
		return ""
	}
	return " [" + strings.Join(out, ", ") + "]"
}

func printFacets(w io.Writer, r search.Result) {
	for _, name := range search.Facets {
		values := r.Facets[name]
		if len(values) == 0 {
			continue
		}
		var out []string
		for _, v := range values {
			out = append(out, fmt.Sprintf("%s (%d)", clean(v.Value), v.N))
		}
		fmt.Fprintf(w, "%-10s %s\n", name, strings.Join(out, ", "))
	}
	if r.FacetsOf < r.Total {
		fmt.Fprintf(w, "(counted over the newest %d)\n", r.FacetsOf)
	}
	fmt.Fprintln(w)
}

// totals says how much was found and looked through.
func totals(r search.Result, shown, offset int) string {
	more := ""
	if r.AtLeast {
		more = "more than "
	}
	s := fmt.Sprintf("%s%d of %d articles", more, r.Total, r.Searched)
	if shown < r.Total {
		s += fmt.Sprintf("; %d to %d shown (--limit, --offset)", min(offset+1, r.Total), offset+shown)
	}
	return s
}
