package main

import (
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"
)

func newSites(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sites",
		Short: "Show and check the configured sites",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newSitesList(a), newSitesCheck(a), newSitesSuggest(a))
	return cmd
}

func newSitesList(a *app) *cobra.Command {
	var config string
	cmd := &cobra.Command{
		Use: "list", Short: "List the configured sites", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			sites, err := loadSites(config)
			if err != nil {
				return err
			}
			t := newTable(a.stdout)
			t.AppendHeader(table.Row{"Site", "Hosts", "Sources", "Rules", "Language", "File"})
			for _, s := range sites {
				t.AppendRow(table.Row{s.Name, strings.Join(s.Hosts, ", "), len(s.Sources), len(s.Rules), s.Language, s.File})
			}
			t.SetColumnConfigs(rightAligned(3, 4))
			t.Render()
			return nil
		},
	}
	cmd.Flags().StringVar(&config, "config", "", "a file or a folder (default: built in)")
	return cmd
}
