package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/storage"
	"pressmark/storage/cite"
	"pressmark/storage/search"
)

func newCite(a *app) *cobra.Command {
	var f indexFlags
	var format, query string
	cmd := &cobra.Command{
		Use:   "cite ID|URL... | --query QUERY",
		Short: "Write citations of archived articles",
		Long: "Cite writes citations with capture time, revision and content hash, so that the very text can be found again.\n" +
			"Formats: " + strings.Join(citeFormats(), ", ") + ".",
		RunE: func(cmd *cobra.Command, args []string) error {
			form, ok := cite.Find(format)
			if !ok {
				return misuse("--format %q: give one of %s", format, strings.Join(citeFormats(), ", "))
			}
			if (len(args) == 0) == (query == "") {
				return misuse("name articles by id or URL, or choose them by --query")
			}
			q, err := search.Parse(query)
			if err != nil {
				return misuse("%w", err)
			}
			s, err := f.open(cmd.Context(), a)
			if err != nil {
				return err
			}
			defer s.close()
			hits := s.named(cmd.Context(), args)
			if query != "" {
				hits = s.index.Each(cmd.Context(), q, search.Oldest)
			}
			return s.cite(cmd.Context(), a.stdout, form, hits)
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&format, "format", "apa", "form of the citations")
	cmd.Flags().StringVar(&query, "query", "", "cite all articles that a search finds")
	return cmd
}

func citeFormats() []string {
	var names []string
	for _, f := range cite.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// named yields the articles that a person names.
func (s *shelf) named(ctx context.Context, names []string) iter.Seq2[search.Hit, error] {
	return func(yield func(search.Hit, error) bool) {
		for _, name := range names {
			h, err := s.index.Resolve(ctx, name)
			if !yield(h, notFound(err)) || err != nil {
				return
			}
		}
	}
}

func (s *shelf) cite(ctx context.Context, w io.Writer, f cite.Format, hits iter.Seq2[search.Hit, error]) error {
	before := f.Head
	for h, err := range hits {
		if err != nil {
			return err
		}
		key := storage.ArticleKey(h.Site, h.ID)
		_, art, err := s.corpus.Article(ctx, key)
		if err != nil {
			return err
		}
		fmt.Fprint(w, before, f.Cite(art, key))
		before = f.Between
	}
	if before == f.Head && f.Head != "" {
		fmt.Fprint(w, f.Head)
	}
	_, err := fmt.Fprint(w, f.Tail)
	return err
}
