package main

import (
	"cmp"
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"pressmark/storage"
	"pressmark/storage/compare"
)

func newDiff(a *app) *cobra.Command {
	var f indexFlags
	cmd := &cobra.Command{
		Use:   "diff ID|URL [REVISION REVISION]",
		Short: "Show what changed between two revisions of an article",
		Long: "Diff compares two revisions, by default the last two, block by block and word by word (character by character in\n" +
			"Chinese and the like). Added text is {+marked so+}, removed text [-so-].",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 && len(args) != 3 {
				return errors.New("give an article, and two revisions or none")
			}
			return nil
		},
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
			older, newer, err := revisions(args[1:], h.Revision)
			if err != nil {
				return err
			}
			_, old, err := s.corpus.Revision(cmd.Context(), h.Site, h.ID, older)
			if err == nil {
				_, now, err2 := s.corpus.Revision(cmd.Context(), h.Site, h.ID, newer)
				if err = err2; err == nil {
					return printDiff(a, f.json, compare.Articles(old, now))
				}
			}
			if errors.Is(err, storage.ErrNotFound) {
				return misuse("%s has revisions 1 to %d", h.ID, h.Revision)
			}
			return err
		},
	}
	f.register(cmd)
	return cmd
}

// revisions reads two revision numbers; without them, the last two.
func revisions(args []string, newest int) (older, newer int, err error) {
	if len(args) == 0 {
		if newest < 2 {
			return 0, 0, misuse("the article has one revision; there is nothing to compare it with")
		}
		return newest - 1, newest, nil
	}
	older, err1 := strconv.Atoi(args[0])
	newer, err2 := strconv.Atoi(args[1])
	if err := cmp.Or(err1, err2); err != nil || min(older, newer) < 1 {
		return 0, 0, misuse("revisions %s and %s: give numbers from 1 to %d", args[0], args[1], newest)
	}
	return older, newer, nil
}
