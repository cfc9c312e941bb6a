package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// compacted says what a site's snapshot holds.
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
		RunE: func(cmd *cobra.Command, args []string) error {
			a.writing.Store(true)
			arch, names, err := f.openSites(cmd.Context(), a, args)
			if err != nil {
				return err
			}
			all := []compacted{} // in JSON no null
			damaged, err := eachSite(names, func(n string) error {
				log, err := arch.OpenSite(cmd.Context(), n)
				if err == nil {
					err = log.Snapshot(cmd.Context())
				}
				if err != nil {
					return err
				}
				c := compacted{n, log.Next() - 1, log.State().Len()}
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
