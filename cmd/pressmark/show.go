package main

import (
	"errors"

	"github.com/spf13/cobra"

	"pressmark/storage"
	"pressmark/storage/search"
)

func newShow(a *app) *cobra.Command {
	var f indexFlags
	var revision int
	cmd := &cobra.Command{
		Use:   "show ID|URL",
		Short: "Print an archived article",
		Long:  "Show prints an article by its id (eight digits are enough) or by any of its addresses.",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := f.open(cmd.Context(), a)
			if err != nil {
				return err
			}
			defer s.close()
			h, err := s.index.Resolve(cmd.Context(), args[0])
			if err != nil {
				return notFound(err)
			}
			data, art, err := s.corpus.Revision(cmd.Context(), h.Site, h.ID, revision)
			if errors.Is(err, storage.ErrNotFound) && revision > 0 {
				return misuse("%s has no revision %d; the newest is %d", h.ID, revision, h.Revision)
			}
			if err != nil {
				return err
			}
			if f.json {
				_, err = a.stdout.Write(indent(data))
				return err
			}
			printArticle(a.stdout, h, art, isTerminal(a.stdout))
			return s.printHistory(cmd.Context(), a.stdout, h)
		},
	}
	f.register(cmd)
	cmd.Flags().IntVar(&revision, "revision", 0, "revision to print (default: the newest)")
	return cmd
}

// notFound makes a mistyped article a misuse.
func notFound(err error) error {
	if errors.Is(err, search.ErrNoArticle) {
		return misuse("%w", err)
	}
	return err
}
