package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"pressmark/configs"
	"pressmark/extract/suggest"
)

func newSitesSuggest(a *app) *cobra.Command {
	var name string
	var get getFlags
	cmd := &cobra.Command{
		Use:   "suggest URL|FILE...",
		Short: "Propose the YAML of a new site from a few of its article pages",
		Long: "Suggest reads a few article pages of one site (three or more of different kinds; URLs, fetched politely, or saved\n" +
			"files) and prints a configuration: hosts, sources, and selectors for title, time, body and credits that agree on\n" +
			"all of the pages. Read it before you use it.",
		Example: "  pressmark sites suggest https://www.example.com/a.html https://www.example.com/b.html > sites/example.yaml",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			g, err := get.getter(a)
			if err != nil {
				return err
			}
			defer g.Close()
			pages, err := a.pages(cmd.Context(), args, g, nil)
			if err != nil {
				return err
			}
			p, err := suggest.Propose(cmd.Context(), pages)
			if err != nil {
				return err
			}
			if name != "" {
				p.Site.Name = name
			}
			if get.allowPrivate {
				p.Site.AllowPrivate = p.Site.Hosts
			}
			return printProposal(a.stdout, p)
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "the site's name (default: made from its host)")
	get.register(cmd)
	return cmd
}

func printProposal(w io.Writer, p suggest.Proposal) error {
	fmt.Fprintf(w, "# Proposed from %d pages. Check it: pressmark sites check FILE --page URL\n", p.Pages)
	if p.Pages < 3 {
		fmt.Fprintln(w, "# Few pages: give three or more of different kinds for a better proposal.")
	}
	if p.Site.Timezone == nil {
		fmt.Fprintln(w, "# Add the site's time zone: timezone: Asia/Shanghai")
	}
	for _, f := range p.Fields {
		switch {
		case f.Selector != "":
			fmt.Fprintf(w, "# %-10s the same on all %d pages that have it\n", f.Key, f.Known)
		case f.Known > 0:
			fmt.Fprintf(w, "# %-10s no selector agrees on all %d pages that have it; the extractor finds it by itself\n", f.Key, f.Known)
		default:
			fmt.Fprintf(w, "# %-10s not found on any page\n", f.Key)
		}
	}
	for _, why := range p.Passed {
		fmt.Fprintf(w, "# left out: %s\n", clean(why))
	}
	text, err := configs.Encode(p.Site)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}
