package main

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"pressmark/configs"
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

func newSitesCheck(a *app) *cobra.Command {
	var f probeFlags
	cmd := &cobra.Command{
		Use:   "check [FILE-OR-FOLDER...]",
		Short: "Check site configurations: every mistake with file and line, and what each rule finds",
		RunE: func(cmd *cobra.Command, args []string) error {
			sites, err := checkSites(args)
			if err != nil {
				return err
			}
			if _, err = fmt.Fprintf(a.stdout, "%d sites, no mistakes\n", len(sites)); err != nil {
				return err
			}
			if len(f.pages) == 0 && !f.live {
				return nil
			}
			return a.probe(cmd.Context(), sites, f)
		},
	}
	f.register(cmd)
	return cmd
}

func checkSites(paths []string) ([]configs.Site, error) {
	if len(paths) == 0 {
		return configs.Builtin()
	}
	return configs.Load(paths...)
}
