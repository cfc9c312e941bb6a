package main

import (
	"errors"

	"github.com/spf13/cobra"

	"pressmark/crawler"
	"pressmark/crawler/drift"
	"pressmark/crawler/due"
	"pressmark/storage/ledger"
	"pressmark/storage/report"
)

// siteStatus is the state of a site, and how its pages read otherwise than they used to.
type siteStatus struct {
	report.Site
	Drift *drift.Finding `json:"drift"`
}

func newStatus(a *app) *cobra.Command {
	var f readFlags
	var days int
	cmd := &cobra.Command{
		Use:   "status [SITE...]",
		Short: "Show what the archive holds against what was discovered",
		RunE: func(cmd *cobra.Command, args []string) error {
			if days < 1 {
				return misuse("--days %d: give 1 or more", days)
			}
			arch, names, err := f.openSites(cmd.Context(), a, args)
			if err != nil {
				return err
			}
			now := a.now()
			all := []siteStatus{} // in JSON no null
			damaged, err := eachSite(names, func(n string) error {
				log, err := arch.OpenSite(cmd.Context(), n)
				if err != nil {
					return err
				}
				all = append(all, siteStatus{report.Of(n, log.State(), func(r ledger.Record) bool { return due.Waiting(r, now) }), crawler.Drift(log)})
				return nil
			})
			if err != nil {
				return err
			}
			if f.json {
				return errors.Join(writeJSON(a.stdout, all), damaged)
			}
			for _, s := range all {
				printStatus(a.stdout, s, days)
			}
			return damaged
		},
	}
	f.register(cmd)
	cmd.Flags().IntVar(&days, "days", 14, "days to show, the last ones")
	return cmd
}
