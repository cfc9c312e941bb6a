package main

import (
	"strings"

	"github.com/spf13/cobra"

	"pressmark/storage/search"
)

type searchFlags struct {
	indexFlags
	order  string
	limit  int
	offset int
	kwic   bool
	facets bool
}

func newSearch(a *app) *cobra.Command {
	var f searchFlags
	cmd := &cobra.Command{
		Use:   "search QUERY...",
		Short: "Find articles in an archive",
		Long: "Search finds articles by words, \"phrases\" and fields, newest first:\n\n" +
			"  pressmark search storm harbour -pier\n" +
			"  pressmark search '\"storm in the harbour\"' site:example year:2020..2024\n" +
			"  pressmark search title:灯会 author:林八一\n\n" +
			"Fields: " + strings.Join(search.Fields, ", ") + ".\n" +
			"The index is made in the cache folder at the first search and follows the archive; it can be deleted at any time.",
		RunE: func(cmd *cobra.Command, args []string) error {
			q, err := search.Parse(strings.Join(args, " "))
			if err != nil {
				return misuse("%w", err)
			}
			order, err := orderOf(f.order)
			if err != nil {
				return err
			}
			if f.limit < 1 || f.offset < 0 {
				return misuse("--limit %d --offset %d: give a limit of 1 or more, and an offset of 0 or more", f.limit, f.offset)
			}
			s, err := f.open(cmd.Context(), a)
			if err != nil {
				return err
			}
			defer s.close()
			r, err := s.index.Find(cmd.Context(), q, search.Options{Order: order, Limit: f.limit, Offset: f.offset, Facets: f.facets || f.json})
			if err != nil {
				return err
			}
			return f.print(cmd.Context(), a, s, q, r)
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.order, "sort", "newest", "newest, oldest or relevance")
	cmd.Flags().IntVar(&f.limit, "limit", 20, "number of articles to show")
	cmd.Flags().IntVar(&f.offset, "offset", 0, "number of articles to skip")
	cmd.Flags().BoolVar(&f.kwic, "kwic", false, "show every place with the word in the middle column")
	cmd.Flags().BoolVar(&f.facets, "facets", false, "count the articles by site, author, source and so on")
	return cmd
}

func orderOf(name string) (search.Order, error) {
	switch o := search.Order(name); o {
	case search.Newest, search.Oldest, search.Relevance:
		return o, nil
	}
	return "", misuse("--sort %q: give newest, oldest or relevance", name)
}
