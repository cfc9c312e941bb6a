package main

import (
	"context"
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"pressmark/extract/article"
	"pressmark/storage/ledger"
	"pressmark/storage/search"
)

func printArticle(w io.Writer, h search.Hit, art *article.Article, color bool) {
	title := clean(art.Title)
	if color {
		title = text.Bold.Sprint(title)
	}
	fmt.Fprintf(w, "%s\n\n", title)
	facts := [][2]string{
		{"published", article.Value(art.Published)}, {"modified", article.Value(art.Modified)}, {"source", art.Credits.Source},
		{"authors", strings.Join(art.Credits.Authors, ", ")}, {"editors", strings.Join(art.Credits.Editors, ", ")},
		{"url", art.URL}, {"site", art.Site}, {"id", art.ID}, {"revision", fmt.Sprint(art.Revision)},
		{"captured", art.Capture.Fetched}, {"hash", art.ContentHash},
	}
	if h.Gone {
		facts = append(facts, [2]string{"gone", "the site has taken it down"})
	}
	for _, warning := range art.Warnings {
		facts = append(facts, [2]string{"warning", warning})
	}
	for _, fact := range facts {
		if fact[1] != "" {
			fmt.Fprintf(w, "%-9s  %s\n", fact[0], clean(fact[1]))
		}
	}
	for line := range strings.Lines(art.Text) {
		fmt.Fprintf(w, "\n%s\n", clean(strings.TrimSuffix(line, "\n")))
	}
	if len(art.Evidence) == 0 {
		return
	}
	var fields []string
	for name := range art.Evidence {
		fields = append(fields, name)
	}
	sort.Strings(fields)
	fmt.Fprintln(w)
	for _, name := range fields {
		fmt.Fprintf(w, "%-22s  %s\n", name+" from", clean(art.Evidence[name]))
	}
}

// printHistory prints the looks at an article that brought something, and the
// articles that have nearly the same text.
func (s *shelf) printHistory(ctx context.Context, w io.Writer, h search.Hit) error {
	looks, err := s.index.Looks(ctx, h.Site, h.ID)
	if err != nil {
		return err
	}
	fmt.Fprintln(w)
	quiet := 0
	for _, l := range looks {
		if l.Outcome == string(ledger.Unchanged) {
			quiet++
			continue
		}
		what := l.Outcome
		if len(l.Changed) > 0 {
			what += " (" + strings.Join(l.Changed, ", ") + ")"
		}
		fmt.Fprintf(w, "%s  %s\n", l.Time, clean(what))
	}
	fmt.Fprintf(w, "looked at %s, without a change %s\n", times(len(looks)), times(quiet))
	story, err := s.index.Story(ctx, h)
	if err != nil || len(story) < 2 {
		return err
	}
	fmt.Fprintf(w, "\nThe same story, first one first:\n")
	for _, o := range story {
		fmt.Fprintf(w, "%-10s  %s  %s: %s\n", day(o.Published), o.ID[:8], clean(o.Site), clean(o.Title))
	}
	return nil
}

// times is "once" or "7 times".
func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}
