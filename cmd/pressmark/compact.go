package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// compacted describes a site's snapshot.
type compacted struct {
	Site    string `json:"site"`
	Segment int    `json:"segment"` // the last one that is in it
	URLs    int    `json:"urls"`
}

func newCompact(a *app) *cobra.Command {
	var f readFlags
	cmd := &cobra.Command{
		Use:   "compact [SITE...]",
		Short: "Write snapshots, so that opening a long log is quick",
		Long: "Compact folds each site's log from its segments and writes the result as a snapshot, in place of those that are\n" +
			"there: one that verify names, or that a crawl refuses, is repaired by it. The segments stay.",
		RunE: func(cmd *cobra.Command, args []string) error {
			a.writing.Store(true)
			arch, names, err := f.openSites(cmd.Context(), a, args)
			if err != nil {
				return err
			}
			all := []compacted{} // in JSON no null
			damaged, err := eachSite(names, func(n string) error {
				done, err := arch.Compact(cmd.Context(), n)
				if err != nil {
					return err
				}
				c := compacted{n, done.Segment, done.URLs}
				if all = append(all, c); !f.json {
					fmt.Fprintf(a.stdout, "%s: state after segment %d, %d URLs\n", c.Site, c.Segment, c.URLs)
				}
				return nil
			})
			if err != nil {
				return err
			}
			if f.json {
				return errors.Join(writeJSON(a.stdout, all), damaged)
			}
			return damaged
		},
	}
	f.register(cmd)
	return cmd
}
